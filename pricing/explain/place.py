"""Where a number stands in a quote, and how its formula finds its inputs from there.

Inputs are written as templates of paths:

    ``./profit``                        beside the number, in the same object
    ``../bill``                         one object further up
    ``cost.lines[*].amount``            from the root; ``[*]`` and ``.*`` give a list of all
    ``months[12:24]``                   a list of some
    ``teams[service={service}].years``  those items of a list whose fields fit
    ``teams[?service={service}].years`` the one that fits, so no list
    ``@commercial.sga``                 the assumption of that name

``{service}`` stands for the field of the object around the number, ``{0}`` for the first name or
position that a ``*`` of the registered field stands for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from pricing.explain.paths import is_money, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pricing.explain.formula import Value
    from pricing.explain.paths import Steps

type Found = "Steps | list[Found]"

_STEP = re.compile(r"\.?(?:\[(?P<inside>[^\]]*)\]|(?P<name>[^.\[\]]+))")
_FILLED = re.compile(r"\{([^{}]+)\}")


class MissingInputError(LookupError):
    """A quote lacks what the formula of its number rests on."""


def number_of(value: object) -> Decimal:
    """Read a number of a quote's JSON exactly: money, text, or a float by its shortest text."""
    if is_money(value):
        value = value["amount"]  # type: ignore[index]
    return Decimal(value) if isinstance(value, str) else Decimal(repr(value))


def literal(name: str) -> str:
    """Write a name into a template whatever signs it holds."""
    return quote(name, safe=" @").replace(".", "%2E")


@dataclass(frozen=True)
class Place:
    """A number in a quote.

    Parameters
    ----------
    document : dict
        The quote as JSON.
    steps : tuple
        Path of the number.
    taken : tuple
        What each ``*`` of the field's pattern stands for.
    """

    document: dict[str, Any]
    steps: Steps
    taken: tuple[str | int, ...] = ()

    @property
    def around(self) -> dict[str, Any]:
        """The object in which the number stands."""
        return self._around(len(self.steps))

    def _around(self, end: int) -> dict[str, Any]:
        value = self.at(self.steps[: end - 1])
        return value if isinstance(value, dict) else self._around(end - 1)

    def at(self, steps: Steps) -> Any:  # noqa: ANN401 (JSON)
        """Return what stands at a path."""
        value: Any = self.document
        for step in steps:
            value = value[step]
        return value

    def currency(self) -> str:
        """Currency of the quote."""
        return str(self.document["engagement"]["currency"])

    def fill(self, text: str) -> str:
        """Put names and positions into a text."""

        def put(match: re.Match[str]) -> str:
            name = match.group(1)
            return literal(str(self.taken[int(name)] if name.isdigit() else self.around[name]))

        return unquote(_FILLED.sub(put, text))

    def find(self, template: str) -> Found:
        """Paths that a template names here.

        Raises
        ------
        MissingInputError
            When there is no such thing in this quote.
        """
        try:
            if template.startswith("@"):
                return self._assumption(self.fill(template[1:]))
            start, rest = self._start(template)
            return self._follow(self.at(start), start, list(_template_steps(rest)))
        except (KeyError, IndexError, TypeError, StopIteration) as error:
            raise MissingInputError(f"{written(self.steps)} rests on {template}") from error

    def value(self, found: Found) -> Value:
        """Numbers at the paths that were found, as nested as they are."""
        if isinstance(found, list):
            return [self.value(item) for item in found]
        return number_of(self.at(found))

    def _start(self, template: str) -> tuple[Steps, str]:
        if template.startswith("./"):
            return self.steps[:-1], template[2:]
        up = 1
        while template.startswith("../"):
            template, up = template[3:], up + 1
        return (self.steps[:-up] if up > 1 else ()), template

    def _assumption(self, path: str) -> Steps:
        index = next(
            i for i, item in enumerate(self.document["assumptions"]) if item["path"] == path
        )
        return "assumptions", index, "value"

    def _follow(self, value: Any, steps: Steps, rest: list[tuple[str, bool]]) -> Found:  # noqa: ANN401 (JSON)
        if not rest:
            return steps
        (step, bracketed), further = rest[0], rest[1:]

        def down(key: str | int) -> Found:
            return self._follow(value[key], (*steps, key), further)

        if step == "*":
            return [down(key) for key in (value if isinstance(value, dict) else range(len(value)))]
        if not bracketed:
            return down(self.fill(step))
        if "=" in step:
            fits = self._fitting(value, step.removeprefix("?"))
            return down(next(fits)) if step.startswith("?") else [down(index) for index in fits]
        if ":" in step:
            first, last = (int(bound) for bound in step.split(":"))
            return [down(index) for index in range(first, min(last, len(value)))]
        return down(int(self.fill(step)))

    def _fitting(self, items: list[dict[str, Any]], conditions: str) -> Iterator[int]:
        wanted = [condition.split("=", 1) for condition in conditions.split("&")]
        fields = [(name, self.fill(text)) for name, text in wanted]
        for index, item in enumerate(items):
            if all(str(item[name]) == text for name, text in fields):
                yield index


def _template_steps(template: str) -> Iterator[tuple[str, bool]]:
    for match in _STEP.finditer(template):
        inside, name = match.group("inside", "name")
        yield (inside, True) if inside is not None else (name, False)


def found_paths(found: Found) -> Iterator[Steps]:
    """Every path of what was found, in order."""
    if isinstance(found, list):
        for item in found:
            yield from found_paths(item)
    else:
        yield found
