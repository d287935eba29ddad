"""Replacement guarantee: a vacant place is filled within so many days, or credited."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def days_beyond_guarantee(days_vacant: Iterable[int], guaranteed_days: int) -> int:
    """Days beyond the guarantee, over all vacancies of the month.

    Parameters
    ----------
    days_vacant : iterable of int
        Days each vacancy has stood open, 0 or more.
    guaranteed_days : int
        Days within which a leaver is replaced, 0 or more.

    Raises
    ------
    ValueError
        Negative days.
    """
    vacancies = tuple(days_vacant)
    if guaranteed_days < 0 or any(days < 0 for days in vacancies):
        raise ValueError("days are 0 or more")
    return sum(max(0, days - guaranteed_days) for days in vacancies)
