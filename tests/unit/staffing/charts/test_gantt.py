"""The shift Gantt: a row per shift, drawn on over the end of the week, breaks and shortfall."""

import altair

from staffing.charts import RED, shift_gantt
from tests.builders.plans import DAYS, break_line, line, person_line, touring_team


def team_plan(*lines, needed=(), **more):
    roster = {
        "required_heads": [*needed, *[0.0] * (168 - len(needed))],
        "on_duty": [0] * 168,
        "at_work": [0] * 168,
        "shifts": list(lines),
        "breaks": [],
        "people": [],
        **more,
    }
    return {"service": "claims", "site": "Manila", "roster": roster}


def drawn(spec):
    """Rows of the three layers: bars, gaps, short."""
    return [part["data"]["values"] for part in spec["layer"]]


def spans(rows):
    return [(row["row"], row["from_hour"], row["to_hour"], row["heads"]) for row in rows]


def test_shifts_stand_in_order_of_their_start_with_their_heads():
    spec = shift_gantt(team_plan(line(30, 8.0, 3), line(6, 9.5, 12), line(6, 4.0, 1)))
    bars, gaps, _ = drawn(spec)
    assert spans(bars) == [(1, 6, 10, 1), (2, 6, 15.5, 12), (3, 30, 38, 3)]
    assert gaps == []
    labels = spec["encoding"]["y"]["axis"]["labelExpr"]
    assert "'1 x Mon 06:00, 4 h', '12 x Mon 06:00, 9.5 h', '3 x Tue 06:00, 8 h'" in labels
    assert spec["encoding"]["y"]["scale"]["domain"] == [0, 1, 2, 3]


def test_a_sunday_night_is_drawn_at_both_ends_of_the_week():
    bars, _, _ = drawn(shift_gantt(team_plan(line(166, 8.0, 2))))
    assert spans(bars) == [(1, 166, 168, 2), (1, 0, 6, 2)]
    assert {row["text"] for row in bars} == {"Sun 22:00 to Mon 06:00"}


def test_a_shift_that_ends_with_the_week_is_one_bar():
    bars, _, _ = drawn(shift_gantt(team_plan(line(160, 8.0, 2))))
    assert spans(bars) == [(1, 160, 168, 2)]


def test_half_hours_are_placed_by_the_clock():
    late = line(6, 8.0, 2) | {"start": "06:30", "start_interval": 13}
    team = team_plan(late)
    team["roster"] |= {name: [0] * 336 for name in ("required_heads", "on_duty", "at_work")}
    assert spans(drawn(shift_gantt(team))[0]) == [(1, 6.5, 14.5, 2)]


def test_breaks_are_gaps_where_people_take_them():
    _, gaps, _ = drawn(shift_gantt(touring_team()))
    assert spans(gaps) == [(1, 10, 11, 2), (1, 11, 12, 1), (2, 2, 3, 2)]
    assert {row["text"] for row in gaps} == {"meal"}
    assert [row["share"] for row in gaps] == [2 / 3, 1 / 3, 1]
    assert (gaps[0]["time"], gaps[0]["until"]) == ("10:00", "11:00")


def test_people_with_the_same_shift_and_break_are_one_gap():
    people = [person_line("", 1, (6, 8.0, 10)), person_line("", 2, (6, 8.0, 10), (30, 8.0, 34))]
    team = team_plan(line(6, 8.0, 3), line(30, 8.0, 2), people=people, breaks=[break_line(10, 3)])
    _, gaps, _ = drawn(shift_gantt(team))
    assert spans(gaps) == [(1, 10, 11, 3), (2, 34, 35, 2)]


def test_each_break_has_the_name_and_length_of_its_rule():
    (one,) = [person_line("", 3, (6, 8.0, 10))]
    one["shifts"][0] |= {"breaks": [10, 8], "break_rules": ["meal", "rest"]}
    breaks = [break_line(10, 3), break_line(8, 3, "rest") | {"length_intervals": 2}]
    _, gaps, _ = drawn(shift_gantt(team_plan(line(6, 8.0, 3), people=[one], breaks=breaks)))
    assert [row["text"] for row in gaps] == ["rest", "meal"]
    assert spans(gaps) == [(1, 8, 10, 3), (1, 10, 11, 3)]


def test_a_break_over_the_end_of_the_week_is_drawn_at_both_ends():
    people = [person_line("", 2, (166, 8.0, 167))]
    breaks = [break_line(167, 2) | {"length_intervals": 2}]
    _, gaps, _ = drawn(shift_gantt(team_plan(line(166, 8.0, 2), people=people, breaks=breaks)))
    assert spans(gaps) == [(1, 167, 168, 2), (1, 0, 1, 2)]


def test_a_plan_without_breaks_has_no_gaps():
    assert drawn(shift_gantt(team_plan(line(6, 8.0, 3))))[1] == []


def test_what_is_short_is_a_red_strip_on_top_one_piece_per_run():
    spec = shift_gantt(team_plan(needed=[0, 2, 2, 1, 0, 3.25]))
    assert spans(drawn(spec)[2]) == [(0, 1, 3, 2), (0, 3, 4, 1), (0, 5, 6, 3.25)]
    assert spec["layer"][2]["mark"]["color"] == RED
    assert "['short']" in spec["encoding"]["y"]["axis"]["labelExpr"]


def test_nothing_short_is_said_on_the_strip():
    spec = shift_gantt(team_plan())
    assert drawn(spec)[2] == []
    assert "short: none" in spec["encoding"]["y"]["axis"]["labelExpr"]


def test_of_a_day_only_what_lies_in_it_is_drawn_and_the_rest_is_cut_off():
    shifts = [line(6, 8.0, 5), line(22, 8.0, 3), line(48, 8.0, 2), line(166, 10.0, 1)]
    short = [0.0] * 30 + [2.0]
    spec = shift_gantt(team_plan(*shifts, needed=short), "Tue")
    bars, _, missing = drawn(spec)
    assert spans(bars) == [(1, 22, 30, 3)]  # begun on Monday night
    assert spans(missing) == [(0, 30, 31, 2)]
    assert spec["encoding"]["x"]["scale"]["domain"] == [24, 48]
    assert all(layer["mark"]["clip"] for layer in spec["layer"])
    assert spec["title"] == "Shifts of Tue, standard week: claims @ Manila"
    monday = shift_gantt(team_plan(*shifts, needed=short), "Mon")
    assert [row["row"] for row in drawn(monday)[0]] == [1, 2, 3, 3]  # Sunday night's end, too
    assert drawn(monday)[2] == []
    assert "'short: none'" in monday["encoding"]["y"]["axis"]["labelExpr"]
    altair.Chart.from_dict(spec, validate=True)


def test_every_shift_is_drawn_on_some_day():
    team = touring_team()
    whole = {row["text"] for row in drawn(shift_gantt(team))[0]}
    by_day = {row["text"] for day in DAYS for row in drawn(shift_gantt(team, day))[0]}
    assert by_day == whole
