"""Invoices of generated contracts, line by line against a calculator that shares no code."""

import itertools
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import invoice_month
from pricing.reading import read_document
from staffing.calendar import add_months
from tests.builders.invoice_oracle import Terms, frac, invoice
from tests.builders.invoices import CALLS, CLAIMS, agreed, quoted

MONTHS = 15


def tenths(low, high):
    return st.integers(low, high).map(lambda n: str(Decimal(n) / 10))


def shares(low=0, high=100):
    return st.integers(low, high).map(lambda n: str(Decimal(n) / 100))


def some(**fields):
    """A mapping with any of these fields."""
    return st.fixed_dictionaries({}, optional=fields)


money = st.integers(1, 900_000).map(lambda n: str(Decimal(n) / 100))
small_money = st.integers(1, 900).map(lambda n: str(Decimal(n) / 100))
units = st.one_of(st.just("0"), tenths(0, 90_000))
TIERS = st.lists(st.integers(1, 4), min_size=0, max_size=3).flatmap(
    lambda steps: st.tuples(
        *(
            some(discount=shares(-20, 50), flat_fee=money).map(
                lambda tier, at=at: {**tier, "up_to": str(1500 * sum(steps[: at + 1]))}
            )
            for at in range(len(steps))
        ),
        st.one_of(some(flat_fee=money), st.fixed_dictionaries({"unit_price": small_money})),
    ).map(list)
)
CLASSES = shares(0, 100).flatmap(
    lambda share: st.tuples(tenths(1, 30), small_money).map(
        lambda prices: [
            {"name": "simple", "share": share, "price_factor": prices[0]},
            {"name": "complex", "share": str(1 - Decimal(share)), "unit_price": prices[1]},
        ]
    )
)
BAND = st.fixed_dictionaries(
    {"rrc_factor": shares(0, 50)},
    optional={
        "baseline": st.integers(3000, 7000).map(str),
        "dead_band": shares(0, 50),
        "arc": small_money,
        "arc_factor": tenths(0, 20),
        "convention": st.sampled_from(["edge", "full_difference"]),
    },
)
WAYS = st.one_of(
    st.just({}),
    st.fixed_dictionaries(
        {
            "schedule": st.fixed_dictionaries(
                {"mode": st.sampled_from(["graduated", "volume"]), "tiers": TIERS},
                optional={"free_units": st.integers(0, 2000).map(str)},
            )
        }
    ),
    st.fixed_dictionaries({"classes": CLASSES}),
    st.fixed_dictionaries({"band": BAND}),
    st.fixed_dictionaries({"hybrid": st.fixed_dictionaries({"base_share": shares()})}),
)
LOCK = st.fixed_dictionaries({"pay_share": shares(), "relief_above": shares()})
SERVICE = st.tuples(
    WAYS,
    some(
        glide_path=st.fixed_dictionaries({"per_year": shares(0, 20)}, optional={"floor": shares()}),
        forecast_lock=LOCK,
        collar=st.fixed_dictionaries({"floor": shares(), "cap": shares(100, 200)}),
        collections=st.fixed_dictionaries(
            {"share": shares(0, 20), "beside_units": st.just(True), "places": st.just(["US-TX"])}
        ),
        accuracy=st.fixed_dictionaries(
            {"credit_multiple": tenths(0, 30)}, optional={"tolerance": shares(0, 5)}
        ),
        finished_in_time=st.fixed_dictionaries(
            {"percentile": shares(80, 100), "within_h": st.just(24), "credit": shares(0, 20)}
        ),
    ),
).map(lambda both: {**both[0], **both[1]})
MEASURES = [
    {"name": "speed", "target": "0.8", "allocation": "0.7"},
    {"name": "backlog", "target": "2", "higher_is_better": False, "allocation": "0.6"},
]
CONTRACT = some(
    input_based=some(
        billable=some(training=shares(), breaks=shares(), client_downtime=shares()),
        minimum_fte=st.just([{"team": CLAIMS, "fte": "5.5"}]),
        notice=some(ramp_up_days=st.integers(0, 90), ramp_down_days=st.integers(0, 90)),
        hour_multipliers=some(overtime=tenths(10, 30), night=tenths(10, 30)),
        replacement_within_days=st.integers(0, 30),
        fill_rate=st.fixed_dictionaries(
            {"target": shares(80, 100), "credit_per_point": shares(0, 5), "cap": shares(0, 20)}
        ),
    ),
    output_based=st.fixed_dictionaries(
        {"services": SERVICE.map(lambda terms: [{"service": "claims", **terms}])},
        optional={
            "minimum_commitment": st.fixed_dictionaries({"amount": money}),
            "gainshare": st.fixed_dictionaries({"share": shares(), "cap": money}),
            "conversion": st.just({"first_month": 2, "last_month": 4}),
        },
    ),
    indexation=st.fixed_dictionaries(
        {"index": st.just("ECI"), "share": shares(), "floor": shares(-5, 1), "cap": shares(2, 9)}
    ),
    fx_clauses=st.fixed_dictionaries(
        {"local_share": shares(), "band": shares(0, 10), "cap": shares(0, 20)}
    ).map(lambda clause: [{"currency": "PHP", "base_rate": "57", **clause}]),
    sla_credits=shares().map(lambda share: {"at_risk": share, "measures": MEASURES}),
    sla_credits_for=st.sampled_from([["input_based"], ["output_based", "input_based"]]),
    surge=st.fixed_dictionaries(
        {"standby_heads": tenths(0, 50), "standby_fee": money, "minimum_hours": tenths(0, 90)}
    ).map(
        lambda terms: {
            **terms,
            "rates": [
                {"notice_h": "0", "hour_price": "30.5"},
                {"notice_h": "48", "hour_price": "18"},
            ],
        }
    ),
    termination=st.just([{"from_month": 2, "charge": "900.5"}, {"from_month": 9, "charge": "1"}]),
    rebates=st.just([{"above": "5000", "share": "0.02"}, {"above": "9000.5", "share": "0.035"}]),
    early_payment=st.just({"within_days": 7, "discount": "0.015"}),
)
TEAM = st.one_of(
    some(filled_fte=tenths(0, 90)),
    st.fixed_dictionaries({"ordered_fte": tenths(0, 90)}, optional={"filled_fte": tenths(0, 90)}),
    st.fixed_dictionaries({"hours": tenths(0, 9000)}),
    st.lists(
        st.fixed_dictionaries(
            {
                "requested_on": st.dates(
                    add_months(quoted().engagement.start, -2),
                    add_months(quoted().engagement.start, 15),
                ).map(str),
                "fte": tenths(0, 90),
            }
        ),
        min_size=1,
        max_size=3,
        unique_by=lambda one: one["requested_on"],
    ).map(lambda changes: {"order_changes": changes}),
)
EXTRA = some(
    overtime_hours=tenths(0, 300),
    night_hours=tenths(0, 300),
    vacancy_days=st.lists(st.integers(0, 31), max_size=3),
)
ACTUALS = some(
    services=some(
        claims=some(
            units=units,
            forecast=units,
            collections=money,
            in_time=shares(70, 100),
        )
    ),
    teams=st.tuples(TEAM, EXTRA).map(lambda both: {CLAIMS: {**both[0], **both[1]}}),
    days=st.integers(0, 28),
    paid_within_days=st.integers(0, 10),
    ends=st.just(True),
    charged_this_year=money,
)


def fitting(contract, actuals):
    """Leave out of the actuals what the contract has no term for, and add what it asks about."""
    service = contract.get("output_based", {}).get("services", [{}])[0]
    got = actuals.get("services", {}).get("claims", {})
    if "collections" not in service:
        got.pop("collections", None)
    if "units" in got:
        got["errors"] = str(int(Decimal(got["units"]) / 20))
    extra: dict[str, Any] = {}
    if "sla_credits" in contract:
        extra["sla"] = {"speed": "0.75", "backlog": "2.5"}
    if "fx_clauses" in contract:
        extra["fx"] = {"PHP": "61.5"}
    if "indexation" in contract:
        extra["index_levels"] = ["100", "107.3"]
    if "surge" in contract:
        extra["surge"] = [{"notice_h": "24", "people": "3", "hours": "100.5"}]
    if "gainshare" in contract.get("output_based", {}):
        extra["savings"] = "5000.55"
    return actuals | extra


def terms_of(quote):
    agreement = quote.agreement
    starts = [add_months(quote.engagement.start, month) for month in range(MONTHS + 1)]
    return Terms(
        fte_month={one.team: frac(one.fte_month) for one in agreement.teams},
        paid_hour={one.team: frac(one.paid_hour) for one in agreement.teams},
        unit_price={one.service: frac(one.unit_price) for one in agreement.services},
        units={v.service: [frac(n) for n in v.units_by_month] for v in quote.staffing.volumes},
        orders={
            team: [frac(n) for n in months]
            for team, months in quote.offers.input_based.ordered_fte_by_month.items()
        },
        starts=starts[:-1],
        month_days=[(b - a) // timedelta(days=1) for a, b in itertools.pairwise(starts)],
        hours_per_fte=frac(agreement.teams[0].hours_per_fte_month),
        accuracy={"claims": Fraction(98, 100), "helpdesk": Fraction(95, 100)},
    )


@settings(max_examples=120, deadline=None)
@given(CONTRACT, ACTUALS, st.integers(1, MONTHS))
def test_every_line_of_both_invoices_is_the_same(contract, actuals, month):
    actuals = fitting(contract, actuals)
    quote = quoted(contract, MONTHS)
    made = invoice_month(
        quote, read_document(Actuals, {"schema_version": 1, **actuals}), number=month
    )
    for one in made.invoices:
        book = invoice(terms_of(quote), contract, actuals, month, one.method)
        found: dict[tuple[str, str], Decimal] = {}
        for line in one.lines:
            key = (line.mechanism, line.about)
            found[key] = found.get(key, Decimal(0)) + line.amount.amount
        assert {key: value for key, value in found.items() if value} == book.by_mechanism()
        assert sum(line.amount.amount for line in one.lines) == one.total.amount
        assert frac(one.total.amount) == book.total


def test_the_other_team_is_there_too():
    assert {one.team for one in agreed().teams} == {CLAIMS, CALLS}
