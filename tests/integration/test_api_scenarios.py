"""Sets of scenarios over HTTP: two people, one base, nothing overwritten and nothing lost."""

import json
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import ApiError, Client
from api.pricer import Pricer
from api.scenario_sets import standing
from api.settings import Settings
from api.store import events, quotes
from api.store.audit import verify
from api.store.erasure import purge
from api.store.events import SYSTEM
from api.store.tables import EventRow, QuoteRow
from tests.builders.comparisons import compared_engagement, compared_quote
from tests.builders.identity import add_user, bearer, store_of, token_of
from tests.builders.scenarios import MARGIN, VOLUME, moved_quote

SETS = "/v1/scenario-sets"
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request, new_database):
    """A server that wants a sign-in; whatever it prices is dearer by a tenth, and not solved."""
    settings = Settings(
        database=new_database(request.param),
        require_sign_in=True,
        requests_per_minute=0,
        log="off",
    )
    priced = []

    def price(_self, engagement, **_):
        priced.append(engagement)
        return moved_quote(bill="1.1")

    with (
        pytest.MonkeyPatch.context() as patch,
        TestClient(create_app(settings), base_url="http://127.0.0.1") as http,
    ):
        patch.setattr(Pricer, "price", price)
        store = store_of(http)
        users = {
            name: add_user(store, role, email=f"{name}@vendor.example")
            for name, role in (
                ("sam", "sales"),
                ("sue", "sales"),
                ("pat", "planner"),
                ("ann", "approver"),
                ("root", "admin"),
            )
        }
        add_user(store, "client", client="Test client", email="kim@client.example")
        tokens = {name: bearer(token_of(store, user)) for name, user in users.items()}
        yield SimpleNamespace(http=http, store=store, tokens=tokens, users=users, priced=priced)


@pytest.fixture
def base(server):
    """A stored quote, each time another."""
    with server.store.writing() as session:
        return quotes.add(session, compared_engagement(), compared_quote()).id


@pytest.fixture
def call(server):
    def send(who, method, path, body=None, etag=None, **headers):
        headers |= server.tokens[who] | ({} if etag is None else {"If-Match": etag})
        return server.http.request(method, SETS + path, json=body, headers=headers)

    return send


@pytest.fixture
def made(call, base):
    """A set of Sam's with one scenario."""
    scenario = {"name": "More volume", "overrides": [VOLUME]}
    body = {"name": "Claims", "base_quote_id": base, "scenarios": [scenario]}
    answer = call("sam", "POST", "", body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def code(answer):
    return answer.status_code, answer.json()["code"]


def only(made):
    (scenario,) = made["scenarios"]
    return scenario, f"/{made['id']}/scenarios/{scenario['id']}"


def priced(call, made, who="sam"):
    scenario, at = only(made)
    answer = call(who, "POST", f"{at}/price", etag=scenario["etag"])
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_set_stores_only_what_its_scenarios_change(call, made, base) -> None:
    assert made["base"] | {"name": ""} == {
        "quote_id": base,
        "name": "",
        "client": "Test client",
        "currency": "USD",
        "state": "priced",
        "stale_because": [],
    }
    scenario, at = only(made)
    assert scenario["overrides"] == [VOLUME]
    assert (scenario["state"], scenario["quote_id"], scenario["priced_from"]) == (
        "not_priced",
        None,
        None,
    )
    found = call("sam", "GET", f"/{made['id']}")
    assert (found.json(), found.headers["etag"]) == (made, made["etag"])
    assert call("sam", "GET", at).json() == scenario


@pytest.mark.parametrize(
    ("change", "pointer", "said"),
    [
        ({"base_quote_id": NOBODY}, "/base_quote_id", "the id of a stored quote"),
        ({"colour": 1}, "/colour", "unknown field"),
        (
            {"scenarios": [{"name": "a", "overrides": [VOLUME | {"path": "/services/0/speed"}]}]},
            "/scenarios/0/overrides/0/path",
            "/services/0 has",
        ),
        ({"scenarios": [{"name": "a"}, {"name": "A"}]}, "/scenarios/1/name", "no other scenario"),
        ({"scenarios": [{"name": str(i)} for i in range(5)]}, "/scenarios", "4 at most"),
    ],
)
def test_a_wrong_set_is_refused_at_its_place(call, base, change, pointer, said) -> None:
    answer = call("sam", "POST", "", {"name": "x", "base_quote_id": base} | change)
    assert code(answer) == (422, "bad-input")
    (issue,) = answer.json()["errors"]
    assert issue["pointer"] == pointer
    assert said in issue["detail"]


def test_a_scenario_is_priced_as_a_variant_and_compared(call, server, made, base) -> None:
    quote = priced(call, made)
    assert quote["variant_of"] == base
    (asked,) = server.priced[-1:]
    assert asked.services[0].volume.scale == 1.2
    scenario = call("sam", "GET", only(made)[1]).json()
    assert (scenario["state"], scenario["quote_id"]) == ("priced", quote["id"])
    assert scenario["priced_from"]["base_hash"] == compared_quote().engagement.content_hash
    assert scenario["etag"] == only(made)[0]["etag"]  # a result is no edit
    compared = call("sam", "GET", f"/{made['id']}/comparison").json()
    assert [one["state"] for one in compared["versions"]] == ["priced", "priced"]
    (moved,) = compared["inputs"]
    assert (moved["pointer"], moved["base"], moved["scenarios"]) == (
        VOLUME["path"],
        "1.0",
        {scenario["id"]: "1.2"},
    )
    bill = next(one for one in compared["figures"] if one["key"] == "output_based/bill")
    assert bill["scenarios"][0]["change_share"] == pytest.approx(0.1, abs=1e-5)
    path = f"/{made['id']}/bridge?of=profit&end={scenario['id']}"
    bridge = call("sam", "GET", path).json()
    assert [step["name"] for step in bridge["steps"]] == ["bill"]


def test_a_scenario_is_taken_apart_for_who_may_read_it_and_nothing_is_stored(
    call, server, made, monkeypatch
) -> None:
    _, at = only(made)
    assert call("ann", "POST", f"{at}/effects").status_code == 404  # it is not shared with her
    with server.store.reading() as session:
        before = session.query(QuoteRow).count()
    answer = call("sam", "POST", f"{at}/effects")
    assert answer.status_code == 200, answer.text
    assert [change["path"] for change in answer.json()["changes"]] == [VOLUME["path"]]
    figures = {one["key"]: one for one in answer.json()["alone"]["figures"]}
    (moved,) = figures["output_based/bill"]["scenarios"]
    assert moved["change_share"] == pytest.approx(0.1, abs=1e-6)
    with server.store.reading() as session:
        assert session.query(QuoteRow).count() == before
    monkeypatch.setattr(standing, "CALCULATION_VERSION", "9")
    assert code(call("sam", "POST", f"{at}/effects")) == (409, "not-comparable")


def test_what_is_stale_is_marked_and_not_compared(call, server, made, base, monkeypatch) -> None:
    priced(call, made)
    scenario, at = only(made)

    def stands():
        return call("sam", "GET", at).json()

    def compared():
        return call("sam", "GET", f"/{made['id']}/comparison").json()

    assert compared()["figures"][0]["scenarios"] != []
    changed = call("sam", "PATCH", at, {"overrides": [VOLUME, MARGIN]}, etag=scenario["etag"])
    assert (changed.status_code, changed.json()["state"]) == (200, "stale")
    assert changed.json()["stale_because"] == ["what the scenario changes has changed"]
    assert compared()["figures"][0]["scenarios"] == []
    path = f"/{made['id']}/bridge?end={scenario['id']}"
    assert code(call("sam", "GET", path)) == (409, "not-comparable")
    back = call("sam", "PATCH", at, {"overrides": [VOLUME]}, etag=changed.json()["etag"])
    assert back.json()["state"] == "priced"  # it says again what was priced
    with server.store.writing() as session:
        other = quotes.add(session, compared_engagement(), compared_quote()).id
        same = session.get_one(QuoteRow, other)
        document = json.loads(same.quote)
        document["engagement"]["content_hash"] = "f" * 64
        same.quote = json.dumps(document)
    rebased = call("sam", "PATCH", f"/{made['id']}", {"base_quote_id": other}, etag=made["etag"])
    assert rebased.json()["scenarios"][0]["stale_because"] == ["the base has changed"]
    again = call(
        "sam", "PATCH", f"/{made['id']}", {"base_quote_id": base}, etag=rebased.json()["etag"]
    )
    assert again.json()["scenarios"][0]["state"] == "priced"
    monkeypatch.setattr(standing, "CALCULATION_VERSION", "9")
    assert stands()["stale_because"][0].endswith("this is 9")
    assert {one["state"] for one in compared()["versions"]} == {"stale"}
    assert compared()["figures"] == []
    assert len(compared()["inputs"]) == 1  # what changed is known without a price


def test_two_who_edit_one_scenario_see_the_conflict_and_lose_nothing(call, made) -> None:
    shared = call("sam", "PUT", f"/{made['id']}/sharing", {"staff": "write"}, etag=made["etag"])
    scenario, at = only(made)
    first = call("pat", "PATCH", at, {"overrides": [MARGIN]}, etag=scenario["etag"])
    assert first.status_code == 200
    late = call("sam", "PATCH", at, {"overrides": [VOLUME, MARGIN]}, etag=scenario["etag"])
    assert code(late) == (412, "scenario-changed")
    detail = late.json()["detail"]
    assert detail.startswith("More volume was changed by planner of the tests at 20")
    assert late.headers["etag"] == first.json()["etag"]
    assert call("sam", "GET", at).json() == first.json()
    mine = {"name": "More volume, mine", "overrides": [VOLUME, MARGIN]}
    added = call("sam", "POST", f"/{made['id']}/scenarios", mine, etag=shared.json()["etag"])
    assert added.status_code == 201
    kept = call("sam", "GET", f"/{made['id']}").json()["scenarios"]
    assert [one["overrides"] for one in kept] == [[MARGIN], [VOLUME, MARGIN]]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "/{set}", {"name": "x"}),
        ("PUT", "/{set}/sharing", {}),
        ("DELETE", "/{set}", None),
        ("POST", "/{set}/scenarios", {"name": "x"}),
        ("PATCH", "/{set}/scenarios/{one}", {"name": "x"}),
        ("DELETE", "/{set}/scenarios/{one}", None),
        ("POST", "/{set}/scenarios/{one}/price", None),
    ],
)
def test_every_change_names_the_version_it_was_decided_on(call, made, method, path, body) -> None:
    at = path.format(set=made["id"], one=only(made)[0]["id"])
    assert code(call("sam", method, at, body)) == (428, "no-precondition")
    assert code(call("sam", method, at, body, etag='"v7"')) == (412, "scenario-changed")
    assert call("sam", "GET", f"/{made['id']}").json() == made


def test_a_scenario_is_renamed_copied_and_deleted(call, made) -> None:
    quote = priced(call, made)
    scenario, at = only(made)
    renamed = call("sam", "PATCH", at, {"name": "Peak", "description": "d"}, etag=scenario["etag"])
    assert (renamed.json()["name"], renamed.json()["state"]) == ("Peak", "priced")
    body = {"name": "Copy", "copy_of": scenario["id"]}
    copy = call("sam", "POST", f"/{made['id']}/scenarios", body, etag=made["etag"]).json()
    assert (copy["overrides"], copy["quote_id"], copy["state"]) == ([VOLUME], quote["id"], "priced")
    set_etag = call("sam", "GET", f"/{made['id']}").json()["etag"]
    taken = call("sam", "POST", f"/{made['id']}/scenarios", {"name": "PEAK"}, etag=set_etag)
    assert code(taken) == (409, "name-taken")
    at_copy = f"/{made['id']}/scenarios/{copy['id']}"
    clash = call("sam", "PATCH", at_copy, {"name": "Peak"}, etag=copy["etag"])
    assert code(clash) == (409, "name-taken")
    assert call("sam", "DELETE", at_copy, etag=copy["etag"]).status_code == 204
    assert code(call("sam", "GET", at_copy)) == (404, "not-found")


def test_a_fifth_scenario_is_refused(call, base) -> None:
    body = {"name": "x", "base_quote_id": base, "scenarios": [{"name": n} for n in "abcd"]}
    full = call("sam", "POST", "", body).json()
    added = call("sam", "POST", f"/{full['id']}/scenarios", {"name": "e"}, etag=full["etag"])
    assert code(added) == (409, "set-full")


def test_a_set_is_its_owner_s_until_it_is_shared(call, server, made) -> None:
    at, (scenario, at_one) = f"/{made['id']}", only(made)
    for other in ("sue", "pat", "ann"):
        assert code(call(other, "GET", at)) == (404, "not-found")
        assert made["id"] not in [one["id"] for one in call(other, "GET", "").json()["data"]]
    assert call("root", "GET", at).json()["access"] == "owner"
    body = {
        "staff": "read",
        "users": [
            {"email": "PAT@vendor.example", "access": "write"},
            {"email": "ann@vendor.example", "access": "write"},
        ],
    }
    shared = call("sam", "PUT", f"{at}/sharing", body, etag=made["etag"]).json()
    assert shared["sharing"]["staff"] == "read"
    assert {one["email"] for one in shared["sharing"]["users"]} == {
        "pat@vendor.example",
        "ann@vendor.example",
    }
    assert [call(w, "GET", at).json()["access"] for w in ("sue", "pat", "ann")] == [
        "read",
        "write",
        "read",  # an approver's role reads
    ]
    refused = call("sue", "PATCH", at_one, {"name": "x"}, etag=scenario["etag"])
    assert code(refused) == (403, "forbidden")
    assert "sales of the tests shared this set with you to read" in refused.json()["detail"]
    assert code(call("pat", "DELETE", at, etag=shared["etag"])) == (403, "forbidden")
    assert call("pat", "PATCH", at_one, {"name": "x"}, etag=scenario["etag"]).status_code == 200
    private = call("sam", "PUT", f"{at}/sharing", {}, etag=shared["etag"]).json()
    assert private["sharing"] == {"staff": "none", "users": []}
    assert code(call("pat", "GET", at)) == (404, "not-found")


@pytest.mark.parametrize(
    "email", ["kim@client.example", "nobody@vendor.example", "a\x00b@vendor.example"]
)
def test_a_set_is_shared_with_staff_alone(call, made, email) -> None:
    body = {"users": [{"email": email, "access": "read"}]}
    answer = call("sam", "PUT", f"/{made['id']}/sharing", body, etag=made["etag"])
    assert code(answer) == (422, "bad-input")
    assert answer.json()["errors"][0]["pointer"] == "/users/0/email"


def test_a_base_that_a_scenario_does_not_fit_is_refused(call, server, made) -> None:
    engagement = compared_engagement()
    calls = engagement.model_copy(update={"services": engagement.services[1:]})
    scenario, at = only(made)
    place = {"op": "replace", "path": "/services/1/volume/scale", "value": 2.0}
    assert call("sam", "PATCH", at, {"overrides": [place]}, etag=scenario["etag"]).is_success
    with server.store.writing() as session:
        other = quotes.add(session, calls, compared_quote()).id
    answer = call("sam", "PATCH", f"/{made['id']}", {"base_quote_id": other}, etag=made["etag"])
    assert code(answer) == (422, "bad-input")
    assert "More volume: overrides[0].path" in answer.json()["errors"][0]["detail"]


def test_pages_go_on_where_the_last_one_ended(call, made, base) -> None:
    body = {"name": "second", "base_quote_id": base}
    second = call("sam", "POST", "", body).json()
    first_page = call("sam", "GET", "?limit=1").json()
    assert [one["id"] for one in first_page["data"]] == [second["id"]]
    assert first_page["has_more"]
    next_page = call("sam", "GET", f"?limit=1&after={first_page['next_cursor']}").json()
    assert [(one["id"], one["scenario_count"]) for one in next_page["data"]] == [(made["id"], 1)]
    assert code(call("sam", "GET", "?after=WyJ4Il0")) == (422, "bad-parameter")


def test_the_same_request_with_its_key_is_done_once(call, made) -> None:
    key = {"Idempotency-Key": f"add-{made['id']}"}
    sent = [
        call("sam", "POST", f"/{made['id']}/scenarios", {"name": "k"}, made["etag"], **key)
        for _ in range(2)
    ]
    assert [one.status_code for one in sent] == [201, 201]
    assert sent[0].json() == sent[1].json()
    assert len(call("sam", "GET", f"/{made['id']}").json()["scenarios"]) == 2


def test_what_happened_to_a_set_is_told_to_whoever_may_read_it(call, made) -> None:
    priced(call, made)
    at = f"/{made['id']}/events"
    everything = call("sam", "GET", at).json()
    assert [one["type"] for one in everything["data"]] == [
        "scenario_set.created",
        "scenario.priced",
    ]
    assert (everything["has_more"], everything["data"][0]["before"]) == (False, None)
    first = call("sam", "GET", f"{at}?limit=1").json()
    assert first["has_more"]
    rest = call("sam", "GET", f"{at}?limit=1&after={first['next_cursor']}").json()
    assert first["data"] + rest["data"] == everything["data"]
    assert code(call("sue", "GET", at)) == (404, "not-found")
    assert call("root", "GET", at).json() == everything


def test_what_happened_is_in_the_trail_without_names_or_inputs(call, server, made) -> None:
    priced(call, made)
    gone = call("sam", "DELETE", f"/{made['id']}", etag=made["etag"])
    assert gone.status_code == 204
    with server.store.reading() as session:
        rows = session.query(EventRow).where(EventRow.subject_id == made["id"]).all()
        told = [(row.type, row.actor_role) for row in sorted(rows, key=lambda r: r.sequence)]
        assert told == [
            ("scenario_set.created", "sales"),
            ("scenario.priced", "sales"),
            ("scenario_set.deleted", "sales"),
        ]
        assert not any(
            word in f"{row.before}{row.after}" for row in rows for word in ("Claims", "volume")
        )
        assert verify(session).broken_event is None


def test_an_erased_quote_leaves_its_scenario_unpriced_and_a_base_takes_its_set_along(
    call, server, made, base
) -> None:
    quote = priced(call, made)
    with server.store.writing() as session:
        assert purge(session, {quote["id"]}, SYSTEM) == 1
    assert call("sam", "GET", only(made)[1]).json()["state"] == "not_priced"
    with server.store.writing() as session:
        assert purge(session, {base}, SYSTEM) == 1
    assert code(call("sam", "GET", f"/{made['id']}")) == (404, "not-found")
    with server.store.reading() as session:
        told, _ = events.page(session, made["id"], 10)
        assert (told[-1].type, told[-1].actor_role) == ("scenario_set.deleted", "system")
        assert told[-1].after is None
        assert told[-1].before is not None
        assert told[-1].before["base_quote_id"] == base
        last = events.last(session, base)
        assert last is not None
        assert last.type == "quote.erased"
        assert verify(session).broken_event is None


def test_a_scenario_deleted_while_it_is_priced_stores_nothing(
    call, server, made, monkeypatch
) -> None:
    scenario, at = only(made)

    def price(_self, _engagement, **_):
        assert call("sam", "DELETE", at, etag=scenario["etag"]).status_code == 204
        return moved_quote(bill="1.1")

    monkeypatch.setattr(Pricer, "price", price)
    assert code(call("sam", "POST", f"{at}/price", etag=scenario["etag"])) == (404, "not-found")


def test_a_result_of_before_an_edit_arrives_stale(call, made, monkeypatch) -> None:
    scenario, at = only(made)

    def price(_self, _engagement, **_):
        changed = call("sam", "PATCH", at, {"overrides": [MARGIN]}, etag=scenario["etag"])
        assert changed.status_code == 200
        return moved_quote(bill="1.1")

    monkeypatch.setattr(Pricer, "price", price)
    assert call("sam", "POST", f"{at}/price", etag=scenario["etag"]).status_code == 201
    assert call("sam", "GET", at).json()["state"] == "stale"


def test_the_client_makes_every_call(server, base) -> None:
    token = server.tokens["sue"]["Authorization"].removeprefix("Bearer ")
    client = Client("http://127.0.0.1", server.http, token=token)
    mine = client.create_scenario_set("Mine", base, [{"name": "a", "overrides": [VOLUME]}])
    assert mine["id"] in [one["id"] for one in client.list_scenario_sets()["data"]]
    mine = client.change_scenario_set(mine, description="of mine")
    added = client.add_scenario(mine, "b", overrides=[MARGIN])
    changed = client.change_scenario(mine["id"], added, name="c")
    with pytest.raises(ApiError) as caught:
        client.change_scenario(mine["id"], added, name="d")
    assert (caught.value.status, caught.value.code) == (412, "scenario-changed")
    assert client.price_scenario(mine["id"], changed)["variant_of"] == base
    compared = client.compare_scenarios(mine["id"])
    assert [one["state"] for one in compared["versions"]] == ["priced", "not_priced", "priced"]
    made = client.bridge_scenarios(mine["id"], added["id"], "base", "bill", "input_based")
    assert made["of"] == "bill"
    client.delete_scenario(mine["id"], changed)
    mine = client.get_scenario_set(mine["id"])
    mine = client.share_scenario_set(mine, "read", [])
    assert (mine["sharing"]["staff"], len(mine["scenarios"])) == ("read", 1)
    assert client.scenario_set_events(mine["id"])["data"][-1]["type"] == "scenario_set.shared"
    client.delete_scenario_set(mine)
    assert mine["id"] not in [one["id"] for one in client.list_scenario_sets()["data"]]
