"""Step: what is done, how fast and how well, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import draft, entered, service_kinds
from dashboard.pointers import changed, found, pointer
from dashboard.service_kinds import DEFERRABLE, HANDLE_TIME, LIVE, SPEED
from dashboard.widgets.new_quote.card import titled
from dashboard.widgets.new_quote.form import field_key
from dashboard.wording import plain

if TYPE_CHECKING:
    from dashboard.widgets.new_quote.form import Form

    Json = dict[str, Any]

_KINDS = {DEFERRABLE: "Deferrable: done within hours", LIVE: "Live: answered within seconds"}
_SPEEDS = {HANDLE_TIME: "Seconds a unit", SPEED: "Units an hour"}
_ROUTING = {"shares": "Each site its share", "follow_the_sun": "Follow the sun"}


def render(form: Form) -> None:
    """Show a card for each service, and what adds and removes one."""
    services = form.items("/services")
    for index, service in enumerate(services):
        with st.container(border=True):
            _card(form, index, service, alone=len(services) == 1)
    st.button("Add a service", icon=":material/add:", on_click=_add, key="add_service")
    form.rest("/services")


def _card(form: Form, index: int, service: Json, *, alone: bool) -> None:
    at = pointer("services", index)
    titled(service.get("name"), "Service", index, remove=None if alone else _remove)
    columns = st.columns(3)
    with columns[0]:
        form.text(f"{at}/name")
        _kind(at, service)
    with columns[1]:
        form.text(f"{at}/unit")
        form.text(f"{at}/role")
    with columns[2]:
        form.hours(f"{at}/opening_hours", placeholder="24x7")
        form.text(f"{at}/time_zone")
    st.markdown("**How fast, how well**")
    columns = st.columns(3)
    with columns[0]:
        _target(form, at, service)
    with columns[1]:
        _speed(form, at, service)
    with columns[2]:
        form.share(f"{at}/accuracy/target", max_value=100.0)
        form.share(f"{at}/accuracy/rework_share")
    _delivered(form, at, service)
    with st.expander("Learning, language, least people", key=f"more {at} {draft.epoch()}"):
        _more(form, at, service)


def _kind(at: str, service: Json) -> None:
    key = field_key(f"{at}/channel")
    st.session_state[key] = service.get("channel", DEFERRABLE)
    st.selectbox(
        *("Kind of work", list(_KINDS)),
        format_func=lambda kind: _KINDS.get(kind, str(kind)),
        key=key,
        on_change=_edit,
        args=(at, key, service_kinds.as_channel),
    )


def _target(form: Form, at: str, service: Json) -> None:
    if service.get("channel") == LIVE:
        form.share(f"{at}/service_level", max_value=100.0)
        form.number(f"{at}/answer_within_s", min_value=0.0)
    else:
        form.number(f"{at}/turnaround_h", min_value=0.0)


def _speed(form: Form, at: str, service: Json) -> None:
    measure = HANDLE_TIME if service.get(HANDLE_TIME) is not None else SPEED
    key = field_key(f"{at} speed")
    st.session_state[key] = measure
    st.segmented_control(
        *("Speed is stated in", list(_SPEEDS)),
        format_func=_SPEEDS.__getitem__,
        required=True,
        key=key,
        on_change=_edit,
        args=(at, key, service_kinds.by),
    )
    form.number(f"{at}/{measure}", min_value=0.0)


def _delivered(form: Form, at: str, service: Json) -> None:
    """Show a field for the share of each site; all of it where there is one site only."""
    sites = [str(site.get("name")) for site in form.items("/sites")]
    held = {part.get("site"): part for part in form.items(f"{at}/delivery")}
    by_the_sun = service.get("routing") == "follow_the_sun"
    st.markdown("**Where it is done**")
    columns = st.columns(max(len(sites), 3))
    for column, site in zip(columns, sites, strict=False):
        key = field_key(f"{at} delivery {site}")
        share = 1 if by_the_sun or "share" not in held.get(site, {}) else held[site]["share"]
        shown: object = site in held if by_the_sun else entered.as_percent(share)
        if site not in held and not by_the_sun:
            shown = 0.0
        st.session_state[key] = shown
        with column:
            if by_the_sun:
                st.checkbox(plain(site), key=key, on_change=_deliver, args=(at, sites, by_the_sun))
                continue
            st.number_input(
                f"{plain(site)}, % of the volume",
                *(0.0, 100.0),
                value=None,
                step=None,
                format="%.10g",
                key=key,
                on_change=_deliver,
                args=(at, sites, by_the_sun),
            )
    form.rest(f"{at}/delivery")


def _more(form: Form, at: str, service: Json) -> None:
    columns = st.columns(3)
    with columns[0]:
        form.numbers(f"{at}/ramp", percent=True)
        form.text(f"{at}/language")
    with columns[1]:
        form.count(f"{at}/min_agents", min_value=0)
        form.share(f"{at}/accuracy/rework_effort")
    if service.get("channel") != LIVE:
        return
    with columns[2]:
        form.number(f"{at}/patience_s")
        form.share(f"{at}/max_abandonment")
        form.count(f"{at}/concurrency", min_value=1, max_value=20)
        form.choice(f"{at}/routing", list(_ROUTING), "shares", format_func=_routing_words)


def _routing_words(routing: object) -> str:
    return _ROUTING.get(str(routing), str(routing))


def _edit(at: str, key: str, edit: Any) -> None:  # noqa: ANN401 (a function of service and word)
    wanted = st.session_state[key]
    draft.apply(lambda held: changed(held, at, edit(found(held, at), wanted)))


def _deliver(at: str, sites: list[str], by_the_sun: bool) -> None:
    entered_now = {site: st.session_state.get(field_key(f"{at} delivery {site}")) for site in sites}

    def edit(held: Json) -> Json:
        number = int(at.rpartition("/")[2])
        old = held["services"][number].get("delivery")
        if by_the_sun:
            parts: list[Json] = [
                {"site": site} for site, is_there in entered_now.items() if is_there
            ]
        else:
            shares = {
                site: entered.share_of(value or 0) or 0 for site, value in entered_now.items()
            }
            parts = service_kinds.delivery(shares, old)
        return changed(held, f"{at}/delivery", parts)

    draft.apply(edit)


def _add() -> None:
    draft.apply(
        lambda held: {**held, "services": service_kinds.with_copy(held["services"], "service")}
    )


def _remove(index: int) -> None:
    draft.change(pointer("services", index), None)
