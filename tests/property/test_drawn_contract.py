"""Bills of many futures at once against the exact invoices of generated contracts."""

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.drawn_contract.drawn import METHODS
from pricing.drawn_contract.moves import PriceMoves, rate_adjustment, yearly_change
from pricing.drawn_contract.term import (
    TermContract,
    service_charges,
    team_charges,
    whole_bill,
)
from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import invoice_month
from pricing.reading import read_document
from tests.builders.invoices import CALLS, CLAIMS, quoted
from tests.property.test_invoices_against_an_independent_calculator import (
    BAND,
    CLASSES,
    LOCK,
    TIERS,
    money,
    shares,
    some,
    tenths,
)

MONTHS = 15
FINE = 12  # places: an invoice rounded there has not been rounded for a float

SCHEDULE = st.one_of(
    st.fixed_dictionaries(
        {"mode": st.sampled_from(["graduated", "volume", "flat"]), "tiers": TIERS},
        optional={"free_units": st.integers(0, 2000).map(str)},
    ),
    st.fixed_dictionaries(
        {
            "mode": st.just("package"),
            "package_size": st.sampled_from(["1", "12", "20.5", "300", "1500"]),
        },
        optional={"free_units": st.integers(0, 2000).map(str)},
    ),
    st.fixed_dictionaries(
        {"mode": st.just("package"), "package_size": st.just("300"), "tiers": TIERS},
    ),
    st.fixed_dictionaries(
        {"mode": st.just("per_unit")}, optional={"free_units": st.integers(0, 2000).map(str)}
    ),
)
FEES: list[dict[str, Any]] = [
    {"share": "0.06"},
    {
        "schedule": {
            "mode": "percentage",
            "tiers": [
                {"up_to": "700", "unit_price": "0.055", "flat_fee": "3.5"},
                {"unit_price": "0.04"},
            ],
            "free_units": "50",
        }
    },
]
FEE = st.sampled_from(FEES)
SERVICE = st.tuples(
    st.one_of(
        st.just({}),
        st.fixed_dictionaries({"schedule": SCHEDULE}),
        st.fixed_dictionaries({"classes": CLASSES}),
        st.fixed_dictionaries({"band": BAND}),
        st.fixed_dictionaries({"hybrid": st.fixed_dictionaries({"base_share": shares()})}),
    ),
    some(
        glide_path=st.fixed_dictionaries({"per_year": shares(0, 20)}, optional={"floor": shares()}),
        forecast_lock=LOCK,
        collar=st.fixed_dictionaries({"floor": shares(), "cap": shares(100, 200)}),
    ),
    st.one_of(
        st.just({}),
        st.tuples(money, FEE).map(
            lambda both: {
                "collections": {**both[1], "beside_units": True, "places": ["US-TX"]},
                "planned_collections": both[0],
            }
        ),
    ),
).map(lambda parts: {"service": "claims", **parts[0], **parts[1], **parts[2]})
CONTRACT = some(
    input_based=some(minimum_fte=st.just([{"team": CLAIMS, "fte": "5.5"}])),
    output_based=st.fixed_dictionaries(
        {"services": SERVICE.map(lambda terms: [terms])},
        optional={
            "minimum_commitment": st.fixed_dictionaries({"amount": money}),
            "conversion": st.just({"first_month": 2, "last_month": 4}),
        },
    ),
    indexation=st.fixed_dictionaries(
        {"index": st.just("ECI"), "share": shares(), "floor": shares(-5, 1), "cap": shares(2, 9)}
    ),
    fx_clauses=st.fixed_dictionaries(
        {"local_share": shares(), "band": shares(0, 10), "cap": shares(0, 20)}
    ).map(lambda clause: [{"currency": "PHP", "base_rate": "57", **clause}]),
    surge=st.fixed_dictionaries({"standby_heads": tenths(0, 50), "standby_fee": money}).map(
        lambda terms: {**terms, "rates": [{"notice_h": "48", "hour_price": "18"}]}
    ),
    rebates=st.just([{"above": "5000", "share": "0.02"}, {"above": "9000.5", "share": "0.035"}]),
)
UNITS = st.integers(0, 900_000).map(lambda n: n / 10 + 0.0625)  # on no edge of a band
FTE = st.integers(0, 90).map(float)


@pytest.fixture(autouse=True, scope="module")
def invoices_in_full_precision():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pricing.money.exponent", lambda _: FINE)
        yield


def term_contract(quote, agreements=None) -> TermContract:
    volumes = quote.staffing.volumes
    return TermContract(
        agreements=agreements or (quote.agreement,),
        teams=tuple(team.name for team in quote.staffing.teams),
        services=tuple(volume.service for volume in volumes),
        planned_units=np.array([volume.units_by_month for volume in volumes]).T,
    )


def exact(quote, month, actuals: dict[str, Any]):
    document = read_document(Actuals, {"schema_version": 1, **actuals})
    return [
        float(one.total.amount) for one in invoice_month(quote, document, number=month).invoices
    ]


@settings(max_examples=80, deadline=None)
@given(
    CONTRACT,
    st.integers(1, MONTHS),
    st.lists(st.tuples(UNITS, UNITS, FTE, FTE), min_size=1, max_size=3),
    st.integers(0, 30_000),
)
def test_a_month_of_every_future_is_its_exact_invoice(contract, month, futures, before):
    quote = quoted(contract, MONTHS)
    drawn = term_contract(quote)
    table = np.array(futures)
    units, orders = table[:, :2].T, table[:, 2:].T
    index, php = "107.3", "61.5"
    indexed = drawn.terms.indexation
    moves = PriceMoves(
        index=(0.0, yearly_change(indexed, np.array([1.073]))) if indexed else (),
        rates=tuple(
            rate_adjustment(clause, np.array([57 / 61.5])) for clause in drawn.terms.fx_clauses
        ),
    )
    so_far = np.full(len(table), float(before))
    by_hour = drawn.by_hour(month - 1)
    people = team_charges(drawn, month - 1, orders)
    made = people if by_hour else service_charges(drawn, month - 1, units)
    found = []
    for charges, method in zip((people, made), METHODS, strict=True):
        own, whole, _ = whole_bill(drawn, month - 1, charges, moves, so_far, method)
        found.append(own.sum(axis=0) + whole)
    for draw, (claims, calls, first, second) in enumerate(futures):
        actuals = {
            "services": {"claims": {"units": claims}, "helpdesk": {"units": calls}},
            "teams": {CLAIMS: first, CALLS: second},
            "charged_this_year": before,
        }
        terms = contract.get("output_based", {}).get("services", [{}])[0]
        if "planned_collections" in terms:
            planned = Decimal(str(drawn.planned_units[month - 1, 0]))
            share = Decimal(str(claims)) / planned
            collected = Decimal(terms["planned_collections"]) * share
            actuals["services"]["claims"]["collections"] = f"{collected:.12f}"
        if "indexation" in contract:
            actuals["index_levels"] = ["100", index]
        if "fx_clauses" in contract:
            actuals["fx"] = {"PHP": php}
        wanted = exact(quote, month, actuals)
        got = [found[0][draw], found[1][draw]]
        assert got == pytest.approx(wanted, rel=1e-9, abs=1e-6)
