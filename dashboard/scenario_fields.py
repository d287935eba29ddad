"""Fields of a base that a scenario may change, and values as people enter them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.number_format import plain_number
from dashboard.wording import MISSING, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Json = Mapping[str, Any]

_FIXED = {"schema_version", "client", "currency", "name"}
_ABOUT = {"source", "as_of", "assumed", "per"}
_NAMED = ("services", "sites")
_VOLUME = "/volume/scale"  # what is asked most
NOT_STATED = "not stated"
_UNITS = {
    "_s": "seconds",
    "_min": "minutes",
    "_h": "hours",
    "_hours": "hours",
    "_per_hour": "for each hour",
    "_days": "days",
    "_weeks": "weeks",
    "_months": "months",
    "_per_week": "a week",
    "_per_year": "a year",
}
_SHARES = ("margin", "share", "attrition", "shrinkage", "premium", "contingency", "sga", "growth")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")


@dataclass(frozen=True)
class Field:
    """A field of the base: where it is, what it is called, what stands there; None: nothing."""

    pointer: str
    label: str
    value: str | float | bool | None


def fields(engagement: Json) -> list[Field]:
    """List the single values of an engagement: volumes first, then the rest of the services."""
    found = [
        one
        for name, part in engagement.items()
        if name not in _FIXED
        for one in _leaves(part, f"/{name}", name if name not in _NAMED else "")
    ]
    return sorted(found, key=_rank)


def _rank(field: Field) -> tuple[bool, bool]:
    return not field.pointer.endswith(_VOLUME), not field.pointer.startswith("/services/")


def _leaves(value: object, pointer: str, label: str) -> Iterator[Field]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key in _ABOUT or (key == "name" and isinstance(item, str)):
                continue
            step = str(key).replace("~", "~0").replace("/", "~1")
            named = label if key == "value" else _joined(label, words(str(key)))
            yield from _leaves(item, f"{pointer}/{step}", named)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, dict):
                name = str(item.get("name") or f"{label} {index + 1}").strip()
                yield from _leaves(item, f"{pointer}/{index}", name)
    elif value is None or isinstance(value, str | int | float):
        yield Field(pointer, label, value)


def _joined(label: str, name: str) -> str:
    return f"{label}, {name}" if label else name


def entered(field: Field, text: str) -> Any:  # noqa: ANN401 (JSON)
    """Read an entry as the field's own kind of value: ``12.5``, ``12,500``, ``18 %``, ``true``.

    Raises
    ------
    ValueError
        It is no number where the field holds one; the message says what would do.
    """
    said = text.strip()
    if isinstance(field.value, bool):
        if said.lower() in {"true", "yes", "false", "no"}:
            return said.lower() in {"true", "yes"}
        raise ValueError("Enter yes or no.")
    percent = said.endswith("%")
    plain = plain_number(said.rstrip("% "))
    is_number = _NUMBER.fullmatch(plain)
    if isinstance(field.value, str) and not _NUMBER.fullmatch(field.value):
        return said
    if field.value is None and not is_number and said:
        return said
    if not is_number:
        raise ValueError("Enter a number, such as 1.2, 25,000 or 18 %.")
    if percent:
        plain = _hundredth(plain)
    return plain if isinstance(field.value, str) else json.loads(plain)


def _hundredth(number: str) -> str:
    """``0.18`` for ``18``: the point moves, nothing is rounded."""
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, _, rest = digits.partition(".")
    whole = whole.rjust(3, "0")
    return f"{sign}{whole[:-2].lstrip('0') or '0'}.{whole[-2:]}{rest}"


def change_words(override: Json, known: Sequence[Field]) -> str:
    """``claims, volume, scale: 1.0 becomes 1.2`` for an override."""
    field = next((one for one in known if one.pointer == override["path"]), None)
    label = field.label if field else str(override["path"])
    if override["op"] == "remove":
        return f"{label}: taken away"
    value = override["value"]
    after = value if isinstance(value, str) else json.dumps(value)
    return f"{label}: {MISSING if field is None else shown(field.value)} becomes {after}"


def unit(field: Field) -> str | None:
    """What a field is counted in, as its name says: ``seconds`` of ``handle_time_s``."""
    name = field.pointer.removesuffix("/value").rpartition("/")[2]
    if name.endswith(_SHARES):
        return "a share: 0.18, or 18 %"
    return next((said for end, said in _UNITS.items() if name.endswith(end)), None)


def shown(value: object) -> str:
    """Write a value as it stands in the engagement."""
    if value is None:
        return NOT_STATED
    return value if isinstance(value, str) else json.dumps(value)
