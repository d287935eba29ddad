"""The contract: terms beyond the prices, for either offer and for both; all may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.engagement.contract_input import InputTerms
from pricing.engagement.contract_output import OutputTerms
from pricing.engagement.fields import first_repeated
from pricing.misfit import misfit
from pricing.money import Currency
from pricing.terms.fx_band import FxClause
from pricing.terms.indexation import Indexation
from pricing.terms.output.surge_call_off import SurgeCallOff
from pricing.terms.rebates import EarlyPayment, Rebate
from pricing.terms.sla_credits import SlaCredits
from pricing.terms.termination import TerminationCharge
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal


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
            Another currency (of a clause: the same), a month after the term, a service, team or
            role that is not there.
        """
        if self.currency not in {None, currency}:
            raise misfit("contract", "currency", accepted=f"the engagement's currency, {currency}")
        for at, one in enumerate(self.termination):
            if one.from_month > term_months:
                raise misfit(
                    *("contract", "termination", at, "from_month"),
                    accepted=f"a month of the term, 1 to {term_months}",
                )
        for at, clause in enumerate(self.fx_clauses):
            if clause.currency == currency:
                raise misfit(
                    *("contract", "fx_clauses", at, "currency"),
                    accepted=f"another currency than that of the prices, {currency}",
                )
        bought, made = self.input_based or InputTerms(), self.output_based or OutputTerms()
        if made.conversion is not None and made.conversion.last_month > term_months:
            raise misfit(
                *("contract", "output_based", "conversion", "last_month"),
                accepted=f"a month of the term, 1 to {term_months}",
            )
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
