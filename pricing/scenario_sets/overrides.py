"""What a scenario changes: operations on fields of its base, named by JSON pointers.

A subset of JSON Patch (RFC 6902: add, replace, remove), in order, each pointer as RFC 6901 has it.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from pricing.engagement import Engagement
from pricing.reading import canonical_json, content_hash, read_document
from staffing.errors import BadInputError, FieldIssue, shorten
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    Json = dict[str, Any]

MOST_OVERRIDES = 50
MOST_CHARACTERS = 100_000  # of one scenario, written as JSON
POINTER_PATTERN = r"^(/([^/~]|~[01])*)+$"
# A scenario is of the same client, in the same currency, or nothing could be compared.
FIXED = ("/schema_version", "/client", "/currency")
_INDEX = re.compile(r"0|[1-9]\d{0,5}")
_END = "-"
_MOST_NAMES = 30


class Override(Document):
    """One change of the base: put a value at a place (add, replace), or take it away (remove)."""

    op: Literal["replace", "add", "remove"]
    path: str = Field(
        pattern=POINTER_PATTERN,
        max_length=500,
        description="JSON pointer (RFC 6901) into the base's engagement.",
        examples=["/services/0/volume/scale"],
    )
    value: JsonValue = Field(None, description="Of add and replace.", examples=[1.2])

    @model_validator(mode="after")
    def _value_where_there_is_one(self) -> Self:
        if ("value" in self.model_fields_set) == (self.op == "remove"):
            word = "takes no value" if self.op == "remove" else "needs a value"
            raise PydanticCustomError("override", "{op} {word}", {"op": self.op, "word": word})
        return self


Overrides = Annotated[tuple[Override, ...], Field(max_length=MOST_OVERRIDES)]


def plain(overrides: Sequence[Override]) -> list[Json]:
    """Write overrides as plain JSON data."""
    return [one.model_dump(mode="json", exclude_unset=True) for one in overrides]


def overrides_hash(overrides: Sequence[Override]) -> str:
    """SHA-256 of what a scenario changes; the order counts."""
    return content_hash(plain(overrides))


def changed(base: Json, overrides: Sequence[Override]) -> Json:
    """Return the base's engagement with the overrides applied; nothing is validated yet.

    Parameters
    ----------
    base : mapping
        A resolved engagement as plain JSON data; it stays as it is.

    Raises
    ------
    BadInputError
        Naming each override whose place is not there, and what is.
    """
    if len(canonical_json(plain(overrides))) > MOST_CHARACTERS:
        limit = f"at most {MOST_CHARACTERS:,} characters of JSON in all"
        raise BadInputError.at("overrides", "more", limit)
    document = copy.deepcopy(base)
    issues = []
    for index, override in enumerate(overrides):
        try:
            _apply(document, override)
        except _PlaceError as error:
            issues.append(FieldIssue(f"overrides[{index}].path", override.path, str(error)))
    if issues:
        raise BadInputError(*issues)
    return document


def scenario_engagement(base: Json, overrides: Sequence[Override]) -> Engagement:
    """Return the engagement of a scenario.

    Raises
    ------
    BadInputError
        A place is not in the base, or what comes of the changes is no engagement: each issue names
        the override that caused it, or the field where no single one did.
    """
    document = changed(base, overrides)
    try:
        return read_document(Engagement, document)
    except BadInputError as error:
        issues = [_of_override(issue, overrides) for issue in error.issues]
        raise BadInputError(*issues) from None


class _PlaceError(Exception):
    """A pointer leads nowhere; the message says what would do."""


def _apply(document: Json, override: Override) -> None:
    if any(override.path == one or override.path.startswith(f"{one}/") for one in FIXED):
        raise _PlaceError(
            f"should be another field: a scenario keeps {', '.join(FIXED)} of its base"
        )
    *way, last = _steps(override.path)
    parent: Any = document
    for depth, step in enumerate(way):
        parent = _child(parent, step, _pointer(way[:depth]))
    where = _pointer(way)
    if isinstance(parent, dict):
        _put_field(parent, last, where, override)
    elif isinstance(parent, list):
        _put_item(parent, last, where, override)
    else:
        raise _PlaceError(_no_place(parent, last, where))
    if last == "value" and isinstance(parent, dict) and override.op != "remove":
        _forget_source(parent)


def _put_field(parent: Json, name: str, where: str, override: Override) -> None:
    if override.op != "add" and name not in parent:
        hint = "; add puts a new one there" if override.op == "replace" else ""
        raise _PlaceError(_no_place(parent, name, where) + hint)
    if override.op == "remove":
        del parent[name]
    else:
        parent[name] = copy.deepcopy(override.value)


def _put_item(parent: list[Any], step: str, where: str, override: Override) -> None:
    if override.op == "add":
        at = len(parent) if step == _END else _index(parent, step, where, len(parent))
        parent.insert(at, copy.deepcopy(override.value))
        return
    at = _index(parent, step, where, len(parent) - 1)
    if override.op == "remove":
        del parent[at]
    else:
        parent[at] = copy.deepcopy(override.value)


def _forget_source(parameter: Json) -> None:
    """A number that was moved is the scenario's own: the base's source does not vouch for it."""
    for name in ("source", "as_of"):
        if name in parameter:
            parameter[name] = None


def _child(parent: object, step: str, where: str) -> object:
    if isinstance(parent, dict) and step in parent:
        return parent[step]
    if isinstance(parent, list):
        return parent[_index(parent, step, where, len(parent) - 1)]
    raise _PlaceError(_no_place(parent, step, where))


def _index(parent: list[Any], step: str, where: str, last: int) -> int:
    if not _INDEX.fullmatch(step) or int(step) > last:
        raise _PlaceError(_no_place(parent, step, where))
    return int(step)


def _no_place(parent: object, step: str, where: str) -> str:
    """Say what is at a place where a step was not found."""
    at = where or "the engagement"
    if isinstance(parent, dict):
        names = ", ".join(list(parent)[:_MOST_NAMES])
        return f"should lead to a field of the base; {at} has {names}, not {step}"
    if isinstance(parent, list):
        span = f"0 to {len(parent) - 1}" if parent else "none"
        return f"should lead to a field of the base; {at} has items {span}, not {step}"
    found = "null" if parent is None else shorten(parent)
    return f"should lead to a field of the base; {at} is {found} and has no {step}"


def _of_override(issue: FieldIssue, overrides: Sequence[Override]) -> FieldIssue:
    """Lead an issue of the engagement back to the last override at or above its field."""
    place = re.sub(r"\[(\d+)\]", r"/\1", "/" + issue.path.replace(".", "/"))
    for index in reversed(range(len(overrides))):
        path = overrides[index].path
        if place == path or place.startswith(f"{path}/") or path.startswith(f"{place}/"):
            accepted = f"{issue.accepted} (at {place})"
            return FieldIssue(f"overrides[{index}].value", issue.value, accepted)
    return issue


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/")]


def _pointer(steps: Sequence[str]) -> str:
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)
