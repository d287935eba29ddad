"""What the pages of planning studies share: form values that last, the study, its files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import streamlit as st

from api.client import XLSX
from dashboard import state

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.client import Client
    from dashboard.state import Study

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
    """Give a form's widgets their first values: of the study that is kept, or the defaults."""
    kept = state.kept_study(kind, engagement)
    for name, value in {**defaults, **(kept.entered if kept else {})}.items():
        if name not in st.session_state:
            st.session_state[name] = value


def study(
    kind: str,
    engagement: Json,
    asked: Json | None,
    ask: Callable[[Json, Json], Json],
    *,
    entered: Mapping[str, object],
    doing: str,
) -> Study | None:
    """Make the study that was asked for, and return the last one of this engagement.

    Parameters
    ----------
    kind : str
        Of study, as the API's address has it.
    asked : mapping or None
        Options, in the run in which the study is asked for.
    ask : callable
        The client's call: engagement and options.
    entered : mapping
        Values of the form's widgets that another run of the page begins with.
    doing : str
        What is done meanwhile, for the spinner.
    """
    if asked is not None:
        state.drop_study(kind)
        with st.spinner(doing, show_time=True):
            answer = ask(engagement, asked)
        state.keep_study(kind, engagement, dict(entered), asked, answer)
    return state.kept_study(kind, engagement)


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
