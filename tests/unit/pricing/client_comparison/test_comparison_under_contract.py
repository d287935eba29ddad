"""The client's comparison under a contract: its bills are the contract's, and it says so."""

from functools import cache

import pytest

from api.cli.comparison_summary import print_comparison
from api.cli.summary import print_summary
from pricing.client_comparison import client_comparison
from pricing.client_comparison.under_contract import as_billed, bundle_bills
from pricing.engagement.contract import Contract
from pricing.explain.documents import Explanation
from pricing.explain.paths import numbers, written
from pricing.explain.unfold import explain
from pricing.invoice.over_volume import contract_bills
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
    contract = read_document(Contract, {"terms": TERMS, "shut": SHUT}[kind])
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
