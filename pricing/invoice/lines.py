"""Making lines: the one place where an invoice is rounded."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.exact import finely
from pricing.invoice.document import InvoiceLine, LinePart
from pricing.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pricing.terms.line import TermLine


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
    """A share of what lines of a bill come to, and their numbers."""

    total: Decimal
    numbers: tuple[int, ...]
    share: Decimal = Decimal(1)

    @property
    def amount(self) -> Decimal:
        """The share of the total, exact."""
        with finely():
            return self.total * self.share


def part(
    quantity: Decimal,
    unit: str,
    unit_price: Decimal | Basis,
    days: Days | None = None,
    what: str = "",
) -> LinePart:
    """Write a quantity at a price, prorated by days where the month was a partial one."""
    basis = unit_price if isinstance(unit_price, Basis) else Basis(unit_price, ())
    prorated = days is not None and not days.whole
    return LinePart(
        quantity=quantity,
        unit=unit,
        unit_price=basis.amount,
        days=days.served if days and prorated else None,
        of_days=days.of if days and prorated else None,
        what=what,
        sum_of=basis.numbers,
        sum_share=basis.share,
    )


def exact_amount(parts: Iterable[LinePart]) -> Decimal:
    """Sum of the parts before rounding."""
    with finely():
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
        exact = exact_amount(parts)
        if exact == 0 and mechanism not in ALWAYS_SHOWN:
            return
        amount = Money.of(exact, self.currency)
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

    def add_term(
        self, line: TermLine | None, about: str = "", of: Basis | None = None, note: str = ""
    ) -> None:
        """Add what a term comes to, if anything.

        Parameters
        ----------
        line : TermLine or None
            What the term found.
        about : str
            Service; empty for the whole bill.
        of : Basis, optional
            Lines the term takes a share of, so that the invoice can name them.
        note : str
            By default, the term's own words.
        """
        if line is None:
            return
        days = Days(line.days or 0, line.of_days) if line.of_days is not None else None
        named = of is not None and of.amount == line.unit_price and bool(of.numbers)
        price = of if of is not None and named else line.unit_price
        parts = [part(line.quantity, line.unit, price, days)]
        title = self.title(line.mechanism)
        said = note or ("" if line.what in {title, line.unit} else line.what)
        self.add(line.mechanism, about, title, parts, said)

    @staticmethod
    def title(mechanism: str) -> str:
        """What a mechanism is called on an invoice."""
        return TITLES[mechanism]

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


ALWAYS_SHOWN = frozenset({"ordered", "hours", "units", "base_charge", "accuracy"})
TITLES = {
    "base_charge": "base charge",
    "arc": "units above the band (ARC)",
    "rrc": "units below the band (RRC)",
    "collections": "share of collections",
    "forecast_lock": "forecast, but not needed",
    "glide_path": "productivity passed on",
    "collar_floor": "up to the floor of the collar",
    "collar_cap": "down to the cap of the collar",
    "accuracy": "errors beyond the tolerance",
    "turnaround": "turnaround time missed",
    "surge_standby": "people kept ready",
    "surge_call_off": "people called off",
    "surge_minimum": "minimum engagement",
    "surge_demobilisation": "demobilisation",
    "indexation": "indexation",
    "fx_clause": "exchange rate",
    "gainshare": "gainshare",
    "true_up": "up to the minimum commitment",
    "sla_credit": "service level credit",
    "sla_credit_cap": "credit beyond the amount at risk",
    "earn_back": "credit earned back",
    "rebate": "rebate",
    "early_payment": "early payment",
    "termination": "early end",
}
