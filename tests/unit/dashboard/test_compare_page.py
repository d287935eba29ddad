"""The page a client may be shown."""

import copy
from decimal import Decimal
from typing import Any

import pytest

from api.client import ApiError
from dashboard.widgets.own_numbers import own_side
from pricing.engagement.in_house import InHouse
from pricing.reading import read_document
from tests.builders.comparisons import FORBIDDEN, compared_quote
from tests.builders.quotes import (
    BASE_ID,
    UNREACHABLE,
    FakeClient,
    base_quote,
    quote_with_in_house,
)


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


def test_an_own_volume_counts_to_the_unit_and_moves_the_slider(open_page, client):
    at = open_page("compare", client, quote=BASE_ID)
    planned = client.comparison(BASE_ID)["plan_volume_per_month"]
    at.number_input(key="own_volume").set_value(planned * 1.234).run()
    assert not at.exception
    assert client.compared[-1] == (pytest.approx(1.234), 1.0, None)
    assert at.slider(key="volume_share").value == 123
    at.slider(key="volume_share").set_value(90).run()
    assert client.compared[-1] == (0.9, 1.0, None)
    assert at.number_input(key="own_volume").value is None


def test_own_people_are_asked_for_and_set_against_the_bills(open_page, shown, client):
    at = open_page("compare", client, quote=BASE_ID)
    form = {box.label: box for box in at.text_input}
    form["Country"].set_value("de")
    at.number_input(key="own_burden").set_value(21.5)
    at.button(key="own_take").click().run()
    assert not at.exception
    assert client.own == [
        {
            "volume": 1.0,
            "productivity": 1.0,
            "budget": None,
            "in_house": {
                "country": "DE",
                "burden": {"value": 0.215, "source": "stated by the client"},
            },
        }
    ]
    assert "Against in-house in DE" in shown(at)
    at.button(key="own_drop").click().run()
    assert "Against in-house in US" in shown(at)


def test_without_a_country_nothing_is_asked(open_page, shown):
    client = FakeClient(base_quote())
    at = open_page("compare", client, quote=BASE_ID)
    at.button(key="own_take").click().run()
    assert "State the country" in shown(at)
    assert client.own == []


def test_own_entries_become_an_in_house_side():
    rows: list[dict[str, Any]] = [
        {"Service": "claims", "People": 12.5, "Pay": 41_000, "Per": "year"},
        {"Service": "calls", "People": None, "Pay": None, "Per": "year"},
    ]
    made = own_side(" pl ", 40.0, rows, {"burden": None, "attrition": 30.0})
    read = read_document(InHouse, made)
    assert read.country == "PL"
    assert read.hours_per_week == 40
    assert len(read.staff) == 1
    own = read.staff[0]
    assert own.people is not None
    assert own.wage is not None
    assert own.people.value == Decimal("12.5")
    assert (own.wage.value, own.wage.per) == (Decimal(41_000), "year")
    assert not own.wage.is_assumed
    assert read.burden is None
    assert read.attrition is not None
    assert read.attrition.value == Decimal("0.3")


SENT: dict[str, Any] = {
    "id": BASE_ID,
    "currency": "USD",
    "term_months": 12,
    "offers": [
        {
            "method": method,
            "prices": [{"service": name} for name in ("claims", "calls")],
            "expected_bill": {"amount": "1200000.00", "currency": "USD"},
        }
        for method in ("input_based", "output_based")
    ],
    "status": {
        "number": "Q-2027-00001",
        "revision": 1,
        "state": "sent",
        "etag": '"v3"',
        "expires_at": "2027-03-01T00:00:00Z",
        "choice": None,
    },
}


class Asked(FakeClient):
    """Was sent a quote, and keeps what it is answered; `refusal` makes every answer fail."""

    def __init__(self, refusal=None, may=None):
        super().__init__(quote_with_in_house())
        self.may = may
        self.sent = copy.deepcopy(SENT)
        self.answers = []
        self.refusal = refusal

    def me(self):
        return super().me() if self.may is None else {"permissions": list(self.may)}

    def client_quote(self, quote_id):
        assert quote_id == BASE_ID
        return self.sent

    def accept(self, quote, method=None, services=None, note=None):
        return self._answered("accepted", quote, method or services, note)

    def decline(self, quote, note=None):
        return self._answered("declined", quote, None, note)

    def request_revision(self, quote, note):
        return self._answered("revision_requested", quote, None, note)

    def _answered(self, state, quote, what, note):
        if self.refusal is not None:
            raise self.refusal
        self.answers.append((state, quote["status"]["etag"], what, note))
        self.sent["status"] |= {"state": state}
        return self.sent["status"]


def test_an_offer_is_accepted_when_it_was_confirmed(open_page, shown):
    client = Asked()
    at = open_page("compare", client, quote=BASE_ID)
    assert "open until 2027" in shown(at).replace("\\", "")
    at.button(key="begin_output_based").click().run()
    assert client.answers == []
    assert "1,200,000" in shown(at)
    at.button(key="confirm").click().run()
    assert not at.exception
    assert client.answers == [("accepted", '"v3"', "output_based", None)]
    assert "This quote is accepted." in shown(at)
    assert not [one for one in at.button if one.key == "confirm"]


def test_each_service_may_be_bought_in_its_own_way(open_page):
    client = Asked()
    at = open_page("compare", client, quote=BASE_ID)
    at.button(key="begin_output_based").click().run()
    at.button_group(key="take_output_based_calls").set_value("input_based").run()
    at.button(key="confirm").click().run()
    assert client.answers[0][2] == {"claims": "output_based", "calls": "input_based"}


def test_who_goes_back_has_answered_nothing(open_page):
    client = Asked()
    at = open_page("compare", client, quote=BASE_ID)
    at.button(key="begin_decline").click().run()
    at.button(key="answer_back").click().run()
    assert client.answers == []
    assert [one for one in at.button if one.key == "begin_decline"]


def test_another_offer_is_asked_for_with_a_reason_only(open_page):
    client = Asked()
    at = open_page("compare", client, quote=BASE_ID)
    at.button(key="begin_request-revision").click().run()
    assert at.button(key="confirm").disabled
    at.text_area(key="answer_note").set_value("Fewer sites").run()
    at.button(key="confirm").click().run()
    assert client.answers == [("revision_requested", '"v3"', None, "Fewer sites")]


def test_a_quote_that_changed_meanwhile_is_not_answered(open_page, shown):
    client = Asked(refusal=ApiError(412, "Changed", "it is at version 4", "changed"))
    at = open_page("compare", client, quote=BASE_ID)
    at.button(key="begin_decline").click().run()
    at.button(key="confirm").click().run()
    assert "changed while you read it" in shown(at)
    assert client.answers == []


def test_whoever_may_not_answer_is_not_asked(open_page):
    client = Asked(may={"client-view"})
    at = open_page("compare", client, quote=BASE_ID)
    assert not [one for one in at.button if str(one.key).startswith("begin_")]
