"""schemathesis over the OpenAPI document: no answer outside what the document promises."""

from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace

import pytest
import schemathesis
from pwdlib import PasswordHash
from sqlalchemy import update
from starlette.testclient import TestClient

from api import app as application
from api.app import create_app
from api.client_view import build
from api.identity import passwords
from api.identity.tokens import digest
from api.routes import comparisons, quote_views
from api.settings import Settings
from api.store import quotes
from api.store.database import Database
from api.store.identity_tables import CredentialRow, UserRow
from pricing.client_comparison import client_comparison
from pricing.invoice.over_volume import contract_bills
from tests.architecture.test_permissions import listed
from tests.builders import contract
from tests.builders.comparisons import compared_engagement, compared_quote
from tests.builders.identity import QUICK, add_user, bearer, token_of
from tests.builders.lifecycle import send_quote
from tests.builders.staged import PATIENCE_S

pytestmark = pytest.mark.slow

ROLES = ("sales", "approver", "planner", "client", "admin")
EXAMPLES = 20
# Of what reads an engagement by the same function as validating does.
FEW = 2
RANDOM = ("examples", "fuzzing")
EVERYTHING = ("examples", "coverage", "fuzzing", "stateful")
REFUSED = {401, 403}
# Refused for the password that was sent.
KNOWS_NO_PASSWORD = {"POST /v1/sessions", "PUT /v1/me/password"}
# What a caller may do to itself, so that it is let in no more.
ON_ONESELF = {
    "DELETE /v1/sessions/current",
    "PATCH /v1/users/{user_id}",
    "PUT /v1/users/{user_id}/password",
}


@pytest.fixture(scope="module", autouse=True)
def quick():
    """Passwords are hashed with less work; what is calculated of a body is calculated once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHash((QUICK,)))
        for name in ("STUDIES", "CALCULATIONS"):
            kinds = getattr(application, name)
            patch.setattr(application, name, {one: remembering(kinds[one]) for one in kinds})
        yield


@pytest.fixture(scope="module")
def open_app(tmp_path_factory):
    """The application as one starts with it: nobody signs in, SQLite, nothing stored."""
    database = tmp_path_factory.mktemp("store") / "quotes.sqlite"
    yield create_app(Settings(database=database, log="off"))
    contract.end()


@pytest.mark.parametrize(
    ("which", "phases", "examples"),
    [
        ({"without": contract.WITH_ENGAGEMENT}, EVERYTHING, EXAMPLES),
        ({"only": (contract.VALIDATING,)}, RANDOM, EXAMPLES),
        ({"only": (*contract.STUDIES, *contract.PRICING)}, RANDOM, FEW),
    ],
    ids=["all without an engagement", "validating", "pricing and studies"],
)
def test_no_answer_is_outside_the_document(open_app, which, phases, examples) -> None:
    document = contract.contract(open_app)
    outcome = contract.run(open_app, document, phases, examples=examples, **which)
    assert outcome.found == []
    assert outcome.statuses


def test_nor_is_one_to_every_case_of_what_is_said_beside_an_engagement(open_app) -> None:
    document = contract.beside_engagements(contract.contract(open_app))
    outcome = contract.run(open_app, document, ("coverage",), examples=1, only=contract.STUDIES)
    assert outcome.found == []
    assert len(outcome.statuses) == len(contract.STUDIES)


def test_addresses_with_an_engagement_are_those_that_hold_one(open_app) -> None:
    """One that was forgotten would be asked for every case of every field of an engagement."""
    assert contract.holding_engagements(open_app.openapi()) == set(contract.WITH_ENGAGEMENT)


def remembering(kind, known={}):  # noqa: B006 (one memory for all applications)
    """A kind of work that is done once of each body: here it is asked who gets it, and how."""

    def do(order, bench):
        key = repr((order.path, order.body, order.wanted))
        if key not in known:
            known[key] = kind.do(order, bench)
        return known[key]

    return replace(kind, do=do)


@contextmanager
def signing_in(url):
    """An application that wants a sign-in, with the documented quote sent to its client."""
    store, quote = Database(url), compared_quote()
    bills, compared = contract_bills(quote), client_comparison(quote)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quotes, "uuid", SimpleNamespace(uuid4=lambda: contract.DOCUMENTED_QUOTE))
        with store.writing() as session:
            send_quote(session, quotes.add(session, compared_engagement(), quote).id)
        store.close()
        patch.undo()
        patch.setattr(quote_views, "contract_bills", lambda *_, **__: bills)
        for module in (comparisons, build):
            patch.setattr(module, "client_comparison", lambda *_, **__: compared)
        app = create_app(
            Settings(
                database=url,
                log="off",
                require_sign_in=True,
                requests_per_minute=0,
                address_requests_per_minute=0,
                shutdown_s=PATIENCE_S,  # jobs that nobody waits for end before their store does
            )
        )
        app.state.pricer.price = lambda *_, **__: quote
        yield app
        contract.end()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def signed_in(request, new_database):
    """An application that wants a sign-in, on either store."""
    with signing_in(new_database(request.param)) as app:
        yield app


@pytest.fixture(scope="module")
def sent(new_database):
    """What schemathesis thinks of sending, as an admin who may ask for most of what there is."""
    with signing_in(new_database("sqlite")) as app:
        headers, after = calling(app, "admin")
        document = contract.with_documented_engagements(
            contract.contract(app), compared_engagement().model_dump(mode="json")
        )
        run = contract.run(app, document, RANDOM, examples=2, headers=headers, after=after)
    assert run.found == []
    return run.sent


def calling(app, role):
    """Headers of a new user, and what undoes all that it does to itself."""
    store = app.state.store
    client = compared_quote().engagement.client if role == "client" else None
    user = add_user(store, role, client=client)
    token = token_of(store, user)

    def after(operation, status):
        if status < 300 and operation in ON_ONESELF:
            restored(store, token, user)

    return bearer(token), after


def restored(store, token, user):
    """Undo what a caller did to itself: signing out, taking its own role away."""
    with store.writing() as session:
        mine = CredentialRow.digest == digest(token)
        session.execute(update(CredentialRow).where(mine).values(revoked_at=None))
        own = {"role": user.role, "client": user.client, "disabled_at": None}
        session.execute(update(UserRow).where(UserRow.id == user.id).values(**own))


@pytest.mark.parametrize("role", ROLES)
def test_nor_is_one_to_any_role_on_either_store(sent, signed_in, role) -> None:
    outcome = contract.again(signed_in, sent, *calling(signed_in, role))
    assert outcome.found == []
    let_in = {one for one, answers in outcome.statuses.items() if set(answers) - REFUSED}
    allowed = {one for one, roles in listed().items() if roles[role]}
    assert let_in ^ allowed <= KNOWS_NO_PASSWORD
    assert outcome.statuses.keys() == listed().keys()


def test_events_of_a_job_are_what_the_document_promises(tmp_path):
    """No run finds a job of its own in time to read its events."""
    app = create_app(Settings(database=tmp_path / "quotes.sqlite", log="off"))
    document = app.openapi()
    examples = document["paths"]["/v1/requirement"]["post"]["requestBody"]["content"]
    (asked, *_) = examples["application/json"]["examples"].values()
    with TestClient(app, base_url="http://127.0.0.1") as http:
        sent = {"json": asked["value"], "headers": {"Prefer": "respond-async"}}
        answer = http.post("/v1/requirement", **sent)
        told = http.get(f"{answer.headers['location']}/events")
    assert "event: done" in told.text
    schema = schemathesis.openapi.from_dict(document)
    operation = schema["/v1/jobs/{job_id}/events"]["GET"]
    case = operation.Case(path_parameters={"job_id": answer.headers["location"].rsplit("/", 1)[1]})
    case.validate_response(told)
