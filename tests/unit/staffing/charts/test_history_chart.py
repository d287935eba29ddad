"""The line of a history."""

from staffing.charts import history_line


def line(step, values, starts_on="2027-01-31"):
    chart = history_line({"starts_on": starts_on, "step": step, "values": values})
    assert chart["encoding"]["y"]["field"] == "units"
    return chart, [(row["at"], row["units"]) for row in chart["data"]["values"]]


def test_months_keep_their_day_where_there_is_one():
    _, rows = line("month", [10, 20, "30.5"])
    assert rows == [
        ("2027-01-31T00:00:00", 10),
        ("2027-02-28T00:00:00", 20),
        ("2027-03-31T00:00:00", 30.5),
    ]


def test_hours_and_weeks_are_steps_of_their_length():
    assert line("hour", [1, 2])[1][1][0] == "2027-01-31T01:00:00"
    assert line("week", [1, 2])[1][1][0] == "2027-02-07T00:00:00"


def test_without_a_day_steps_are_numbered():
    chart, rows = line("week", [1, 2], starts_on="soon")
    assert [at for at, _ in rows] == ["1", "2"]
    assert chart["encoding"]["x"]["type"] == "quantitative"
    assert line("fortnight", [1])[0]["encoding"]["x"]["type"] == "quantitative"
