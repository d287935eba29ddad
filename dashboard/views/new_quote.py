"""Write an engagement step by step, and price it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import draft, draft_store, state, steps
from dashboard.steps import REVIEW, START
from dashboard.widgets import work
from dashboard.widgets.new_quote import (
    client_and_term,
    commercial,
    contract,
    labour,
    rate_card,
    review,
    services,
    sites,
    start,
    volumes,
)
from dashboard.widgets.new_quote.form import Form
from dashboard.widgets.new_quote.priced import priced
from dashboard.widgets.problem import problems_shown
from dashboard.wording import plain, sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.client import Client

    Json = dict[str, Any]

_STEP = "new_quote_step"
_ADDRESS = "step"
_WORK = "new_quote"
_PRICING = "Planning shifts and hiring, then pricing both offers."
_SHOWN: dict[str, tuple[Callable[[Form], None], ...]] = {
    "client": (client_and_term.render,),
    "work": (rate_card.render, sites.render, services.render),
    "volumes": (volumes.render,),
    "labour": (labour.render,),
    "commercial": (commercial.render, contract.render),
}


def render(client: Client) -> None:
    """Show the step a person is at."""
    st.title("New quote", anchor=False)
    st.badge("Vendor's view: cost and margin, not for clients", color="orange")
    with problems_shown():
        _follow(client)
    with problems_shown():
        if not draft_store.restore(client):
            st.info("This draft is gone: drafts are kept for 90 days.", icon=":material/history:")
    with problems_shown():
        _saved(client)
    with problems_shown():
        held = draft.document()
        answer, issues = (None, []) if held is None else draft.checked(client)
        step = START if held is None else _step()
        if held is not None:
            _heading(held)
            step = _bar(step, issues)
        if held is None or step == START:
            start.render(client, _started)
            return
        form = Form(held, issues, client)
        if step == REVIEW:
            if review.render(form, answer):
                _price(client, held)
            priced(client)
        else:
            for part in _SHOWN[step]:
                part(form)
        _beside(step)


def _saved(client: Client) -> None:
    """Save what changed; where another tab changed it too, nothing is overwritten."""
    conflict = draft_store.save(client)
    if conflict is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(plain(sentence(conflict)), icon=":material/sync_problem:")
        st.button(
            "Load what is stored", on_click=draft_store.reload, args=(client,), key="reload_draft"
        )


def _step() -> str:
    wanted = st.query_params.get(_ADDRESS) or st.session_state.get(_STEP)
    return wanted if wanted in steps.STEPS else "client"


def _go(step: str) -> None:
    st.session_state[_STEP] = step
    st.query_params[_ADDRESS] = step


def _heading(held: Json) -> None:
    name, of = held.get("name") or "A quote without a name", held.get("client") or "no client yet"
    st.caption(f"{plain(str(name))}, for {plain(str(of))}")


def _bar(step: str, issues: list[Any]) -> str:
    """Show all steps, with how many fields of each are wrong; return the one to show."""
    wrong = steps.counted(issues)
    st.session_state["step_bar"] = step
    chosen = st.segmented_control(
        "Step",
        list(steps.STEPS),
        format_func=lambda one: steps.title(one, wrong),
        required=True,
        label_visibility="collapsed",
        on_change=_chosen,
        key="step_bar",
    )
    return str(chosen)


def _chosen() -> None:
    _go(st.session_state["step_bar"])


def _started() -> None:
    _go("client")
    st.rerun()


def _beside(step: str) -> None:
    before, after = steps.beside(step, -1), steps.beside(step, 1)
    with st.container(horizontal=True):
        if before is not None:
            st.button(f"Back: {steps.STEPS[before]}", on_click=_go, args=(before,), key="back")
        if after is not None:
            st.button(
                *(f"Next: {steps.STEPS[after]}",),
                type="primary",
                on_click=_go,
                args=(after,),
                key="next",
            )


def _price(client: Client, held: Json) -> None:
    """Hand in what is written: a new quote, or the next revision of one."""
    revised = draft.revises()

    def begin() -> Json:
        if revised is None:
            return client.begin_quote(held)
        return client.begin_revision(client.get_quote(revised), held)

    with problems_shown():
        work.result_of(client, _WORK, begin=begin, doing=_PRICING)
        st.rerun()


def _follow(client: Client) -> None:
    """Show how far pricing is; once it is done, its quote is in hand."""
    created = work.result_of(client, _WORK, doing=_PRICING)
    if created is not None:
        work.forget(_WORK)
        draft.priced(created["id"])
        state.open_quote(created["id"])
