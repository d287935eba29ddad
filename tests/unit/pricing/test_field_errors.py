"""Whatever is wrong with a field is said in words of the engagement, none of Python's."""

import copy
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
from tests.builders.pricing import DEFERRABLE, LIVE, SITE, engagement_data, put

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
FULL = engagement_data(
    {
        "fx": {"PHP": {"value": 57, "source": "a bank", "as_of": "2026-01-01"}},
        "commercial.transition": {"cost": 1000, "amortisation_months": 3},
        "commercial.risk_premium": {"volume": 0.02},
        "commercial.uncertainty": {"volume_cv": 0.1},
        "commercial.fte_step": 1,
        "commercial.validity_days": 30,
        "sites[0].seats": 100,
        "sites[0].opening_hours": {"mon-fri": "08:00-18:00"},
        "sites[0].surge": {"pool_heads": 3, "min_weeks": 2},
        "sites[0].support": [{"role": "lead", "span": 10, "cost_per_year": 1, "min_on_duty": 1}],
        "sites[0].labour.shift_lengths_h": [8],
        "sites[0].labour.premium_stacking": "additive",
        "sites[0].shrinkage": {
            "out_of_office": 0.1,
            "in_office": 0.1,
            "in_office_profile": [1] * 24,
        },
    },
    services=[
        {
            **LIVE,
            "patience_s": 60,
            "max_abandonment": 0.1,
            "concurrency": 1,
            "ramp": [0.5],
            "volume": {"units_per_year": 1000, "profile": [1] * 7, "seasonality": [1] * 12},
            "delivery": [{"site": "Manila", "share": 1}],
        },
        {
            **DEFERRABLE,
            "min_agents": 1,
            "blend": {"service": "helpdesk", "share": 0.5},
            "volume": {
                "history": {"starts_on": "2026-01-05", "step": "week", "values": [1, 2]},
                "growth_per_year": 0.1,
                "scale": 1.0,
                "opening_backlog": 1,
            },
        },
    ],
    sites=[copy.deepcopy(SITE)],
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
    data = copy.deepcopy(FULL)
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
                assert not OF_PYTHON.search(re.sub(r"unknown|sites|services", "", issue.path)), (
                    issue
                )
    own = {"blank", "country", "currency", "day", "iso_date", "opening_hours", "time_zone", MISFIT}
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
        ("name", "   ", "a name, not only blanks"),
        ("start", "2027-02-30", "should be a date like 2027-01-04 that exists"),
        ("start", 3, "a date like 2027-01-04"),
    ],
)
def test_the_words_are_those_of_the_document(path: str, odd: Any, accepted: str) -> None:
    _, (issue, *_) = found_at(path, odd)
    assert issue.path == path
    assert issue.accepted.startswith(accepted)
