"""FX clause: the price follows an exchange rate beyond a band, up to a cap.

``adjustment = local share x max(0, |S_t / S_0 - 1| - band)``, with the sign of the move and the cap
on it. S is the contract's currency per unit of the local one; rates are quoted the other way round,
so ``S_t / S_0 = base rate / rate``. Caps and collars: EquaTerra.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from pricing.exact import PositiveExact, finely
from pricing.money import Currency
from pricing.terms.fields import Part
from pricing.terms.line import TermLine, share_line
from staffing.errors import BadInputError
from staffing.plan import Document

MECHANISM = "fx_clause"


class FxClause(Document):
    """Prices follow an exchange rate outside a band."""

    currency: Currency = Field(description="Of the local cost.")
    base_rate: PositiveExact = Field(
        description="Units of it for one of the contract's currency, e.g. 57."
    )
    local_share: Part = Field(description="Of cost in that currency, e.g. 0.7.")
    band: Part = Field(Decimal("0.03"), description="Change that moves nothing.")
    cap: Annotated[Decimal, Field(ge=0, le=1)] = Field(
        Decimal("0.10"), description="Most the price moves, either way."
    )


def fx_adjustment(terms: FxClause, rate: Decimal) -> Decimal:
    """Share by which the price moves, -cap to cap; 0 inside the band.

    Parameters
    ----------
    terms : FxClause
        The clause.
    rate : Decimal
        Units of the local currency for one of the contract's, above 0.

    Raises
    ------
    BadInputError
        A rate that is not above 0.
    """
    if not rate > 0:
        raise BadInputError.at(f"fx.{terms.currency}", rate, "should be above 0")
    with finely():
        move = terms.base_rate / rate - 1
        beyond = max(abs(move) - terms.band, Decimal(0))
        return min(terms.local_share * beyond, terms.cap).copy_sign(move)


def fx_line(terms: FxClause, charges: Decimal, rate: Decimal) -> TermLine | None:
    """Line of the clause on charges at the base rate; None inside the band."""
    adjustment = fx_adjustment(terms, rate)
    if not adjustment:
        return None
    what = f"{terms.currency} at {rate:f}, base {terms.base_rate:f}"
    return share_line(MECHANISM, what, adjustment, charges)
