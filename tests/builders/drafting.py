"""A client that checks engagements as the API does, and prices none."""

import copy

from api.client import ApiError, Issue
from api.example_files import ABOUT, QUICK, example
from api.problems import pointer
from api.tables.volumes import Wanted, volumes_table
from pricing.reading import read_engagement
from staffing.errors import BadInputError
from tests.builders.quotes import FakeClient

ROW = {
    "name": "Claims",
    "client": "Lakeshore",
    "created_at": "2027-01-04T09:30:00Z",
    "number": "Q-2027-00001",
    "revision": 1,
}


def _listed(one):
    engagement = one["engagement"]
    named = {name: engagement.get(name) for name in ("name", "client")}
    return named | {"changed_at": ROW["created_at"]}


class DraftingClient(FakeClient):
    """Beside what `FakeClient` answers: examples, and what is wrong with an engagement."""

    def __init__(self, *quotes, error=None):
        super().__init__(*quotes, error=error)
        self.checked = []
        self.revised = []
        self.drafts = {}
        self.cards = []

    def me(self):
        self._fail()
        return {"permissions": ["quotes:read", "quotes:write", "rates:read"]}

    def list_examples(self):
        self._fail()
        rows = [
            {"name": name, "title": example(name)["name"], "about": about}
            for name, about in ABOUT.items()
        ]
        return {"object": "list", "data": rows}

    def get_example(self, name):
        self._fail()
        return example(name)

    def list_quotes(self, limit=20, starting_after=None, **wanted):
        self._fail()
        data = [{"id": one, **ROW} for one in self.stored]
        return {"object": "list", "data": data, "has_more": False}

    def get_engagement(self, quote_id):
        assert quote_id in self.stored
        return example(QUICK)

    def validate(self, engagement):
        self._fail()
        self.checked.append(engagement)
        try:
            read = read_engagement(engagement)
        except BadInputError as error:
            issues = [
                Issue(pointer(one.path), one.accepted, one.value or None) for one in error.issues
            ]
            title = "The input cannot be priced as written"
            raise ApiError(422, title, "wrong", "bad-input", issues) from None
        return {"valid": True, "name": read.name, "unsourced": ["commercial.sga"]}

    def list_rate_cards(self):
        self._fail()
        return {"data": self.cards}

    def fill_from_rate_card(self, name, version, engagement):
        self._fail()
        made = {**engagement, "currency": "EUR"}
        return {"engagement": made, "filled": {"currency": f"{name} version {version}"}}

    def list_drafts(self):
        self._fail()
        return {"data": [{**one, **_listed(one)} for one in self.drafts.values()]}

    def get_draft(self, draft_id):
        if draft_id not in self.drafts:
            raise ApiError(404, "Not found", "no draft of yours", "not-found")
        return copy.deepcopy(self.drafts[draft_id])

    def create_draft(self, engagement, revises):
        self._fail()
        return self._draft(f"d{len(self.drafts) + 1}", engagement, revises, 1)

    def write_draft(self, draft_id, engagement, revises, etag):
        self._fail()
        held = self.get_draft(draft_id)
        if held["etag"] != etag:
            raise ApiError(412, "Changed", "the draft was changed at noon", "stale")
        return self._draft(draft_id, engagement, revises, held["version"] + 1)

    def delete_draft(self, draft_id):
        del self.drafts[draft_id]

    def _draft(self, draft_id, engagement, revises, version):
        held = {"id": draft_id, "version": version, "etag": f'"v{version}"'}
        held |= {"engagement": copy.deepcopy(engagement), "revises": revises}
        self.drafts[draft_id] = held
        return copy.deepcopy(held)

    def read_volumes(self, content, kind, **wanted):
        return volumes_table(content, kind, Wanted(**wanted)).model_dump(mode="json")

    def begin_quote(self, engagement):
        return {"id": None, "state": "done", "answer": self.create_quote(engagement)}

    def begin_revision(self, quote, engagement):
        self._fail()
        self.revised.append((quote["id"], engagement))
        return {"id": None, "state": "done", "answer": quote}
