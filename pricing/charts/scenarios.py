"""Charts of scenarios: a bridge between two versions, and what each does to a figure."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pricing.charts.parts import OFFERS, axis, colour, tooltips
from staffing.charts import BLUE, GREY, ORANGE, SCHEMA, SLATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

FAVOURABLE, UNFAVOURABLE, MORE, LESS, END = "favourable", "unfavourable", "more", "less", "figure"
_COLOURS = {FAVOURABLE: BLUE, UNFAVOURABLE: ORANGE, MORE: GREY, LESS: GREY, END: SLATE}
_ROW_PX = 28
_LABEL_PX = 240
_SEEN = Decimal("0.02")  # of the largest step


def scenario_bridge(bridge: Json, start: str, end: str) -> Spec:
    """Waterfall from one version's figure to another's, each component an own bar.

    Parameters
    ----------
    bridge : mapping
        A Bridge as JSON.
    start, end : str
        Names of both versions.

    Returns
    -------
    dict
        Vega-Lite specification: a bar per component, each starting where the last ended, and a
        tick at both figures, for the axis need not start at zero. The sign is written at each, so
        that colour alone says nothing.
    """
    rows = _steps(bridge, start, end)
    what = f"{bridge['of'].capitalize()}, {OFFERS[bridge['method']]}"
    share = bridge["unit"] == "share"
    unit = "share of the bill" if share else bridge["unit"]
    across = axis("start", f"{what}, {unit}")
    across["axis"] = {"format": ".1%" if share else ",~f", "grid": False}
    across["axis"]["tickCount"] = 8
    across["scale"] = {"zero": False, "padding": 20}
    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    lines = {"field": "line", "type": "nominal", "sort": None, "title": None}
    return {
        "$schema": SCHEMA,
        "title": f"{what}: from {start} to {end}",
        "height": {"step": _ROW_PX},
        "data": {"values": rows},
        "encoding": {
            "y": {**lines, "axis": {"labelLimit": _LABEL_PX}},
            "tooltip": tooltips(line="Component", label="Moves by", kind="Direction"),
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.7}},
                "encoding": {
                    "x": across,
                    "x2": {"field": "end"},
                    "color": {
                        **colour(kinds, [_COLOURS[kind] for kind in kinds]),
                        "field": "kind",
                    },
                },
            },
            {
                "transform": [{"filter": f"datum.kind === '{END}'"}],
                "mark": {"type": "tick", "thickness": 5, "height": {"band": 0.8}, "color": SLATE},
                "encoding": {"y": {**lines, "axis": None}, "x": {**across, "field": "end"}},
            },
            _labels(rows, "line"),
        ],
        "resolve": {"axis": {"y": "independent"}},
    }


def scenario_tornado(
    comparison: Json, key: str, side: str, what: str = "each scenario does"
) -> Spec:
    """What each scenario does to one figure, the largest first.

    Parameters
    ----------
    comparison : mapping
        A ScenarioComparison as JSON.
    key : str
        Which figure.
    side : {"vendor", "client"}
        Whose favourable.
    what : str
        What does it, in the words of the title.

    Returns
    -------
    dict
        Vega-Lite specification: a bar per scenario from the base's value to its own.
    """
    figure = next(one for one in comparison["figures"] if one["key"] == key)
    names = {one["id"]: one.get("name") or one["label"] for one in comparison["versions"]}
    rows: Rows = [
        {
            "scenario": names[one["scenario"]],
            "from": float(figure["base"]),
            "to": float(one["value"]),
            "kind": _kind(one["favourable"][side], Decimal(one["change"])),
            "label": _signed(Decimal(one["change"]), figure["kind"]),
            "size": abs(Decimal(one["change"])),
        }
        for one in figure["scenarios"]
        if one["change"] is not None
    ]
    rows.sort(key=lambda row: -row.pop("size"))
    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    share = figure["kind"] == "share"
    unit = f", {comparison['currency']}" if figure["kind"] == "money" else ""
    across = axis("from", figure["label"] + unit)
    across["axis"] = {"format": ".1%" if share else ",~f", "tickCount": 8}
    across["scale"] = {"zero": False, "padding": 20}
    return {
        "$schema": SCHEMA,
        "title": f"What {what} to: {figure['label']}",
        "height": {"step": _ROW_PX + 8},
        "data": {"values": rows},
        "encoding": {
            "y": {
                "field": "scenario",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": {"labelLimit": _LABEL_PX},
            },
            "tooltip": tooltips(scenario="What", label="Moves by", kind="Direction"),
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.7}},
                "encoding": {
                    "x": across,
                    "x2": {"field": "to"},
                    "color": {
                        **colour(kinds, [_COLOURS[kind] for kind in kinds]),
                        "field": "kind",
                    },
                },
            },
            _labels(rows, "scenario"),
        ],
        "resolve": {"axis": {"y": "independent"}},
    }


def _labels(rows: Rows, field: str) -> Spec:
    """Changes as labels of an axis on the right, which every theme writes legibly."""
    label_by_row = {row[field]: row["label"] for row in rows}
    axis_of_labels = {
        "orient": "right",
        "labelExpr": f"{json.dumps(label_by_row)}[datum.value]",
        "labelLimit": _LABEL_PX,
        "domain": False,
        "ticks": False,
    }
    y = {"field": field, "type": "nominal", "sort": None, "title": None, "axis": axis_of_labels}
    return {"mark": {"type": "tick", "opacity": 0}, "encoding": {"y": y}}


def _steps(bridge: Json, start: str, end: str) -> Rows:
    """Lay the steps end to end, in decimals, between both figures."""
    kind = "share" if bridge["unit"] == "share" else "money"
    at = Decimal(bridge["start"])
    rows = [_bar(start, at, at, END, _said(at, kind))]
    for name, amount, favourable in _readable(bridge["steps"]):
        direction = _kind(favourable, amount)
        rows.append(_bar(name, at, at + amount, direction, _signed(amount, kind)))
        at += amount
    last = Decimal(bridge["end"])
    return [*rows, _bar(f"{end} ", last, last, END, _said(last, kind))]


def _readable(steps: Sequence[Json]) -> Iterator[tuple[str, Decimal, bool | None]]:
    """Go through the steps; those too small to be seen come together at the end."""
    amounts = [Decimal(step["amount"]) for step in steps]
    least = max(map(abs, amounts), default=Decimal(0)) * _SEEN
    small = []
    for step, amount in zip(steps, amounts, strict=True):
        if abs(amount) >= least:
            yield step["name"].replace("_", " "), amount, step["favourable"]
        else:
            small.append((step, amount))
    if len(small) == 1:
        ((step, amount),) = small
        yield step["name"].replace("_", " "), amount, step["favourable"]
    elif small:
        total = sum((amount for _, amount in small), Decimal(0))
        told = any(step["favourable"] is not None for step, _ in small)
        yield f"{len(small)} smaller ones", total, total > 0 if told and total else None


def _bar(line: str, start: Decimal, end: Decimal, kind: str, label: str) -> dict[str, Any]:
    return {
        "line": line,
        "kind": kind,
        "start": float(start),
        "end": float(end),
        "label": label,
    }


def _kind(favourable: bool | None, change: Decimal) -> str:
    if favourable is None:
        return MORE if change > 0 else LESS
    return FAVOURABLE if favourable else UNFAVOURABLE


def _signed(change: Decimal, kind: str) -> str:
    said = _said(abs(change), kind, moved=True)
    if not any(digit in said for digit in "123456789"):
        return f"= {said}"
    return f"▲ +{said}" if change > 0 else f"▼ -{said}"


def _said(value: Decimal, kind: str, *, moved: bool = False) -> str:
    if kind == "share":
        return f"{100 * value:,.2f} {'points' if moved else '%'}"
    large = 1000
    return f"{value:,.0f}" if abs(value) >= large else f"{value:,.2f}"
