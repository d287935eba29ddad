"""What an engagement refuses, where it says so, and what it would accept instead."""

from typing import Any

import pytest

from pricing.quoting import unsourced_of
from pricing.reading import read_engagement
from staffing.errors import BadInputError, FieldIssue, InfeasibleError
from tests.builders.pricing import ABSENT, DEFERRABLE, LIVE, SITE, engagement_data

NAN, INF = float("nan"), float("inf")


LEADER = {"role": "team_leader", "span": 12, "cost_per_year": 30_000}
COACH = {"role": "coach", "span": 30, "cost_per_year": 20_000}


def issues_of(changes: dict[str, Any], **top: Any) -> tuple[FieldIssue, ...]:
    """Issues found in the small engagement with these changes, rates looked up as well."""
    with pytest.raises(BadInputError) as caught:
        unsourced_of(read_engagement(engagement_data(changes, **top)))
    return caught.value.issues


def weekly(*values: Any) -> dict[str, Any]:
    """Volume as a weekly history."""
    return {"history": {"starts_on": "2026-01-05", "step": "week", "values": list(values)}}


@pytest.mark.parametrize(
    ("path", "value", "found", "accepted"),
    [
        ("services[0].turnaround_h", -1, "-1", "above 0"),
        ("services[0].volume.units_per_year", -5, "-5", "0 or more"),
        ("services[0].volume.units_per_year", NAN, "nan", "finite"),
        ("services[0].volume.units_per_year", INF, "inf", "finite"),
        ("services[0].volume.profile", [NAN] * 7, "nan", "finite"),
        ("commercial.sga", NAN, "nan", "finite"),
        ("sites[0].seat_cost_per_year", INF, "inf", "finite"),
        ("commercial.target_margin", 1.2, "1.2", "below 1"),
        ("commercial.target_margin", "a fifth", "'a fifth'", "decimal"),
        ("sites[0].wages.claims_processor.value", 0, "0", "0.000001 or more"),
        ("sites[0].wages.claims_processor.per", "week", "'week'", "'hour', 'month' or 'year'"),
        ("sites[0].wages.claims_processor.currency", "XXQ", "'XXQ'", "ISO 4217"),
        ("sites[0].seats", 0, "0", "1 or more"),
        ("currency", "XYZ", "'XYZ'", "ISO 4217"),
        ("currency", "usd", "'usd'", "ISO 4217"),
        ("sites[0].country", "ZZ", "'ZZ'", "ISO 3166"),
        ("sites[0].time_zone", "Mars/Phobos", "'Mars/Phobos'", "IANA"),
        ("services[0].time_zone", "", "''", "IANA"),
        ("start", "2027-02-30", "'2027-02-30'", "date"),
        ("start", "9999-12-31", "'9999-12-31'", "2199-12-31"),
        ("interval_minutes", 20, "20", "15, 30 or 60"),
        ("schema_version", 2, "2", "1"),
        ("services", [], "length 0", "length 1 or more"),
        ("services[0].opening_hours", "24/7", "'24/7'", "24x7"),
        ("services[0].opening_hours", 24, "24", "24x7"),
        ("services[0].opening_hours.mon-fri", "8-18", "'8-18'", "a clock window"),
        ("services[0].opening_hours.monday", "08:00-18:00", "'monday'", "mon-fri"),
        ("services[0].channel", "chat", "'chat'", "'live', 'deferrable'"),
        ("services[0].ramp", [0.5, 0], "0", "above 0"),
        ("sites[0].labour.night_from", "25:00", "'25:00'", "a clock time"),
        ("commercial.fte_step", 1e-12, "1e-12", "0.01 or more"),
        ("contract_hours_per_week", 0.0001, "0.0001", "1 or more"),
        ("shrinkage.out_of_office", 0.9999, "0.9999", "0.9 at most"),
        ("attrition.training_weeks", 99, "99", "52"),
        ("fx.PHP", 0, "0", "0.000000001 or more"),
        ("fx.USD", 2, "2", "another currency: all amounts are in USD"),
        ("fx.PSO", 60, "'PSO'", "ISO 4217"),
        ("contract_hours_per_week", 60, "60", "at most 48 h a week in PH"),
        ("sites[0].labour.contract_hours_per_week", 60, "60", "at most 48 h a week in PH"),
        ("sites[0].labour.shift_lengths_h", [8.25], "8.25", "multiples of the interval"),
        ("sites[0].labour.night_from", "21:30", "'21:30'", "the grid of 60 minutes"),
        ("sites[0].labour.shift_starts", ["06:00", "6:30"], "'6:30'", "a clock time"),
        ("sites[0].labour.shift_starts", ["06:00", "24:00"], "'24:00'", "a clock time"),
        ("sites[0].labour.shift_starts", ["06:00", "14:30"], "'14:30'", "the grid of 60 minutes"),
        ("sites[0].labour.shift_starts", ["06:00", "06:00"], "'06:00'", "each time once"),
        ("services[0].opening_hours", {"mon": "08:10-18:00"}, "'08:10-18:00'", "the grid of 60"),
        ("services[0].volume.units_per_year", 0, "0 units", "volume above 0"),
        ("services[0].volume.units_per_year", 1e12, "about 4.74e+07 people at once", "20,000"),
        ("services[0].turnaround_h", 0.5, "0.5", "at least one interval"),
        ("services[0].volume.opening_backlog", -1, "-1", "0 or more"),
        ("services[0].volume.opening_backlog_weeks", 0, "0", "1 or more"),
    ],
)
def test_a_wrong_value_is_named_by_its_path_with_what_is_accepted(
    path: str, value: Any, found: str, accepted: str
) -> None:
    issue = issues_of({path: value})[0]
    assert issue.path.startswith(path) or path.startswith(issue.path)
    assert issue.value == found
    assert accepted in issue.accepted


@pytest.mark.parametrize(
    "path",
    [
        "foo",
        "services[0].accuracy.tagret",
        "commercial.sga.sauce",
        "services[0].service_level",
        "sites[0].labour.nights",
    ],
)
def test_an_unknown_field_is_an_error_at_its_path(path: str) -> None:
    changes = {"commercial.sga": {"value": 0.08}} if path.startswith("commercial") else {}
    (issue,) = issues_of({**changes, path: 0.8})
    assert issue.path == path
    assert "unknown field" in issue.accepted


def test_a_misspelt_field_is_met_with_a_guess() -> None:
    (issue,) = issues_of({"commercial.target_margn": 0.1})
    assert "target_margin" in issue.accepted


@pytest.mark.parametrize(
    "path",
    [
        "currency",
        "services[0].unit",
        "services[0].channel",
        "services[0].accuracy.target",
        "sites[0].wages.claims_processor.per",
        "commercial.target_margin",
    ],
)
def test_a_missing_field_is_named_as_if_it_were_written(path: str) -> None:
    (issue,) = issues_of({path: ABSENT})
    assert issue == FieldIssue(path, "", "this field is required")


def test_a_bare_wage_lacks_what_it_is_paid_for() -> None:
    (issue,) = issues_of({"sites[0].wages.claims_processor": 4})
    assert issue.path == "sites[0].wages.claims_processor.per"


def test_a_second_site_is_named_by_its_place_in_the_list() -> None:
    cebu = {**SITE, "name": "Cebu", "wages": {"claims_processor": {"value": 4}}}
    (issue,) = issues_of({}, sites=[SITE, cebu])
    assert issue.path == "sites[1].wages.claims_processor.per"


def test_two_teams_cannot_have_the_same_name() -> None:
    sites = [{**SITE, "name": "B @ C"}, {**SITE, "name": "C"}]
    services = [
        {**DEFERRABLE, "name": "A", "delivery": [{"site": "B @ C"}]},
        {**DEFERRABLE, "name": "A @ B", "delivery": [{"site": "C"}]},
    ]
    (issue,) = issues_of({}, services=services, sites=sites)
    assert issue.path == "services[1].name"
    assert "A @ B @ C" in issue.accepted


@pytest.mark.parametrize(
    ("volume", "found"),
    [
        ({"starts_on": "2026-01-05", "step": "day", "values": [1] * 6}, "length 6"),
        ({"starts_on": "2026-01-05", "step": "hour", "values": [1] * 100}, "length 100"),
    ],
)
def test_a_history_under_a_week_is_named_with_its_length(volume: Any, found: str) -> None:
    (issue,) = issues_of({"services[0].volume": {"history": volume}})
    assert issue.path == "services[0].volume.history.values"
    assert issue.value == found


def test_clocks_off_the_grid_are_found_before_planning() -> None:
    (issue,) = issues_of({"services[0].time_zone": "Asia/Kolkata"})
    assert issue.path == "interval_minutes"
    assert issue.accepted.endswith("Asia/Kolkata and Asia/Manila: 15 or 30")


def test_a_queue_open_while_its_site_is_closed_is_found_before_planning() -> None:
    changes = {"sites[0].opening_hours": {"mon-fri": "10:00-17:00"}}
    with pytest.raises(InfeasibleError, match="open while site Manila is closed"):
        unsourced_of(read_engagement(engagement_data(changes, services=[LIVE])))


def test_all_wrong_fields_are_reported_at_once() -> None:
    paths = {issue.path for issue in issues_of({"currency": "XYZ", "services[0].turnaround_h": 0})}
    assert paths == {"currency", "services[0].turnaround_h"}


def test_a_list_with_a_wrong_item_is_not_called_too_short() -> None:
    (issue,) = issues_of({"services[0].volume": weekly(1, -1)})
    assert issue.path == "services[0].volume.history.values[1]"


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"services[0].handle_time_s": 30}, "services[0]", "exactly one of handle_time_s"),
        ({"services[0].units_per_hour": ABSENT}, "services[0]", "exactly one of handle_time_s"),
        ({"services[0].volume": {}}, "services[0].volume", "exactly one of units_per_year"),
        (
            {"services[0].volume": weekly(1) | {"units_per_year": 1}},
            "services[0].volume",
            "exactly one of units_per_year and history",
        ),
        (
            {"services[0].volume": weekly(1) | {"seasonality": [1] * 12}},
            "services[0].volume.seasonality",
            "none beside a history",
        ),
        (
            {"services[0].volume.profile": [1] * 8},
            "services[0].volume.profile",
            "7, 168, 336 or 672 numbers (found length 8)",
        ),
        (
            {"services[0].volume.profile": [0] * 7},
            "services[0].volume.profile",
            "positive sum (found sum 0)",
        ),
        (
            {"services[0].volume.seasonality": [0] * 12},
            "services[0].volume.seasonality",
            "positive sum (found sum 0)",
        ),
        (
            {"services[0].delivery": [{"site": "Manila", "share": 0.5}]},
            "services[0].delivery",
            "shares that sum to 1 (found sum 0.5)",
        ),
        (
            {"services[0].delivery": [{"site": "Manila", "share": 0.5}] * 2},
            "services[0].delivery[1].site",
            "each site at most once (found 'Manila')",
        ),
        (
            {"services[0].delivery": [{"site": "Cebu"}]},
            "services[0].delivery[0].site",
            "the name of a site: Manila (found 'Cebu')",
        ),
        (
            {"services": [DEFERRABLE] * 2},
            "services[1].name",
            "unique names in services (found 'claims')",
        ),
        ({"sites": [SITE] * 2}, "sites[1].name", "unique names in sites (found 'Manila')"),
        (
            {"sites[0].support": [LEADER, COACH, LEADER]},
            "sites[0].support[2].role",
            "each role at most once at a site (found 'team_leader')",
        ),
        (
            {"services[0].accuracy": {"target": 0.9, "rework_share": 0.5, "rework_effort": 2}},
            "services[0].accuracy",
            "rework_share x rework_effort below 1 (found 1.0)",
        ),
        (
            {"commercial.transition": {"cost": 100, "amortisation_months": 4}},
            "commercial.transition.amortisation_months",
            "at most term_months (3) (found 4)",
        ),
        (
            {"commercial.floor_margin": 0.19},
            "commercial.floor_margin",
            "at most target_margin (0.18) (found 0.19)",
        ),
    ],
)
def test_fields_that_contradict_each_other_are_named_together(
    changes: dict[str, Any], path: str, words: str
) -> None:
    (issue,) = issues_of(changes)
    assert issue.path == path
    assert words in str(issue)


@pytest.mark.parametrize(
    "changes",
    [
        {"commercial.target_margin": 0.92, "commercial.sga": 0.08, "commercial.dso_days": 0},
        {"commercial.target_margin": 0.6, "commercial.sga": 0.5},
        {"commercial.target_margin": 0.5, "commercial.capital_cost": 1, "commercial.dso_days": 365},
        {"commercial.floor_margin": 0.95},
    ],
)
def test_shares_of_price_that_leave_no_price_name_all_three(changes: dict[str, Any]) -> None:
    (issue,) = issues_of(changes)
    assert issue.path == "commercial"
    for name in ("target_margin", "sga", "capital_cost x dso_days / 365"):
        assert name in issue.accepted


def test_shares_of_price_just_below_one_are_a_price() -> None:
    changes = {"commercial.target_margin": 0.9199, "commercial.dso_days": 0}
    assert read_engagement(engagement_data(changes)).commercial.sga.value


@pytest.mark.parametrize("raw", [None, {}, [], "quote me", 3, [{}]])
def test_a_document_that_is_no_mapping_is_named_as_such(raw: object) -> None:
    with pytest.raises(BadInputError, match="a mapping with the fields of"):
        read_engagement(raw)


def test_an_unknown_role_is_answered_with_the_known_ones() -> None:
    (issue,) = issues_of({"services[0].role": "wizard"})
    assert issue.path == "sites[0].wages.wizard"
    assert "billing_clerk" in issue.accepted
    assert "medical_coder" in issue.accepted


def test_a_currency_without_a_reference_rate_asks_for_one_both_ways() -> None:
    (issue,) = issues_of({"currency": "JPY", "sites[0].wages": {}})
    assert issue.path == "fx.PHP"
    assert "JPY" in issue.accepted


def test_no_issue_shows_python_s_none_as_a_value() -> None:
    for changes in ({"services[0].role": "wizard"}, {"currency": "JPY", "sites[0].wages": {}}):
        assert issues_of(changes)[0].value == ""
