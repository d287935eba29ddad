"""Which states a quote can go through, as data."""

import pytest

from api.lifecycle.states import (
    FINAL,
    OPEN,
    REVISABLE,
    TRANSITIONS,
    Action,
    State,
    next_state,
)


def test_final_states_are_left_by_nothing() -> None:
    assert set(FINAL) == {
        State.ACCEPTED,
        State.DECLINED,
        State.EXPIRED,
        State.SUPERSEDED,
        State.VOID,
    }
    for action in Action:
        for state in FINAL:
            assert next_state(action, state) is None


def test_every_state_but_the_first_is_reached_and_every_open_one_is_left() -> None:
    reached = {to for steps in TRANSITIONS.values() for to in steps.values()}
    assert reached == set(State)
    assert {state for steps in TRANSITIONS.values() for state in steps} == set(OPEN)


@pytest.mark.parametrize(
    "action", [Action.ACCEPT, Action.DECLINE, Action.REQUEST_REVISION, Action.EXPIRE]
)
def test_only_what_was_sent_is_answered_or_expires(action) -> None:
    assert set(TRANSITIONS[action]) == {State.SENT}


def test_only_what_was_approved_is_sent_and_only_what_is_pending_is_approved() -> None:
    assert set(TRANSITIONS[Action.SEND]) == {State.APPROVED}
    assert set(TRANSITIONS[Action.APPROVE]) == {State.PENDING_APPROVAL}


def test_what_was_accepted_replaced_or_withdrawn_is_not_revised() -> None:
    assert set(State) - set(REVISABLE) == {State.ACCEPTED, State.SUPERSEDED, State.VOID}
