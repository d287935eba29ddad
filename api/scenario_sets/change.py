"""A change of a set or a scenario as a request asks for it: who, on which version, once only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends

from api.deps import OriginDep  # noqa: TC001 (FastAPI reads the annotations)
from api.errors import SCENARIO_CHANGED, RefusedError
from api.idempotency import Idempotency, IdempotencyDep  # noqa: TC001
from api.identity.caller import Caller, CallerDep  # noqa: TC001
from api.preconditions import SeenDep, etag
from api.store import events, scenarios
from api.store.events import Origin  # noqa: TC001
from api.store.scenarios import Who
from api.store.times import utc_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from api.store.scenario_tables import ScenarioRow, ScenarioSetRow


@dataclass(frozen=True)
class Writer:
    """Who asks for a change, and the key that makes it one."""

    retry: Idempotency
    by: Origin
    caller: Caller

    def who(self) -> Who:
        """Who makes the change, now."""
        return Who(self.caller.id, self.caller.name, datetime.now(UTC))

    def writing(self) -> AbstractContextManager[Session]:
        """Open the one transaction of the change."""
        return self.retry.writing()

    def note(
        self,
        session: Session,
        what: str,
        set_id: str,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> None:
        """Write down what happened to a set: ids, versions and hashes, never names or inputs."""
        events.append(
            session,
            what,
            set_id,
            self.by,
            before=None if before is None else dict(before),
            after=None if after is None else dict(after),
            subject_type=scenarios.SUBJECT,
        )


@dataclass(frozen=True)
class Editor(Writer):
    """A writer who says which version they have seen."""

    seen: frozenset[int] | None = None

    def check(self, row: ScenarioSetRow | ScenarioRow) -> None:
        """Refuse to change what was changed since it was read.

        Raises
        ------
        RefusedError
            Saying who changed it, and when.
        """
        refuse_if_changed(row, self.seen)


def refuse_if_changed(row: ScenarioSetRow | ScenarioRow, seen: frozenset[int] | None) -> None:
    """Refuse to change what was changed since it was read; `seen` is None for any version."""
    if seen is not None and row.version not in seen:
        raise RefusedError(
            SCENARIO_CHANGED,
            f"{row.name} was changed by {row.changed_by} at {utc_text(row.changed_at)}; read it "
            "again, or keep yours as a scenario of its own",
            headers={"ETag": etag(row.version)},
        )


def recorded(row: ScenarioRow) -> dict[str, Any]:
    """What the trail keeps of a scenario."""
    return {"scenario": row.id, "version": row.version, "quote_id": row.quote_id}


async def get_writer(retry: IdempotencyDep, by: OriginDep, caller: CallerDep) -> Writer:
    """Read who writes off a request."""
    return Writer(retry, by, caller)


async def get_editor(
    retry: IdempotencyDep, by: OriginDep, caller: CallerDep, seen: SeenDep
) -> Editor:
    """Read who changes what off a request; one that was made before is answered before all else."""
    return Editor(retry, by, caller, seen)


WriterDep = Annotated[Writer, Depends(get_writer)]
EditorDep = Annotated[Editor, Depends(get_editor)]
