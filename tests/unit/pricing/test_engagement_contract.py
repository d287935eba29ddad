"""The contract of an engagement: what is refused, by field and remedy; hashes of old documents."""

import copy
import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml

from pricing.engagement.contract import Contract
from pricing.engagement.contract_input import InputTerms
from pricing.engagement.contract_output import OutputTerms, ServiceTerms
from pricing.reading import read_engagement
from staffing.errors import BadInputError
from tests.builders.contracts import BANDED, CLASSED, CONTRACT, HYBRID, TIERED
from tests.builders.pricing import DEFERRABLE, LIVE, engagement_data, put

PERCENTAGE: dict[str, Any] = {
    "mode": "percentage",
    "tiers": [{"up_to": "100000", "unit_price": "0.08"}, {"unit_price": "0.06"}],
}


def read(contract: dict[str, Any], **changes: Any):
    data = engagement_data(services=[DEFERRABLE, LIVE], contract=copy.deepcopy(contract))
    for path, value in changes.items():
        put(data, path, value)
    return read_engagement(data)


def output(*services: dict[str, Any]) -> dict[str, Any]:
    return {"output_based": {"services": list(services)}}


def test_a_contract_that_writes_out_everything_is_read() -> None:
    contract = read(CONTRACT).contract
    assert contract is not None
    assert set(CONTRACT) == set(Contract.model_fields)


def test_documents_without_a_contract_are_dumped_as_before() -> None:
    assert "contract" not in read_engagement(engagement_data()).model_dump(mode="json")
    assert "contract" in read({}).model_dump(mode="json")


@pytest.mark.parametrize("wrong", [0.45, True])
def test_money_is_never_a_float(wrong: object) -> None:
    service = {
        "service": "claims",
        "schedule": {"mode": "per_unit", "tiers": [{"unit_price": wrong}]},
    }
    with pytest.raises(BadInputError, match="unit_price: a whole number, or a decimal number in"):
        read(output(service))


@pytest.mark.parametrize(
    ("contract", "field", "words"),
    [
        ({"currency": "EUR"}, "currency", "the engagement's currency, USD"),
        ({"termination": [{"from_month": 4, "charge": 1}]}, "termination[0].from_month", "1 to 3"),
        (
            {"termination": [{"from_month": 2, "charge": 1}, {"from_month": 2, "charge": 1}]},
            "termination[1].from_month",
            "more than in the one before (2)",
        ),
        (
            {"output_based": {"conversion": {"first_month": 2, "last_month": 4}}},
            "output_based.conversion.last_month",
            "a month of the term, 1 to 3",
        ),
        (
            {"fx_clauses": [{"currency": "USD", "base_rate": 1, "local_share": 0.5}]},
            "fx_clauses[0].currency",
            "another currency than that of the prices, USD",
        ),
        (output({"service": "audits"}), "output_based.services[0].service", "claims, helpdesk"),
        (output(HYBRID, HYBRID), "output_based.services[1].service", "each service once"),
        (output(HYBRID | CLASSED), "output_based.services[0].hybrid", "classes is one already"),
        (
            output(BANDED | {"collections": {"share": 0.05}}),
            "output_based.services[0].collections.beside_units",
            "true, since band",
        ),
        (
            output({"service": "claims", "classes": [CLASSED["classes"][0]]}),
            "output_based.services[0].classes",
            "shares that sum to 1",
        ),
        (
            {"input_based": {"minimum_fte": [{"team": "claims", "fte": 1}]}},
            "input_based.minimum_fte[0].team",
            "claims @ Manila, helpdesk @ Manila",
        ),
        (
            {"input_based": {"floor_prices": [{"role": "coder", "fte_month": 1}]}},
            "input_based.floor_prices[0].role",
            "claims_processor, contact_centre_agent",
        ),
        ({"fx_clauses": CONTRACT["fx_clauses"] * 2}, "fx_clauses[1].currency", "each one once"),
        (
            {"indexation": CONTRACT["indexation"] | {"floor": 0.06}},
            "indexation.floor",
            "at most cap",
        ),
        (
            {"input_based": {"hour_multipliers": {"night": 0.9}}},
            "input_based.hour_multipliers.night",
            "1 or more",
        ),
    ],
)
def test_what_does_not_fit_is_refused_by_field_and_remedy(
    contract: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(BadInputError) as caught:
        read(contract)
    assert str(caught.value).startswith(f"contract.{field}:")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("tiers", "field", "words"),
    [
        ([{"up_to": 10}], "tiers[0].up_to", "the last tier is open"),
        ([{}, {}], "tiers[0].up_to", "only the last tier is open"),
        (
            [{"up_to": 10}, {"up_to": 10}, {}],
            "tiers[1].up_to",
            "above the bound of the tier before",
        ),
        ([{"unit_price": 1, "discount": 0.1}], "tiers[0].discount", "only one of unit_price and"),
    ],
)
def test_tiers_that_overlap_or_leave_gaps_are_refused(
    tiers: list[dict[str, Any]], field: str, words: str
) -> None:
    service = TIERED | {"schedule": {"mode": "graduated", "tiers": tiers}}
    with pytest.raises(BadInputError) as caught:
        read(output(service))
    assert str(caught.value).startswith(f"contract.output_based.services[0].schedule.{field}:")
    assert words in str(caught.value)


def test_units_are_not_charged_by_a_share_of_money() -> None:
    """A claim at 0.08 is eight cents; a share is one of what is collected."""
    service = {"service": "claims", "schedule": PERCENTAGE}
    with pytest.raises(BadInputError, match=r"schedule.mode: .*stated in collections.schedule"):
        read(output(service))


@pytest.mark.parametrize(
    ("fee", "field", "words"),
    [
        ({}, "share", "exactly one of share and schedule"),
        ({"share": 0.05, "schedule": PERCENTAGE}, "share", "exactly one of share and schedule"),
        (
            {"schedule": {**PERCENTAGE, "mode": "graduated"}},
            "schedule.mode",
            "percentage: shares of what is collected",
        ),
        (
            {"schedule": {"mode": "percentage", "tiers": [{"unit_price": "1.2"}]}},
            "schedule.tiers[0].unit_price",
            "a share of the amount",
        ),
    ],
)
def test_a_share_of_collections_is_one_share_or_shares_by_tier(
    fee: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(BadInputError) as caught:
        read(output({"service": "claims", "collections": fee}))
    path = "contract.output_based.services[0].collections"
    assert str(caught.value).startswith(f"{path}.{field}:")
    assert words in str(caught.value)


def test_the_section_shown_in_the_documentation_writes_out_every_field() -> None:
    page = Path("docs/engagement.md").read_text(encoding="utf-8")
    block = page.split("## The contract")[1].split("\n\n")[2]
    shown = yaml.safe_load(textwrap.dedent(block))["contract"]
    contract = Contract.model_validate(shown)
    assert set(shown) == set(Contract.model_fields)
    assert set(shown["input_based"]) == set(InputTerms.model_fields)
    assert set(shown["output_based"]) == set(OutputTerms.model_fields)
    fields = {name for service in shown["output_based"]["services"] for name in service}
    assert fields == set(ServiceTerms.model_fields)
    assert contract.sla_credits is not None
