"""A surge study in cells, the same on every page: sources, days that are late, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.charts.parts import DAY_H

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, str]]

_TOLERANCE = 1e-6


def source_cells(plan: Json, currency: str) -> Rows:
    """Who comes, when, and at what cost."""
    return [_source(source, currency) for source in plan["sources"]]


def late_cells(plan: Json, currency: str) -> Rows:
    """Days on which work is not done in time: hours, people short, and their price."""
    price = plan["shortfall_price"] or 0
    return [
        {
            "Day": f"{day + 1} ({plan['day_names'][day]})" if plan["day_names"] else f"{day + 1}",
            "Hours since the call": f"{start:g} to {start + DAY_H:g}",
            "Hours of work late": f"{late:,.1f}",
            "People short": f"{late / one:,.1f}" if one else "",
            f"Price, {currency}": f"{late * price:,.0f}" if price else "",
        }
        for day, (start, late, one) in enumerate(
            zip(plan["day_start_h"], plan["uncovered_h"], plan["hours_per_head"], strict=True)
        )
        if late > _TOLERANCE
    ]


def limit_cells(plan: Json, currency: str) -> Rows:
    """What is short, and what one more of it would save."""
    return [
        {
            "One more": f"{line['unit']} of {line['source']}" if line["source"] else line["unit"],
            "There": f"{line['available']:,.1f}",
            "Short on, days": f"{len(line['days'])}",
            f"Saves up to, {currency}": f"{line['shadow_price']:,.0f}",
        }
        for line in plan["limits"]
    ]


def _source(source: Json, currency: str) -> dict[str, str]:
    per_hour = source["cost_per_productive_hour"]
    paid = sum(source["paid_h"]) + source["paid_after_h"]
    return {
        "Source": source["name"],
        "There after, h": f"{source['notice_h']:g}",
        "Reserved": f"{source['reserved']:,.1f}" if source["cost"]["standby"] else "",
        "Called": f"{source['called']:,.1f}",
        "Come": f"{max(source['on_engagement']):,.1f}",
        "Paid hours": f"{paid:,.0f}",
        "Output, hours of ordinary people": f"{sum(source['productive_h']):,.0f}",
        f"Cost, {currency}": f"{source['cost']['total']:,.0f}",
        "An hour's output": "" if per_hour is None else f"{per_hour:,.2f}",
    }
