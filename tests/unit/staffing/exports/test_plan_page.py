"""A plan as one page: every chart of every team inside, nothing asked of the network."""

import json
import re
from html.parser import HTMLParser

import pytest

from staffing.charts import heads_over_week, shift_gantt, tour_days
from staffing.exports.page import plan_page
from tests.builders.plans import plan, team, touring_team

CHARTS = 6


class Page(HTMLParser):
    """Tags with their attributes, cells of tables, and the text of every script."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.heads, self.cells, self.scripts = [], [], [], []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._open = tag
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data):
        if self._open == "script":
            self.scripts[-1] += data
        elif self._open in {"td", "th"} and data.strip():
            (self.cells if self._open == "td" else self.heads).append(data)


@pytest.fixture(scope="module")
def text():
    return plan_page(plan(team(), team(site="Cebu")), "Claims", "USD")


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def specs(page):
    return json.loads(page.scripts[0])


def test_every_chart_of_every_team_is_on_it_once(page):
    boxes = [attrs["id"] for tag, attrs in page.tags if attrs.get("class") == "chart"]
    assert boxes == [f"chart-{i}" for i in range(2 * CHARTS)]
    titles = [spec["title"] for spec in specs(page)]
    assert len(titles) == len(set(titles)) == 2 * CHARTS
    assert titles[0] == heads_over_week(team())["title"]
    assert specs(page)[4]["layer"] == shift_gantt(team())["layer"]
    assert {spec["width"] for spec in specs(page)} == {"container"}


def test_the_table_on_top_tells_heads_hours_gap_and_short(page):
    assert page.cells[:6] == ["claims @ Manila", "7", "7", "60", "1.25 %", "0.5"]


def test_tours_breaks_and_a_priced_shortfall_have_columns_where_there_are_any(page):
    own = Page(plan_page(plan(touring_team()), "Tours", "USD"))
    assert dict(zip(own.heads, own.cells, strict=True)) == {
        "Team": "claims @ Manila",
        "People on tours": "3",
        "Most people on duty": "5",
        "Shifts": "5",
        "Paid hours a week": "39",
        "Hours of breaks a week": "5.0",
        "Gap to the proven bound": "1.25 %",
        "Head-hours short a week": "0.5",
        "Price of what is short a week, USD": "8",
    }
    assert {"Team", "Head-hours short a week"} < set(page.heads) < set(own.heads)


def test_a_team_on_tours_has_one_chart_more():
    own = Page(plan_page(plan(team(), touring_team(), team(site="Cebu")), "Tours", "USD"))
    boxes = [attrs["id"] for tag, attrs in own.tags if attrs.get("class") == "chart"]
    assert boxes == [f"chart-{i}" for i in range(3 * CHARTS + 1)]
    titles = [spec["title"] for spec in specs(own)]
    assert [i for i, title in enumerate(titles) if title == tour_days(touring_team())["title"]] == [
        2 * CHARTS
    ]


def test_nothing_on_it_is_fetched_and_a_policy_forbids_it(page):
    links = [v for _, attrs in page.tags for name, v in attrs.items() if name in {"src", "href"}]
    assert links == []
    (policy,) = [a["content"] for t, a in page.tags if a.get("http-equiv")]
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy
    assert not re.search(r"https?:", page.scripts[-1])


def test_the_drawing_library_is_inside_once(text, page):
    assert len(page.scripts) == 3
    assert 500_000 < len(page.scripts[1]) < len(text) < 2_000_000


def test_names_cannot_break_out_of_the_page():
    name = "</script><script>alert(1)</script> & <b>"
    page = Page(plan_page(plan(team(service=name)), name, "USD"))
    assert len(page.scripts) == 3
    assert "b" not in {tag for tag, _ in page.tags}
    assert name in specs(page)[0]["title"]


def test_it_reads_in_light_and_dark(text):
    assert "color-scheme: light dark" in text
    assert "prefers-color-scheme: dark" in text
