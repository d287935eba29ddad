"""Goal seek on the page: what is asked, prices as found, where both offers are equal."""

from streamlit.testing.v1 import AppTest

from api.client import ApiError
from dashboard import goal_tables
from pricing.goal_seek import GoalSeekRequest, goal_seek
from tests.builders.risk import DRAWS, small_engagement, small_plan, small_risk


def found(**asked):
    request = GoalSeekRequest(draws=DRAWS, seed=1, **asked)
    made = goal_seek(small_engagement(), request, small_plan(), small_risk())
    return made.model_dump(mode="json")


class SeekingClient:
    """Answers at once what the science finds."""

    def __init__(self, *permissions, error=None):
        self.permissions = permissions
        self.error = error
        self.asked = []

    def me(self):
        return {"permissions": self.permissions}

    def begin_study(self, study, engagement, options):
        if self.error is not None:
            raise self.error
        self.asked.append((study, engagement["name"], options))
        return {"id": None, "state": "done", "answer": found(**options)}


def _script(client, name):
    from dashboard.widgets.goal_seek import goal_seek as shown  # noqa: PLC0415

    shown(client, {"name": name})


def opened(client):
    name = small_engagement().name
    page = AppTest.from_function(_script, kwargs={"client": client, "name": name})
    at = page.run(timeout=60)
    at.default_timeout = 60
    assert not at.exception
    return at


def test_empty_it_asks_for_a_margin_and_seeks_nothing() -> None:
    client = SeekingClient("studies")
    at = opened(client)
    assert at.number_input(key="goal_margin").value == 18
    assert client.asked == []
    assert not at.dataframe


def test_a_margin_in_nine_of_ten_futures_is_sought(shown) -> None:
    client = SeekingClient("studies")
    at = opened(client)
    at.number_input(key="goal_margin").set_value(12.5).run()
    at.button(key="seek_goal").click().run()
    assert client.asked == [
        ("goal-seek", small_engagement().name, {"margin": 0.125, "measure": "p10"})
    ]
    told = shown(at).replace("\\", "")
    assert "12.5 % of the price is left in nine of ten futures (4,000 drawn)" in told
    assert "Both offers are equal at" in told
    assert len(at.dataframe[0].value) == 2


def test_a_refusal_is_shown_and_a_caller_without_studies_asks_for_none(shown) -> None:
    at = opened(SeekingClient("studies", error=ApiError(422, "Wrong", "a margin below 0.9")))
    at.button(key="seek_goal").click().run()
    assert "A margin below" in shown(at)
    assert not opened(SeekingClient("quotes:read")).button


def test_the_table_has_each_price_as_quoted_and_as_needed() -> None:
    sought = found(margin=0.1)
    rows = goal_tables.prices(sought)
    assert [row["Offer"] for row in rows] == ["Input-based", "Output-based"]
    quoted = sought["offers"][1]["prices"][0]["quoted"]
    assert rows[1]["Quoted, USD"] == quoted
    assert rows[0]["Margin then"] == "10.0 %"


def test_where_one_offer_is_always_cheaper_it_says_so() -> None:
    sought = found(margin=0.1)
    sought["productivity"]["share"] = None
    assert "one offer is always cheaper" in goal_tables.equal(sought)
