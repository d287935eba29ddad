"""What changes from one rate card to the next, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pricing.rate_cards.document import TABLES
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pricing.rate_cards.document import RateCard, Row


class RowChange(Document):
    """One row that was added, removed or changed; rows are told apart by key and first day."""

    table: str
    key: str
    since: str | None
    change: Literal["added", "removed", "changed"]
    before: dict[str, str]
    after: dict[str, str]


def card_changes(before: RateCard, after: RateCard) -> tuple[RowChange, ...]:
    """List every row that differs, table by table.

    Parameters
    ----------
    before, after : RateCard
        Two versions.
    """
    return tuple(change for table in TABLES for change in _table(table, before, after))


def _table(table: str, before: RateCard, after: RateCard) -> Iterator[RowChange]:
    old, new = (_by_key(getattr(card, table)) for card in (before, after))
    for key in sorted(old.keys() | new.keys(), key=str):
        one, two = old.get(key), new.get(key)
        if one == two:
            continue
        row = two or one
        assert row is not None  # noqa: S101 (the key is of one of the two)
        yield RowChange(
            table=table,
            key=" ".join(row.key),
            since=None if row.since is None else str(row.since),
            change="added" if one is None else "removed" if two is None else "changed",
            before={} if one is None else _cells(one),
            after={} if two is None else _cells(two),
        )


def _by_key(rows: tuple[Row, ...]) -> dict[tuple[object, ...], Row]:
    return {(*row.key, row.since): row for row in rows}


def _cells(row: Row) -> dict[str, str]:
    cells = row.model_dump(mode="json", exclude_none=True)
    return {name: str(value) for name, value in cells.items()}
