"""What the command line says of a plan of hiring."""

import pytest

from api.cli.hiring_summary import print_hiring, proven
from tests.builders.hiring_studies import study


@pytest.fixture
def said(capsys):
    """What is printed of a study, line by line."""

    def read(document):
        print_hiring(document)
        return capsys.readouterr().out.splitlines()

    return read


def test_a_team_is_told_month_by_month_and_its_columns_add_up(said):
    lines = said(study())
    start = next(i for i, line in enumerate(lines) if line.startswith("claims @ Manila:"))
    head, months = lines[start + 2].split(), lines[start + 4 : start + 10]
    assert [month.split()[0] for month in months] == [f"2027-0{number}" for number in range(1, 7)]
    assert (head[0], head[1], head[-1]) == ("need", "ductive", "USD")
    cost = sum(int(month.split()[-1].replace(",", "")) for month in months)
    assert cost == pytest.approx(study().plan.totals.pools[0].cost, abs=3)
    total = lines[start + 11].split()
    assert (total[0], total[-1]) == ("term", f"{study().plan.totals.pools[0].cost:,.0f}")


def test_parts_of_the_cost_add_up_to_all_of_it(said):
    lines = said(study())
    start = next(i for i, line in enumerate(lines) if line.startswith("For "))
    end = next(i for i, line in enumerate(lines) if line.startswith("All "))
    rows = [line.split() for line in lines[start + 2 : end]]
    shares = [float(row[-2]) for row in rows]
    assert sum(shares) == pytest.approx(100, abs=0.1 * len(rows))
    assert lines[end].split()[1:] == [f"{study().plan.totals.cost:,.0f}", "100.0", "%"]


def test_what_is_nothing_everywhere_is_not_shown(said):
    text = "\n".join(said(study()))
    assert "Given notice" not in text
    assert "Severance" not in text


def test_only_the_most_valuable_constraints_are_listed(said):
    (one, *_) = study().constraints
    lines = said(study().model_copy(update={"constraints": (one,) * 10}))
    assert sum(line.startswith(f"- {one.where}") for line in lines) == 8
    assert "- and 2 more, in --json" in lines
    lines = said(study().model_copy(update={"constraints": ()}))
    assert "Nothing holds the plan back: no limit costs anything." in lines


def test_a_team_the_plan_chose_for_the_first_day_is_told_as_wanted(said):
    plan = study().plan
    pools = tuple(pool.model_copy(update={"go_live": 7.0}) for pool in plan.totals.pools)
    totals = plan.totals.model_copy(update={"pools": pools})
    free = tuple(pool.model_copy(update={"staff_heads": 0.0}) for pool in study().pools)
    chosen = study().model_copy(
        update={"plan": plan.model_copy(update={"totals": totals}), "pools": free}
    )
    assert any("7.0 experienced people wanted on the first day" in line for line in said(chosen))


def test_what_is_proven_names_the_price_of_whole_people():
    plan = study().plan
    assert proven(study()).endswith(f"({plan.proof.stop_reason}).")
    whole = plan.model_copy(update={"relaxed_cost": 90_000.0, "integrality_gap": 0.02})
    assert proven(study().model_copy(update={"plan": whole})).endswith(
        "Whole people cost 2.00 % more than people in fractions, at 90,000 USD."
    )


def test_a_plan_the_clock_ended_says_that_another_may_come_out():
    plan = study().plan.model_copy(update={"reproducible": False})
    assert "another run may find another plan" in proven(study().model_copy(update={"plan": plan}))
    assert "another run" not in proven(study())


def test_warnings_come_first(said):
    lines = said(study().model_copy(update={"warnings": ("left out are letters",)}))
    assert "Warning: left out are letters." in lines[:4]
