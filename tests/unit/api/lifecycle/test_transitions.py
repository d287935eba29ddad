"""Every transition in the store, once where it is allowed and once where it is not."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from api.errors import NotFoundError, RefusedError
from api.lifecycle import transitions
from api.lifecycle.expiry import expire_due
from api.lifecycle.transitions import Move
from api.store import events, lifecycles, quotes
from api.store.database import Database
from api.store.tables import QuoteRow
from tests.builders.lifecycle import APPROVER, CHOICE, CLIENT, MONDAY, SALES, add_quote

BY_SALES = Move(SALES, MONDAY)
BY_APPROVER = Move(APPROVER, MONDAY, note="fine")
BY_CLIENT = Move(CLIENT, MONDAY + timedelta(days=1))
REASON = {"measure": "margin", "detail": "too low", "approvers": ["approver"]}
VALID_DAYS = 30


@pytest.fixture(scope="module")
def store(module_database_url):
    with closing(Database(module_database_url)) as database:
        yield database


@pytest.fixture
def session(store):
    with store.writing() as session:
        yield session


def drafted(session):
    return add_quote(session).id


def pending(session):
    quote_id = drafted(session)
    transitions.request_approval(session, quote_id, BY_SALES, [REASON])
    return quote_id


def approved(session):
    quote_id = pending(session)
    transitions.approve(session, quote_id, BY_APPROVER)
    return quote_id


def sent(session):
    quote_id = approved(session)
    transitions.send(session, quote_id, BY_SALES, VALID_DAYS)
    return quote_id


def revised(session, quote_id):
    """A draft under the number of a quote."""
    number, revision = transitions.next_revision(session, quote_id, BY_SALES)
    return add_quote(session, revision=quotes.Revision(number, revision, quote_id)).id


def resent(session, quote_id):
    """A revision of a quote, sent as well."""
    later = revised(session, quote_id)
    transitions.request_approval(session, later, BY_SALES, [])
    transitions.send(session, later, BY_SALES, VALID_DAYS)
    return later


def standing(session, quote_id):
    return lifecycles.get(session, quote_id)


def state(session, quote_id):
    return standing(session, quote_id).state


def version_after(event):
    return event.after["version"]


def refused(call, *args) -> str:
    """The code and message of a refusal."""
    with pytest.raises(RefusedError) as caught:
        call(*args)
    return f"{caught.value.kind.status} {caught.value}"


def test_a_new_quote_is_the_first_revision_of_the_next_number(session) -> None:
    first, second = (standing(session, drafted(session)) for _ in range(2))
    assert first.number.startswith("Q-2027-")
    assert int(second.number[-5:]) == int(first.number[-5:]) + 1
    assert (first.revision, first.state, first.version) == (1, "draft", 1)


def test_numbers_start_again_with_the_year(session) -> None:
    quote = add_quote(session, at=MONDAY.replace(year=2031))
    assert quote.lifecycle.number == "Q-2031-00001"


def test_approval_is_pending_while_there_is_a_reason(session) -> None:
    life = standing(session, pending(session))
    assert (life.state, life.requested_by, life.reasons) == ("pending_approval", SALES.id, [REASON])


def test_without_a_reason_the_policy_approves_at_once(session) -> None:
    quote_id = drafted(session)
    life = transitions.request_approval(session, quote_id, BY_SALES, [])
    assert (life.state, life.approved_by) == ("approved", "policy")
    happened, _ = events.page(session, quote_id, 10)
    assert [one.type for one in happened][1:] == ["quote.approval_requested", "quote.approved"]


def test_approval_is_asked_for_once(session) -> None:
    said = refused(transitions.request_approval, session, pending(session), BY_SALES, [])
    assert said.startswith("409")
    assert said.endswith("revision 1 is pending_approval; only draft can be approval_requested")


def test_an_approval_names_who_gave_it_and_what_for(session) -> None:
    quote_id = approved(session)
    life = standing(session, quote_id)
    assert (life.state, life.approved_by, life.approved_hash) == (
        *("approved", APPROVER.id),
        session.get(QuoteRow, quote_id).content_hash,
    )
    assert life.note == "fine"


def test_what_nobody_asked_for_is_not_approved(session) -> None:
    assert "is draft" in refused(transitions.approve, session, drafted(session), BY_APPROVER)


def test_a_rejected_quote_is_a_draft_again(session) -> None:
    life = transitions.reject(session, pending(session), BY_APPROVER)
    assert (life.state, life.requested_by) == ("draft", None)


def test_what_is_approved_is_not_rejected(session) -> None:
    assert "is approved" in refused(transitions.reject, session, approved(session), BY_APPROVER)


def test_a_sent_quote_holds_for_its_days(session) -> None:
    life = standing(session, sent(session))
    assert (life.state, life.sent_at) == ("sent", "2027-01-04T09:30:00.000Z")
    assert life.expires_at == "2027-02-03T09:30:00.000Z"


def test_what_nobody_approved_is_not_sent(session) -> None:
    for made in (drafted, pending):
        said = refused(transitions.send, session, made(session), BY_SALES, VALID_DAYS)
        assert said.startswith("409")


def test_content_other_than_what_was_approved_is_not_sent(session) -> None:
    quote_id = approved(session)
    session.get(QuoteRow, quote_id).content_hash = "d" * 64
    said = refused(transitions.send, session, quote_id, BY_SALES, VALID_DAYS)
    assert "not what was approved" in said


def test_the_client_accepts_what_was_sent(session) -> None:
    life = transitions.accept(session, sent(session), BY_CLIENT, CHOICE)
    assert (life.state, life.choice) == ("accepted", CHOICE)


def test_what_was_not_sent_is_not_accepted(session) -> None:
    for made in (drafted, pending, approved):
        assert "409" in refused(transitions.accept, session, made(session), BY_CLIENT, CHOICE)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=9)])
def test_an_answer_after_the_last_day_comes_too_late(session, late) -> None:
    quote_id = sent(session)
    move = replace(BY_CLIENT, at=MONDAY + timedelta(days=VALID_DAYS) + late)
    for answer in (transitions.decline, transitions.request_revision):
        assert "it held until 2027-02-03" in refused(answer, session, quote_id, move)
    assert "it held until" in refused(transitions.accept, session, quote_id, move, CHOICE)
    just = replace(BY_CLIENT, at=MONDAY + timedelta(days=VALID_DAYS, microseconds=-1))
    assert transitions.accept(session, quote_id, just, CHOICE).state == "accepted"


def test_the_client_declines_or_asks_for_another_offer(session) -> None:
    assert transitions.decline(session, sent(session), BY_CLIENT).state == "declined"
    asked = transitions.request_revision(session, sent(session), replace(BY_CLIENT, note="nights"))
    assert (asked.state, asked.note) == ("revision_requested", "nights")


def test_what_was_not_sent_is_not_declined(session) -> None:
    assert "409" in refused(transitions.decline, session, approved(session), BY_CLIENT)
    assert "409" in refused(transitions.request_revision, session, drafted(session), BY_CLIENT)


@pytest.mark.parametrize("made", [drafted, pending, approved, sent])
def test_whatever_is_open_can_be_withdrawn(session, made) -> None:
    assert transitions.void(session, made(session), BY_SALES).state == "void"


def test_what_was_accepted_never_changes(session) -> None:
    quote_id = sent(session)
    transitions.accept(session, quote_id, BY_CLIENT, CHOICE)
    before = standing(session, quote_id)
    late = replace(BY_CLIENT, at=MONDAY + timedelta(days=99))
    for call, *more in (
        (transitions.accept, CHOICE),
        (transitions.decline,),
        (transitions.request_revision,),
        (transitions.void,),
        (transitions.expire,),
        (transitions.reject,),
        (transitions.approve,),
        (transitions.send, VALID_DAYS),
        (transitions.request_approval, []),
        (transitions.next_revision,),
    ):
        assert refused(call, session, quote_id, late, *more).startswith("409")
    assert standing(session, quote_id) == before


def test_nobody_moves_a_version_they_have_not_seen(session) -> None:
    quote_id = sent(session)
    version = standing(session, quote_id).version
    stale = replace(BY_CLIENT, seen=frozenset({version - 1, version + 1}))
    assert refused(transitions.accept, session, quote_id, stale, CHOICE).startswith("412")
    fresh = replace(stale, seen=frozenset({version}))
    assert transitions.accept(session, quote_id, fresh, CHOICE).version == version + 1


def test_no_such_quote(session) -> None:
    with pytest.raises(NotFoundError):
        transitions.void(session, "0" * 36, BY_SALES)


def test_a_priced_change_is_a_draft_that_nobody_has_approved(session) -> None:
    before = approved(session)
    after = standing(session, revised(session, before))
    assert (after.revision, after.state, after.approved_by) == (2, "draft", None)
    assert after.number == standing(session, before).number
    assert state(session, before) == "superseded"


def test_a_sent_revision_holds_until_the_next_is_sent(session) -> None:
    first = sent(session)
    second = revised(session, first)
    assert state(session, first) == "sent"
    transitions.request_approval(session, second, BY_SALES, [])
    transitions.send(session, second, BY_SALES, VALID_DAYS)
    assert (state(session, first), state(session, second)) == ("superseded", "sent")


def test_of_two_sent_revisions_only_the_newest_is_accepted(session) -> None:
    first = sent(session)
    second = resent(session, first)
    assert "is superseded" in refused(transitions.accept, session, first, BY_CLIENT, CHOICE)
    assert transitions.accept(session, second, BY_CLIENT, CHOICE).state == "accepted"


def test_even_if_an_older_one_still_seems_to_hold(session) -> None:
    first = sent(session)
    second = resent(session, first)
    family = lifecycles.hold(session, second)
    family[0].state = "sent"
    session.flush()
    said = refused(transitions.accept, session, first, BY_CLIENT, CHOICE)
    assert "only the newest revision sent, 2, can be accepted" in said


def test_what_is_accepted_supersedes_revisions_in_the_making(session) -> None:
    first = sent(session)
    second = revised(session, first)
    transitions.accept(session, first, BY_CLIENT, CHOICE)
    assert state(session, second) == "superseded"
    assert "was accepted" in refused(transitions.next_revision, session, second, BY_SALES)


def test_only_the_newest_revision_is_revised_unless_it_was_withdrawn(session) -> None:
    first = sent(session)
    second = revised(session, first)
    assert f"2 ({second})" in refused(transitions.next_revision, session, first, BY_SALES)
    transitions.void(session, second, BY_SALES)
    assert transitions.next_revision(session, first, BY_SALES)[1] == 3


def test_what_was_withdrawn_is_not_revised(session) -> None:
    quote_id = drafted(session)
    transitions.void(session, quote_id, BY_SALES)
    said = refused(transitions.next_revision, session, quote_id, BY_SALES)
    assert "a revision is made of what is draft or" in said


def test_what_was_declined_stays_so_and_can_be_revised(session) -> None:
    first = sent(session)
    transitions.decline(session, first, BY_CLIENT)
    assert transitions.next_revision(session, first, BY_SALES)[1] == 2
    assert state(session, first) == "declined"


def test_every_change_has_its_event_with_who_when_before_and_after(session) -> None:
    quote_id = sent(session)
    transitions.accept(session, quote_id, BY_CLIENT, CHOICE)
    happened, more = events.page(session, quote_id, 10)
    assert more is False
    assert [(one.type, one.actor_id) for one in happened] == [
        ("quote.created", SALES.id),
        ("quote.approval_requested", SALES.id),
        ("quote.approved", APPROVER.id),
        ("quote.sent", SALES.id),
        ("quote.accepted", CLIENT.id),
    ]
    assert happened[-1].at == "2027-01-05T09:30:00.000000Z"
    for earlier, later in pairwise(happened[1:]):
        assert later.before == earlier.after
        assert version_after(later) == version_after(earlier) + 1
    assert (happened[-1].after or {})["choice"] == '{"claims": "output_based"}'


def test_a_refused_transition_leaves_no_event(session) -> None:
    quote_id = drafted(session)
    before = events.page(session, quote_id, 10)
    refused(transitions.send, session, quote_id, BY_SALES, VALID_DAYS)
    assert events.page(session, quote_id, 10) == before


def test_expiry_touches_only_what_was_sent_and_is_over(tmp_path) -> None:
    with closing(Database(tmp_path / "quotes.sqlite")) as store:
        with store.writing() as session:
            late, taken, draft = sent(session), sent(session), drafted(session)
            transitions.accept(session, taken, BY_CLIENT, CHOICE)
            newer = approved(session)
            transitions.send(session, newer, BY_SALES, VALID_DAYS + 1)
        end = MONDAY + timedelta(days=VALID_DAYS)
        assert expire_due(store, end - timedelta(microseconds=1)) == []
        assert [life.quote_id for life in expire_due(store, end)] == [late]
        assert expire_due(store, end) == []
        with store.reading() as session:
            found = [state(session, one) for one in (late, taken, draft, newer)]
            happened, _ = events.page(session, late, 10)
    assert found == ["expired", "accepted", "draft", "sent"]
    assert (happened[-1].type, happened[-1].actor_id) == ("quote.expired", "system")


def test_a_quote_does_not_expire_before_its_day(session) -> None:
    said = refused(transitions.expire, session, sent(session), BY_SALES)
    assert "it holds until 2027-02-03" in said
