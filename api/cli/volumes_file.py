"""Reading a month's actuals: YAML or JSON as they are, or a table of services and teams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.cli.loader import parse
from api.tables.files import Table, cell_text, read_csv, read_xlsx
from pricing.invoice.actuals import Actuals, ServiceActuals, TeamActuals, read_actuals
from staffing.errors import BadInputError, FieldIssue

if TYPE_CHECKING:
    from pathlib import Path

    from staffing.plan import Document

_OPTION = "--volumes"
_KINDS: dict[str, tuple[str, type[Document]]] = {
    "service": ("services", ServiceActuals),
    "team": ("teams", TeamActuals),
}
_OWN = {"month", "service", "team", "class"}
_LISTS = {"classes", "order_changes", "vacancy_days"}


def load_actuals(file: Path, month: int | None = None) -> Actuals:
    """Read a volumes file.

    Parameters
    ----------
    file : Path
        YAML or JSON with the fields of the actuals; or CSV or XLSX: a row for each service (with
        `class`: for each complexity class) or team, the other columns its fields.
    month : int, optional
        Rows to take, where the table has a column `month`.

    Raises
    ------
    BadInputError
        Unreadable, unknown columns or fields, values out of range.
    """
    kind = file.suffix.lower()
    if kind == ".csv":
        return read_actuals(_from_table(read_csv(file, _OPTION, str(file)), month))
    if kind == ".xlsx":
        table = read_xlsx(file, _OPTION, str(file), None)
        return read_actuals(_from_table(table, month))
    return read_actuals(parse(file, "an existing volumes"))


def _from_table(table: Table, month: int | None) -> dict[str, Any]:
    """Turn rows into the mapping that YAML would hold."""
    _check_columns(table)
    actuals: dict[str, Any] = {"schema_version": 1}
    months = {cell_text(row.get("month")) for _, row in table.rows} - {""}
    wanted = str(month) if month is not None else min(months, key=_number, default="")
    if wanted and months:
        actuals["month"] = _number(wanted)
    for place, row in table.rows:
        cells = {name: cell_text(cell) for name, cell in row.items() if name is not None}
        if cells.get("month", "") in {"", wanted}:
            _add(actuals, cells, f"{table.name}, {place}")
    return actuals


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise BadInputError.at(_OPTION, text, "whole numbers in the column month") from None


def _check_columns(table: Table) -> None:
    fields = {*ServiceActuals.model_fields, *TeamActuals.model_fields} - _LISTS
    named = ", ".join(sorted(fields))
    for name in table.columns:
        if name not in fields | _OWN:
            accepted = f"columns month, service, class, team, {named}"
            raise BadInputError.at(f"{_OPTION}: {table.name}", name, accepted)
    if not {"service", "team"} & set(table.columns):
        accepted = "a column service or team, which says what a row is about"
        raise BadInputError(FieldIssue(f"{_OPTION}: {table.name}", "", accepted))


def _add(actuals: dict[str, Any], cells: dict[str, str], place: str) -> None:
    named = [kind for kind in _KINDS if cells.get(kind)]
    if len(named) != 1:
        raise BadInputError(FieldIssue(place, "", "exactly one of service and team in a row"))
    kind = named[0]
    group, model = _KINDS[kind]
    given = {name: text for name, text in cells.items() if text and name not in _OWN}
    unknown = sorted(given.keys() - model.model_fields.keys())
    if unknown:
        raise BadInputError(FieldIssue(place, "", f"no {unknown[0]} in a row of a {kind}"))
    entry = actuals.setdefault(group, {}).setdefault(cells[kind], {})
    if cells.get("class"):
        units = given.pop("units", None)
        classes = entry.setdefault("classes", {})
        if kind == "team" or units is None or cells["class"] in classes:
            accepted = "units of a service's class, each class once"
            raise BadInputError.at(place, cells["class"], accepted)
        classes[cells["class"]] = units
    repeated = sorted(given.keys() & entry.keys())
    if repeated:
        accepted = f"{repeated[0]} of {cells[kind]} once"
        raise BadInputError.at(place, given[repeated[0]], accepted)
    entry.update(given)
