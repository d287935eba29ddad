"""One document for all schedules: what is accepted, and what is refused by name."""

from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from pricing.price_schedule import PriceSchedule
from pricing.reading import read_document
from staffing.errors import BadInputError
from tests.builders.price_schedules import FEES, MODES, raw

OPEN: dict[str, Any] = {"up_to": None, "unit_price": "0.05", "flat_fee": "0"}
TEN: dict[str, Any] = {"up_to": "10", "unit_price": "0.10", "flat_fee": "2"}


def refusal(data: dict[str, Any]) -> str:
    """Words of the refusal."""
    with pytest.raises(BadInputError) as refused:
        read_document(PriceSchedule, data)
    return str(refused.value)


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_is_written_in_the_same_form(mode: str) -> None:
    tiers = [OPEN] if mode == "per_unit" else FEES
    data = {"mode": mode, "tiers": tiers, "package_size": "5", "free_units": "0"}
    read = read_document(PriceSchedule, data)
    assert read.model_dump(mode="json") == data
    assert PriceSchedule.model_validate_json(read.model_dump_json()) == read


@pytest.mark.parametrize("mode", MODES)
def test_the_schema_of_a_schedule_takes_what_is_taken_and_no_float(mode: str) -> None:
    tiers = [OPEN] if mode == "per_unit" else [TEN, OPEN]
    data = {"mode": mode, "tiers": tiers, "package_size": 5, "free_units": "0.5"}
    taken = jsonschema.Draft202012Validator(PriceSchedule.model_json_schema())
    assert taken.is_valid(data)
    assert not taken.is_valid({**data, "free_units": 0.5})
    assert not taken.is_valid({**data, "package_size": 0})
    written = jsonschema.Draft202012Validator(PriceSchedule.model_json_schema(mode="serialization"))
    assert written.is_valid(read_document(PriceSchedule, data).model_dump(mode="json"))


@pytest.mark.parametrize(
    ("text", "number"), [("0.5", "0.5"), ("+5", "5"), (".5", "0.5"), ("5.", "5"), ("1E+3", "1000")]
)
def test_a_text_is_a_decimal_number_as_the_schema_says(text: str, number: str) -> None:
    taken = jsonschema.Draft202012Validator(PriceSchedule.model_json_schema())
    data = raw("per_unit", free_units=text)
    assert taken.is_valid(data)
    assert read_document(PriceSchedule, data).free_units == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", " 5", "5\n", "1_000", "\u0665", "5,0", "NaN", "0x5", "1e", "."]
)
def test_a_text_that_is_no_plain_decimal_number_is_refused_as_the_schema_says(text: str) -> None:
    taken = jsonschema.Draft202012Validator(PriceSchedule.model_json_schema())
    data = raw("per_unit", free_units=text)
    assert not taken.is_valid(data) or text.endswith("\n")  # a pattern's $ lets an end of line pass
    assert "free_units: a whole number, or a decimal number in quotes" in refusal(data)


def test_whole_numbers_and_decimals_are_exact_as_well() -> None:
    tier = {"up_to": None, "unit_price": 2, "flat_fee": Decimal("0.1")}
    assert read_document(PriceSchedule, raw("per_unit", [tier])).tiers[0].unit_price == 2


@pytest.mark.parametrize(
    ("tiers", "words"),
    [
        ([TEN, TEN, OPEN], "tiers[1].up_to: above the bound of the tier before (10)"),
        ([TEN, {**TEN, "up_to": "5"}, OPEN], "tiers[1].up_to: above the bound of the tier before"),
        ([TEN, OPEN, OPEN], "tiers[1].up_to: a bound: only the last tier is open (found null)"),
        ([TEN], "tiers[0].up_to: null: the last tier is open"),
        ([], "tiers: should have length 1 or more"),
        ([{**OPEN, "up_to": "0"}, OPEN], "tiers[0].up_to: should be above 0"),
        ([{**OPEN, "unit_price": "-0.01"}], "tiers[0].unit_price: should be 0 or more"),
        ([{**OPEN, "flat_fee": "-1"}], "tiers[0].flat_fee: should be 0 or more"),
        ([{**OPEN, "unit_price": 0.05}], 'e.g. "0.45" (found 0.05)'),
        ([{**OPEN, "flat_fee": True}], "tiers[0].flat_fee: a whole number, or"),
        ([{**OPEN, "unit_price": "NaN"}], "tiers[0].unit_price: a whole number, or a decimal"),
        ([{**OPEN, "from": "10"}], "tiers[0].from: unknown field"),
        ([{"up_to": None}], "tiers[0].unit_price: a unit_price or a flat_fee"),
        ([{**OPEN, "unit_price": "0.0000000000001"}], "should have 12 decimal places at most"),
    ],
)
def test_tiers_that_do_not_price_every_quantity_once_are_refused(
    tiers: list[dict[str, Any]], words: str
) -> None:
    assert words in refusal({"mode": "graduated", "tiers": tiers})


def test_one_price_per_unit_has_no_tiers_to_choose_from() -> None:
    assert "tiers: one open tier" in refusal(raw("per_unit", FEES))


def test_a_share_is_one_at_most() -> None:
    words = refusal(raw("percentage", [TEN, {**OPEN, "unit_price": "1.01"}]))
    assert words == "tiers[1].unit_price: a share of the amount, 0 to 1 (found '1.01')"
    assert read_document(PriceSchedule, raw("percentage", [{**OPEN, "unit_price": "1"}]))


def test_a_package_has_a_size_and_lies_in_one_tier() -> None:
    assert "package_size: units in a package" in refusal(raw("package", FEES))
    assert "package_size: should be above 0" in refusal(raw("package", FEES, package_size="0"))
    words = refusal(raw("package", FEES, package_size="4"))
    assert words.startswith("tiers[0].up_to: a multiple of package_size (4)")
    assert read_document(PriceSchedule, raw("graduated", FEES, package_size="4"))


def test_free_units_are_never_negative_and_modes_have_names() -> None:
    assert "free_units: should be 0 or more" in refusal(raw("per_unit", free_units="-1"))
    assert "mode: should be 'per_unit'" in refusal(raw("tiered"))
