"""Errors of the science, one tree.

    CrewquoteError
    ├── BadInputError        the document asks for something that cannot be read or meant
    ├── InfeasibleError      understood, but no plan can meet it
    ├── SolverStoppedError   a limit ended the search before any plan was found
    └── PlanCheckError       our own plan failed its independent check: a defect, never the user's

The ways in map these to exit codes and HTTP statuses; nothing here knows either.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = [
    "BadInputError",
    "CrewquoteError",
    "FieldIssue",
    "InfeasibleError",
    "PlanCheckError",
    "Shortage",
    "SolverStoppedError",
    "Violation",
    "field_path",
    "shorten",
    "together",
]


class CrewquoteError(Exception):
    """Root of everything the science raises on purpose."""


@dataclass(frozen=True)
class FieldIssue:
    """One thing wrong with one field.

    Parameters
    ----------
    path : str
        Where, e.g. ``services[0].turnaround_h``.
    value : str
        What was found there, shortened for display.
    accepted : str
        What is accepted instead, or the remedy.
    """

    path: str
    value: str
    accepted: str

    def __str__(self) -> str:
        found = f" (found {self.value})" if self.value else ""
        return f"{self.path}: {self.accepted}{found}"


class BadInputError(CrewquoteError):
    """The input cannot be priced as written; every issue names its field and remedy."""

    def __init__(self, *issues: FieldIssue) -> None:
        self.issues = issues
        super().__init__("\n".join(str(issue) for issue in issues))

    @classmethod
    def at(cls, path: str, value: object, accepted: str) -> BadInputError:
        """Build the common case of a single issue."""
        return cls(FieldIssue(path, shorten(value), accepted))


@dataclass(frozen=True)
class Shortage:
    """Where a plan falls short: interval label and missing heads."""

    where: str
    heads: float


class InfeasibleError(CrewquoteError):
    """No plan meets the named rule.

    Parameters
    ----------
    rule : str
        Constraint name as used in the code and in ``docs/models``.
    detail : str
        What cannot be met and what would relax it.
    shortages : tuple of Shortage
        Which intervals are short, by how many heads.
    """

    def __init__(self, rule: str, detail: str, shortages: tuple[Shortage, ...] = ()) -> None:
        self.rule = rule
        self.detail = detail
        self.shortages = shortages
        super().__init__(f"{rule}: {detail}")


class SolverStoppedError(CrewquoteError):
    """The solver hit a limit before it found any plan."""


@dataclass(frozen=True)
class Violation:
    """One broken rule of a plan.

    Parameters
    ----------
    rule : str
        Constraint name as used in the code and in ``docs/models``.
    where : str
        Team or site, and interval or week.
    detail : str
        What was found, and what the rule wants.
    """

    rule: str
    where: str
    detail: str

    def __str__(self) -> str:
        return f"{self.rule} at {self.where}: {self.detail}"


class PlanCheckError(CrewquoteError):
    """A plan of ours broke a rule; nothing is priced on it."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        self.violations = violations
        listed = "\n".join(str(violation) for violation in violations[:10])
        super().__init__(f"the staffing plan broke {len(violations)} rule(s):\n{listed}")


def together[T](tasks: Iterable[Callable[[], T]]) -> list[T]:
    """Run every task; raise the bad input of all of them as one error."""
    results: list[T] = []
    issues: list[FieldIssue] = []
    for task in tasks:
        try:
            results.append(task())
        except BadInputError as error:
            issues += error.issues
    if issues:
        raise BadInputError(*dict.fromkeys(issues))
    return results


_PLAIN_STEP = re.compile(r'[^.\[\]"]+')


def field_path(path: str, step: int | str) -> str:
    """Go one step down in a document: ``sites[0]``, ``sites[0].wages``, ``wages["day.shift"]``."""
    if isinstance(step, int):
        return f"{path}[{step}]"
    if not _PLAIN_STEP.fullmatch(step):
        return f"{path}[{json.dumps(step, ensure_ascii=False)}]"
    return f"{path}.{step}" if path else step


def shorten(value: object, limit: int = 60) -> str:
    """Write a value as its author did, cut to `limit` characters, for an error message."""
    text = "nothing" if value is None else repr(value)
    if isinstance(value, bool):
        text = text.lower()
    return text if len(text) <= limit else text[: limit - 1] + "…"
