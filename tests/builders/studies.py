"""Real studies as the API answers them, and a client that needs no server."""

import json
from functools import cache

from api.client import ApiError, Issue
from pricing.futures import futures_report
from pricing.hiring_study import hiring_study
from pricing.reading import read_engagement
from pricing.surge_quoting import surge_report
from pricing.surge_report import SurgeRequest
from staffing.futures_planner import FuturesTerms
from tests.builders.forecast import forecast_document
from tests.builders.quotes import FakeClient
from tests.builders.rate_reports import report_json
from tests.builders.risk import small_study as risk_study_json
from tests.builders.server import example_engagement
from tests.builders.site_studies import study_json as site_study_json

INFEASIBLE = ApiError(
    422,
    "No staffing plan meets this engagement",
    "surge_work: claims @ Manila: day 3 (Mon): 6.9 ramped people short\n"
    "to relax it:\n  no notice under 168 h",
    "infeasible",
    [Issue("", "day 3 (Mon), hours 48 to 72 after the call: 6.9 heads short")],
)


@cache
def _surge():
    peak = SurgeRequest(size=0.6, notice_h=48.0, days=28)
    return surge_report(read_engagement(example_engagement()), peak).model_dump_json()


@cache
def _hiring():
    return hiring_study(read_engagement(example_engagement())).model_dump_json()


@cache
def _futures():
    terms = FuturesTerms(scenarios=10, draws=1_000)
    return futures_report(read_engagement(example_engagement()), terms).model_dump_json()


def surge_study():
    """A peak of the example, a fresh copy."""
    return json.loads(_surge())


def hiring_plan():
    """The example's plan of hiring, a fresh copy."""
    return json.loads(_hiring())


def futures_study():
    """The example's study of futures, a fresh copy."""
    return json.loads(_futures())


class StudyClient(FakeClient):
    """Answers studies made beforehand, and remembers what it was asked."""

    def __init__(self, *quotes, error=None, refused=None, answer=None):
        super().__init__(*quotes, error=error)
        self.refused = refused
        self.answer = answer
        self.asked = []

    def get_engagement(self, quote_id):
        self.get_quote(quote_id)
        return example_engagement() | {"name": "As quoted"}

    def begin_study(self, study, engagement, options):
        """The answer is there at once."""
        answer = getattr(self, f"study_{study}")(engagement, options)
        return {"id": None, "state": "done", "answer": answer}

    def study_surge(self, engagement, peak):
        return self._study(engagement, peak, surge_study)

    def study_hiring(self, engagement, options):
        return self._study(engagement, options, hiring_plan)

    def study_forecast(self, engagement, options):
        return self._study(engagement, options, forecast_document)

    def study_futures(self, engagement, options):
        return self._study(engagement, options, futures_study)

    def study_risk(self, engagement, options):
        return self._study(engagement, options, risk_study_json)

    def study_choice(self, engagement, options):
        return self._study(engagement, options, lambda: {})

    def study_sites(self, engagement, options):
        return self._study(engagement, options, site_study_json)

    def study_rates(self, engagement, options):
        return self._study(engagement, options, report_json)

    def study_file(self, *_):
        raise AssertionError("a file is made only when it is asked for")

    def _study(self, engagement, options, made):
        self._fail()
        self.asked.append((engagement, options))
        if self.refused is not None:
            raise self.refused
        return made() if self.answer is None else self.answer
