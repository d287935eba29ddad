"""A document's hash depends on what it says, never on how it is written."""

import copy
from typing import Any

import pytest

from pricing.reading import (
    canonical_json,
    content_hash,
    engagement_hash,
    read_document,
    read_engagement,
)
from staffing.errors import BadInputError
from staffing.plan import Document
from tests.builders.pricing import engagement, engagement_data


def hash_of(changes: dict[str, Any]) -> str:
    """Content hash of the small engagement with these changes."""
    return engagement_hash(engagement(changes))


def test_the_hash_is_that_of_a_sha_256() -> None:
    assert content_hash({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_canonical_json_sorts_keys_and_keeps_letters() -> None:
    assert canonical_json({"b": 1, "a": "é"}) == '{"a":"é","b":1}'


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        ("commercial.sga", 0.1, "0.10"),
        ("commercial.sga", 0.1, {"value": "0.100"}),
        ("sites[0].seat_cost_per_year", 2000, 2000.0),
        ("sites[0].seat_cost_per_year", 2000, "2e3"),
        ("contract_hours_per_week", 40, "40.0"),
        ("services[0].delivery", [{"site": "Manila"}], [{"site": "Manila", "share": "1.0"}]),
    ],
)
def test_the_same_number_written_otherwise_gives_the_same_hash(
    path: str, one: Any, other: Any
) -> None:
    assert hash_of({path: one}) == hash_of({path: other})


def test_a_default_written_out_gives_the_same_hash() -> None:
    assert hash_of({}) == hash_of({"utilisation": 0.9, "commercial.validity_days": 60})


def test_the_order_of_keys_gives_the_same_hash() -> None:
    data = engagement_data()
    backwards = dict(reversed(list(copy.deepcopy(data).items())))
    assert engagement_hash(read_engagement(data)) == engagement_hash(read_engagement(backwards))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("commercial.sga", 0.0801),
        ("services[0].volume.units_per_year", 60_001),
        ("services[0].unit", "case"),
        ("start", "2027-01-05"),
        ("commercial.sga", {"value": 0.08, "source": "contract"}),
    ],
)
def test_another_statement_gives_another_hash(path: str, value: Any) -> None:
    assert hash_of({path: value}) != hash_of({})


def test_a_quote_is_no_engagement_and_is_told_so_in_one_line() -> None:
    with pytest.raises(BadInputError) as caught:
        read_engagement({"offers": {}, "staffing": {}, "content_hash": ""})
    (issue,) = caught.value.issues
    assert (issue.value, issue.accepted) == (
        "a quote",
        "an engagement; a quote is what is made of one",
    )


def test_an_empty_document_is_named_as_a_person_would() -> None:
    class PeakRequestBody(Document):
        """A body that asks for a peak."""

    with pytest.raises(BadInputError, match="a mapping with the fields of the peak request"):
        read_document(PeakRequestBody, {})
