"""How long quotes are kept, from the settings and the day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.settings import Settings


def accepted_before(settings: Settings, now: datetime) -> datetime:
    """Quotes accepted earlier than this have been kept long enough."""
    return _years_before(now, settings.keep_accepted_years)


def ended_before(settings: Settings, now: datetime) -> datetime | None:
    """Quotes that came to nothing earlier than this have; None: they are kept for ever."""
    years = settings.keep_ended_years
    return None if years is None else _years_before(now, years)


def _years_before(now: datetime, years: int) -> datetime:
    """The same day some years ago, 1 March for 29 February; the first day there is at most."""
    year = max(now.year - years, 1)
    try:
        return now.astimezone(UTC).replace(year=year)
    except ValueError:
        return now.astimezone(UTC).replace(year=year, month=3, day=1)
