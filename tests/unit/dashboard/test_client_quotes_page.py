"""The page on which a client finds the quotes it was sent."""

from tests.builders.quotes import BASE_ID, UNREACHABLE, FakeClient

NOTHING = "No quote has been sent to you yet"


class SentTo(FakeClient):
    """Lists quotes that were sent, a page after another as the API does."""

    def __init__(self, *rows, error=None):
        super().__init__(error=error)
        self.rows = rows

    def list_client_quotes(self, limit=20, after=None):
        self._fail()
        start = int(after or 0)
        end = start + limit
        more = end < len(self.rows)
        return {
            "data": list(self.rows[start:end]),
            "has_more": more,
            "next_cursor": str(end) if more else None,
        }


def sent(number, **said):
    row = {"id": f"{number:08d}-1111-4111-8111-111111111111", "name": f"Work {number}"}
    return row | {"number": f"Q-2026-{number:05d}", "revision": 1, "state": "sent"} | said


def compared(at):
    return sum(button.label == "Compare both offers" for button in at.button)


def test_empty_it_says_so(open_page, shown):
    at = open_page("client_quotes", SentTo())
    assert NOTHING in shown(at)
    assert not at.button


def test_normal_each_is_named_with_its_number_and_where_it_stands(open_page, shown):
    at = open_page("client_quotes", SentTo(sent(1), sent(2, revision=3, state="accepted")))
    text = shown(at).replace("\\", "")
    for said in ("Work 1", "Q-2026-00001, revision 1: sent", "Q-2026-00002, revision 3: accepted"):
        assert said in text
    assert NOTHING not in text
    assert compared(at) == 2
    assert not {"newest", "older"} & {button.key for button in at.button}


def test_edited_the_one_chosen_is_taken_in_hand(open_page):
    at = open_page("client_quotes", SentTo(sent(1), sent(2, id=BASE_ID)))
    at.button(key=f"open_{BASE_ID}").click().run()
    assert not at.exception
    assert at.query_params["quote"] == BASE_ID


def test_older_ones_are_a_page_away(open_page, shown):
    at = open_page("client_quotes", SentTo(*(sent(number) for number in range(1, 22))))
    assert compared(at) == 20
    at.button(key="older").click().run()
    assert not at.exception
    assert "Work 21" in shown(at)
    assert compared(at) == 1
    at.button(key="newest").click().run()
    assert compared(at) == 20


def test_an_error_is_shown(open_page, shown):
    text = shown(open_page("client_quotes", SentTo(error=UNREACHABLE)))
    assert "does not answer" in text
    assert NOTHING not in text
