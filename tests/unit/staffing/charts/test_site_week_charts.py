"""A site's week with all its teams, by its own clock and another; hours of all sites on one."""

import json

import altair
import pytest

from staffing.charts import (
    difference_heat_map,
    heads_over_week,
    hours_on_one_clock,
    site_hours,
    site_week,
)
from tests.builders.plans import line, on_duty, plan, team
from tests.builders.whole_plans import three_teams

MANILA_MIN = 8 * 60


def paid(one, **hours):
    """A team with the hours of its premium classes."""
    one["roster"] |= {"paid_hours_by_class": hours, "paid_hours": float(sum(hours.values()))}
    return one


def test_a_site_is_the_sum_of_its_teams():
    whole = three_teams()["staffing"]
    first, second, third = (one["roster"] for one in whole["teams"])
    manila = site_week(whole, "Manila")
    for key in ("required_heads", "on_duty", "at_work"):
        sums = [x + y for x, y in zip(first[key], second[key], strict=True)]
        assert manila["roster"][key] == pytest.approx(sums, abs=1e-6)
    assert (manila["service"], manila["site"]) == ("all teams", "Manila")
    cebu = site_week(whole, "Cebu")
    assert cebu["service"] == "claims"
    assert cebu["roster"]["at_work"] == third["at_work"]


def test_by_another_clock_the_same_people_stand_where_that_clock_has_them():
    shifts = plan(team(lines=[line(6, 8.0, 5)]))  # Monday 06:00 to 14:00 in Manila
    rows = heads_over_week(site_week(shifts, "Manila", MANILA_MIN), "UTC")["data"]["values"]
    there = [(row["day"], row["time"]) for row in rows[:-1] if row["on_duty"]]
    assert there[0] == ("Mon", "00:00")  # what ran over the week's end begins it
    assert there[-1] == ("Sun", "23:00")
    assert len(there) == 8


@pytest.mark.parametrize("ahead", [0, 480, -300, 330, 345])
def test_no_head_hour_is_lost_on_any_clock(ahead):
    whole = plan(team())
    own, other = (site_week(whole, "Manila", minutes)["roster"] for minutes in (0, ahead))
    for key in own:
        hours = [168 / len(one[key]) * sum(one[key]) for one in (own, other)]
        assert hours[1] == pytest.approx(hours[0])
    # Intervals are cut where the distance is no whole number of them.
    assert len(other["at_work"]) == {330: 336, 345: 672}.get(ahead, 168)


def test_the_axis_names_the_clock():
    week = site_week(plan(team()), "Manila", MANILA_MIN)
    assert difference_heat_map(week, "UTC")["encoding"]["x"]["title"] == "UTC"
    assert heads_over_week(week, "UTC")["encoding"]["x"]["title"].endswith(", UTC")
    local = difference_heat_map(site_week(plan(team()), "Manila"))
    assert local["encoding"]["x"]["title"] == "Local time of the site"


def test_the_difference_of_a_site_is_its_cover_less_its_need():
    whole = three_teams()["staffing"]
    week = site_week(whole, "Manila", MANILA_MIN)
    for row in difference_heat_map(week, "UTC")["data"]["values"]:
        assert row["difference"] == pytest.approx(row["at_work"] - row["needed"], abs=1e-4)


def two_sites():
    """Manila works 06:00 to 14:00, Bogota 09:00 to 17:00, every day."""
    daily = [line(24 * day + 6, 8.0, 7) for day in range(7)]
    later = [line(24 * day + 9, 8.0, 2) for day in range(5)]
    return plan(team(lines=daily), team(site="Bogota", lines=later))


def test_hours_of_all_sites_stand_on_one_clock_and_add_up():
    spec = hours_on_one_clock(two_sites(), {"Manila": MANILA_MIN, "Bogota": -300}, "UTC")
    altair.Chart.from_dict(spec, validate=True)
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec
    cells = spec["layer"][0]["data"]["values"]
    by_site = {
        site: {row["time"]: row["people"] for row in cells if row["site"] == site}
        for site in ("Manila", "Bogota", "all sites")
    }
    assert [time for time, people in by_site["Manila"].items() if people] == [
        *(f"{hour:02d}:00" for hour in range(6)),
        *("22:00", "23:00"),
    ]
    assert by_site["Bogota"]["14:00"] == pytest.approx(2 * 5 / 7)  # 09:00 there, five days of seven
    for time, people in by_site["all sites"].items():
        assert people == pytest.approx(by_site["Manila"][time] + by_site["Bogota"][time], abs=1e-5)


def test_every_site_s_midnight_is_marked():
    spec = hours_on_one_clock(two_sites(), {"Manila": MANILA_MIN, "Bogota": -300}, "UTC")
    midnights = {row["site"]: row["from_hour"] for row in spec["layer"][1]["data"]["values"]}
    assert midnights == {"Manila": 16, "Bogota": 5}


def test_sites_cut_at_other_minutes_still_add_up():
    ahead = {"Manila": 0, "Bogota": 330}
    cells = hours_on_one_clock(two_sites(), ahead, "UTC")["layer"][0]["data"]["values"]
    hours = {
        site: sum(
            row["people"] * (row["to_hour"] - row["from_hour"])
            for row in cells
            if row["site"] == site
        )
        for site in ("Manila", "Bogota", "all sites")
    }
    assert hours["Manila"] == pytest.approx(56)
    assert hours["all sites"] == pytest.approx(hours["Manila"] + hours["Bogota"])


def test_hours_covered_and_at_night_are_those_of_the_week():
    day, night = line(6, 8.0, 5), line(22, 8.0, 2)
    both = plan(
        paid(team(lines=[day]), ordinary=30.0, night=0.0, night_sunday=10.0),
        paid(team("indexing", lines=[night]), ordinary=0.0, night=20.0),
    )
    found = site_hours(both, "Manila")
    assert found.hours_covered == sum(1 for heads in on_duty([day, night]) if heads) == 16
    assert found.paid_hours == 60
    assert found.night_share == pytest.approx(30 / 60)
