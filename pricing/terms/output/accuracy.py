"""Accuracy: errors within the tolerance are part of the price, those above are redone or credited.

``errors above = max(0, errors - tolerance x units)``. A record is right when all its fields are:
``record accuracy = field accuracy ^ fields``; at 20 fields 99 % of fields right are 81.79 % of
records. The contract says which of the two it means, and how large the sample is.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from pricing.exact import exactly, finely
from pricing.terms.fields import Factor, Part
from pricing.terms.line import ZERO, TermLine, refuse_negative
from staffing.errors import BadInputError
from staffing.plan import Document

MECHANISM = "accuracy"


class AccuracyTerms(Document):
    """What happens to errors beyond the tolerance."""

    tolerance: Part | None = Field(None, description="Share of units; none: 1 - accuracy.target.")
    remedy: Literal["credit", "redo"] = Field(
        "credit", description="credit: a multiple of the unit price; redo: done again, free."
    )
    credit_multiple: Factor = Field(Decimal(1), description="Of the unit price per error.")
    sample: Annotated[int, Field(strict=True, ge=1, le=10**7)] | None = Field(
        None, description="Units checked; none: all, or those the client finds."
    )


def errors_above(tolerance: Decimal, units: Decimal, errors: Decimal) -> Decimal:
    """Errors beyond the tolerance, units.

    Parameters
    ----------
    tolerance : Decimal
        Share of units that may be wrong, 0 to 1.
    units, errors : Decimal
        Units done, and those found wrong; 0 <= errors <= units.
    """
    refuse_negative(units=units, errors=errors)
    if errors > units:
        raise BadInputError.at("errors", errors, f"should be at most the units done ({units:f})")
    with exactly():
        return max(ZERO, errors - tolerance * units)


def errors_in_sample(units: Decimal, checked: Decimal, found: Decimal) -> Decimal:
    """Errors among all units, from those found in a sample, ``units x found / checked``."""
    refuse_negative(units=units, found=found)
    if not checked > 0:
        raise BadInputError.at("checked", checked, "should be above 0")
    if found > checked:
        raise BadInputError.at("found", found, f"should be at most the units checked ({checked:f})")
    with finely():
        return units * found / checked


def accuracy_line(
    terms: AccuracyTerms,
    units: Decimal,
    errors: Decimal,
    unit_price: Decimal,
    *,
    tolerance: Decimal,
    unit: str = "unit",
) -> TermLine | None:
    """Credit for errors above the tolerance, or the units redone at no charge; None without any.

    Parameters
    ----------
    terms : AccuracyTerms
        Remedy and multiple.
    units, errors : Decimal
        Units done and found wrong.
    unit_price : Decimal
        Money per unit, 0 or more.
    tolerance : Decimal
        Used where the terms state none, 0 to 1.
    unit : str
        What a unit is called.
    """
    refuse_negative(unit_price=unit_price)
    allowed = tolerance if terms.tolerance is None else terms.tolerance
    above = errors_above(allowed, units, errors)
    if not above:
        return None
    what = f"errors above {allowed:.2%}"
    if terms.remedy == "redo":
        return TermLine(MECHANISM, f"{what}, redone free of charge", above, unit, ZERO)
    with exactly():
        price = unit_price * terms.credit_multiple
    return TermLine(MECHANISM, what, -above, unit, price) if price else None


def record_accuracy(field_accuracy: Decimal, fields: int) -> Decimal:
    """Share of records without a wrong field, when fields fail independently."""
    _check_accuracy("field_accuracy", field_accuracy, fields)
    with finely():
        return field_accuracy**fields


def field_accuracy(record: Decimal, fields: int) -> Decimal:
    """Share of fields that must be right for a record accuracy, ``record ^ (1 / fields)``."""
    _check_accuracy("record_accuracy", record, fields)
    with finely():
        return record ** (1 / Decimal(fields)) if record else ZERO


def _check_accuracy(name: str, share: Decimal, fields: int) -> None:
    if not 0 <= share <= 1:
        raise BadInputError.at(name, share, "a share, 0 to 1")
    if fields < 1:
        raise BadInputError.at("fields", fields, "should be 1 or more")
