"""A site study in cells and sentences, the same on a terminal, a page and the dashboard."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, str]]

WAYS = {
    "night_shifts": "night shifts",
    "follow_the_sun": "follow the sun",
    "days_only": "follow the sun, days only",
}


def option_cells(study: Json) -> Rows:
    """Every way to deliver: who does what where, cost, price of a unit, nights, seats, risk."""
    currency = study["currency"]
    services = list(dict.fromkeys(part["service"] for part in study["parts"]))
    return [
        {
            "Way to deliver": row["name"],
            "Where": where(row["parts"]),
            f"Cost, {currency}": _whole(row["cost"]),
            "Above best": _above(row),
            **{
                f"Price, {service}": _price(row["unit_prices"].get(service)) for service in services
            },
            "At night": _percent(row["night_share"]),
            "On duty at once": "" if row["seats"] is None else f"{row['seats']:,.0f}",
            "Largest site": _percent(row["concentration"]),
        }
        for row in study["options"]
        if row["refused"] is None
    ]


def refused_lines(study: Json) -> list[str]:
    """Ways that cannot be had, and why."""
    return [
        f"{row['name']} cannot be had: {row['refused']}"
        for row in study["options"]
        if row["refused"] is not None
    ]


def night_cells(study: Json) -> Rows:
    """Night shifts at one site against going round the clocks, by service."""
    currency = study["currency"]
    return [
        {
            "Service": row["service"],
            "Open at night by": WAYS[row["way"]],
            "Where": " + ".join(
                site if share == 1 else f"{site} {share:.0%}"
                for site, share in zip(row["sites"], row["shares"], strict=True)
            ),
            f"Cost, {currency}": _whole(row["cost"]),
            "Price of a unit": _price(row["unit_price"]),
            "At night": _percent(row["night_share"]),
            "On duty at once": f"{row['seats']:,.0f}",
            "Against best night shifts": _change(row["saving"]),
        }
        for row in study["nights"]
    ]


def verdict(study: Json) -> str:
    """Say in one sentence what is best, what it saves, and what is proven."""
    rows = {row["kind"]: row for row in study["options"]}
    best, stated = rows["best"], rows["as_stated"]
    gap = study["choice"]["gap"]
    proof = "proven best" if gap < 1e-6 else f"proven within {gap:.2%} of the best"  # noqa: PLR2004
    text = f"Best: {where(best['parts'])}, {_whole(best['cost'])} {study['currency']}, {proof}"
    if stated["over_best"] is None:
        return f"{text}."
    if stated["over_best"] < 1e-6:  # noqa: PLR2004 (nothing that would be shown)
        return f"{text}; it is what the engagement states."
    saved = stated["over_best"] / (1 + stated["over_best"])
    return f"{text}; {saved:.1%} less than as stated ({where(stated['parts'])})."


def planned_line(study: Json) -> str:
    """Say how far the cost of the real plan is from the cost the choice was made by."""
    planned = study["planned"]
    if planned["planned"] is None:
        return f"The choice could not be planned as it is: {'; '.join(planned['warnings'])}"
    return (
        f"Planned for real it costs {_whole(planned['planned'])} {study['currency']}, "
        f"{planned['difference']:+.2%} against the choice's own figure "
        f"({_whole(planned['model'])}): services then share seats and people called off."
    )


def where(parts: list[Json]) -> str:
    """``helpdesk: Cebu; coding: Bogota 70 %, Omaha 30 %``."""
    texts = []
    for service in dict.fromkeys(part["service"] for part in parts):
        own = [part for part in parts if part["service"] == service]
        places = ", ".join(
            part["site"] if len(own) == 1 else f"{part['site']} {part['share']:.0%}" for part in own
        )
        texts.append(f"{service}: {places}{' by the hour' if own[0]['by_hour'] else ''}")
    return "; ".join(texts)


def _above(row: Json) -> str:
    if row["kind"] == "best" or row["over_best"] is None:
        return ""
    return f"{row['over_best']:+.1%}"


def _change(saving: float | None) -> str:
    """What a way costs more than the cheapest with night shifts; nothing for that one itself."""
    return "" if not saving else f"{-saving:+.1%}"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


def _whole(money: Json | None) -> str:
    return "" if money is None else f"{Decimal(money['amount']):,.0f}"


def _price(money: Json | None) -> str:
    return "" if money is None else f"{Decimal(money['amount']):,f}"
