"""What a scenario changes: places of the base, and words for those that are not there."""

import copy

import pytest

from pricing.reading import read_document, read_engagement
from pricing.scenario_sets.overrides import (
    MOST_CHARACTERS,
    Override,
    changed,
    overrides_hash,
    plain,
    scenario_engagement,
)
from staffing.errors import BadInputError
from tests.builders.pricing import engagement_data


@pytest.fixture(scope="module")
def base():
    return read_engagement(
        engagement_data({"services[0].units_per_hour": {"value": 10, "source": "a time study"}})
    ).model_dump(mode="json")


def override(op, path, *value):
    return read_document(
        Override, {"op": op, "path": path} | ({"value": value[0]} if value else {})
    )


def issues(base, *overrides):
    with pytest.raises(BadInputError) as caught:
        scenario_engagement(base, overrides)
    return caught.value.issues


def speed(engagement):
    plain = engagement.model_dump(mode="json")["services"][0]["units_per_hour"]
    return {name: plain[name] for name in ("value", "source")}


def test_each_operation_does_as_rfc_6902_has_it(base) -> None:
    before = copy.deepcopy(base)
    made = changed(
        base,
        [
            override("replace", "/services/0/volume/scale", 1.2),
            override("add", "/sites/0/wages/night_clerk", {"value": "5"}),
            override("add", "/services/-", {"name": "appended"}),
            override("add", "/services/0", {"name": "first"}),
            override("remove", "/services/2"),
            override("remove", "/sites/0/wages/claims_processor"),
        ],
    )
    assert [one["name"] for one in made["services"]] == ["first", "claims"]
    assert made["services"][1]["volume"]["scale"] == 1.2
    assert made["sites"][0]["wages"].keys() == {"contact_centre_agent", "night_clerk"}
    assert base == before


def test_escaped_steps_are_read_as_rfc_6901_has_it() -> None:
    made = changed({"a/b": {"m~n": 1}}, [override("replace", "/a~1b/m~0n", 2)])
    assert made == {"a/b": {"m~n": 2}}


def test_a_moved_number_is_no_longer_vouched_for_by_its_source(base) -> None:
    path = "/services/0/units_per_hour"
    assert base["services"][0]["units_per_hour"]["source"] == "a time study"
    made = scenario_engagement(base, [override("replace", f"{path}/value", "11")])
    assert speed(made) == {"value": "11", "source": None}
    sourced = [
        override("replace", f"{path}/value", "11"),
        override("replace", f"{path}/source", "a trial"),
    ]
    assert speed(scenario_engagement(base, sourced))["source"] == "a trial"


@pytest.mark.parametrize(
    ("op", "path", "said"),
    [
        ("replace", "/services/0/volum/scale", "/services/0 has name"),
        ("replace", "/services/7/name", "/services has items 0 to 0, not 7"),
        ("replace", "/services/01/name", "/services has items 0 to 0, not 01"),
        ("remove", "/services/-", "/services has items 0 to 0, not -"),
        ("add", "/services/2", "/services has items 0 to 0, not 2"),
        ("remove", "/nothing", "the engagement has"),
        ("replace", "/term_months/value", "/term_months is 3 and has no value"),
        ("replace", "/client", "a scenario keeps /schema_version, /client, /currency"),
        ("remove", "/currency", "a scenario keeps"),
    ],
)
def test_a_place_that_is_not_there_is_refused_with_what_is(base, op, path, said) -> None:
    value = () if op == "remove" else (1,)
    (issue,) = issues(base, override("replace", "/term_months", 6), override(op, path, *value))
    assert (issue.path, issue.value) == ("overrides[1].path", path)
    if "term_months" in path:
        said = said.replace("is 3", "is 6")
    assert said in issue.accepted


def test_what_is_no_engagement_any_more_is_led_back_to_the_override(base) -> None:
    (issue,) = issues(
        base,
        override("replace", "/commercial/sga/value", "0.1"),
        override("replace", "/services/0/volume/scale", -1),
    )
    assert issue.path == "overrides[1].value"
    assert issue.accepted.endswith("(at /services/0/volume/scale)")
    (unknown,) = issues(base, override("add", "/commercial/discount", 1))
    assert unknown.path == "overrides[0].value"


@pytest.mark.parametrize(
    "raw",
    [
        {"op": "replace", "path": "/term_months"},
        {"op": "remove", "path": "/term_months", "value": 1},
        {"op": "move", "path": "/term_months", "value": 1},
        {"op": "add", "path": "term_months", "value": 1},
        {"op": "add", "path": "", "value": {}},
        {"op": "add", "path": "/a~2", "value": 1},
        {"op": "add", "path": "/a", "value": 1, "from": "/b"},
    ],
)
def test_what_is_no_override_is_refused(raw) -> None:
    with pytest.raises(BadInputError):
        read_document(Override, raw)


def test_null_is_a_value(base) -> None:
    made = scenario_engagement(base, [override("add", "/in_house", None)])
    assert made.in_house is None
    assert plain([override("add", "/in_house", None)])[0]["value"] is None
    (missing,) = issues(base, override("replace", "/in_house", None))
    assert missing.accepted.endswith("add puts a new one there")


def test_a_scenario_has_a_size(base) -> None:
    with pytest.raises(BadInputError, match="100,000 characters"):
        changed(base, [override("replace", "/name", "x" * MOST_CHARACTERS)])


def test_the_hash_is_of_what_is_changed_and_in_which_order() -> None:
    one, two = override("replace", "/a", 1), override("replace", "/b", 1)
    assert overrides_hash([one, two]) == overrides_hash([one, two])
    assert len({overrides_hash(x) for x in ([one, two], [two, one], [one], [])}) == 4
