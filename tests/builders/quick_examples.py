"""Hook of schemathesis: the documented examples of studies, on an engagement that is soon planned.

What schemathesis tries beside its own inventions are these examples, many times over. The answers
have the same form, and come in a tenth of the time.
"""

import schemathesis

from tests.builders.pricing import DEFERRABLE, engagement_data

FEW_DRAWS = 1_000
_WEEK = {"opening_hours": {"mon-fri": "08:00-16:00"}, "volume": {"units_per_year": 20_000}}
QUICK = engagement_data(services=[DEFERRABLE | _WEEK], term_months=1)
# Peaks and money need the engagement that is documented: a peak of this one cannot be met.
DRAWN = ("/v1/choice", "/v1/risk")
PLANNED = ("/v1/futures", "/v1/hiring", "/v1/sites", "/v1/rates")
CALCULATED = tuple(
    f"/v1/{name}" for name in ("requirement", "coverage", "price", "compare", "explain", "invoice")
)


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Put the engagement, and fewer draws, into the examples."""
    for path in (*PLANNED, *CALCULATED, *DRAWN):
        content = raw_schema["paths"][path]["post"]["requestBody"]["content"]
        for example in content["application/json"]["examples"].values():
            example["value"]["engagement"] = QUICK
            if path in DRAWN:
                example["value"]["draws"] = FEW_DRAWS
