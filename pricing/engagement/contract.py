"""The contract: terms beyond the prices, for either offer and for both; all may be left out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.engagement.contract_input import Days, InputTerms, Part
from pricing.engagement.contract_output import OutputTerms
from pricing.engagement.fields import Name, first_repeated
from pricing.exact import NonNegativeExact, PositiveExact
from pricing.misfit import misfit
from pricing.money import Currency
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Growth = Annotated[Decimal, Field(ge=-1, le=10)]


class Indexation(Document):
    """Prices follow an index once a year (COLA)."""

    index: Name = Field(description="Which index, e.g. ECI private industry.")
    share: Part = Field(description="Of the price that moves with it, e.g. 0.65.")
    floor: Growth = Field(Decimal(0), description="Least change a year.")
    cap: Growth = Field(Decimal("0.05"), description="Most change a year.")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.floor > self.cap:
            raise misfit("floor", accepted=f"at most cap ({self.cap})")
        return self


class FxClause(Document):
    """Prices follow an exchange rate outside a band."""

    currency: Currency = Field(description="Of the local cost.")
    base_rate: PositiveExact = Field(
        description="Units of it for one of the contract's currency, e.g. 57."
    )
    local_share: Part = Field(description="Of cost in that currency, e.g. 0.7.")
    band: Part = Field(Decimal("0.03"), description="Change that moves nothing.")
    cap: Part = Field(Decimal("0.10"), description="Most the price moves, either way.")


class SlaMeasure(Document):
    """One promise and what missing it costs."""

    name: Name
    target: Annotated[Decimal, Field(ge=0, le=10**9)]
    higher_is_better: bool = Field(True, strict=True)
    allocation: Part = Field(description="Of the amount at risk, when missed.")


class SlaCredits(Document):
    """Credits for missed service levels."""

    at_risk: Part = Field(description="Of the month's charges, e.g. 0.12: no credit is more.")
    measures: Annotated[tuple[SlaMeasure, ...], Field(min_length=1, max_length=50)]
    earn_back_months: Annotated[int, Field(strict=True, ge=1, le=24)] | None = Field(
        None, description="Months on target that win a credit back; none: never."
    )

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _once("measures", "name", [measure.name for measure in self.measures])
        return self


class SurgeRate(Document):
    """Price of an hour called off at a notice."""

    notice_h: Annotated[Decimal, Field(ge=0, le=8784)] = Field(description="At least.")
    hour_price: PositiveExact


class SurgeCallOff(Document):
    """People kept ready, and called off at notice."""

    standby_heads: Annotated[Decimal, Field(ge=0, le=100_000)] = Decimal(0)
    standby_fee: NonNegativeExact = Field(Decimal(0), description="Per reserved head and month.")
    rates: Annotated[tuple[SurgeRate, ...], Field(min_length=1, max_length=20)]
    minimum_hours: NonNegativeExact = Field(Decimal(0), description="Billed per person at least.")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _once("rates", "notice_h", [rate.notice_h for rate in self.rates])
        return self


class TerminationCharge(Document):
    """What ending the contract early costs from a month on, until the next one."""

    from_month: Annotated[int, Field(strict=True, ge=1, le=120)]
    charge: NonNegativeExact


class Rebate(Document):
    """A share of charges given back beyond a threshold in a contract year."""

    above: NonNegativeExact = Field(description="Charges of the contract year so far.")
    share: Part


class EarlyPayment(Document):
    """A discount for paying early."""

    within_days: Days
    discount: Part


class Contract(Document):
    """Terms of the contract; `invoice` bills by them."""

    currency: Currency | None = Field(
        None, description="Of all money in this section; none: the engagement's."
    )
    input_based: InputTerms | None = None
    output_based: OutputTerms | None = None
    indexation: Indexation | None = None
    fx_clauses: Annotated[tuple[FxClause, ...], Field(max_length=10)] = ()
    sla_credits: SlaCredits | None = Field(
        None, description="Under the offers of `sla_credits_for`."
    )
    sla_credits_for: Annotated[
        tuple[Literal["input_based", "output_based"], ...], Field(min_length=1, max_length=2)
    ] = ("output_based",)
    surge: SurgeCallOff | None = None
    termination: Annotated[tuple[TerminationCharge, ...], Field(max_length=120)] = ()
    rebates: Annotated[tuple[Rebate, ...], Field(max_length=20)] = ()
    early_payment: EarlyPayment | None = None

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        _once("fx_clauses", "currency", [clause.currency for clause in self.fx_clauses])
        _rising("termination", "from_month", [one.from_month for one in self.termination])
        _rising("rebates", "above", [one.above for one in self.rebates])
        return self

    def refuse_unknown(
        self,
        *,
        currency: str,
        term_months: int,
        services: Sequence[str],
        teams: Sequence[str],
        roles: Sequence[str],
    ) -> None:
        """Refuse what the engagement around the contract does not know.

        Raises
        ------
        PydanticCustomError
            Another currency, a month after the term, a service, team or role that is not there.
        """
        if self.currency not in {None, currency}:
            raise misfit("contract", "currency", accepted=f"the engagement's currency, {currency}")
        for at, one in enumerate(self.termination):
            if one.from_month > term_months:
                raise misfit(
                    *("contract", "termination", at, "from_month"),
                    accepted=f"a month of the term, 1 to {term_months}",
                )
        bought, made = self.input_based or InputTerms(), self.output_based or OutputTerms()
        named = [
            *(
                (
                    "output_based",
                    "services",
                    "service",
                    services,
                    [s.service for s in made.services],
                ),
            ),
            *(("input_based", "minimum_fte", "team", teams, [m.team for m in bought.minimum_fte]),),
            *(
                (
                    "input_based",
                    "floor_prices",
                    "role",
                    roles,
                    [f.role for f in bought.floor_prices],
                ),
            ),
        ]
        for side, group, field, known, names in named:
            for at, name in enumerate(names):
                if name not in known:
                    one_of = ", ".join(dict.fromkeys(known))
                    raise misfit(
                        *("contract", side, group, at, field), accepted=f"one of: {one_of}"
                    )


def _once(name: str, field: str, named: Iterable[object]) -> None:
    repeated = first_repeated([str(one) for one in named])
    if repeated is not None:
        raise misfit(name, repeated, field, accepted="each one once")


def _rising(name: str, field: str, values: list[int] | list[Decimal]) -> None:
    for at in range(1, len(values)):
        if values[at] <= values[at - 1]:
            raise misfit(
                name, at, field, accepted=f"more than in the one before ({values[at - 1]})"
            )
