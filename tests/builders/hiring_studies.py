"""Small studies of hiring: two kinds of work at one site over half a year, all terms in use."""

from functools import cache
from typing import Any

from pricing.engagement import Engagement
from pricing.hiring_study import HiringStudy, hiring_study
from pricing.reading import read_engagement
from tests.builders.pricing import DEFERRABLE, SITE, engagement_data

HIRING: dict[str, Any] = {
    "class_size": 4,
    "trainers": 1,
    "nesting_h_per_trainee_week": 2,
    "access_weeks": 1,
    "release": {"notice_weeks": 2, "severance_weeks": 1},
    "temporary": {"heads": 1, "min_weeks": 2, "max_weeks": 8},
    "cross_trained": {"heads": 1},
    "staff": [
        {"service": "claims", "heads": 10, "tenure_weeks": 60},
        {"service": "letters", "heads": 3, "tenure_weeks": 60},
    ],
    "upskilling": [
        {"from_service": "claims", "to_service": "letters", "cost": 50, "weeks": 2, "loss": 0.1}
    ],
    "overtime_share_max_term": 0.05,
    "backlog_share": 0.2,
    "shortfall_price": 30,
}


def two_kinds_data(**hiring: Any) -> dict[str, Any]:
    """Engagement as plain data: claims grow, letters too; a hiring term None is left out."""
    terms = {name: value for name, value in (HIRING | hiring).items() if value is not None}
    claims = DEFERRABLE | {
        "ramp": [0.5, 0.75],
        "volume": {"units_per_year": 260_000, "growth_per_year": 2.0},
    }
    letters = claims | {
        "name": "letters",
        "volume": {"units_per_year": 70_000, "growth_per_year": 2.0},
    }
    site = SITE | {"seats": 60, "hiring": terms}
    return engagement_data(services=[claims, letters], sites=[site], term_months=6)


def two_kinds(**hiring: Any) -> Engagement:
    """The engagement as a document."""
    return read_engagement(two_kinds_data(**hiring))


@cache
def study() -> HiringStudy:
    """Its study, in fractions of people."""
    return hiring_study(two_kinds())


@cache
def overstaffed() -> HiringStudy:
    """A study in which people are released, and the plan chooses a team for the first day."""
    staff = [{"service": "claims", "heads": 16, "tenure_weeks": 60}]
    return hiring_study(two_kinds(staff=staff))


def overstaffed_json() -> dict[str, Any]:
    """That study as charts and exports get it."""
    return overstaffed().model_dump(mode="json")


def study_json() -> dict[str, Any]:
    """The study as charts and exports get it."""
    return study().model_dump(mode="json")
