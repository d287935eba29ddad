"""How transactions are told apart, and how long one waits for another."""

from __future__ import annotations

WRITING = "crewquote_writing"  # execution option of a connection whose transactions write
LOOKING = "crewquote_looking"  # of one for a single statement, which is a transaction of its own
MIGRATING = "crewquote_migrating"  # of one that changes the schema
LOCK_TIMEOUT_S = 30  # for the other writer
POOL_TIMEOUT_S = 10  # for a connection
