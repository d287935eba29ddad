"""`crewquote clients` and `crewquote database purge`: what is kept of a client, and how long."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

import typer

from api.cli.database import setting, usable
from api.cli.out_file import check_target, write_whole
from api.client_data import client_data
from api.retention import accepted_before, ended_before
from api.settings import Settings
from api.store import erasure
from api.store.database import Database
from api.store.events import Origin
from staffing.errors import BadInputError, FieldIssue

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

_OPERATOR = Origin("operator", "command line", "system")
_SHOWN = 5


def run_export(name: str, out: Path, database: str | None) -> None:
    """Write all that is kept of a client."""
    check_target(out, out.parent, "--out")
    with usable(), closing(Database(setting(database))) as store, store.reading() as session:
        _check_known(session, name)
        data = client_data(session, name)
    write_whole(out, json.dumps(data, indent=2, ensure_ascii=False) + "\n")
    counts = ", ".join(f"{kind} {len(data[kind]):,}" for kind in ("quotes", "drafts", "users"))
    print(f"{out}: of {name} {counts}")


def run_delete(name: str, database: str | None, *, sure: bool) -> None:
    """Erase a client, having asked."""
    with usable(), closing(Database(setting(database))) as store:
        with store.reading() as session:
            _check_known(session, name)
        if not sure:
            typer.confirm(f"Erase the quotes and users of {name} for good?", abort=True)
        before = accepted_before(Settings(), datetime.now(UTC))
        with store.writing() as session:
            gone = erasure.erase_client(session, name, _OPERATOR, before)
    kept = f"; kept as contracts or their origin {gone.kept:,}" if gone.kept else ""
    print(f"erased of {name}: quotes {gone.quotes:,}, users {gone.users:,}{kept}")


def run_purge(database: str | None, *, dry_run: bool) -> None:
    """Erase what was kept long enough."""
    settings, now = Settings(), datetime.now(UTC)
    limits = (accepted_before(settings, now), ended_before(settings, now))
    with usable(), closing(Database(setting(database))) as store:
        if dry_run:
            with store.reading() as session:
                print(f"would erase quotes: {len(erasure.outlived(session, *limits)):,}")
            return
        with store.writing() as session:
            gone = erasure.purge(session, erasure.outlived(session, *limits), _OPERATOR)
    print(f"erased quotes: {gone:,}")


def _check_known(session: Session, name: str) -> None:
    known = erasure.clients(session)
    if name not in known:
        near = get_close_matches(name, known, 1)
        there = ", ".join(known[:_SHOWN]) + (" and more" if len(known) > _SHOWN else "")
        accepted = f"did you mean {near[0]}?" if near else f"a client: {there or 'there is none'}"
        raise BadInputError(FieldIssue("NAME", name, accepted))
