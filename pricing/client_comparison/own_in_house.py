"""A quote against the in-house side its client states, instead of what sales put down for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.in_house import in_house_costs, resolve_in_house
from pricing.ratecard import RateCard
from pricing.reading import read_engagement

if TYPE_CHECKING:
    from pricing.engagement import Engagement
    from pricing.engagement.in_house import InHouse
    from pricing.quote import Quote


def against_own(quote: Quote, engagement: Engagement, own: InHouse) -> Quote:
    """Put the client's own numbers in the place of the in-house side; nothing is planned anew.

    Parameters
    ----------
    quote : Quote
        Its plan says how much work there is.
    engagement : Engagement
        The quote was priced from it.
    own : InHouse
        What the client states; what it leaves out follows the packaged defaults.

    Raises
    ------
    BadInputError
        A service the engagement does not have, or pay that is neither stated nor known.
    """
    stated = engagement.model_dump(mode="json", exclude={"in_house"})
    document = read_engagement({**stated, "in_house": own.model_dump(mode="json")})
    costs = in_house_costs(document, resolve_in_house(document, RateCard(document)), quote.staffing)
    return quote.model_copy(update={"in_house": costs})
