"""What is edited on the page, as the API takes it."""

from dashboard import month
from tests.builders.contracts import CLASSED, CONTRACT
from tests.builders.invoices import CALLS, CLAIMS, quoted

CLASSES = {"output_based": {"services": [CLASSED]}}


def plain(contract):
    quote = quoted(contract)
    parts = ("offers", "staffing", "agreement")
    return {name: getattr(quote, name).model_dump(mode="json") for name in parts}


def edited(rows, at, **changes):
    return [{**row, **(changes if number == at else {})} for number, row in enumerate(rows)]


def test_rows_start_from_the_plan_of_the_month():
    services = month.service_rows(plain(None), 2)
    assert [(row["Service"], row["Planned"], row["Units"]) for row in services] == [
        ("claims", 5500.5, 5500.5),
        ("helpdesk", 3900.0, 3900.0),
    ]
    teams = month.team_rows(plain(None), 2)
    assert [(row["Team"], row["FTE ordered"]) for row in teams] == [(CLAIMS, 4.0), (CALLS, 5.0)]


def test_only_what_the_contract_asks_about_has_a_column():
    assert set(month.service_rows(plain(None), 1)[0]) == {"Service", "Class", "Planned", "Units"}
    asked = set(month.service_rows(plain(CONTRACT), 1)[0])
    assert {"Errors", "In time, share", "Collected", "Forecast"} <= asked
    assert [row["Measure"] for row in month.measure_rows(plain(CONTRACT))] == [
        "answered in 20 s",
        "backlog",
    ]
    assert month.measure_rows(plain(None)) == []


def test_what_is_left_as_it_is_is_not_sent():
    quote = plain(CONTRACT)
    rows = month.service_rows(quote, 1), month.team_rows(quote, 1), month.measure_rows(quote)
    assert month.actuals(1, None, *rows) == {"month": 1}
    assert month.actuals(1, 0, *rows) == {"month": 1, "days": 0}


def test_what_was_edited_is_sent():
    quote = plain(CONTRACT)
    services = edited(month.service_rows(quote, 1), 0, Units=17, Collected="1,250.50")
    teams = edited(month.team_rows(quote, 1), 1, **{"FTE ordered": 9, "Night, h": 3})
    measures = edited(month.measure_rows(quote), 0, Result=0.5)
    assert month.actuals(1, None, services, teams, measures) == {
        "month": 1,
        "services": {"claims": {"units": 17, "collections": "1250.50"}},
        "teams": {CALLS: {"ordered_fte": 9, "night_hours": 3}},
        "sla": {"answered in 20 s": 0.5},
    }


def test_units_of_classes_are_sent_together():
    rows = month.service_rows(plain(CLASSES), 1)
    assert [(row["Class"], row["Planned"]) for row in rows[:2]] == [
        ("simple", 3750.0),
        ("complex", 1250.0),
    ]
    sent = month.actuals(1, None, edited(rows, 1, Units=0), [], [])
    assert sent["services"] == {"claims": {"classes": {"simple": 3750.0, "complex": 0}}}
