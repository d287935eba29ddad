"""Demand scenarios from a CSV table: one volume for every scenario, service and week.

Two forms are read. Long: ``scenario,date,service,value``, perhaps with ``probability``. Wide:
``date,service`` and a column for every scenario. The column ``service`` may be left out where there
is one service only. `date` is the first day of a planning week.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError, FieldIssue
from staffing.scenarios import MOST_SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_FORMS = (
    "columns scenario, date, service and value, or date, service and one column per scenario; "
    "service may be left out where there is one service"
)
_LONG_ONLY = {"scenario", "value", "probability"}
_MOST_ROWS = 2_000_000
_SHARE_SUM_TOLERANCE = 1e-6


@dataclass(frozen=True)
class ScenarioTable:
    """Futures as a table states them.

    Parameters
    ----------
    names : tuple of str
        Of the scenarios.
    probability : ndarray, shape (scenarios,)
        Above 0, sum 1; equal where none is stated.
    units : ndarray, shape (scenarios, services, weeks)
        Units arriving in each planning week, a partial last week as a full one.
    """

    names: tuple[str, ...]
    probability: Array
    units: Array


@dataclass(frozen=True)
class _Cell:
    """A value and where it stands."""

    line: int
    scenario: str
    day: date
    service: str
    value: float


def read_scenarios(
    text: str, services: Sequence[str], week_starts: Sequence[date], place: str = "--demand"
) -> ScenarioTable:
    """Read scenarios from the text of a CSV table.

    Parameters
    ----------
    text : str
        The table; its first row names the columns.
    services : sequence of str
        Of the engagement, in order.
    week_starts : sequence of date
        First day of every planning week; each must stand once per scenario and service.
    place : str
        What holds the table, for messages.

    Raises
    ------
    BadInputError
        Naming the line and what is wrong: columns, a date that is no week of the term, a gap, a
        repetition, a value that is no number or below 0, an unknown service.
    """
    reader = csv.reader(io.StringIO(text))
    head = tuple(name.strip() for name in next(reader, ()))
    kinds = [name.casefold() for name in head]
    if "date" not in kinds or len(set(kinds)) < len(kinds):
        raise BadInputError.at(place, ", ".join(head) or "no columns", _FORMS)
    if "service" not in kinds and len(services) > 1:
        accepted = f"a column service, since there are several: {', '.join(services)}"
        raise BadInputError.at(place, ", ".join(head), accepted)
    rows = list(_rows(reader, len(head), place))
    cells = (
        _long_cells(rows, kinds, services, place)
        if {"scenario", "value"} <= set(kinds)
        else _wide_cells(rows, head, services, place)
    )
    return _table(cells, services, week_starts, place, _probabilities(rows, kinds, place))


def _rows(
    reader: Iterable[list[str]], width: int, place: str
) -> Iterable[tuple[int, tuple[str, ...]]]:
    for number, row in enumerate(reader, start=2):
        if number > _MOST_ROWS:
            raise BadInputError(FieldIssue(place, "", f"a table of at most {_MOST_ROWS:,} rows"))
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != width:
            accepted = f"{width} cells in line {number}, as in the first line"
            raise BadInputError.at(place, f"{len(row)} cells", accepted)
        yield number, tuple(cell.strip() for cell in row)


def _long_cells(
    rows: list[tuple[int, tuple[str, ...]]], kinds: list[str], services: Sequence[str], place: str
) -> list[_Cell]:
    at = {kind: kinds.index(kind) for kind in ("scenario", "date", "value")}
    return [
        _Cell(
            line,
            row[at["scenario"]],
            _day(row[at["date"]], line, place),
            _service(row, kinds, services, line, place),
            _number(row[at["value"]], line, place),
        )
        for line, row in rows
    ]


def _wide_cells(
    rows: list[tuple[int, tuple[str, ...]]],
    head: tuple[str, ...],
    services: Sequence[str],
    place: str,
) -> list[_Cell]:
    kinds = [name.casefold() for name in head]
    columns = [i for i, kind in enumerate(kinds) if kind not in {"date", "service"}]
    if not columns or any(not head[i] or kinds[i] in _LONG_ONLY for i in columns):
        raise BadInputError.at(place, ", ".join(head), _FORMS)
    return [
        _Cell(
            line,
            head[i],
            _day(row[kinds.index("date")], line, place),
            _service(row, kinds, services, line, place),
            _number(row[i], line, place),
        )
        for line, row in rows
        for i in columns
    ]


def _day(text: str, line: int, place: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInputError.at(place, text, f"a date like 2027-01-04 in line {line}") from None


def _number(text: str, line: int, place: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not (np.isfinite(value) and value >= 0):
        raise BadInputError.at(place, text or "nothing", f"a number of 0 or more in line {line}")
    return value


def _service(
    row: tuple[str, ...], kinds: list[str], services: Sequence[str], line: int, place: str
) -> str:
    if "service" not in kinds:
        return services[0]
    name = row[kinds.index("service")]
    if name not in services:
        accepted = f"a service of the engagement in line {line}: {', '.join(services)}"
        raise BadInputError.at(place, name or "nothing", accepted)
    return name


def _probabilities(
    rows: list[tuple[int, tuple[str, ...]]], kinds: list[str], place: str
) -> dict[str, float]:
    """Probability by scenario where a column of a long table states it."""
    if "probability" not in kinds or "scenario" not in kinds:
        return {}
    stated: dict[str, float] = {}
    for line, row in rows:
        name, text = row[kinds.index("scenario")], row[kinds.index("probability")]
        value = _number(text, line, place)
        if not 0 < value <= 1 or stated.setdefault(name, value) != value:
            accepted = f"one probability above 0 and at most 1 for {name} (line {line})"
            raise BadInputError.at(place, text, accepted)
    total = sum(stated.values())
    if abs(total - 1) > _SHARE_SUM_TOLERANCE:
        raise BadInputError.at(place, f"sum {total:g}", "probabilities that sum to 1")
    return {name: value / total for name, value in stated.items()}


def _table(
    cells: list[_Cell],
    services: Sequence[str],
    week_starts: Sequence[date],
    place: str,
    stated: dict[str, float],
) -> ScenarioTable:
    names = tuple(dict.fromkeys(cell.scenario for cell in cells))
    if not 1 <= len(names) <= MOST_SCENARIOS:
        raise BadInputError.at(place, f"{len(names)} scenarios", f"from 1 to {MOST_SCENARIOS:,}")
    week = {day: number for number, day in enumerate(week_starts)}
    scenario, service = ({name: i for i, name in enumerate(all_)} for all_ in (names, services))
    units = np.full((len(names), len(services), len(week_starts)), np.nan)
    for cell in cells:
        if cell.day not in week:
            accepted = (
                f"the first day of a planning week in line {cell.line}: {week_starts[0]} to "
                f"{week_starts[-1]}, seven days apart"
            )
            raise BadInputError.at(place, cell.day, accepted)
        at = scenario[cell.scenario], service[cell.service], week[cell.day]
        if not np.isnan(units[at]):
            accepted = (
                f"each week once: {cell.service}, scenario {cell.scenario}, stands twice "
                f"(line {cell.line})"
            )
            raise BadInputError.at(place, cell.day, accepted)
        units[at] = cell.value
    if np.isnan(units).any():
        s, k, t = (int(i[0]) for i in np.nonzero(np.isnan(units)))
        missing = int(np.isnan(units[s, k]).sum())
        accepted = (
            f"all {len(week_starts)} weeks of {services[k]} in scenario {names[s]}: {missing} are "
            f"missing, the first is {week_starts[t]}"
        )
        raise BadInputError(FieldIssue(place, "", accepted))
    chance = np.array([stated.get(name, 1 / len(names)) for name in names])
    return ScenarioTable(names, chance, units)
