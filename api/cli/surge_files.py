"""A surge report, or the offer to the client, as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli.surge_prices_summary import CHARGES
from pricing.money import exponent
from staffing.exports.surge_page import ready_page, surge_page
from staffing.exports.surge_tables import surge_tables
from staffing.exports.surge_workbook import BillLine, surge_workbook
from staffing.exports.tables import csv_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pricing.money import Money
    from pricing.surge_report import SurgeCharge, SurgeNotice, SurgeOffer, SurgeRate, SurgeReport

    Tables = dict[str, list[dict[str, str]]]


def report_page(report: SurgeReport) -> str:
    """Vendor's page: it holds cost."""
    study, prices = report.study.model_dump(mode="json"), report.prices
    title = f"{report.engagement}: a peak of {report.study.team}, {report.request.size:+.0%}"
    tables = _prices(prices.charges, prices.input_bill.bill, report.currency)
    rates = {"input-based": prices.input_rate, "output-based": prices.output_rate}
    tables |= _rates(rates, report.currency) | _notices(prices.by_notice, report.currency)
    return surge_page(study, title, report.currency, tables)


def offer_page(offer: SurgeOffer) -> str:
    """Client's page: no cost, no source."""
    title = f"{offer.engagement}: extra {offer.service} at {offer.site}, {offer.size:+.0%}"
    tables = _prices(offer.charges, offer.input_bill, offer.currency)
    rates = {"by the hour": offer.input_rate, f"by the {offer.unit}": offer.output_rate}
    tables |= _rates(rates, offer.currency) | _notices(offer.by_notice, offer.currency)
    return ready_page(offer.model_dump(mode="json"), title, tables)


def report_files(report: SurgeReport) -> dict[str, str | bytes]:
    """Vendor's files by name."""
    study = report.study.model_dump(mode="json")
    rungs = [rung.model_dump(mode="json") for rung in report.rungs]
    places = exponent(report.currency)
    bill = [
        BillLine(CHARGES[one.name], one.unit, float(one.quantity), float(one.price.amount), places)
        for one in report.prices.charges
    ]
    return {
        "surge.json": report.model_dump_json(indent=2) + "\n",
        "surge.html": report_page(report),
        "surge.xlsx": surge_workbook(study, rungs, bill),
        **surge_tables(study),
    }


def offer_files(offer: SurgeOffer) -> dict[str, str | bytes]:
    """Client's files by name."""
    rows = list(zip(offer.hours, offer.people, offer.worth, offer.need, strict=True))
    return {
        "offer.json": offer.model_dump_json(indent=2) + "\n",
        "offer.html": offer_page(offer),
        "hours.csv": csv_text(("hours_since_call", "there", "worth", "asked"), rows),
    }


def _prices(charges: Sequence[SurgeCharge], bill: Money, currency: str) -> Tables:
    rows = [
        {
            "Charge": CHARGES[one.name],
            "Quantity": f"{float(one.quantity):,.1f}",
            "Unit": one.unit,
            f"Price, {currency}": f"{one.price.amount:,f}",
            "Amount": f"{one.amount.amount:,f}",
        }
        for one in charges
    ]
    total = dict.fromkeys(rows[0], "") if rows else {}
    total |= {"Charge": "bill", "Amount": f"{bill.amount:,f}"}
    return {"Bill by the hour": [*rows, total]} if rows else {}


def _rates(rates: dict[str, SurgeRate | None], currency: str) -> Tables:
    rows = [
        {
            "Price of extra work": name,
            "Unit": rate.unit,
            f"Price, {currency}": f"{rate.price.amount:,f}",
            "Ordinary": f"{rate.ordinary.amount:,f}",
            "Surcharge": f"{rate.surcharge.amount:,f}",
            "Surcharge, %": f"{rate.surcharge_share:+.1%}",
        }
        for name, rate in rates.items()
        if rate is not None
    ]
    return {"Price of extra work": rows}


def _notices(by_notice: Sequence[SurgeNotice], currency: str) -> Tables:
    rows = [
        {
            "Notice": f"{one.notice_h:g} h",
            f"An hour at work, {currency}": f"{one.price.amount:,f}" if one.price else "-",
        }
        for one in by_notice
    ]
    return {"Price by notice": rows if any(one.price for one in by_notice) else []}
