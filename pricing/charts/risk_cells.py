"""A study of risk in cells and sentences, the same on a terminal, a page and the dashboard."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pricing.charts.parts import OFFERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, str]]

NAMES = {
    "volume": "volume",
    "trend": "trend of volume, a year",
    "shock": "volume in the middle quarter",
    "complexity": "work per unit",
    "ramp": "loss of the ramp",
    "attrition": "attrition",
    "absence": "absence",
    "wage_inflation": "wage inflation, a year",
    "fx": "price of foreign money",
}


def measure_cells(study: Json) -> Rows:
    """Both offers side by side: bill, cost, margin, what goes wrong how often."""
    currency = study["currency"]
    lines: list[tuple[str, Callable[[Json], str]]] = [
        (f"Bill expected, {currency}", lambda one: _whole(one["bill"]["mean"])),
        ("Bill, P10 to P90", lambda one: _from_to(one["bill"])),
        (f"Cost expected, {currency}", lambda one: _whole(one["cost"]["mean"])),
        ("Cost, P10 to P90", lambda one: _from_to(one["cost"])),
        ("Cost, mean of the dearest 5 %", lambda one: _whole(one["cost_tail"])),
        ("Margin as planned", lambda one: percent(one["planned_margin"])),
        ("Margin expected", lambda one: percent(one["margin"]["mean"])),
        ("Margin, P10", lambda one: percent(one["margin"]["p10"])),
        ("Margin, P50", lambda one: percent(one["margin"]["p50"])),
        ("Margin, P90", lambda one: percent(one["margin"]["p90"])),
        ("Margin of the worst 5 %", lambda one: percent(one["margin_tail"])),
        ("Probability of a loss", lambda one: percent(one["probability_of_loss"])),
        (
            f"Probability below the floor ({percent(study['floor_margin'])})",
            lambda one: percent(one["probability_below_floor"]),
        ),
    ]
    if study["budget"] is not None:
        label = f"Probability of a bill above {_whole(study['budget'])}"
        lines.append((label, lambda one: percent(one["probability_over_budget"])))
    return [
        {"": label, **{OFFERS[one["method"]]: text(one) for one in study["offers"]}}
        for label, text in lines
    ]


def factor_cells(study: Json) -> Rows:
    """What was drawn: each factor as a multiple of the plan."""
    return [
        {
            "Factor": NAMES[one["name"]],
            "Distribution": one["distribution"],
            "P10": f"{one['p10']:.3f}",
            "P90": f"{one['p90']:.3f}",
            "Source": "stated" if one["stated"] else "assumed",
        }
        for one in study["factors"]
    ]


def premium_cells(study: Json) -> Rows:
    """The derived premium and the risks it is for; the parts add up to it."""
    premium = study["premium"]
    rows = [
        {"Risk": one["risk"], "Premium on parity": _points(one["share"])}
        for one in premium["parts"]
    ]
    rows.append({"Risk": "all together", "Premium on parity": _points(premium["needed"])})
    rows.append({"Risk": "in the quote", "Premium on parity": _points(premium["stated"])})
    return rows


def tornado_cells(study: Json) -> Rows:
    """One factor at a time: margin at its P10 and P90 under each offer."""
    return [
        {
            "Factor": NAMES[one["factor"]],
            "From": f"{one['low']:.3f}",
            "To": f"{one['high']:.3f}",
            "Input-based margin": f"{percent(one['input_low'])} to {percent(one['input_high'])}",
            "Output-based margin": f"{percent(one['output_low'])} to {percent(one['output_high'])}",
        }
        for one in study["tornado"]
    ]


def premium_line(study: Json) -> str:
    """Say what the output-based price must be above parity, and why."""
    premium = study["premium"]
    why = {
        "margin": f"the expected margin to be {percent(study['target_margin'])}",
        "floor": f"nine futures of ten to keep a margin of {percent(study['floor_margin'])}",
    }[premium["binds"]]
    needed, stated = premium["needed"], premium["stated"]
    compared = "more than" if stated > needed else "less than" if stated < needed else "as much as"
    return (
        f"Output-based, the unit price must be {_points(needed)} on parity for {why}; "
        f"the quote has {_points(stated)}, {compared} these futures ask for."
    )


def contingency_line(study: Json) -> str:
    """Say what the contingency is left for."""
    scope = study["contingency"]
    return (
        f"The contingency of {percent(scope['share'])} ({_whole(scope['amount'])} "
        f"{study['currency']}) is on top and covers what is not drawn: "
        f"{', '.join(scope['covers'])}."
    )


def error_lines(study: Json) -> list[str]:
    """Say how far each offer's figures may be off: draws, proof, estimate."""
    lines = []
    for one in study["offers"]:
        error = one["cost_error"]
        proven = (
            f"proven to be at most {_whole(error['certified_below'])} lower and "
            f"{_whole(error['certified_above'])} higher for what volume, trend and work per unit do"
        )
        lines.append(
            f"{OFFERS[one['method']].capitalize()}: expected margin known to "
            f"{100 * one['margin_error']:.3f} points by the draws, its P10 to "
            f"{100 * one['margin_p10_error']:.3f}; mean cost from {error['solves']} solved "
            f"futures, {proven}; for all factors together off by about "
            f"{_whole(error['estimated'])} {study['currency']}, estimated on "
            f"{error['held_out']} further ones"
        )
    return lines


def rules_line(study: Json) -> str:
    """Say who decides what when."""
    return (
        f"{study['draws']:,} futures, the same for both offers, seed {study['seed']}. People are "
        f"hired as planned for {study['committed_weeks']} weeks, the client's orders are as "
        f"planned for {study['order_notice_weeks']}."
    )


def contract_lines(study: Json) -> list[str]:
    """Say which terms of the contract the bills hold, and which no draw knows."""
    contract = study.get("contract")
    if contract is None:
        return []
    lines = [f"Bills are under the contract: {listed(contract['terms'])}"]
    if contract["assumed"]:
        lines.append(f"Read so: {listed(contract['assumed'])}")
    if contract["not_drawn"]:
        lines.append(f"Not drawn, so in no bill: {listed(contract['not_drawn'])}")
    return lines


def listed(items: list[str]) -> str:
    """One after the other; of none, that prices are billed as they are."""
    return "; ".join(items) or "prices times quantities, no term of it moves them"


def percent(share: float) -> str:
    """Write a share in per cent."""
    return f"{100 * share:.2f} %"


def _points(share: float) -> str:
    return f"{100 * share:+.2f} %".replace("-0.00", "0.00")  # less than nothing is nothing


def _whole(money: Json) -> str:
    return f"{Decimal(money['amount']):,.0f}"


def _from_to(bands: Json) -> str:
    return f"{_whole(bands['p10'])} to {_whole(bands['p90'])}"
