"""The client's comparison in cells, the same on terminal, page and dashboard."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pricing.charts.savings import NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, str]]

OFFERS = {"input_based": "Input-based", "output_based": "Output-based", "equal": "Neither"}
BREAK_EVEN_NOTE = (
    "Productivity: below this share of plan output-based is cheaper at plan volume. Units per "
    "FTE-month: what a person must make for both prices to bill the same."
)
_THREE_DIGITS, _TWO_DIGITS = 99.95, 9.995
_CASES = {"expected": "expected", "p50": "P50", "p90": "P90"}


def offer_cells(comparison: Json) -> Rows:
    """Bills of both offers over the term, and the probability of the budget."""
    currency, offers = comparison["currency"], comparison["offers"]
    years = range(len(offers[0]["bill_by_year"]))
    lines = [
        (f"Expected bill, {currency}", [whole(one["expected_bill"]) for one in offers]),
        *(
            (f"   in year {year + 1}", [whole(one["bill_by_year"][year]) for one in offers])
            for year in years
            if len(years) > 1
        ),
        *(
            (f"{label} of the bill", [whole(one[name]) for one in offers])
            for name, label in (("bill_p10", "P10"), ("bill_p50", "P50"), ("bill_p90", "P90"))
        ),
    ]
    if comparison["budget"] is not None:
        label = f"Probability of more than {whole(comparison['budget'])} {currency}"
        lines.append((label, [percent(one["over_budget"]) for one in offers]))
    return [
        {"Over the term": label, "Input-based": one, "Output-based": two}
        for label, (one, two) in lines
    ]


def price_cells(comparison: Json) -> Rows:
    """Invoiced prices of both offers."""
    return [
        {
            "Offer": OFFERS[offer["method"]],
            "Service": price["service"],
            "Site": price["site"] or "all sites",
            "Per": price["unit"],
            f"Price, {comparison['currency']}": amount(price["price"]),
        }
        for offer in comparison["offers"]
        for price in offer["prices"]
        if price["invoiced"]
    ]


def equivalent_cells(comparison: Json) -> Rows:
    """Both offers per unit and per hour, service by service."""
    currency = comparison["currency"]
    pairs = zip(*(offer["equivalents"] for offer in comparison["offers"]), strict=True)
    return [
        {
            "Service": pair[0]["service"],
            "Per": label.format(unit=pair[0]["unit"]),
            f"Input-based, {currency}": amount(pair[0][name]),
            f"Output-based, {currency}": amount(pair[1][name]),
        }
        for pair in pairs
        for name, label in (
            ("per_unit", "{unit}"),
            ("per_paid_hour", "paid hour"),
            ("per_productive_hour", "productive hour"),
        )
    ]


def break_even_cells(comparison: Json) -> Rows:
    """Break-even volume and productivity of the bundle and of every service.

    Below that productivity output-based is cheaper at plan volume; at these units per FTE-month
    both prices bill the same.
    """
    return [
        {
            "Of": one["name"],
            "Cheaper below": _below(one),
            "Cheaper above": _above(one),
            "Plan a month": volume(one["plan_volume_per_month"]),
            "Productivity": percent(one["productivity"]),
            "Units per FTE-month": ", ".join(
                f"{units:,.1f}" for units in one["units_per_fte_month"].values()
            ),
        }
        for one in (comparison["bundle"], *comparison["services"])
    ]


def _below(one: Json) -> str:
    found = one["crossings"]
    if not found:
        return OFFERS[one["cheaper_when_no_crossing"] or "equal"] + " throughout"
    return f"{OFFERS[found[0]['cheaper_below']]}, to {volume(found[0]['volume'])}"


def _above(one: Json) -> str:
    found = one["crossings"]
    if not found:
        return ""
    return f"{OFFERS[found[-1]['cheaper_above']]}, from {volume(found[-1]['volume'])}"


def crossing_cells(view: Json, currency: str) -> Rows:
    """Every volume at which the cheaper offer changes."""
    return [
        {
            "Volume a month": volume(one["volume"]),
            "Of plan": percent(one["share_of_plan"]),
            f"Bill, {currency}": amount(one["bill"]),
            "Cheaper below": OFFERS[one["cheaper_below"]],
            "Cheaper above": OFFERS[one["cheaper_above"]],
        }
        for one in view["crossings"]
    ]


def risk_cells(comparison: Json) -> Rows:
    """Who bears which risk under each offer."""
    return [
        {
            "Risk": one["risk"].capitalize(),
            "Input-based": one["input_based"],
            "Output-based": one["output_based"],
            "Because": one["why"],
        }
        for one in comparison["risks"]
    ]


def people_cells(savings: Json) -> Rows:
    """People the client needs itself, and their pay where it has a source."""
    return [
        {
            "Service": team["service"],
            "People by year (FTE)": ", ".join(f"{fte:,.1f}" for fte in team["people_by_year"]),
            "Needed": ", ".join(f"{fte:,.1f}" for fte in team["need_by_year"]),
            "From": team["people_from"],
            "Utilisation": percent(team["utilisation"]),
            "Pay an hour": amount(team["pay_per_hour"]) if team["pay_per_hour"] else "no source",
        }
        for team in savings["teams"]
    ]


def pay_notes(savings: Json) -> list[str]:
    """Where the pay of the client's own people comes from."""
    return [
        f"Pay for {team['service']} ({team['role'].replace('_', ' ')}): {team['pay_source']}"
        + (f", {team['pay_as_of']}." if team["pay_as_of"] else ".")
        for team in savings["teams"]
        if team["pay_source"] and team["pay_per_hour"]
    ]


def saving_cells(comparison: Json) -> Rows:
    """Both offers at every level of their bill against in-house."""
    currency, savings = comparison["currency"], comparison["savings"]
    return [
        {
            "Offer": OFFERS[one["method"]],
            "Bill": _CASES[one["case"]],
            f"In-house, {currency}": whole(savings["in_house_total"]),
            f"Outsourced, {currency}": whole(one["total"]),
            f"Saving, {currency}": whole(one["saving"]),
            "Saving": percent(one["share"]),
            f"Present value, {currency}": whole(one["npv"]),
            "Pays back in month": str(one["payback_month"] or "never"),
        }
        for one in savings["cases"]
    ]


def outsourced_cells(comparison: Json, case: str = "p50") -> Rows:
    """Lines of what outsourcing takes the client, by offer."""
    cases = [one for one in comparison["savings"]["cases"] if one["case"] == case]
    pairs = zip(*(one["lines"] for one in cases), strict=True)
    return [
        {
            f"Line, bill at {_CASES[case]}": NAMES[pair[0]["name"]],
            "Input-based": whole(pair[0]["amount"]),
            "Output-based": whole(pair[1]["amount"]),
        }
        for pair in pairs
    ]


def basis_cells(comparison: Json) -> Rows:
    """Values the in-house side rests on, with source, date and quality."""
    return [
        {
            "Value": _value_name(one["name"]),
            "Is": one["value"],
            "Unit": one["unit"],
            "Quality": one["quality"],
            "Source": one["source"] or "stated without a source",
            "As of": one["as_of"] or "",
        }
        for one in comparison["basis"]
    ]


def _value_name(path: str) -> str:
    """``overlap months`` of ``in_house.outsourcing.overlap_months``."""
    return path.removeprefix("in_house.").removeprefix("outsourcing.").replace("_", " ")


def amount(money: Json) -> str:
    """Every digit there is."""
    return f"{Decimal(money['amount']):,f}"


def whole(money: Json) -> str:
    """Without minor units, where a figure is read and not booked."""
    return f"{Decimal(money['amount']):,.0f}"


def volume(units: float) -> str:
    """``48,463``; of fewer than a hundred three digits, so that 0.87 is not written as 1."""
    places = 0 if abs(units) >= _THREE_DIGITS else 1 if abs(units) >= _TWO_DIGITS else 2
    text = f"{units:,.{places}f}"
    return text.rstrip("0").rstrip(".") if places else text


def percent(share: float) -> str:
    """``18.0 %``."""
    return f"{100 * share:.1f} %"
