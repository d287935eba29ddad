"""Files of a staffing plan, as `crewquote staff` writes them: page, workbook, tables, calendar.

What writes them are extras, or seldom asked for: each is loaded when it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from api.formats import CSV, HTML, ICALENDAR, XLSX
from staffing.calendar import ContractCalendar
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pricing.engagement import Engagement
    from staffing.plan import StaffingPlan

Table = Literal["shifts", "intervals", "people"]


def plan_file(
    kind: str, plan: StaffingPlan, engagement: Engagement, table: Table = "shifts"
) -> str | bytes:
    """Write a plan as a file.

    Parameters
    ----------
    kind : str
        Media type, one of `PLAN_FILES`.
    plan, engagement : documents
        The plan, and what it is a plan of.
    table : {"shifts", "intervals", "people"}
        Which table CSV gets.

    Raises
    ------
    BadInputError
        The plan has no such table.
    """
    return PLAN_FILES[kind](plan, engagement, table)


def _page(plan: StaffingPlan, engagement: Engagement, _: Table) -> str:
    from staffing.exports.page import plan_page  # noqa: PLC0415

    return plan_page(plan.model_dump(mode="json"), engagement.name, engagement.currency)


def _workbook(plan: StaffingPlan, _engagement: Engagement, _table: Table) -> bytes:
    from staffing.exports.workbook import plan_workbook  # noqa: PLC0415

    return plan_workbook(plan.model_dump(mode="json"))


def _csv(plan: StaffingPlan, _: Engagement, table: Table) -> str:
    from staffing.exports.tables import plan_tables  # noqa: PLC0415

    found = plan_tables(plan.model_dump(mode="json")).get(f"{table}.csv")
    if found is None:
        accepted = "shifts or intervals: without breaks and tours a plan lists no people"
        raise BadInputError.at("table", table, accepted)
    return found


def _calendar(plan: StaffingPlan, engagement: Engagement, _: Table) -> str:
    from staffing.exports.calendar_file import plan_calendar  # noqa: PLC0415

    zones = {site.name: site.time_zone for site in engagement.sites}
    term = ContractCalendar(engagement.start, engagement.term_months)
    return plan_calendar(plan.model_dump(mode="json"), zones, term.start, term.end)


PLAN_FILES: Mapping[str, Callable[[StaffingPlan, Engagement, Table], str | bytes]] = {
    HTML: _page,
    XLSX: _workbook,
    CSV: _csv,
    ICALENDAR: _calendar,
}
