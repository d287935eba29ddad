"""Whatever is wrong with a field is said in words of the engagement, none of Python's."""

import pickle
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from pricing.engagement import Engagement
from pricing.field_errors import _ACCEPTED, field_issues
from pricing.misfit import MISFIT
from pricing.scenarios import Variation
from staffing.errors import FieldIssue
from tests.builders.full_engagement import FULL
from tests.builders.pricing import put

WRITTEN = pickle.dumps(FULL)  # read anew for each case: a deep copy takes ten times as long
A_FLOAT = re.compile(r"\d\.0\b|\de[-+]?\d")
OF_PYTHON = re.compile(
    r"tuple|dict|instance|object|datetime|validation|\bstr(ing)?\b|\bbool|\bint(eger)?\b|"
    r"\bNone\b|input|pattern|regex|set_int_max|valid |\[key\]|\^|\\x",
    re.IGNORECASE,
)
ODD: tuple[Any, ...] = (
    None,
    True,
    "",
    "   ",
    "\t",
    "x",
    "x" * 5000,
    "9" * 5000,
    "1e999999",
    0,
    -1,
    0.5,
    1e300,
    10**400,
    float("nan"),
    float("-inf"),
    [],
    {},
    [1],
    [None] * 1000,
    {"a": 1},
    {1: 2},
    b"x",
)


def places(value: Any, path: str = "") -> Iterator[str]:
    """Every place of a document, first items of lists only."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from places(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value if isinstance(value[0], dict) else value[:1]):
            yield from places(item, f"{path}[{index}]")


def found_at(path: str, odd: Any) -> tuple[set[str], list[FieldIssue]]:
    """Types pydantic reports for an odd value at a place, and what we make of them."""
    data = pickle.loads(WRITTEN)
    put(data, path, odd)
    try:
        Engagement.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return {one["type"] for one in details}, field_issues(details, data)
    return set(), []


def test_the_full_document_is_valid() -> None:
    assert Engagement.model_validate(FULL).name


def test_every_type_of_error_of_every_field_is_told_without_a_word_of_python() -> None:
    types: set[str] = set()
    for path in places(FULL):
        for odd in ODD:
            raised, issues = found_at(path, odd)
            types |= raised
            assert len(issues) > 0 or not raised
            for issue in issues:
                assert not OF_PYTHON.search(issue.accepted), issue
                assert "the name of" in issue.accepted or not A_FLOAT.search(issue.accepted)
                assert not OF_PYTHON.search(re.sub(r"unknown|sites|services", "", issue.path)), (
                    issue
                )
    own = {"blank", "country", "currency", "day", "iso_date", "not_exact", "opening_hours"}
    own |= {"time_zone", MISFIT}
    choices = {"union_tag_invalid", "union_tag_not_found", "extra_forbidden"}
    assert types - own - choices <= set(_ACCEPTED)
    assert len(types & set(_ACCEPTED)) > 20


@pytest.mark.parametrize("odd", ODD[1:])
def test_a_variation_is_refused_in_the_same_words(odd: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        Variation.model_validate({"volume_factor": odd, "target_margin": odd, "x": 1})
    for issue in field_issues(caught.value.errors(include_url=False), {"volume_factor": odd}):
        assert not OF_PYTHON.search(issue.accepted), issue


@pytest.mark.parametrize(
    ("path", "odd", "accepted"),
    [
        ("commercial.sga", [], "should be a number, or {value: NUMBER"),
        ("services[0].volume", 3, "should be a mapping of fields"),
        ("services[0]", 3, "should be a mapping of fields"),
        ("sites[0].labour.shift_lengths_h", 8, "should be a list"),
        ("sites[0].wages", 8, "should be a mapping"),
        ("name", "a\tb", "should be a text without control characters"),
        ("name", "   ", "should not be blank"),
        ("name", "", "should not be empty"),
        ("client", "\u200b", "should not be blank"),
        ("services[0].name", " ", "should not be blank"),
        ("services[0].language", "  ", "should not be blank"),
        ("sites[0].name", "\u00a0", "should not be blank"),
        ("interval_minutes", 20, "should be 15, 30 or 60"),
        ("interval_minutes", 45, "should be 15, 30 or 60"),
        ("services[0].volume.scale", 1e7, "should be 1,000,000 at most"),
        ("services[0].volume.scale", 0, "should be 0.000000001 or more"),
        ("services[0].volume.growth_per_year", -2, "should be above -1"),
        ("sites[0].labour.shift_lengths_h[0]", 17, "should be 16 at most"),
        ("services[0].accuracy.target", 0, "should be above 0"),
        ("start", "2027-02-30", "should be a date like 2027-01-04 that exists"),
        ("start", 3, "a date like 2027-01-04"),
    ],
)
def test_the_words_are_those_of_the_document(path: str, odd: Any, accepted: str) -> None:
    _, (issue, *_) = found_at(path, odd)
    assert issue.path == path
    assert issue.accepted.startswith(accepted)


def test_a_source_of_blanks_is_no_source() -> None:
    _, (issue, *_) = found_at("commercial.sga", {"value": 0.1, "source": " "})
    assert (issue.path, issue.accepted) == ("commercial.sga.source", "should not be blank")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sla", "unknown field; did you mean sga?"),
        ("turnaround_hours", "unknown field; did you mean turnaround_h?"),
        ("warnings", "unknown field; see `crewquote schema`"),
        ("target_margin", "unknown field here, known elsewhere; see `crewquote schema`"),
    ],
)
def test_an_unknown_field_is_guessed_when_a_known_one_is_alike(name: str, said: str) -> None:
    _, issues = found_at(f"services[0].{name}", 1)
    assert [issue.accepted for issue in issues] == [said]
