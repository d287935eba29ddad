"""The page of who is signed in."""

import pytest

from api.client import ApiError
from tests.builders.quotes import UNREACHABLE, FakeClient

SAM = {"name": "sam", "role": "sales", "client": None, "signed_in_with": "session"}
OLD, NEW = "an old password", "a new password"


class Signed(FakeClient):
    """Somebody who calls, and whose password is changed."""

    def __init__(self, me=SAM, error=None, refuses=None):
        super().__init__(error=error)
        self.who, self.refuses, self.changed = me, refuses, []

    def me(self):
        self._fail()
        return self.who

    def change_password(self, current, password):
        if self.refuses is not None:
            raise self.refuses
        self.changed.append((current, password))


def change(at, current, first, again):
    at.text_input(key="current_password").input(current)
    at.text_input(key="new_password").input(first)
    at.text_input(key="again_password").input(again)
    at.button(key="change_password").click().run()
    assert not at.exception
    return at


def test_empty_where_nobody_signs_in_it_says_who_may_do_what(open_page, shown):
    nobody = SAM | {"name": "local", "role": "admin", "signed_in_with": "none"}
    at = open_page("account", Signed(nobody))
    assert "CREWQUOTE_REQUIRE_SIGN_IN" in shown(at)
    assert not at.text_input


@pytest.mark.parametrize(
    ("role", "told"), [("sales", "makes, revises and sends quotes"), ("planner", "plans people")]
)
def test_normal_it_names_the_caller_and_what_the_role_is_for(open_page, shown, role, told):
    at = open_page("account", Signed(SAM | {"role": role}))
    text = shown(at)
    assert f"**sam**, {role}" in text
    assert told in text
    assert "For the client" not in text
    assert "CREWQUOTE_REQUIRE_SIGN_IN" not in text


def test_normal_a_client_s_user_sees_whose_it_is(open_page, shown):
    at = open_page("account", Signed(SAM | {"role": "client", "client": "Lakeshore"}))
    assert "For the client Lakeshore" in shown(at)


def test_edited_the_password_is_changed(open_page):
    client = Signed()
    at = change(open_page("account", client), OLD, NEW, NEW)
    assert client.changed == [(OLD, NEW)]
    assert [one.value for one in at.success] == ["The password is changed."]


def test_two_passwords_that_differ_change_nothing(open_page):
    client = Signed()
    at = change(open_page("account", client), OLD, NEW, NEW + "!")
    assert client.changed == []
    assert "differ" in at.error[0].value
    assert not at.success


def test_a_refused_change_says_why(open_page, shown):
    refused = ApiError(403, "Not changed", "the current password is another one", "forbidden")
    client = Signed(refuses=refused)
    at = change(open_page("account", client), OLD, NEW, NEW)
    assert "The current password is another one" in shown(at)
    assert not at.success


def test_an_error_is_shown(open_page, shown):
    at = open_page("account", Signed(error=UNREACHABLE))
    assert "does not answer" in shown(at)
    assert not at.text_input
