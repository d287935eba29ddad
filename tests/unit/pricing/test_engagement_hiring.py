"""Terms of a hiring plan: what may be written, how it is refused, and that no price moves."""

import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml

from pricing.engagement import Hiring
from pricing.quoting import quote
from pricing.reading import read_engagement
from staffing.errors import BadInputError
from tests.builders.full_engagement import FULL
from tests.builders.pricing import SITE, engagement_data

STEP = {"from_week": 0, "leaving_per_week": 0.02}
CLAIMS = {"service": "claims", "heads": 10, "tenure_weeks": 52}
UPSKILL = {"from_service": "claims", "to_service": "claims", "cost": 1, "weeks": 1}


def with_hiring(hiring: dict[str, Any]) -> dict[str, Any]:
    return engagement_data(sites=[SITE | {"hiring": hiring}])


def test_every_field_of_the_section_can_be_left_out() -> None:
    hiring = read_engagement(with_hiring({})).sites[0].hiring
    assert hiring is not None
    assert {hiring.release, hiring.temporary, hiring.absence_by_month} == {None}
    assert (hiring.access_weeks, hiring.staff, hiring.whole_people) == (0, (), False)


def test_a_full_section_is_read_as_written() -> None:
    hiring = read_engagement(FULL).sites[0].hiring
    assert hiring is not None
    assert hiring.temporary is not None
    assert [step.from_week for step in hiring.attrition_by_tenure] == [0, 26]
    assert (hiring.staff[0].heads, hiring.temporary.max_weeks) == (10, 26)


@pytest.mark.parametrize(
    ("hiring", "field", "words"),
    [
        ({"attrition_by_tenure": [STEP | {"leaving_per_week": 1}]}, "leaving_per_week", "below 1"),
        (
            {"attrition_by_tenure": [STEP | {"from_week": 4}]},
            "attrition_by_tenure[0].from_week",
            "0 in the first step",
        ),
        (
            {"attrition_by_tenure": [STEP, STEP]},
            "attrition_by_tenure[1].from_week",
            "more than in the step before (0)",
        ),
        ({"release": {"notice_weeks": -1}}, "release.notice_weeks", "0"),
        ({"absence_by_month": [0.1] * 11}, "absence_by_month", "12"),
        ({"staff": [CLAIMS | {"service": "coding"}]}, "staff[0].service", "at Manila: claims"),
        (
            {"upskilling": [UPSKILL | {"to_service": "coding"}]},
            "upskilling[0].to_service",
            "at Manila: claims",
        ),
        ({"upskilling": [UPSKILL]}, "upskilling[0].to_service", "another service"),
        ({"trainers": 2}, "class_size", "since trainers is given"),
        (
            {"class_size": 9, "trainers": 2, "classes_per_week": 1},
            "trainers",
            "either trainers or classes_per_week",
        ),
        (
            {"temporary": {"heads": 3, "min_weeks": 9, "max_weeks": 8}},
            "temporary.max_weeks",
            "at least min_weeks (9)",
        ),
        ({"temporary": {"premium": 0.2}}, "temporary.heads", "required"),
        ({"overtime_share_max_term": 1}, "overtime_share_max_term", "below 1"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_field_and_remedy(
    hiring: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(BadInputError) as caught:
        read_engagement(with_hiring(hiring))
    assert str(caught.value).startswith("sites[0].hiring.")
    assert field in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(("ramp", "words"), [([0.6, 0.5], "never fall"), ([1.2], "1 at most")])
def test_a_ramp_that_falls_or_exceeds_full_output_is_refused(ramp: list[float], words: str) -> None:
    data = with_hiring({})
    data["services"][0] = data["services"][0] | {"ramp": ramp}
    with pytest.raises(BadInputError, match=r"services\[0\]\.ramp") as caught:
        read_engagement(data)
    assert words in str(caught.value)


def test_a_falling_ramp_is_still_priced_without_the_section() -> None:
    data = engagement_data({"services[0].ramp": [0.6, 0.5]})
    assert read_engagement(data).services[0].ramp == (0.6, 0.5)


def test_documents_without_the_section_keep_their_hash() -> None:
    resolved = read_engagement(engagement_data()).model_dump(mode="json")
    assert "hiring" not in resolved["sites"][0]
    assert "hiring" in read_engagement(with_hiring({})).model_dump(mode="json")["sites"][0]


def test_the_section_shown_in_the_documentation_writes_out_every_field() -> None:
    page = Path("docs/engagement.md").read_text(encoding="utf-8")
    block = page.split("## Hiring terms")[1].split("\n\n")[2]
    shown = yaml.safe_load(textwrap.dedent(block))["hiring"]
    assert set(shown) == set(Hiring.model_fields) - {"trainers"}
    assert Hiring.model_validate(shown).absence_by_month is not None


def test_no_price_rests_on_the_section() -> None:
    hiring = {"access_weeks": 4, "staff": [CLAIMS], "attrition_by_tenure": [STEP]}
    without = quote(read_engagement(engagement_data())).model_dump(mode="json")
    with_it = quote(read_engagement(with_hiring(hiring))).model_dump(mode="json")
    changed = {name for name, value in without.items() if with_it[name] != value}
    assert changed == {"engagement", "content_hash", "assumptions", "unsourced"}
