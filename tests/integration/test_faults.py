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

from api.store import quotes
from api.store.database import Database
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


def write_until_killed(server, address, chance):
    """Let several callers write, kill the server meanwhile, return what it acknowledged."""
    acknowledged = []
    enough = threading.Event()
    wanted = chance.randint(1, 6)

    def write():
        with httpx2.Client(base_url=address, timeout=30) as http:
            try:
                while True:
                    answer = http.post("/v1/quotes", json=example_engagement())
                    acknowledged.append(answer.raise_for_status().json()["id"])
                    if len(acknowledged) >= wanted:
                        enough.set()
            except httpx2.TransportError:  # it was killed
                enough.set()

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    enough.wait()
    time.sleep(chance.uniform(0, 0.01))
    os.kill(server, signal.SIGKILL)
    for thread in threads:
        thread.join()
    return acknowledged


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


def test_nothing_acknowledged_is_lost_and_nothing_is_half_written(nursery, database_url) -> None:
    chance = random.Random(database_url.partition(":")[0])
    acknowledged: set[str] = set()
    known: set[str] = set()
    for _ in range(KILLS):
        server, address = nursery.start(database_url)
        acknowledged |= set(write_until_killed(server, address, chance))
        with closing(Database(database_url)) as store, store.reading() as session:
            ids = set(all_ids(session))
            assert acknowledged <= ids
            for quote_id in ids - known:
                assert_whole(session, quote_id)
        # What was under way and not acknowledged may have been stored; it is no more than that.
        assert len(ids - acknowledged) <= WRITERS * KILLS
        known = ids
    assert len(acknowledged) >= KILLS
    if database_url.startswith("sqlite"):
        with closing(Database(database_url)) as store, store.engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
        assert found == "ok"
