"""Explain a number of a quote: what it is, its formula, and its inputs, each unfolded again."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pricing.explain.catalogue import REGISTRY
from pricing.explain.documents import Contents, Entry, Explanation, InputGroup, Origin
from pricing.explain.field import KINDS, Field
from pricing.explain.formula import evaluate
from pricing.explain.paths import is_money, is_number, numbers, resolve, written
from pricing.explain.place import MissingInputError, Place, found_paths, number_of
from staffing.errors import BadInputError, shorten

if TYPE_CHECKING:
    from pricing.explain.field import Input
    from pricing.explain.paths import Steps
    from pricing.explain.place import Found

MOST_DEPTH = 6
_DIGITS = Decimal("1e-20")  # what is not rounded is kept to 28 digits, whatever the order of steps
_NAMES = ("name", "path", "service", "site", "unit", "method")
_NO_FIELD = "a number that this version explains"


def explain(document: dict[str, Any], path: str, depth: int = 1) -> Explanation | Contents:
    """Unfold a number of a quote; of a part of it, list what can be unfolded.

    Parameters
    ----------
    document : dict
        A quote as JSON.
    path : str
        See `pricing.explain.paths.resolve`; empty for the whole quote.
    depth : int
        How many generations of inputs are shown, 0 or more.

    Raises
    ------
    BadInputError
        When the path names nothing, or the quote lacks what its formula rests on.
    """
    if not path:
        return contents(document, ())
    steps, value = resolve(document, path)
    if isinstance(value, dict | list) and not is_number(value):
        return contents(document, steps)
    if not is_number(value):
        found = "nothing" if value is None else f"no number but {shorten(value)}"
        raise BadInputError.at("path", path, f"a number; {written(steps)} is {found}")
    try:
        return _unfolded(document, steps, depth)
    except MissingInputError as error:
        remedy = "a number of a quote of this version; price its engagement again"
        raise BadInputError.at("path", f"{path}: {error}", remedy) from None


def field_at(document: dict[str, Any], steps: Steps) -> tuple[Field, Place] | None:
    """How a number is explained, and where it stands; none where nothing is registered."""
    found = REGISTRY.find(steps)
    if found is None:
        return None
    entry, taken = found
    place = Place(document, steps, taken)
    return (entry if isinstance(entry, Field) else entry(place)), place


def contents(document: dict[str, Any], steps: Steps) -> Contents:
    """List what can be explained one step beneath a part of a quote."""
    part: Any = document
    for step in steps:
        part = part[step]
    keys = list(part) if isinstance(part, dict) else range(len(part))
    entries = [_entry(document, (*steps, key), part[key]) for key in keys]
    return Contents(path=written(steps), entries=tuple(entry for entry in entries if entry.numbers))


def _entry(document: dict[str, Any], steps: Steps, value: Any) -> Entry:  # noqa: ANN401 (JSON)
    explained = sum(1 for found, _ in numbers(value, steps) if REGISTRY.find(found))
    field = field_at(document, steps) if is_number(value) else None
    return Entry(
        path=written(steps),
        value=_text(value) if field is not None else None,
        meaning=None if field is None else field[0].meaning,
        numbers=explained,
    )


def _unfolded(document: dict[str, Any], steps: Steps, depth: int) -> Explanation:
    found = field_at(document, steps)
    if found is None:
        raise BadInputError.at("path", written(steps), _NO_FIELD)
    field, place = found
    value = place.at(steps)
    inputs = {name: _located(place, wanted) for name, wanted in field.inputs.items()}
    computation = _computation(field, place, inputs) if field.formula else {}
    return Explanation(
        path=written(steps),
        label=_label(place),
        value=_text(value),
        unit=value["currency"] if is_money(value) else None,
        meaning=field.meaning,
        kind=field.kind,
        kind_meaning=KINDS[field.kind],
        page=field.page,
        has_inputs=bool(inputs),
        inputs=tuple(_group(document, name, at, depth) for name, at in inputs.items())
        if depth > 0
        else (),
        origin=_origin(place),
        facts={name: _fact(place, template) for name, template in field.facts.items()},
        **computation,
    )


def _located(place: Place, wanted: Input) -> Found:
    if callable(wanted):
        wanted = wanted(place)
    if isinstance(wanted, str):
        return place.find(wanted)
    return [_located(place, item) for item in wanted]


def _group(document: dict[str, Any], name: str, found: Found, depth: int) -> InputGroup:
    paths = list(found_paths(found))
    return InputGroup(
        name=name,
        total=len(paths),
        numbers=tuple(_unfolded(document, steps, depth - 1) for steps in paths),
    )


def _computation(field: Field, place: Place, inputs: dict[str, Found]) -> dict[str, Any]:
    """Evaluate the formula on the inputs, round, and compare with the number shown."""
    values = {name: place.value(found) for name, found in inputs.items()}
    result = evaluate(field.formula, values, place.currency())
    off = evaluate(field.within, values, place.currency()) if field.within else None
    shown = number_of(place.at(place.steps))
    return {
        "formula": field.formula,
        "result": _plain(result),
        "rounding": field.rounding.words(place),
        "off_by_at_most": None if off is None else _plain(off),
        "agrees": abs(result - shown) <= off
        if off is not None
        else abs(field.rounding.apply(result, place) - shown) <= _DIGITS * abs(shown),
    }


def _origin(place: Place) -> Origin | None:
    """Source of an assumption."""
    if place.steps[0] != "assumptions":
        return None
    item = place.around
    return Origin(
        parameter=item["path"],
        source=item["source"],
        as_of=item["as_of"],
        quality=item["quality"],
    )


def _fact(place: Place, template: str) -> str:
    found = place.find(template)
    return ", ".join(_text(place.at(steps)) for steps in found_paths(found))


def _label(place: Place) -> str:
    """Names the object around the number carries, e.g. line, team and year."""
    if not any(isinstance(step, int) for step in place.steps):
        return ""
    around = place.around
    names = ("name", "team") if "team" in around else _NAMES
    named = [around[name] for name in names if isinstance(around.get(name), str) and around[name]]
    year = around.get("year")
    return ", ".join([*named, *([f"year {year}"] if isinstance(year, int) else [])])


def _text(value: Any) -> str:  # noqa: ANN401 (JSON)
    return str(value["amount"] if is_money(value) else value)


def _plain(number: Decimal) -> str:
    return f"{number:f}"
