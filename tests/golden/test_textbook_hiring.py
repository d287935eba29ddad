"""Hiring and aggregate planning of four textbooks, solved to the optimum that they print.

Each is solved twice: as hiring of one pool, and as its book writes it, in exact fractions.
"""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from staffing.check.hiring import check_hiring_plan
from staffing.hiring.problem import (
    BacklogTerms,
    CrossTrainedTerms,
    HiringPool,
    HiringProblem,
    OvertimeTerms,
    ReleaseTerms,
    StaffGroup,
)
from staffing.optimize.solver import SolveLimits
from staffing.optimize.workforce.hiring import plan_hiring
from tests.builders.exact_simplex import ExactProgram

BOOKS = {
    path.stem.removeprefix("textbook_"): yaml.safe_load(path.read_text())
    for path in sorted(Path(__file__).parent.glob("textbook_*.yaml"))
}
CASES = [(name, case) for name, book in BOOKS.items() for case in book["cases"]]
EXACT = SolveLimits(relative_gap=0.0)


def read(name, case):
    """Return book and case, with what costs nothing where the book has no such thing."""
    nothing = {"wage": 0, "material": 0, "opening_stock": 0, "closing_stock": 0}
    return nothing | BOOKS[name] | BOOKS[name]["cases"][case]


def periods(book):
    return len(book["demand"])


def units(book):
    """What a person makes in each period."""
    return list(np.broadcast_to(book["units_per_person"], periods(book)).tolist())


def as_hiring(book):
    """One pool whose hours are the book's units, and the cost that no plan changes.

    Opening stock meets the first demand; closing stock is due with the last and kept to its end.
    """
    due = np.array(book["demand"], dtype=float)
    due[0] -= book["opening_stock"]
    due[-1] += book["closing_stock"]
    made = np.array(units(book))
    terms: dict[str, Any] = {}
    if "layoff" in book:
        terms["release"] = ReleaseTerms(0, book["layoff"])
    if "holding" in book:
        terms["ahead_cost_per_h"] = book["holding"]
    if "stockout" in book:
        terms["backlog"] = BacklogTerms(1.0, periods(book), book["stockout"])
    if "overtime" in book:
        share = book["overtime"]["units_per_person"] / made.max()
        terms["overtime"] = OvertimeTerms(book["overtime"]["cost_per_unit"], share)
    if "subcontract" in book:
        more = book["subcontract"] - book["material"]
        terms["cross_trained"] = CrossTrainedTerms(more * made.max(), 1.0)
    if "training" in book:
        training = book["training"]
        terms |= {
            "lead_weeks": 1,
            "training_wage": training["wage"],
            "nesting_h": (training["supervision"],),
            "attrition": (0.0, training["attrition"]),
        }
    pool = HiringPool(
        name="people",
        need_h=due,
        hours_per_week=made.max(),
        absence=1 - made / made.max(),
        wage=book.get("all_work_at_pay", book["wage"]),
        hire_cost=book.get("hire", 0),
        staff=(StaffGroup(book["workforce"], 99),),
        **terms,
    )
    constant = book["material"] * due.sum() + book.get("holding", 0) * book["closing_stock"]
    constant -= book.get("all_work_at_pay", 0) * due.sum() / made.max()
    return HiringProblem((pool,), whole_people=book.get("whole_people", False)), constant


def as_printed(book):
    """The program of the book: people, hired, laid off, made, in stock, owed, bought, overtime."""
    program, size = ExactProgram(), periods(book)
    training, overtime = book.get("training"), book.get("overtime")
    people = program.columns(size, book["wage"])
    hired = program.columns(size, training["wage"] if training else book["hire"])
    made = program.columns(size, book["material"])
    gone = program.columns(size, book["layoff"]) if "layoff" in book else None
    stock = program.columns(size, book["holding"]) if "holding" in book else None
    owed = program.columns(size, book["stockout"]) if "stockout" in book else None
    bought = program.columns(size, book["subcontract"]) if "subcontract" in book else None
    more = program.columns(size, overtime["cost_per_unit"]) if overtime else None
    stays = 1 - training["attrition"] if training else 1
    for t in range(size):
        balance = [(people[t], 1)]
        balance += [(people[t - 1], -round(stays, 9))] if t else []
        joining = t - 1 if training else t
        balance += [(hired[joining], -1)] if joining >= 0 else []
        balance += [(gone[t], 1)] if gone else []
        program.row(balance, "=", 0 if t else book["workforce"])
        capacity = [(made[t], 1), (people[t], -units(book)[t])]
        capacity += [(more[t], -1)] if more else []
        capacity += [(hired[t], training["supervision"])] if training else []
        program.row(capacity, "=" if "all_work_at_pay" in book else "<=", 0)
        if more:
            program.row([(more[t], 1), (people[t], -overtime["units_per_person"])], "<=", 0)
        supply = [(made[t], 1)]
        for columns, sign in ((bought, 0), (stock, -1), (owed, 1)):
            if columns:
                supply += [(columns[t], sign or 1)]
                supply += [(columns[t - 1], -sign)] if t and sign else []
        program.row(supply, "=", book["demand"][t] - (0 if t else book["opening_stock"]))
    if stock:
        program.row([(stock[-1], 1)], "=", book["closing_stock"])
    if owed:
        program.row([(owed[-1], 1)], "=", 0)
    whole = [*people, *hired, *(gone or ())] if book.get("whole_people") else []
    return program, whole


@cache
def solved(name, case):
    problem, constant = as_hiring(read(name, case))
    return problem, plan_hiring(problem, EXACT), constant


@pytest.mark.parametrize(("name", "case"), CASES)
def test_the_plan_costs_what_the_book_prints(name, case):
    """To the last printed digit; the plan passes the check."""
    problem, plan, constant = solved(name, case)
    assert check_hiring_plan(problem, plan) == ()
    printed = read(name, case)["printed"]
    digits = 2 if isinstance(printed, float) else 0
    assert round(plan.totals.cost + constant, digits) == printed


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_second_solver_finds_the_same_optimum_of_the_printed_program(name, case):
    program, whole = as_printed(read(name, case))
    optimum, _ = program.solve_whole(whole) if whole else program.solve()
    _, plan, constant = solved(name, case)
    assert plan.totals.cost + constant == pytest.approx(float(optimum), rel=1e-9)


def test_technicians_are_trained_as_printed():
    """Nobody in January, then 8.45, 11.45 and 9.52, nobody in May."""
    _, plan, _ = solved("technicians", "January to May")
    assert plan.pools[0].hires == pytest.approx((0, 8.45, 11.45, 9.52, 0), abs=0.005)


def test_quantum_makes_candy_as_printed():
    """80, 80, 90 and 150 people; 30 thousand pounds are kept over the summer."""
    _, plan, _ = solved("quantum", "four quarters")
    assert plan.pools[0].experienced == pytest.approx((80, 80, 90, 150))
    assert plan.pools[0].ahead_h == pytest.approx((0, 30, 0, 0))


def test_there_are_four_books_with_their_sources():
    assert len(BOOKS) == 4
    assert all(len(book["source"]) > 60 for book in BOOKS.values())
