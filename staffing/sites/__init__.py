"""Where to deliver: the question and the answer, without the solver; money is in plain numbers."""

from staffing.sites.choice import PatternUse, SiteChoice, SiteLoad, TeamUse
from staffing.sites.evaluate import evaluate, measure_of
from staffing.sites.problem import (
    PatternOption,
    ServiceWork,
    SiteOption,
    SiteProblem,
    SiteRules,
    TeamOption,
)

__all__ = [
    "PatternOption",
    "PatternUse",
    "ServiceWork",
    "SiteChoice",
    "SiteLoad",
    "SiteOption",
    "SiteProblem",
    "SiteRules",
    "TeamOption",
    "TeamUse",
    "evaluate",
    "measure_of",
]
