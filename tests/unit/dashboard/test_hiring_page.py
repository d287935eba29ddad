"""The page that shows who joins, helps out and leaves."""

import copy

from tests.builders.quotes import UNREACHABLE
from tests.builders.server import example_engagement
from tests.builders.studies import INFEASIBLE, StudyClient, hiring_plan


def metrics(at):
    return {metric.label: metric.value for metric in at.metric}


def planned(open_page, client):
    at = open_page("hiring", client)
    at.button(key="study_hiring").click().run()
    assert not at.exception
    return at


def two_teams():
    """The plan with the same team again at another site."""
    study = hiring_plan()
    for teams in (study["pools"], study["plan"]["pools"], study["plan"]["totals"]["pools"]):
        teams.append(copy.deepcopy(teams[0]) | {"name": "claims @ Cebu"})
    return study


def test_it_asks_for_all_teams_unless_told(open_page):
    client = StudyClient()
    planned(open_page, client)
    assert client.asked == [
        (example_engagement(), {"site": None, "services": [], "whole_people": False})
    ]


def test_site_services_and_whole_people_are_asked_for_as_entered(open_page):
    client = StudyClient()
    at = open_page("hiring", client)
    at.selectbox(key="hiring_site").select_index(1)
    at.multiselect(key="hiring_services").select("claims")
    at.checkbox(key="hiring_whole").check()
    at.button(key="study_hiring").click().run()
    ((_, asked),) = client.asked
    assert asked == {"site": "Manila", "services": ["claims"], "whole_people": True}


def test_people_cost_limits_and_teams_are_shown(open_page, shown):
    at = planned(open_page, StudyClient())
    study = hiring_plan()
    totals = study["plan"]["totals"]
    assert metrics(at)["Cost of the term, USD"] == f"{totals['cost']:,.0f}"
    assert len(at.get("vega_lite_chart")) == 2
    periods, cost, teams = (frame.value for frame in at.dataframe)
    assert len(periods) == 13
    assert list(cost["Cost, USD"])[-1] == f"{totals['cost']:,.0f}"
    assert list(teams.columns) == ["Over the term", "claims @ Manila"]
    for constraint in study["constraints"][:8]:
        assert constraint["text"] in shown(at).replace("\\", "")


def test_many_limits_are_folded_after_the_first(open_page, shown):
    study = hiring_plan()
    limit = study["constraints"][0]
    study["constraints"] = [limit | {"text": f"limit {number}"} for number in range(12)]
    at = planned(open_page, StudyClient(answer=study))
    assert "4 more" in [folded.label for folded in at.expander]
    assert "limit 11" in shown(at)
    study["constraints"] = []
    at = planned(open_page, StudyClient(answer=study))
    assert "no limit costs anything" in shown(at)


def test_teams_are_seen_together_and_one_by_one(open_page):
    at = planned(open_page, StudyClient(answer=two_teams()))
    assert at.selectbox(key="hiring_team").value == "All teams"
    before = at.dataframe[0].value["Needed"][0]
    at.selectbox(key="hiring_team").set_value("claims @ Cebu").run()
    assert not at.exception
    assert float(before) == 2 * float(at.dataframe[0].value["Needed"][0])


def test_warnings_and_refusals_are_shown(open_page, shown):
    study = hiring_plan() | {"warnings": ["left out are claims @ Cebu"]}
    at = planned(open_page, StudyClient(answer=study))
    assert "Left out are claims @ Cebu" in shown(at).replace("\\", "")
    at = planned(open_page, StudyClient(refused=INFEASIBLE))
    assert "No staffing plan meets" in shown(at)
    assert not at.metric
    assert "does not answer" in shown(open_page("hiring", StudyClient(error=UNREACHABLE)))
