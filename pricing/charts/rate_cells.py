"""Rates at the margin in cells and sentences, the same on a terminal, a page and the dashboard."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, str]]

_MOST_LINES = 4
_LINES = {"it": "IT"}
CONTRACT = {"arc": "ARC", "rrc": "RRC", "surge": "surge hour"}


def proposed_cells(report: Json) -> Rows:
    """Proposed charges of every service, a unit each, beside the average and quoted price."""
    currency = report["currency"]
    return [
        {
            "Service": one["service"],
            f"Rates, {currency} per": one["unit"],
            "Quoted": price(one["quoted"]),
            "Average": price(one["average"]),
            f"ARC, {one['step']:.0%} more": price(one["arc"]),
            f"RRC, {one['step']:.0%} less": price(one["rrc"]),
            "ARC, too late to hire": price(one["arc_late"]),
            "FTE-month more": fte_month(one, 1),
            "FTE-month less": fte_month(one, -1),
        }
        for one in report["services"]
    ]


def step_cells(rates: Json) -> Rows:
    """Every step of a service in the long and the short run."""
    late = {step["share"]: step for step in rates["short_run"]}
    rows = []
    for step in rates["long_run"]:
        short = late[step["share"]]
        rows.append(
            {
                "Volume": f"{step['share']:+.0%}",
                f"{rates['unit'].capitalize()}s": f"{float(step['units']):+,.0f}",
                "Cost": whole(step["cost"]),
                "Rate, planned anew": price(step["rate"]),
                "Cost, people fixed": whole(short["cost"]),
                "Rate, people fixed": price(short["rate"]),
                "of it labour": price(short["labour_rate"]),
                "duals, least": price(short["dual_low"]),
                "duals, most": price(short["dual_high"]),
                "Overtime": f"{short['overtime_weeks']:+,.0f}",
                "Called off": f"{short['surge_weeks']:+,.0f}",
                "Not done": f"{short['not_done_weeks']:+,.1f}",
            }
        )
    return rows


def band_cells(rates: Json) -> Rows:
    """Rates band by band: what the units between two steps cost."""
    return [
        {
            "From": _volume(band["from_share"]),
            "To": _volume(band["to_share"]),
            "Units": f"{float(band['units']):,.0f}",
            "Cost": whole(band["cost"]),
            "Rate": price(band["rate"]),
        }
        for band in rates["bands"]
    ]


def peak_cells(rates: Json) -> Rows:
    """A one-week peak: by hours of notice of the ladder, or by weeks with the plan's people."""
    rows = [
        {
            "Notice": f"{one['notice_h']:g} h",
            "Met by": "surge ladder",
            "An hour at work": price(one["hour"]),
            "A unit": price(one["unit"]),
        }
        for one in rates["by_notice"]
    ]
    rows += [
        {
            "Notice": f"{one['notice_weeks']} weeks",
            "Met by": f"overtime and pool, {one['team']}",
            "An hour at work": "",
            "A unit": price(one["rate"]),
        }
        for one in rates["spikes"]
    ]
    return rows


def contract_cells(rates: Json) -> Rows:
    """Rates of the contract beside the proposed ones; none where the contract states none."""
    return [
        {
            "Rate": CONTRACT[one["name"]]
            + ("" if one["notice_h"] is None else f" at {one['notice_h']:g} h"),
            "Contract": price(one["contract"]),
            "Proposed": price(one["proposed"]),
            "Kept of it": "" if one["margin"] is None else f"{one['margin']:+.1%}",
        }
        for one in rates["contract"]
    ]


def why(rates: Json) -> str:
    """Say what an ARC and an RRC consist of, by the cost lines of their step."""
    up, down = (_step(rates, sign * rates["step"]) for sign in (1, -1))
    return (
        f"{rates['service']}: {rates['step']:.0%} more costs {whole(up['cost'])}"
        f"{_of_it(up)}; {rates['step']:.0%} less saves {whole(down['cost']).lstrip('-')}"
        f"{_of_it(down)}. Known {rates['lead_weeks']} weeks ahead, when people are trained; "
        f"later the next {rates['unit']} takes {price(rates['next_unit'])}, the last one saves "
        f"{price(rates['last_unit'])}."
    )


def fte_month(rates: Json, sign: int) -> str:
    """Rate of a full-time month more or fewer at the proposed step."""
    return whole(_step(rates, sign * rates["step"])["fte_month_rate"])


def price(money: Json | None) -> str:
    """A unit price as it was written; a dash where there is none."""
    return "-" if money is None else f"{Decimal(money['amount']) + 0:,f}"


def whole(money: Json | None) -> str:
    """An amount in whole units of the currency; a dash where there is none."""
    return "-" if money is None else f"{Decimal(money['amount']) + 0:,.0f}"


def _volume(share: float) -> str:
    return f"{share:+.0%}" if share else "plan"


def _step(rates: Json, share: float) -> Json:
    found: Json = next(step for step in rates["long_run"] if step["share"] == share)
    return found


def _of_it(step: Json) -> str:
    largest = _largest(step)
    return f", of it {largest}" if largest else ""


def _largest(step: Json) -> str:
    """Largest cost lines as shares of the step's cost."""
    total = float(step["cost"]["amount"])
    lines = {name: float(money["amount"]) / total for name, money in step["cost_lines"].items()}
    largest = sorted(lines, key=lambda name: -lines[name])[:_MOST_LINES]
    return ", ".join(
        f"{_LINES.get(name, name.replace('_', ' '))} {lines[name]:.0%}" for name in largest
    )
