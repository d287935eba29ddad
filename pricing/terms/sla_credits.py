"""SLA credits: a part of the invoice is at risk, missed measures take their share of it.

``credit = charges x at risk x allocation`` for each missed measure, all together no more than the
amount at risk. Allocations may sum to more than 1, because measures seldom fail together: the sum
is the pool (Alsbridge 2010; Wavestone). A credit is earned back by meeting its measure in each of
the next k periods (Slaw 2013).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from pricing.exact import finely
from pricing.misfit import misfit
from pricing.terms.fields import Label, Level, Part
from pricing.terms.line import TermLine, refuse_negative, share_line
from staffing.errors import BadInputError
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MECHANISM = "sla_credit"
CAP = "sla_credit_cap"
EARN_BACK = "earn_back"


class SlaMeasure(Document):
    """One promise and what missing it costs."""

    name: Label
    target: Level
    higher_is_better: bool = Field(True, strict=True)
    allocation: Part = Field(description="Of the amount at risk, when missed.")

    def met(self, result: Decimal) -> bool:
        """Whether a result is on target; the target itself is."""
        return result >= self.target if self.higher_is_better else result <= self.target


class SlaCredits(Document):
    """Credits for missed service levels."""

    at_risk: Part = Field(description="Of the month's charges, e.g. 0.12: no credit is more.")
    measures: Annotated[tuple[SlaMeasure, ...], Field(min_length=1, max_length=50)]
    pool: Annotated[Decimal, Field(ge=0, le=50)] | None = Field(
        None, description="Most that allocations may sum to, e.g. 2.5; none: any sum."
    )
    earn_back_months: Annotated[int, Field(strict=True, ge=1, le=24)] | None = Field(
        None, description="Months on target that win a credit back; none: never."
    )

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        names = [measure.name for measure in self.measures]
        for at, name in enumerate(names):
            if name in names[:at]:
                raise misfit("measures", at, "name", accepted="each measure once")
        return self

    @model_validator(mode="after")
    def _inside_the_pool(self) -> Self:
        allocated = sum((measure.allocation for measure in self.measures), Decimal(0))
        if self.pool is not None and allocated > self.pool:
            raise misfit(
                "measures",
                accepted=f"allocations that sum to the pool ({self.pool}) at most",
                found=f"sum {allocated}",
            )
        return self


def missed(terms: SlaCredits, results: Mapping[str, Decimal]) -> tuple[SlaMeasure, ...]:
    """Measures that were missed; one without a result counts as met.

    Raises
    ------
    BadInputError
        A result of a measure that the contract does not have.
    """
    known = [measure.name for measure in terms.measures]
    for name, result in results.items():
        if name not in known:
            raise BadInputError.at(f"sla.{name}", result, f"one of: {', '.join(known)}")
    return tuple(
        measure
        for measure in terms.measures
        if measure.name in results and not measure.met(results[measure.name])
    )


def credit_lines(
    terms: SlaCredits, charges: Decimal, results: Mapping[str, Decimal]
) -> tuple[TermLine, ...]:
    """One credit for each missed measure, and one line that takes back what is beyond the cap.

    Parameters
    ----------
    terms : SlaCredits
        At-risk share, measures and their allocations.
    charges : Decimal
        The month's charges the credits are a share of, 0 or more.
    results : mapping of str to Decimal
        Result by measure.
    """
    refuse_negative(charges=charges)
    with finely():
        at_risk = charges * terms.at_risk
        lines = [
            share_line(MECHANISM, f"{measure.name} missed", -measure.allocation, at_risk)
            for measure in missed(terms, results)
        ]
        beyond = -sum((line.quantity for line in lines), Decimal(0)) - 1
    if beyond > 0:
        lines.append(share_line(CAP, "credits beyond the amount at risk", beyond, at_risk))
    return tuple(lines)


def earn_back_line(
    terms: SlaCredits, measure: str, credit: Decimal, later: Sequence[Decimal]
) -> TermLine | None:
    """Charge a credit of the past again, once its measure was met in every month since.

    Parameters
    ----------
    terms : SlaCredits
        The clause.
    measure : str
        Measure that was missed.
    credit : Decimal
        What was credited, money, 0 or more.
    later : sequence of Decimal
        Results of the months after the miss, in order.

    Returns
    -------
    TermLine or None
        None without earn-back, too early, or where one of the months missed.
    """
    refuse_negative(credit=credit)
    months = terms.earn_back_months
    by_name = {one.name: one for one in terms.measures}
    if measure not in by_name:
        raise BadInputError.at("measure", measure, f"one of: {', '.join(by_name)}")
    if months is None or len(later) < months:
        return None
    if not all(by_name[measure].met(result) for result in later[:months]):
        return None
    what = f"{measure} on target for {months} months"
    return share_line(EARN_BACK, what, Decimal(1), credit)
