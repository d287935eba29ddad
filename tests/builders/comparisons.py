"""One priced quote with an in-house side, shared by all tests of the client's comparison."""

import re
from functools import cache

from pricing.engagement import Engagement
from pricing.quote import Quote
from pricing.quoting import quote
from pricing.reading import read_engagement
from tests.builders.pricing import DEFERRABLE, LIVE, SITE, engagement_data

# Words that would tell a client something of the vendor's side.
FORBIDDEN = re.compile(
    r"cost|margin|wage|premium|profit|floor|parity|sga|overhead|contingency|mark.?up", re.IGNORECASE
)

SOURCED = {"source": "a survey of pay", "as_of": "2026-01-01"}
PAY_ABROAD = {"value": 4, "per": "hour", **SOURCED}
IN_HOUSE = {
    "country": "US",
    "staff": [
        {"service": "claims", "utilisation": 0.75},
        {"service": "helpdesk", "people": 6, "wage": {"value": 21, "per": "hour", **SOURCED}},
    ],
    "pay_growth": 0.03,
    "outsourcing": {"retained": 0.1, "overlap_months": 2, "discount_rate": 0.1},
}


@cache
def compared_engagement() -> Engagement:
    """Two services at one site for 18 months, pay sourced on both sides."""
    pay = {"claims_processor": PAY_ABROAD, "contact_centre_agent": PAY_ABROAD}
    data = engagement_data(
        services=[DEFERRABLE, LIVE],
        sites=[SITE | {"wages": pay}],
        term_months=18,
        in_house=IN_HOUSE,
    )
    return read_engagement(data)


@cache
def compared_quote() -> Quote:
    """The quote of it, planned once."""
    return quote(compared_engagement())
