"""Plans of several teams and sites: of the example, and small ones checked by hand."""

import copy
from datetime import date

from staffing.charts import PlanTerms
from tests.builders.plans import team
from tests.builders.quotes import base_quote

START = date(2027, 1, 4)


def three_teams():
    """The example's quote with a second service at its site, twice as large, and one at another."""
    quote = base_quote()
    (first,) = quote["staffing"]["teams"]
    second = _twice(first) | {"service": "indexing"}
    third = copy.deepcopy(first) | {"site": "Cebu"}
    quote["staffing"]["teams"] = [first, second, third]
    quote["staffing"]["sites"].append({"site": "Cebu", "peak_heads": 9, "seats": None})
    of_first = quote["workings"]["teams"][0]
    for one in (second, third):
        names = {key: one[key] for key in ("service", "site")}
        named = names | {"team": f"{one['service']} @ {one['site']}"}
        quote["workings"]["teams"].append(copy.deepcopy(of_first) | named)
    return quote


def terms_of(plan, *, absent=0.1, worth=0.8, start=START):
    """Terms that are the same at every site."""
    return PlanTerms(
        start,
        {f"{one['service']} @ {one['site']}": absent for one in plan["teams"]},
        {one["site"]: worth for one in plan["teams"]},
    )


def four_weeks(service="claims", site="Manila"):
    """A team of ten whom two join and one leaves; surge in the last week, nobody short but then."""
    return team(service, site) | {
        "workforce": {
            "needed": [10.0, 10.0, 9.0, 12.0],
            "productive": [10.0, 10.0, 9.0, 11.0],
            "payroll": [10.0, 12.0, 11.0, 11.0],
            "hires": [0.0, 2.0, 0.0, 0.0],
            "overtime": [0.0, 0.0, 0.0, 0.1],
            "surge_starts": [0.0, 0.0, 0.0, 1.0],
            "surge": [0.0, 0.0, 0.0, 1.0],
        }
    }


def _twice(one):
    """A team of twice the people in every week."""
    double = copy.deepcopy(one)
    weeks = double["workforce"]
    weeks |= {key: [2 * x for x in weeks[key]] for key in weeks if key != "stop_reason"}
    return double
