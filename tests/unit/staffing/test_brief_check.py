"""What cannot be planned is found before any solver runs, all of it at once."""

import numpy as np
import pytest

from staffing.brief_check import check_brief
from staffing.errors import BadInputError, InfeasibleError, together
from tests.builders.staffing import (
    deferrable_service,
    hours_mask,
    live_service,
    site_brief,
    staffing_brief,
    team_brief,
    turnaround_target,
    volume_brief,
)

NONE = volume_brief(units_per_year=0.0)


def paths_of(brief):
    with pytest.raises(BadInputError) as caught:
        check_brief(brief)
    return [issue.path for issue in caught.value.issues]


def test_a_sound_brief_passes():
    check_brief(staffing_brief(live_service(), deferrable_service()))


def test_every_service_without_volume_is_named():
    services = (
        live_service(volume=NONE, path="services[0]"),
        deferrable_service(volume=NONE, path="services[1]"),
    )
    assert paths_of(staffing_brief(*services)) == ["services[0].volume", "services[1].volume"]


def test_a_turnaround_below_an_interval_is_named():
    service = deferrable_service(target=turnaround_target(turnaround_h=0.5))
    assert paths_of(staffing_brief(service)) == ["services[claims].turnaround_h"]


def test_work_for_more_people_than_any_site_holds_is_named():
    service = live_service(volume=volume_brief(units_per_year=1e11))
    assert paths_of(staffing_brief(service)) == ["services[helpdesk].volume"]


def test_clocks_off_the_grid_are_named_once_for_all_teams():
    services = (live_service(), deferrable_service())
    brief = staffing_brief(*services, sites=(site_brief(time_zone="Asia/Kathmandu"),))
    assert paths_of(brief) == ["interval_minutes"]


def test_calls_to_a_closed_queue_are_infeasible():
    service = live_service(volume=volume_brief(profile=np.ones(168)))
    with pytest.raises(InfeasibleError, match="arrive while it is closed"):
        check_brief(staffing_brief(service))


def test_a_site_may_sleep_while_a_queue_follows_the_sun_but_not_otherwise():
    sites = (site_brief(open_mask=hours_mask(range(5), 12, 22)), site_brief(name="Cebu"))
    teams = (team_brief(), team_brief(site="Cebu"))
    check_brief(staffing_brief(live_service(follow_the_sun=True), teams=teams, sites=sites))
    with pytest.raises(InfeasibleError, match="site Manila is closed"):
        check_brief(staffing_brief(live_service(), teams=teams, sites=sites))


def test_bad_input_of_several_tasks_is_raised_together_and_once():
    def wrong(path):
        raise BadInputError.at(path, 0, "more")

    with pytest.raises(BadInputError) as caught:
        together([lambda: 1, lambda: wrong("a"), lambda: wrong("b"), lambda: wrong("a")])
    assert [issue.path for issue in caught.value.issues] == ["a", "b"]
    assert together([lambda: 1, lambda: 2]) == [1, 2]
