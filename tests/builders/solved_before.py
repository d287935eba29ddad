"""Plans of whole engagements, and answers of the solver, that cases a little off them share.

For a process that forks: its children start with all that was solved here. A solve depends on its
question alone, so a child solves only what its case changes. Importing this module solves, and
puts the memory before the solver; no test process should.
"""

import pickle
from collections.abc import Callable
from functools import wraps
from typing import Any

from pricing.planning import Planned, plan_of, prepare
from pricing.quoting import price_plan, quote
from pricing.reading import read_engagement
from staffing import team_cover, team_planner
from staffing.optimize.solver import SolveLog
from tests.builders.full_engagement import FULL, IN_HOUSE


def remembering(solve: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, asked each question once; the log takes no part in an answer."""
    answers: dict[bytes, Any] = {}

    @wraps(solve)
    def asked(*question: Any) -> Any:
        key = pickle.dumps([part for part in question if not isinstance(part, SolveLog)])
        if key not in answers:
            answers[key] = solve(*question)
        return answers[key]

    return asked


for module, name in ((team_cover, "cover_week"), (team_planner, "plan_workforce")):
    setattr(module, name, remembering(getattr(module, name)))

PLANS = {
    pickle.dumps(prepare(engagement)[2]): plan_of(engagement).plan
    for engagement in (read_engagement(document) for document in (FULL, IN_HOUSE))
}


def priced(document: dict[str, Any]) -> None:
    """Price a document; a brief that was planned before is not planned again."""
    engagement = read_engagement(document)
    card, teams, brief = prepare(engagement)
    plan = PLANS.get(pickle.dumps(brief))
    if plan is None:
        quote(engagement)
    else:
        price_plan(engagement, Planned(card, teams, plan))
