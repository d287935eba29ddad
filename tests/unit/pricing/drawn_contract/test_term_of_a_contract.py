"""Whole terms in many futures against their exact invoices, month after month."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from pricing.assumptions import Assumption
from pricing.drawn_contract import term
from pricing.drawn_contract.drawn import DrawnTerms, refuse_no_bill
from pricing.drawn_contract.moves import price_moves
from pricing.drawn_contract.term import TermContract, term_bills
from pricing.engagement.contract import Contract
from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import invoice_month
from pricing.invoice.planned import contract_at_plan
from pricing.invoice.whole_bill import counted_charges
from pricing.quote import Method
from pricing.reading import read_document
from pricing.risk.months import MonthsInProportion
from staffing.errors import BadInputError
from tests.builders.contracts import BANDED, CONTRACT, TIERED
from tests.builders.invoices import CALLS, CLAIMS, quoted

MONTHS = 15
SERVICES, TEAMS = ("claims", "helpdesk"), (CLAIMS, CALLS)
VOLUME, PEOPLE = np.array([0.7, 1.0, 1.4]), np.array([[0.0, 1.0], [1.0, 1.0], [2.0, 3.0]])
REBATES = [{"above": "60000", "share": "0.02"}, {"above": "90000.5", "share": "0.035"}]


def drawn(quote) -> tuple[TermContract, MonthsInProportion]:
    units = np.array([one.units_by_month for one in quote.staffing.volumes]).T
    orders = np.array(
        [
            [float(fte) for fte in quote.offers.input_based.ordered_fte_by_month[team]]
            for team in TEAMS
        ]
    ).T
    agreements = quote.agreements_by_year or (quote.agreement,)
    months = MonthsInProportion(units, np.ceil(orders), VOLUME, np.ones((3, 2)) * PEOPLE)
    return TermContract(agreements, TEAMS, SERVICES, units), months


def exact_term(quote, months, draw: int, method: Method) -> float:
    """Sum of a term's invoices; hours billed before a conversion are measured as they come."""
    total, charged = Decimal(0), Decimal(0)
    hours, done = dict.fromkeys(TEAMS, Decimal(0)), dict.fromkeys(SERVICES, Decimal(0))
    terms = quote.agreement.terms.output_based
    conversion = terms.conversion if terms else None
    for month in range(MONTHS):
        if month % 12 == 0:
            charged = Decimal(0)
        units = [Decimal(repr(float(n))) for n in months.units(month)[:, draw]]
        orders = [Decimal(repr(float(n))) for n in months.orders(month)[:, draw]]
        actuals: dict[str, Any] = {
            "schema_version": 1,
            "services": {name: {"units": n} for name, n in zip(SERVICES, units, strict=True)},
            "teams": dict(zip(TEAMS, orders, strict=True)),
            "charged_this_year": str(charged),
        }
        by_hour = conversion is not None and month + 1 < conversion.last_month
        if by_hour:
            for team, fte in zip(quote.agreement.teams, orders, strict=True):
                hours[team.team] += max(fte, team.minimum_fte) * team.hours_per_fte_month
            for name, n in zip(SERVICES, units, strict=True):
                done[name] += n
        elif conversion is not None and any(done.values()):
            actuals["measured"] = {
                name: {"hours": {f"{name} @ Manila": hours[f"{name} @ Manila"]}, "units": n}
                for name, n in done.items()
            }
        document = read_document(Actuals, actuals)
        (made,) = invoice_month(quote, document, number=month + 1, methods=(method,)).invoices
        charged += counted_charges(made.lines)
        total += made.total.amount
    return float(total)


TIERS = {
    name: value
    for name, value in TIERED.items()
    if name not in {"collections", "planned_collections"}
}


@pytest.mark.parametrize(
    "contract",
    [
        {},
        {"rebates": REBATES},
        {"output_based": {"services": [BANDED], "minimum_commitment": {"amount": "9000"}}},
        {
            "input_based": {"minimum_fte": [{"team": CLAIMS, "fte": "3.5"}]},
            "output_based": {
                "services": [TIERS | {"schedule": {"mode": "volume", "tiers": [{}]}}],
                "conversion": {"first_month": 3, "last_month": 5, "premium": "0.05"},
            },
            "rebates": REBATES,
        },
        {"output_based": {"conversion": {"last_month": 15, "first_month": 9, "cap": "2"}}},
    ],
)
def test_a_term_is_the_sum_of_its_invoices(contract) -> None:
    quote = quoted(contract, MONTHS)
    assert quote.agreement is not None
    finer = quote.agreement.model_copy(update={"unit_price_places": 12})
    quote = quote.model_copy(update={"agreement": finer})  # measured prices are rounded to these
    terms, months = drawn(quote)
    bills = term_bills(terms, months)
    for method, found in bills.items():
        wanted = [exact_term(quote, months, draw, method) for draw in range(3)]
        assert found.sum(axis=1) == pytest.approx(wanted, abs=0.5)  # each line to the cent


def test_the_plan_is_billed_as_the_quote_says_of_its_contract() -> None:
    contract = {"rebates": REBATES, "output_based": {"services": [BANDED]}}
    quote = quoted(contract, MONTHS)
    terms, months = drawn(quote)
    plan = MonthsInProportion(
        months.planned_units, months.planned_orders, np.ones(1), np.ones((1, 2))
    )
    bills = term_bills(terms, plan)
    for one in contract_at_plan(quote, Decimal("0.1")):
        assert bills[one.method].sum() == pytest.approx(float(one.bill.amount), abs=0.5)
    plain = contract_at_plan(quoted({"rebates": []}, MONTHS), Decimal("0.1"))
    assert plain[0].bill.amount > contract_at_plan(quote, Decimal("0.1"))[0].bill.amount


@pytest.mark.parametrize(
    "conversion",
    [
        {"first_month": 3, "last_month": 5, "premium": "0.05"},
        {"first_month": 1, "last_month": 1},
        {"first_month": 9, "last_month": 15, "floor": "3"},
    ],
)
def test_a_planned_conversion_bills_units_at_what_the_planned_hours_measured(conversion) -> None:
    minimum = {"minimum_fte": [{"team": CLAIMS, "fte": "3.5"}]}
    quote = quoted({"input_based": minimum, "output_based": {"conversion": conversion}}, MONTHS)
    assert quote.agreement is not None
    finer = quote.agreement.model_copy(update={"unit_price_places": 12})
    quote = quote.model_copy(update={"agreement": finer})
    terms, months = drawn(quote)
    plan = MonthsInProportion(
        months.planned_units, months.planned_orders, np.ones(1), np.ones((1, 2))
    )
    (_, one) = contract_at_plan(quote, Decimal("0.1"))
    found = term_bills(terms, plan)["output_based"].sum()
    assert found == pytest.approx(float(one.bill.amount), abs=0.5)


def test_the_plan_follows_the_index_as_far_as_its_growth_is_stated() -> None:
    clause = {"index": "CPI", "share": "0.8", "floor": "0.01", "cap": "0.06"}
    quote = quoted({"indexation": clause}, MONTHS)
    silent = contract_at_plan(quote, Decimal("0.1"))
    assert all("index_levels" in one.warnings[0] for one in silent)
    growth = Assumption(
        path="commercial.index_growth_per_year",
        **{"value": "0.05", "unit": "", "source": None, "as_of": None, "quality": "unsourced"},
    )
    known = quote.model_copy(update={"assumptions": (growth,)})
    terms, months = drawn(known)
    plan = MonthsInProportion(
        months.planned_units, months.planned_orders, np.ones(1), np.ones((1, 2))
    )
    moves = price_moves(terms.terms, {}, years=2, index_growth=0.05)
    bills = term_bills(terms, plan, moves)
    for before, one in zip(silent, contract_at_plan(known, Decimal("0.1")), strict=True):
        assert bills[one.method].sum() == pytest.approx(float(one.bill.amount), abs=0.5)
        assert one.bill.amount > before.bill.amount
        assert one.warnings == ()


def test_what_concerns_the_whole_bill_falls_on_services_by_their_charges() -> None:
    plain, months = drawn(quoted({}, MONTHS))
    least = {"output_based": {"minimum_commitment": {"amount": "50000"}}}
    lifted, _ = drawn(quoted(least, MONTHS))
    before = term_bills(plain, months)["output_based"]
    after = term_bills(lifted, months)["output_based"]
    assert after.sum(axis=1) == pytest.approx(np.full(3, 50_000 * MONTHS))
    assert after[:, 0] / after[:, 1] == pytest.approx(before[:, 0] / before[:, 1])
    assert term_bills(lifted, months)["input_based"] == pytest.approx(
        term_bills(plain, months)["input_based"]
    )


def test_more_is_billed_where_hours_do_not_end_in_units() -> None:
    right = {"output_based": {"conversion": {"first_month": 9, "last_month": 15}}}
    hours, months = drawn(quoted(right, MONTHS))
    bills = term_bills(hours, months)
    last = hours.agreement(14)
    assert hours.by_hour(13)
    assert not hours.by_hour(14)
    people = sum(
        float(team.fte_month) * months.orders(14)[at] for at, team in enumerate(last.teams)
    )
    measured = bills["output_based"].sum(axis=1) - (bills["input_based"].sum(axis=1) - people)
    assert (measured > 0).all()


def test_a_future_is_billed_the_same_whatever_others_are_billed_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terms = {
        **CONTRACT,
        "rebates": REBATES,
        "indexation": {"index": "ECI", "share": "0.5", "floor": 0, "cap": "0.05"},
    }
    contract, months = drawn(quoted(terms, MONTHS))
    moves = price_moves(
        contract.terms, {"wage_inflation": np.array([0.9, 1.0, 1.2])}, years=2, index_growth=0.04
    )
    at_once = term_bills(contract, months, moves)
    monkeypatch.setattr(term, "_BLOCK", 2)
    in_parts = term_bills(contract, months, moves)
    for method, bills in at_once.items():
        assert np.array_equal(bills, in_parts[method])
        assert len(np.unique(bills.sum(axis=1))) == 3


def test_the_index_follows_wages_between_floor_and_cap() -> None:
    contract = read_document(
        Contract, {"indexation": {"index": "ECI", "share": "0.5", "floor": 0, "cap": "0.05"}}
    )
    factors = {"wage_inflation": np.array([0.9, 1.0, 1.2])}
    moves = price_moves(contract, factors, years=3, index_growth=0.04)
    assert moves.factor(0) == pytest.approx([1, 1, 1])
    assert moves.factor(2) == pytest.approx([1, 1.02**2, 1.05**2])
    unknown = price_moves(contract, factors, years=3, index_growth=None)
    assert unknown.factor(2) == 1


def test_a_rate_moves_prices_beyond_its_band_up_to_its_cap() -> None:
    clause = {"currency": "PHP", "base_rate": "57", "local_share": "0.5", "band": "0.03"}
    contract = read_document(Contract, {"fx_clauses": [clause | {"cap": "0.1"}]})
    moves = price_moves(
        contract, {"fx": np.array([0.5, 0.98, 1.0, 1.13])}, years=1, index_growth=None
    )
    assert moves.factor(0) == pytest.approx([0.9, 1, 1, 1.05])
    assert price_moves(contract, {}, years=1, index_growth=None).factor(0) == 1


def test_the_document_names_every_term_once_on_one_side() -> None:
    terms, _ = drawn(quoted(CONTRACT))
    known = DrawnTerms(terms, 0.03).words({"fx": np.ones(1)})
    unknown = DrawnTerms(terms, None).words({})
    assert len(known.terms) == len(unknown.terms) + 2
    assert len(known.not_drawn) == len(unknown.not_drawn) - 2
    assert any("index_growth_per_year" in text for text in unknown.not_drawn)
    for text in ("fill-rate", "service levels", "early payment", "early end", "savings"):
        assert any(text in one for one in known.not_drawn)
    for text in ("conversion", "minimum commitment", "collar", "ARC", "rebate", "kept ready"):
        assert any(text in one for one in known.terms)
    empty = DrawnTerms(drawn(quoted({}))[0], None).words({})
    assert (empty.terms, empty.assumed, empty.not_drawn) == ((), (), ())


def test_a_future_without_a_bill_is_refused() -> None:
    assert refuse_no_bill("output_based", np.array([1.0, 2.0])).sum() == 3
    with pytest.raises(BadInputError, match=r"contract\.output_based"):
        refuse_no_bill("output_based", np.array([1.0, 0.0]))


def test_a_year_begins_its_rebates_anew() -> None:
    quote = quoted({"rebates": [{"above": "100000", "share": "1"}]}, MONTHS)
    terms, months = drawn(quote)
    plain, _ = drawn(quoted({}, MONTHS))
    capped, full = (term_bills(one, months)["output_based"].sum(axis=1) for one in (terms, plain))
    by_year = [
        term_bills(replace(plain, planned_units=plain.planned_units[:n]), months)["output_based"]
        for n in (0, 12, MONTHS)
    ]
    years = [(after - before).sum(axis=1) for before, after in pairwise(by_year)]
    assert full == pytest.approx(sum(years))
    assert capped == pytest.approx(sum(np.minimum(year, 100_000) for year in years))
