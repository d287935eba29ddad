"""What a page keeps: ids in the address, so that a reload shows the same; documents by id.

The address is the truth of a tab. The session remembers the ids only because moving to another
page empties the address. Studies are stored nowhere: the session keeps the last of each kind.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.client import Client

    Json = dict[str, Any]

QUOTE, VARIANT = "quote", "variant"
SCENARIO_SET, DRAFT = "set", "draft"
_DRAFTED = {"scenario", "etag", "overrides"}
_DOCUMENTS = "documents"
_ENGAGEMENT, _UPLOADED = "engagement of", "uploaded_engagement"
_KEPT_DOCUMENTS = 8


@dataclass(frozen=True)
class Study:
    """A study of an engagement: what was entered, what was asked of the API, and its answer."""

    engagement: str
    entered: Json
    asked: Json
    answer: Json


@dataclass(frozen=True)
class Asked:
    """What a study was asked: of which engagement, what was entered, with which options."""

    engagement: str
    entered: Json
    options: Json


def quote_id() -> str | None:
    """Id of the quote in hand."""
    return _id(QUOTE)


def variant_id() -> str | None:
    """Id of the variant the quote in hand is compared with."""
    return _id(VARIANT)


def open_quote(new_id: str) -> None:
    """Take a quote in hand; a variant of another is put away."""
    close_variant()
    _keep(QUOTE, new_id)


def open_variant(new_id: str) -> None:
    """Compare the quote in hand with this variant."""
    _keep(VARIANT, new_id)


def scenario_set_id() -> str | None:
    """Id of the set of scenarios in hand."""
    return _id(SCENARIO_SET)


def open_scenario_set(new_id: str) -> None:
    """Take a set of scenarios in hand."""
    close_draft()
    _keep(SCENARIO_SET, new_id)


def close_scenario_set() -> None:
    """Put the set of scenarios away."""
    close_draft()
    _drop(SCENARIO_SET)


def draft() -> Json | None:
    """Return the scenario that is being edited, as it stands here; the address holds it, too."""
    try:
        found = json.loads(_id(DRAFT) or "null")
    except ValueError:
        return None
    return found if isinstance(found, dict) and found.keys() >= _DRAFTED else None


def keep_draft(scenario_id: str, etag: str, overrides: list[Json]) -> None:
    """Keep what a scenario is to change, and the version that was read; a reload finds it again."""
    values = {"scenario": scenario_id, "etag": etag, "overrides": overrides}
    _keep(DRAFT, json.dumps(values, separators=(",", ":")))


def close_draft() -> None:
    """Put away what was edited."""
    _drop(DRAFT)


def close_quote() -> None:
    """Put the quote in hand away, and its variant."""
    close_variant()
    _drop(QUOTE)


def close_variant() -> None:
    """Put the variant away."""
    _drop(VARIANT)


def load_quote(client: Client, wanted: str) -> Json:
    """Return a stored quote; stored quotes never change, so it is asked for once."""
    return _document(wanted, lambda: client.get_quote(wanted))


def forget_quote(wanted: str) -> None:
    """Ask for a quote anew: where it stands has changed, or may have."""
    st.session_state.get(_DOCUMENTS, {}).pop(wanted, None)


def load_engagement(client: Client, wanted: str) -> Json:
    """Return the engagement of a stored quote, asked for once."""
    return _document(f"{_ENGAGEMENT} {wanted}", lambda: client.get_engagement(wanted))


def load_plan_calendar(client: Client, wanted: str) -> Json:
    """Return holidays and changes of pay of a stored quote's term, asked for once."""
    return _document(f"calendar of {wanted}", lambda: client.plan_calendar(wanted))


def load_comparison(client: Client, wanted: str, belief: Json) -> Json:
    """Return what a client may see of a stored quote at a belief, asked for once.

    Parameters
    ----------
    belief : dict
        ``volume`` and ``productivity``; ``budget``; with ``in_house``, its own numbers.
    """
    own = client.own_comparison if "in_house" in belief else None
    return _document(
        f"comparison of {wanted} at {json.dumps(belief, sort_keys=True)}",
        lambda: own(wanted, belief) if own else client.comparison(wanted, **belief),
    )


def load_explanation(client: Client, wanted: str, path: str, depth: int) -> Json:
    """Return a number of a stored quote unfolded, asked for once."""
    return _document(
        f"explanation of {wanted} {depth} {path}", lambda: client.explain(wanted, path, depth)
    )


def work_id(name: str) -> str | None:
    """Id of the job of a piece of work; it is in the address too."""
    return _id(_work(name))


def open_work(name: str, job_id: str) -> None:
    """Follow a job under the name of its work."""
    _keep(_work(name), job_id)


def close_work(name: str) -> None:
    """Forget a piece of work and its answer."""
    _drop(_work(name))
    st.session_state.pop(_result(name), None)


def keep_result(name: str, job_id: str, answer: Json) -> None:
    """Keep what a job answered, the last of its name."""
    st.session_state[_result(name)] = (job_id, answer)


def kept_result(name: str, job_id: str) -> Json | None:
    """Return what a job answered, if it was asked for in this tab before."""
    kept: tuple[str, Json] | None = st.session_state.get(_result(name))
    return kept[1] if kept is not None and kept[0] == job_id else None


def uploaded_engagement() -> Json | None:
    """Return the engagement that was read from a file last, on whichever page."""
    found: Json | None = st.session_state.get(_UPLOADED)
    return found


def keep_uploaded(engagement: Json | None) -> None:
    """Remember an engagement that was read from a file; None forgets it."""
    st.session_state[_UPLOADED] = engagement


def keep_study(kind: str, engagement: Json, entered: Json, asked: Json, answer: Json) -> None:
    """Keep a study of an engagement, the last of its kind."""
    st.session_state[_study(kind)] = Study(text_of(engagement), entered, asked, answer)


def kept_study(kind: str, engagement: Json) -> Study | None:
    """Return the last study of a kind, if it is one of this engagement."""
    found: Study | None = st.session_state.get(_study(kind))
    return found if found is not None and found.engagement == text_of(engagement) else None


def keep_asked(kind: str, asked: Asked) -> None:
    """Keep what a study was asked; entries that are no defaults stand in the address too."""
    st.session_state[_asked(kind)] = asked
    first = st.session_state.get(_first_values(kind), {})
    told = {name: value for name, value in asked.entered.items() if value != first.get(name)}
    if told:
        st.query_params[_entries(kind)] = json.dumps(told, default=str)
    else:
        st.query_params.pop(_entries(kind), None)


def kept_asked(kind: str) -> Asked | None:
    """Return what the study of a kind was asked last."""
    found: Asked | None = st.session_state.get(_asked(kind))
    return found


def entries(kind: str) -> Json:
    """Return what a form held when its study was asked for, as the address has it."""
    try:
        found = json.loads(st.query_params.get(_entries(kind), "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def keep_first_values(kind: str, values: Json) -> None:
    """Remember what a form holds before anything is entered."""
    st.session_state[_first_values(kind)] = values


def load_example(client: Client) -> Json:
    """Return the example engagement, asked for once."""
    return _document("example", client.example_engagement)


def drop_study(kind: str) -> None:
    """Forget the study of a kind; what is asked for next may be refused."""
    st.session_state.pop(_study(kind), None)


def _document(name: str, load: Callable[[], Json]) -> Json:
    kept: dict[str, Json] = st.session_state.setdefault(_DOCUMENTS, {})
    if name not in kept:
        kept[name] = load()
        while len(kept) > _KEPT_DOCUMENTS:
            del kept[next(iter(kept))]
    return kept[name]


def text_of(engagement: Json) -> str:
    """Write an engagement so that equal ones are equal."""
    return json.dumps(engagement, sort_keys=True)


def _work(name: str) -> str:
    return f"{name}_job"


def _result(name: str) -> str:
    return f"{name}_result"


def _asked(kind: str) -> str:
    return f"{kind}_asked"


def _first_values(kind: str) -> str:
    return f"{kind}_first_values"


def _entries(kind: str) -> str:
    return f"{kind}_form"


def _study(kind: str) -> str:
    return f"{kind}_study"


def _id(name: str) -> str | None:
    found = st.query_params.get(name) or st.session_state.get(_memory(name))
    if found is not None:
        _keep(name, found)
    return found


def _keep(name: str, value: str) -> None:
    st.session_state[_memory(name)] = value
    if st.query_params.get(name) != value:
        st.query_params[name] = value


def _drop(name: str) -> None:
    st.session_state.pop(_memory(name), None)
    st.query_params.pop(name, None)


def _memory(name: str) -> str:
    return f"{name}_id"
