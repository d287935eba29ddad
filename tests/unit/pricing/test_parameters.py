"""A parameter is a number, bare or with its origin; without a read origin it is assumed."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from pricing.assumptions import stated_assumptions
from pricing.parameters import FullShare, Positive, Ratio, Share, Wage
from tests.builders.pricing import engagement


def test_the_short_form_is_the_long_form_without_origin() -> None:
    assert Share.model_validate(0.2) == Share.model_validate({"value": 0.2})


@pytest.mark.parametrize("written", [0.2, "0.2", Decimal("0.2"), {"value": "0.2"}])
def test_a_value_is_the_decimal_it_is_written_as(written: Any) -> None:
    assert Share.model_validate(written).value == Decimal("0.2")


@pytest.mark.parametrize(
    ("written", "quality"),
    [
        (0.2, "unsourced"),
        ({"value": 0.2}, "unsourced"),
        ({"value": 0.2, "as_of": "2026-01-01"}, "unsourced"),
        ({"value": 0.2, "source": "contract"}, "stated"),
        ({"value": 0.2, "source": "contract", "assumed": False}, "stated"),
        ({"value": 0.2, "source": "contract", "assumed": True}, "unsourced"),
    ],
)
def test_a_value_is_stated_only_with_a_source_that_was_read(written: Any, quality: str) -> None:
    document = engagement({"commercial.sga": written})
    by_path = {item.path: item for item in stated_assumptions(document)}
    assert by_path["commercial.sga"].quality == quality


def test_the_register_keeps_source_and_date() -> None:
    written = {"value": 0.2, "source": "contract", "as_of": "2026-01-31"}
    by_path = {
        item.path: item for item in stated_assumptions(engagement({"commercial.sga": written}))
    }
    item = by_path["commercial.sga"]
    assert (item.value, item.source, item.as_of) == ("0.2", "contract", "2026-01-31")


def test_the_register_lists_defaults_too_as_they_move_the_price() -> None:
    paths = {item.path for item in stated_assumptions(engagement())}
    assert {"commercial.risk_premium.volume", "sites[0].surge.premium", "utilisation"} <= paths


@pytest.mark.parametrize(
    ("kind", "inside", "outside"),
    [
        (Share, ("0", "0.999"), ("-0.001", "1")),
        (FullShare, ("0.001", "1"), ("0", "1.001")),
        (Ratio, ("0", "10"), ("-0.001", "10.001")),
        (Positive, ("0.001", "1e12"), ("0", "-1", "1.1e12")),
    ],
)
def test_each_kind_keeps_to_its_range(
    kind: type[Share], inside: tuple[str, ...], outside: tuple[str, ...]
) -> None:
    for value in inside:
        assert kind.model_validate(value).value == Decimal(value)
    for value in outside:
        with pytest.raises(ValidationError):
            kind.model_validate(value)


@pytest.mark.parametrize("value", ["NaN", float("nan"), "Infinity", float("inf"), True, None, [1]])
def test_a_value_is_a_finite_number(value: Any) -> None:
    with pytest.raises(ValidationError):
        Ratio.model_validate(value)


def test_an_empty_source_is_no_source() -> None:
    with pytest.raises(ValidationError):
        Share.model_validate({"value": 0.2, "source": ""})


def test_a_wage_says_what_it_is_paid_for() -> None:
    with pytest.raises(ValidationError, match="per"):
        Wage.model_validate({"value": 4})


def test_a_wage_is_in_a_known_currency() -> None:
    with pytest.raises(ValidationError, match="ISO 4217"):
        Wage.model_validate({"value": 4, "per": "hour", "currency": "XXQ"})
