"""Making lines: the one place where an invoice is rounded."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from pricing.invoice.document import InvoiceLine, LinePart
from pricing.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DIGITS = 60


@dataclass(frozen=True)
class Days:
    """Days served of a month; parts of a full month carry none."""

    served: int
    of: int

    @property
    def whole(self) -> bool:
        """Whether the month was a full one."""
        return self.served == self.of


@dataclass(frozen=True)
class Basis:
    """What lines of a bill come to, and their numbers."""

    amount: Decimal
    numbers: tuple[int, ...]


def part(
    quantity: Decimal,
    unit: str,
    unit_price: Decimal | Basis,
    days: Days | None = None,
    what: str = "",
) -> LinePart:
    """Write a quantity at a price, prorated by days where the month was a partial one."""
    price, numbers = (
        (unit_price.amount, unit_price.numbers)
        if isinstance(unit_price, Basis)
        else (unit_price, ())
    )
    prorated = days is not None and not days.whole
    return LinePart(
        quantity=quantity,
        unit=unit,
        unit_price=price,
        days=days.served if days and prorated else None,
        of_days=days.of if days and prorated else None,
        what=what,
        sum_of=numbers,
    )


def exact_amount(parts: Iterable[LinePart]) -> Decimal:
    """Sum of the parts before rounding."""
    with localcontext() as context:
        context.prec = _DIGITS
        total = Decimal(0)
        for one in parts:
            amount = one.quantity * one.unit_price
            if one.days is not None and one.of_days:
                amount = amount * one.days / one.of_days
            total += amount
        return total


@dataclass
class Bill:
    """Lines as they come about, in the order in which they are billed."""

    currency: str
    lines: list[InvoiceLine] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(
        self, mechanism: str, about: str, text: str, parts: Sequence[LinePart], note: str = ""
    ) -> None:
        """Add a line, rounded once; a mechanism that moves nothing leaves no line."""
        amount = Money.of(exact_amount(parts), self.currency)
        if amount.amount == 0 and mechanism not in ALWAYS_SHOWN:
            return
        self.lines.append(
            InvoiceLine(
                mechanism=mechanism,
                about=about,
                text=text,
                parts=tuple(parts),
                amount=amount,
                note=note,
            )
        )

    def basis(self, mechanisms: Iterable[str], about: str | None = None) -> Basis:
        """Sum of the lines of some mechanisms, of one service or team where asked."""
        wanted = set(mechanisms)
        found = {
            number: line.amount.amount
            for number, line in enumerate(self.lines, start=1)
            if line.mechanism in wanted and (about is None or line.about == about)
        }
        return Basis(sum(found.values(), Decimal(0)), tuple(found))

    @property
    def total(self) -> Decimal:
        """Sum of all lines."""
        return sum((line.amount.amount for line in self.lines), Decimal(0))


ALWAYS_SHOWN = frozenset({"ordered", "hours", "units"})
