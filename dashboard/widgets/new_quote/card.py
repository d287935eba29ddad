"""Headings of the cards of a form."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import draft
from dashboard.pointers import pointer, steps_of
from dashboard.service_kinds import with_copy
from dashboard.wording import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.widgets.new_quote.form import Form

    Json = dict[str, Any]


def titled(
    name: object, kind: str, index: int, *, remove: Callable[[int], None] | None = None
) -> None:
    """Name a card, and let it be removed where `remove` is given."""
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.subheader(plain(str(name or f"{kind} {index + 1}")), anchor=False)
        if remove is not None:
            st.button(
                f"Remove this {kind.lower()}",
                type="tertiary",
                icon=":material/delete:",
                on_click=remove,
                args=(index,),
                key=f"remove {kind} {index} {draft.epoch()}",
            )


def listed(
    form: Form,
    place: str,
    kind: str,
    template: Json,
    show: Callable[[Form, str], None],
    *,
    least: int = 0,
) -> None:
    """Show the items of a list below each other, with what adds and removes one.

    Parameters
    ----------
    place : str
        Of the list.
    kind : str
        What an item is called.
    template : dict
        The first item; a further one is like the last.
    show : callable
        Shows the fields of the item at a place.
    least : int
        So many items cannot be removed.
    """
    items = form.items(place)
    for index in range(len(items)):
        at = pointer(*steps_of(place), index)
        with st.container(border=True):
            show(form, at)
            if len(items) > least:
                st.button(
                    f"Remove {kind.lower()} {index + 1}",
                    type="tertiary",
                    icon=":material/delete:",
                    on_click=draft.change,
                    args=(at, None),
                    key=f"remove {at} {draft.epoch()}",
                )
    st.button(
        f"Add a {kind.lower()}",
        icon=":material/add:",
        on_click=_add,
        args=(place, kind.lower(), template),
        key=f"add {place} {draft.epoch()}",
    )
    form.rest(place)


def _add(place: str, kind: str, template: Json) -> None:
    held = draft.found(place)
    items = held if isinstance(held, list) else []
    if items and "name" in template:
        draft.change(place, with_copy(items, kind))
    else:
        draft.change(place, [*items, copy.deepcopy(items[-1] if items else template)])
