"""The entry of the dashboard: who calls, and what it opens."""

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from api.client import ApiError
from api.identity.caller import Role
from api.identity.permissions import granted
from dashboard import pages, session
from tests.builders.quotes import UNREACHABLE, FakeClient

APP = Path(__file__).resolve().parents[3] / "dashboard" / "app.py"
SIGNED_OUT = ApiError(401, "Not signed in", "the token has expired", "not-signed-in")


class Caller(FakeClient):
    """An API that knows one caller."""

    def __init__(self, role="admin", *, failing=None, signed_in_with="session"):
        super().__init__()
        self.failing = failing
        self.told = {
            "id": "1",
            "name": "Ana",
            "role": role,
            "client": "Lakeshore Health Plan" if role == "client" else None,
            "permissions": sorted(granted(Role(role))),
            "signed_in_with": signed_in_with,
        }

    def me(self):
        if self.failing:
            raise self.failing
        return self.told

    def list_client_quotes(self, limit, after=None):
        return {"data": [], "has_more": False, "next_cursor": None}


@pytest.fixture
def opened(monkeypatch):
    """The dashboard on an API, run once."""

    def run(client):
        monkeypatch.setattr(session, "client_of", lambda _token: client)
        at = AppTest.from_file(APP, default_timeout=30).run()
        assert not at.exception
        return at

    return run


def test_it_opens_on_the_quote_page_for_who_makes_quotes(opened):
    at = opened(Caller())
    assert at.title[0].value == "A quote with two offers"
    assert "not for clients" in at.caption[-1].value
    assert not at.sidebar.children  # 300 pixels that a narrow page does not have


def test_a_client_opens_on_its_quotes_and_has_no_page_of_the_vendor(opened):
    at = opened(Caller("client"))
    assert at.title[0].value == "Your quotes"
    assert not at.caption  # it has no other view
    sections = {page.section for page in pages.pages_for(granted(Role.CLIENT))}
    assert sections == {"Client", "Account"}


def test_each_permission_opens_its_pages_and_no_other():
    for page in pages.PAGES:
        assert page in pages.pages_for({page.needs})
        assert page not in pages.pages_for({"something else"})
    first = pages.first_page({"quotes:read", "studies"})
    assert first is not None
    assert first.path == "plan"
    assert pages.first_page(set()) is None


def test_an_api_that_does_not_answer_is_named_and_tried_again(opened):
    client = Caller(failing=UNREACHABLE)
    at = opened(client)
    assert "does not answer" in at.error[0].value
    assert not at.sidebar.children
    client.failing = None
    at.button(key="try_again").click().run()
    assert not at.exception
    assert not at.error
    assert at.title[0].value == "A quote with two offers"


def test_who_was_known_goes_on_while_the_api_does_not_answer(opened, monkeypatch):
    client = Caller()
    at = opened(client)
    client.failing = UNREACHABLE
    monkeypatch.setattr(time, "monotonic", lambda: 1e9)  # long after
    at.run()
    assert at.title[0].value == "A quote with two offers"
    client.failing = SIGNED_OUT
    at.run()
    assert "Your session has ended" in at.warning[0].value
    assert not at.exception


def test_a_client_is_not_told_where_the_server_is(opened):
    at = opened(Caller("client"))
    assert not at.error

    class Away(Caller):
        def list_client_quotes(self, limit, after=None):
            raise UNREACHABLE

    at = opened(Away("client"))
    assert at.error[0].value.startswith("**The server does not answer.**")
    assert "127" not in at.error[0].value


def test_who_signs_in_after_another_finds_nothing_of_theirs(opened, monkeypatch):
    at = opened(Caller())
    at.session_state["uploaded_engagement"] = {"name": "theirs"}
    at.run()
    assert "uploaded_engagement" in at.session_state
    monkeypatch.setattr(session, "_token", lambda: "another")
    at.run()
    assert "uploaded_engagement" not in at.session_state


def test_what_nobody_expected_is_told_without_its_details(opened, caplog):
    class Broken(Caller):
        def example_engagement(self):
            raise RuntimeError("a secret of the machine")

    at = opened(Broken())
    at.button(key="price_example").click().run()
    assert not at.exception
    said = at.error[0].value
    assert "Something went wrong" in said
    assert "secret" not in said
    (record,) = [one for one in caplog.records if "incident" in one.message]
    assert record.message.split()[-1] in said
