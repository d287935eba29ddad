"""A proposal as an HTML page made for paper: what the PDF is set from."""

from __future__ import annotations

from datetime import date
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pricing.charts import bills_with_bands
from pricing.charts.comparison_cells import OFFERS, amount, percent, whole
from pricing.proposal.drawing import figure
from pricing.proposal.parts import rows_table
from pricing.proposal.sections import (
    acceptance,
    bill_section,
    people_section,
    rests_section,
    service_section,
    surge_section,
    terms_section,
)
from pricing.proposal.wording import long_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

_MOST_PX, _LEAST_PX, _LINE_PX = 215, 120, 14
_FEW_LINES, _TERMS_LINES = 4, 4
_HOW = {
    "input_based": "You order people and hours, and decide what they do. You pay for the hours.",
    "output_based": "You order results. You pay for each one that is right.",
}


def proposal_page(proposal: Json) -> str:
    """Write a proposal as HTML for paper.

    Parameters
    ----------
    proposal : mapping
        Proposal as JSON.
    """
    comparison = proposal["comparison"]
    style = files("pricing.proposal").joinpath("style.css").read_text(encoding="utf-8")
    title = f"Proposal: {comparison['name']}"
    body = (
        _top(proposal)
        + _offers(comparison)
        + _advice(comparison)
        + figure(bills_with_bands(comparison), height_px=_chart_px(comparison))
        + bill_section(comparison)
        + people_section(proposal)
        + surge_section(proposal)
        + service_section(proposal)
        + terms_section(proposal)
        + rests_section(proposal)
        + acceptance(proposal)
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}"
        "</body>\n</html>\n"
    )


def _chart_px(comparison: Json) -> int:
    """Height at which the chart of both bills still stands on the first page."""
    prices = len([one for one in comparison["offers"][0]["prices"] if one["invoiced"]])
    lines = prices + (_TERMS_LINES if comparison.get("terms") else 0)
    return max(_LEAST_PX, _MOST_PX - _LINE_PX * max(0, lines - _FEW_LINES))


def _top(proposal: Json) -> str:
    comparison = proposal["comparison"]
    issued, until = (
        long_date(date.fromisoformat(proposal[key])) for key in ("issued", "valid_until")
    )
    start, end = (long_date(date.fromisoformat(comparison[key])) for key in ("start", "end"))
    number = f"{proposal['number']}, revision {proposal['revision']}" if proposal["number"] else ""
    vendor = f'<p class="from">{escape(proposal["vendor"])}</p>' if proposal["vendor"] else ""
    footer = " · ".join(
        part
        for part in (
            proposal["vendor"] or "",
            comparison["name"],
            proposal["number"] or "",
            f"valid until {until}",
        )
        if part
    )
    facts = [
        f"For <b>{escape(comparison['client'])}</b>",
        f"{comparison['term_months']} months, {start} to {end}",
        f"All amounts in {comparison['currency']}, before taxes",
        f"Issued {issued}, <b>valid until {until}</b>",
    ]
    if number:
        facts.append(escape(number))
    return (
        f'<div class="footer">{escape(footer)}</div>\n<div class="top">{vendor}'
        f"<h1>{escape(comparison['name'])}</h1>"
        f'<p class="facts">{"<br>".join(facts)}</p></div>\n'
    )


def _offers(comparison: Json) -> str:
    """Both offers side by side; the one that suits the client better is marked."""
    cards = "".join(_offer(comparison, offer) for offer in comparison["offers"])
    terms = comparison.get("terms")
    said = f'<p class="small terms">{escape(terms)}</p>\n' if terms else ""
    return f'<div class="offers">{cards}</div>\n{said}'


def _offer(comparison: Json, offer: Json) -> str:
    suits = comparison["recommendation"]["method"] == offer["method"]
    invoiced = [price for price in offer["prices"] if price["invoiced"]]
    years = max(len(price.get("by_year", ())) for price in invoiced)
    head = "Price" if years <= 1 else f"Price in year {'; '.join(map(str, range(1, years + 1)))}"
    prices = rows_table(
        [
            {
                "Service": price["service"] + (f", {price['site']}" if price["site"] else ""),
                "Per": price["unit"],
                head: _price(price),
            }
            for price in invoiced
        ],
        numbers=(head,),
    )
    bills = ", ".join(whole(bill) for bill in offer["bill_by_year"])
    by_year = f" By year: {bills}." if len(offer["bill_by_year"]) > 1 else ""
    return (
        f'<div class="offer{" suits" if suits else ""}">'
        f"{'<span class=badge>suits you better</span>' if suits else ''}"
        f"<h2>{OFFERS[offer['method']]}</h2>"
        f'<p class="how">{_HOW[offer["method"]]}</p>{prices}'
        f'<p class="bill">{whole(offer["expected_bill"])} {comparison["currency"]}</p>'
        f'<p class="small">expected over {comparison["term_months"]} months; eight times in ten '
        f"between {whole(offer['bill_p10'])} and {whole(offer['bill_p90'])}.{by_year}</p></div>"
    )


def _price(price: Json) -> str:
    """A price, year by year where it differs."""
    return "; ".join(amount(one) for one in price.get("by_year") or [price["price"]])


def _advice(comparison: Json) -> str:
    advice, bundle = comparison["recommendation"], comparison["bundle"]
    reason = advice["reason"]
    crossings = bundle["crossings"]
    turn = (
        f" Below {percent(bundle['productivity'])} of the planned productivity output-based is "
        "cheaper at the planned volume."
    )
    if crossings:
        first = crossings[0]
        turn = (
            f" The cheaper offer changes at {first['volume']:,.0f} {bundle['unit']} "
            f"({percent(first['share_of_plan'])} of plan)." + turn
        )
    return (
        f'<div class="advice"><b>{OFFERS[advice["method"]]} suits you better</b>: '
        f"{escape(reason)}. The choice is yours.{escape(turn)}</div>\n"
    )
