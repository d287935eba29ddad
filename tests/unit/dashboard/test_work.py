"""Work that outlasts a run of a page: progress, end, stopping, and finding it again."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from api.client import ApiError
from tests.builders.server import example_engagement
from tests.builders.studies import StudyClient, hiring_plan

GONE = ApiError(404, "There is nothing here", "no job of yours has this id", "not-found")
ENDED = ApiError(409, "The job has ended", "the job is done", "job-ended")
REFUSED = ApiError(422, "No staffing plan meets this engagement", "rule: short", "infeasible")


class Worker:
    """An API with one job, which stands where a test puts it."""

    def __init__(self, stands="running", answer=None):
        self.stands = stands
        self.answer = answer or {"found": 42}
        self.asked = []

    def begin(self):
        self.asked.append("begin")
        return self.get_job("7")

    def get_job(self, job_id):
        if self.stands == "gone":
            raise GONE
        progress = {"stage": 1, "share": 0.25, "words": "claims: shifts"}
        return {"id": job_id, "state": self.stands, "progress": progress}

    def job_result(self, job_id):
        if isinstance(self.answer, Exception):
            raise self.answer
        self.asked.append(f"result {job_id}")
        return self.answer

    def cancel_job(self, job_id):
        self.asked.append(f"cancel {job_id}")
        if self.stands == "done":
            raise ENDED
        self.stands = "cancelled"


def _script(client):
    # Only the source of this function is run.
    import streamlit as st  # noqa: PLC0415

    from dashboard.widgets.problem import problems_shown  # noqa: PLC0415
    from dashboard.widgets.work import result_of  # noqa: PLC0415

    asked = st.button("Ask", key="ask")
    with problems_shown():
        found = result_of(client, "deed", begin=client.begin if asked else None, doing="Doing it")
        if found is not None:
            st.write(f"found {found['found']}")


@pytest.fixture
def page():
    def run(client, **address):
        at = AppTest.from_function(_script, kwargs={"client": client}, default_timeout=30)
        for name, value in address.items():
            at.query_params[name] = value
        return at.run()

    return run


def said(at):
    return [item.value for kind in (at.markdown, at.info, at.error) for item in kind]


def test_progress_is_shown_until_the_work_is_done(page):
    client = Worker()
    at = page(client)
    assert (client.asked, said(at)) == ([], [])
    at.button(key="ask").click().run()
    assert at.query_params["deed_job"] == "7"
    assert at.get("progress")[0].proto.value == 25
    assert at.get("progress")[0].proto.text == "Claims\\: shifts\\."
    client.stands = "done"
    at.run()
    assert said(at) == ["found 42"]
    at.run()
    assert client.asked == ["begin", "result 7"]  # which is kept
    assert not at.get("progress")


def test_a_reload_finds_the_work_by_its_address(page):
    client = Worker()
    assert page(client, deed_job="7").get("progress")
    client.stands = "done"
    assert said(page(client, deed_job="7")) == ["found 42"]
    client.stands = "gone"
    (told,) = said(page(client, deed_job="7"))
    assert "24 hours" in told


def test_work_can_be_stopped_and_says_so(page):
    client = Worker("queued")
    at = page(client, deed_job="7")
    at.button(key="stop_deed").click().run()
    assert client.asked == ["cancel 7"]
    assert "Stopped" in said(at)[0]
    assert "deed_job" not in at.query_params


def test_work_that_ended_before_it_was_stopped_is_shown(page):
    client = Worker()
    at = page(client, deed_job="7")
    client.stands = "done"
    at.button(key="stop_deed").click().run()
    assert said(at) == ["found 42"]


def test_work_that_failed_shows_why_and_is_put_away(page):
    at = page(Worker("failed", answer=REFUSED), deed_job="7")
    assert "No staffing plan" in said(at)[-1]
    assert "deed_job" not in at.query_params


class Reloaded(StudyClient):
    """The API after a reload: it alone knows what was asked."""

    def __init__(self, engagement):
        super().__init__()
        self.engagement = engagement

    def job_request(self, job_id):
        body = {"site": None, "services": [], "whole_people": True, "engagement": self.engagement}
        return {"path": "/v1/hiring", "body": body}

    def get_job(self, job_id):
        return {"id": job_id, "state": "done"}

    def job_result(self, job_id):
        return hiring_plan()


def test_a_study_of_a_file_is_found_again_after_a_reload_with_its_entries(open_page):
    client = Reloaded(example_engagement() | {"name": "From a file"})
    entered = json.dumps({"hiring_whole": True, "hiring_site": "no place", "unknown": 1})
    at = open_page("hiring", client, hiring_job="7", hiring_form=entered)
    assert at.checkbox(key="hiring_whole").value is True
    assert at.selectbox(key="hiring_site").value == 0
    assert "From a file" in " ".join(caption.value for caption in at.caption)
    assert at.metric[0].label == "Cost of the term, USD"
    assert client.asked == []  # nothing is studied anew


def test_a_study_of_another_engagement_is_not_shown(open_page):
    at = open_page("hiring", Reloaded(example_engagement() | {"name": "Other"}), hiring_job="7")
    at.segmented_control(key="source").set_value("Example engagement").run()
    assert not at.exception
    assert not at.metric


def _twice():
    from api.client import ApiError  # noqa: PLC0415
    from dashboard.widgets.problem import show_problem  # noqa: PLC0415

    for _ in range(2):
        show_problem(ApiError(0, "The server cannot be reached", "refused"))


def test_two_parts_of_a_page_that_miss_the_api_share_a_button():
    at = AppTest.from_function(_twice, default_timeout=30).run()
    assert not at.exception
    assert [button.key for button in at.button] == ["try_again"]
    assert len(at.error) == 2
