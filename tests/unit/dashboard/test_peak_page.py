"""The page on which a client asks for help in a peak."""

import pytest

from api.client import ApiError
from pricing.surge_offer import client_offer
from tests.builders.comparisons import FORBIDDEN
from tests.builders.quotes import BASE_ID, UNREACHABLE, FakeClient, quote_with_in_house
from tests.unit.pricing.test_surge_offer import report


@pytest.fixture(scope="module")
def offer():
    return client_offer(report()).model_dump(mode="json")


class Helped(FakeClient):
    """Answers every peak with one offer, or a refusal."""

    def __init__(self, offer, refusal=None):
        super().__init__(quote_with_in_house())
        self.offer, self.refusal = offer, refusal
        self.asked = []

    def client_surge_offer(self, quote_id, peak):
        assert quote_id == BASE_ID
        self.asked.append(peak)
        if self.refusal is not None:
            raise self.refusal
        return self.offer


def metrics(at):
    return {metric.label.replace("\\", ""): metric.value for metric in at.metric}


def test_empty_it_says_where_a_quote_comes_from(open_page, shown):
    assert "No quote in hand" in shown(open_page("peak", FakeClient()))


def test_unreachable_it_says_so(open_page, shown):
    assert "does not answer" in shown(
        open_page("peak", FakeClient(error=UNREACHABLE), quote=BASE_ID)
    )


def test_a_peak_is_asked_for_as_entered_and_both_bills_are_shown(open_page, shown, offer):
    client = Helped(offer)
    at = open_page("peak", client, quote=BASE_ID)
    assert client.asked == []
    at.number_input(key="peak_size").set_value(50.0)
    at.number_input(key="peak_days").set_value(14)
    at.selectbox(key="peak_service").set_value("helpdesk")
    at.button(key="peak_ask").click().run()
    assert not at.exception
    assert client.asked == [
        {"size": 0.5, "notice_h": 48.0, "days": 14, "start": "Mon", "service": "helpdesk"}
    ]
    assert "people stand ready within 48 hours" in shown(at).replace("\\", "")
    assert metrics(at)["By the hour, USD"] == f"{float(offer['input_bill']['amount']):,.2f}"
    assert len(at.get("vega_lite_chart")) == 2


def test_the_offer_stays_when_something_else_is_touched(open_page, offer):
    client = Helped(offer)
    at = open_page("peak", client, quote=BASE_ID)
    at.button(key="peak_ask").click().run()
    at.run()
    assert len(client.asked) == 1
    assert len(at.get("vega_lite_chart")) == 2


def test_what_cannot_be_offered_is_said_and_nothing_old_stands(open_page, shown, offer):
    client = Helped(offer)
    at = open_page("peak", client, quote=BASE_ID)
    at.button(key="peak_ask").click().run()
    client.refusal = ApiError(409, "No offer", "ask for less of it", "no-offer")
    at.button(key="peak_ask").click().run()
    assert "ask for less of it" in shown(at).lower()
    assert at.get("vega_lite_chart") == []


def test_it_holds_nothing_of_the_vendor_s_side(open_page, shown, offer):
    at = open_page("peak", Helped(offer), quote=BASE_ID)
    at.button(key="peak_ask").click().run()
    tables = " ".join(str(frame.value.to_csv()) for frame in at.dataframe)
    said = (shown(at) + tables).replace("what it costs", "").replace("What it costs you", "")
    assert FORBIDDEN.findall(said) == []
