"""Which offer for which belief: a heat map over volume and productivity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pricing.charts.parts import OFFERS, money_text, tooltips
from staffing.charts import BLUE, GREY, ORANGE, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

_CELL_PX = 15
_NOTHING = f"{GREY}26"  # neutral on light and dark
_MARKER = {"fill": "#FFFFFF", "stroke": "#1F2430", "strokeWidth": 1.5}  # seen on any cell
_JUST_OFF = 1e-6  # however little cheaper, the colour shows
_LEAST_END, _MOST_END = 0.05, 0.25  # beyond, a cell is as strong as can be


def belief_heat_map(comparison: Json) -> Spec:
    """Cheaper offer, and by how much, for each belief about volume and productivity.

    Parameters
    ----------
    comparison : mapping
        ClientComparison as JSON; `beliefs` holds shares of plan.

    Returns
    -------
    dict
        Vega-Lite specification: a row per productivity, a column per volume. Blue where the
        input-based bill is lower, orange where the output-based bill is, neutral where they are
        equal; a cross marks the plan, a ring the belief that was asked for.
    """
    beliefs = comparison["beliefs"]
    rows = [_row(cell) for cell in beliefs["cells"]]
    most = max(abs(row["difference"]) for row in rows)
    end = min(max(_LEAST_END, most), _MOST_END)
    volumes, speeds = beliefs["volumes"], beliefs["productivities"]
    return {
        "$schema": SCHEMA,
        "title": "Which offer for which belief: blue input-based, orange output-based",
        "height": {"step": _CELL_PX},
        "data": {"values": rows},
        "encoding": {
            "x": _band_axis("volume_text", "Volume, share of plan", volumes, every=2),
            "y": _band_axis(
                "productivity_text", "Productivity, share of plan", speeds[::-1], every=2
            ),
            "tooltip": tooltips(
                volume_text="Volume",
                productivity_text="Productivity",
                input_text="Input-based bill a month",
                output_text="Output-based bill a month",
                difference_text="Output-based over input-based",
                cheaper="Cheaper",
            ),
        },
        "layer": [_cells(end), _plan(rows), *_asked(comparison)],
    }


def _row(cell: Json) -> dict[str, Any]:
    return {
        "volume_text": _share(cell["volume"]),
        "productivity_text": _share(cell["productivity"]),
        "difference": cell["difference"],
        "difference_text": f"{cell['difference']:+.1%}",
        "input_text": money_text(cell["input_based"]),
        "output_text": money_text(cell["output_based"]),
        "cheaper": OFFERS.get(cell["cheaper"], "equal"),
    }


def _share(share: float) -> str:
    """``97.5 %``, ``100 %``."""
    return f"{100 * share:.1f}".removesuffix(".0") + " %"


def _band_axis(field: str, title: str, shares: list[float], *, every: int) -> Spec:
    names = [_share(share) for share in shares]
    return {
        "field": field,
        "type": "ordinal",
        "sort": names,
        "title": title,
        "scale": {"padding": 0},
        "axis": {"values": names[::every], "labelAngle": 0, "labelOverlap": "greedy"},
    }


def _cells(end: float) -> Spec:
    """Colour by difference: the output-based bill over the input-based one, less 1."""
    return {
        "mark": {"type": "rect"},
        "encoding": {
            "color": {
                "field": "difference",
                "type": "quantitative",
                "scale": {
                    "domain": [-end, -_JUST_OFF, 0, _JUST_OFF, end],
                    "range": [ORANGE, f"{ORANGE}4D", _NOTHING, f"{BLUE}4D", BLUE],
                    "interpolate": "rgb",
                    "clamp": True,
                },
                "legend": {
                    "title": "Output over input",
                    "orient": "right",
                    "format": "+.0%",
                    "gradientLength": 10 * _CELL_PX,
                },
            }
        },
    }


def _plan(rows: Rows) -> Spec:
    at = [row for row in rows if row["volume_text"] == row["productivity_text"] == _share(1)]
    return {
        "data": {"values": at},
        "mark": {"type": "point", "shape": "cross", "size": 110, "opacity": 1, **_MARKER},
    }


def _asked(comparison: Json) -> list[Spec]:
    """Mark the belief asked for by the nearest cell, unless it is the plan or off the map."""
    beliefs, at = comparison["beliefs"], comparison["at"]
    volumes, speeds = beliefs["volumes"], beliefs["productivities"]
    inside = (
        volumes[0] <= at["volume"] <= volumes[-1] and speeds[0] <= at["productivity"] <= speeds[-1]
    )
    if not inside or at["volume"] == at["productivity"] == 1:
        return []
    nearest = {
        "volume": min(volumes, key=lambda one: abs(one - at["volume"])),
        "productivity": min(speeds, key=lambda one: abs(one - at["productivity"])),
    }
    return [
        {
            "data": {"values": [_row({**at, **nearest})]},
            "mark": {"type": "point", "size": 170, "opacity": 1, **_MARKER},
        }
    ]
