"""Levels and results as documents: prices in Money, shares rounded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pricing.choice.decision import after_choice
from pricing.choice.report import CurvePoint, Menu, MenuPrice, MenuResult
from pricing.money import (
    Money,
    amount_up,
    decimal_of,
    quantize_amount,
    quantize_unit_price,
    unit_price_up,
)

if TYPE_CHECKING:
    from pricing.choice.decision import Result
    from pricing.choice.ground import ChoiceGround, LotGround
    from pricing.choice.levels import Pair
    from pricing.choice.lot import Lot

PLACES = 6
FTE_MONTH = "FTE-month"


def share(value: float) -> float:
    """A share with no more digits than it deserves."""
    return round(float(value), PLACES) + 0.0  # no negative zero


def whole(amount: float, currency: str) -> Money:
    """A simulated amount, in whole currency units."""
    return Money.of(Decimal(round(float(amount))), currency)


def result_of(result: Result, currency: str) -> MenuResult:
    """What is left, as a document."""
    return MenuResult(
        bill=whole(result.revenue, currency),
        delivery_cost=whole(result.cost, currency),
        profit=whole(result.profit, currency),
        margin=share(result.margin),
        p10=share(result.p10),
        cvar=share(result.cvar),
        loss_probability=share(result.loss_probability),
        input_share=share(result.input_share),
        output_share=share(result.output_share),
    )


def _factor(level: float | None) -> Decimal:
    return Decimal(1) if level is None else decimal_of(level)


@dataclass(frozen=True)
class PriceWriter:
    """Writes levels of a lot as quoted prices."""

    ground: ChoiceGround

    def hours(self, lot: Lot, level: float | None = None) -> tuple[MenuPrice, ...]:
        """FTE-month prices of the lot's teams at a level, rounded up; without one at parity."""
        currency, factor = self.ground.engagement.currency, _factor(level)
        rounded = quantize_amount if level is None else amount_up
        return tuple(
            MenuPrice(
                name=name,
                unit=FTE_MONTH,
                price=Money.of(
                    rounded(self.ground.prices.fte_parity[name] * factor, currency), currency
                ),
            )
            for name in self.ground.teams_of(lot)
        )

    def units(self, lot: Lot, level: float | None = None) -> tuple[MenuPrice, ...]:
        """Unit prices of the lot's services at a level, rounded up; without one at parity."""
        engagement = self.ground.engagement
        places = engagement.commercial.unit_price_places
        unit = {service.name: service.unit for service in engagement.services}
        rounded = quantize_unit_price if level is None else unit_price_up
        return tuple(
            MenuPrice(
                name=name,
                unit=unit[name],
                price=Money.unit_price(
                    rounded(self.ground.prices.parity[name] * _factor(level), places),
                    engagement.currency,
                    places,
                ),
            )
            for name in lot.services
        )

    def menu(self, ground: LotGround, pair: Pair) -> Menu:
        """A pair of levels as a menu, with what it leaves after the choice."""
        result = after_choice(ground.lot, ground.seen, pair.hours, pair.units, ground.goal.kept)
        binding: Literal["margin", "tail"] = "margin" if pair.binding == "margin" else "tail"
        return Menu(
            input_based=self.hours(ground.lot, pair.hours),
            output_based=self.units(ground.lot, pair.units),
            input_premium=share(pair.hours - 1),
            output_premium=share(pair.units - 1),
            binding=binding,
            result=result_of(result, self.ground.engagement.currency),
        )

    def curve_point(self, ground: LotGround, pair: Pair) -> CurvePoint:
        """A pair on the curve; premiums on the stand-alone prices."""
        result = after_choice(ground.lot, ground.seen, pair.hours, pair.units, ground.goal.kept)
        return CurvePoint(
            input_premium=share(pair.hours / ground.base.hours - 1),
            output_premium=share(pair.units / ground.base.units - 1),
            input_price=self.hours(ground.lot, pair.hours)[0].price,
            output_price=self.units(ground.lot, pair.units)[0].price,
            input_share=share(result.input_share),
        )
