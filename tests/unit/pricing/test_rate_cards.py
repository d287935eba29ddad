"""Rate cards: what they fill, what they refuse, what changes between two."""

from typing import Any

import pytest

from pricing.quoting import prepare
from pricing.rate_cards import RateCard, fill
from pricing.rate_cards.difference import card_changes
from pricing.rate_cards.tables import card_of_tables, read_rate_card
from pricing.reading import read_engagement
from staffing.errors import BadInputError
from tests.builders.pricing import DEFERRABLE, SITE, engagement_data

SURVEY = {"source": "survey of pay", "as_of": "2026-10-01"}
WAGE = {"country": "PH", "role": "claims_processor", "value": 26_000, "currency": "PHP"}
CARD: dict[str, list[dict[str, object]]] = {
    "wages": [
        {**WAGE, "per": "month", **SURVEY, "to": "2027-06-30"},
        {**WAGE, "per": "month", "value": 27_000, "since": "2027-07-01", **SURVEY},
    ],
    "on_costs": [{"country": "PH", "share": "0.16"}],
    "labour_rules": [
        {"country": "PH", "rule": "night_premium", "share": "0.2", **SURVEY},
        {"country": "PH", "rule": "night_from", "clock": "21:00", **SURVEY},
    ],
    "fx": [
        {"currency": "PHP", "base": "EUR", "rate": "70", **SURVEY},
        {"currency": "USD", "base": "EUR", "rate": "1.25", **SURVEY},
    ],
    "catalogue": [
        {
            "name": "claims",
            "channel": "deferrable",
            "unit": "claim",
            "role": "claims_processor",
            "units_per_hour": "11",
        }
    ],
}


def card(**changes: object) -> RateCard:
    return read_rate_card({**CARD, **changes})


def filled(raw: dict[str, object], rates: RateCard | None = None):
    return fill(rates or card(), raw, "house 3")


def plain(**changes: object) -> dict[str, Any]:
    """An engagement that leaves its rates open."""
    site = {key: value for key, value in SITE.items() if key not in {"wages", "on_cost", "labour"}}
    return engagement_data(sites=[site], start="2027-01-04", term_months=12) | changes


def test_what_is_open_is_filled_and_says_where_from() -> None:
    made = filled(plain())
    site = made.raw["sites"][0]
    wage = site["wages"]["claims_processor"]
    assert (wage["value"], wage["per"], wage["currency"]) == ("26000", "month", "PHP")
    assert wage["source"] == "survey of pay; rate card house 3"
    assert site["labour"]["night_from"] == "21:00"
    assert site["labour"]["night_premium"]["value"] == "0.2"
    assert made.raw["fx"]["PHP"]["value"] == "56.000000000000"  # 70 / 1.25
    assert made.paths["sites[0].wages.claims_processor"] == "PH claims_processor"
    engagement = read_engagement(made.raw)
    assert prepare(engagement)


def test_what_begins_within_the_term_is_a_change_of_pay() -> None:
    changes = filled(plain()).raw["sites"][0]["pay_changes"]
    assert [change["since"] for change in changes] == ["2027-07-01"]
    assert changes[0]["wages"]["claims_processor"]["value"] == "27000"
    short = filled(plain(term_months=3)).raw["sites"][0]
    assert "pay_changes" not in short


def test_what_is_stated_stays() -> None:
    stated = {"claims_processor": {"value": 5, "per": "hour"}}
    raw = plain()
    raw["sites"][0] |= {"wages": stated, "on_cost": 0.3, "labour": {"night_premium": 0}}
    site = filled(raw).raw["sites"][0]
    assert site["wages"] == stated
    assert site["on_cost"] == 0.3
    assert site["labour"]["night_premium"] == 0
    assert "pay_changes" not in site


def test_what_has_no_source_stays_assumed() -> None:
    engagement = read_engagement(filled(plain()).raw)
    on_cost = engagement.sites[0].on_cost
    assert on_cost is not None
    assert on_cost.is_assumed
    assert not engagement.sites[0].wages["claims_processor"].is_assumed


def test_a_kind_of_the_catalogue_stands_for_what_a_service_leaves_out() -> None:
    left_out = {"channel", "unit", "role", "units_per_hour", "accuracy"}
    service = {key: value for key, value in DEFERRABLE.items() if key not in left_out}
    made = filled(plain(services=[{**service, "catalogue": "claims", "unit": "file"}]))
    engagement = read_engagement(made.raw)
    assert engagement.services[0].unit == "file"
    assert engagement.services[0].gross_units_per_hour == 11
    with pytest.raises(BadInputError, match="a kind of the rate card: claims"):
        filled(plain(services=[{**service, "catalogue": "chat"}]))


def test_the_engagement_given_is_not_touched() -> None:
    raw = plain()
    before = repr(raw)
    filled(raw)
    assert repr(raw) == before


@pytest.mark.parametrize(
    "raw", [{}, {"sites": 3, "services": "x"}, {"sites": [1, {"wages": 2}], "start": "soon"}]
)
def test_what_is_no_engagement_is_left_to_its_reader(raw: dict[str, object]) -> None:
    assert filled(raw).raw.keys() >= raw.keys()


@pytest.mark.parametrize(
    ("table", "row", "words"),
    [
        ("wages", {**WAGE, "per": "week"}, "wages row 2, per"),
        ("wages", {**WAGE, "per": "month", "value": "lots"}, "wages row 2, value"),
        ("wages", {**WAGE, "per": "month", "value": -1}, "wages row 2, value"),
        ("wages", {**WAGE, "per": "month", "currency": "XXY"}, "wages row 2, currency"),
        ("fx", {"currency": "PHP", "base": "EUR"}, "fx row 2, rate"),
        ("labour_rules", {"country": "PH", "rule": "night_from", "share": 1}, "row 2, clock"),
        ("wages", {**WAGE, "per": "month", "since": "2027-02-30"}, "wages row 2, since"),
        ("pay", {}, "one of: wages, on_costs"),
    ],
)
def test_a_wrong_cell_is_named_by_table_row_and_column(table, row, words) -> None:
    with pytest.raises(BadInputError) as refused:
        card_of_tables({table: [{name: str(cell) for name, cell in row.items()}]})
    assert words in str(refused.value)


def test_every_wrong_row_is_named_at_once() -> None:
    rows = [{"currency": "PHP", "base": "EUR", "rate": rate} for rate in ("70", "x", "0")]
    with pytest.raises(BadInputError) as refused:
        card_of_tables({"fx": rows})
    assert {issue.path for issue in refused.value.issues} == {"fx row 3, rate", "fx row 4, rate"}


def test_two_rows_of_one_key_may_not_begin_on_one_day() -> None:
    twice = [CARD["on_costs"][0], CARD["on_costs"][0]]
    with pytest.raises(BadInputError, match="row 1"):
        card(on_costs=twice)
    later = [CARD["on_costs"][0], {**CARD["on_costs"][0], "since": "2028-01-01"}]
    assert len(card(on_costs=later).on_costs) == 2


def test_tables_that_are_not_given_stay() -> None:
    after = card_of_tables({"on_costs": [{"country": "PH", "share": "0.2"}]}, card())
    assert after.wages == card().wages
    (change,) = card_changes(card(), after)
    assert (change.table, change.key, change.change) == ("on_costs", "PH", "changed")
    assert (change.before["share"], change.after["share"]) == ("0.16", "0.2")


def test_changes_are_added_removed_or_changed_rows() -> None:
    kinds = {change.change for change in card_changes(RateCard(), card())}
    assert kinds == {"added"}
    assert {change.change for change in card_changes(card(), RateCard())} == {"removed"}
    assert card_changes(card(), card()) == ()
