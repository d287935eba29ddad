"""Public holidays and changes of pay by week of the term, as cost is reckoned with them."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

import pricing.calendar_notes
from api.cli.cover_summary import _calendar
from pricing.briefing import team_terms
from pricing.calendar_notes import CalendarNotes, calendar_notes
from pricing.ratecard import RateCard
from tests.builders.pricing import DEFERRABLE, LIVE, engagement

RAISES = [
    {"since": "2027-09-15", "wages": {"claims_processor": {"value": 5, "per": "hour"}}},
    {"since": "2028-03-01", "on_cost": 0.375},
]


def notes_of(changes: dict[str, Any] | None = None, months: int = 18) -> CalendarNotes:
    """Notes of two services at a site in the Philippines from 2027-01-04 on."""
    return calendar_notes(engagement({"sites[0].holidays": {}, **(changes or {})}, **_two(months)))


def _two(months: int) -> dict[str, Any]:
    return {"services": [DEFERRABLE, LIVE], "term_months": months}


def test_holidays_stand_in_the_week_they_fall_in_with_what_they_add_to_pay() -> None:
    found = {note.text: note for note in notes_of(months=6).notes}
    valor = found["Day of Valor"]
    assert (valor.day, valor.week, valor.week_from) == (
        date(2027, 4, 9),
        14,
        date(2027, 4, 5),
    )
    assert (valor.site, valor.premium, valor.effect) == ("Manila", 1.0, "+100 % of base pay")
    assert found["Black Saturday"].effect == "+30 % of base pay"


def test_they_are_those_that_cost_is_reckoned_with() -> None:
    document = engagement({"sites[0].holidays": {}}, **_two(18))
    (rates,) = {
        team.site.name: team.rates for team in team_terms(document, RateCard(document))
    }.values()
    listed = [one for one in calendar_notes(document).notes if one.kind == "public_holiday"]
    assert [(one.day, one.text) for one in listed] == [
        (one.day, one.name) for one in rates.holidays
    ]


def test_days_without_work_are_listed_and_stated_ones_too() -> None:
    closed = notes_of({"sites[0].holidays": {"worked": False, "more": ["2027-01-18"]}}, months=3)
    assert closed.notes[0].day == date(2027, 1, 18)
    assert {note.effect for note in closed.notes} == {"no work"}
    assert {note.premium for note in closed.notes} == {None}


def test_pay_changes_in_the_first_month_that_starts_on_the_day_or_later() -> None:
    """A wage of 4 becomes 5 for claims only; on-costs of 25 % become 37.5 % for all: + 10 %."""
    pay = [one for one in notes_of({"sites[0].pay_changes": RAISES}).notes if one.kind == "pay"]
    assert [(one.day, one.text, one.effect) for one in pay] == [
        (date(2027, 10, 4), "pay of claims, with on-costs", "+25.0 %"),
        (date(2028, 3, 4), "pay of claims, with on-costs", "+10.0 %"),
        (date(2028, 3, 4), "pay of helpdesk, with on-costs", "+10.0 %"),
    ]
    assert [one.week for one in pay] == [40, 61, 61]


def test_growth_is_a_change_of_pay_at_each_year_of_the_contract() -> None:
    pay = [
        one
        for one in notes_of({"sites[0].wage_growth_per_year": 0.05}, months=30).notes
        if one.kind == "pay"
    ]
    assert sorted({one.day for one in pay}) == [date(2028, 1, 4), date(2029, 1, 4)]
    assert [one.change for one in pay] == pytest.approx([0.05] * 4)
    assert not [one for one in notes_of(months=30).notes if one.kind == "pay"]


def test_a_country_without_a_calendar_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert notes_of(months=3).unknown == ()
    monkeypatch.setattr(pricing.calendar_notes, "is_known", lambda _: False)
    assert notes_of(months=3).unknown == ("Manila",)


def shown(notes: CalendarNotes) -> str:
    """What the command line prints of them."""
    console = Console(file=StringIO(), width=100)
    for part in _calendar(notes):
        console.print(part)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_the_command_line_lists_them_by_week() -> None:
    printed = shown(notes_of({"sites[0].pay_changes": RAISES}))
    assert "  14   Fri 2027-04-09   Manila   Day of Valor" in printed
    assert "pay of claims, with on-costs" in printed


def test_the_command_line_stops_after_half_a_year_and_says_where_the_rest_is() -> None:
    notes = notes_of(months=12)
    later = [one for one in notes.notes if one.week > 26]
    printed = shown(notes)
    assert f"and {len(later)} more holidays until 2028-01-03: --csv DIR" in printed
    assert "2027-06-12" in printed
    assert "2027-12-25" not in printed
    assert "more holidays" not in shown(notes_of(months=3))
