"""Input-based rate card: the price of one full-time equivalent, built up from the wage.

The steady-state formula: no roster, no season. Where a staffing plan exists the quote prices the
plan, and this formula only explains the difference (``cost.reconciliation``). Decimal throughout
at full precision; nothing here rounds.

Source of the formulas: cost build-up with two-factor shrinkage and margin on price, as described
in ``docs/models/price.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

MONTHS_PER_YEAR = 12
WEEKS_PER_RATE_CARD_YEAR = 52


@dataclass(frozen=True)
class SupportCost:
    """One supporting role: loaded cost per year and agents per person."""

    cost_per_year: Decimal
    span: Decimal


@dataclass(frozen=True)
class TransitionCost:
    """One-off cost, recovered as an annuity.

    Parameters
    ----------
    cost : Decimal
        Amount to recover, 0 or more.
    months : int
        Instalments, 1 or more.
    monthly_rate : Decimal
        Interest per month; 0 means a straight line.
    """

    cost: Decimal
    months: int
    monthly_rate: Decimal

    @property
    def instalment(self) -> Decimal:
        """Monthly payment, ``PMT = TC i / (1 - (1 + i)^-n)``, or ``TC / n`` without interest."""
        if self.monthly_rate == 0:
            return self.cost / self.months
        return self.cost * self.monthly_rate / (1 - (1 + self.monthly_rate) ** -self.months)


@dataclass(frozen=True)
class RateCardCase:
    """Inputs of the steady-state formula, money in one currency.

    Parameters
    ----------
    wage : Decimal
        Base wage per paid hour.
    paid_hours : Decimal
        Paid hours of one full-time equivalent per year.
    variable_pay, on_costs : Decimal
        Shares of base pay.
    out_of_office, in_office : Decimal
        Shrinkage shares in [0, 1).
    annual_attrition, early_loss : Decimal
        Leavers over headcount per year; share of a class lost before production, [0, 1).
    recruiting_cost : Decimal
        Per hire.
    training_weeks, ramp_loss_weeks : Decimal
        Paid weeks of training; loss of the ramp in full-productivity weeks.
    support : tuple of SupportCost
        Supporting roles.
    seat_cost, shifts_per_seat, it_cost : Decimal
        Cost of a seat per year, shifts that share it, IT per full-time equivalent and year.
    """

    wage: Decimal
    paid_hours: Decimal
    variable_pay: Decimal
    on_costs: Decimal
    out_of_office: Decimal
    in_office: Decimal
    annual_attrition: Decimal
    early_loss: Decimal
    recruiting_cost: Decimal
    training_weeks: Decimal
    ramp_loss_weeks: Decimal
    support: tuple[SupportCost, ...]
    seat_cost: Decimal
    shifts_per_seat: Decimal
    it_cost: Decimal

    @property
    def labour(self) -> Decimal:
        """Labour per FTE-year, ``w Hp (1 + b + s)``: on-costs are due on base pay."""
        return self.wage * self.paid_hours * (1 + self.variable_pay + self.on_costs)

    @property
    def total_shrinkage(self) -> Decimal:
        """``1 - (1 - So)(1 - Si)``."""
        return 1 - (1 - self.out_of_office) * (1 - self.in_office)

    @property
    def productive_hours(self) -> Decimal:
        """Available hours per FTE-year, ``Hp (1 - So)(1 - Si)``."""
        return self.paid_hours * (1 - self.out_of_office) * (1 - self.in_office)

    @property
    def hires_per_year(self) -> Decimal:
        """Hires per FTE-year, ``A / (1 - a)``."""
        return self.annual_attrition / (1 - self.early_loss)

    @property
    def backfill(self) -> Decimal:
        """Cost of replacing leavers, ``hires [Cr + (T + L) weekly labour]``."""
        weekly_labour = self.labour / WEEKS_PER_RATE_CARD_YEAR
        per_hire = self.recruiting_cost + (
            (self.training_weeks + self.ramp_loss_weeks) * weekly_labour
        )
        return self.hires_per_year * per_hire

    @property
    def support_cost(self) -> Decimal:
        """``sum of C_k / n_k``."""
        return sum((role.cost_per_year / role.span for role in self.support), Decimal(0))

    @property
    def seat(self) -> Decimal:
        """Seat cost per FTE-year, ``seat / shifts per seat``."""
        return self.seat_cost / self.shifts_per_seat

    @property
    def direct_cost(self) -> Decimal:
        """Labour + backfill + support + seat + IT, per FTE-year."""
        return self.labour + self.backfill + self.support_cost + self.seat + self.it_cost


@dataclass(frozen=True)
class PriceTerms:
    """Shares of price and mark-ups on cost.

    Parameters
    ----------
    contingency : Decimal
        On cost.
    sga, margin : Decimal
        Shares of price.
    capital_cost, dso_days : Decimal
        Yearly cost of capital; days until payment.
    withholding : Decimal
        Tax withheld from the bill that the vendor bears, t, a share of price.
    """

    contingency: Decimal
    sga: Decimal
    margin: Decimal
    capital_cost: Decimal
    dso_days: Decimal
    withholding: Decimal = Decimal(0)

    @property
    def financing_share(self) -> Decimal:
        """``r DSO / 365 + t``, a share of price."""
        return self.capital_cost * self.dso_days / 365 + self.withholding

    @property
    def shares_of_price(self) -> Decimal:
        """SG&A + financing + margin."""
        return self.sga + self.financing_share + self.margin


def price_from_cost(cost_with_contingency: Decimal, terms: PriceTerms) -> Decimal:
    """Price at which the margin on price holds, ``cost (1 + kappa) / (1 - g - r DSO/365 - m)``.

    Parameters
    ----------
    cost_with_contingency : Decimal
        ``cost (1 + kappa)``.
    terms : PriceTerms
        Shares of price; they must leave room.

    Raises
    ------
    ValueError
        When the shares of price add up to 1 or more.
    """
    room = 1 - terms.shares_of_price
    if room <= 0:
        raise ValueError("SG&A, financing and margin take the whole price")
    return cost_with_contingency / room


def transition_per_fte_year(transition: TransitionCost, fte: Decimal) -> Decimal:
    """Yearly recovery of the transition per full-time equivalent, ``12 PMT / N``."""
    return MONTHS_PER_YEAR * transition.instalment / fte


def fte_year_price(case: RateCardCase, transition_per_fte: Decimal, terms: PriceTerms) -> Decimal:
    """Price of one full-time equivalent for a year, transition included."""
    cost = (case.direct_cost + transition_per_fte) * (1 + terms.contingency)
    return price_from_cost(cost, terms)
