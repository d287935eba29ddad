"""Places of a document as JSON pointers (RFC 6901): what is there, and a changed copy."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    Json = dict[str, Any]


def pointer(*steps: str | int) -> str:
    """``/services/0/volume`` of its steps."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def steps_of(place: str) -> list[str]:
    """Steps of a pointer, none of the whole document's."""
    return [step.replace("~1", "/").replace("~0", "~") for step in place.split("/")[1:]]


def found(document: object, place: str) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """What stands at a place, or None where nothing does."""
    for step in steps_of(place):
        if isinstance(document, dict) and step in document:
            document = document[step]
        elif isinstance(document, list) and step.isdigit() and int(step) < len(document):
            document = document[int(step)]
        else:
            return None
    return document


def changed(document: Json, place: str, value: object) -> Json:
    """Copy a document with a value at a place; None takes the field away.

    Mappings on the way that are not there yet are made; an item of a list must be there.

    Raises
    ------
    TypeError
        The way leads through something that is no mapping and no list.
    """
    made = copy.deepcopy(document)
    *way, last = steps_of(place)
    inside: Any = made
    for step in way:
        if isinstance(inside, list):
            inside = inside[int(step)]
            continue
        if not isinstance(inside, dict):
            raise TypeError(f"{place} leads through a value")
        if inside.get(step) is None:
            inside[step] = {}
        inside = inside[step]
    if isinstance(inside, list):
        if value is None:
            del inside[int(last)]
        else:
            inside[int(last)] = value
    elif not isinstance(inside, dict):
        raise TypeError(f"{place} leads through a value")
    elif value is None:
        inside.pop(last, None)
    else:
        inside[last] = value
    return made


def is_within(place: str, outer: str) -> bool:
    """Whether a place is another one, or lies in it."""
    return place == outer or place.startswith(f"{outer}/")


def nearest(place: str, known: Iterable[str]) -> str | None:
    """The innermost of the known places that hold a place, or None."""
    holding = [one for one in known if is_within(place, one)]
    return max(holding, key=len, default=None)
