"""Who can come for a peak: what may be written, how it is refused, and that no price moves."""

import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml

from pricing.engagement import Surge, SurgeLimitTerms, SurgeSourceTerms
from pricing.quoting import quote
from pricing.reading import read_engagement
from staffing.errors import BadInputError
from tests.builders.full_engagement import FULL
from tests.builders.pricing import SITE, engagement_data

POOL = {"name": "pool", "kind": "pool", "heads": 20, "notice_h": 48}
AGENCY = {"name": "agency", "kind": "agency", "heads": 20, "notice_h": 72, "hourly_cost": 9}
BENCH = {"name": "bench", "kind": "bench", "heads": 2, "notice_h": 0}


def with_surge(surge: dict[str, Any]) -> dict[str, Any]:
    return engagement_data(sites=[SITE | {"surge": surge}])


def test_a_full_section_is_read_as_written() -> None:
    surge = read_engagement(FULL).sites[0].surge
    overtime, agency = surge.sources
    assert (overtime.heads, overtime.premium) == (None, None)
    assert agency.effectiveness == (0.5, 0.75, 1.0)
    assert surge.limits is not None
    assert (surge.limits.trainers, surge.limits.access_days) == (2, 1)


@pytest.mark.parametrize(
    ("source", "field", "words"),
    [
        (POOL | {"notice_h": -1}, "notice_h", "0 or more"),
        (POOL | {"effectiveness": [0.8, 1.2]}, "effectiveness[1]", "1 at most"),
        (POOL | {"effectiveness": [0.8, 0.7]}, "effectiveness[1]", "no less than on the day"),
        (POOL | {"effectiveness": []}, "effectiveness", "length 1 or more"),
        (POOL | {"show_up": 0}, "show_up", "0.001 or more"),
        (POOL | {"hourly_cost": 0}, "hourly_cost", "a wage above 0"),
        (POOL | {"min_engagement_days": 0}, "min_engagement_days", "1 or more"),
        (POOL | {"standby_fee_per_week": 5, "reserved": False}, "reserved", "true where a standby"),
        (POOL | {"needs": ["desk"]}, "needs[0]", "'seat', 'licence', 'training' or 'access'"),
        (POOL | {"kind": "robots"}, "kind", "'overtime', 'bench', 'cross_trained'"),
        ({**POOL, "heads": None}, "heads", "only overtime may leave them out"),
        ({**AGENCY, "hourly_cost": None}, "hourly_cost", "hourly_cost or premium"),
        (BENCH | {"standby_fee_per_week": 0}, "hourly_cost", "a standby fee that is the wage"),
        (BENCH | {"reserved": False}, "reserved", "for a bench"),
    ],
)
def test_a_source_that_cannot_be_meant_is_refused_by_field_and_remedy(
    source: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(BadInputError) as caught:
        read_engagement(with_surge({"sources": [source]}))
    assert str(caught.value).startswith(f"sites[0].surge.sources[0].{field}:")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("surge", "field", "words"),
    [
        ({"sources": [POOL, AGENCY | {"name": "pool"}]}, "sources[1].name", "a name of its own"),
        ({"limits": {"trainers": 2}}, "limits.class_size", "together, or neither"),
        ({"limits": {"class_size": 10}}, "limits.trainers", "together, or neither"),
        ({"limits": {"access_days": -1}}, "limits.access_days", "0 or more"),
        ({"peaks_per_year": 0}, "peaks_per_year", "0.000000001 or more"),
        ({"waiting_share": 1}, "waiting_share", "below 1"),
    ],
)
def test_what_sources_share_is_refused_by_field_and_remedy(
    surge: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(BadInputError) as caught:
        read_engagement(with_surge(surge))
    assert str(caught.value).startswith(f"sites[0].surge.{field}:")
    assert words in str(caught.value)


def test_documents_without_a_ladder_keep_their_hash() -> None:
    resolved = read_engagement(engagement_data()).model_dump(mode="json")
    assert set(resolved["sites"][0]["surge"]) == {
        *("pool_heads", "premium", "effectiveness", "min_weeks")
    }
    written = read_engagement(with_surge({"sources": [POOL]})).model_dump(mode="json")
    assert "sources" in written["sites"][0]["surge"]


def test_the_section_shown_in_the_documentation_writes_out_every_field() -> None:
    page = Path("docs/engagement.md").read_text(encoding="utf-8")
    block = page.split("## Who comes for a peak")[1].split("\n\n")[2]
    shown = yaml.safe_load(textwrap.dedent(block))["surge"]
    assert set(shown) == set(Surge.model_fields)
    assert set(shown["sources"][1]) == set(SurgeSourceTerms.model_fields)
    assert set(shown["limits"]) == set(SurgeLimitTerms.model_fields)
    assert Surge.model_validate(shown).sources[0].kind == "overtime"


def test_no_price_rests_on_the_ladder() -> None:
    ladder = {"sources": [POOL, AGENCY], "limits": {"seats": 5}, "shortfall_price": 10}
    without = quote(read_engagement(engagement_data())).model_dump(mode="json")
    with_it = quote(read_engagement(with_surge(ladder))).model_dump(mode="json")
    changed = {name for name, value in without.items() if with_it[name] != value}
    assert changed == {"engagement", "content_hash", "assumptions", "unsourced"}
