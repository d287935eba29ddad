"""kill -9 during writes: all that was acknowledged is there, whole, and nothing else is half there.

`FAULT_KILLS` says how often each store is killed; `make faults` does it a hundred times.
"""

import os
import random
import signal
import threading
import time
from contextlib import closing

import httpx2
import pytest
from sqlalchemy import func, select

from api.errors import KEY_IN_USE
from api.store import quotes
from api.store.audit import verify
from api.store.database import Database
from api.store.jobs import OPEN
from api.store.work_tables import IdempotencyRow, JobRow
from pricing.quote import Quote
from pricing.quoting import quote_hash
from tests.builders.comparisons import compared_quote
from tests.builders.fault_server import Nursery
from tests.builders.server import example_engagement

KILLS = int(os.environ.get("FAULT_KILLS", "10"))
WRITERS = 3
PAGE = 100

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def nursery(tmp_path_factory):
    nursery = Nursery(compared_quote(), tmp_path_factory.mktemp("nursery"))
    yield nursery
    nursery.close()


class Callers:
    """Several callers that write at once, each request with a key, and send again what failed.

    `answers` holds every key that was ever sent, with the id of its quote once one was answered.
    """

    def __init__(self, chance):
        self.chance = chance
        self.answers: dict[str, str | None] = {}
        self.count = 0

    def write_until_killed(self, server, address):
        """Write, and kill the server meanwhile."""
        wanted = self.answered() + self.chance.randint(1, 6)
        enough = threading.Event()
        again = [key for key, answer in self.answers.items() if answer is None]

        def write(number):
            with httpx2.Client(base_url=address, timeout=30) as http:
                try:
                    for key in again[number::WRITERS]:
                        self.send(http, key)
                    while True:
                        self.count += 1
                        self.send(http, f"{number}-{self.count}")
                        if self.answered() >= wanted:
                            enough.set()
                except httpx2.TransportError:  # it was killed
                    enough.set()

        threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
        for thread in threads:
            thread.start()
        enough.wait()
        time.sleep(self.chance.uniform(0, 0.01))
        os.kill(server, signal.SIGKILL)
        for thread in threads:
            thread.join()

    def send(self, http, key):
        """Ask for a quote, and note the answer."""
        self.answers.setdefault(key, None)
        headers = {"Idempotency-Key": key}
        while True:
            answer = http.post("/v1/quotes", json=example_engagement(), headers=headers)
            if answer.status_code != KEY_IN_USE.status:
                break
            time.sleep(0.05)  # what a killed server had in hand is begun anew, under its key
        self.answers[key] = answer.raise_for_status().json()["id"]

    def answered(self):
        """How many quotes were acknowledged."""
        return len(self.acknowledged())

    def acknowledged(self):
        """The ids of quotes that were acknowledged."""
        return {answer for answer in list(self.answers.values()) if answer is not None}


def all_ids(session):
    """Every quote that is stored, newest first."""
    found, more, last = [], True, None
    while more:
        rows, more = quotes.page(session, PAGE, last)
        found += [row.id for row in rows]
        last = found[-1] if found else None
    return found


def assert_whole(session, quote_id):
    """Whether a stored quote is what was priced, to the last digit."""
    stored = quotes.get(session, quote_id)
    assert stored is not None
    assert quote_hash(Quote.model_validate(stored.document)) == compared_quote().content_hash
    assert stored.engagement["name"] == example_engagement()["name"]


def keys_without_answer(session):
    """Keys that were taken by a request whose quote is not there, and that nobody works on."""
    in_work = select(JobRow.id).where(JobRow.key == IdempotencyRow.key, JobRow.state.in_(OPEN))
    without = select(func.count()).where(IdempotencyRow.status.is_(None), ~in_work.exists())
    return session.scalar(without)


def test_nothing_acknowledged_is_lost_and_nothing_is_half_written(nursery, database_url) -> None:
    callers = Callers(random.Random(database_url.partition(":")[0]))
    known: set[str] = set()
    for _ in range(KILLS):
        server, address = nursery.start(database_url)
        callers.write_until_killed(server, address)
        with closing(Database(database_url)) as store, store.reading() as session:
            ids = set(all_ids(session))
            assert callers.acknowledged() <= ids
            assert len(ids) <= len(callers.answers)  # a request sent again makes no second quote
            for quote_id in ids - known:
                assert_whole(session, quote_id)
            assert keys_without_answer(session) == 0
            assert verify(session).whole
        known = ids
    assert callers.answered() >= KILLS
    with closing(Database(database_url)) as store, store.reading() as session:
        trail = verify(session)
        assert (trail.whole, trail.quotes) == (True, len(known))
    if database_url.startswith("sqlite"):
        with closing(Database(database_url)) as store, store.engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
        assert found == "ok"
