"""The check of a value function: silent on ours, and each rule speaks when it is broken."""

from dataclasses import replace

import pytest

from staffing.check.value import check_value
from staffing.optimize.workforce.value.certify import Branch, certify
from tests.builders.value import draws, recourse_cost


@pytest.fixture(scope="module")
def evidence():
    """Return the evidence of a certified value function."""
    return certify([Branch(recourse_cost(), draws(2_000))], 400).evidence[0]


def test_a_certified_value_function_passes(evidence):
    assert check_value(evidence) == []


BROKEN = {
    "value_cut": lambda good: {"slope": good.slope * 1.5},
    "value_order": lambda good: {"lower": good.upper + 1},
    "value_lower": lambda good: {"lower": good.upper + 1},
    "value_hull": lambda good: {"corners": good.corners[::-1]},
    "value_upper": lambda good: {"upper": good.upper - 1},
}


@pytest.mark.parametrize("rule", BROKEN)
def test_each_broken_rule_is_named(evidence, rule):
    found = check_value(replace(evidence, **BROKEN[rule](evidence)))
    assert rule in {violation.rule for violation in found}
