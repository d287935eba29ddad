"""What changed: fields of the engagements that differ, read where they are compared."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Json = Mapping[str, Any]

MOST_INPUTS = 200
_OF_A_LIST = re.compile(r"/(services|sites)/(\d+)/(.+)")


class ChangedInput(Document):
    """A field that a scenario changes: its value in the base and in each scenario, as text.

    A value is null where the field is not there; `scenarios` holds those in which it differs.
    """

    pointer: str
    label: str
    base: str | None
    scenarios: dict[str, str | None]


def changed_inputs(base: Json, scenarios: Mapping[str, Json]) -> tuple[ChangedInput, ...]:
    """List the fields in which engagements differ from their base, in the base's order.

    Parameters
    ----------
    base : mapping
        A resolved engagement as plain data.
    scenarios : mapping
        Resolved engagements by the id of their scenario.
    """
    of_base = dict(_leaves(base, ""))
    of_scenarios = {name: dict(_leaves(one, "")) for name, one in scenarios.items()}
    pointers = dict.fromkeys((*of_base, *(p for one in of_scenarios.values() for p in one)))
    rows = []
    for pointer in pointers:
        before = of_base.get(pointer)
        moved = {
            name: one.get(pointer)
            for name, one in of_scenarios.items()
            if one.get(pointer) != before
        }
        if moved:
            label = pointer_label(pointer, base)
            rows.append(ChangedInput(pointer=pointer, label=label, base=before, scenarios=moved))
    return tuple(rows)


def _leaves(value: object, pointer: str) -> Iterator[tuple[str, str]]:
    """Fields with their values as text; a list of plain values is one field."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            step = str(key).replace("~", "~0").replace("/", "~1")
            yield from _leaves(item, f"{pointer}/{step}")
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{pointer}/{index}")
    elif value is not None:
        yield pointer, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def pointer_label(pointer: str, base: Json) -> str:
    """``claims: volume, scale`` for ``/services/0/volume/scale``."""
    found = _OF_A_LIST.fullmatch(pointer)
    owner, rest = "", pointer[1:]
    if found is not None:
        items, index = base[found[1]], int(found[2])
        name = items[index]["name"] if index < len(items) else f"{found[1]} {index + 1}"
        owner, rest = f"{name}: ", found[3]
    steps = [step.replace("~1", "/").replace("~0", "~") for step in rest.split("/")]
    if len(steps) > 1 and steps[-1] == "value":
        steps = steps[:-1]
    words = [f"item {int(step) + 1}" if step.isdigit() else step for step in steps]
    return owner + ", ".join(words).replace("_", " ")
