"""The page that moves an assumption."""

import pytest

from tests.builders.quotes import (
    BASE_ID,
    VARIANT_ID,
    WRONG_FIELD,
    FakeClient,
    base_quote,
    variant_quote,
)


@pytest.fixture
def client():
    return FakeClient(base_quote())


def submit(at, **inputs):
    for key, value in inputs.items():
        at.number_input(key=key).set_value(value)
    at.button(key="price_variant").click().run()
    assert not at.exception


def inputs(at):
    return tuple(at.number_input(key=key).value for key in ("volume", "productivity", "margin"))


def bills(at):
    return [m.value for m in at.metric if m.label.startswith("bill over the term")]


def test_empty_it_says_where_a_quote_comes_from(open_page, shown):
    assert "No quote in hand" in shown(open_page("what_if", FakeClient()))


def test_normal_it_asks_and_shows_no_variant_yet(open_page, client):
    at = open_page("what_if", client, quote=BASE_ID)
    assert inputs(at) == (0.0, 0.0, 18.0)
    assert not at.metric


@pytest.mark.parametrize(
    ("inputs", "sent"),
    [
        ({"volume": 20.0}, {"volume_factor": 1.2}),
        ({"productivity": -10.0}, {"productivity_factor": 0.9}),
        ({"margin": 20.5}, {"target_margin": "0.205"}),
        ({"margin": 0.0}, {"target_margin": "0"}),
        (
            {"volume": -5.0, "productivity": 5.0, "margin": 15.0},
            {"volume_factor": 0.95, "productivity_factor": 1.05, "target_margin": "0.15"},
        ),
    ],
)
def test_percent_is_sent_as_the_api_takes_it(open_page, client, inputs, sent):
    submit(open_page("what_if", client, quote=BASE_ID), **inputs)
    ((quote_id, variation),) = client.variations
    assert quote_id == BASE_ID
    assert {name: float(value) for name, value in variation.items()} == {
        name: float(value) for name, value in sent.items()
    }


def test_edited_it_shows_both_versions_and_what_moved(open_page, client):
    at = open_page("what_if", client, quote=BASE_ID)
    submit(at, volume=20.0)
    terms = [
        f"{round(float(one['offers'][method]['term']['expected_bill']['amount'])):,}"
        for one in (base_quote(), variant_quote())
        for method in ("input_based", "output_based")
    ]
    assert bills(at) == terms
    assert at.query_params["variant"] == VARIANT_ID
    assumptions, figures = (frame.value for frame in at.dataframe)
    assert list(assumptions["Change, %"]) == ["+20.0 %"]
    assert "delivery cost over the term" in list(figures.iloc[:, 0])


def test_a_reload_shows_the_same_variant_without_pricing_again(open_page):
    client = FakeClient(base_quote(), variant_quote())
    at = open_page("what_if", client, quote=BASE_ID, variant=VARIANT_ID)
    assert len(bills(at)) == 4
    assert inputs(at) == (20.0, 0.0, 18.0)
    assert client.variations == []


def test_what_was_moved_is_named_in_words(open_page):
    at = open_page(
        "what_if", FakeClient(base_quote(), variant_quote()), quote=BASE_ID, variant=VARIANT_ID
    )
    assert list(at.dataframe[0].value["Assumption"]) == ["claims: units per week"]


def test_an_engagement_without_a_target_margin_asks_for_none(open_page):
    document = base_quote()
    document["assumptions"] = [
        item for item in document["assumptions"] if item["path"] != "commercial.target_margin"
    ]
    client = FakeClient(document)
    at = open_page("what_if", client, quote=BASE_ID)
    assert inputs(at) == (0.0, 0.0, None)
    submit(at, volume=20.0)
    assert client.variations == [(BASE_ID, {"volume_factor": 1.2})]


def test_nothing_moved_prices_nothing(open_page, client, shown):
    at = open_page("what_if", client, quote=BASE_ID)
    submit(at)
    assert "Nothing is moved yet" in shown(at)
    assert client.variations == []


def test_a_refusal_is_shown_under_the_form(open_page, client, shown):
    at = open_page("what_if", client, quote=BASE_ID)
    client.error = WRONG_FIELD
    submit(at, volume=20.0)
    assert "cannot be priced" in shown(at)
    assert at.number_input(key="volume").value == 20.0


def test_the_variant_can_become_the_quote_in_hand(open_page, client):
    at = open_page("what_if", client, quote=BASE_ID)
    submit(at, volume=20.0)
    at.button(key="take_variant").click().run()
    assert not at.exception
    assert at.query_params["quote"] == VARIANT_ID
    assert "variant" not in at.query_params
    assert inputs(at) == (0.0, 0.0, 18.0)
