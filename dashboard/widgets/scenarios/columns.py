"""Base and scenarios beside each other: what each changes, how it stands, what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import state
from dashboard.scenario_fields import change_words
from dashboard.scenario_tables import standing_words
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.work import result_of
from dashboard.wording import moment, plain, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from api.client import Client
    from dashboard.scenario_fields import Field

    Json = dict[str, Any]

_BADGES = {"priced": "green", "stale": "orange", "not_priced": "gray"}
_MOST = 4
_BASE, _QUOTES = "base", "quotes:write"
_PRICING = "Planning and pricing the scenario. This takes some seconds to a minute."


def columns(client: Client, found: Json, known: Sequence[Field], *, may_write: bool) -> None:
    """Show the base and its scenarios as columns."""
    with st.container(horizontal=True, gap="small"):
        _base(client, found, may_write=may_write)
        for scenario in found["scenarios"]:
            _scenario(client, found, scenario, known, may_write=may_write)
    if may_write and len(found["scenarios"]) < _MOST:
        _add(client, found)
    _price_base(client, found)
    for scenario in found["scenarios"]:
        _price(client, found, scenario)


def _card() -> Any:  # noqa: ANN401 (a container of Streamlit)
    return st.container(border=True, width=214, height="stretch")


def _base(client: Client, found: Json, *, may_write: bool) -> None:
    base = found["base"]
    with _card():
        st.markdown("**Base**")
        _badge(base)
        st.caption(f"{plain(base['name'])}, for {plain(base['client'])}")
        if base["state"] == "stale" and may_write and _QUOTES in client.me()["permissions"]:
            st.button(
                "Price the base again",
                on_click=_ask_price,
                args=(_BASE,),
                key="reprice_base",
                icon=":material/refresh:",
            )


def _scenario(
    client: Client, found: Json, scenario: Json, known: Sequence[Field], *, may_write: bool
) -> None:
    one = scenario["id"]
    with _card():
        st.markdown(f"**{plain(scenario['name'])}**")
        _badge(scenario)
        for override in scenario["overrides"]:
            st.markdown(f"- {plain(change_words(override, known))}")
        if not scenario["overrides"]:
            st.caption("Changes nothing yet: edit it.")
        if scenario["description"]:
            st.caption(plain(scenario["description"]))
        st.caption(
            f"Changed by {plain(scenario['changed_by'])} at {moment(scenario['changed_at'])} UTC"
        )
        if not may_write:
            return
        if scenario["state"] != "priced":
            label = "Price again" if scenario["state"] == "stale" else "Price"
            st.button(
                label,
                type="primary",
                on_click=_ask_price,
                args=(one,),
                key=f"price_{one}",
                icon=":material/calculate:",
            )
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Edit",
                on_click=state.keep_draft,
                args=(one, scenario["etag"], scenario["overrides"]),
                key=f"edit_{one}",
                icon=":material/edit:",
            )
            with st.popover("More"):
                _more(client, found, scenario)


def _badge(stands: Json) -> None:
    """Say how a result stands; why it is stale stands below, where it wraps."""
    word, _, why = standing_words(stands).partition(": ")
    st.badge(word, color=_BADGES[stands["state"]])  # type: ignore[arg-type]
    if why:
        st.caption(plain(sentence(why)))


def _more(client: Client, found: Json, scenario: Json) -> None:
    one, full = scenario["id"], len(found["scenarios"]) >= _MOST
    name = st.text_input("Name", scenario["name"], max_chars=120, key=f"name_{one}")
    about = st.text_area("Description", scenario["description"], max_chars=2000, key=f"about_{one}")
    if st.button("Rename and describe", key=f"rename_{one}"):
        _do(
            lambda: client.change_scenario(found["id"], scenario, name=name, description=about),
        )
    if st.button(
        "Duplicate",
        key=f"copy_{one}",
        disabled=full,
        help="A set holds four scenarios." if full else None,
    ):
        _do(lambda: client.add_scenario(found, f"{scenario['name'][:110]} (copy)", copy_of=one))
    sure = st.checkbox("Yes, delete it for good", key=f"sure_{one}")
    if st.button("Delete", key=f"delete_{one}", disabled=not sure):
        _do(lambda: client.delete_scenario(found["id"], scenario))


def _add(client: Client, found: Json) -> None:
    with (
        st.form("add_scenario", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        name = st.text_input("Another scenario", max_chars=120, placeholder="its name", key="added")
        asked = st.form_submit_button("Add", key="add", icon=":material/add:")
    if asked and name.strip():
        _do(lambda: client.add_scenario(found, name.strip()))
    elif asked:
        st.warning("Give the scenario a name first.", icon=":material/edit:")


def _do(change: Callable[[], object]) -> None:
    with problems_shown():
        change()
        st.rerun()


def _ask_price(scenario_id: str) -> None:
    st.session_state[_asked(scenario_id)] = True


def _price(client: Client, found: Json, scenario: Json) -> None:
    """Hand in a scenario that is to be priced, and follow it; the comparison shows its end."""
    work = f"price_{scenario['id'][:8]}"
    asked = st.session_state.pop(_asked(scenario["id"]), False)
    begin = (lambda: client.begin_scenario(found["id"], scenario)) if asked else None
    with problems_shown():
        done = result_of(client, work, begin=begin, doing=f"{scenario['name']}: {_PRICING}")
        if done is not None:
            state.close_work(work)
            st.rerun()


def _asked(scenario_id: str) -> str:
    return f"asked_price_{scenario_id}"


def _price_base(client: Client, found: Json) -> None:
    """Have the base's engagement priced anew, and let the set start from that quote."""
    work = f"price_base_{found['id'][:8]}"
    asked = st.session_state.pop(_asked(_BASE), False)
    wanted = found["base"]["quote_id"]
    begin = (lambda: client.begin_quote(client.get_engagement(wanted))) if asked else None
    with problems_shown():
        done = result_of(client, work, begin=begin, doing=f"Base: {_PRICING}")
        if done is not None:
            state.close_work(work)
            client.change_scenario_set(found, base_quote_id=done["id"])
            st.rerun()
