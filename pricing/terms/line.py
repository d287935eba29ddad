"""A line that one mechanism adds to an invoice, exact; whoever bills rounds it, once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.exact import finely
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterable

ONE = Decimal(1)
ZERO = Decimal(0)


@dataclass(frozen=True)
class TermLine:
    """Quantity at a price; a credit has a negative quantity.

    Parameters
    ----------
    mechanism : str
        Name of the mechanism, as in ``docs/models/terms.md``.
    what : str
        What is charged or credited, in words of an invoice.
    quantity : Decimal
        In `unit`.
    unit : str
        E.g. ``month``, ``hour``, ``share``.
    unit_price : Decimal
        Engagement currency per unit; of a share: the amount it is a share of.
    days, of_days : int, optional
        Days served of a period that was a partial one.
    """

    mechanism: str
    what: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    days: int | None = None
    of_days: int | None = None

    @property
    def amount(self) -> Decimal:
        """Unrounded ``quantity x unit_price x days / of_days``."""
        with finely():
            full = self.quantity * self.unit_price
            if self.days is None or self.of_days is None:
                return full
            return full * self.days / self.of_days


def total(lines: Iterable[TermLine]) -> Decimal:
    """Unrounded sum of lines."""
    with finely():
        return sum((line.amount for line in lines), ZERO)


def share_line(mechanism: str, what: str, share: Decimal, of: Decimal) -> TermLine:
    """Line of a share of an amount; a credit has a negative share."""
    return TermLine(mechanism, what, share, "share", of)


def prorated(amount: Decimal, days: int, of_days: int) -> Decimal:
    """Part of a period's amount, by days.

    Raises
    ------
    BadInputError
        Unless 0 <= days <= of_days and of_days is above 0.
    """
    check_days(days, of_days)
    with finely():
        return amount * days / of_days


def check_days(days: int, of_days: int) -> None:
    """Refuse more days than the period has, and a period without days."""
    if of_days < 1:
        raise BadInputError.at("of_days", of_days, "should be 1 or more")
    if not 0 <= days <= of_days:
        raise BadInputError.at("days", days, f"should be 0 to {of_days}, the days of the period")


def refuse_negative(**values: Decimal) -> None:
    """Refuse values below 0, by name."""
    for name, value in values.items():
        if not value >= 0:
            raise BadInputError.at(name, value, "should be 0 or more")
