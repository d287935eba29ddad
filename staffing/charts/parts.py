"""What the charts of a plan share: colours, the axis of the week, clock times, legends, layers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from staffing.charts.palette import GREY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]
    Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY_H = 24
WEEK_H = len(DAYS) * DAY_H
LOCAL_CLOCK = "local time of the site"
_MINUTES = 60
_TOLERANCE = 1e-4  # heads, as in staffing.check
_ONE_LINE = 3


@dataclass(frozen=True)
class Interval:
    """One interval of the standard week: hours since Monday 00:00, and what is there in heads."""

    hour: float
    next_hour: float
    needed: float
    on_duty: float
    at_work: float

    @property
    def short(self) -> float:
        """Heads missing."""
        return max(0.0, -self.difference)

    @property
    def difference(self) -> float:
        """People at work less heads needed; zero where the checker would see none."""
        difference = round(self.at_work - self.needed, 6)
        return difference if abs(difference) > _TOLERANCE else 0.0

    @property
    def day(self) -> str:
        """Weekday, three letters."""
        return DAYS[int(self.hour // DAY_H)]

    @property
    def time(self) -> str:
        """Clock time at which it begins."""
        return clock(self.hour % DAY_H)


def intervals(roster: Json) -> list[Interval]:
    """Intervals of a roster, whatever its grid."""
    columns = (roster["required_heads"], roster["on_duty"], roster["at_work"])
    length = WEEK_H / len(roster["required_heads"])
    return [
        Interval(i * length, (i + 1) * length, *heads)
        for i, heads in enumerate(zip(*columns, strict=True))
    ]


def has_breaks(roster: Json) -> bool:
    """Whether anybody on duty is ever not at work."""
    return any(one.on_duty != one.at_work for one in intervals(roster))


def people_fields(roster: Json) -> list[tuple[str, str]]:
    """Tell people at work from those on duty, in tooltips, where breaks make them differ."""
    if has_breaks(roster):
        return [("at_work", "People at work"), ("on_duty", "People on duty")]
    return [("on_duty", "People on duty")]


def name(team_plan: Json) -> str:
    """``service @ site``."""
    return f"{team_plan['service']} @ {team_plan['site']}"


def clock(hour: float) -> str:
    """``22:30`` for 22.5."""
    minutes = round(hour * _MINUTES)
    return f"{minutes // _MINUTES:02d}:{minutes % _MINUTES:02d}"


def week_axis(field: str, clock_name: str = LOCAL_CLOCK) -> Spec:
    """Lay hours since Monday 00:00 along the week, a tick at each midnight."""
    return {
        "field": field,
        "type": "quantitative",
        "title": f"Time of the standard week, {clock_name}",
        "scale": {"domain": [0, WEEK_H], "nice": False},
        "axis": {
            "values": list(range(0, WEEK_H, DAY_H)),
            "labelExpr": f"{list(DAYS)!r}[datum.value / {DAY_H}]",
            "labelAlign": "left",
            "grid": True,
        },
    }


def calendar_axis(field: str) -> Spec:
    """Lay weeks along the calendar, a tick at each month; dates are UTC, so that no day shifts."""
    return {
        "field": field,
        "type": "temporal",
        "title": "Week, from its first day",
        "scale": {"type": "utc", "nice": False},
        "axis": {
            "format": "%b %Y",
            "tickCount": {"interval": "month", "step": 1},
            "labelOverlap": True,
            "grid": True,
        },
    }


def colour(names: list[str], colours: list[str]) -> Spec:
    """Name the marks by colour, in a legend that fits the width there is."""
    return {
        "type": "nominal",
        "scale": {"domain": names, "range": colours},
        "legend": legend(len(names)),
    }


def legend(entries: int) -> Spec:
    """Lay a legend above the chart, in as many lines as leave it room on a narrow page."""
    return {
        "title": None,
        "orient": "top",
        "symbolOpacity": 1,
        "labelLimit": 260,
        "columns": entries if entries <= _ONE_LINE else -(-entries // 2),
    }


def heads_axis(field: str, unit: str) -> Spec:
    """Lay people along the vertical axis; `unit` says how they are counted."""
    return {"field": field, "type": "quantitative", "title": f"People ({unit})"}


def step_area(field: str, label: str) -> Spec:
    """Fill below a figure that holds until the next."""
    return {
        "mark": {"type": "area", "interpolate": "step-after", "opacity": 0.45},
        "encoding": {"y": heads_axis(field, "heads"), "color": {"datum": label}},
    }


def step_line(
    field: str, label: str, unit: str, dash: Sequence[int] = (), width: float = 2
) -> Spec:
    """Draw a figure that holds until the next."""
    mark = {
        "type": "line",
        "interpolate": "step-after",
        "strokeWidth": width,
        "strokeDash": list(dash),
    }
    return {"mark": mark, "encoding": {"y": heads_axis(field, unit), "color": {"datum": label}}}


def hover(end: str, *columns: list[tuple[str, str]]) -> Spec:
    """Draw invisible bands over the whole height that carry the tooltip."""
    fields = [pair for group in columns for pair in group]
    return {
        "mark": {"type": "rect", "opacity": 0},
        "encoding": {"x2": {"field": end}, "color": {"value": GREY}, "tooltip": tooltips(fields)},
    }


def tooltips(fields: Sequence[tuple[str, str]]) -> list[Spec]:
    """Show fields under their titles: days and times as they are, figures to three decimals."""
    return [_tooltip(field, title) for field, title in fields]


def _tooltip(field: str, title: str) -> Spec:
    if field in {"day", "time", "until", "text"}:
        return {"field": field, "type": "nominal", "title": title}
    return {"field": field, "type": "quantitative", "title": title, "format": ",.3~f"}
