"""The client's comparison as a person reads it on a terminal, and the vendor's view apart."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from api.cli.surge_tables import heading, print_all, table, wrapped
from pricing.charts.comparison_cells import (
    BREAK_EVEN_NOTE,
    basis_cells,
    break_even_cells,
    equivalent_cells,
    offer_cells,
    outsourced_cells,
    pay_notes,
    people_cells,
    percent,
    price_cells,
    risk_cells,
    saving_cells,
    volume,
    whole,
)
from pricing.client_comparison.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import RenderableType

    Json = Mapping[str, Any]
    Rows = Sequence[dict[str, str]]

_OFFERS = {"input_based": "input-based", "output_based": "output-based", "equal": "neither"}
_SHARES = (0.5, 0.75, 1.0, 1.25, 1.5)
_SPEEDS = (1.1, 1.0, 0.9, 0.8)


def print_comparison(comparison: Json) -> None:
    """Print what a client may read; nothing of the vendor's side is in it."""
    print_all(_parts(comparison))


def print_vendor_view(view: Json) -> None:
    """Print what each choice of the client is worth to the vendor."""
    print_all(_vendor_parts(view))


def _parts(comparison: Json) -> Iterable[RenderableType]:
    currency = comparison["currency"]
    yield f"{comparison['name']}, for {comparison['client']}"
    yield (
        f"{comparison['term_months']} months from {comparison['start']} in {currency}, offers "
        f"valid {comparison['validity_days']} days."
    )
    yield heading("Recommendation")
    advice = comparison["recommendation"]
    yield wrapped(f"{sentence(_OFFERS[advice['method']])}. {sentence(advice['reason'])}.")
    yield from (wrapped(f"- {sentence(point)}") for point in advice["points"])
    yield wrapped("The choice is yours: both offers stand for the same work.")
    if comparison.get("terms"):
        yield wrapped(comparison["terms"])
    yield heading("Two offers for the same work")
    yield _table(offer_cells(comparison))
    yield ""
    yield _table(price_cells(comparison), text=4)
    yield ""
    yield _table(equivalent_cells(comparison), text=2)
    yield heading("From which volume on")
    yield _table(break_even_cells(comparison), text=3)
    yield wrapped(BREAK_EVEN_NOTE)
    yield ""
    yield _bands(comparison)
    yield heading("Cheaper offer by belief (output-based bill over input-based)")
    yield _beliefs(comparison)
    yield from _asked(comparison)
    yield heading("Who bears which risk")
    yield _table(risk_cells(comparison), text=4)
    if comparison["savings"] is not None:
        yield from _savings(comparison)


def _table(rows: Rows, text: int = 1) -> RenderableType:
    """Show rows; the first columns are text, the others figures. Empty columns are left out."""
    kept = [name for name in rows[0] if any(row[name] for row in rows)]
    made = table(*kept)
    for column in made.columns[1:text]:
        column.justify = "left"
    for row in rows:
        made.add_row(*(row[name] for name in kept))
    return made


def _bands(comparison: Json) -> RenderableType:
    made = table(
        *("of plan", "volume", "input-based", "P10 to P90", "output-based", "P10 to P90", "cheaper")
    )
    for point in comparison["bills"]:
        if point["share_of_plan"] in _SHARES:
            made.add_row(
                f"{point['share_of_plan']:.0%}",
                volume(point["volume"]),
                whole(point["input_based"]),
                f"{whole(point['input_low'])} to {whole(point['input_high'])}",
                whole(point["output_based"]),
                f"{whole(point['output_low'])} to {whole(point['output_high'])}",
                _OFFERS[point["cheaper"]],
            )
    return made


def _beliefs(comparison: Json) -> RenderableType:
    cells = {(c["volume"], c["productivity"]): c for c in comparison["beliefs"]["cells"]}
    made = table("productivity", *(f"volume {share:.0%}" for share in _SHARES))
    for speed in _SPEEDS:
        row = [cells[share, speed] for share in _SHARES]
        made.add_row(
            f"{speed:.0%}",
            *(f"{_OFFERS[c['cheaper']].partition('-')[0]} {c['difference']:+.0%}" for c in row),
        )
    return made


def _asked(comparison: Json) -> Iterable[str]:
    at, currency = comparison["at"], comparison["currency"]
    if at["volume"] == at["productivity"] == 1:
        return
    yield wrapped(
        f"At {percent(at['volume'])} of volume and {percent(at['productivity'])} of productivity: "
        f"{whole(at['input_based'])} {currency} a month input-based, {whole(at['output_based'])} "
        f"output-based; {_OFFERS[at['cheaper']]} is cheaper."
    )
    found = comparison["crossings_at_belief"]
    if found and at["productivity"] != 1:
        yield wrapped(
            f"At that productivity {_OFFERS[found[0]['cheaper_below']]} is cheaper up to "
            f"{volume(found[0]['volume'])} a month, {_OFFERS[found[-1]['cheaper_above']]} from "
            f"{volume(found[-1]['volume'])}."
        )


def _savings(comparison: Json) -> Iterable[RenderableType]:
    savings = comparison["savings"]
    yield heading(f"Against in-house in {savings['country']}")
    if savings["headline"] is not None:
        yield wrapped(savings["headline"])
    for reason in savings["withheld"]:
        yield wrapped(f"No saving is stated: {reason}.")
    yield _table(people_cells(savings))
    yield from (wrapped(line) for line in pay_notes(savings))
    yield from (
        textwrap.fill(line, 98, initial_indent="  ", subsequent_indent="  ")
        for line in (sentence(savings["formula"]),)
    )
    if savings["cases"]:
        yield ""
        yield _table(saving_cells(comparison))
        yield ""
        yield _table(outsourced_cells(comparison))
    assumed = [row for row in basis_cells(comparison) if row["Quality"] == "unsourced"]
    if assumed:
        yield wrapped(
            f"Assumed without a source ({len(assumed)} of {len(comparison['basis'])} in-house "
            f"values): {', '.join(f'{row["Value"]} {row["Is"]}' for row in assumed)}."
        )


def _vendor_parts(view: Json) -> Iterable[RenderableType]:
    yield heading("Vendor's view: not for clients")
    made = table("", *(_OFFERS[offer["method"]] for offer in view["offers"]))
    for label, name in (
        ("margin expected", "margin"),
        ("margin P10", "margin_p10"),
        ("margin P50", "margin_p50"),
        ("margin P90", "margin_p90"),
        ("probability of a loss", "probability_of_loss"),
        ("probability below floor margin", "probability_below_floor"),
    ):
        made.add_row(label, *(percent(offer[name]) for offer in view["offers"]))
    made.add_row("profit expected", *(whole(offer["expected_profit"]) for offer in view["offers"]))
    yield made
    yield wrapped(f"{sentence(view['reason'])}.")
