"""A store that is full, busy or gone answers 503, loses nothing, and works again by itself."""

import threading
from contextlib import closing

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.problems import PROBLEM_TYPE
from api.settings import Settings
from api.store.database import Database
from api.store.migrate import revisions
from api.store.tables import QuoteRow
from tests.builders.rows import quote_row

ADDRESSES = ("/v1/quotes", "/readyz")


@pytest.fixture
def http(database_url):
    app = create_app(Settings(database=database_url))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client


def refused(answer, code, said):
    """Whether it is this problem, with words that give nothing away."""
    assert answer.headers["content-type"] == PROBLEM_TYPE
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (503, code)
    assert said in problem["detail"]
    for word in ("crewquote@", "/tmp", "socket", "server at", "SELECT"):
        assert word not in answer.text


def test_a_server_is_live_and_ready(http) -> None:
    assert http.get("/healthz").json() == {"status": "ok"}
    ready = http.get("/readyz").json()
    assert (ready["status"], ready["schema_revision"]) == ("ready", revisions()[-1])


def test_a_database_of_another_schema_is_not_ready_though_live(http) -> None:
    store = http.app.state.store
    with store.writing() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    refused(http.get("/readyz"), "not-ready", "the database is at schema 0001, this version needs")
    assert http.get("/healthz").status_code == 200


def test_a_server_that_stops_or_has_lost_a_worker_is_not_ready_though_live(
    new_database, monkeypatch
) -> None:
    app = create_app(Settings(database=new_database("sqlite")))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as http:
        with monkeypatch.context() as broken:
            broken.setattr(app.state.jobs, "_workers", [threading.Thread()])  # it does not run
            refused(http.get("/readyz"), "not-ready", "a worker of the queue has ended")
        assert http.get("/readyz").status_code == 200
        app.state.jobs.drain()
        refused(http.get("/readyz"), "not-ready", "the server is stopping")
        assert http.get("/healthz").status_code == 200


def test_a_table_that_is_gone_is_said_to_be_and_is_no_defect(http) -> None:
    with http.app.state.store.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE quotes RENAME TO gone")
    answer = http.get("/v1/quotes")
    refused(answer, "store", "quotes")
    refused(http.get(f"/v1/quotes/{'a' * 36}"), "store", "quotes")
    assert answer.headers["retry-after"] == "5"


def test_a_postgresql_server_that_stops_and_starts_again(postgres, new_database) -> None:
    app = create_app(Settings(database=new_database("postgresql")))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as http:
        store = app.state.store
        with store.writing() as session:
            session.add(quote_row("a" * 36))
        for mode in ("immediate", "fast"):
            assert http.get("/readyz").status_code == 200
            postgres.halt(mode)
            try:
                for address in ("/v1/quotes", f"/v1/quotes/{'a' * 36}"):
                    refused(http.get(address), "store", "the database cannot be reached")
                refused(http.get("/readyz"), "not-ready", "the database cannot be reached")
                assert http.get("/healthz").status_code == 200
            finally:
                postgres.start()
            assert http.get("/readyz").status_code == 200
            assert [row["id"] for row in http.get("/v1/quotes").json()["data"]] == ["a" * 36]


def test_a_postgresql_server_that_was_restarted_in_the_meantime_goes_unnoticed(
    postgres, new_database
) -> None:
    with closing(Database(new_database("postgresql"))) as store:
        with store.writing() as session:
            session.add(quote_row("a" * 36))
        postgres.halt("fast")
        postgres.start()
        with store.reading() as session:
            assert session.get(QuoteRow, "a" * 36) is not None


def test_a_connection_that_postgresql_ends_during_a_write_is_undone_and_replaced(
    postgres, new_database
) -> None:
    end = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name='crewquote'"
    )

    def write(store, *, ended):
        with store.writing() as session:
            session.add(quote_row("a" * 36))
            session.flush()
            if ended:
                postgres.execute(end)

    app = create_app(Settings(database=new_database("postgresql")))

    @app.post("/write/{how}")
    def endpoint(how: str) -> None:
        write(app.state.store, ended=how == "ended")

    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as http:
        refused(http.post("/write/ended"), "store", "the database cannot be reached")
        assert http.get("/v1/quotes").json()["data"] == []
        assert http.post("/write/whole").status_code == 200
        assert len(http.get("/v1/quotes").json()["data"]) == 1


def test_a_full_disk_refuses_what_is_written_and_what_is_read_goes_on(new_database) -> None:
    app = create_app(Settings(database=new_database("sqlite")))
    store = app.state.store

    @app.post("/write/{size}")
    def endpoint(size: int) -> None:
        with store.writing() as session:
            connection = session.connection()
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + room['pages']}")
            session.add(quote_row(f"{size:036d}", quote="x" * size))

    room = {"pages": 3}
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as http:
        assert http.post("/write/5").status_code == 200
        refused(http.post("/write/1000000"), "store", "the database is full")
        assert [row["id"] for row in http.get("/v1/quotes").json()["data"]] == [f"{5:036d}"]
        assert http.get("/readyz").status_code == 200
        room["pages"] = 10_000  # somebody makes room
        assert http.post("/write/1000000").status_code == 200
        assert len(http.get("/v1/quotes").json()["data"]) == 2


def test_a_writer_that_gets_no_turn_says_busy_and_leaves_readers_alone(
    http, database_url, monkeypatch
) -> None:
    monkeypatch.setattr("api.store.database.LOCK_TIMEOUT_S", 0.05)

    @http.app.post("/write")
    def endpoint() -> None:
        with http.app.state.store.writing():
            pass

    with http.app.state.store.writing():
        refused(http.post("/write"), "store", "the database is busy")
        assert http.get("/v1/quotes").status_code == 200
    assert http.post("/write").status_code == 200


def test_another_process_that_writes_too_long_is_said_to_be_busy(database_url, monkeypatch) -> None:
    for module in ("sqlite", "postgresql"):
        monkeypatch.setattr(f"api.store.{module}.LOCK_TIMEOUT_S", 0.05)
    monkeypatch.setattr("api.store.postgresql._SESSION", "SET lock_timeout = '50ms'")
    app = create_app(Settings(database=database_url))

    @app.post("/write")
    def endpoint() -> None:
        with app.state.store.writing():
            pass

    with (
        TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as http,
        closing(Database(database_url)) as other,
    ):
        with other.writing():
            refused(http.post("/write"), "store", "the database is busy")
        assert http.post("/write").status_code == 200
