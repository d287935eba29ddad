"""Editing what a scenario changes; whoever else changed it meanwhile overwrites nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import ApiError
from dashboard import state
from dashboard.glossary import about
from dashboard.pointers import is_within
from dashboard.scenario_fields import change_words, entered, shown, unit
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import text_table
from dashboard.wording import moment, plain, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.client import Client
    from dashboard.scenario_fields import Field

    Json = dict[str, Any]

_CHANGED = "scenario-changed"
_ISSUES = "scenario_issues"
_MOST = 4
_NOTHING = "the base as it is"


def editor(client: Client, found: Json, known: Sequence[Field]) -> None:
    """Show the scenario that is being edited; its draft is in the address, so a reload keeps it."""
    draft = state.draft()
    if draft is None:
        return
    scenario = next((one for one in found["scenarios"] if one["id"] == draft["scenario"]), None)
    with st.container(border=True):
        if scenario is None:
            _gone(client, found, draft, known)
        elif scenario["etag"] != draft["etag"]:
            _conflict(client, found, scenario, draft, known)
        else:
            _edit(client, found, scenario, draft, known)


def _edit(client: Client, found: Json, scenario: Json, draft: Json, known: Sequence[Field]) -> None:
    st.subheader(f"Edit: {plain(scenario['name'])}", anchor=False)
    with st.container():  # one place, so that what stands below does not move when one is added
        for index, override in enumerate(draft["overrides"]):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(change_words(override, known)), width="content")
                st.button(
                    "Take back",
                    on_click=_take_back,
                    args=(draft, index),
                    key=f"back_{index}",
                    type="tertiary",
                    help=f"The base's value holds again: {change_words(override, known)}",
                )
            _refused(f"/overrides/{index}")
        if not draft["overrides"]:
            st.caption("It changes nothing yet: choose a field, and say what stands there instead.")
    field, said = _asked(known)
    with st.container(horizontal=True):
        if st.button("Change this field", key="change_field"):
            _put(draft, field, said)
        st.button(
            "Take this field away",
            on_click=_take_away,
            args=(draft, field),
            key="remove_field",
            disabled=field.value is None,
            help="As if the base did not state it: what holds then is its default.",
        )
        if st.button("Save the scenario", type="primary", key="save_scenario"):
            _save(client, found, scenario, draft)
        st.button("Leave it", on_click=state.close_draft, key="leave_scenario")


def _asked(known: Sequence[Field]) -> tuple[Field, str]:
    columns = st.columns((2, 1))
    at = columns[0].selectbox(
        "Field of the base; type to search",
        range(len(known)),
        format_func=lambda index: f"{known[index].label} ({shown(known[index].value)})",
        key="field",
    )
    field = known[at or 0]
    counted = unit(field)
    said = columns[1].text_input(
        f"Instead of {plain(shown(field.value))}" + (f" ({counted})" if counted else ""),
        key="new_value",
        help=about(field.label)
        or plain("A number such as 1.2 or 25,000, a share as 18 %, a text."),
    )
    return field, said


def _refused(place: str) -> None:
    """Say what the API found wrong with a change when it was to be saved, below that change."""
    for pointer, detail in st.session_state.get(_ISSUES, []):
        if is_within(pointer, place):
            st.error(plain(sentence(detail)), icon=":material/error:")


def _put(draft: Json, field: Field, said: str) -> None:
    try:
        value = entered(field, said)
    except ValueError as error:
        st.warning(str(error), icon=":material/edit:")
        return
    _keep(draft, [*_others(draft, field), {"op": "replace", "path": field.pointer, "value": value}])
    st.rerun()


def _others(draft: Json, field: Field) -> list[Json]:
    return [one for one in draft["overrides"] if one["path"] != field.pointer]


def _take_away(draft: Json, field: Field) -> None:
    _keep(draft, [*_others(draft, field), {"op": "remove", "path": field.pointer}])


def _take_back(draft: Json, index: int) -> None:
    _keep(draft, [one for at, one in enumerate(draft["overrides"]) if at != index])


def _keep(draft: Json, overrides: list[Json]) -> None:
    """Keep what is to change; what was wrong with it before is told of no longer."""
    st.session_state.pop(_ISSUES, None)
    state.keep_draft(draft["scenario"], draft["etag"], overrides)


def _save(client: Client, found: Json, scenario: Json, draft: Json) -> None:
    seen = {**scenario, "etag": draft["etag"]}
    with problems_shown():
        try:
            client.change_scenario(found["id"], seen, overrides=draft["overrides"])
        except ApiError as error:
            issues = [(one.pointer, one.detail) for one in error.issues]
            of_changes = all(is_within(pointer, "/overrides") for pointer, _ in issues)
            if error.code != _CHANGED and not (issues and of_changes):
                raise
            st.session_state[_ISSUES] = issues
            st.rerun()  # they, or what the other one made of it, are shown beside the draft
        st.session_state.pop(_ISSUES, None)
        state.close_draft()
        st.rerun()


def _conflict(
    client: Client, found: Json, scenario: Json, draft: Json, known: Sequence[Field]
) -> None:
    who, when = plain(scenario["changed_by"]), moment(scenario["changed_at"])
    st.warning(
        f"**{plain(scenario['name'])} was changed by {who} at {when} UTC, while you edited it.** "
        "Nothing is lost: both versions are below.",
        icon=":material/sync_problem:",
    )
    _both(scenario["overrides"], draft["overrides"], known)
    with st.container(horizontal=True):
        if st.button("Keep mine as a new scenario", type="primary", key="keep_mine"):
            _keep_mine(client, found, f"{scenario['name'][:110]} (mine)", draft)
        st.button("Reload theirs", on_click=state.close_draft, key="take_theirs")


def _gone(client: Client, found: Json, draft: Json, known: Sequence[Field]) -> None:
    st.warning(
        "**This scenario was deleted while you edited it.** Your version is still here.",
        icon=":material/sync_problem:",
    )
    _both([], draft["overrides"], known)
    with st.container(horizontal=True):
        if st.button("Keep mine as a new scenario", type="primary", key="keep_mine"):
            _keep_mine(client, found, "Mine", draft)
        st.button("Let it go", on_click=state.close_draft, key="take_theirs")


def _both(theirs: list[Json], mine: list[Json], known: Sequence[Field]) -> None:
    rows = [
        {"Version": name, "Changes": "; ".join(change_words(o, known) for o in made) or _NOTHING}
        for name, made in (("Stored now", theirs), ("Yours", mine))
    ]
    text_table(rows)


def _keep_mine(client: Client, found: Json, name: str, draft: Json) -> None:
    """Add the draft as a scenario; where the set is full, as one of another set."""
    taken = {one["name"].casefold() for one in found["scenarios"]}
    if name.casefold() in taken:
        name = next(
            other for n in range(2, _MOST + 2) if (other := f"{name} {n}").casefold() not in taken
        )
    with problems_shown():
        if len(found["scenarios"]) < _MOST:
            client.add_scenario(found, name, overrides=draft["overrides"])
            state.close_draft()
        else:
            mine = [{"name": name, "overrides": draft["overrides"]}]
            title = f"{found['name'][:110]} (mine)"
            made = client.create_scenario_set(title, found["base"]["quote_id"], mine)
            state.open_scenario_set(made["id"])
        st.rerun()
