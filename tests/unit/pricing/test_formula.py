"""Formulas as text: exact arithmetic, lists item by item, and nothing else."""

from decimal import Decimal

import pytest

from pricing.explain.formula import FormulaError, Value, evaluate

D = Decimal
LIST: list[Value] = [D(1), D(2), D(3)]
TABLE: list[Value] = [[D(1), D(2)], [D(3), D(4)]]


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("0.1 + 0.2", "0.3"),
        ("-a ** 2", "-4"),
        ("(a - 5) * 2 / 4", "-1.5"),
        ("sum(b)", "6"),
        ("sum(b * b)", "14"),
        ("sum(b * a)", "12"),
        ("sum(a / b)", "2 / 1 + 2 / 2 + 2 / 3"),
        ("sum(t * u)", "1 * 10 + 2 * 10 + 3 * 20 + 4 * 20"),
        ("sum(sums(t) * u)", "30 + 140"),
        ("max(b) + min(0, a)", "3"),
        ("sum(running(b))", "10"),
        ("count(t)", "4"),
        ("sum(ceil(b / 2))", "1 + 1 + 2"),
        ("sum(round_amount(b / 3))", "2"),
        ("round_amount(b / 3)", None),
        ("interpolate(1.5, b, u3)", "15"),
        ("interpolate(6, b, u3)", "60"),
        ("interpolate(3, b, u3)", "30"),
    ],
)
def test_a_formula_is_exact(formula: str, result: str | None) -> None:
    inputs: dict[str, Value] = {
        "a": D(2),
        "b": LIST,
        "t": TABLE,
        "u": [D(10), D(20)],
        "u3": [D(10), D(20), D(30)],
    }
    if result is None:
        with pytest.raises(FormulaError, match="the result is a list"):
            evaluate(formula, inputs, "USD")
    else:
        expected = evaluate(result, {}, "USD")
        assert evaluate(formula, inputs, "USD") == expected


def test_rounding_inside_a_formula_follows_the_currency() -> None:
    inputs: dict[str, Value] = {"lines": [D("0.5"), D("1.5"), D("-0.5")]}
    assert evaluate("sum(round_amount(lines))", inputs, "JPY") == 2
    assert evaluate("sum(round_amount(lines))", inputs, "USD") == D("1.5")


@pytest.mark.parametrize(
    "formula", ["__import__('os')", "a.real", "unknown", "sum", "a if a else 1", "'text'", "a % 2"]
)
def test_anything_but_arithmetic_is_refused(formula: str) -> None:
    with pytest.raises(FormulaError):
        evaluate(formula, {"a": D(1)}, "USD")


def test_lists_of_different_lengths_do_not_go_together() -> None:
    with pytest.raises(FormulaError, match="lists of 3 and 2"):
        evaluate("sum(a * b)", {"a": LIST, "b": [D(1), D(2)]}, "USD")


def test_a_month_is_found_by_another_list() -> None:
    months: list[Value] = [D(0), D(1), D(2), D(9)]
    totals: list[Value] = [D(-5), D(-7), D(-7), D(3)]
    inputs: dict[str, Value] = {"month": months, "total": totals, "up": [D(1)] * 4}
    assert evaluate("where_lowest(month, total)", inputs, "USD") == 1
    assert evaluate("never_below_0_from(month, total)", inputs, "USD") == 9
    assert evaluate("never_below_0_from(month, up)", inputs, "USD") == 0
