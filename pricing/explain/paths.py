"""Paths into a quote's JSON: read, written, resolved, and what lies near a wrong one.

Three ways to name the same number are read: the path a refusal would use
(``offers.input_based.prices[0].price``), a JSON pointer (``/offers/input_based/prices/0/price``),
and names instead of positions (``prices[claims]``, or ``prices[claims, Manila, paid hour]`` where
one name is not enough).
"""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from staffing.errors import BadInputError, field_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    Steps = tuple[str | int, ...]

_STEP = re.compile(
    r'\.?(?:\["(?P<key>(?:[^"\\]|\\.)*)"\]|\[(?P<inside>[^\]]*)\]|(?P<name>[^.\[\]]+))'
)
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")
_MOST_NEAR = 6
_MOST_CHILDREN = 12


def is_money(value: object) -> bool:
    """Whether this is an amount with its currency."""
    return isinstance(value, dict) and set(value) == {"amount", "currency"}


def is_number(value: object) -> bool:
    """Whether a value is a number on its own: money, number, or the text of one."""
    if isinstance(value, bool):
        return False
    if isinstance(value, str):
        return _NUMBER.fullmatch(value) is not None
    return isinstance(value, int | float) or is_money(value)


def written(steps: Steps) -> str:
    """Write a path, ``offers.input_based.prices[0].price``."""
    path = ""
    for step in steps:
        path = field_path(path, step)
    return path


def numbers(value: Any, steps: Steps = ()) -> Iterator[tuple[Steps, Any]]:  # noqa: ANN401 (JSON)
    """Every number of a document with its path, in order; texts of numbers included."""
    if is_number(value):
        yield steps, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from numbers(item, (*steps, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from numbers(item, (*steps, index))


def resolve(document: dict[str, Any], text: str) -> tuple[Steps, Any]:
    """Find what a path names.

    Parameters
    ----------
    document : dict
        A quote as JSON.
    text : str
        Path, path with names, or JSON pointer; ``.amount`` of money means the money.

    Returns
    -------
    tuple
        Steps from the root, and the value there.

    Raises
    ------
    BadInputError
        Nothing is there, or a name fits several; what lies near is listed.
    """
    value: Any = document
    steps: Steps = ()
    for step in _parsed(text):
        if is_money(value) and step == "amount":
            continue
        key = _taken(value, step, steps, document, text)
        value = value[key]
        steps = (*steps, key)
    return steps, value


def _parsed(text: str) -> list[str]:
    if text.startswith("/"):
        return [step.replace("~1", "/").replace("~0", "~") for step in text[1:].split("/")]
    found: list[str] = []
    position = 0
    while position < len(text):
        match = _STEP.match(text, position)
        if match is None or match.end() == position:
            raise BadInputError.at("path", text, "steps like offers.input_based.prices[0].price")
        key, inside, name = match.group("key", "inside", "name")
        found.append(_unquoted(key, text) if key is not None else inside or name or "")
        position = match.end()
    return found


def _unquoted(key: str, text: str) -> str:
    try:
        return str(json.loads(f'"{key}"'))
    except ValueError:
        raise _wrong(text, 'names in quotes as JSON writes them, e.g. ["a b"]') from None


def _taken(value: Any, step: str, steps: Steps, document: dict[str, Any], text: str) -> str | int:  # noqa: ANN401 (JSON)
    """Key or position a step names."""
    if isinstance(value, dict) and not is_money(value) and step in value:
        return step
    if isinstance(value, list):
        if step.isdecimal() and int(step) < len(value):
            return int(step)
        fits = _named(value, step)
        if len(fits) == 1:
            return fits[0]
        if fits:
            options = [f"{written((*steps, i))} ({_title(value[i])})" for i in fits]
            raise _wrong(text, f"one of several: {_listed(options)}")
    raise _wrong(text, _near(value, step, steps, document, text))


def _named(items: list[Any], wanted: str) -> list[int]:
    """Positions of the items that carry every one of these names."""
    names = [name.strip() for name in wanted.split(",")]
    return [
        index
        for index, item in enumerate(items)
        if isinstance(item, dict) and all(name in _labels(item) for name in names)
    ]


def _labels(item: dict[str, Any]) -> set[str]:
    labels = {text for text in item.values() if isinstance(text, str)}
    if {"service", "site"} <= item.keys():
        labels.add(f"{item['service']} @ {item['site']}")
    if isinstance(item.get("year"), int):
        labels.add(f"year {item['year']}")
    return labels


def _title(item: object) -> str:
    if not isinstance(item, dict):
        return str(item)
    return ", ".join(text for text in item.values() if isinstance(text, str))


def _wrong(text: str, accepted: str) -> BadInputError:
    return BadInputError.at("path", text, accepted)


def _near(value: Any, step: str, steps: Steps, document: dict[str, Any], text: str) -> str:  # noqa: ANN401 (JSON)
    """What there is where the path left the document, and paths that look like it."""
    here = written(steps) or "a quote"
    if isinstance(value, dict) and not is_money(value):
        there = f"{here} has {_listed(list(value))}"
        close = [written((*steps, key)) for key in get_close_matches(step, list(value), 2, 0.6)]
    elif isinstance(value, list):
        names = [str(index) for index in range(len(value))]
        there = f"{here} has {_listed(names)}" if names else f"{here} is empty"
        close = []
    else:
        there = f"{here} is a number with nothing beneath it"
        close = [here]
    near = list(dict.fromkeys([*close, *similar(document, text)]))[:_MOST_NEAR]
    return there + (f"; near: {', '.join(near)}" if near else "")


def similar(document: dict[str, Any], text: str) -> list[str]:
    """Paths of numbers that end in the same word, or are written alike; one of a kind."""
    of_a_kind: dict[Steps, Steps] = {}
    for steps, _ in numbers(document):
        of_a_kind.setdefault(tuple("" if isinstance(s, int) else s for s in steps), steps)
    paths = [written(steps) for steps in of_a_kind.values()]
    by_name: dict[str, list[str]] = {}
    for path in paths:
        by_name.setdefault(path.rsplit(".", 1)[-1].split("[")[0], []).append(path)
    last = _last_word(text)
    names = [last] if last in by_name else get_close_matches(last, list(by_name), 2, 0.7)
    same_end = [path for name in names for path in by_name[name]]
    return [*same_end, *get_close_matches(text, paths, _MOST_NEAR, 0.6)]


def _last_word(text: str) -> str:
    try:
        return _parsed(text)[-1]
    except (BadInputError, IndexError):
        return text


def _listed(names: list[str]) -> str:
    if len(names) <= _MOST_CHILDREN:
        return ", ".join(names)
    return f"{', '.join(names[: _MOST_CHILDREN - 1])}, … {names[-1]}"
