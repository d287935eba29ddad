"""Formulas as text, evaluated exactly: the text a person reads is what is computed.

A formula knows numbers, named inputs, ``+ - * / **`` and the functions of `FUNCTIONS`. An input
may be a list (of lists); arithmetic goes item by item, and a single number goes with every item.
"""

from __future__ import annotations

import ast
from decimal import ROUND_CEILING, Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pricing.money import amount_up, quantize_amount, quantize_unit_price, unit_price_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

type Value = Decimal | list["Value"]

_OPERATIONS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: lambda a, b: a**b,
}


class FormulaError(ValueError):
    """A registered formula cannot be evaluated, which is a defect of the registry."""


def flat(value: Value) -> list[Decimal]:
    """Every number of a value, in order."""
    if isinstance(value, Decimal):
        return [value]
    return [number for item in value for number in flat(item)]


def evaluate(formula: str, inputs: Mapping[str, Value], currency: str) -> Decimal:
    """Evaluate a formula on its inputs.

    Parameters
    ----------
    formula : str
        E.g. ``"profit / expected_bill"``.
    inputs : mapping
        Numbers, or lists of them, by name.
    currency : str
        Currency whose minor unit ``round_amount`` rounds to, ``round_up_amount`` up.

    Returns
    -------
    Decimal
        Unrounded.

    Raises
    ------
    FormulaError
        An unknown name or function, lists of different lengths, or a list as the result.
    """
    result = _value(_parsed(formula), {**inputs}, currency)
    if not isinstance(result, Decimal):
        raise FormulaError(f"{formula}: the result is a list")
    return result


@cache
def _parsed(formula: str) -> ast.expr:
    return ast.parse(formula, mode="eval").body


def _value(node: ast.expr, inputs: dict[str, Value], currency: str) -> Value:
    match node:
        case ast.Constant(value=int() | float() as number):
            return Decimal(repr(number))
        case ast.Name(id=name) if name in inputs:
            return inputs[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return item_by_item(lambda a, b: b - a, _value(operand, inputs, currency), Decimal(0))
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATIONS:
            operation = _OPERATIONS[type(operator)]
            return item_by_item(
                operation, _value(left, inputs, currency), _value(right, inputs, currency)
            )
        case ast.Call(func=ast.Name(id=name), args=arguments) if name in FUNCTIONS:
            values = [_value(argument, inputs, currency) for argument in arguments]
            return FUNCTIONS[name](values, currency)
    raise FormulaError(f"{ast.unparse(node)} is not known here")


def item_by_item(
    operation: Callable[[Decimal, Decimal], Decimal], left: Value, right: Value
) -> Value:
    """Apply an operation item by item; a single number goes with every item of a list."""
    if isinstance(left, Decimal):
        if isinstance(right, Decimal):
            return operation(left, right)
        return [item_by_item(operation, left, item) for item in right]
    if isinstance(right, Decimal):
        return [item_by_item(operation, item, right) for item in left]
    if len(left) != len(right):
        raise FormulaError(f"lists of {len(left)} and {len(right)} items do not go together")
    return [item_by_item(operation, a, b) for a, b in zip(left, right, strict=True)]


def _each(values: list[Value], change: Callable[[Decimal], Decimal]) -> Value:
    return item_by_item(lambda a, _: change(a), values[0], Decimal(0))


def _total(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))


def _sums(values: list[Value], _: str) -> Value:
    """Sum of each row."""
    return [_total(flat(row)) for row in values[0]] if isinstance(values[0], list) else values[0]


def _running(values: list[Value], _: str) -> Value:
    """Sums from the first item to each."""
    total, sums = Decimal(0), []
    for number in flat(values[0]):
        total += number
        sums.append(total)
    return list(sums)


def _interpolated(values: list[Value], _: str) -> Value:
    """Line between the points around x; in proportion to x beyond the last."""
    x, places, heights = flat(values[0])[0], flat(values[1]), flat(values[2])
    if x > places[-1]:
        return heights[-1] * x / places[-1]
    for (x0, y0), (x1, y1) in pairwise(zip(places, heights, strict=True)):
        if x0 <= x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return heights[0]


def _where_lowest(values: list[Value], _: str) -> Value:
    """Item of the first list where the second is lowest, for the first time."""
    items, numbers = flat(values[0]), flat(values[1])
    return items[numbers.index(min(numbers))]


def _never_below_0_from(values: list[Value], _: str) -> Value:
    """Item of the first list from which on the second is never below 0; its last item, if none."""
    items, numbers = flat(values[0]), flat(values[1])
    below = [position for position, number in enumerate(numbers) if number < 0]
    return items[min(below[-1] + 1, len(items) - 1)] if below else items[0]


FUNCTIONS: dict[str, Callable[[list[Value], str], Value]] = {
    "sum": lambda values, _: _total(number for value in values for number in flat(value)),
    "sums": _sums,
    "running": _running,
    "min": lambda values, _: min(number for value in values for number in flat(value)),
    "max": lambda values, _: max(number for value in values for number in flat(value)),
    "count": lambda values, _: Decimal(len(flat(values[0]))),
    "ceil": lambda values, _: _each(values, lambda a: a.to_integral_value(ROUND_CEILING)),
    "round_amount": lambda values, code: _each(values, lambda a: quantize_amount(a, code)),
    "round_to": lambda values, _: _each(
        values, lambda a: quantize_unit_price(a, int(flat(values[1])[0]))
    ),
    "round_up_amount": lambda values, code: _each(values, lambda a: amount_up(a, code)),
    "round_up_to": lambda values, _: _each(
        values, lambda a: unit_price_up(a, int(flat(values[1])[0]))
    ),
    "interpolate": _interpolated,
    "where_lowest": _where_lowest,
    "never_below_0_from": _never_below_0_from,
}
