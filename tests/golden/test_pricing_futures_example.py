"""Hiring for many futures on a shipped example, as a reader sees it.

Sixteen futures, so that a plan is one linear program and every figure can be followed in
`--out DIR`: costs in ``futures_scenarios.csv``, hires in ``futures_weeks.csv``.
"""

from pathlib import Path

import pytest

from api.cli.futures_summary import print_futures
from api.cli.loader import load_engagement
from pricing.futures import futures_report
from staffing.futures_planner import FuturesTerms

TEXT = Path(__file__).with_name("pricing_futures_helpdesk.txt")
EXAMPLE = Path(__file__).resolve().parents[2] / "examples/helpdesk.yaml"


@pytest.fixture(scope="module")
def report():
    return futures_report(load_engagement(EXAMPLE), FuturesTerms(scenarios=16, draws=5_000))


def test_the_study_reads_as_it_is_kept(report, capsys):
    print_futures(report.model_dump(mode="json"))
    shown = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert shown == TEXT.read_text(encoding="utf-8").splitlines()


def test_figures_follow_from_the_sixteen_scenarios(report):
    """Equal chances: P10 is the second cheapest, P90 the second dearest, the worst 5 % the last."""
    costs = sorted(one.cost for one in report.plan.scenarios)
    cost = report.plan.cost
    assert (cost.p10, cost.p50, cost.p90) == (costs[1], costs[7], costs[14])
    assert cost.at_risk == pytest.approx(costs[-1])
    assert cost.expected == pytest.approx(sum(costs) / 16)
    assert report.plan.proof.objective == pytest.approx((cost.expected + cost.at_risk) / 2)
