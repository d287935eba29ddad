"""A server that is killed, or stopped, while it works: its jobs are done all the same, and once."""

import signal
import time

import httpx2
import pytest

from tests.builders.server import Server, example_engagement

PATIENCE_S = 120
KEY = {"Idempotency-Key": "of-a-killed-server"}


def hand_in(server):
    """Address of a job that the server has in hand."""
    with httpx2.Client(base_url=server.url, timeout=PATIENCE_S) as http:
        headers = {"Prefer": "wait=0", **KEY}
        answer = http.post("/v1/quotes", json=example_engagement(), headers=headers)
        assert answer.status_code == 202
        address = answer.headers["location"]
        deadline = time.monotonic() + PATIENCE_S
        while http.get(address).json()["state"] == "queued":
            assert time.monotonic() < deadline
        return address


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_job_of_a_server_that_ended_is_done_by_the_next_one(tmp_path, monkeypatch, how) -> None:
    monkeypatch.setenv("CREWQUOTE_JOB_LEASE_S", "1")
    monkeypatch.setenv("CREWQUOTE_SHUTDOWN_S", "0")
    file = tmp_path / "quotes.sqlite"
    with Server(file) as server:
        address = hand_in(server)
        server.process.send_signal(how)
        server.process.wait(PATIENCE_S)
    with (
        Server(file) as server,
        httpx2.Client(base_url=server.url, timeout=PATIENCE_S) as http,
    ):
        ended = http.get(address, headers={"Prefer": f"wait={PATIENCE_S}"}).json()
        assert ended["state"] == "done"
        result = http.get(f"{address}/result")
        retry = http.post("/v1/quotes", json=example_engagement(), headers=KEY)
        assert retry.headers["idempotency-replayed"] == "true"
        assert retry.content == result.content
        assert len(http.get("/v1/quotes").json()["data"]) == 1
