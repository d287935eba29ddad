"""Who has to approve a quote: limits on what it promises, as configuration."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from api.errors import NOT_APPROVER, RefusedError
from api.identity.caller import LOCAL, Caller, Role
from api.lifecycle.measures import MEASURES, MeasureName, Terms, measure
from pricing.money import Currency
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Iterable

MayApprove = Literal[Role.APPROVER, Role.ADMIN]
APPROVERS: tuple[MayApprove, ...] = (Role.APPROVER, Role.ADMIN)
Approvers = Annotated[tuple[MayApprove, ...], Field(min_length=1, max_length=len(APPROVERS))]


class Limit(Document):
    """A limit on one measure of a quote; beyond it one of `approvers` has to approve.

    Exactly one of `above` and `below` is stated. Amounts are in `currency`.
    """

    measure: MeasureName
    above: Decimal | None = None
    below: Decimal | None = None
    currency: Currency | None = Field(None, description="Of an amount, and of nothing else.")
    approvers: Approvers = APPROVERS

    @model_validator(mode="after")
    def _one_side(self) -> Self:
        if (self.above is None) == (self.below is None):
            raise PydanticCustomError("one_side", "either above or below")
        if (self.currency is not None) != MEASURES[self.measure].is_amount:
            raise PydanticCustomError("currency", "a currency for an amount, and for nothing else")
        return self

    def is_kept(self, value: Decimal) -> bool:
        """Whether a value is within the limit, which itself is."""
        if self.above is not None:
            return value <= self.above
        return self.below is None or value >= self.below


class Reason(Document):
    """Why a quote needs approval, and which roles may give it."""

    measure: MeasureName | Literal["always"]
    found: str
    limit: str
    detail: str
    approvers: Approvers


class ApprovalPolicy(Document):
    """Limits beyond which a quote needs approval. Without a reason it is approved at once.

    `list_margin` is the margin of the list price, from which a discount is counted. With `always`
    every quote needs approval. Authors approve their own quotes only with `approve_own`.
    """

    limits: Annotated[tuple[Limit, ...], Field(max_length=100)] = (
        Limit(measure="margin", below=Decimal("0.10")),
        Limit(measure="discount", above=Decimal("0.05")),
        Limit(measure="margin_p10", below=Decimal(0)),
        Limit(measure="probability_of_loss", above=Decimal("0.10")),
        Limit(measure="payment_days", above=Decimal(60)),
        Limit(measure="term_months", above=Decimal(36)),
        Limit(measure="validity_days", above=Decimal(90)),
        Limit(measure="contract_value", above=Decimal(1_000_000), currency="USD"),
        Limit(
            measure="contract_value",
            above=Decimal(10_000_000),
            currency="USD",
            approvers=(Role.ADMIN,),
        ),
    )
    list_margin: Annotated[Decimal, Field(ge=0, lt=1)] = Decimal("0.15")
    always: Approvers | None = None
    approve_own: bool = False

    def reasons(self, terms: Terms) -> tuple[Reason, ...]:
        """List every limit a quote goes beyond; what cannot be measured counts as beyond."""
        found = [_always(self.always)] if self.always else []
        for limit in self.limits:
            value = measure(limit.measure, terms, self.list_margin, limit.currency)
            if value is None or not limit.is_kept(value):
                found.append(_reason(limit, value))
        return tuple(found)

    def check_approver(
        self, caller: Caller, reasons: Iterable[Reason], authors: Iterable[str | None]
    ) -> None:
        """Refuse a caller who may not approve for these reasons, or made the quote themselves.

        Without users there is one person on the machine, who may do everything.

        Raises
        ------
        RefusedError
            Naming who may.
        """
        allowed = set(APPROVERS)
        for reason in reasons:
            allowed &= set(reason.approvers)
        if caller.role not in allowed:
            who = " or ".join(role for role in APPROVERS if role in allowed) or "nobody"
            raise RefusedError(
                NOT_APPROVER, f"you are {caller.role}; for these reasons {who} may approve"
            )
        if caller.id in set(authors) and not self.approve_own and caller != LOCAL:
            raise RefusedError(
                NOT_APPROVER,
                "you made this quote or asked for its approval; somebody else has to approve it",
            )


def _always(approvers: Approvers) -> Reason:
    return Reason(
        measure="always",
        found="",
        limit="",
        detail="every quote needs approval",
        approvers=approvers,
    )


def _reason(limit: Limit, value: Decimal | None) -> Reason:
    known = MEASURES[limit.measure]
    side, bound = ("above", limit.above) if limit.above is not None else ("below", limit.below)
    unit = f" {limit.currency}" if limit.currency else known.unit
    asked = f"{bound}{unit}"
    if value is None:
        found = "unknown"
        detail = f"{known.title} is not known in {limit.currency}, so it counts as {side} {asked}"
    else:
        found = f"{round(value, known.places)}{unit}"
        detail = f"{known.title} is {found}, {side} {asked}"
    return Reason(
        measure=limit.measure, found=found, limit=asked, detail=detail, approvers=limit.approvers
    )
