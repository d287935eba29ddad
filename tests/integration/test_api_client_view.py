"""What a client reads over HTTP: its quotes that were sent, nothing of the vendor's side."""

import csv
import io
import json
import re

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import CSV, HTML, PDF, XLSX, Client
from api.identity.caller import Caller, Role
from api.identity.permissions import NEEDED, may
from api.jobs import peaks
from api.routes import client_quotes
from api.settings import Settings
from api.store import quotes
from api.store.database import Database
from pricing.reading import read_engagement
from staffing.errors import BadInputError, InfeasibleError, PlanCheckError, Shortage, Violation
from tests.builders.comparisons import FORBIDDEN, compared_engagement, compared_quote
from tests.builders.identity import add_user, bearer, token_of
from tests.builders.lifecycle import send_quote
from tests.builders.spreadsheet import Workbook
from tests.unit.pricing.client_comparison.test_leaks import numbers, texts, vendor_numbers
from tests.unit.pricing.test_surge_offer import DATA

LOOPBACK = "http://127.0.0.1"
NOBODY = "00000000-0000-4000-8000-000000000000"
ROLE = Caller("id", "name", Role.CLIENT)
ALLOWED = sorted(one for one in NEEDED if may(ROLE, one))
OF_A_QUOTE = [one for one in ALLOWED if "{quote_id}" in one]
# Titles of sources are quoted as they are; names are the client's own.
OWN = frozenset({"source", "pay_source", "name", "client", "vendor"})
PEAK: dict[str, object] = {"size": 0.5, "notice_h": 48, "days": 14}
OWN_COMPARISON = "POST /v1/client/quotes/{quote_id}/comparison"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server with quotes of two clients, and a token of each client."""
    settings = Settings(
        database=tmp_path_factory.mktemp("store") / "quotes.sqlite",
        require_sign_in=True,
        requests_per_minute=0,
        address_requests_per_minute=0,
    )
    store = Database(settings.database)
    quote = compared_quote()
    theirs = quote.model_copy(
        update={"engagement": quote.engagement.model_copy(update={"client": "Another Client"})}
    )
    ids = {}
    for name, document, engagement, sent in (
        ("sent", quote, compared_engagement(), True),
        ("draft", quote, compared_engagement(), False),
        ("theirs", theirs, compared_engagement(), True),
        ("with a pool", quote, read_engagement(DATA), True),
    ):
        with store.writing() as session:
            ids[name] = quotes.add(session, engagement, document).id
            if sent:
                send_quote(session, ids[name])
    clients = {
        client: token_of(store, add_user(store, "client", client=client))
        for client in (quote.engagement.client, "Another Client", quote.engagement.client.upper())
    }
    tokens = dict(zip(("own", "other", "alike"), clients.values(), strict=True))
    tokens["sales"] = token_of(store, add_user(store, "sales"))
    store.close()
    with TestClient(create_app(settings), base_url=LOOPBACK) as http:
        proposal = Client(LOOPBACK, http, token=tokens["sales"]).create_proposal(
            ids["sent"], {"issued": "2026-12-01"}
        )
        yield http, tokens, {**ids, "proposal": proposal["id"]}


@pytest.fixture(scope="module")
def client(served):
    http, tokens, _ = served
    return Client(LOOPBACK, http, token=tokens["own"])


def ask(served, operation, quote_id, token="own", body=None):
    http, tokens, ids = served
    method, path = operation.split()
    path = path.replace("{quote_id}", quote_id).replace("{proposal_id}", ids["proposal"])
    body = {} if body is None and method == "POST" else body
    return http.request(method, path, json=body, headers=bearer(tokens[token]))


def test_a_client_lists_the_quotes_it_was_sent_page_by_page(client, served) -> None:
    _, _, ids = served
    first = client.list_client_quotes(limit=1)
    second = client.list_client_quotes(limit=1, after=first["next_cursor"])
    assert (first["has_more"], second["has_more"], second["next_cursor"]) == (True, False, None)
    listed = [one["id"] for one in (*first["data"], *second["data"])]
    assert listed == [ids["with a pool"], ids["sent"]]
    assert {one["state"] for one in first["data"]} == {"sent"}


@pytest.mark.parametrize(("who", "seen"), [("other", ["theirs"]), ("alike", [])])
def test_another_client_lists_its_own(served, who, seen) -> None:
    http, tokens, ids = served
    listed = Client(LOOPBACK, http, token=tokens[who]).list_client_quotes()["data"]
    assert [one["id"] for one in listed] == [ids[name] for name in seen]


@pytest.mark.parametrize("operation", OF_A_QUOTE)
def test_what_a_client_was_not_sent_is_answered_as_if_there_were_none(served, operation) -> None:
    _, _, ids = served
    nothing = ask(served, operation, NOBODY).json()
    assert (nothing["status"], nothing["code"]) == (404, "not-found")
    for name in ("draft", "theirs"):
        answer = ask(served, operation, ids[name])
        assert answer.status_code == 404
        said = {**json.loads(answer.text.replace(ids[name], NOBODY)), "request_id": ""}
        assert said == {**nothing, "request_id": ""}


def test_there_are_as_many_ways_to_a_quote_as_were_looked_at() -> None:
    assert len(OF_A_QUOTE) >= 10
    assert all("other_id" not in one for one in OF_A_QUOTE)


def visible_to_client(served):
    """Every document that a client can have of a quote, by name."""
    _, _, ids = served
    found = {}
    for operation in OF_A_QUOTE:
        quote_id = ids["with a pool" if "surge" in operation else "sent"]
        body: dict[str, object] | None = PEAK if "surge" in operation else None
        if operation == OWN_COMPARISON:
            body = {"in_house": {"country": "DE"}}
        answer = ask(served, operation, quote_id, body=body)
        found[operation] = answer
    return found


@pytest.fixture(scope="module")
def answers(served):
    return visible_to_client(served)


def test_reading_answers_and_answering_asks_for_a_version(answers) -> None:
    for operation, answer in answers.items():
        answering = operation.rpartition("/")[2] in {"accept", "decline", "request-revision"}
        assert answer.status_code == (428 if answering else 200), (operation, answer.text)


def test_no_answer_holds_a_word_of_the_vendor_s_side(answers) -> None:
    for operation, answer in answers.items():
        told = [text for text in texts(answer.json(), OWN) if FORBIDDEN.search(text)]
        assert told == [], operation


def test_no_answer_holds_a_number_of_the_vendor_s_side(answers) -> None:
    secrets = vendor_numbers(compared_quote())
    for operation, answer in answers.items():
        shown = {round(number, 6) for number in numbers(answer.json())}
        leaked = {name for name, value in secrets.items() if round(value, 6) in shown}
        assert leaked == set(), operation


def test_the_walk_finds_what_the_vendor_s_own_answer_holds(served) -> None:
    _, _, ids = served
    own = ask(served, "GET /v1/quotes/{quote_id}", ids["sent"], token="sales").json()
    assert len({text for text in texts(own) if FORBIDDEN.search(text)}) > 10
    shown = {round(number, 6) for number in numbers(own)}
    secrets = vendor_numbers(compared_quote())
    assert all(round(value, 6) in shown for value in secrets.values())


def readable(page):
    """A page without images, styles and the program that draws its charts; with their data."""
    program = re.compile(r"<script>const n=.*?</script>", re.DOTALL)
    return re.sub(r'src="[^"]*"|<style>.*?</style>', "", program.sub("", page), flags=re.DOTALL)


def test_no_file_holds_a_word_or_number_of_the_vendor_s_side(client, served) -> None:
    _, _, ids = served
    quote_id = ids["sent"]
    sources = {
        row["source"] for row in client.comparison(quote_id)["basis"] if row["source"] is not None
    }
    books = [
        client.comparison_file(quote_id, XLSX),
        client.invoices_file(quote_id, kind=XLSX),
        client.proposal_file(quote_id, ids["proposal"], XLSX),
    ]
    cells = [
        cell
        for book in map(Workbook, books)
        for sheet in book.sheets
        for row in book.read(sheet)
        for cell in row
        if cell is not None
    ]
    table = client.invoices_file(quote_id, kind=CSV).decode()
    cells += [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    words = [str(cell) for cell in cells if str(cell) not in sources]
    pages = (
        client.comparison_file(quote_id, HTML),
        client.proposal_file(quote_id, ids["proposal"], HTML),
    )
    words += [readable(one.decode()) for one in pages]
    for source in sources:
        words = [word.replace(source, "") for word in words]
    assert [found for word in words for found in FORBIDDEN.findall(word)] == []
    shown = {round(number, 6) for number in numbers([str(cell) for cell in cells])}
    secrets = vendor_numbers(compared_quote())
    assert {name for name, value in secrets.items() if round(value, 6) in shown} == set()
    assert client.proposal_file(quote_id, ids["proposal"], PDF).startswith(b"%PDF-")


REASONS = [
    InfeasibleError("surge_work", "the pool at 4.00 an hour, cost 1,234", (Shortage("pool", 3),)),
    PlanCheckError((Violation("wage", "pool", "wages of 4.00"),)),
]


@pytest.mark.parametrize("reason", REASONS)
def test_a_peak_is_refused_without_the_vendor_s_reasons(served, monkeypatch, reason) -> None:
    def refused(*_, **__):
        raise reason

    monkeypatch.setattr(peaks, "surge_report", refused)
    operation = "POST /v1/client/quotes/{quote_id}/surge-offer"
    answer = ask(served, operation, served[2]["sent"], body=PEAK)
    assert answer.json()["code"] in {"no-offer", "defect"}
    assert answer.json()["errors"] == []
    assert not re.search(r"pool|wage|cost|4\.00|surge_work", answer.text)


def test_of_the_question_itself_the_fields_are_named(served) -> None:
    operation = "POST /v1/client/quotes/{quote_id}/surge-offer"
    quote_id = served[2]["with a pool"]
    for body, pointer in (
        ({"size": 0.5}, "/notice_h"),
        ({"size": 0.5, "people": 3, "notice_h": 48}, "/size"),
        ({**PEAK, "shortfall_price": 1}, "/shortfall_price"),
        ({**PEAK, "service": "no such"}, "/service"),
    ):
        answer = ask(served, operation, quote_id, body=body)
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["pointer"] == pointer
    none = ask(served, operation, served[2]["sent"], body=PEAK)
    assert (none.status_code, none.json()["code"]) == (409, "no-offer")


def test_a_client_answers_its_quote_once(client, served) -> None:
    http, tokens, ids = served
    seen = client.client_quote(ids["with a pool"])
    assert seen["status"]["state"] == "sent"
    assert {offer["method"] for offer in seen["offers"]} == {"input_based", "output_based"}
    accepted = client.accept(seen, method="output_based")
    assert accepted["state"] == "accepted"
    assert FORBIDDEN.findall(json.dumps(accepted)) == []
    again = http.post(
        f"/v1/quotes/{ids['with a pool']}/decline",
        json={},
        headers={**bearer(tokens["own"]), "If-Match": "*"},
    )
    assert (again.status_code, again.json()["code"]) == (409, "wrong-state")
    assert FORBIDDEN.findall(again.text) == []


def test_a_client_compares_with_its_own_numbers(client, served) -> None:
    _, _, ids = served
    plain = client.comparison(ids["sent"])
    assert client.own_comparison(ids["sent"], {"volume": 1.0}) == plain
    wage = {"value": 9, "per": "hour", "source": "stated by the client"}
    staff = [{"service": "claims", "people": 80, "wage": wage}]
    own = client.own_comparison(ids["sent"], {"in_house": {"country": "DE", "staff": staff}})
    assert own["savings"]["country"] == "DE"
    claims = next(one for one in own["savings"]["teams"] if one["service"] == "claims")
    assert (float(claims["people_by_year"][0]), claims["pay_quality"]) == (80, "stated")
    assert own["offers"] == plain["offers"]
    assert client.comparison(ids["sent"]) == plain


def test_of_own_numbers_the_fields_are_named_and_nothing_else_is_told(served) -> None:
    _, _, ids = served
    for body, pointer in (
        ({"volume": 0}, "/volume"),
        ({"budget": 0.5}, "/budget"),
        (
            {"in_house": {"country": "US", "staff": [{"service": "none"}]}},
            "/in_house/staff/0/service",
        ),
        ({"in_house": {"country": "US", "sites": []}}, "/in_house/sites"),
        ({"margin": 1}, "/margin"),
    ):
        answer = ask(served, OWN_COMPARISON, ids["sent"], body=body)
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["pointer"] == pointer


def test_what_is_wrong_with_the_vendors_side_is_not_told(served, monkeypatch) -> None:
    def refuse(*_: object) -> None:
        raise BadInputError.at("sites[0].wages.claims_processor", "4", "a wage with a source")

    monkeypatch.setattr(client_quotes, "against_own", refuse)
    body = {"in_house": {"country": "US"}}
    answer = ask(served, OWN_COMPARISON, served[2]["sent"], body=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "no-offer")
    assert "wage" not in answer.text
