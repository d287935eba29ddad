"""Re-baseline: when volume stays away from its baseline, the baseline is set anew.

Common practice: 15 to 30 % for three periods running (unsourced).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from pricing.exact import finely
from pricing.terms.line import refuse_negative
from staffing.errors import BadInputError
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Sequence


class Rebaseline(Document):
    """What triggers a new baseline."""

    tolerance: Annotated[Decimal, Field(ge=0, lt=1)] = Field(
        Decimal("0.20"), description="Share of the baseline that is not far, e.g. 0.20."
    )
    periods: Annotated[int, Field(strict=True, ge=1, le=24)] = Field(
        3, description="Running, all on the same side."
    )


@dataclass(frozen=True)
class NewBaseline:
    """A trigger that was met.

    Parameters
    ----------
    period : int
        Period at whose end it was met, 1 is the first.
    baseline : Decimal
        Mean of the periods that met it, units.
    """

    period: int
    baseline: Decimal


def new_baseline(
    terms: Rebaseline, baseline: Decimal, units: Sequence[Decimal]
) -> NewBaseline | None:
    """First time that volume was outside the tolerance for long enough; None while it was not.

    Parameters
    ----------
    terms : Rebaseline
        Tolerance and periods.
    baseline : Decimal
        Units of a period, above 0.
    units : sequence of Decimal
        Good units by period, 0 or more.
    """
    if not baseline > 0:
        raise BadInputError.at("baseline", baseline, "should be above 0")
    run, side = 0, 0
    for at, one in enumerate(units):
        refuse_negative(**{f"units[{at}]": one})
        with finely():
            far = abs(one - baseline) > terms.tolerance * baseline
        here = (1 if one > baseline else -1) if far else 0
        run = (run + 1 if here == side else 1) if here else 0
        side = here
        if run == terms.periods:
            recent = units[at + 1 - run : at + 1]
            with finely():
                return NewBaseline(at + 1, sum(recent, Decimal(0)) / len(recent))
    return None
