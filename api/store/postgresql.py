"""PostgreSQL: how a database is opened, and why one cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event

from api.store.address import UnusableDatabaseError, shown
from api.store.turns import LOCK_TIMEOUT_S, MIGRATING, POOL_TIMEOUT_S, WRITING

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy import URL, Connection, Engine

_CONNECT = {
    "connect_timeout": 5,
    "application_name": "crewquote",
    # A server that vanished without a word is noticed within a minute.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
_SESSION = f"""
SET TIME ZONE 'UTC';
SET synchronous_commit = on;
SET statement_timeout = '60s';
SET lock_timeout = '{LOCK_TIMEOUT_S}s';
SET idle_in_transaction_session_timeout = '300s';
"""
_WRITER_LOCK = 0x637265777175  # any number, the same in every process: "crewqu" in ASCII
_NO_LIMIT = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
_REMEDIES = (
    ("password", "refuses this user; correct user and password"),
    ("authentication failed", "refuses this user; correct user and password"),
    ("role", "knows no such user; correct the user, or make it with createuser"),
    ("does not exist", "does not exist on that server; make it with createdb"),
    ("permission denied", "may not be changed by this user; make it the owner of the database"),
    ("starting up", "is starting; try again in a moment"),
    ("shutting down", "is stopping; start it again"),
    ("lock timeout", "is being changed by another program; wait for it, and try again"),
    ("too many", "has no connection left; raise max_connections, or lower database_pool_size"),
)
_UNREACHABLE = (
    "Connection refused",
    "timeout expired",
    "timed out",
    "No such file",
    "translate host",
    "resolve host",
    "Name or service not known",
    "No route",
    "unreachable",
    "closed the connection",
)


def postgresql_engine(url: URL, pool_size: int) -> Engine:
    """Open a PostgreSQL database; a connection that went stale is replaced before it is used."""
    engine = create_engine(
        url,
        connect_args=_CONNECT,
        pool_pre_ping=True,
        pool_size=pool_size,
        pool_timeout=POOL_TIMEOUT_S,
    )

    @event.listens_for(engine, "connect")
    def _session(connection: psycopg.Connection, _: object) -> None:
        connection.autocommit = True
        connection.execute(_SESSION.encode())
        connection.autocommit = False

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get(MIGRATING, False):
            connection.exec_driver_sql(_NO_LIMIT)
        if options.get(WRITING, False):  # one writer at a time, in all processes, as on SQLite
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")

    return engine


def check_server(connection: Connection) -> None:
    """Refuse a standby, and a database that cannot hold every letter.

    Raises
    ------
    UnusableDatabaseError
        Naming what would do.
    """
    named = shown(connection.engine.url)
    if connection.exec_driver_sql("SHOW server_encoding").scalar_one() != "UTF8":
        raise UnusableDatabaseError(f"{named} is not in UTF-8; make it with createdb -E UTF8")
    if connection.exec_driver_sql("SHOW transaction_read_only").scalar_one() == "on":
        raise UnusableDatabaseError(f"{named} is read-only; name the primary server")


def postgresql_reason(named: str, said: str) -> str:
    """Why a database cannot be used, from what PostgreSQL said, and what would help."""
    if any(words in said for words in _UNREACHABLE):
        return f"{named} cannot be reached; start PostgreSQL, or correct host and port"
    for words, remedy in _REMEDIES:
        if words in said:
            return f"{named} {remedy}"
    lines = said.strip().splitlines() or ["no reason given"]
    return f"{named} cannot be used ({lines[0]}); name another database"
