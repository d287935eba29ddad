"""Factors an engagement may state: what each distribution takes, and refusals by field."""

from typing import Any

import pytest

from pricing.planning import prepare
from pricing.reading import engagement_hash
from pricing.risk.distributions import Empirical, Lognormal, Normal, Pert, Triangular
from pricing.risk.factors import distribution_of, factor_model
from staffing.errors import BadInputError
from tests.builders.pricing import engagement

PLACE = "commercial.uncertainty.factors[0]"


def stated(*factors: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Changes that state factors."""
    return {"commercial.uncertainty": {"factors": list(factors), **more}}


@pytest.mark.parametrize(
    ("factor", "expected"),
    [
        ({"distribution": "normal", "sd": 0.03}, Normal(1.0, 0.03)),
        ({"distribution": "lognormal", "mean": 1.1, "cv": 0.2}, Lognormal(1.1, 0.2)),
        ({"distribution": "triangular", "low": 0.5, "mode": 1, "high": 2}, Triangular(0.5, 1, 2)),
        ({"distribution": "pert", "low": 0.5, "mode": 1, "high": 2}, Pert(0.5, 1, 2)),
        ({"distribution": "empirical", "history": [0.9, 1.2]}, Empirical((0.9, 1.2))),
    ],
)
def test_a_stated_factor_has_the_distribution_it_says(factor: Any, expected: Any) -> None:
    document = engagement(stated({"name": "attrition", **factor}))
    (read,) = document.commercial.uncertainty.factors or ()
    assert distribution_of(read) == expected


@pytest.mark.parametrize(
    ("factor", "path", "words"),
    [
        ({"distribution": "normal"}, f"{PLACE}.sd", "a value"),
        ({"distribution": "normal", "sd": 0.3}, f"{PLACE}.sd", "below a 4th of the mean"),
        ({"distribution": "lognormal", "cv": 12}, f"{PLACE}.cv", "at most 3; 0.12 is twelve"),
        ({"distribution": "lognormal", "cv": 0.1, "low": 1}, f"{PLACE}.low", "lognormal takes cv"),
        (
            {"distribution": "pert", "low": 1, "mode": 0.5, "high": 2},
            f"{PLACE}.mode",
            "<= mode",
        ),
        ({"distribution": "pert", "low": 1, "mode": 1, "high": 1}, f"{PLACE}.mode", "low below"),
        ({"distribution": "empirical"}, f"{PLACE}.history", "a value"),
        ({"distribution": "empirical", "history": []}, f"{PLACE}.history", "one value or more"),
        ({"distribution": "empirical", "history": [0]}, f"{PLACE}.history[0]", "above 0"),
    ],
)
def test_numbers_that_make_no_distribution_are_refused(factor: Any, path: str, words: str) -> None:
    with pytest.raises(BadInputError) as caught:
        engagement(stated({"name": "attrition", **factor}))
    (issue,) = caught.value.issues
    assert issue.path == path
    assert words in issue.accepted


def test_a_factor_is_listed_once() -> None:
    ramp = {"name": "ramp", "distribution": "normal", "sd": 0.1}
    with pytest.raises(BadInputError, match="each factor once"):
        engagement(stated(ramp, ramp))


def test_a_correlation_of_a_factor_with_itself_is_refused() -> None:
    impossible = [{"between": ["volume", "volume"], "correlation": 0.5}]
    document = engagement(stated(correlations=impossible))
    with pytest.raises(BadInputError, match="two different factors"):
        factor_model(document, foreign_pay=False)


def test_a_correlation_of_a_factor_that_is_left_out_is_refused_before_planning() -> None:
    ramp = {"name": "ramp", "distribution": "normal", "sd": 0.1}
    wrong = [{"between": ["ramp", "attrition"], "correlation": 0.5}]
    with pytest.raises(BadInputError, match="of volume, complexity, ramp"):
        prepare(engagement(stated(ramp, correlations=wrong)))
    right = [{"between": ["ramp", "volume"], "correlation": 0.5}]
    prepare(engagement(stated(ramp, correlations=right)))


def test_a_trend_that_leaves_nothing_is_refused() -> None:
    steep = {"name": "trend", "distribution": "normal", "sd": 0.2}
    document = engagement(stated(steep), term_months=24)
    with pytest.raises(BadInputError, match="leaves some volume after 2 years"):
        factor_model(document, foreign_pay=False)
    factor_model(engagement(stated(steep), term_months=12), foreign_pay=False)


def test_an_older_document_with_a_wide_growth_is_held_not_refused() -> None:
    wide = {"commercial.uncertainty": {"growth_sd": 0.5}}
    for months, changes in ((24, wide), (120, {})):
        document = engagement(changes, term_months=months)
        trend = factor_model(document, foreign_pay=False).distributions["trend"]
        assert trend.least == pytest.approx(1 - 0.95 * 12 / months)
    short = factor_model(engagement(term_months=24), foreign_pay=False).distributions["trend"]
    assert short == Normal(1.0, 0.03)


def test_an_older_document_keeps_its_hash() -> None:
    plain = engagement()
    dumped = plain.model_dump(mode="json")["commercial"]["uncertainty"]
    assert set(dumped) == {"volume_cv", "productivity_cv"}
    assert engagement_hash(plain) != engagement_hash(engagement(stated(committed_weeks=4)))
