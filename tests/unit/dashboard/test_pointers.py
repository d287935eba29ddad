"""Places of a document as JSON pointers."""

from typing import Any

import pytest

from dashboard.pointers import changed, found, is_within, pointer, steps_of

DOCUMENT: dict[str, Any] = {
    "services": [{"name": "claims"}, {"name": "calls", "a/b~c": 1}],
    "start": None,
}


def test_a_pointer_and_its_steps_are_one_another():
    place = pointer("services", 1, "a/b~c")
    assert place == "/services/1/a~1b~0c"
    assert steps_of(place) == ["services", "1", "a/b~c"]
    assert found(DOCUMENT, place) == 1


@pytest.mark.parametrize("place", ["/none", "/services/2", "/services/x", "/services/0/name/0"])
def test_nothing_is_found_where_nothing_stands(place):
    assert found(DOCUMENT, place) is None


def test_a_change_leaves_the_document_it_was_made_of():
    made = changed(DOCUMENT, "/services/0/name", "coding")
    assert made["services"][0]["name"] == "coding"
    assert DOCUMENT["services"][0]["name"] == "claims"


def test_mappings_on_the_way_are_made():
    assert changed({}, "/commercial/transition/cost", 5) == {
        "commercial": {"transition": {"cost": 5}}
    }
    assert changed({"start": None}, "/start/day", 1) == {"start": {"day": 1}}


def test_none_takes_a_field_or_an_item_away():
    assert changed({"a": 1, "b": 2}, "/a", None) == {"b": 2}
    assert changed({"a": [1, 2]}, "/a/0", None) == {"a": [2]}
    assert changed({"a": 1}, "/b", None) == {"a": 1}


def test_a_way_through_a_value_is_refused():
    with pytest.raises(TypeError, match="/a/b/c"):
        changed({"a": 1}, "/a/b/c", 2)


def test_a_field_is_within_itself_and_what_holds_it_but_not_in_one_called_alike():
    assert is_within("/sites/1", "/sites/1")
    assert is_within("/sites/1/seats", "/sites/1")
    assert not is_within("/sites/10", "/sites/1")
