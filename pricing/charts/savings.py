"""From in-house to outsourced as a waterfall."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pricing.charts.parts import OFFERS, axis, colour, tooltips
from staffing.charts import BLUE, GREEN, GREY, PURPLE, SCHEMA, SLATE

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]
    Bar = tuple[str, str, Decimal]

IN_HOUSE, TOTAL, BILL, BESIDE, SAVING, LOSS = (
    *("in-house line", "total", "bill", "beside the bill", "saving", "dearer than in-house"),
)
_ROW_PX = 24
_LABEL_PX = 240
NAMES = {
    "pay": "pay",
    "burden": "taxes and benefits",
    "idle_capacity": "idle capacity",
    "recruiting": "recruiting",
    "training": "training",
    "management": "management",
    "software": "software and IT",
    "facilities": "facilities",
    "bill": "bill",
    "governance": "governance",
    "rework": "rework in-house",
    "travel_legal_security": "travel, legal, security",
    "exit_reserve": "exit reserve",
    "retained": "retained team",
    "selection": "selection, at the start",
    "overlap": "overlap, at the start",
}


def savings_waterfall(comparison: Json, method: str, case: str = "p50") -> Spec:
    """In-house lines up to their total, then what outsourcing takes, and the saving between.

    Parameters
    ----------
    comparison : mapping
        ClientComparison as JSON, with savings that are shown.
    method : str
        ``input_based`` or ``output_based``.
    case : str
        Level of the bill: ``expected``, ``p50`` or ``p90``.

    Returns
    -------
    dict
        Vega-Lite specification: one horizontal bar per line, amounts over the term.
    """
    currency, months = comparison["currency"], comparison["term_months"]
    rows = _stack(_bars(comparison["savings"], method, case), currency)
    kinds = [IN_HOUSE, TOTAL, BILL, BESIDE, SAVING]
    colours = [GREY, SLATE, BLUE, PURPLE, GREEN]
    across = axis("start", f"Amount over {months} months, {currency}")
    across["axis"]["grid"] = False
    lines = {"field": "line", "type": "nominal", "sort": None, "title": None}
    level = {"p50": "P50", "p90": "P90"}.get(case, "expectation")
    return {
        "$schema": SCHEMA,
        "title": f"From in-house to {OFFERS[method]}, bill at its {level}",
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
                    "color": {"field": "kind", **colour(kinds, colours)},
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


def _bars(savings: Json, method: str, case: str) -> list[Bar]:
    """Rows of the waterfall; lines of nothing are left out."""
    found = next(c for c in savings["cases"] if (c["method"], c["case"]) == (method, case))
    own = [(line["name"], _amount(line["amount"])) for line in savings["in_house_lines"]]
    outsourced = [(line["name"], _amount(line["amount"])) for line in found["lines"]]
    saving = _amount(found["saving"])
    return [
        *((NAMES[name], IN_HOUSE, amount) for name, amount in own if amount),
        ("in-house total", TOTAL, _amount(savings["in_house_total"])),
        *(
            (NAMES[name], BILL if name == "bill" else BESIDE, amount)
            for name, amount in outsourced
            if amount
        ),
        ("outsourced total", TOTAL, _amount(found["total"])),
        (SAVING if saving >= 0 else LOSS, SAVING, saving),
    ]


def _amount(money: Json) -> Decimal:
    return Decimal(money["amount"])


def _stack(bars: list[Bar], currency: str) -> Rows:
    """Lay the bars end to end; totals and what comes after one start anew."""
    rows, height = [], Decimal(0)
    after_total = False
    for name, kind, amount in bars:
        start = Decimal(0) if kind == TOTAL or (after_total and kind != SAVING) else height
        after_total = kind == TOTAL
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
