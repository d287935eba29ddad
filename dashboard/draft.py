"""The engagement that is being written: kept by the session, changed field by field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import ApiError, Issue
from dashboard import pointers

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.client import Client

    Json = dict[str, Any]

_DOCUMENT, _EPOCH, _CHECKED, _REVISES = "draft", "draft_epoch", "draft_checked", "draft_revises"
_BAD_INPUT = 422
_INFEASIBLE = "infeasible"


def document() -> Json | None:
    """Return the engagement that is being written, if one was started."""
    found: Json | None = st.session_state.get(_DOCUMENT)
    return found


def start(engagement: Json, revises: str | None = None) -> None:
    """Begin with an engagement; with `revises`, the quote whose next revision it will be."""
    st.session_state[_REVISES] = revises
    take_over(engagement)


def priced(quote_id: str) -> None:
    """What is written was priced: pricing it again makes the next revision of this quote."""
    st.session_state[_REVISES] = quote_id


def take_over(engagement: Json) -> None:
    """Put another engagement in place of the one that is written; fields show what it says."""
    st.session_state[_EPOCH] = epoch() + 1
    st.session_state[_DOCUMENT] = engagement


def put_away() -> None:
    """Forget what was written."""
    for name in (_DOCUMENT, _CHECKED, _REVISES):
        st.session_state.pop(name, None)


def change(place: str, value: object) -> None:
    """Write one field; None takes it away."""
    held = document()
    if held is not None:
        st.session_state[_DOCUMENT] = pointers.changed(held, place, value)


def found(place: str) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """What stands at a place of what is written, or None."""
    return pointers.found(document(), place)


def apply(edit: Callable[[Json], Json]) -> None:
    """Change several fields at once."""
    held = document()
    if held is not None:
        st.session_state[_DOCUMENT] = edit(held)


def epoch() -> int:
    """Counts the engagements that were taken over; fields of each have names of their own."""
    found: int = st.session_state.get(_EPOCH, 0)
    return found


def revises() -> str | None:
    """Id of the quote whose next revision is written, if it is one."""
    found: str | None = st.session_state.get(_REVISES)
    return found


def checked(client: Client) -> tuple[Json | None, list[Issue]]:
    """Have the API check what is written, once for each change.

    Returns
    -------
    (mapping or None, list of Issue)
        The API's answer where it is valid, else what is wrong.

    Raises
    ------
    ApiError
        The API refuses for another reason, or cannot be reached.
    """
    held = document() or {}
    text = json.dumps(held, sort_keys=True)
    kept: tuple[str, Json | None, list[Issue]] | None = st.session_state.get(_CHECKED)
    if kept is None or kept[0] != text:
        kept = (text, *_asked(client, held))
        st.session_state[_CHECKED] = kept
    return kept[1], kept[2]


def _asked(client: Client, held: Json) -> tuple[Json | None, list[Issue]]:
    try:
        return client.validate(held), []
    except ApiError as error:
        if error.status != _BAD_INPUT:
            raise
        if error.code == _INFEASIBLE or not error.issues:
            return None, [Issue("", error.detail)]
        return None, error.issues
