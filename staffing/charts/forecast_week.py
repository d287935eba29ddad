"""Heat map of the standard week: when a week's work arrives, day by time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.charts.palette import BLUE, GREY
from staffing.charts.parts import DAY_H, DAYS, SCHEMA, WEEK_H, clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Spec = dict[str, Any]

_ROW_PX = 24
_TICK_H = 3


def arrivals_heat_map(report: Json) -> Spec:
    """Share of a week's units by weekday and time, service-local.

    Parameters
    ----------
    report : mapping
        ForecastReport as JSON; ``week_shape`` has one share per interval from Monday 00:00.

    Returns
    -------
    dict
        Vega-Lite specification: a row per day, a cell per interval.
    """
    shape = report["week_shape"]
    length = WEEK_H / len(shape)
    rows = [
        {
            "day": DAYS[int(at * length // DAY_H)],
            "from_hour": at * length % DAY_H,
            "to_hour": at * length % DAY_H + length,
            "time": clock(at * length % DAY_H),
            "share": share,
        }
        for at, share in enumerate(shape)
    ]
    ticks = list(range(0, DAY_H + 1, _TICK_H))
    return {
        "$schema": SCHEMA,
        "title": f"{report['service']}: when a week's {report['unit']}s arrive",
        "height": {"step": _ROW_PX},
        "data": {"values": rows},
        "mark": {"type": "rect"},
        "encoding": {
            "y": {"field": "day", "type": "ordinal", "sort": list(DAYS), "title": None},
            "x": {
                "field": "from_hour",
                "type": "quantitative",
                "title": f"Local time, {report['time_zone']}",
                "scale": {"domain": [0, DAY_H], "nice": False},
                "axis": {
                    "values": ticks,
                    "labelExpr": f"{[clock(hour) for hour in ticks]!r}[datum.value / {_TICK_H}]",
                    "grid": False,
                },
            },
            "x2": {"field": "to_hour"},
            "color": {
                "field": "share",
                "type": "quantitative",
                "scale": {
                    "domain": [0, max(*shape, 1e-9)],
                    "range": [f"{GREY}26", BLUE],
                    "interpolate": "rgb",
                },
                "legend": {
                    "title": "of the week",
                    "format": ".1%",
                    "orient": "right",
                    "gradientLength": 7 * _ROW_PX,
                },
            },
            "tooltip": [
                {"field": "day", "title": "Day"},
                {"field": "time", "title": "From"},
                {"field": "share", "title": "Share of the week", "format": ".2%"},
            ],
        },
    }
