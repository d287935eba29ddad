"""Every operation as every role: the server does what the list in `tests/golden/roles.txt` says."""

import re

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client_view import build
from api.routes import comparisons, quote_views
from api.settings import Settings
from api.store import quotes
from api.store.database import Database
from pricing.client_comparison import client_comparison
from pricing.invoice.over_volume import contract_bills
from pricing.reading import read_engagement
from tests.architecture.test_permissions import listed
from tests.builders.comparisons import compared_quote
from tests.builders.identity import bearer, tokens_by_role
from tests.builders.lifecycle import send_quote
from tests.builders.pricing import engagement_data

LOOPBACK = "http://127.0.0.1"
NOBODY = "00000000-0000-4000-8000-000000000000"
LIST = listed()
# Ends the very session that the other cases come with.
ENDING = "DELETE /v1/sessions/current"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request, new_database):
    """A server that wants a sign-in, with a quote in it and a token for each role."""
    url = new_database(request.param)
    store = Database(url)
    quote = compared_quote()
    with store.writing() as session:
        found = quotes.add(session, read_engagement(engagement_data()), quote)
        send_quote(session, found.id)
    tokens = tokens_by_role(store, quote.engagement.client)
    store.close()
    settings = Settings(database=url, require_sign_in=True, requests_per_minute=0)
    bills, compared = contract_bills(quote), client_comparison(quote)
    with (
        pytest.MonkeyPatch.context() as patch,
        TestClient(create_app(settings), base_url=LOOPBACK) as http,
    ):
        # Worked out once, for it is who may read them that is asked here.
        patch.setattr(quote_views, "contract_bills", lambda *_, **__: bills)
        for module in (comparisons, build):
            patch.setattr(module, "client_comparison", lambda *_, **__: compared)
        yield http, tokens, found.id


READ_OF_CLIENT = "GET /v1/client-data"


def asked(server, operation, role):
    """Send a request with an empty body, which is read after the caller was let in."""
    http, tokens, quote_id = server
    method, path = operation.split()
    path = path.replace("{quote_id}", quote_id).replace("{other_id}", quote_id)
    path = re.sub(r"\{\w+\}", NOBODY, path)
    headers = {} if role == "nobody" else bearer(tokens[role])
    body: dict[str, object] | None = {} if method in {"POST", "PUT", "PATCH"} else None
    # What is read of a client is of one that is there.
    about = {"client": compared_quote().engagement.client} if operation == READ_OF_CLIENT else None
    return http.request(method, path, headers=headers, json=body, params=about)


def is_read(operation):
    """Whether it reads something that is there."""
    return operation.startswith("GET") and re.findall(r"\{(?!quote_id|other_id)", operation) == []


@pytest.mark.parametrize("operation", [one for one in LIST if one != ENDING])
def test_every_role_is_let_in_or_refused_as_the_list_says(server, operation) -> None:
    for role, allowed in LIST[operation].items():
        answer = asked(server, operation, role)
        assert answer.status_code < 500, (role, answer.text)
        refused = {"nobody": (401, "not-signed-in")}.get(role, (403, "forbidden"))
        if allowed:
            assert answer.status_code not in (401, 403), (role, answer.text)
            assert answer.status_code == 200 or not is_read(operation), (role, answer.text)
        else:
            assert (answer.status_code, answer.json()["code"]) == refused, (role, answer.text)
            assert answer.headers["content-type"] == "application/problem+json"
            assert ("www-authenticate" in answer.headers) == (role == "nobody")


def test_whoever_may_sign_out_does(server) -> None:
    http, tokens, _ = server
    for role, allowed in LIST[ENDING].items():
        if not allowed:
            assert asked(server, ENDING, role).status_code == 401
            continue
        assert asked(server, ENDING, role).status_code == 204
        assert http.get("/v1/me", headers=bearer(tokens[role])).status_code == 401
