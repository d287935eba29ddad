"""Assumption register: every cost parameter of a quote, with source, date and quality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pricing.parameters import Parameter
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

Quality = Literal["official", "secondary", "stated", "unsourced"]


class Assumption(Document):
    """One value a quote rests on.

    `quality`: ``official`` and ``secondary`` come from the reference tables, ``stated`` names a
    source in the engagement, ``unsourced`` is assumed.
    """

    path: str
    value: str
    unit: str
    source: str | None
    as_of: str | None
    quality: Quality


def stated_assumptions(document: Document) -> tuple[Assumption, ...]:
    """List every parameter of a document in the order of its fields, defaults included."""
    return tuple(
        Assumption(
            path=path,
            value=f"{parameter.value:f}",
            unit=getattr(parameter, "per", ""),
            source=parameter.source,
            as_of=parameter.as_of.isoformat() if parameter.as_of else None,
            quality="unsourced" if parameter.is_assumed else "stated",
        )
        for path, parameter in _parameters(document, "")
    )


def _parameters(value: object, path: str) -> Iterator[tuple[str, Parameter]]:
    if isinstance(value, Parameter):
        yield path, value
    elif isinstance(value, Document):
        for name in type(value).model_fields:
            yield from _parameters(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _parameters(item, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _parameters(item, f"{path}.{key}")
