"""What an hour is paid on top of the base wage, by the calendar class of its day.

The weekly classes are those of the roster (``staffing.premiums``); on a public holiday an hour
leaves its weekly class and is paid by the kind of the holiday. Sunday stands for the rest day.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_NIGHT = "night_"
_DAYS = ("saturday", "sunday")


@dataclass(frozen=True)
class HolidayRate:
    """Pay on top of the base wage for work on one kind of public holiday.

    Parameters
    ----------
    premium : Decimal
        Share of the base wage, 0 or more (1 = double pay).
    rest_day : Decimal or None
        Share where the holiday is the rest day as well; None: both premiums stack.
    """

    premium: Decimal
    rest_day: Decimal | None = None


@dataclass(frozen=True)
class DayPay:
    """Premium rates in force from one day on, shares of the base wage.

    Parameters
    ----------
    since : date
        First day they hold.
    night, saturday, sunday : Decimal
        0 or more; Sunday is the rest day.
    overtime, overtime_rest_day : Decimal
        On top of an hour of an ordinary day, and of a rest day or public holiday.
    holidays : mapping
        Rate by kind of public holiday; a kind that is missing is paid as its weekday.
    multiplicative : bool
        Whether premiums are due on the pay they meet (the pay of the day), or all on base pay.
    """

    since: date
    night: Decimal
    saturday: Decimal
    sunday: Decimal
    overtime: Decimal
    overtime_rest_day: Decimal
    holidays: Mapping[str, HolidayRate]
    multiplicative: bool

    def multiplier(self, weekly_class: str, kind: str | None = None) -> Decimal:
        """Multiple of the base wage of an hour of a weekly class, on a holiday of a kind or none.

        ``(1 + day)(1 + holiday)(1 + night)``, or ``1 + day + holiday + night`` where premiums add
        up; a rate stated for a holiday on the rest day stands for day and holiday together.
        """
        night, day = _parts(weekly_class)
        of_day = {"": Decimal(0), "saturday": self.saturday, "sunday": self.sunday}[day]
        holiday = self.holidays.get(kind) if kind else None
        if holiday is not None and day == "sunday" and holiday.rest_day is not None:
            of_day, of_holiday = Decimal(0), holiday.rest_day
        else:
            of_holiday = holiday.premium if holiday else Decimal(0)
        of_night = self.night if night else Decimal(0)
        if self.multiplicative:
            return (1 + of_day) * (1 + of_holiday) * (1 + of_night)
        return 1 + of_day + of_holiday + of_night

    def overtime_share(self, weekly_class: str, kind: str | None = None) -> Decimal:
        """What overtime adds to such an hour, as a share of the base wage.

        The overtime rate of the day, on the pay of the day where premiums multiply.
        """
        _, day = _parts(weekly_class)
        is_rest = day == "sunday" or (kind in self.holidays if kind else False)
        rate = self.overtime_rest_day if is_rest else self.overtime
        return rate * self.multiplier(weekly_class, kind) if self.multiplicative else rate


def class_name(weekly_class: str, kind: str | None = None) -> str:
    """Name of a calendar class: ``night_sunday``, ``night_regular_holiday``.

    Hours of a holiday on a Saturday or Sunday are in the class of the holiday.
    """
    if kind is None:
        return weekly_class
    night, _ = _parts(weekly_class)
    return f"{_NIGHT if night else ''}{kind}_holiday"


@cache
def _parts(weekly_class: str) -> tuple[bool, str]:
    """Whether a weekly class is at night, and its day where that is not an ordinary one."""
    night = weekly_class == "night" or weekly_class.startswith(_NIGHT)
    return night, next((day for day in _DAYS if weekly_class.endswith(day)), "")
