"""Rows of every table: a quote's JSON in, text by column out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.wording import (
    MISSING,
    OFFERS,
    amount,
    moved,
    moved_share,
    number,
    percent,
    volume_unit,
    whole,
    whole_up,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]
    Rows = list[dict[str, str]]

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
OVER_TERM = "Over the term"
QUALITIES = ("official", "secondary", "stated", "unsourced")


def headed(rows: Rows) -> Rows:
    """Begin every heading with a capital."""
    return [{name[:1].upper() + name[1:]: cell for name, cell in row.items()} for row in rows]


def offers(quote: Json) -> Rows:
    """Both offers over the term, figure by figure."""
    pair = [quote["offers"][method] for method in ("input_based", "output_based")]
    spreads = {spread["method"]: spread for spread in quote["risk"]["spreads"]}
    risks = [spreads[offer["method"]] for offer in pair]
    currency = quote["engagement"]["currency"]
    years = zip(*(offer["per_year"] for offer in pair), strict=True)
    rows = [
        (f"Expected bill, {currency}", [whole(o["term"]["expected_bill"]) for o in pair]),
        *(
            (f"   of it in year {y[0]['year']}", [whole(p["expected_bill"]) for p in y])
            for y in years
        ),
        (
            f"Cost with SG&A and financing, {currency}",
            [whole(o["term"]["cost"]) for o in pair],
        ),
        (f"Profit, {currency}", [whole(o["term"]["profit"]) for o in pair]),
        ("Margin on price", [percent(o["term"]["margin"]) for o in pair]),
        (
            f"Bill, P10 to P90, {currency}",
            [f"{whole(r['bill_p10'])} to {whole(r['bill_p90'])}" for r in risks],
        ),
        (
            "Margin, P10 to P90",
            [f"{percent(r['margin_p10'])} to {percent(r['margin_p90'])}" for r in risks],
        ),
        ("Probability of a loss", [percent(r["probability_of_loss"]) for r in risks]),
        (
            "Probability of a margin below the floor",
            [percent(r["probability_below_floor"]) for r in risks],
        ),
    ]
    budget = quote["risk"].get("budget")
    if budget is not None:
        label = f"Probability of a bill above {whole(budget)} {currency}"
        rows.append((label, [percent(r["probability_over_budget"]) for r in risks]))
    return [
        {OVER_TERM: label, "Input-based": one, "Output-based": two} for label, (one, two) in rows
    ]


def drawn(quote: Json) -> str:
    """What both offers were drawn over, in words."""
    names = [name.replace("_", " ") for name in quote["risk"].get("factors", ())]
    names = names or ["volume", "productivity"]
    return f"{', '.join(names[:-1])} and {names[-1]}" if names[1:] else str(names[0])


def prices(quote: Json) -> Rows:
    """Every price with its floor."""
    currency = quote["engagement"]["currency"]
    return [
        {
            "Offer": OFFERS[method],
            "Service": price["service"],
            "Site": price["site"] or "all sites",
            "Per": price["unit"],
            f"Price, {currency}": amount(price["price"]),
            f"Floor, {currency}": amount(price["floor_price"]),
            "Invoiced": "yes" if price["invoiced"] else "same offer, by the hour",
        }
        for method in ("input_based", "output_based")
        for price in quote["offers"][method]["prices"]
    ]


def break_evens(quote: Json) -> Rows:
    """Every volume at which the cheaper offer changes."""
    comparison, currency = quote["comparison"], quote["engagement"]["currency"]
    return [
        {
            f"Volume per month, {volume_unit(comparison)}": number(crossing["volume"]),
            "Of plan": percent(crossing["share_of_plan"]),
            f"Bill per month, {currency}": amount(crossing["bill"]),
            "Cheaper below": OFFERS[crossing["cheaper_below"]],
            "Cheaper above": OFFERS[crossing["cheaper_above"]],
        }
        for crossing in comparison["break_even"]
    ]


def carriers(quote: Json) -> Rows:
    """Who carries which risk under each offer."""
    return [
        {
            "Risk": carrier["risk"].capitalize(),
            "Input-based": carrier["input_based"],
            "Output-based": carrier["output_based"],
            "Because": carrier["why"],
        }
        for carrier in quote["risk"]["carriers"]
    ]


def unsourced(quote: Json) -> Rows:
    """Values without a source, to be confirmed before anything is sent."""
    known = {item["path"]: item for item in quote["assumptions"]}
    return [
        {
            "Value": path,
            "Is": known[path]["value"] if path in known else MISSING,
            "Unit": (known[path]["unit"] if path in known else "") or MISSING,
        }
        for path in quote["unsourced"]
    ]


def qualities(quote: Json) -> str:
    """How many values there are of each quality of source."""
    found = [item["quality"] for item in quote["assumptions"]]
    return ", ".join(f"{found.count(quality)} {quality}" for quality in QUALITIES)


def movements(figures: Sequence[Json], first: str) -> Rows:
    """What moved, one row each."""
    return [
        {
            first: words(figure["name"]),
            "As quoted": moved(figure, "before"),
            "Variant": moved(figure, "after"),
            "Change": moved(figure, "change"),
            "Change, %": moved_share(figure),
        }
        for figure in figures
    ]


def shifts(roster: Json) -> Rows:
    """People who start each shift, one row per start and length, one column per day."""
    heads: dict[tuple[str, float], dict[str, int]] = {}
    for shift in roster["shifts"]:
        heads.setdefault((shift["start"], shift["length_h"]), {})[shift["day"]] = shift["heads"]
    return [
        {
            "Starts": start,
            "Length": f"{number(length)} h",
            **{day: str(by_day.get(day, MISSING)) for day in DAYS},
        }
        for (start, length), by_day in sorted(heads.items())
    ]


def tours(roster: Json) -> Rows:
    """People by tour and the days they work."""
    return [
        {
            "Tour": line["tour"],
            "Starts from": line["band_start"],
            "Length": f"{number(line['length_h'])} h",
            "Days": " ".join(line["days"]),
            "People": str(line["people"]),
        }
        for line in roster["tours"]
    ]


def people_by_year(team: Json) -> Rows:
    """What each contract year takes of a team."""
    return [
        {
            "Year": str(year["year"]),
            "On payroll, FTE-weeks": number(year["payroll_weeks"]),
            "In training, FTE-weeks": number(year["trainee_weeks"]),
            "Overtime, FTE-weeks": number(year["overtime_weeks"]),
            "Surge, FTE-weeks": number(year["surge_weeks"]),
            "Hires started": number(year["started_hires"]),
            "Seats": whole_up(year["seats"]),
        }
        for year in team["years"]
    ]


def sites(quote: Json) -> Rows:
    """Seats of every site: most people on duty at once, and available."""
    return [
        {
            "Site": site["site"],
            "Most people on duty at once": str(site["peak_heads"]),
            "Seats": MISSING if site["seats"] is None else str(site["seats"]),
        }
        for site in quote["staffing"]["sites"]
    ]
