"""The client's comparison under a contract: its bills are the contract's, and it says so."""

from functools import cache

import pytest

from api.cli.comparison_summary import print_comparison
from api.cli.summary import print_summary
from pricing.client_comparison import client_comparison
from pricing.client_comparison.document import BreakEvenView
from pricing.client_comparison.equivalents import service_terms
from pricing.client_comparison.service_under_contract import (
    names_of,
    service_bills,
    share_of_bill,
    terms_as_billed,
)
from pricing.client_comparison.staircase import bills_of
from pricing.client_comparison.under_contract import as_billed, bundle_bills
from pricing.engagement.contract import Contract
from pricing.explain.documents import Explanation
from pricing.explain.paths import numbers, written
from pricing.explain.unfold import explain
from pricing.invoice.over_volume import contract_bills, typical_month
from pricing.invoice.volume_month import VolumeMonth, units_at
from pricing.quote import Quote
from pricing.reading import read_document
from pricing.repricing import Basis, price_on
from tests.builders.comparisons import FORBIDDEN, compared_engagement, compared_quote

TERMS = {
    "output_based": {
        "services": [{"service": "claims", "band": {"dead_band": "0.1", "rrc_factor": "0.5"}}],
        "minimum_commitment": {"amount": "9000"},
    },
    "input_based": {"minimum_fte": [{"team": "claims @ Manila", "fte": 2}]},
    "rebates": [{"above": "100000", "share": "0.05"}],
}
BAND = {
    "output_based": {
        "services": [{"service": "claims", "band": {"dead_band": "0.1", "rrc_factor": "0.5"}}]
    }
}
WHOLE = {
    "output_based": {**BAND["output_based"], "minimum_commitment": {"amount": "40000"}},
    "rebates": [{"above": "1", "share": "0.05"}],
}
KINDS = {"terms": TERMS, "band": BAND, "whole": WHOLE}
SHUT = {
    "output_based": {
        "services": [
            {"service": name, "collar": {"floor": "1", "cap": "1"}}
            for name in ("claims", "helpdesk")
        ]
    }
}


@cache
def _agreed(kind: str) -> Quote:
    contract = read_document(Contract, {**KINDS, "shut": SHUT}[kind])
    document = compared_engagement().model_copy(update={"contract": contract})
    return price_on(document, Basis(compared_quote().staffing, None))


@cache
def _compared(kind: str, productivity: float = 1.0):
    return client_comparison(_agreed(kind), productivity=productivity)


def test_expected_bills_are_those_of_the_planned_months() -> None:
    quote, found = _agreed("terms"), _compared("terms")
    for offer, planned in zip(found.offers, quote.contract_at_plan, strict=True):
        assert offer.expected_bill == planned.bill
        assert sum(year.amount for year in offer.bill_by_year) == planned.bill.amount
    assert found.offers[1].expected_bill != quote.offers.output_based.term.expected_bill


def test_bills_over_volume_and_where_they_cross_are_those_of_the_contract() -> None:
    quote, found = _agreed("terms"), _compared("terms")
    bills = contract_bills(quote)
    by_share = {point.share_of_plan: point for point in bills.points}
    for point in found.bills:
        assert point.input_based == by_share[point.share_of_plan].input_based
        assert point.output_based == by_share[point.share_of_plan].output_based
        assert point.cheaper == by_share[point.share_of_plan].cheaper
    listed = [one.share_of_plan for one in bills.crossings]
    assert [one.share_of_plan for one in found.bundle.crossings] == listed[: len(listed)]
    assert listed != [one.share_of_plan for one in quote.comparison.break_even]


def test_beliefs_are_billed_by_the_contract_too() -> None:
    quote, found = _agreed("terms"), _compared("terms")
    (plan,) = (point for point in found.bills if point.share_of_plan == 1.0)
    assert found.at.input_based == plan.input_based
    assert float(found.at.output_based.amount) == pytest.approx(float(plan.output_based.amount))
    cells = {(one.volume, one.productivity): one for one in found.beliefs.cells}
    assert cells[0.5, 1.0].output_based == cells[0.5, 0.75].output_based
    assert cells[0.5, 0.75].input_based.amount > cells[0.5, 1.0].input_based.amount
    assert bundle_bills(quote).both(0.0)[1] >= 9000


def test_crossings_at_a_belief_start_from_those_of_the_plan() -> None:
    as_planned = _compared("terms").crossings_at_belief
    shares = [one.share_of_plan for one in _compared("terms").bundle.crossings]
    assert [one.share_of_plan for one in as_planned] == pytest.approx(shares, abs=2e-4)
    assert [one.kind for one in as_planned] == [
        one.kind for one in _compared("terms").bundle.crossings
    ]
    slow = _compared("terms", 0.8)
    bills = bundle_bills(_agreed("terms"))
    assert [one.share_of_plan for one in slow.crossings_at_belief] != shares
    for one in slow.crossings_at_belief:
        sides = [bills.both(one.share_of_plan + off, 0.8) for off in (-3e-4, 3e-4)]
        below, above = (people < units for people, units in sides)
        assert below == (one.cheaper_below == "input_based")
        assert above == (one.cheaper_above == "input_based")


def test_bands_of_the_bill_are_under_the_contract() -> None:
    people, units = _compared("shut").offers
    assert units.bill_p10 == units.bill_p90
    assert people.bill_p10 != people.bill_p90
    plain = client_comparison(compared_quote()).offers[0]
    assert float(people.bill_p10.amount) == pytest.approx(float(plain.bill_p10.amount), rel=0.005)


def test_it_says_so_in_words_a_client_may_read(capsys) -> None:
    found = _compared("terms").model_dump(mode="json")
    assert "minimum commitment of 9,000 a month" in found["terms"]
    assert FORBIDDEN.findall(found["terms"]) == []
    print_comparison(found)
    assert "under the terms of the contract" in " ".join(capsys.readouterr().out.split())


def test_without_a_contract_nothing_is_said_and_nothing_changes() -> None:
    quote = compared_quote()
    assert as_billed(quote) is quote
    assert "terms" not in client_comparison(quote).model_dump(mode="json")


def test_the_quote_itself_says_what_is_under_the_contract(capsys) -> None:
    quote = _agreed("terms")
    assert quote.risk.contract is not None
    assert "claims: base charge with ARC and RRC outside 10% (edge)" in quote.risk.contract.terms
    assert compared_quote().risk.contract is None
    print_summary(quote)
    shown = " ".join(capsys.readouterr().out.split())
    assert "P10 to P90 of bill and margin are under these terms." in shown
    first, last = contract_bills(quote).crossings[0], contract_bills(quote).crossings[-1]
    assert f"is cheaper up to {first.share_of_plan:.0%} of plan volume" in shown
    assert f"from {last.share_of_plan:.0%} on" in shown
    print_summary(compared_quote())
    assert "nder the contract" not in capsys.readouterr().out


def test_every_number_of_a_quote_under_a_contract_is_explained() -> None:
    document = _agreed("terms").model_dump(mode="json")
    for steps, _ in numbers(document):
        found = explain(document, written(steps), 0)
        assert isinstance(found, Explanation)
        assert found.agrees is not False, found.path


def _service(kind: str, name: str) -> BreakEvenView:
    services: tuple[BreakEvenView, ...] = _compared(kind).services
    return next(one for one in services if one.name == name)


def _plain(name: str) -> BreakEvenView:
    return next(one for one in client_comparison(compared_quote()).services if one.name == name)


def test_a_service_breaks_even_under_its_own_terms_and_no_other_s() -> None:
    """Claims have a band: its charge is flat within a tenth of plan. The helpdesk has no terms."""
    quote = _agreed("band")
    claims, helpdesk = service_bills(quote, "claims"), service_bills(quote, "helpdesk")
    base = claims.output(1.0)
    assert claims.output(0.92) == claims.output(1.08) == base
    assert claims.output(1.2) > base > claims.output(0.8)
    units = bills_of(quote, "helpdesk")
    for volume in (0.0, 0.4, 1.0, 1.7):
        assert float(helpdesk.output(volume)) == pytest.approx(
            float(units.both(volume)[1]), rel=1e-3, abs=0.01
        )
    shares = [one.share_of_plan for one in _service("band", "helpdesk").crossings]
    assert shares == pytest.approx(
        [one.share_of_plan for one in _plain("helpdesk").crossings], abs=1e-2
    )
    assert _service("band", "claims").crossings != _plain("claims").crossings


@pytest.mark.parametrize("kind", ["terms", "band", "whole", "shut"])
def test_bills_of_services_are_the_bill_of_all_at_plan(kind: str) -> None:
    quote = _agreed(kind)
    for both, method in enumerate(("input_based", "output_based")):
        whole = bundle_bills(quote).both(1.0)[both]
        parts = [service_bills(quote, name).both(1.0)[both] for name in ("claims", "helpdesk")]
        assert float(sum(parts)) == pytest.approx(float(whole), abs=0.02), method
    terms = terms_as_billed(quote, service_terms(quote))
    for planned in quote.contract_at_plan:
        assert sum(one.bills[planned.method] for one in terms) == pytest.approx(planned.bill.amount)


def test_a_service_s_bill_is_its_lines_and_its_part_of_the_rest_of_the_whole_invoice() -> None:
    """Claims at six tenths of plan beside a helpdesk as planned; the commitment is not met."""
    quote = _agreed("whole")
    bills, names = service_bills(quote, "claims"), names_of(quote, "claims")
    units = units_at(quote, 1.0) | {"claims": units_at(quote, 0.6)["claims"]}
    month = VolumeMonth(quote, typical_month(quote))
    (made,) = month.invoices(units, {}, ("output_based",)).invoices
    assert {line.mechanism for line in made.lines if not line.about} == {"true_up", "rebate"}
    own = sum(line.amount.amount for line in made.lines if line.about == "claims")
    charged = sum(line.amount.amount for line in made.lines if line.about)
    assert bills.output(0.6) == pytest.approx(made.total.amount * own / charged)
    assert bills.output(0.6) == share_of_bill(made.lines, names, 2)


def test_people_billed_in_any_case_are_in_the_service_s_bill() -> None:
    """Two FTE of claims are billed however little there is to do."""
    quote = _agreed("terms")
    price = next(
        one.price.amount
        for one in quote.offers.input_based.prices
        if one.invoiced and one.service == "claims"
    )
    assert service_bills(quote, "claims").both(0.05)[0] == 2 * price


def test_break_even_productivity_of_a_service_is_of_its_bills_over_the_term() -> None:
    """A charge held at plan by a collar is the planned charge: productivity stays as it was."""
    for name in ("claims", "helpdesk"):
        shut, plain = _service("shut", name), _plain(name)
        assert shut.productivity == pytest.approx(plain.productivity, rel=1e-4)
        assert shut.units_per_fte_month[name] == pytest.approx(
            plain.units_per_fte_month[name], rel=1e-3
        )
    ratio = _service("terms", "claims").productivity
    assert ratio != pytest.approx(_plain("claims").productivity, rel=1e-3)
