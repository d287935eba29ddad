"""Resolving the in-house section: stated, else of the engagement, else of the packaged table."""

import textwrap
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from pricing.engagement import InHouse, InHouseStaff, OutsourcingTerms
from pricing.in_house.terms import (
    OUTSOURCING_RATES,
    OWN_RATES,
    InHouseTerms,
    resolve_in_house,
)
from pricing.quoting import unsourced_of
from pricing.ratecard import RateCard
from pricing.reading import engagement_hash
from pricing.reference_tables import rows
from staffing.errors import BadInputError
from tests.builders.pricing import DEFERRABLE, LIVE, engagement

WAGE = {"value": 4000, "per": "month", "currency": "EUR", "source": "payroll"}


def resolved(services: list[Any] | None = None, **in_house: Any) -> InHouseTerms:
    document = engagement(services=services or [DEFERRABLE], in_house={"country": "US", **in_house})
    terms = resolve_in_house(document, RateCard(document))
    assert terms is not None
    return terms


def test_the_table_holds_every_rate_with_source_date_and_quality() -> None:
    found = {row["name"]: row for row in rows("in_house")}
    assert set(found) == {*OWN_RATES, *OUTSOURCING_RATES}
    for row in found.values():
        assert row["source"]
        assert row["as_of"]
        assert row["quality"] in {"official", "secondary", "unsourced"}
        assert ("unsourced" in row["source"]) == (row["quality"] == "unsourced")
        assert Decimal(row["value"]) >= 0


def test_every_default_is_registered_with_its_quality() -> None:
    terms = resolved()
    by_path = {item.path: item for item in terms.assumptions}
    assert by_path["in_house.burden"].quality == "secondary"
    assert by_path["in_house.outsourcing.governance"].quality == "unsourced"
    assert by_path["wages[US].claims_processor"].quality == "official"
    assert len(by_path) == len(OWN_RATES) + len(OUTSOURCING_RATES) + 1


def test_a_stated_rate_wins_and_keeps_its_source() -> None:
    terms = resolved(burden={"value": 0.4, "source": "payroll"}, outsourcing={"governance": 0.01})
    by_path = {item.path: item for item in terms.assumptions}
    assert terms.rates["burden"] == Decimal("0.4")
    assert by_path["in_house.burden"].quality == "stated"
    assert terms.outsourcing["governance"] == Decimal("0.01")
    assert by_path["in_house.outsourcing.governance"].quality == "unsourced"


def test_reference_pay_of_the_client_s_country_is_taken_per_hour() -> None:
    pay = resolved().teams[0].pay
    assert pay.per_hour == Decimal("23.29")
    assert pay.quality == "official"
    assert "BLS" in str(pay.source) or "Labor Statistics" in str(pay.source)


def test_stated_pay_is_converted_to_an_hour_and_to_the_engagement_s_currency() -> None:
    document = engagement(
        fx={"EUR": {"value": 0.8, "source": "a bank"}},
        in_house={"country": "DE", "staff": [{"service": "claims", "wage": WAGE}]},
    )
    terms = resolve_in_house(document, RateCard(document))
    assert terms is not None
    # 4000 EUR a month over 40 h x 365.25 / 7 / 12 = 173.93 h, at 0.8 EUR for a dollar
    assert float(terms.teams[0].pay.per_hour) == pytest.approx(4000 / 173.92857 / 0.8, rel=1e-6)
    assert terms.teams[0].pay.quality == "stated"


def test_pay_stated_without_a_source_counts_as_unsourced() -> None:
    wage = {"value": 20, "per": "hour"}
    terms = resolved(staff=[{"service": "claims", "wage": wage}])
    assert terms.teams[0].pay.quality == "unsourced"


def test_a_role_without_reference_pay_must_be_stated() -> None:
    with pytest.raises(BadInputError, match=r"in_house\.staff: an entry with a wage.*claims"):
        resolved(services=[DEFERRABLE | {"role": "astronomer"}])
    other = [{"service": "claims", "role": "data_entry_operator"}]
    terms = resolved(services=[DEFERRABLE | {"role": "astronomer"}], staff=other)
    assert terms.teams[0].pay.per_hour == Decimal("19.16")


def test_utilisation_and_shrinkage_are_the_engagement_s_unless_stated() -> None:
    ours = resolved(services=[DEFERRABLE, LIVE])
    assert [team.utilisation for team in ours.teams] == [Decimal("0.9"), Decimal("0.85")]
    theirs = resolved(staff=[{"service": "claims", "utilisation": 0.7}], out_of_office=0.2)
    assert theirs.teams[0].utilisation == Decimal("0.7")
    assert theirs.teams[0].units_per_month / ours.teams[0].units_per_month == pytest.approx(
        Decimal(8) / 9
    )


def test_contacts_handled_at_once_count_and_rework_does_too() -> None:
    one, two = (
        resolved(services=[LIVE | {"concurrency": n}]).teams[0].units_per_month for n in (1, 2)
    )
    assert two == 2 * one
    redone = {"target": 0.98, "rework_share": 0.1, "rework_effort": 0.5}
    with_rework = resolved(services=[DEFERRABLE | {"accuracy": redone}]).teams[0]
    assert with_rework.units_per_month == resolved().teams[0].units_per_month * Decimal("0.95")


def test_a_live_queue_needs_those_who_keep_it_open_and_deferrable_work_nobody() -> None:
    round_the_clock = LIVE | {"opening_hours": "24x7", "min_agents": 2}
    claims, desk = resolved(services=[DEFERRABLE, round_the_clock]).teams
    assert claims.least == 0
    assert desk.least == pytest.approx(Decimal(168 * 2) / (40 * Decimal("0.81")))


@pytest.mark.parametrize(
    ("in_house", "words"),
    [
        ({"country": "XX"}, r"in_house\.country: .*ISO 3166"),
        ({}, r"in_house\.country"),
        ({"country": "US", "burden": -0.1}, r"in_house\.burden"),
        ({"country": "US", "out_of_office": 1}, r"in_house\.out_of_office"),
        ({"country": "US", "staff": [{"service": "nobody"}]}, r"in_house\.staff\[0\]\.service"),
        ({"country": "US", "staff": [{"service": "claims"}] * 2}, r"staff\[1\]\.service"),
        ({"country": "US", "outsourcing": {"retained": 1}}, r"in_house\.outsourcing\.retained"),
        ({"country": "US", "salary": 3}, r"in_house\.salary"),
    ],
)
def test_a_wrong_field_is_named(in_house: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        engagement(in_house=in_house)


def test_documents_without_the_section_keep_their_hash_and_their_assumptions() -> None:
    without = engagement()
    assert "in_house" not in without.model_dump(mode="json")
    assert resolve_in_house(without, RateCard(without)) is None
    with_it = engagement(in_house={"country": "US"})
    assert engagement_hash(with_it) != engagement_hash(without)
    new = set(unsourced_of(with_it)) - set(unsourced_of(without))
    assert "in_house.attrition" in new
    assert all(path.startswith("in_house.") for path in new)


def test_the_section_shown_in_the_documentation_writes_out_every_field() -> None:
    page = Path("docs/engagement.md").read_text(encoding="utf-8")
    block = page.split("## What in-house takes the client")[1].split("\n\n")[2]
    shown = yaml.safe_load(textwrap.dedent(block))["in_house"]
    assert set(shown) == set(InHouse.model_fields)
    assert set(shown["staff"][0]) == set(InHouseStaff.model_fields)
    assert set(shown["outsourcing"]) == set(OutsourcingTerms.model_fields)
    assert InHouse.model_validate(shown).country == "US"
