"""What the pages of planning studies share: form values that last, the study, its files."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import streamlit as st

from api.client import XLSX
from dashboard import state
from dashboard.asked import asked_before
from dashboard.state import Asked, Study
from dashboard.widgets.work import result_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.client import Client

    Json = dict[str, Any]


class File(NamedTuple):
    """A file of a study: its button, its name, its kind, and which study the API makes it of."""

    label: str
    name: str
    kind: str
    study: str


def workbook(study: str) -> File:
    """Return a study's workbook."""
    return File("Workbook (XLSX)", f"{study}.xlsx", XLSX, study)


def heading(title: str, what: str) -> None:
    """Name the page and what it answers, and say who may see it."""
    st.title(title, anchor=False)
    st.badge("Vendor's view: it holds cost, not for clients", color="orange")
    st.write(what)


def fill_form(kind: str, engagement: Json, defaults: Mapping[str, object]) -> None:
    """Give a form's widgets their first values: of the study that was asked for, or the defaults.

    After a reload the address tells what was entered, as far as it fits the defaults.
    """
    state.keep_first_values(kind, dict(defaults))
    asked = state.kept_asked(kind)
    if asked is not None and asked.engagement == state.text_of(engagement):
        entered = asked.entered
    else:
        entered = {
            name: value
            for name, value in state.entries(kind).items()
            if name in defaults and _like(value, defaults[name])
        }
    for name, value in {**defaults, **entered}.items():
        if name not in st.session_state:
            st.session_state[name] = value


def study(
    client: Client,
    kind: str,
    engagement: Json,
    options: Json | None,
    *,
    entered: Mapping[str, object],
    doing: str,
) -> Study | None:
    """Make the study that was asked for, as work of the API, and return the last one.

    Parameters
    ----------
    kind : str
        Of study, as the API's address has it.
    options : mapping or None
        What to study, in the run in which it is asked for.
    entered : mapping
        Values of the form's widgets that another run of the page begins with.
    doing : str
        What is done meanwhile, and how long it takes.

    Returns
    -------
    Study or None
        Of this engagement; None while there is none, or it is being made.
    """
    begin = None
    if options is not None:
        state.keep_asked(kind, Asked(state.text_of(engagement), dict(entered), options))
        begin = partial(client.begin_study, kind, engagement, options)
    asked = asked_before(client, kind)
    if asked is None or asked.engagement != state.text_of(engagement):
        return None
    answer = result_of(client, kind, begin=begin, doing=doing)
    return None if answer is None else Study(asked.engagement, asked.entered, asked.options, answer)


def _like(value: object, default: object) -> bool:
    """Whether a value of an address can stand where a default does."""
    if default is None:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is type(default)


def downloads(client: Client, kind: str, engagement: Json, made: Study, *files: File) -> None:
    """Offer a study as files; those the API writes are made when they are asked for."""
    st.header("Take it along", anchor=False)
    with st.container(horizontal=True):
        for file in files:
            _download(file.label, file.name, file.kind, _maker(client, file, engagement, made))
        everything = json.dumps(made.answer, indent=2, ensure_ascii=False)
        _download("Everything (JSON)", f"{kind}.json", "application/json", everything)


def _download(label: str, name: str, mime: str, data: str | Callable[[], bytes]) -> None:
    st.download_button(
        label,
        data,
        name,
        mime,
        icon=":material/download:",
        on_click="ignore",
        key=f"download_{name}",
    )


def _maker(client: Client, file: File, engagement: Json, made: Study) -> Callable[[], bytes]:
    return lambda: client.study_file(file.study, engagement, made.asked, file.kind)
