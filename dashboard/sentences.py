"""What a quote says in a sentence, from figures it already holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.wording import OFFERS, number, percent, volume, volume_unit, whole
from staffing.charts import week_totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]


def about(quote: Json) -> str:
    """For whom, how long, in which currency."""
    engagement = quote["engagement"]
    return (
        f"For {engagement['client']}. {engagement['term_months']} months from "
        f"{engagement['start']}, in {engagement['currency']}; valid "
        f"{engagement['validity_days']} days."
    )


def cheaper_at_plan(quote: Json) -> str:
    """Which offer is cheaper for the client at plan volume."""
    comparison, currency = quote["comparison"], quote["engagement"]["currency"]
    plan = next((point for point in comparison["bills"] if point["share_of_plan"] == 1), None)
    if plan is None:
        return ""
    return (
        f"At plan volume, {volume(plan['volume'])} {comparison['volume_unit']}, the client pays "
        f"{whole(plan['input_based'])} {currency} a month input-based or "
        f"{whole(plan['output_based'])} {currency} output-based: "
        f"{_cheaper(plan['cheaper'])} for the client."
    )


def contract_at_plan(quote: Json) -> list[str]:
    """What the contract's terms make of each planned bill, and of the margin; none without one."""
    currency = quote["engagement"]["currency"]
    said = []
    for one in quote.get("contract_at_plan", []):
        moved = one["beyond_prices"]["amount"]
        way = "less" if moved.startswith("-") else "more"
        by = whole({"amount": moved.removeprefix("-")})
        margin = "" if one["margin"] is None else f", with a margin of {percent(one['margin'])}"
        said.append(
            f"{OFFERS[one['method']]}, the contract's terms make of the planned months "
            f"{whole(one['bill'])} {currency}, {by} {way} than plain prices{margin}."
        )
    return said


def break_even(quote: Json) -> str:
    """From which volume on the cheaper offer changes for good."""
    comparison = quote["comparison"]
    found, unit = comparison["break_even"], volume_unit(comparison)
    if not found:
        only = comparison["cheaper_when_no_crossing"] or "equal"
        return f"The bills never cross in the range shown: {_cheaper(only)} throughout."
    first, last = found[0], found[-1]
    crossings = len(found) + comparison.get("break_even_left_out", 0)
    if len(found) == 1:
        return (
            f"Break-even at {volume(first['volume'])} {unit} a month: below, "
            f"{_cheaper(first['cheaper_below'])}; above, {_cheaper(first['cheaper_above'])}."
        )
    return (
        f"Below {volume(first['volume'])} {unit} a month {_cheaper(first['cheaper_below'])}, above "
        f"{volume(last['volume'])} {_cheaper(last['cheaper_above'])}. Between them the input bill "
        f"climbs in steps and the cheaper offer changes at {crossings:,} break-evens."
    )


def productivity(quote: Json) -> str:
    """From which productivity downwards output-based is cheaper for the client."""
    share = percent(quote["comparison"]["break_even_productivity"])
    return (
        "If each unit takes longer than planned, output-based is cheaper for the client from "
        f"{share} of planned productivity downwards."
    )


def shortfall(team: Json, currency: str) -> str:
    """Whether anybody is missing in the standard week of a team, and at what price."""
    roster = team["roster"]
    totals = week_totals(roster)
    if not totals.num_short:
        return "Nobody is short in any interval of the standard week."
    text = (
        f"Short in {totals.num_short} of {totals.num_intervals} intervals of the standard week, "
        f"by {number(totals.most_short)} heads at most"
    )
    if not roster["shortfall_cost"]:
        return f"{text}."
    return (
        f"{text}: {number(totals.short_head_hours)} head-hours a week, which at their price of "
        f"{volume(roster['shortfall_cost'])} {currency} are the cheapest plan found."
    )


def _cheaper(method: str) -> str:
    return f"{OFFERS[method].lower()} is cheaper"
