"""The page a client may be shown."""

import pytest

from tests.builders.comparisons import FORBIDDEN, compared_quote
from tests.builders.quotes import BASE_ID, UNREACHABLE, FakeClient, quote_with_in_house


def metrics(at):
    return {metric.label.replace("\\", ""): metric.value for metric in at.metric}


@pytest.fixture
def client():
    return FakeClient(quote_with_in_house())


def test_empty_it_says_where_a_quote_comes_from(open_page, shown):
    assert "No quote in hand" in shown(open_page("compare", FakeClient()))


def test_unreachable_it_says_so(open_page, shown):
    text = shown(open_page("compare", FakeClient(error=UNREACHABLE), quote=BASE_ID))
    assert "The API does not answer" in text


def test_it_shows_the_recommendation_bills_and_saving(open_page, shown, client):
    at = open_page("compare", client, quote=BASE_ID)
    text = shown(at).replace("\\", "")
    assert "Recommendation:" in text
    assert "of the in-house total" in text
    assert len(at.get("vega_lite_chart")) == 4
    assert client.compared == [(1.0, 1.0, None)]


def test_it_holds_nothing_of_the_vendor_s_side(open_page, shown, client):
    at = open_page("compare", client, quote=BASE_ID)
    tables = " ".join(str(frame.value.to_csv()) for frame in at.dataframe)
    text = (shown(at) + tables).replace("Labor cost management", "")
    assert FORBIDDEN.findall(text) == []


def test_sliders_read_both_bills_again_without_pricing(open_page, client):
    at = open_page("compare", client, quote=BASE_ID)
    before = metrics(at)
    at.slider(key="volume_share").set_value(120)
    at.slider(key="speed_share").set_value(80).run()
    assert not at.exception
    after = metrics(at)
    assert client.compared[-1] == (1.2, 0.8, None)
    assert client.priced == []
    assert after["Input-based bill a month, USD"] != before["Input-based bill a month, USD"]


def test_a_budget_tells_how_likely_each_bill_is_above_it(open_page, client):
    at = open_page("compare", client, quote=BASE_ID)
    at.number_input(key="budget").set_value(400_000).run()
    assert not at.exception
    assert client.compared[-1] == (1.0, 1.0, "400000")
    assert any("Probability of more than 400,000" in str(f.value) for f in at.dataframe)


def test_without_an_in_house_side_there_is_no_saving(open_page, shown):
    quote = quote_with_in_house()
    del quote["in_house"]
    at = open_page("compare", FakeClient(quote), quote=BASE_ID)
    assert "in-house" not in shown(at)
    assert len(at.get("vega_lite_chart")) == 3


def test_a_saving_on_pay_without_a_source_is_withheld_with_its_reason(open_page, shown):
    quote = quote_with_in_house()
    quote["unsourced"].append("wages[PH].claims_processor")
    text = shown(open_page("compare", FakeClient(quote), quote=BASE_ID)).replace("\\", "")
    assert "No saving is stated: the pay behind the quoted prices has no source yet" in text
    assert "saves" not in text
    assert compared_quote().unsourced  # the shared quote is as it was
