"""A forecast in sentences and cells, the same on a terminal, on a page and in a file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from staffing.charts.forecast import ahead_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]
    Cells = list[dict[str, str]]

_LEAST_DAYS = 28
_KEYS = {"P10": "p10", "P50": "p50", "P90": "p90", "Quote": "quote"}


def said(report: Json) -> list[str]:
    """Say which method would have been right, and how far off a year's volume was."""
    if not report["methods"]:
        return [report["verdict"]]
    titles = {method["method"]: method["title"] for method in report["methods"]}
    shown = f"Shown: {titles[report['method']]}, of the history alone."
    quoted = report["quoted"]
    made = (
        f"The quote is made with {titles[quoted['method']]} and "
        f"{100 * quoted['growth_per_year']:+.3g} % a year: "
        f"{quoted['units_over_term']:,.0f} {report['unit']}s over the term."
    )
    return [report["verdict"], shown, made, report["spread"]]


def shown_months(report: Json) -> Sequence[Json]:
    """Months to list: those of the term where the forecast reaches it, else all of it."""
    months: Sequence[Json] = report["months"]
    quoted = [month for month in months if month["quote"] is not None]
    return quoted or months


def month_cells(report: Json) -> Cells:
    """One row per month: bounds, and what the quote is made for; parts of months say so."""
    rows = []
    for month in shown_months(report):
        first = date.fromisoformat(f"{month['month']}-01")
        part = "" if month["days"] >= _LEAST_DAYS else f" ({month['days']} days)"
        row = {"Month": f"{first:%b %Y}{part}"}
        row |= {name: _units(month[key]) for name, key in _KEYS.items()}
        rows.append(row)
    return rows


def method_cells(report: Json) -> Cells:
    """One row per method: its errors, or what it would need."""
    return [
        {
            "Method": f"{method['title']}{' *' if method['method'] == report['best'] else ''}",
            "MASE": _number(method["mase"]),
            "Against naive": _number(method["against_naive"]),
            "WAPE": _percent(method["wape"]),
            "Bias": _percent(method["bias"], sign="+"),
            "P10 to P90 held": _percent(method["coverage"]),
            "Year's volume, cv": _percent(method["year_cv"]),
            "Needs": method["refused"] or "",
        }
        for method in report["methods"]
    ]


def horizon_cells(report: Json) -> Cells:
    """One row per range of steps ahead: MASE of each method, and how often its bounds held."""
    tested = [method for method in report["methods"] if method["bands"]]
    if not tested:
        return []
    return [
        {"Ahead": ahead_name(band, report["step"])}
        | {
            method["title"]: f"{_number(method['bands'][row]['mase'])} "
            f"({_percent(method['bands'][row]['coverage'])})"
            for method in tested
        }
        for row, band in enumerate(tested[0]["bands"])
    ]


def _units(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _percent(value: float | None, sign: str = "") -> str:
    return "" if value is None else f"{100 * value:{sign}.1f} %"
