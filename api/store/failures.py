"""Why the store failed while serving, in words that give away no address, file or user."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as WaitedTooLongError

# SQLSTATE classes and codes of PostgreSQL, by what they mean to a caller.
_STATES = {
    "is full": ("53100", "53200"),
    "is busy": ("55P03", "57014", "40001", "40P01", "25P03"),
    "cannot be reached": ("08", "57P", "53300", "28"),
}
_SQLITE = {"is full": "disk is full", "is busy": "is locked"}


def failure(error: Exception) -> str:
    """Say what is wrong with the database.

    Returns
    -------
    str
        That it is full, is busy, cannot be reached, or what it said itself.
    """
    if isinstance(error, WaitedTooLongError):
        return "the database is busy"
    if not isinstance(error, DBAPIError):
        return "the database failed"
    said = str(error.orig)
    if (state := getattr(error.orig, "sqlstate", None)) is not None:
        known = [words for words, codes in _STATES.items() if state.startswith(codes)]
    elif _without_connection(error):
        known = ["cannot be reached"]
    else:
        known = [words for words, sign in _SQLITE.items() if sign in said]
    first_line = (said.splitlines() or ["no reason given"])[0]
    return f"the database {known[0]}" if known else f"the database says: {first_line}"


def _without_connection(error: DBAPIError) -> bool:
    """PostgreSQL gives no state to a connection that was never made, or broke."""
    kind = isinstance(error, OperationalError | InterfaceError)
    return kind and type(error.orig).__module__.partition(".")[0] == "psycopg"
