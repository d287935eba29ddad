"""What may come otherwise than planned: factors, their distributions, and what goes together."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.misfit import misfit
from pricing.parameters import Parameter
from staffing.plan import Document

FactorName = Literal[
    "volume",
    "trend",
    "shock",
    "complexity",
    "ramp",
    "attrition",
    "absence",
    "wage_inflation",
    "fx",
]
Shape = Literal["normal", "lognormal", "triangular", "pert", "empirical"]

_BOUNDED = ("low", "mode", "high")
NUMBERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "normal": (("sd",), ("mean",)),
    "lognormal": (("cv",), ("mean",)),
    "triangular": (_BOUNDED, ()),
    "pert": (_BOUNDED, ()),
    "empirical": (("history",), ()),
}
"""By distribution: what must be stated, and what may be."""
_REACH = 4
_MOST_CV = 3


class Multiple(Parameter):
    """A multiple of what is planned, 0 to 100; 1 is as planned."""

    value: Annotated[Decimal, Field(ge=0, le=100)]


class UncertainFactor(Document):
    """One factor of the future, as a multiple of the plan: 1.1 is ten percent more."""

    name: FactorName = Field(
        description="volume, complexity (work per unit), attrition, absence, ramp (its loss), fx "
        "(price of foreign money): times the plan. trend, wage_inflation: times the plan every "
        "year. shock: times the volume in the middle quarter of the term."
    )
    distribution: Shape
    mean: Multiple | None = Field(None, description="normal, lognormal; none: 1.")
    sd: Multiple | None = Field(None, description="normal: standard deviation.")
    cv: Multiple | None = Field(None, description="lognormal: standard deviation over mean.")
    low: Multiple | None = Field(None, description="triangular, pert: least value.")
    mode: Multiple | None = Field(None, description="triangular, pert: likeliest value.")
    high: Multiple | None = Field(None, description="triangular, pert: greatest value.")
    history: tuple[Annotated[float, Field(strict=True, gt=0, le=100)], ...] | None = Field(
        None, description="empirical: what came over what was planned, each as likely."
    )

    @model_validator(mode="after")
    def _numbers_fit_the_distribution(self) -> Self:
        needed, allowed = NUMBERS[self.distribution]
        for name in ("mean", "sd", "cv", *_BOUNDED, "history"):
            stated = getattr(self, name) is not None
            if name in needed and not stated:
                raise misfit(name, accepted=f"a value, for a {self.distribution} distribution")
            if stated and name not in (*needed, *allowed):
                named = ", ".join((*needed, *allowed))
                raise misfit(name, accepted=f"nothing: {self.distribution} takes {named}")
        if self.cv is not None and self.number("cv") > _MOST_CV:
            raise misfit("cv", accepted=f"at most {_MOST_CV}; 0.12 is twelve percent")
        if self.history == ():
            raise misfit("history", accepted="one value or more", found="an empty list")
        self._stays_above_zero()
        return self

    def number(self, name: str, default: float = 1.0) -> float:
        """One of the numbers, or what it is when left out."""
        stated = getattr(self, name)
        return default if stated is None else float(stated.value)

    def _stays_above_zero(self) -> None:
        if self.distribution in {"triangular", "pert"}:
            low, mode, high = (self.number(name) for name in _BOUNDED)
            if not 0 < low <= mode <= high or low == high:
                raise misfit("mode", accepted="low above 0, low <= mode <= high, low below high")
        if self.distribution == "normal" and self.number("mean") <= _REACH * self.number("sd"):
            raise misfit("sd", accepted=f"below a {_REACH}th of the mean; or a lognormal one")
        if self.distribution == "lognormal" and not self.number("mean") > 0:
            raise misfit("mean", accepted="above 0")


class FactorCorrelation(Document):
    """How two factors go together, as the correlation of the normals beneath them."""

    between: tuple[FactorName, FactorName]
    correlation: Annotated[Decimal, Field(ge=-1, le=1)]
