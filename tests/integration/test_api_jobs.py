"""Work that takes longer than a request: queued, told of, fetched, cancelled, taken over."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from api.app import create_app
from api.client import ApiError, Client
from api.routes import jobs as job_routes
from api.settings import Settings
from api.store.work_tables import JobRow
from staffing.errors import InfeasibleError
from tests.builders.server import example_engagement
from tests.builders.staged import PATIENCE_S, StagedPricer

LOOPBACK = "http://127.0.0.1"
NOBODY = "00000000-0000-0000-0000-000000000000"
NOW = {"Prefer": "respond-async"}
LONG = {"Prefer": f"wait={PATIENCE_S}"}


@pytest.fixture(scope="module")
def app(module_database_url):
    url = module_database_url
    return create_app(Settings(database=url, log="off", wait_s=0.05, job_lease_s=1, shutdown_s=0))


@pytest.fixture(scope="module")
def http(app):
    with TestClient(app, base_url=LOOPBACK) as client:
        yield client


@pytest.fixture
def pricer(app):
    """A pricer that waits at its second step."""
    app.state.pricer = StagedPricer(opened=False)
    yield app.state.pricer
    app.state.pricer.gate.set()


def post(http, prefer=NOW, **headers):
    return http.post("/v1/quotes", json=example_engagement(), headers={**prefer, **headers})


def job_of(http, answer, prefer=None):
    assert answer.status_code == 202, answer.text
    return http.get(answer.headers["location"], headers=prefer or {}).json()


def num_quotes(http):
    return len(http.get("/v1/quotes?limit=100").json()["data"])


def changed(app, job_id, **values):
    with app.state.store.writing() as session:
        session.execute(update(JobRow).where(JobRow.id == job_id).values(**values))


def wait_until(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


def test_what_takes_longer_is_a_job_and_its_result_is_the_synchronous_answer(http, pricer) -> None:
    answer = post(http)
    job = answer.json()
    assert (job["kind"], job["result"], answer.headers["retry-after"]) == ("quote", None, "1")
    assert job["state"] in {"queued", "running"}
    early = http.get(f"{answer.headers['location']}/result")
    assert (early.status_code, early.json()["code"]) == (409, "not-finished")
    pricer.gate.set()
    ended = job_of(http, answer, LONG)
    assert (ended["state"], ended["progress"]["share"]) == ("done", 1)
    assert ended["result"]["status"] == 201
    result = http.get(ended["result"]["href"])
    assert (result.status_code, result.headers["content-type"]) == (201, "application/json")
    assert http.get(result.headers["location"]).content == result.content


def test_what_is_done_in_time_is_answered_at_once(http, pricer) -> None:
    pricer.gate.set()
    answer = post(http, LONG)
    assert answer.status_code == 201
    assert http.get(answer.headers["location"]).json() == answer.json()


def test_a_refusal_of_the_work_is_the_result_of_a_failed_job(http, app) -> None:
    class Refusing:
        def price(self, *_, **__):
            raise InfeasibleError("seats", "the site is too small")

    app.state.pricer = Refusing()
    answer = post(http)
    ended = job_of(http, answer, LONG)
    assert (ended["state"], ended["result"]["status"]) == ("failed", 422)
    problem = http.get(ended["result"]["href"])
    assert problem.headers["content-type"] == "application/problem+json"
    assert (problem.status_code, problem.json()["code"]) == (422, "infeasible")
    assert problem.json()["instance"] == "/v1/quotes"
    assert problem.json()["request_id"] == answer.headers["x-request-id"]


def test_a_cancelled_job_stops_before_its_next_step_and_stores_nothing(http, pricer) -> None:
    before = num_quotes(http)
    answer = post(http)
    assert pricer.reached.wait(PATIENCE_S)
    job = http.delete(answer.headers["location"])
    assert (job.status_code, job.json()["state"]) == (200, "cancelled")
    pricer.gate.set()
    wait_until(lambda: pricer.at_a_time == 0)
    assert pricer.priced == 0
    result = http.get(f"{answer.headers['location']}/result")
    assert (result.status_code, result.json()["code"]) == (409, "job-cancelled")
    again = http.post(f"{answer.headers['location']}/cancel")
    assert (again.status_code, again.json()["state"]) == (200, "cancelled")
    assert num_quotes(http) == before


def test_a_job_that_ended_cannot_be_cancelled(http, pricer) -> None:
    pricer.gate.set()
    answer = post(http)
    job_of(http, answer, LONG)
    late = http.delete(answer.headers["location"])
    assert (late.status_code, late.json()["code"]) == (409, "job-ended")
    assert job_of(http, answer)["state"] == "done"


def test_a_key_is_in_use_while_its_job_runs_and_answers_alike_when_it_is_done(http, pricer) -> None:
    key = {"Idempotency-Key": "of-a-job"}
    answer = post(http, **key)
    second = post(http, **key)
    assert (second.status_code, second.json()["code"]) == (409, "key-in-use")
    assert second.headers["retry-after"] == "1"
    pricer.gate.set()
    ended = job_of(http, answer, LONG)
    third = post(http, **key)
    assert third.headers["idempotency-replayed"] == "true"
    assert third.content == http.get(ended["result"]["href"]).content
    assert pricer.priced == 1


def test_a_cancelled_job_frees_its_key(http, pricer) -> None:
    key = {"Idempotency-Key": "of-a-cancelled-job"}
    http.delete(post(http, **key).headers["location"])
    pricer.gate.set()
    assert post(http, LONG, **key).status_code == 201


def test_a_defect_frees_its_key_and_a_refusal_keeps_it(http, app, pricer) -> None:
    class Broken:
        def price(self, *_, **__):
            raise RuntimeError("broken")

    app.state.pricer = Broken()
    answer = post(http, LONG, **{"Idempotency-Key": "of-a-defect"})
    assert (answer.status_code, answer.json()["code"]) == (500, "defect")
    app.state.pricer = pricer
    pricer.gate.set()
    assert post(http, LONG, **{"Idempotency-Key": "of-a-defect"}).status_code == 201


@pytest.mark.parametrize("deaf", [False, True])
def test_what_another_process_left_is_begun_anew_and_ends_once(http, app, pricer, deaf) -> None:
    """A job whose lease has run out is taken over; whoever had it may not end it any more."""
    pricer.deaf = deaf
    before = num_quotes(http)
    answer = post(http)
    assert pricer.reached.wait(PATIENCE_S)
    left_behind, app.state.pricer = pricer, StagedPricer()
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    changed(app, answer.json()["id"], owner="a server that was killed", lease_until=long_ago)
    ended = job_of(http, answer, LONG)
    assert ended["state"] == "done"
    assert app.state.pricer.priced == 1
    left_behind.gate.set()
    wait_until(lambda: not app.state.jobs._in_hand())
    assert left_behind.priced == deaf
    assert num_quotes(http) == before + 1


def test_a_lease_is_renewed_while_a_job_runs(http, app, pricer) -> None:
    answer = post(http)
    assert pricer.reached.wait(PATIENCE_S)

    def lease():
        with app.state.store.reading() as session:
            return session.get_one(JobRow, answer.json()["id"]).lease_until

    first = lease()
    wait_until(lambda: lease() > first + timedelta(seconds=1))
    assert job_of(http, answer)["state"] == "running"
    pricer.gate.set()
    assert job_of(http, answer, LONG)["state"] == "done"
    assert pricer.most_at_a_time == 1


def test_a_job_that_ends_its_server_every_time_is_given_up(http, app, pricer) -> None:
    answer = post(http)
    assert pricer.reached.wait(PATIENCE_S)
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    changed(app, answer.json()["id"], owner="dead", lease_until=long_ago, attempts=3)
    ended = job_of(http, answer, LONG)
    assert (ended["state"], ended["result"]["status"]) == ("failed", 500)
    assert "3 times" in http.get(ended["result"]["href"]).json()["detail"]


def events(http, address, last=None):
    """Id, name and job of each event, until the stream ends."""
    headers = {} if last is None else {"Last-Event-ID": str(last)}
    found, lines = [], {}
    with http.stream("GET", f"{address}/events", headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            name, _, value = line.partition(": ")
            if line:
                lines[name] = value
            elif "data" in lines:
                found.append((int(lines["id"]), lines["event"], json.loads(lines["data"])))
                lines = {}
    return found


def test_events_tell_of_every_change_once_and_end_with_the_job(http, pricer) -> None:
    address = post(http).headers["location"]
    assert pricer.reached.wait(PATIENCE_S)
    wait_until(lambda: http.get(address).json()["progress"]["words"] == "first step")
    pricer.gate.set()
    told = events(http, address)
    ids = [number for number, _, _ in told]
    assert ids == sorted(set(ids))
    assert told[0][2]["progress"]["words"] == "first step"
    assert told[-1][1] == "done"
    assert told[-1][2] == http.get(address).json()
    assert events(http, address, last=ids[-1]) == []
    assert events(http, address, last=ids[-1] - 1) == told[-1:]
    assert events(http, address, last="nonsense") == told[-1:]


def test_a_quiet_stream_says_that_it_is_still_there(http, pricer, monkeypatch) -> None:
    monkeypatch.setattr(job_routes, "HEARTBEAT_S", 0)
    address = post(http).headers["location"]
    assert pricer.reached.wait(PATIENCE_S)
    wait_until(lambda: http.get(address).json()["progress"]["words"] == "first step")
    with http.stream("GET", f"{address}/events", headers={"Last-Event-ID": "0"}) as answer:
        lines = answer.iter_lines()
        while not next(lines).startswith(": "):
            pricer.gate.set()


def test_a_job_tells_what_it_was_asked_and_a_client_that_does_not_wait_follows_it(
    http, pricer
) -> None:
    client = Client(LOOPBACK, http)
    job = client.begin_quote(example_engagement())
    assert job["state"] in {"queued", "running"}
    asked = client.job_request(job["id"])
    assert asked == {"path": "/v1/quotes", "body": example_engagement()}
    pricer.gate.set()
    http.get(f"/v1/jobs/{job['id']}", headers=LONG)
    made = client.job_result(job["id"])
    assert client.get_quote(made["id"]) == made


@pytest.mark.parametrize(
    ("method", "rest"),
    [
        ("GET", ""),
        ("GET", "/result"),
        ("GET", "/request"),
        ("GET", "/events"),
        ("DELETE", ""),
        ("POST", "/cancel"),
    ],
)
def test_an_unknown_job_and_another_caller_s_are_not_found(http, app, pricer, method, rest) -> None:
    answer = http.request(method, f"/v1/jobs/{NOBODY}{rest}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_too_many_that_wait_are_refused(tmp_path) -> None:
    app = create_app(
        Settings(
            database=tmp_path / "q.sqlite", log="off", max_queued_jobs=1, shutdown_s=PATIENCE_S
        )
    )
    app.state.pricer = StagedPricer(opened=False)
    with TestClient(app, base_url=LOOPBACK) as http:
        answers = [post(http)]
        while answers[-1].status_code == 202:
            answers.append(post(http))
        app.state.pricer.gate.set()
    assert (answers[-1].status_code, answers[-1].json()["code"]) == (429, "busy")
    assert answers[-1].headers["retry-after"] == "30"
    assert len(answers) <= 2 + app.state.settings.max_parallel_quotes


def test_what_runs_at_the_end_is_given_back_and_done_by_the_next_server(tmp_path) -> None:
    settings = Settings(database=tmp_path / "q.sqlite", log="off", wait_s=0, shutdown_s=0)
    app = create_app(settings)
    app.state.pricer = stuck = StagedPricer(opened=False)
    with TestClient(app, base_url=LOOPBACK) as http:
        answer = post(http)
        assert stuck.reached.wait(PATIENCE_S)
    following = create_app(settings)
    following.state.pricer = StagedPricer()
    with TestClient(following, base_url=LOOPBACK) as http:
        ended = job_of(http, answer, LONG)
        assert ended["state"] == "done"
        stuck.gate.set()
        for worker in app.state.jobs._workers:
            worker.join(PATIENCE_S)
        assert stuck.priced == 0
        assert num_quotes(http) == 1
    app.state.store.close()


def test_what_runs_at_the_end_is_finished_when_there_is_time(tmp_path) -> None:
    settings = Settings(database=tmp_path / "q.sqlite", log="off", wait_s=0, shutdown_s=PATIENCE_S)
    app = create_app(settings)
    app.state.pricer = StagedPricer(opened=False)
    with TestClient(app, base_url=LOOPBACK) as http:
        answer = post(http)
        assert app.state.pricer.reached.wait(PATIENCE_S)
        app.state.jobs.drain()
        assert next(iter(events(http, answer.headers["location"])))[1] == "progress"
        app.state.pricer.gate.set()
    with app.state.store.reading() as session:
        assert session.get_one(JobRow, answer.json()["id"]).state == "done"
    app.state.store.close()


def test_the_client_follows_a_job_and_tells_of_its_progress(http, pricer) -> None:
    told = []

    def tell(job):
        told.append(job["progress"]["words"])
        if told[-1]:
            pricer.gate.set()

    quote = Client(LOOPBACK, http, progress=tell).create_quote(example_engagement())
    assert http.get(f"/v1/quotes/{quote['id']}").json() == quote
    assert "first step" in told


def test_the_client_says_why_a_job_came_to_nothing(http, pricer) -> None:
    def cancel(job):
        client.cancel_job(job["id"])

    client = Client(LOOPBACK, http, progress=cancel)
    with pytest.raises(ApiError) as refusal:
        client.create_quote(example_engagement())
    assert (refusal.value.status, refusal.value.code) == (409, "job-cancelled")


def test_metrics_count_jobs_by_state_and_solver_seconds(http, pricer) -> None:
    pricer.gate.set()
    before = http.get("/metrics").text
    assert post(http, LONG).status_code == 201

    def value(text, name):
        lines = [line for line in text.splitlines() if line.startswith(name)]
        return float(lines[0].rpartition(" ")[2]) if lines else 0.0

    done, solver = 'crewquote_jobs{state="done"}', 'crewquote_solver_seconds_total{kind="quote"}'
    deadline = time.monotonic() + PATIENCE_S
    # Whoever waits is told first, and the job is counted then.
    while value(after := http.get("/metrics").text, solver) == value(before, solver):
        assert time.monotonic() < deadline, "the job is never counted"
        time.sleep(0.02)
    assert value(after, done) == value(before, done) + 1
    assert value(after, solver) == pytest.approx(value(before, solver) + 0.25)
    assert value(after, "crewquote_jobs_waiting ") == 0
