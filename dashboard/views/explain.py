"""Any figure of the quote in hand, unfolded like a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import state
from dashboard.explaining import CHOICES, choices, figure_text, node_lines, node_title
from dashboard.widgets.in_hand import heading, nothing_in_hand, quote_in_hand
from dashboard.widgets.problem import problems_shown
from dashboard.wording import plain

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_TITLE = "Where a figure comes from"
_DEPTH = 3
_SHOWN_NUMBERS = 40
_PATH, _TYPED, _CHOSEN = "explained_path", "typed_path", "chosen_figure"


def render(client: Client) -> None:
    """Let a figure be chosen, and show its tree."""
    quote = quote_in_hand(client)
    if quote is None:
        nothing_in_hand(_TITLE)
        return
    heading(quote)
    st.header(_TITLE, anchor=False)
    path = _asked_for(quote)
    with problems_shown():
        found = state.load_explanation(client, quote["id"], path, _DEPTH)
        if "entries" in found:
            _contents(found)
        else:
            _root(found)


def _asked_for(quote: Json) -> str:
    """Path that is to be unfolded: chosen, typed, or gone on to from the tree."""
    figures = choices(quote)
    st.selectbox(
        CHOICES,
        list(figures),
        key=_CHOSEN,
        on_change=lambda: _go_to(figures[st.session_state[_CHOSEN]]),
    )
    st.text_input(
        "Or any path of the quote",
        key=_TYPED,
        placeholder="offers.output_based.prices[claims].price",
        help="A part of the quote, such as offers.input_based, lists what is in it.",
        on_change=lambda: _go_to(st.session_state[_TYPED].strip()),
    )
    return str(st.session_state.get(_PATH) or next(iter(figures.values())))


def _go_to(path: str) -> None:
    st.session_state[_PATH] = path


def _root(found: Json) -> None:
    st.subheader(f"{plain(figure_text(found))}", anchor=False)
    st.caption(plain(node_title(found)))
    _told(found)
    _inputs(found, "")


def _told(found: Json) -> None:
    """Meaning, formula and rounding of one number."""
    st.write(plain(found["meaning"]))
    if found["formula"] and found["formula"] != "value":
        st.code(f"= {found['formula']}", language=None, wrap_lines=True)
    for line in node_lines(found):
        st.caption(plain(line))
    if found["agrees"] is False:
        st.error("The formula does not give this number.", icon=":material/error:")


def _inputs(found: Json, place: str) -> None:
    for position, group in enumerate(found["inputs"]):
        here = f"{place}.{position}"
        if group["total"] == 1:
            _branch(group["numbers"][0], f"{group['name']} = ", here)
            continue
        label = f"{group['name']}: {group['total']} numbers"
        with st.expander(plain(label), key=f"group{here}"):
            for index, number in enumerate(group["numbers"][:_SHOWN_NUMBERS]):
                _branch(number, "", f"{here}.{index}")
            more = group["total"] - _SHOWN_NUMBERS
            if more > 0:
                st.caption(f"and {more:,} more")


def _branch(number: Json, name: str, place: str) -> None:
    """An input: unfolded where it is, gone to where the tree ends."""
    label = f"{plain(name)}**{plain(figure_text(number))}** {plain(node_title(number))}"
    with st.expander(label, key=f"branch{place}"):
        _told(number)
        if number["inputs"]:
            _inputs(number, place)
        elif number["has_inputs"]:
            path = number["path"]
            st.button("Unfold", key=f"unfold{place}", on_click=_go_to, args=(path,))


def _contents(found: Json) -> None:
    st.caption(plain(found["path"] or "the whole quote"))
    for position, entry in enumerate(found["entries"][:_SHOWN_NUMBERS]):
        told = entry["value"] or f"{entry['numbers']:,} numbers"
        st.button(
            plain(f"{entry['path']}: {told}"),
            key=f"entry{position}",
            on_click=_go_to,
            args=(entry["path"],),
            type="tertiary",
        )
    more = len(found["entries"]) - _SHOWN_NUMBERS
    if more > 0:
        st.caption(f"and {more:,} more")
