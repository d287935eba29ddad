"""The plan of hiring of `examples/hiring.yaml` as a planner reads it on the terminal.

To follow by hand: of 42 outpatient coders 0.7 to 1.5 % leave in a week; one trainer teaches twelve
people for six weeks, and they wait two more for access, so that nobody hired works before the ninth
week. Until then temporary people and those of other accounts cover what is missing.
`UPDATE_GOLDEN=1` writes the real output instead.
"""

import os
import re
from pathlib import Path

import pytest

from api.cli.hiring_summary import print_hiring
from api.cli.loader import load_engagement
from pricing.hiring_study import hiring_study
from pricing.reading import read_engagement
from staffing.errors import InfeasibleError

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "hiring.yaml"
SAID = Path(__file__).with_name("staffing_hiring_example.txt")


@pytest.fixture(scope="module")
def study():
    return hiring_study(load_engagement(EXAMPLE))


def test_the_example_is_told_as_it_is_written_here(study, capsys):
    print_hiring(study)
    said = "".join(f"{line.rstrip()}\n" for line in capsys.readouterr().out.splitlines())
    if os.environ.get("UPDATE_GOLDEN"):
        SAID.write_text(said)
    assert said == SAID.read_text()


def test_nobody_hired_works_before_training_and_access_are_over(study):
    pool = study.plan.pools[0]
    assert pool.hires[0] > 0
    assert not any(pool.ramping[:8])
    assert pool.ramping[8] > 0


def test_one_trainer_never_has_two_classes(study):
    for week in range(study.plan.num_weeks):
        started = slice(max(0, week - 5), week + 1)
        classes = sum(sum(pool.hires[started]) / 12 for pool in study.plan.pools)
        assert classes <= 1 + 1e-6


def test_who_leaves_outpatient_for_inpatient_arrives_there_but_for_one_in_twenty(study):
    outpatient, inpatient = study.plan.pools
    assert sum(outpatient.upskilled_out) > 5
    assert inpatient.upskilled_in == outpatient.upskilled_out
    starts = sum(study.plan.upskilling[0].starts)
    assert 0.9 * starts < sum(inpatient.upskilled_in) < 0.95 * starts


@pytest.mark.slow
def test_without_a_price_of_shortfall_the_example_says_what_would_do():
    """Licences for 85 are too few at the end of the term, by less than one person's."""
    data = load_engagement(EXAMPLE).model_dump(mode="json")
    data["sites"][0]["hiring"]["shortfall_price"] = None
    with pytest.raises(InfeasibleError) as refused:
        hiring_study(read_engagement(data))
    text = str(refused.value)
    assert text.startswith("workload: outpatient @ Hyderabad:")
    assert re.search(
        r"people short in week 10\d \(from 2028-12-\d\d\), \d of 105 weeks short", text
    )
    assert "Any one of these would do, cost in USD:" in text
    assert re.search(r"- 0\.7 more licences \(.*\) \(the plan then costs 1,1\d\d,\d{3}\)", text)
    assert "more trainers" not in text
