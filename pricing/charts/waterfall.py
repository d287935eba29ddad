"""Cost as a waterfall up to the input-based bill."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pricing.charts.parts import axis, colour, tooltips
from staffing.charts import BLUE, GREEN, GREY, PURPLE, SCHEMA, SLATE

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]
    Bar = tuple[str, str, Decimal]

COST, SUBTOTAL, ON_TOP, PROFIT, BILL = (
    "cost line",
    "delivery cost",
    "SG&A and financing",
    "profit",
    "input-based bill",
)
GROUP_ABOVE = 12
_ROW_PX = 24
_LABEL_PX = 240


def cost_waterfall(quote: Json) -> Spec:
    """Cost lines up to delivery cost, then SG&A, financing and profit up to the input-based bill.

    Parameters
    ----------
    quote : mapping
        A quote as JSON; amounts are totals over the term. Beyond twelve cost lines, those that
        share their first word (labour, support) become one bar.

    Returns
    -------
    dict
        Vega-Lite specification: one horizontal bar per row, each starting where the last ended.
    """
    currency = quote["engagement"]["currency"]
    rows = _stack(_bars(quote), currency)
    names = [COST, SUBTOTAL, ON_TOP, PROFIT, BILL]
    across = axis("start", f"Amount over the term, {currency}")
    across["axis"]["grid"] = False  # amounts stand where its lines would run
    lines = {"field": "line", "type": "nominal", "sort": None, "title": None}
    return {
        "$schema": SCHEMA,
        "title": "From cost to the input-based bill, over the term",
        "height": {"step": _ROW_PX},
        "data": {"values": rows},
        "encoding": {
            "y": {**lines, "axis": {"labelLimit": _LABEL_PX}},
            "x": across,
            "tooltip": tooltips(line="Line", kind="Part", amount_text="Amount"),
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.75}},
                "encoding": {
                    "x2": {"field": "end"},
                    "color": {
                        "field": "kind",
                        **colour(names, [GREY, SLATE, PURPLE, GREEN, BLUE]),
                    },
                },
            },
            {
                "mark": {"type": "tick", "opacity": 0},
                "encoding": {"y": {**lines, "axis": _amounts(rows)}},
            },
        ],
        "resolve": {"axis": {"y": "independent"}},
    }


def _amounts(rows: Rows) -> Spec:
    """Amounts as labels of an axis on the right, which every theme writes legibly."""
    label_by_line = {row["line"]: row["label"] for row in rows}
    return {
        "orient": "right",
        "labelExpr": f"{json.dumps(label_by_line)}[datum.value]",
        "domain": False,
        "ticks": False,
    }


def _bars(quote: Json) -> list[Bar]:
    """Rows of the waterfall: name, part, amount; what is a total starts at zero."""
    term = quote["offers"]["input_based"]["term"]
    return [
        *((name, COST, amount) for name, amount in _cost_lines(quote["cost"]["lines"])),
        (SUBTOTAL, SUBTOTAL, Decimal(term["delivery_cost"]["amount"])),
        ("SG&A", ON_TOP, Decimal(term["sga"]["amount"])),
        ("financing", ON_TOP, Decimal(term["financing"]["amount"])),
        (PROFIT, PROFIT, Decimal(term["profit"]["amount"])),
        (BILL, BILL, Decimal(term["expected_bill"]["amount"])),
    ]


def _cost_lines(lines: list[Json]) -> list[tuple[str, Decimal]]:
    named = [(_words(line["name"]), Decimal(line["amount"]["amount"])) for line in lines]
    if len(named) <= GROUP_ABOVE:
        return named
    grouped = groupby(named, key=lambda line: line[0].split()[0])
    return [_merged(first, list(members)) for first, members in grouped]


def _words(name: str) -> str:
    return "IT" if name == "it" else name.replace("_", " ")


def _merged(first: str, members: list[tuple[str, Decimal]]) -> tuple[str, Decimal]:
    if len(members) == 1:
        return members[0]
    return f"{first} ({len(members)} lines)", sum((amount for _, amount in members), Decimal(0))


def _stack(bars: list[Bar], currency: str) -> Rows:
    """Lay the bars end to end, in decimals."""
    rows, height = [], Decimal(0)
    for name, kind, amount in bars:
        start = Decimal(0) if kind in {SUBTOTAL, BILL} else height
        height = start + amount
        rows.append(
            {
                "line": name,
                "kind": kind,
                "start": float(start),
                "end": float(height),
                "label": f"{amount:,.0f}",
                "amount_text": f"{amount:,f} {currency}",
            }
        )
    return rows
