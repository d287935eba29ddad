"""Times as text: UTC, ISO 8601, and the same from SQLite, which forgets the zone."""

from __future__ import annotations

from datetime import UTC, datetime


def utc(moment: datetime) -> datetime:
    """Give a time of the store its zone: SQLite returns it without, PostgreSQL in its own."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def exact(moment: datetime) -> str:
    """Write a time to the microsecond, always equally long, so that text sorts as time does."""
    return utc(moment).isoformat(timespec="microseconds").replace("+00:00", "Z")


def shown(moment: datetime) -> str:
    """Write a time as answers hold it, to the millisecond."""
    return utc(moment).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def shown_or_none(moment: datetime | None) -> str | None:
    """Write a time that may not have come."""
    return None if moment is None else shown(moment)


def read(text: str) -> datetime:
    """Read a time that `exact` or `shown` wrote."""
    return datetime.fromisoformat(text)
