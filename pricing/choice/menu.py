"""A posted pair of prices and what is left of it once the client chooses; lognormal, closed form.

A unit takes ``h K`` hours: h is the plan, K > 0 the mean complexity of this client's work over the
term, ``ln K ~ N(mu, sigma^2)`` to the vendor. By the hour a unit costs the client ``y K`` with
``y = r h``, by the unit p. The client's signal explains ``knowledge^2`` of the variance of ln K,
and it takes the offer whose expected bill is lower under that signal.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import erfc, exp, inf, isnan, log, sqrt
from numbers import Real

from staffing.errors import BadInputError

_LARGEST_EXPONENT = 700.0  # exp of more is no float


@dataclass(frozen=True)
class Menu:
    """Both prices of one service, and what the vendor knows about its work.

    Parameters
    ----------
    rate : float
        Price per productive hour, 0 or more, finite.
    unit_price : float
        Price per unit, 0 or more; infinite stands for no such offer.
    hours_per_unit : float
        Productive hours that a unit takes by plan, 0 or more, finite.
    mu, sigma : float
        Mean and standard deviation of ln K; sigma 0 or more.
    knowledge : float
        Share of the standard deviation of ln K that the client knows, 0 to 1.

    Raises
    ------
    BadInputError
        When a field is no number, or outside its range; it is named.
    """

    rate: float
    unit_price: float
    hours_per_unit: float
    mu: float
    sigma: float
    knowledge: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what can be no price, no work and no knowledge; exact numbers become floats."""
        for name in ("rate", "hours_per_unit", "sigma"):
            _in_range(name, getattr(self, name), 0, inf, "a finite number of 0 or more")
        if self.unit_price != inf:
            _in_range("unit_price", self.unit_price, 0, inf, "a number of 0 or more")
        _in_range("mu", self.mu, -inf, inf, "a finite number")
        _in_range("knowledge", self.knowledge, 0, 1, "a number from 0 to 1", closed=True)
        if abs(self.mu) + self.sigma**2 / 2 > _LARGEST_EXPONENT:
            accepted = f"with sigma, |mu| + sigma^2 / 2 of at most {_LARGEST_EXPONENT:.0f}"
            raise BadInputError.at("mu", self.mu, accepted)
        for name, value in vars(self).copy().items():
            object.__setattr__(self, name, float(value))

    @property
    def mean_complexity(self) -> float:
        """``E[K] = exp(mu + sigma^2 / 2)``."""
        return exp(self.mu + self.sigma**2 / 2)

    @property
    def hourly_bill(self) -> float:
        """Bill of a unit by the hour, expected without any signal: ``y E[K]``."""
        return self.rate * self.hours_per_unit * self.mean_complexity

    @property
    def signal_sd(self) -> float:
        """Standard deviation of ln E[K | signal]: ``q sigma``."""
        return self.knowledge * self.sigma

    @property
    def revenue(self) -> float:
        """Revenue per unit after choice, ``R = E[min(y E[K | signal], p)]``."""
        return expected_minimum(self.hourly_bill, self.signal_sd, self.unit_price)

    @property
    def option_value(self) -> float:
        """What the choice is worth to the client per unit: ``min(y E[K], p) - R``, 0 or more."""
        return max(0.0, min(self.hourly_bill, self.unit_price) - self.revenue)

    @property
    def given_away(self) -> float:
        """Option value over the revenue an uninformed client would bring; 0 where that is 0."""
        uninformed = min(self.hourly_bill, self.unit_price)
        return self.option_value / uninformed if uninformed else 0.0

    @property
    def hourly_share(self) -> float:
        """Probability that the client takes the hours, 0 to 1; with equal bills it does."""
        sd, mean = self.signal_sd, self.hourly_bill
        if sd == 0 or mean == 0 or self.unit_price in (0, inf):
            return 1.0 if mean <= self.unit_price else 0.0
        return normal_cdf(log(self.unit_price / mean) / sd + sd / 2)

    def margin(self, cost_per_hour: float) -> float:
        """Margin after choice, ``1 - c h E[K] / R``: expected profit over expected revenue.

        With SG&A and financing give ``c / (1 - g - f)`` and read the margin likewise; see
        `pricing.choice.price_pairs.grossed_up`. `cost_per_hour` is 0 or more; the menu must bring
        revenue.
        """
        _in_range("cost_per_hour", cost_per_hour, 0, inf, "a finite number of 0 or more")
        if self.revenue == 0:
            raise BadInputError.at("rate", self.rate, "with unit_price, above 0 for a margin")
        return 1 - cost_per_hour * self.hours_per_unit * self.mean_complexity / self.revenue


def revenue_after_choice(
    rate: float,
    unit_price: float,
    hours_per_unit: float,
    mu: float,
    sigma: float,
    knowledge: float = 1.0,
) -> float:
    """Revenue per unit when the client takes the offer that is cheaper under its own knowledge.

    ``E[min(y K', p)] = y E[K] Phi((x - mu' - s'^2) / s') + p (1 - Phi((x - mu') / s'))`` with
    ``y = rate x hours_per_unit``, ``x = ln(p / y)``, ``s' = knowledge x sigma`` and
    ``mu' = ln E[K] - s'^2 / 2`` (partial expectation of a lognormal); without private knowledge
    ``min(y E[K], p)``.

    Parameters, units, ranges and errors are those of `Menu`.

    Returns
    -------
    float
        Currency of the prices per unit, at most ``min(y E[K], p)``.
    """
    return Menu(rate, unit_price, hours_per_unit, mu, sigma, knowledge).revenue


def revenue_of_types(
    rate: float, unit_price: float, hours_per_unit: float, types: tuple[tuple[float, float], ...]
) -> float:
    """Revenue per unit from clients of a few kinds that know their kind.

    ``sum of w min(y k, p)``: with two kinds ``y k1 < p < y k2`` this is ``w1 y k1 + w2 p``.

    Parameters
    ----------
    rate, unit_price, hours_per_unit : float
        As of `Menu`.
    types : tuple of (complexity, weight)
        Complexities 0 or more; weights 0 or more, adding up to 1.
    """
    menu = Menu(rate, unit_price, hours_per_unit, 0.0, 0.0)
    for index, pair in enumerate(types):
        for part, value in zip(("complexity", "weight"), pair, strict=True):
            path = f"types[{index}].{part}"
            _in_range(path, value, 0, inf, "a finite number of 0 or more")
    total = sum(weight for _, weight in types)
    if abs(total - 1) > 1e-9:  # noqa: PLR2004 (rounding of a sum of shares)
        raise BadInputError.at("types", total, "weights that add up to 1")
    bill = menu.rate * menu.hours_per_unit
    return sum(weight * min(bill * k, menu.unit_price) for k, weight in types)


def expected_minimum(mean: float, log_sd: float, cap: float) -> float:
    """``E[min(X, cap)]`` of a lognormal X of a given mean; `log_sd` is that of ln X, 0 or more."""
    if log_sd == 0 or mean == 0 or cap in (0, inf):
        return min(mean, cap)
    upper = log(cap / mean) / log_sd
    return mean * normal_cdf(upper - log_sd / 2) + cap * normal_cdf(-upper - log_sd / 2)


def normal_cdf(value: float) -> float:
    """Phi: probability that a standard normal variable is at most `value`."""
    return erfc(-value / sqrt(2)) / 2


def _in_range(
    name: str, value: float, low: float, high: float, accepted: str, *, closed: bool = False
) -> None:
    number = isinstance(value, Real | Decimal) and not isinstance(value, bool)
    if (
        not number
        or isnan(value)
        or value < low
        or value > high
        or (not closed and abs(value) == inf)
    ):
        raise BadInputError.at(name, value, accepted)
