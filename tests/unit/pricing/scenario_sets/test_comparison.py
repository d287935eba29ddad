"""What changed, what it did, and when a result no longer holds."""

from decimal import Decimal
from typing import Any

import pytest

from pricing.scenario_sets.comparison import (
    PricedFrom,
    compared_figures,
    favourable,
    scenario_comparison,
    stale_because,
    version,
)
from pricing.scenario_sets.figures import key_figures
from pricing.scenario_sets.inputs import MOST_INPUTS, changed_inputs
from tests.builders.comparisons import compared_quote
from tests.builders.scenarios import moved_quote

NOW = PricedFrom(base_hash="b", overrides_hash="o", calculation_version="2")


@pytest.fixture(scope="module")
def dearer():
    return moved_quote(bill="1.1")


def figures(found, key):
    return next(one for one in found if one.key == key)


def test_only_differences_are_listed_with_the_names_of_services() -> None:
    base: dict[str, Any] = {
        "name": "n",
        "services": [{"name": "claims", "volume": {"scale": 1.0}, "rate": {"value": "10"}}],
        "days": [1, 2],
        "none": None,
    }
    faster = {**base, "services": [{**base["services"][0], "rate": {"value": "11"}}]}
    longer = {**base, "days": [1, 2, 3], "none": 4}
    rows = {one.pointer: one for one in changed_inputs(base, {"f": faster, "l": longer})}
    assert rows.keys() == {"/services/0/rate/value", "/days", "/none"}
    rate = rows["/services/0/rate/value"]
    assert (rate.label, rate.base, rate.scenarios) == ("claims: rate", "10", {"f": "11"})
    assert (rows["/days"].base, rows["/days"].scenarios) == ("[1, 2]", {"l": "[1, 2, 3]"})
    assert (rows["/none"].base, rows["/none"].scenarios) == (None, {"l": "4"})
    assert changed_inputs(base, {"same": base}) == ()


def test_a_service_that_a_scenario_adds_or_takes_away_is_listed() -> None:
    base = {"services": [{"name": "claims"}]}
    rows = changed_inputs(base, {"more": {"services": [*base["services"], {"name": "calls"}]}})
    assert [(one.label, one.base) for one in rows] == [("services 2: name", None)]
    (gone,) = changed_inputs(base, {"less": {"services": []}})[:1]
    assert gone.scenarios == {"less": None}


def test_every_key_figure_is_there_once() -> None:
    keys = [figure.key for figure in key_figures(compared_quote())]
    assert len(keys) == len(set(keys))
    for method in ("input_based", "output_based"):
        wanted = {"bill", "cost", "profit", "margin", "bill_p10", "bill_p90", "margin_p10", "loss"}
        assert {f"{method}/{one}" for one in wanted} <= set(keys)
    assert {"delivery_cost", "break_even/first", "break_even/last"} <= set(keys)
    assert len([key for key in keys if key.startswith("heads/")]) == 2
    assert len([key for key in keys if "/floor/" in key]) == 4


def test_a_dearer_offer_is_good_for_the_vendor_and_bad_for_the_client(dearer) -> None:
    found = compared_figures(compared_quote(), {"dear": dearer})
    bill = figures(found, "output_based/bill")
    (one,) = bill.scenarios
    old = compared_quote().offers.output_based.term.expected_bill.amount
    assert Decimal(bill.base) == old
    assert Decimal(one.change) == Decimal(one.value) - old
    assert one.change_share == pytest.approx(0.1, abs=1e-6)
    assert one.favourable == {"vendor": True, "client": False}
    margin = figures(found, "output_based/margin").scenarios[0]
    assert margin.change_share is None
    assert margin.favourable == {"vendor": True, "client": None}
    cost = figures(found, "delivery_cost").scenarios[0]
    assert (cost.change, cost.favourable) == ("0.00", {"vendor": None, "client": None})


@pytest.mark.parametrize(
    ("change", "direction", "said"),
    [("1", 1, True), ("-1", 1, False), ("-1", -1, True), ("0", 1, None), ("1", 0, None)],
)
def test_favourable_is_by_direction(change, direction, said) -> None:
    assert favourable(Decimal(change), direction) is said
    assert favourable(None, direction) is None


def test_what_rounded_prices_leave_of_a_margin_favours_nobody() -> None:
    old = compared_quote().offers.output_based.term.margin
    for moved, said in ((0.00004, None), (0.00006, True)):
        other = moved_quote(margin=old + moved)
        margin = figures(compared_figures(compared_quote(), {"x": other}), "output_based/margin")
        assert margin.scenarios[0].favourable["vendor"] is said


def test_a_figure_that_one_side_lacks_has_no_change(dearer) -> None:
    data = dearer.model_copy(
        update={"comparison": dearer.comparison.model_copy(update={"break_even": ()})}
    )
    first = figures(compared_figures(compared_quote(), {"x": data}), "break_even/first")
    assert (first.scenarios[0].value, first.scenarios[0].change) == (None, None)
    renamed = dearer.staffing.teams[0].model_copy(update={"service": "other"})
    staffing = dearer.staffing.model_copy(update={"teams": (renamed,)})
    other = dearer.model_copy(update={"staffing": staffing})
    heads = figures(compared_figures(compared_quote(), {"x": other}), "heads/other @ Manila")
    assert (heads.base, heads.scenarios[0].change) == (None, None)


def test_a_result_is_stale_as_soon_as_one_thing_it_rests_on_is_another() -> None:
    assert stale_because(NOW, NOW) == ()
    for name, said in (
        ("base_hash", "the base has changed"),
        ("overrides_hash", "what the scenario changes has changed"),
        ("calculation_version", "it was calculated by version x, this is 2"),
    ):
        assert stale_because(NOW.model_copy(update={name: "x"}), NOW) == (said,)


def test_a_stale_or_unpriced_version_shows_no_figure(dearer) -> None:
    stale = version("s", "S", "q", dearer, ("the base has changed",))
    assert (stale.state, stale.comparison, stale.spreads) == ("stale", None, ())
    assert version("n", "N", None, None, ()).state == "not_priced"
    held = version("h", "H", "q", dearer, ())
    assert (held.state, len(held.spreads)) == ("priced", 2)
    compared = scenario_comparison("USD", [stale, held], [], None, {"h": dearer})
    assert compared.figures == ()


def test_of_very_many_inputs_the_first_are_listed_and_the_others_counted() -> None:
    base = {f"f{i}": 0 for i in range(MOST_INPUTS + 5)}
    rows = changed_inputs(base, {"s": dict.fromkeys(base, 1)})
    made = scenario_comparison("USD", [], rows, None, {})
    assert (len(made.inputs), made.inputs_left_out) == (MOST_INPUTS, 5)
