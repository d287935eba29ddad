"""A surge report, or the offer to the client, as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pricing.charts.surge_prices import CHARGES, bill_cells, notice_cells, rate_cells
from pricing.money import exponent
from staffing.exports.surge_page import ready_page, surge_page
from staffing.exports.surge_tables import surge_tables
from staffing.exports.surge_workbook import BillLine, surge_workbook
from staffing.exports.tables import csv_text

if TYPE_CHECKING:
    from pricing.surge_report import SurgeOffer, SurgeReport

    Json = dict[str, Any]
    Tables = dict[str, list[dict[str, str]]]


def report_page(report: SurgeReport) -> str:
    """Vendor's page: it holds cost."""
    study, prices = (one.model_dump(mode="json") for one in (report.study, report.prices))
    title = f"{report.engagement}: a peak of {report.study.team}, {report.size:+.0%}"
    rates = {"input-based": prices["input_rate"], "output-based": prices["output_rate"]}
    tables = _tables(prices, prices["input_bill"]["bill"], rates, report.currency)
    return surge_page(study, title, report.currency, tables)


def offer_page(offer: SurgeOffer) -> str:
    """Client's page: no cost, no source."""
    ready = offer.model_dump(mode="json")
    title = f"{offer.engagement}: extra {offer.service} at {offer.site}, {offer.size:+.0%}"
    rates = {"by the hour": ready["input_rate"], f"by the {offer.unit}": ready["output_rate"]}
    return ready_page(ready, title, _tables(ready, ready["input_bill"], rates, offer.currency))


def report_workbook(report: SurgeReport) -> bytes:
    """Vendor's workbook."""
    places = exponent(report.currency)
    bill = [
        BillLine(CHARGES[one.name], one.unit, float(one.quantity), float(one.price.amount), places)
        for one in report.prices.charges
    ]
    rungs = [rung.model_dump(mode="json") for rung in report.rungs]
    return surge_workbook(report.study.model_dump(mode="json"), rungs, bill)


def report_files(report: SurgeReport) -> dict[str, str | bytes]:
    """Vendor's files by name."""
    study = report.study.model_dump(mode="json")
    return {
        "surge.json": report.model_dump_json(indent=2) + "\n",
        "surge.html": report_page(report),
        "surge.xlsx": report_workbook(report),
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


def _tables(prices: Json, bill: Json, rates: dict[str, Json | None], currency: str) -> Tables:
    return {
        "Bill by the hour": bill_cells(prices["charges"], bill, currency),
        "Price of extra work": rate_cells(rates, currency),
        "Price by notice": notice_cells(prices["by_notice"], currency),
    }
