"""The life of quotes in the store against a small model of it, written apart from the rules."""

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from api.errors import STALE, WRONG_STATE, RefusedError
from api.lifecycle import transitions
from api.lifecycle.expiry import expire_due
from api.lifecycle.transitions import Move
from api.store import lifecycles, quotes
from api.store.audit import verify
from api.store.database import Database
from tests.builders.lifecycle import CHOICE, MONDAY, SALES, add_quote

REASON = {"measure": "margin"}
VALID = timedelta(days=30)
MOST_NUMBERS = 1  # besides number 0


@dataclass
class Known:
    """What the model knows of a quote."""

    id: str
    number: int
    revision: int
    state: str = "draft"
    version: int = 1
    until: timedelta | None = None

    def go(self, state):
        self.state = state
        self.version += 1


@cache
def empty():
    """An empty store to copy: making its schema takes longer than a life."""
    folder = Path(tempfile.mkdtemp())
    Database(folder / "quotes.sqlite").close()
    atexit.register(shutil.rmtree, folder)
    return folder / "quotes.sqlite"


class Lives(RuleBasedStateMachine):
    """Quotes created, revised and moved in any order, while days go by."""

    made = Bundle("made")

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Database(shutil.copy(empty(), self.folder.name))
        self.all = []
        self.passed = timedelta(0)

    def teardown(self):
        try:
            with self.store.reading() as session:
                found = verify(session)
        finally:
            self.store.close()
            self.folder.cleanup()
        assert found.whole
        assert found.events == sum(one.version for one in self.all)

    def family(self, quote):
        return [one for one in self.all if one.number == quote.number]

    def others(self, quote):
        return [one for one in self.family(quote) if one is not quote]

    def supersede(self, quotes_):
        for one in quotes_:
            if one.state in ("draft", "pending_approval", "approved", "sent", "revision_requested"):
                one.go("superseded")

    def move(self, call, quote, seen, allowed, *args):
        """Try a transition; it has to be refused exactly when the model says so."""
        moment = MONDAY + self.passed
        move = Move(SALES, moment, frozenset({quote.version + seen}))
        expected = STALE if seen else None if allowed else WRONG_STATE
        refused = None
        try:
            with self.store.writing() as session:
                call(session, quote.id, move, *args)
        except RefusedError as error:
            refused = error.kind
        assert refused == expected
        return refused is None

    @initialize(target=made)
    def first(self):
        return self.add(number=0, revision=1)

    @precondition(lambda self: max(one.number for one in self.all) < MOST_NUMBERS)
    @rule(target=made)
    def another(self):
        return self.add(number=1 + max(one.number for one in self.all), revision=1)

    def add(self, number, revision):
        with self.store.writing() as session:
            known = Known(add_quote(session, at=MONDAY).id, number, revision)
        self.all.append(known)
        return known

    @rule(target=made, quote=made, seen=st.sampled_from([0, 0, 0, 1]))
    def revise(self, quote, seen):
        family = self.family(quote)
        later = [one for one in family if one.revision > quote.revision and one.state != "void"]
        accepted = [one for one in family if one.state == "accepted"]
        allowed = not later and not accepted and quote.state not in ("superseded", "void")
        revision = 1 + max(one.revision for one in family)
        kept = []

        def price(session, quote_id, move):
            number, given = transitions.next_revision(session, quote_id, move)
            assert given == revision
            place = quotes.Revision(number, given, quote_id)
            kept.append(add_quote(session, at=MONDAY, revision=place).id)

        if not self.move(price, quote, seen, allowed):
            return multiple()
        self.supersede([one for one in family if one.state != "sent"])
        self.all.append(Known(kept[0], quote.number, revision))
        return self.all[-1]

    @rule(quote=made)
    def offer(self, quote):
        """Approve and send, which chance alone seldom does in this order."""
        self.request_approval(quote, 0, [])
        self.send(quote)

    @rule(target=made, quote=made)
    def offer_another(self, quote):
        made = self.revise(quote, 0)
        if not isinstance(made, Known):
            return multiple()
        self.offer(made)
        return made

    @rule(quote=made, seen=st.sampled_from([0, 0, 0, -1]), reasons=st.sampled_from([[], [REASON]]))
    def request_approval(self, quote, seen, reasons):
        allowed = quote.state == "draft"
        if self.move(transitions.request_approval, quote, seen, allowed, reasons):
            quote.go("pending_approval")
            if not reasons:
                quote.go("approved")

    @rule(quote=made, yes=st.booleans())
    def decide(self, quote, yes):
        call = transitions.approve if yes else transitions.reject
        if self.move(call, quote, 0, quote.state == "pending_approval"):
            quote.go("approved" if yes else "draft")

    @rule(quote=made)
    def send(self, quote):
        if self.move(transitions.send, quote, 0, quote.state == "approved", VALID.days):
            quote.go("sent")
            quote.until = self.passed + VALID
            self.supersede([one for one in self.family(quote) if one.revision < quote.revision])

    def holds(self, quote):
        return quote.state == "sent" and self.passed < quote.until

    @rule(quote=made, seen=st.sampled_from([0, 0, 0, -1]))
    def accept(self, quote, seen):
        if self.move(transitions.accept, quote, seen, self.holds(quote), CHOICE):
            quote.go("accepted")
            self.supersede(self.others(quote))

    @rule(quote=made)
    def decline(self, quote):
        if self.move(transitions.decline, quote, 0, self.holds(quote)):
            quote.go("declined")

    @rule(quote=made)
    def request_revision(self, quote):
        if self.move(transitions.request_revision, quote, 0, self.holds(quote)):
            quote.go("revision_requested")

    @rule(quote=consumes(made))
    def void(self, quote):
        final = ("accepted", "declined", "expired", "superseded", "void")
        if self.move(transitions.void, quote, 0, quote.state not in final):
            quote.go("void")

    @rule(days=st.sampled_from([1, 29, 30]))
    def wait(self, days):
        self.passed += timedelta(days=days)

    @rule()
    def sweep(self):
        due = [one for one in self.all if one.state == "sent" and self.passed >= one.until]
        ended = expire_due(self.store, MONDAY + self.passed)
        assert {life.quote_id for life in ended} == {one.id for one in due}
        for one in due:
            one.go("expired")

    @invariant()
    def every_quote_stands_where_the_model_says(self):
        with self.store.reading() as session:
            for one in self.all:
                life = lifecycles.get(session, one.id)
                assert life is not None
                assert (life.state, life.version) == (one.state, one.version)
                assert life.revision == one.revision

    @invariant()
    def no_number_is_accepted_twice_or_offered_twice(self):
        for state in ("accepted", "sent"):
            numbers = [one.number for one in self.all if one.state == state]
            assert len(numbers) == len(set(numbers))


TestLives = Lives.TestCase
# Without the search for a smaller example, which would take minutes in a database.
TestLives.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
