"""What the command line says of a skill study."""

import pytest

from api.cli.skill_summary import least_in_time, made, meaning, print_study
from staffing.grid import WeekGrid
from tests.builders.skill_weeks import study, two_languages


@pytest.fixture(scope="module")
def found():
    return study(two_languages())


@pytest.fixture(scope="module")
def played():
    return study(two_languages(), simulate=True)


def test_the_meaning_names_people_hours_and_cost(found):
    assert meaning(found.sites[0], found.premium) == (
        "With at most 2.5 flexible people on duty (Mon 08:00) Manila would do with\n"
        "up to 12.5 % fewer hours, up to 10.6 % cheaper although a flexible hour costs 15 % more."
    )


def test_what_was_played_is_no_upper_limit(found, played):
    assert "up to" not in meaning(played.sites[0], played.premium)
    assert "played until it met all targets" in made(played.sites[0])
    assert "may miss targets: the saving is at most this" in made(found.sites[0])


def test_no_saving_is_said_plainly():
    dear = study(two_languages(), premium=3.0)
    assert meaning(dear.sites[0], 3.0) == (
        "At Manila flexible people save nothing where a flexible hour costs 300 % more: the teams "
        "stay apart."
    )


def test_the_worst_interval_in_time_is_told_with_its_error(found, played):
    one = played.sites[0].services[0]
    said = least_in_time(one, WeekGrid(60))
    assert said.endswith("Mon 08:00")
    assert f"{100 * min(one.in_time):.1f} % ±" in said
    assert least_in_time(found.sites[0].services[0], WeekGrid(60)) == "not played"


def test_tables_hold_totals_days_services_and_notes(found, capsys):
    site = found.sites[0].model_copy(update={"notes": ("a note",)})
    print_study("Two languages", found.model_copy(update={"sites": (site,)}))
    text = capsys.readouterr().out
    rows = {line.split("  ")[0].strip(): line.split() for line in text.splitlines()}
    assert rows["head-hours in the week"][-3:] == ["1,000.0", "875.0", "875.0"]
    assert rows["cost, flexible + 15 %"][-4:] == ["100.0", "%", "89.4", "%"]
    assert rows["Mon"][1:] == ["200.0", "150.0", "25.0", "25.0", "2.5"]
    assert rows["Sun"][1:] == ["0.0", "0.0", "0.0", "0.0", "0.0"]
    assert rows["week"][1:] == ["1,000.0", "750.0", "125.0", "125.0", "2.5"]
    assert rows["en"][1:4] == ["5.0", "8", "6"]
    assert "nothing of this is in its price" in text
    assert "Note: a note." in text
    assert max(len(line) for line in text.splitlines()) <= 100
