"""A price asked for by name, judged on the lot it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.choice.decision import INPUT, OUTPUT
from pricing.choice.ground import goal_of
from pricing.choice.price_to_win import Payment, price_to_win
from pricing.choice.report import FloorChange, PriceToWinView
from pricing.choice.writing import result_of, share
from pricing.money import Money
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from pricing.choice.ground import ChoiceGround
    from pricing.choice.levels import Pair
    from pricing.choice.report import AskedPrice

_DAYS = 365


def judged_price(
    ground: ChoiceGround, pairs: tuple[Pair, ...], asked: AskedPrice
) -> PriceToWinView:
    """Judge a price that would win, the other offer as quoted, by the floor margin.

    Parameters
    ----------
    ground : ChoiceGround
        Lots and what the client weighs.
    pairs : tuple of Pair
        Quoted levels by lot.
    asked : AskedPrice
        Offer, name and price.

    Raises
    ------
    BadInputError
        When the name is none of a team (input-based) or service (output-based).
    """
    by_hour = asked.offer == "input_based"
    references = ground.prices.fte_parity if by_hour else ground.prices.parity
    name = asked.name if asked.name is not None else next(iter(references))
    if name not in references:
        accepted = " or ".join(references)
        raise BadInputError.at(
            "price_to_win.name",
            name,
            f"{'team' if by_hour else 'service'} of the engagement: {accepted}",
        )
    service = ground.service_of[name] if by_hour else name
    place = next(k for k, one in enumerate(ground.lots) if service in one.lot.services)
    level = float(asked.price / references[name])
    own = ground.lots[place]
    commercial = ground.engagement.commercial
    floor = goal_of(ground.engagement, ground.values, commercial.floor_margin.value)
    payment = Payment(
        dso_days=float(commercial.dso_days.value),
        cost_per_day=float(commercial.capital_cost.value) / _DAYS,
        contingency=float(commercial.contingency.value),
    )
    offer = INPUT if by_hour else OUTPUT
    pair = pairs[place]
    found = price_to_win(own.lot, own.seen, pair, floor, payment, offer=offer, level=level)
    currency = ground.engagement.currency
    return PriceToWinView(
        offer=asked.offer,
        lot=own.lot.name,
        name=name,
        price=Money(amount=asked.price, currency=currency),
        discount=share(1 - level / _of(pair, offer)),
        alone=result_of(found.alone, currency),
        after_choice=result_of(found.after_choice, currency),
        floor_margin=float(commercial.floor_margin.value),
        holds=found.holds,
        changes=tuple(
            FloorChange(
                name=change.name,
                amount=None if change.amount is None else share(change.amount),
            )
            for change in found.changes
        ),
    )


def _of(pair: Pair, offer: int) -> float:
    return pair.hours if offer == INPUT else pair.units
