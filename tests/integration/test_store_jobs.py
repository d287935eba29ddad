"""Jobs in the store: which is taken first, and how long one is kept."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from api.store import jobs
from api.store.database import Database
from api.store.work_tables import JobRow

MINUTE = timedelta(minutes=1)


@pytest.fixture
def session(database_url):
    with closing(Database(database_url)) as store, store.writing() as session:
        yield session


def add(session, name, *, age=timedelta(0), state=jobs.QUEUED):
    """A job as if it had been handed in some time ago; returns its id."""
    job_id = name * 36
    jobs.add(session, jobs.NewJob(job_id, "quote", "local", None, "{}"))
    made = {"created_at": datetime.now(UTC) - age, "state": state}
    session.execute(update(JobRow).where(JobRow.id == job_id).values(**made))
    return job_id


def test_the_oldest_that_waits_is_taken_first(session) -> None:
    order = [add(session, name, age=age * MINUTE) for name, age in (("a", 3), ("b", 1), ("c", 2))]
    taken = [jobs.claim(session, MINUTE) for _ in range(4)]
    assert [one and one.id for one in taken] == [order[0], order[2], order[1], None]


def test_what_ended_is_forgotten_after_a_day_and_what_is_open_never(session) -> None:
    day = timedelta(hours=24)
    ended = [
        add(session, name, age=age, state=jobs.DONE)
        for name, age in (("a", day - MINUTE), ("b", day + MINUTE))
    ]
    waits = add(session, "c", age=day + MINUTE)
    runs = add(session, "d", age=day + MINUTE, state=jobs.RUNNING)
    add(session, "e")
    there = [jobs.get(session, job_id) is not None for job_id in (*ended, waits, runs)]
    assert there == [True, False, True, True]
