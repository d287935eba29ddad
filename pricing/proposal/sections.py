"""Sections of a proposal on paper after its first page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

from pricing.charts import client_spread
from pricing.charts.comparison_cells import (
    BREAK_EVEN_NOTE,
    OFFERS,
    amount,
    break_even_cells,
    equivalent_cells,
    offer_cells,
    risk_cells,
    saving_cells,
    whole,
)
from pricing.charts.proposal import people_at_work, people_by_month
from pricing.charts.surge_prices import bill_cells, notice_cells, rate_cells
from pricing.proposal.drawing import HALF_PX, figure
from pricing.proposal.parts import rows_table
from staffing.charts import people_by_hour

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]

_UNDER = {"both": "Both", **OFFERS}
_MONTHS_SHOWN = 12
_TEAMS_SHOWN = 3
_WEEK_H = 168.0


def bill_section(comparison: Json) -> str:
    """How far the bill may move, who bears which risk, and where the offers break even."""
    both = ("Input-based", "Output-based")
    text = (
        '<h2 class="new">How far the bill may move</h2>\n'
        f"{figure(client_spread(comparison), height_px=70)}"
        f"{rows_table(offer_cells(comparison), both)}"
        "<h2>Who bears which risk</h2>\n"
        f"{rows_table(risk_cells(comparison))}"
        "<h2>Per unit, per hour, and where the offers meet</h2>\n"
        f"{rows_table(equivalent_cells(comparison))}{rows_table(break_even_cells(comparison))}"
        f'<p class="small">{escape(BREAK_EVEN_NOTE)}</p>\n'
    )
    savings = comparison["savings"]
    if savings is not None and savings["headline"] is not None:
        text += (
            f"<h2>Against doing it yourself in {escape(savings['country'])}</h2>\n"
            f"<p>{escape(savings['headline'])}</p>\n{rows_table(saving_cells(comparison))}"
        )
    return text


def people_section(proposal: Json) -> str:
    """Who does the work, when, and how the teams build up."""
    teams = proposal["teams"]
    rows = [
        {
            "Team": f"{team['service']} @ {team['site']} ({team['country']})",
            "Open": team["open"],
            "Promise": team["promise"],
            "At work": f"{team['least_at_work']} to {team['most_at_work']}",
        }
        for team in teams
    ]
    maps = "".join(figure(people_at_work(team), width_px=HALF_PX) for team in teams)
    return (
        f"<h2>Your teams</h2>\n{rows_table(rows, ('At work',))}"
        f'<div class="pair">{maps}</div>\n<h2>How they build up</h2>\n'
        f"{figure(people_by_month(proposal))}{_ramp(proposal)}"
    )


def _ramp(proposal: Json) -> str:
    """The first year month by month, by team where they fit on a page."""
    months = proposal["ramp"][:_MONTHS_SHOWN]
    shown = _month_by_team if len(months[0]["people"]) <= _TEAMS_SHOWN else _month_in_all
    rows = [
        {"Month": f"{date.fromisoformat(one['first_day']):%b\u00a0%Y}", **shown(one)}
        for one in months
    ]
    numbers = [name for name in rows[0] if name != "Month"]
    return (
        f"<h3>The first {len(rows)} months: units expected, people in place, full-time equivalents "
        f"ordered under input-based</h3>\n{rows_table(rows, numbers)}"
    )


def _month_by_team(month: Json) -> dict[str, str]:
    units = {name: f"{quantity:,.0f}" for name, quantity in month["units"].items()}
    people = {
        f"{team}: in place / ordered": f"{there:,.1f} / {month['ordered_fte'][team]}"
        for team, there in month["people"].items()
    }
    return units | people


def _month_in_all(month: Json) -> dict[str, str]:
    there = sum(month["people"].values())
    ordered = sum(Decimal(fte) for fte in month["ordered_fte"].values())
    return {"People in place": f"{there:,.1f}", "Ordered": f"{ordered:,f}"}


def surge_section(proposal: Json) -> str:
    """How a peak is met, and what it takes."""
    offer = proposal["surge"]
    head = "<h2>When work peaks</h2>\n"
    if offer is None:
        return f"{head}<p>{escape(proposal['surge_note'])}</p>\n"
    until = offer["notice_h"] + _WEEK_H
    title = f"People there by hour since the call: {offer['size']:+.0%} for {offer['days']} days"
    rates = {"by the hour": offer["input_rate"], f"by the {offer['unit']}": offer["output_rate"]}
    bill = bill_cells(offer["charges"], offer["input_bill"], offer["currency"])
    by_notice = notice_cells(_where_it_changes(offer["by_notice"]), offer["currency"])
    return (
        f"{head}<p>An example: {escape(offer['service'])} at {escape(offer['site'])}, "
        f"{offer['size']:+.0%} for {offer['days']} days, called {offer['notice_h']:g} hours "
        f"before. <b>{escape(offer['promise']['text'])}.</b></p>\n"
        f"{figure(people_by_hour(offer, title, until), height_px=170)}"
        f"{rows_table(rate_cells(rates, offer['currency']))}{rows_table(bill)}"
        f"{rows_table(by_notice)}"
    )


def _where_it_changes(by_notice: Sequence[Json]) -> list[Json]:
    """Notices at which the price differs from that of the one before."""
    return [
        one
        for at, one in enumerate(by_notice)
        if at == 0 or one["price"] != by_notice[at - 1]["price"]
    ]


def service_section(proposal: Json) -> str:
    """What is promised, and what a miss is worth."""
    text = "<h2>What we promise, and what a miss is worth</h2>\n"
    promises = {team["service"]: team["promise"] for team in proposal["teams"]}
    text += rows_table([{"Service": name, "Promise": said} for name, said in promises.items()])
    if not proposal["credits"]:
        return text + "<p>No service credits are part of this proposal.</p>\n"
    for one in proposal["credits"]:
        rows = [
            {
                "If this alone is missed": line["measure"],
                "Target": line["target"],
                "You are credited": f"{amount(line['credit'])} {line['credit']['currency']}",
            }
            for line in one["lines"]
        ]
        back = (
            ""
            if one["earn_back_months"] is None
            else f" A credit is won back by {one['earn_back_months']} months on target."
        )
        text += (
            f"<h3>{OFFERS[one['method']]}: an average month of {whole(one['charges'])} "
            f"{one['charges']['currency']}</h3>\n"
            f"<p>{100 * one['at_risk_share']:g} % of it, {amount(one['at_risk'])}, is at risk; no "
            f"month credits more.{back}</p>\n{rows_table(rows, ('You are credited',))}"
        )
    return text


def terms_section(proposal: Json) -> str:
    """Terms beyond the prices, and taxes."""
    rows = [
        {"Offer": _UNDER[term["under"]], "Term": term["name"], "What is agreed": term["text"]}
        for term in proposal["terms"]
    ]
    taxes = "".join(f"<p>{escape(line)}</p>\n" for line in proposal["taxes"])
    if not rows:
        return f"<h2>Terms</h2>\n<p>Prices times quantities; no other terms.</p>\n{taxes}"
    return f"<h2>Terms</h2>\n{rows_table(rows)}{taxes}"


def rests_section(proposal: Json) -> str:
    """What both prices rest on."""
    rows = [
        {
            "Of": row["of"],
            "What": row["what"],
            "Value": row["value"],
            "From": row["source"],
        }
        for row in proposal["rests_on"]
    ]
    return f"<h2>What both prices rest on</h2>\n{rows_table(rows, look='wide')}"


def acceptance(proposal: Json) -> str:
    """Where the client signs for one of the two."""
    number = proposal["number"] or proposal["comparison"]["name"]
    boxes = "".join(f'<span class="box"></span>{name}' for name in _chosen(proposal))
    return (
        f'<div class="accept"><b>Acceptance of {escape(str(number))}</b><p>We choose:{boxes}</p>'
        '<p><span class="line"></span> &nbsp; <span class="line"></span></p>'
        '<p class="small">Name, date &nbsp;·&nbsp; signature</p>'
        f'<p class="small">Calculation {escape(proposal["calculation_version"])}, content '
        f"{proposal['quote_hash'][:16]}.</p></div>\n"
    )


def _chosen(proposal: Json) -> list[str]:
    return [OFFERS[offer["method"]] for offer in proposal["comparison"]["offers"]]
