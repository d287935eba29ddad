"""Tours of the standard week: how many people of each kind of week work on which day."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from staffing.charts.palette import GREY
from staffing.charts.parts import (
    DAYS,
    SCHEMA,
    name,
    tooltips,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]
    Kind = tuple[str, str, float]

_ROW_PX = 24
_NOBODY = f"{GREY}26"  # a seventh opaque: neutral on light and dark
_FEW, _MANY = "#587695", "#175A93"  # white numbers are legible on both, whatever the page


def tour_days(team_plan: Json) -> Spec:
    """People at work by tour and day of the week.

    Parameters
    ----------
    team_plan : mapping
        A team of the staffing plan as JSON; its roster's ``tours`` hold ``tour``, ``band_start``,
        ``length_h``, ``days`` and ``people``.

    Returns
    -------
    dict
        Vega-Lite specification: a row per tour, band of starts and length of shift, named with its
        people; a cell per day holds how many of them begin a shift on it, and is empty
        where all are off.
    """
    rows = _rows(team_plan["roster"]["tours"])
    people = {"field": "people", "type": "quantitative"}
    colour = {
        "condition": {"test": "datum.people === 0", "value": _NOBODY},
        **people,
        "scale": {"domainMin": 1, "range": [_FEW, _MANY], "interpolate": "rgb"},
        "legend": None,
    }
    return {
        "$schema": SCHEMA,
        "title": f"People by tour and day: {name(team_plan)}",
        "height": {"step": _ROW_PX},
        "data": {"values": rows},
        "encoding": {
            "x": {
                "field": "day",
                "type": "ordinal",
                "sort": list(DAYS),
                "title": "Day on which the shift starts, local time of the site",
                "axis": {"labelAngle": 0},
            },
            "y": {
                "field": "text",
                "type": "ordinal",
                "sort": list(dict.fromkeys(row["text"] for row in rows)),
                "title": None,
                "axis": {"labelLimit": 320},
            },
            "tooltip": tooltips(
                [
                    ("text", "Tour"),
                    ("day", "Day"),
                    ("people", "People who work"),
                    ("off", "People who are off"),
                ]
            ),
        },
        "layer": [
            {"mark": {"type": "rect"}, "encoding": {"color": colour}},
            {
                "transform": [{"filter": "datum.people > 0"}],
                "mark": {"type": "text", "color": "white"},
                "encoding": {"text": {**people, "format": ",d"}},
            },
        ],
    }


def _rows(tours: list[Json]) -> Rows:
    """One row per kind of week and day, days off included."""
    on: dict[Kind, Counter[str]] = {}
    people: Counter[Kind] = Counter()
    for line in tours:
        kind = (line["tour"], line["band_start"], line["length_h"])
        people[kind] += line["people"]
        for day in line["days"]:
            on.setdefault(kind, Counter())[day] += line["people"]
    return [
        {
            "text": f"{people[kind]:,} x {kind[0]} from {kind[1]}, {kind[2]:g} h",
            "day": day,
            "people": on[kind][day],
            "off": people[kind] - on[kind][day],
        }
        for kind in sorted(on)
        for day in DAYS
    ]
