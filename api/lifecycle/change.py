"""A change of a quote as a request asks for it: who, on which version, and once only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends
from fastapi.responses import JSONResponse

from api.deps import OriginDep  # noqa: TC001 (FastAPI reads the annotations)
from api.idempotency import Idempotency, IdempotencyDep  # noqa: TC001
from api.lifecycle import answers
from api.lifecycle.transitions import Move
from api.preconditions import SeenDep  # noqa: TC001

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from api.lifecycle.answers import QuoteStatus
    from api.store.events import Origin
    from api.store.lifecycles import Lifecycle


@dataclass(frozen=True)
class Change:
    """Who asks for a change, which versions they have seen, and the key that makes it one."""

    retry: Idempotency
    by: Origin
    seen: frozenset[int] | None

    def move(self, note: str | None = None) -> Move:
        """Make the change now."""
        return Move(self.by, datetime.now(UTC), self.seen, note)

    def writing(self) -> AbstractContextManager[Session]:
        """Open the one transaction of the change."""
        return self.retry.writing()

    def for_vendor(self, session: Session, life: Lifecycle) -> JSONResponse:
        """Answer, and keep the answer, with all of where the quote stands."""
        return self.retry.complete(session, _answer(answers.lifecycle(life)))

    def for_client(self, session: Session, life: Lifecycle) -> JSONResponse:
        """Answer, and keep the answer, with what the client may see of where it stands."""
        return self.retry.complete(session, _answer(answers.status(life)))


async def get_change(retry: IdempotencyDep, by: OriginDep, seen: SeenDep) -> Change:
    """Read a change off a request; one that was made before is answered before all else."""
    return Change(retry, by, seen)


def _answer(body: QuoteStatus) -> JSONResponse:
    return JSONResponse(body.model_dump(mode="json"), headers={"ETag": body.etag})


ChangeDep = Annotated[Change, Depends(get_change)]
