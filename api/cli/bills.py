"""`crewquote bills`: both bills of a quote over volume, all terms of the contract applied."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

from api.cli.loader import load_quote
from api.cli.out_file import check_target, write_whole
from api.cli.surge_tables import print_all, wrapped
from pricing.charts.comparison_cells import volume
from pricing.invoice.over_volume import contract_bills
from pricing.invoice.over_volume_table import bills_table
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import RenderableType

    from pricing.invoice.over_volume_document import (
        ContractBills,
        ContractCrossing,
        ContractPoint,
    )

_OFFERS = {"input_based": "input-based", "output_based": "output-based", "equal": "equal"}
_QUARTERS = 4
_MOST_CROSSINGS = 12
_KINDS = (".json", ".csv")


def run_bills(file: Path, *, month: int | None, as_json: bool, out: Path | None) -> None:
    """Bill every volume; the bills go to stdout and, if asked, to a file."""
    if out is not None:
        check_target(out, file, "--out")
        if out.suffix.lower() not in _KINDS:
            raise BadInputError.at("--out", str(out), f"a file that ends in {', '.join(_KINDS)}")
    made = contract_bills(load_quote(file), month=month)
    text = made.model_dump_json(indent=2) + "\n"
    if out is not None:
        write_whole(out, bills_table(made) if out.suffix.lower() == ".csv" else text)
    if as_json:
        sys.stdout.write(text)
        return
    print_all(_parts(made))
    if out is not None:
        print(f"Written to {out}", file=sys.stderr)


def _parts(made: ContractBills) -> Iterator[RenderableType]:
    yield f"{made.engagement}, for {made.client}"
    yield f"Bills a month over volume, by the contract as in month {made.month}"
    yield ""
    yield _table(made)
    yield from (wrapped(line) for line in _changes(made))
    yield from (wrapped(f"Warning: {warning}.") for warning in made.warnings)


def _table(made: ContractBills) -> Table:
    shown = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    for head in ("of plan", made.volume_unit):
        shown.add_column(head, justify="right")
    for head in ("input-based", "output-based"):
        shown.add_column(f"{head}, {made.currency}", justify="right")
    shown.add_column("cheaper")
    shown.add_column("output-based is made of", overflow="fold")
    for point in made.points:
        if round(point.share_of_plan * _QUARTERS, 4) % 1 == 0:
            shown.add_row(
                f"{point.share_of_plan:.0%}",
                volume(point.volume),
                f"{point.input_based.amount:,f}",
                f"{point.output_based.amount:,f}",
                _OFFERS[point.cheaper],
                _made_of(point),
            )
    return shown


def _made_of(point: ContractPoint) -> str:
    return ", ".join(
        f"{name.replace('_', ' ')} {money.amount:,f}" for name, money in point.output_lines.items()
    )


def _changes(made: ContractBills) -> Iterator[str]:
    """Where the cheaper offer changes; of many, the first ones."""
    found = made.crossings
    if not found:
        method = made.cheaper_when_no_crossing
        always = "Both bills are equal" if method is None else f"{_OFFERS[method]} is cheaper"
        yield f"{always.capitalize()} at every volume shown."
    for change in found[:_MOST_CROSSINGS]:
        yield _change(change)
    if len(found) > _MOST_CROSSINGS:
        yield f"{len(found) - _MOST_CROSSINGS} more changes: see --json."


def _change(change: ContractCrossing) -> str:
    below, above = _OFFERS[change.cheaper_below], _OFFERS[change.cheaper_above]
    return (
        f"At {volume(change.volume)} ({change.share_of_plan:.1%} of plan) the cheaper offer "
        f"changes from {below} to {above}."
    )
