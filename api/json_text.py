"""Reading JSON strictly: no repeated keys, no numbers of thousands of digits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_DIGITS = 1000


def read_json(text: str | bytes, *, constant: Callable[[str], object] | None = None) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """Read JSON.

    Parameters
    ----------
    text : str or bytes
        One JSON document; bytes are UTF-8, with or without a byte order mark.
    constant : callable, optional
        Called with ``NaN``, ``Infinity`` or ``-Infinity``, which JSON does not know; by default
        they are floats.

    Raises
    ------
    ValueError
        When it is no JSON; `json.JSONDecodeError` where a place can be named.
    RecursionError
        When it nests too deeply.
    """
    return json.loads(
        text, object_pairs_hook=_unique, parse_int=whole_number, parse_constant=constant
    )


def whole_number(digits: str) -> int:
    """Read a decimal integer of bounded length."""
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits, more than {MAX_DIGITS}")
    return int(digits)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a repeated key, of which JSON readers silently keep the last."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} appears twice")
        found[key] = value
    return found
