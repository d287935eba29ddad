"""The page on which all quotes stand together."""

from dashboard.portfolio_rows import change_rows, event_rows, quote_rows
from tests.builders.quotes import BASE_ID, UNREACHABLE

USD = {"currency": "USD"}
QUOTE = {
    "id": BASE_ID,
    "number": "Q-2027-00001",
    "revision": 2,
    "name": "Claims",
    "client": "Lakeshore",
    "state": "sent",
    "method": "input_based",
    "value": USD | {"amount": "1500000.00"},
    "profit": USD | {"amount": "270000.00"},
    "margin_at_risk": USD | {"amount": "45000.00"},
    "expires_at": "2027-02-03T09:30:00.000Z",
    "days_left": 3,
}
STANDING = {
    "currency": "USD",
    "state": "sent",
    "count": 1,
    **{name: QUOTE[name] for name in ("value", "profit", "margin_at_risk")},
}
EVENT = {
    "at": "2027-01-04T09:30:00.000Z",
    "type": "quote.approval_requested",
    "actor_name": "Sam Sales",
    "actor_role": "sales",
    "request_id": "r-1",
    "before": {"state": "draft", "version": 1, "requested_by": None},
    "after": {"state": "pending_approval", "version": 2, "requested_by": "u-1"},
}
CHANGE = {
    "table": "wages",
    "key": "PH claims_processor",
    "since": "2027-01-01",
    "change": "changed",
    "before": {"value": "4.00", "source": "survey"},
    "after": {"value": "4.40", "source": "survey"},
}
VERSION = {
    "version": 2,
    "created_at": "2027-01-04T09:30:00.000Z",
    "created_by": "Ada",
    "note": "raise",
    "name": "house",
}


class House:
    """A house with one sent quote and one rate card, or with nothing."""

    def __init__(self, *, empty=False, error=None):
        self.empty, self.error = empty, error
        self.asked = []

    def portfolio(self):
        if self.error is not None:
            raise self.error
        counts = {"draft": 0, "sent": 0 if self.empty else 1}
        some = [] if self.empty else [QUOTE]
        standing = [] if self.empty else [STANDING]
        return {"counts": counts, "standing": standing, "quotes": some, "left_out": 0}

    def quote_events(self, quote_id, limit):
        self.asked.append(quote_id)
        return {"data": [EVENT], "has_more": False}

    def list_rate_cards(self):
        return {"data": [] if self.empty else [VERSION]}

    def rate_card_versions(self, name):
        return {"data": [VERSION, VERSION | {"version": 1}]}

    def rate_card_changes(self, name, version):
        self.asked.append((name, version))
        return [CHANGE] if version == 2 else []


def test_empty_it_says_where_quotes_and_cards_come_from(open_page, shown):
    text = shown(open_page("portfolio", House(empty=True)))
    assert "No quote is stored yet" in text
    assert "No rate card is stored" in text


def test_unreachable_it_says_so(open_page, shown):
    assert "does not answer" in shown(open_page("portfolio", House(error=UNREACHABLE)))


def test_normal_value_risk_and_what_expires_are_shown(open_page, shown):
    at = open_page("portfolio", House())
    assert {metric.label: metric.value for metric in at.metric} == {"Sent": "1"}
    assert len(at.get("vega_lite_chart")) == 2
    tables = " ".join(str(frame.value.to_csv()) for frame in at.dataframe)
    assert "1,500,000" in tables
    assert "45,000" in tables
    text = shown(at)
    assert "expires: 3 days" in text
    assert "Events are never changed" in text


def test_edited_another_version_of_the_card_is_asked_for(open_page, shown):
    house = House()
    at = open_page("portfolio", house)
    assert house.asked == [BASE_ID, ("house", 2)]
    at.selectbox(key="at").set_value(1).run()
    assert house.asked[-1] == ("house", 1)
    assert "This version changed no row." in shown(at)


def test_a_quote_is_opened_from_the_list(open_page):
    at = open_page("portfolio", House())
    at.button(key=f"open_{BASE_ID}").click().run()
    assert BASE_ID in at.query_params["quote"]


def test_a_row_tells_what_is_counted_and_when_it_ends():
    (row,) = quote_rows([QUOTE])
    assert row["Number"] == "Q-2027-00001, revision 2"
    assert row["Counted"] == "input-based"
    assert row["Expires in"] == "3 days"
    assert [
        quote_rows([QUOTE | {"days_left": left}])[0]["Expires in"] for left in (None, -1, 0, 1)
    ] == [
        "",
        "over",
        "today",
        "1 day",
    ]


def test_an_event_tells_who_moved_what():
    (row,) = event_rows([EVENT])
    assert (row["From"], row["To"], row["Who"]) == ("draft", "pending approval", "Sam Sales")
    assert row["Also changed"] == "requested by"


def test_a_change_of_one_number_is_told_in_per_cent():
    (row,) = change_rows([CHANGE])
    assert row["By"] == "+10.0 %"
    (added,) = change_rows([CHANGE | {"change": "added", "before": {}}])
    assert added["By"] == ""
