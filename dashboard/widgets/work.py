"""Work that takes longer than a run of a page: its progress, its end, and a way to stop it.

The id of the job is in the address, so that a reload finds the work again, running or done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import OPEN_STATES, ApiError
from dashboard import state
from dashboard.connection import UNREACHABLE
from dashboard.wording import plain, sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.client import Client

    Json = dict[str, Any]

_LOOK_S = 1.0
_NOT_FOUND, _ENDED = 404, 409
_CANCELLED = "cancelled"


def result_of(
    client: Client, name: str, *, begin: Callable[[], Json] | None = None, doing: str
) -> Json | None:
    """Return what a piece of work answered; until then show how far it is, and let it be stopped.

    Parameters
    ----------
    client : Client
        The API; its `begin_…` calls hand in work.
    name : str
        Of this work among those of all pages: ``"new_quote"``.
    begin : callable, optional
        In the run in which the work is asked for: hands it in and returns the job.
    doing : str
        What is being done, and how long that takes.

    Raises
    ------
    ApiError
        The work was refused, or failed; see `dashboard.widgets.problem.problems_shown`.
    """
    if begin is not None:
        forget(name)
        job = begin()
        if job["id"] is None:
            state.keep_result(name, "", job["answer"])
        else:
            state.open_work(name, job["id"])
    job_id = state.work_id(name)
    done = state.kept_result(name, job_id or "")
    if done is not None or job_id is None:
        return done
    return _found(client, name, job_id, doing)


def forget(name: str) -> None:
    """Put a piece of work and its answer away; one that runs goes on."""
    state.close_work(name)


def _found(client: Client, name: str, job_id: str, doing: str) -> Json | None:
    try:
        job = client.get_job(job_id)
    except ApiError as error:
        if error.status != _NOT_FOUND:
            raise
        forget(name)
        st.info(
            "This work is no longer kept: results stay for 24 hours. Ask for it again.",
            icon=":material/history:",
        )
        return None
    if job["state"] in OPEN_STATES:
        _progress(client, name, job_id, doing)
        return None
    if job["state"] == _CANCELLED:
        forget(name)
        st.info("Stopped; nothing of it was stored.", icon=":material/stop_circle:")
        return None
    try:
        answer = client.job_result(job_id)
    except ApiError:
        forget(name)
        raise
    state.keep_result(name, job_id, answer)
    return answer


@st.fragment(run_every=_LOOK_S)
def _progress(client: Client, name: str, job_id: str, doing: str) -> None:
    """Look every second how the work stands; when it has ended, run the page again."""
    try:
        job = client.get_job(job_id)
    except ApiError as error:
        if error.status != UNREACHABLE:
            st.rerun()
        st.warning("The server does not answer; looking again.", icon=":material/cloud_off:")
        return
    if job["state"] not in OPEN_STATES:
        st.rerun()
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(gap="small"):
            st.caption(plain(doing))
            words = "Waiting for its turn" if job["state"] == "queued" else job["progress"]["words"]
            share = job["progress"]["share"]
            st.progress(share or 0.0, text=plain(sentence(words or "Under way")))
        st.button(
            "Stop",
            on_click=_cancel,
            args=(client, job_id),
            key=f"stop_{name}",
            icon=":material/stop_circle:",
            help="Nothing of it is stored.",
        )


def _cancel(client: Client, job_id: str) -> None:
    try:
        client.cancel_job(job_id)
    except ApiError as error:
        if error.status != _ENDED:  # it had ended meanwhile
            raise
