"""What a kind of work is: from what was asked to what is stored and answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from api.store.events import Origin
from staffing.errors import CrewquoteError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from starlette.responses import Response

    from api.pricer import Pricer
    from api.store.database import Database
    from staffing.optimize.solver import SolveLog

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Order:
    """What was asked, whole: a job can be done from it by another process, after a restart.

    Parameters
    ----------
    path : str
        Address it was sent to.
    body : JSON
        As it was sent.
    wanted : str
        Media type of the answer.
    by : Origin
        Who asked, as events name it.
    target : str, optional
        Id of the quote, or the scenario, it is about.
    seen : tuple of int, optional
        Versions of that quote which the caller will change; none: whatever version there is.
    """

    path: str
    body: Any
    wanted: str
    by: Origin
    target: str | None = None
    seen: tuple[int, ...] | None = None

    def to_json(self) -> str:
        """Write it for the store."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Order:
        """Read it from the store."""
        data = json.loads(text)
        seen = None if data.get("seen") is None else tuple(data["seen"])
        return cls(**{**data, "by": Origin(**data["by"]), "seen": seen})


class StoppedError(CrewquoteError):
    """Work that nobody waits for any more ends before its next step."""


@dataclass(frozen=True)
class Bench:
    """What work is done with."""

    store: Database
    pricer: Pricer
    progress: Progress
    log: SolveLog


# Stores what came of the work, in the transaction of the job's end, and answers.
Done = Callable[["Session"], "Response"]


@dataclass(frozen=True)
class Kind:
    """A kind of work.

    Parameters
    ----------
    do : callable
        Does the work; nothing is stored yet.
    stages : callable, optional
        About how many steps it will tell of.
    """

    do: Callable[[Order, Bench], Done]
    stages: Callable[[Order], int] | None = None
