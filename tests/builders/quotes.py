"""Real quotes as the API answers them, and a client that needs no server."""

import json
from decimal import Decimal
from functools import cache

from api.client import ApiError, Issue
from pricing.calendar_notes import calendar_notes
from pricing.client_comparison import client_comparison
from pricing.client_comparison.own_in_house import against_own
from pricing.engagement.in_house import InHouse
from pricing.explain.unfold import explain
from pricing.quote import quote_json
from pricing.quoting import quote
from pricing.reading import read_document, read_engagement, read_quote
from pricing.scenarios import Variation, difference, vary
from staffing.errors import BadInputError
from tests.builders.comparisons import compared_engagement, compared_quote
from tests.builders.server import example_engagement

_OWN = {"id", "created_at", "variant_of", "lifecycle"}
BASE_ID = "11111111-1111-4111-8111-111111111111"
VARIANT_ID = "22222222-2222-4222-8222-222222222222"
LIFE = {
    **{"number": "Q-2027-00001", "revision": 1, "state": "draft", "version": 1, "etag": '"v1"'},
    **dict.fromkeys(("sent_at", "expires_at", "choice", "reasons", "note")),
}
UNREACHABLE = ApiError(0, "The server cannot be reached", "connection refused")
WRONG_FIELD = ApiError(
    422,
    "The input cannot be priced as written",
    "1 field(s) are wrong",
    "bad-input",
    [Issue("/services/0/turnaround_h", "a number above 0", "-1")],
)


@cache
def _priced():
    """The example, and the same with a fifth more volume: priced once."""
    base = read_engagement(example_engagement())
    varied = vary(base, Variation(volume_factor=1.2))
    return quote(base), quote(varied)


def _answer(document, quote_id, variant_of):
    own = {"id": quote_id, "created_at": "2027-01-04T09:30:00Z", "variant_of": variant_of}
    return {**own, **json.loads(quote_json(document))}


def base_quote():
    """The example's quote, a fresh copy."""
    return _answer(_priced()[0], BASE_ID, None)


def variant_quote():
    """The quote for a fifth more volume, a fresh copy."""
    return _answer(_priced()[1], VARIANT_ID, BASE_ID)


def quote_with_in_house():
    """A quote of an engagement with an in-house side, all pay with a source, a fresh copy."""
    return _answer(compared_quote(), BASE_ID, None)


class FakeClient:
    """Answers like the API, from quotes priced beforehand; `error` makes every call fail."""

    def __init__(self, *quotes, error=None):
        self.stored = {one["id"]: one for one in quotes}
        self.error = error
        self.priced = []
        self.variations = []
        self.compared = []
        self.own = []

    def example_engagement(self):
        self._fail()
        return example_engagement()

    def create_quote(self, engagement):
        self._fail()
        self.priced.append(engagement)
        return self._store(base_quote())

    def create_variant(self, quote_id, variation):
        self._fail()
        self.variations.append((quote_id, variation))
        return self._store(variant_quote())

    def begin_variant(self, quote_id, variation):
        """The answer is there at once."""
        answer = self.create_variant(quote_id, variation)
        return {"id": None, "state": "done", "answer": answer}

    def get_quote(self, quote_id):
        self._fail()
        if quote_id not in self.stored:
            raise ApiError(404, "Not found", "there is no such quote", "not-found")
        return self.stored[quote_id]

    def plan_calendar(self, quote_id):
        self.get_quote(quote_id)
        return calendar_notes(read_engagement(example_engagement())).model_dump(mode="json")

    def me(self):
        self._fail()
        return {"permissions": ["client-view", "quotes:answer", "surge-offer"]}

    def client_quote(self, quote_id):
        """No quote was sent, unless a test sends one."""
        self._fail()
        raise ApiError(404, "Not found", "there is no such quote", "not-found")

    def comparison(self, quote_id, *, volume=1.0, productivity=1.0, budget=None):
        self._fail()
        own = _OWN
        document = {k: v for k, v in self.get_quote(quote_id).items() if k not in own}
        self.compared.append((volume, productivity, budget))
        amount = None if budget is None else Decimal(budget)
        made = client_comparison(
            read_quote(document), budget=amount, volume=volume, productivity=productivity
        )
        return made.model_dump(mode="json")

    def own_comparison(self, quote_id, belief):
        """Only quotes of `quote_with_in_house` have an engagement to be set against."""
        self._fail()
        self.own.append(belief)
        own = read_document(InHouse, belief["in_house"])
        made = client_comparison(against_own(compared_quote(), compared_engagement(), own))
        return made.model_dump(mode="json")

    def explain(self, quote_id, path="", depth=1):
        self._fail()
        document = {key: value for key, value in self.stored[quote_id].items() if key not in _OWN}
        try:
            return explain(document, path, depth).model_dump(mode="json")
        except BadInputError as error:
            issues = [Issue(f"/{one.path}", one.accepted, one.value) for one in error.issues]
            raise ApiError(422, "Wrong path", "1 field is wrong", "bad-input", issues) from None

    def difference(self, quote_id, other_id):
        self._fail()
        assert (quote_id, other_id) == (BASE_ID, VARIANT_ID)
        return difference(*_priced()).model_dump(mode="json")

    def list_quotes(self, limit=20, starting_after=None):
        self._fail()
        rows = [
            {
                "id": one["id"],
                "created_at": one["created_at"],
                "name": one["engagement"]["name"],
                "client": one["engagement"]["client"],
                "currency": one["engagement"]["currency"],
                "input_bill": one["offers"]["input_based"]["term"]["expected_bill"]["amount"],
                "output_bill": one["offers"]["output_based"]["term"]["expected_bill"]["amount"],
                "variant_of": one["variant_of"],
            }
            for one in self.stored.values()
        ]
        start = 0 if starting_after is None else list(self.stored).index(starting_after) + 1
        page = rows[start : start + limit]
        return {"object": "list", "data": page, "has_more": start + limit < len(rows)}

    def quote_actions(self, quote_id):
        self._fail()
        self.get_quote(quote_id)
        return {"lifecycle": LIFE, "last_change": None, "data": [], "kept": []}

    def list_proposals(self, quote_id):
        self._fail()
        return {"data": []}

    def _store(self, document):
        self.stored[document["id"]] = document
        return document

    def _fail(self):
        if self.error is not None:
            raise self.error
