"""Two processes that write to one SQLite file take turns, and none is in the way of the other."""

import fcntl
import multiprocessing
import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy.exc import TimeoutError as WaitedTooLongError

import api.store.next_writer
import api.store.sqlite
from api.store.database import Database
from api.store.next_writer import beside
from api.store.tables import QuoteRow
from tests.builders.rows import quote_row

SPAWN = multiprocessing.get_context("spawn")
ROUNDS = 5
PATIENCE_S = 60


def id_of(name, number):
    """A quote of one of the two writers."""
    return f"{name}{number:019d}".rjust(36, "0")


def write(store, name, number):
    """Take one turn."""
    with store.writing() as session:
        session.add(quote_row(id_of(name, number)))


def write_as_other(url, orders):
    """Take a turn in this process, whenever asked to; it answers each when it is over."""
    with closing(Database(url)) as store:
        orders.send("ready")
        while (number := orders.recv()) is not None:
            write(store, "b", number)
            orders.send(number)


class Other:
    """Another process that writes."""

    def __init__(self, url):
        self.orders, theirs = SPAWN.Pipe()
        self.process = SPAWN.Process(target=write_as_other, args=(url, theirs), daemon=True)
        self.process.start()
        theirs.close()
        self.answered()

    def answered(self):
        """What it says next, in time."""
        assert self.orders.poll(PATIENCE_S)
        return self.orders.recv()


@pytest.fixture
def url(new_database):
    return new_database("sqlite")


@pytest.fixture
def store(url):
    with closing(Database(url)) as store:
        yield store


@pytest.fixture
def other(url, monkeypatch):
    # A page run in this process may have left its script as the main module, which would be run.
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    other = Other(url)
    yield other
    other.process.kill()
    other.process.join()


def lock_file(store):
    return beside(Path(store.engine.url.database))


def wait_until_one_is_next(store):
    """Return when somebody waits for a turn: it holds the lock that says who is next."""
    deadline = time.monotonic() + PATIENCE_S
    with lock_file(store).open() as place:
        while time.monotonic() < deadline:
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            fcntl.flock(place, fcntl.LOCK_UN)
            time.sleep(0.005)
    raise AssertionError("nobody waits for a turn")


def test_whoever_waits_writes_before_the_one_that_has_just_written(store, other) -> None:
    for number in range(ROUNDS):
        with store.writing() as session:
            session.add(quote_row(id_of("a", number)))
            other.orders.send(number)
            wait_until_one_is_next(store)
            time.sleep(0.05)  # SQLite's own pauses would be long by now
        with store.writing() as session:  # asked for at once, and after the other's turn
            assert session.get(QuoteRow, id_of("b", number)) is not None
        assert other.answered() == number


def test_a_process_that_is_killed_while_it_is_next_leaves_its_place(store, other) -> None:
    with store.writing():
        other.orders.send(0)
        wait_until_one_is_next(store)
        os.kill(other.process.pid, signal.SIGKILL)
        other.process.join()
    write(store, "a", 0)
    with store.reading() as session:
        assert session.get(QuoteRow, id_of("b", 0)) is None


def test_a_reader_waits_neither_for_the_writer_nor_for_the_next(store, url) -> None:
    with closing(Database(url)) as other, ThreadPoolExecutor(1) as pool:
        with store.writing():
            waiting = pool.submit(write, other, "b", 0)
            wait_until_one_is_next(store)
            with store.reading() as session, store.looking() as connection:
                assert session.get(QuoteRow, id_of("b", 0)) is None
                assert connection.exec_driver_sql("SELECT count(*) FROM quotes").scalar_one() == 0
        waiting.result(PATIENCE_S)


def test_a_place_in_line_is_waited_for_no_longer_than_for_a_turn(store, monkeypatch) -> None:
    monkeypatch.setattr(api.store.sqlite, "LOCK_TIMEOUT_S", 0.05)
    with lock_file(store).open("w") as place:
        fcntl.flock(place, fcntl.LOCK_EX)
        with pytest.raises(WaitedTooLongError, match="locked"):
            write(store, "a", 0)
    write(store, "a", 0)


def test_the_lock_is_made_anew_when_its_file_is_deleted(store) -> None:
    write(store, "a", 0)
    lock_file(store).unlink()
    write(store, "a", 1)
    assert lock_file(store).read_bytes() == b""


@pytest.mark.parametrize("without", ["a lock that can be had", "locks"])
def test_one_writes_without_a_lock_where_there_is_none(store, monkeypatch, without) -> None:
    lock_file(store).unlink(missing_ok=True)
    if without == "locks":
        monkeypatch.setattr(api.store.next_writer, "fcntl", None)
    else:
        lock_file(store).mkdir()
    write(store, "a", 0)
    assert not lock_file(store).is_file()
