"""Taxes on the invoices of a quote, by rules of their countries and the days they are in force.

Value added tax stands beside the price: at the standard rate where client and vendor are in one
country, else none on the invoice (zero-rated or outside its scope in the vendor's country), and
the client accounts for its own country's. Withholding tax is inside the price where the vendor
bears it, and grossed up on the invoice, ``bill / (1 - t) - bill``, where the client does.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, PlainSerializer

from pricing.assumptions import Quality
from pricing.money import Money, quantize_amount
from pricing.reference_tables import find, provenance
from staffing.calendar import MONTHS_PER_YEAR, add_months
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from pricing.engagement import Engagement
    from pricing.engagement.tax_terms import TaxTerms
    from pricing.quote import Method

Treatment = Literal[
    "on_invoice", "zero_rated", "outside_scope", "reverse_charge", "grossed_up", "inside_price"
]
_Rate = Annotated[
    Decimal, PlainSerializer(lambda rate: f"{rate:f}", return_type=str, when_used="json")
]


class RateChange(Document):
    """A rate that comes into force inside a contract year, from a contract month on (1 first)."""

    month: int
    rate: _Rate


class TaxLine(Document):
    """One tax on the expected bills of one offer, over the term and by contract year.

    `rate_by_year` is the rate in force on the first day of each contract year, and
    `changes_in_year` what it is from a later month of the year on: the first day of a month says
    which rate its bill is taxed at. `treatment`:
    ``on_invoice`` and ``grossed_up`` are paid on top of the bill, ``reverse_charge`` by the client
    to its own country, ``inside_price`` by the vendor out of the bill; the others are none.
    """

    method: Literal["input_based", "output_based"]
    tax: str
    country: str
    treatment: Treatment
    rate_by_year: tuple[_Rate, ...]
    changes_in_year: tuple[RateChange, ...] = Field((), exclude_if=lambda changes: not changes)
    amount: Money
    by_year: tuple[Money, ...]
    source: str | None
    as_of: str | None
    quality: Quality
    note: str

    def rate_in(self, month: int) -> Decimal:
        """Rate of a contract month, 1 first."""
        first = MONTHS_PER_YEAR * ((month - 1) // MONTHS_PER_YEAR) + 1
        inside = [one.rate for one in self.changes_in_year if first <= one.month <= month]
        return inside[-1] if inside else self.rate_by_year[(month - 1) // MONTHS_PER_YEAR]

    @property
    def rates(self) -> tuple[Decimal, ...]:
        """All rates of the term, each once, in the order they come into force."""
        months = range(1, MONTHS_PER_YEAR * len(self.rate_by_year) + 1)
        return tuple(dict.fromkeys(self.rate_in(month) for month in months))


class Taxes(Document):
    """Taxes of a quote. The prices of the quote are without those that are on the invoice."""

    vendor_country: str
    client_country: str
    lines: tuple[TaxLine, ...]


@dataclass(frozen=True)
class TaxRule:
    """A tax as it applies to one invoice, with the origin of its rate."""

    tax: str
    country: str
    treatment: Treatment
    rate: Decimal
    source: str | None
    as_of: str | None
    quality: Quality
    note: str


def taxes_of(engagement: Engagement, bills: Mapping[Method, Sequence[Decimal]]) -> Taxes | None:
    """Taxes on the expected bills of both offers; none where the engagement names no countries.

    Parameters
    ----------
    engagement : Engagement
        Its `commercial.tax` names countries and who bears what.
    bills : mapping
        Expected bills by contract month, by method.
    """
    terms = engagement.commercial.tax
    if terms is None:
        return None
    vendor = terms.vendor_country or engagement.sites[0].country
    days = [add_months(engagement.start, month) for month in range(engagement.term_months)]
    by_tax = list(zip(*(tax_rules(terms, vendor, day) for day in days), strict=True))
    lines = tuple(
        _line(method, by_month, months, engagement.currency)
        for method, months in bills.items()
        for by_month in by_tax
    )
    return Taxes(vendor_country=vendor, client_country=terms.client_country, lines=lines)


def tax_rules(terms: TaxTerms, vendor_country: str, day: date) -> tuple[TaxRule, ...]:
    """Rules for an invoice of one day, value added tax first.

    Parameters
    ----------
    terms : TaxTerms
        Countries, and who bears withholding tax at which rate.
    vendor_country : str
        Of the entity that bills.
    day : date
        The rate in force on it counts.
    """
    return (*_value_added(terms, vendor_country, day), *_withheld(terms, vendor_country, day))


def tax_on(bill: Decimal, rate: Decimal, treatment: Treatment, currency: str) -> Decimal:
    """Tax on a bill: its share, or what lifts the bill so that the share of it all is the tax."""
    if treatment == "grossed_up":
        return quantize_amount(bill / (1 - rate) - bill, currency)
    return quantize_amount(bill * rate, currency)


def _value_added(terms: TaxTerms, vendor: str, day: date) -> Iterator[TaxRule]:
    client = terms.client_country
    at_home = find("taxes", on=day, country=vendor, tax="vat")
    if vendor == client:
        yield _rule("vat", client, "on_invoice", at_home)
        return
    treatment: Treatment = "zero_rated"
    if at_home is not None and at_home["export"] == "outside_scope":
        treatment = "outside_scope"
    yield _rule("vat", vendor, treatment, at_home, Decimal(0))
    abroad = find("taxes", on=day, country=client, tax="vat")
    yield _rule("vat", client, "reverse_charge", abroad)


def _withheld(terms: TaxTerms, vendor: str, day: date) -> Iterator[TaxRule]:
    client, stated = terms.client_country, terms.withholding_rate
    treatment: Treatment = (
        "inside_price" if terms.withholding_borne_by == "vendor" else "grossed_up"
    )
    if stated is not None:
        yield TaxRule(
            tax="withholding",
            country=client,
            treatment=treatment,
            rate=stated.value,
            source=stated.source,
            as_of=stated.as_of.isoformat() if stated.as_of else None,
            quality="unsourced" if stated.is_assumed else "stated",
            note="",
        )
    elif vendor != client:
        row = find("taxes", on=day, country=client, tax="withholding_services")
        yield _rule("withholding", client, treatment, row)


def _rule(
    tax: str,
    country: str,
    treatment: Treatment,
    row: dict[str, str] | None,
    rate: Decimal | None = None,
) -> TaxRule:
    """A rule from a row of the table; a country without one has rate 0 and no source."""
    if row is None:
        return TaxRule(
            tax, country, treatment, Decimal(0), None, None, "unsourced", "no row for the country"
        )
    source, as_of, quality = provenance(row)
    return TaxRule(
        tax=tax,
        country=country,
        treatment=treatment,
        rate=Decimal(row["rate"]) if rate is None else rate,
        source=source,
        as_of=as_of,
        quality=quality,  # type: ignore[arg-type]
        note=row["note"],
    )


def _line(
    method: Method, by_month: tuple[TaxRule, ...], bills: Sequence[Decimal], currency: str
) -> TaxLine:
    first, years = by_month[0], range(0, len(by_month), MONTHS_PER_YEAR)
    amounts = [
        _in_year(
            by_month[start : start + MONTHS_PER_YEAR],
            bills[start : start + MONTHS_PER_YEAR],
            currency,
        )
        for start in years
    ]
    return TaxLine(
        method=method,
        tax=first.tax,
        country=first.country,
        treatment=first.treatment,
        rate_by_year=tuple(by_month[start].rate for start in years),
        changes_in_year=tuple(
            RateChange(month=at + 1, rate=by_month[at].rate)
            for at in range(1, len(by_month))
            if at % MONTHS_PER_YEAR and by_month[at].rate != by_month[at - 1].rate
        ),
        amount=Money.of(sum(amounts, Decimal(0)), currency),
        by_year=tuple(Money.of(amount, currency) for amount in amounts),
        source=first.source,
        as_of=first.as_of,
        quality=first.quality,
        note=first.note,
    )


def _in_year(rules: Sequence[TaxRule], bills: Sequence[Decimal], currency: str) -> Decimal:
    """Tax of a contract year: rounded once for the months of each rate."""
    at_rate: dict[Decimal, Decimal] = {}
    for rule, bill in zip(rules, bills, strict=True):
        at_rate[rule.rate] = at_rate.get(rule.rate, Decimal(0)) + bill
    treatment = rules[0].treatment
    taxes = (tax_on(bill, rate, treatment, currency) for rate, bill in at_rate.items())
    return sum(taxes, Decimal(0))
