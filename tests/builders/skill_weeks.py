"""Two live services at one site with figures to check by hand, and what is found for them.

Each service gets 60 calls of 5 minutes an hour, 5 erlangs, for 50 hours a week: 8 people apart.
"""

from typing import Any

from staffing.skill_week import SkillTerms, skill_study
from tests.builders.pricing import LIVE, engagement_data
from tests.builders.staffing import live_service, live_target, staffing_brief, volume_brief

# The first year of these briefs has 366 days.
FIVE_ERLANGS = volume_brief(units_per_year=60 * 50 * 366 / 7)
PREMIUM = 0.15


def languages(*names, **changes):
    """Build live services of five erlangs each, without a minimum crew."""
    own = {"volume": FIVE_ERLANGS, "min_heads": 0} | changes
    return [live_service(name=name, **own) for name in names]


def two_languages(**target):
    """Build English and Spanish at one site."""
    return staffing_brief(*languages("en", "es", target=live_target(**target)))


def study(brief, *, simulate=False, premium=PREMIUM, limit=None, **asked):
    return skill_study(brief, SkillTerms(premium, limit, simulate), **asked)


def two_languages_engagement() -> dict[str, Any]:
    """Build an engagement of the same two queues, open two hours a day."""
    hours = {"opening_hours": {"mon-fri": "09:00-11:00"}}
    volume = {"volume": {"units_per_year": 60 * 10 * 365 / 7}}
    both = [LIVE | hours | volume | {"name": name, "language": name} for name in ("en", "es")]
    return engagement_data(services=both)
