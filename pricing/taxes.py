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

from pydantic import PlainSerializer

from pricing.assumptions import Quality
from pricing.money import Money, quantize_amount
from pricing.reference_tables import find, provenance
from staffing.calendar import MONTHS_PER_YEAR, add_months
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pricing.engagement import Engagement
    from pricing.engagement.tax_terms import TaxTerms
    from pricing.quote import Offers

Treatment = Literal[
    "on_invoice", "zero_rated", "outside_scope", "reverse_charge", "grossed_up", "inside_price"
]
_Rate = Annotated[
    Decimal, PlainSerializer(lambda rate: f"{rate:f}", return_type=str, when_used="json")
]


class TaxLine(Document):
    """One tax on the expected bills of one offer, over the term and by contract year.

    `rate_by_year` is the rate in force on the first day of each contract year. `treatment`:
    ``on_invoice`` and ``grossed_up`` are paid on top of the bill, ``reverse_charge`` by the client
    to its own country, ``inside_price`` by the vendor out of the bill; the others are none.
    """

    method: Literal["input_based", "output_based"]
    tax: str
    country: str
    treatment: Treatment
    rate_by_year: tuple[_Rate, ...]
    amount: Money
    by_year: tuple[Money, ...]
    source: str | None
    as_of: str | None
    quality: Quality
    note: str


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


def taxes_of(engagement: Engagement, offers: Offers) -> Taxes | None:
    """Taxes on the expected bills of both offers; none where the engagement names no countries."""
    terms = engagement.commercial.tax
    if terms is None:
        return None
    vendor = terms.vendor_country or engagement.sites[0].country
    lines: list[TaxLine] = []
    for offer in (offers.input_based, offers.output_based):
        starts = [
            add_months(engagement.start, MONTHS_PER_YEAR * year)
            for year in range(len(offer.per_year))
        ]
        rules = zip(*(tax_rules(terms, vendor, day) for day in starts), strict=True)
        for by_year in rules:
            amounts = [
                tax_on(period.expected_bill.amount, rule.rate, rule.treatment, engagement.currency)
                for period, rule in zip(offer.per_year, by_year, strict=True)
            ]
            lines.append(_line(offer.method, by_year, amounts, engagement.currency))
    return Taxes(vendor_country=vendor, client_country=terms.client_country, lines=tuple(lines))


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
    method: Literal["input_based", "output_based"],
    by_year: tuple[TaxRule, ...],
    amounts: list[Decimal],
    currency: str,
) -> TaxLine:
    first = by_year[0]
    return TaxLine(
        method=method,
        tax=first.tax,
        country=first.country,
        treatment=first.treatment,
        rate_by_year=tuple(rule.rate for rule in by_year),
        amount=Money.of(sum(amounts, Decimal(0)), currency),
        by_year=tuple(Money.of(amount, currency) for amount in amounts),
        source=first.source,
        as_of=first.as_of,
        quality=first.quality,
        note=first.note,
    )
