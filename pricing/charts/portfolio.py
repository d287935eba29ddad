"""Quotes of the house together: value by state, and what of the profit is at risk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pricing.charts.parts import axis, colour, money_text, position, tooltips
from staffing.charts import BLUE, ORANGE, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]
    Spec = dict[str, Any]

_ROW_PX = 34
SAFE, AT_RISK = "profit in nine of ten futures", "margin at risk"


def value_by_state(standing: Sequence[Json], currency: str) -> Spec:
    """Expected bills of one currency by state, in the order of a quote's life.

    Parameters
    ----------
    standing : sequence of mapping
        Sums as JSON: ``state``, ``currency``, ``count``, ``value``, ``profit``, ``margin_at_risk``.
    currency : str
        Which of them to show.
    """
    rows = [
        {
            "state": _state(one),
            "value": position(one["value"]),
            "value_text": money_text(one["value"]),
            "quotes": f"{one['count']:,}",
        }
        for one in standing
        if one["currency"] == currency
    ]
    return {
        "$schema": SCHEMA,
        "title": f"Expected bills by state, {currency}",
        "height": {"step": _ROW_PX},
        "data": {"values": rows},
        "mark": {"type": "bar", "color": BLUE},
        "encoding": {
            "y": {"field": "state", "type": "nominal", "sort": None, "title": None},
            "x": axis("value", f"Expected bills over their terms, {currency}"),
            "tooltip": tooltips(state="State", value_text="Value", quotes="Quotes"),
        },
    }


def profit_at_risk(standing: Sequence[Json], currency: str) -> Spec:
    """Expected profit of one currency by state, split into what holds and what is at risk.

    Where more is at risk than is earned the safe part is a loss, drawn to the left of 0.
    """
    rows = []
    for one in standing:
        if one["currency"] != currency:
            continue
        risk, profit = position(one["margin_at_risk"]), position(one["profit"])
        texts = {
            "state": _state(one),
            "profit_text": money_text(one["profit"]),
            "risk_text": money_text(one["margin_at_risk"]),
        }
        safe = profit - risk
        rows.append({**texts, "part": SAFE, "from": 0.0, "to": safe})
        rows.append({**texts, "part": AT_RISK, "from": safe, "to": profit})
    shown = tooltips(
        state="State", part="Part", profit_text="Expected profit", risk_text="Margin at risk"
    )
    return {
        "$schema": SCHEMA,
        "title": f"Expected profit and what of it is at risk, {currency}",
        "height": {"step": _ROW_PX},
        "data": {"values": rows},
        "mark": {"type": "bar"},
        "encoding": {
            "y": {"field": "state", "type": "nominal", "sort": None, "title": None},
            "x": axis("from", f"Profit over their terms, {currency}"),
            "x2": {"field": "to"},
            "color": colour([SAFE, AT_RISK], [BLUE, ORANGE]) | {"field": "part"},
            "tooltip": shown,
        },
    }


def _state(one: Json) -> str:
    return str(one["state"]).replace("_", " ")
