"""The page that lists stored quotes."""

from tests.builders.quotes import (
    BASE_ID,
    UNREACHABLE,
    VARIANT_ID,
    FakeClient,
    base_quote,
    variant_quote,
)


def many(count):
    return [base_quote() | {"id": f"{i:08d}-1111-4111-8111-111111111111"} for i in range(count)]


def test_empty_it_says_so(open_page, shown):
    assert "No quote is stored yet" in shown(open_page("stored", FakeClient()))


def test_normal_it_lists_quotes_and_marks_variants(open_page, shown):
    at = open_page("stored", FakeClient(variant_quote(), base_quote()))
    text = shown(at)
    assert text.count("Lakeshore Health Plan") == 2
    assert text.count("(variant)") == 1
    assert "USD" in text


def test_edited_opening_one_takes_it_in_hand(open_page):
    at = open_page("stored", FakeClient(variant_quote(), base_quote()), quote=VARIANT_ID)
    at.button(key=f"open_{BASE_ID}").click().run()
    assert not at.exception
    assert at.query_params["quote"] == BASE_ID


def test_older_ones_are_a_page_away(open_page):
    at = open_page("stored", FakeClient(*many(21)))
    assert sum(button.label == "Open" for button in at.button) == 20
    at.button(key="older").click().run()
    assert not at.exception
    assert sum(button.label == "Open" for button in at.button) == 1
    at.button(key="newest").click().run()
    assert sum(button.label == "Open" for button in at.button) == 20


def test_an_error_is_shown(open_page, shown):
    assert "does not answer" in shown(open_page("stored", FakeClient(error=UNREACHABLE)))
