"""Signing in and out, passwords, tokens and API keys; on SQLite and on PostgreSQL."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from api.app import create_app
from api.client import ApiError, Client
from api.identity import passwords
from api.identity.tokens import digest
from api.settings import Settings
from api.store import events
from api.store.audit import verify
from api.store.identity_tables import CredentialRow
from tests.builders.identity import QUICK, add_user, bearer, row_of, store_of, token_of

LOOPBACK = "http://127.0.0.1"
SECRET = "a long secret of hers"
OTHER = "another long secret"
CHEAP = QUICK.hash(SECRET)  # of older settings


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def http(request, new_database):
    settings = Settings(
        database=new_database(request.param), require_sign_in=True, failed_sign_ins=1_000
    )
    with TestClient(create_app(settings), base_url=LOOPBACK) as running:
        yield running


@pytest.fixture
def store(http):
    return store_of(http)


def password_of(store, email):
    with store.reading() as session:
        return row_of(session, email).password_hash


def sign_in(http, email, password=SECRET, **options):
    return http.post("/v1/sessions", json={"email": email, "password": password}, **options)


def status(http, token):
    return http.get("/v1/me", headers=bearer(token)).status_code


def test_a_session_begins_with_a_password_and_ends_at_sign_out(http, store) -> None:
    add_user(store, "sales", email="ana@vendor.example", password_hash=CHEAP)
    client = Client(LOOPBACK, http)
    with pytest.raises(ApiError) as caught:
        client.me()
    assert (caught.value.status, caught.value.code) == (401, "not-signed-in")
    signed = client.sign_in(" Ana@Vendor.Example", SECRET)
    assert signed["token"].startswith("cqs_")
    me = client.me()
    assert (me["role"], me["signed_in_with"]) == ("sales", "session")
    assert "quotes:write" in me["permissions"]
    client.sign_out()
    assert status(http, signed["token"]) == 401


def test_a_hash_of_older_settings_is_renewed_silently(http, store) -> None:
    add_user(store, "sales", email="old@vendor.example", password_hash=CHEAP)
    answer = sign_in(http, "old@vendor.example")
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    renewed = password_of(store, "old@vendor.example")
    assert renewed != CHEAP
    assert passwords.check(SECRET, renewed) == (True, None)


def test_a_wrong_password_a_disabled_user_and_nobody_are_answered_alike(http, store) -> None:
    add_user(store, "sales", email="eve@vendor.example", password_hash=CHEAP)
    gone = add_user(store, "sales", email="gone@vendor.example", password_hash=CHEAP)
    with store.writing() as session:
        row_of(session, gone.email).disabled_at = datetime.now(UTC)
    answers = [
        sign_in(http, "eve@vendor.example", "a wrong long secret"),
        sign_in(http, "gone@vendor.example"),
        sign_in(http, "nobody@vendor.example"),
    ]
    assert [answer.status_code for answer in answers] == [401] * 3
    said = [{**answer.json(), "request_id": ""} for answer in answers]
    assert said[0] == said[1] == said[2]
    assert {answer.headers["www-authenticate"] for answer in answers} == {
        'Bearer realm="crewquote"'
    }
    named = {"date", "x-request-id"}
    assert len({tuple(sorted(answer.headers.keys() - named)) for answer in answers}) == 1


def test_of_nobody_a_password_is_compared_as_well(monkeypatch) -> None:
    compared = []
    hasher = passwords._hasher
    passwords._nobody()

    class Counting:
        def verify_and_update(self, password, stored):
            compared.append(stored)
            return hasher.verify_and_update(password, stored)

    monkeypatch.setattr(passwords, "_hasher", Counting())
    assert passwords.check(SECRET, None) == (False, None)
    assert compared == [passwords._nobody()]
    assert not hasher.verify_and_update(SECRET, compared[0])[1]  # of the settings of today


def test_only_hashes_are_stored(http, store, request) -> None:
    add_user(store, "sales", email="kept@vendor.example", password_hash=CHEAP)
    token = sign_in(http, "kept@vendor.example").json()["token"]
    with store.reading() as session:
        rows = session.query(CredentialRow).filter_by(digest=digest(token)).all()
        assert len(rows) == 1
    if store.engine.url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(store.engine.url.database)) as file:
            dump = "\n".join(file.iterdump())
        assert token not in dump
        assert token[4:] not in dump
        assert SECRET not in dump


def test_a_session_ends_with_its_time(http, store) -> None:
    user = add_user(store, "planner")
    live, over = token_of(store, user), token_of(store, user, hours=-0.001)
    assert (status(http, live), status(http, over)) == (200, 401)


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Basic dXNlcjpwYXNz",
        "Bearer cqs_",
        "Bearer cqs_" + "A" * 43,
        "Bearer cq_" + "A" * 43,
        "Bearer " + "A" * 5_000,
        "Bearer cqs_" + "A" * 42 + "é",
        "Bearer cqs_" + "A" * 42 + "'",
        "Bearer null",
    ],
)
def test_what_is_no_token_is_refused(http, header) -> None:
    answer = http.get("/v1/me", headers={"Authorization": header.encode("latin-1")})
    assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


def test_a_token_that_was_tampered_with_is_refused(http, store) -> None:
    token = token_of(store, add_user(store, "sales"))
    assert status(http, token) == 200
    swapped = [token[:-1] + ("A" if token[-1] != "A" else "B"), token.swapcase(), token[:-1]]
    swapped += [token + "A", "cq_" + token[4:], token[4:], digest(token)]
    assert [status(http, one) for one in swapped] == [401] * len(swapped)
    both = [("Authorization", f"Bearer {token}"), ("Authorization", f"Bearer {token}")]
    assert http.get("/v1/me", headers=both).status_code == 401


def test_a_disabled_user_s_tokens_end_and_stay_ended(http, store) -> None:
    admin = bearer(token_of(store, add_user(store, "admin")))
    user = add_user(store, "sales")
    token, key = token_of(store, user), token_of(store, user, name="k", permissions=["profile"])
    for disabled in (True, False):
        body = {"disabled": disabled}
        answer = http.patch(f"/v1/users/{user.id}", json=body, headers=admin)
        assert (answer.status_code, answer.json()["disabled_at"] is None) == (200, not disabled)
        assert [status(http, token), status(http, key)] == [401, 401]


def test_a_role_counts_from_the_next_request_on(http, store) -> None:
    admin = bearer(token_of(store, add_user(store, "admin")))
    user = add_user(store, "sales")
    token = token_of(store, user)
    answer = http.patch(
        f"/v1/users/{user.id}", json={"role": "client", "client": "Lakeshore"}, headers=admin
    )
    assert answer.status_code == 200, answer.text
    assert http.get("/v1/quotes", headers=bearer(token)).status_code == 403
    me = http.get("/v1/me", headers=bearer(token)).json()
    assert (me["role"], me["client"]) == ("client", "Lakeshore")


def test_a_password_is_changed_by_whoever_knows_it(http, store) -> None:
    user = add_user(store, "sales", email="new@vendor.example", password_hash=CHEAP)
    here, there = token_of(store, user), token_of(store, user)
    key = token_of(store, user, name="k", permissions=["profile"])

    def change(current, password, token=here):
        body = {"current": current, "password": password}
        return http.put("/v1/me/password", json=body, headers=bearer(token))

    assert change("wrong", OTHER).json()["code"] == "wrong-credentials"
    assert change(SECRET, OTHER, key).json()["code"] == "forbidden"
    assert password_of(store, "new@vendor.example") == CHEAP
    assert change(SECRET, OTHER).status_code == 204
    assert passwords.check(OTHER, password_of(store, "new@vendor.example"))[0]
    assert [status(http, one) for one in (here, there, key)] == [200, 401, 200]


def test_a_reset_password_ends_sessions_and_keys(http, store) -> None:
    admin = bearer(token_of(store, add_user(store, "admin")))
    user = add_user(store, "sales")
    tokens = token_of(store, user), token_of(store, user, name="k", permissions=["profile"])
    path = f"/v1/users/{user.id}/password"
    assert http.put(path, json={"password": OTHER}, headers=admin).status_code == 204
    assert [status(http, one) for one in tokens] == [401, 401]


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "12 to 200 characters"),
        ("x" * 201, "12 to 200 characters"),
        ("NINA@vendor.example", "not the user's own name or address"),
        ("aaaaaaaabbbbbbbb", "more different characters"),
    ],
)
def test_a_weak_password_is_refused_and_not_repeated(http, store, password, said) -> None:
    admin = bearer(token_of(store, add_user(store, "admin")))
    body = {"email": "nina@vendor.example", "name": "N", "role": "sales", "password": password}
    answer = http.post("/v1/users", json=body, headers=admin)
    assert answer.status_code == 422
    assert said in answer.json()["errors"][0]["detail"]
    assert password not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        {"email": "a@b.example", "password": 9_876_543_219},
        {"email": "a@b.example", "passwort": "9876543219"},
        {"email": "a@b.example", "password": ["9876543219"]},
        "9876543219",
    ],
)
def test_no_refusal_repeats_what_was_typed(http, body) -> None:
    answer = http.post("/v1/sessions", json=body)
    assert answer.status_code == 422
    assert "987654" not in answer.text


def test_users_are_added_listed_and_changed_by_an_admin(http, store) -> None:
    admin = bearer(token_of(store, add_user(store, "admin")))
    body = {"email": "Kim@Client.example", "name": "Kim", "role": "client", "password": OTHER}
    refused = http.post("/v1/users", json=body, headers=admin).json()
    assert refused["errors"][0]["pointer"] == "/client"
    made = http.post("/v1/users", json={**body, "client": "Lakeshore"}, headers=admin)
    assert made.status_code == 201
    path = made.headers["location"]
    assert http.get(path, headers=admin).json() == made.json()
    assert "password" not in made.text
    again = http.post("/v1/users", json={**body, "client": "Lakeshore"}, headers=admin)
    assert (again.status_code, again.json()["code"]) == (409, "email-taken")
    wrong = http.patch(path, json={"client": "Other", "role": "sales"}, headers=admin)
    assert wrong.json()["errors"][0]["pointer"] == "/client"
    moved = http.patch(path, json={"role": "sales"}, headers=admin).json()
    assert (moved["role"], moved["client"]) == ("sales", None)
    pages, after = [], None
    while True:
        query = {"limit": 3} | ({"starting_after": after} if after else {})
        page = http.get("/v1/users", params=query, headers=admin).json()
        pages += [user["email"] for user in page["data"]]
        if not page["has_more"]:
            break
        after = page["data"][-1]["id"]
    assert "kim@client.example" in pages
    assert pages == sorted(set(pages))


def test_the_last_admin_stays(new_database) -> None:
    settings = Settings(database=new_database("sqlite"))
    with TestClient(create_app(settings), base_url=LOOPBACK) as http:
        one = add_user(store_of(http), "admin")
        for body in ({"disabled": True}, {"role": "sales"}):
            answer = http.patch(f"/v1/users/{one.id}", json=body)
            assert (answer.status_code, answer.json()["code"]) == (409, "last-admin")
        add_user(store_of(http), "admin")
        assert http.patch(f"/v1/users/{one.id}", json={"disabled": True}).status_code == 200


def make_key(http, token, permissions, **more):
    body = {"name": "intake", "permissions": permissions, **more}
    return http.post("/v1/keys", json=body, headers=bearer(token))


def test_a_key_may_what_it_was_made_for_and_no_more(http, store) -> None:
    token = token_of(store, add_user(store, "sales"))
    made = make_key(http, token, ["quotes:read", "profile"])
    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
    key = made.json()["key"]
    assert key.startswith("cq_")
    assert http.get("/v1/quotes", headers=bearer(key)).status_code == 200
    refused = http.post("/v1/quotes", json={}, headers=bearer(key))
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert "quotes:write, which this API key lacks" in refused.json()["detail"]
    assert http.get("/v1/me", headers=bearer(key)).json()["signed_in_with"] == "key"


def test_a_key_may_never_more_than_its_user(http, store) -> None:
    token = token_of(store, add_user(store, "approver"))
    for asked in (["quotes:write"], ["users"], ["profile", "metrics"]):
        answer = make_key(http, token, asked)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (
            *(422, "/permissions"),
        )
    making = make_key(http, token, ["keys", "profile"]).json()["key"]
    assert make_key(http, making, ["quotes:read"]).status_code == 422
    assert make_key(http, making, ["profile"]).status_code == 201


def test_a_key_of_a_user_who_was_moved_loses_what_the_role_lacks(http, store) -> None:
    user = add_user(store, "sales")
    key = make_key(http, token_of(store, user), ["quotes:read", "profile"]).json()["key"]
    with store.writing() as session:
        row = row_of(session, user.email)
        row.role, row.client = "client", "Lakeshore"
    assert http.get("/v1/quotes", headers=bearer(key)).status_code == 403
    assert status(http, key) == 200


def test_keys_are_listed_with_their_use_and_shown_once(http, store) -> None:
    token = token_of(store, add_user(store, "sales"))
    made = make_key(http, token, ["profile"], expires_in_days=1).json()
    listed = http.get("/v1/keys", headers=bearer(token)).json()["data"]
    assert [one["id"] for one in listed] == [made["id"]]
    assert listed[0]["used_at"] is None
    assert listed[0]["hint"] == "…" + made["key"][-4:]
    assert made["key"] not in str(listed)
    assert status(http, made["key"]) == 200
    listed = http.get("/v1/keys", headers=bearer(token)).json()["data"]
    assert listed[0]["used_at"] is not None


def test_a_key_ends_when_it_is_revoked_or_over(http, store) -> None:
    token = token_of(store, add_user(store, "sales"))
    one, two = (make_key(http, token, ["profile"]).json() for _ in range(2))
    assert http.delete(f"/v1/keys/{one['id']}", headers=bearer(token)).status_code == 204
    assert [status(http, made["key"]) for made in (one, two)] == [401, 200]
    with store.writing() as session:
        past = datetime.now(UTC) - timedelta(seconds=1)
        row = update(CredentialRow).where(CredentialRow.id == two["id"])
        session.execute(row.values(expires_at=past))
    assert status(http, two["key"]) == 401


def test_a_key_is_its_user_s_and_an_admin_s(http, store) -> None:
    owner, other, admin = (token_of(store, add_user(store, r)) for r in ("sales", "sales", "admin"))
    made = make_key(http, owner, ["profile"]).json()
    path = f"/v1/keys/{made['id']}"
    assert http.delete(path, headers=bearer(other)).status_code == 404
    assert http.get("/v1/keys", headers=bearer(other)).json()["data"] == []
    assert make_key(http, other, ["profile"], user_id=made["user_id"]).status_code == 403
    assert make_key(http, admin, ["profile"], user_id=made["user_id"]).status_code == 201
    assert made["id"] in http.get("/v1/keys", headers=bearer(admin)).text
    assert http.delete(path, headers=bearer(admin)).status_code == 204


def test_without_sign_in_a_credential_is_still_looked_at(new_database) -> None:
    settings = Settings(database=new_database("sqlite"))
    with TestClient(create_app(settings), base_url=LOOPBACK) as http:
        token = token_of(store_of(http), add_user(store_of(http), "planner"))
        assert http.get("/v1/me").json()["id"] == "local"
        assert http.get("/v1/me", headers=bearer(token)).json()["role"] == "planner"
        assert http.get("/v1/users", headers=bearer(token)).status_code == 403
        assert http.get("/v1/me", headers=bearer("cqs_" + "A" * 43)).status_code == 401
        assert http.delete("/v1/sessions/current").status_code == 404
        body = {"name": "k", "permissions": ["profile"]}
        assert http.post("/v1/keys", json=body).json()["errors"][0]["pointer"] == "/user_id"


def test_what_happens_to_users_and_keys_is_in_the_audit_chain_without_their_names(
    http, store
) -> None:
    boss = add_user(store, "admin")
    admin = token_of(store, boss)
    body = {"email": "lee@v.example", "name": "Lee", "role": "sales", "password": OTHER}
    user_id = http.post("/v1/users", json=body, headers=bearer(admin)).json()["id"]
    http.patch(f"/v1/users/{user_id}", json={"role": "planner"}, headers=bearer(admin))
    http.put(f"/v1/users/{user_id}/password", json={"password": SECRET}, headers=bearer(admin))
    key_id = make_key(http, admin, ["profile"], user_id=user_id).json()["id"]
    http.delete(f"/v1/keys/{key_id}", headers=bearer(admin))
    with store.reading() as session:
        told = [one for of in (user_id, key_id) for one in events.page(session, of, 10)[0]]
        assert verify(session).whole
    assert [one.type for one in told] == [
        *("user.created", "user.changed", "user.password_reset", "key.created", "key.revoked")
    ]
    assert {one.actor_id for one in told} == {boss.id}
    assert [one.after["role"] for one in told[:2] if one.after] == ["sales", "planner"]
    assert "lee" not in str([(one.before, one.after) for one in told]).lower()
