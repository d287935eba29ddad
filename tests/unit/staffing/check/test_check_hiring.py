"""The checker of hiring plans passes sound plans and finds every kind of broken one."""

import ast
import importlib
import math
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from staffing.check.hiring import check_hiring_plan
from staffing.errors import Violation
from staffing.hiring.problem import (
    BacklogTerms,
    CrossTrainedTerms,
    OvertimeTerms,
    ReleaseTerms,
    TemporaryTerms,
    Upskilling,
)
from staffing.optimize.workforce.hiring import plan_hiring
from tests.builders.broken_plans import plus, to, without_last
from tests.builders.hiring import full_term, pool, term
from tests.builders.mutation import altered, leaf_paths

MODULES = [
    importlib.import_module(f"staffing.check.hiring{part}")
    for part in ("", "_people", "_work", "_rules", "_cost", "_totals")
]
RECORDS = "pools.0"


@cache
def solved(name):
    problem = PROBLEMS[name]()
    return problem, plan_hiring(problem)


def kept():
    """Work waits in weeks 1 and 5, is done ahead in weeks 2 and 3 and given up in week 6."""
    return term(
        pool(
            need_h=(460, 300, 380, 460, 430, 520),
            hires_max=0.0,
            backlog=BacklogTerms(0.3, 1.0, 0.1),
            ahead_cost_per_h=0.1,
            shortfall_price=30.0,
        )
    )


def moved():
    """People are released, learn and come on contracts."""
    way = Upskilling("records", "coding", 10.0, 1, 0.1, max_per_week=2.0, share_max=0.2)
    coding = pool("coding", (400, 480, 480, 480, 480), hires_max=0.0)
    coding = replace(coding, temporary=TemporaryTerms(1500.0, 1.0, 2, 3, notice_weeks=1))
    records = pool(need_h=(320, 200, 200, 200, 200), hires_max=0.0, release=ReleaseTerms(1, 100.0))
    return term(records, coding, upskillings=(way,))


def whole():
    return full_term(whole_people=True)


PROBLEMS = {"full": full_term, "whole": whole, "kept": kept, "moved": moved}

# Each case: rule, problem whose plan is broken, path in the plan, change.
CHANGES = [
    ("hiring_figures", "full", "pools", without_last),
    ("hiring_figures", "full", "num_weeks", plus(1)),
    ("hiring_figures", "full", "upskilling", to(())),
    ("hiring_figures", "full", f"{RECORDS}.classes", to(())),
    ("hiring_figures", "full", f"{RECORDS}.go_live", to(math.inf)),
    ("hiring_figures", "full", f"{RECORDS}.go_live", to(-1.0)),
    ("hiring_figures", "full", f"{RECORDS}.hires", without_last),
    ("hiring_figures", "full", f"{RECORDS}.hires.3", to(-0.1)),
    ("hiring_figures", "full", f"{RECORDS}.costs.wages.3", to(math.nan)),
    ("hiring_figures", "full", "upskilling.0.starts.2", to(-1.0)),
    *(
        ("hiring_figures", "full", f"{RECORDS}.{name}.1", plus(0.01))
        for name in (
            *("need_h", "present_h", "need_heads", "overtime_heads"),
            *("temporary_h", "cross_trained_h"),
        )
    ),
    *(
        ("experienced_balance", "full", f"{RECORDS}.{name}.2", plus(0.01))
        for name in (
            *("training", "ramping", "experienced", "under_notice", "upskilling", "leavers"),
            *("released", "upskilled_in", "upskilled_out", "hires", "releases"),
        )
    ),
    ("experienced_balance", "full", f"{RECORDS}.go_live", plus(0.01)),
    ("experienced_balance", "moved", "upskilling.0.starts.0", plus(0.01)),
    ("experienced_balance", "moved", f"{RECORDS}.releases.0", plus(50.0)),
    ("productive_hours", "full", f"{RECORDS}.productive_h.5", plus(0.01)),
    ("productive_hours", "full", f"{RECORDS}.nesting_h.1", plus(0.01)),
    ("workload", "full", f"{RECORDS}.done_h.4", plus(0.01)),
    ("workload", "full", f"{RECORDS}.spare_h.4", plus(0.01)),
    ("workload", "full", f"{RECORDS}.overtime_h.1", plus(-0.01)),
    ("workload", "kept", f"{RECORDS}.backlog_h.3", plus(0.01)),
    ("workload", "kept", f"{RECORDS}.short_h.0", to(900.0)),
    ("workload", "kept", f"{RECORDS}.ahead_h.5", to(1.0)),
    ("given_up", "kept", f"{RECORDS}.short_h.2", plus(600.0)),
    ("ahead_need", "kept", f"{RECORDS}.ahead_h.0", plus(500.0)),
    ("backlog_share", "kept", f"{RECORDS}.done_h.3", plus(-200.0)),
    ("backlog_turnaround", "kept", f"{RECORDS}.done_h.4", plus(-300.0)),
    ("backlog_turnaround", "kept", f"{RECORDS}.backlog_h.5", to(1.0)),
    ("backlog_turnaround", "moved", f"{RECORDS}.backlog_h.1", to(1.0)),
    ("overtime_cap", "full", f"{RECORDS}.overtime_h.0", plus(1.0)),
    ("overtime_window", "full", f"{RECORDS}.overtime_h.3", plus(3.0)),
    ("hires_max", "full", f"{RECORDS}.hires.0", plus(4.0)),
    ("go_live_max", "full", f"{RECORDS}.go_live", plus(0.01)),
    ("class_size", "full", f"{RECORDS}.classes.0", plus(-0.01)),
    ("class_size", "whole", f"{RECORDS}.classes.0", plus(-1.0)),
    ("order_notice", "full", f"{RECORDS}.temporary_starts.1", plus(1.0)),
    ("order_notice", "full", f"{RECORDS}.cross_trained.0", plus(1.0)),
    ("order_notice", "full", "pools.1.cross_trained.5", plus(1.0)),
    ("order_notice", "full", "pools.1.releases.5", plus(0.1)),
    ("temporary_min", "moved", "pools.1.temporary.2", plus(0.5)),
    ("temporary_min", "moved", "pools.1.temporary_ends.3", plus(0.5)),
    ("temporary_min", "moved", "pools.1.temporary.2", to(0.0)),
    ("whole_people", "whole", f"{RECORDS}.hires.0", plus(0.5)),
    ("whole_people", "whole", f"{RECORDS}.temporary.9", plus(-0.5)),
    ("whole_people", "whole", "pools.1.go_live", to(0.5)),
    ("whole_people", "whole", "upskilling.0.starts.1", to(0.5)),
    ("upskilling_capacity", "moved", "upskilling.0.starts.0", to(2.1)),
    ("upskilling_share", "moved", "upskilling.0.starts.0", to(3.0)),
    *(
        ("hiring_cost", "full", f"{RECORDS}.costs.{part}.0", plus(0.01))
        for part in (
            *("wages", "training", "hiring", "overtime", "temporary", "cross_trained"),
            *("severance", "upskilling", "ahead", "backlog", "shortfall"),
        )
    ),
    ("hiring_cost", "full", "totals.cost", plus(1.0)),
    ("hiring_cost", "full", "totals.cost_by_part.wages", plus(1.0)),
    ("hiring_cost", "full", "totals.cost_by_part", to({})),
    ("hiring_cost", "full", "proof.objective", plus(1.0)),
    ("hiring_figures", "full", "totals.pools", without_last),
    ("hiring_figures", "full", "week_weights.9", to(1.0)),
    ("hiring_figures", "full", f"{RECORDS}.hours_per_week", plus(1)),
    ("hiring_totals", "full", "totals.pools.0.cost", plus(1.0)),
    ("hiring_proof", "full", "proof.bound", plus(5.0)),
    ("hiring_proof", "full", "proof.bound", plus(-5e4)),
    ("hiring_proof", "full", "proof.gap", plus(0.01)),
    ("hiring_proof", "full", "relaxed_cost", to(1.0)),
    ("hiring_proof", "whole", "relaxed_cost", plus(5e4)),
    ("hiring_proof", "whole", "integrality_gap", to(None)),
    ("hiring_proof", "whole", "integrality_gap", plus(0.01)),
    *(
        ("hiring_totals", "full", f"totals.{field}", plus(0.01))
        for field in (
            *("service", "pools.0.need_h", "pools.0.short_h", "pools.0.service", "pools.0.go_live"),
            *("pools.0.hires", "pools.0.leavers", "pools.0.releases", "pools.0.upskilled_in"),
            *("pools.0.upskilled_out", "pools.0.temporary_starts", "pools.0.overtime_h"),
            *("pools.0.cross_trained_weeks", "pools.0.peak_heads"),
        )
    ),
]


def pool_of(problem, k=0, **changes):
    pools = list(problem.pools)
    pools[k] = replace(pools[k], **changes)
    return replace(problem, pools=tuple(pools))


def limits_of(problem, kind, most):
    limits = (replace(x, most=most) if x.kind == kind else x for x in problem.limits)
    return replace(problem, limits=tuple(limits))


# A plan made under looser terms: rule, problem, and what it says instead.
TERMS = [
    ("workload", "kept", lambda p: pool_of(p, shortfall_price=None)),
    ("workload", "kept", lambda p: pool_of(p, ahead_cost_per_h=None)),
    ("backlog_share", "kept", lambda p: pool_of(p, backlog=BacklogTerms(0.01, 1.0, 0.1))),
    ("backlog_turnaround", "kept", lambda p: pool_of(p, backlog=BacklogTerms(0.3, 0.2, 0.1))),
    ("backlog_turnaround", "kept", lambda p: pool_of(p, backlog=None)),
    ("nesting", "full", lambda p: pool_of(p, nesting_h=(150.0,) * 4)),
    ("overtime_cap", "full", lambda p: pool_of(p, overtime=None)),
    ("overtime_cap", "full", lambda p: pool_of(p, overtime=OvertimeTerms(40.0, 0.1))),
    ("overtime_window", "full", lambda p: pool_of(p, overtime=OvertimeTerms(40, 0.12, None, 0.05))),
    ("hires_max", "full", lambda p: pool_of(p, hires_max=2.0)),
    ("go_live_max", "full", lambda p: pool_of(p, 1, go_live_max=0.1)),
    ("class_size", "full", lambda p: pool_of(p, class_size=2)),
    ("order_notice", "full", lambda p: pool_of(p, temporary=None)),
    ("order_notice", "full", lambda p: pool_of(p, cross_trained=CrossTrainedTerms(1, 0.9, 3))),
    ("order_notice", "moved", lambda p: pool_of(p, release=None)),
    ("temporary_min", "moved", lambda p: pool_of(p, 1, temporary=TemporaryTerms(1500, 1, 4, 4))),
    ("temporary_max", "moved", lambda p: pool_of(p, 1, temporary=TemporaryTerms(1500, 1, 1, 1))),
    *(
        (f"limit_{kind}", "full", lambda p, kind=kind: limits_of(p, kind, 0.5))
        for kind in ("seats", "licences", "trainers", "hires", "temporary", "cross_trained")
    ),
    ("limit_classes", "full", lambda p: limits_of(p, "classes", 0.5)),
    ("experienced_balance", "full", lambda p: pool_of(p, attrition=(0.03,))),
    ("experienced_balance", "full", lambda p: pool_of(p, early_loss=0.2)),
    ("experienced_balance", "full", lambda p: pool_of(p, lead_weeks=3)),
    ("experienced_balance", "full", lambda p: pool_of(p, access_weeks=2)),
    ("productive_hours", "full", lambda p: pool_of(p, ramp=(0.4, 0.8))),
    ("productive_hours", "full", lambda p: pool_of(p, absence=0.0)),
    ("hiring_cost", "full", lambda p: pool_of(p, wage=1001.0)),
    ("upskilling_capacity", "moved", lambda p: way_of(p, max_per_week=0.5)),
    ("upskilling_share", "moved", lambda p: way_of(p, share_max=0.05)),
    ("experienced_balance", "moved", lambda p: way_of(p, loss=0.2)),
    ("experienced_balance", "moved", lambda p: way_of(p, weeks=2)),
]


def way_of(problem, **changes):
    return replace(problem, upskillings=(replace(problem.upskillings[0], **changes),))


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_sound_plan_has_no_violation(name):
    assert check_hiring_plan(*solved(name)) == ()


@pytest.mark.parametrize(
    ("rule", "name", "path", "change"), CHANGES, ids=[f"{c[0]}-{c[2]}" for c in CHANGES]
)
def test_a_changed_figure_is_found_out_by_its_rule(rule, name, path, change):
    problem, plan = solved(name)
    found = check_hiring_plan(problem, altered(plan, path, change))
    assert rule in {violation.rule for violation in found}


@pytest.mark.parametrize(("rule", "name", "stricter"), TERMS, ids=[t[0] for t in TERMS])
def test_a_plan_for_looser_terms_is_found_out_by_its_rule(rule, name, stricter):
    problem, plan = solved(name)
    assert rule in {violation.rule for violation in check_hiring_plan(stricter(problem), plan)}


UNCHECKED = ("schema_version", "shadow_prices", "reproducible", "proof.stop_reason")


@pytest.mark.parametrize("name", ["whole", "moved"])
def test_no_figure_of_a_plan_can_change_unseen(name):
    problem, plan = solved(name)
    paths = [path for path in leaf_paths(plan) if not path.startswith(UNCHECKED)]
    assert len(paths) > 80
    for path in paths:
        changed = altered(plan, path, lambda value: "x" if isinstance(value, str) else 2.0)
        assert changed == plan or check_hiring_plan(problem, changed), path


def test_every_clause_of_the_checker_has_a_broken_plan(monkeypatch):
    """Each place that can raise a violation does so for one of the broken plans above."""
    spoke = set()

    def noted(*args):
        frame = sys._getframe(1)
        spoke.add((frame.f_globals["__name__"], frame.f_lineno))
        return Violation(*args)

    clauses = set()
    for module in MODULES:
        monkeypatch.setattr(module, "Violation", noted)
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Violation":
                clauses.add((module.__name__, node.lineno))
    for _, name, path, change in CHANGES:
        problem, plan = solved(name)
        check_hiring_plan(problem, altered(plan, path, change))
    for _, name, stricter in TERMS:
        problem, plan = solved(name)
        check_hiring_plan(stricter(problem), plan)
    assert len(clauses) > 30
    assert clauses - spoke == set()
