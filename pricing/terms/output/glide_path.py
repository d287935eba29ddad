"""Productivity glide path: the vendor passes on productivity, ``price x (1 - y)^t``.

t is the number of full contract years behind the month; the path offsets indexation.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from pricing.exact import finely
from pricing.terms.fields import Part
from pricing.terms.line import TermLine, refuse_negative, share_line
from staffing.errors import BadInputError
from staffing.plan import Document

MECHANISM = "glide_path"


class GlidePath(Document):
    """How fast the price falls, and how far."""

    per_year: Annotated[Decimal, Field(ge=0, lt=1)] = Field(description="Share, e.g. 0.03.")
    floor: Part = Field(Decimal(0), description="Share of the first price it never goes below.")


def glide_factor(terms: GlidePath, year: int) -> Decimal:
    """Price over the price of the first year, in a contract year; year 1 is 1.

    Raises
    ------
    BadInputError
        A year before the first.
    """
    if year < 1:
        raise BadInputError.at("year", year, "should be 1 or more")
    with finely():
        return max((1 - terms.per_year) ** (year - 1), terms.floor)


def glide_line(terms: GlidePath, charges: Decimal, year: int) -> TermLine | None:
    """Line that takes charges at first-year prices to this year's; None in the first."""
    refuse_negative(charges=charges)
    with finely():
        change = glide_factor(terms, year) - 1
    if not change:
        return None
    what = f"productivity passed on, {terms.per_year:.1%} a year"
    return share_line(MECHANISM, what, change, charges)
