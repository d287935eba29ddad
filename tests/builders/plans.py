"""A staffing plan as JSON that can be checked by hand, on an hourly grid."""

from typing import Any

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def line(start_interval: int, length_h: float, heads: int) -> dict[str, Any]:
    """A shift that begins on the hour."""
    day, hour = divmod(start_interval, 24)
    return {
        "day": DAYS[day],
        "start": f"{hour:02d}:00",
        "length_h": length_h,
        "heads": heads,
        "start_interval": start_interval,
    }


def on_duty(lines: list[dict[str, Any]]) -> list[int]:
    """People at work in every hour of the week."""
    week = [0] * 168
    for one in lines:
        for hour in range(int(one["length_h"])):
            week[(one["start_interval"] + hour) % 168] += one["heads"]
    return week


def team(
    service: str = "claims", site: str = "Manila", lines: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """A team with a day shift, a Sunday night, and half a head short in one hour."""
    lines = lines or [line(6, 8.0, 5), line(166, 10.0, 2)]
    week = on_duty(lines)
    needed = [max(0.0, heads - 0.25) for heads in week]
    needed[8] = 5.5
    weeks = {name: [2.0] * 5 for name in ("needed", "productive", "payroll", "overtime", "surge")}
    return {
        "service": service,
        "site": site,
        "hours_per_fte_week": 35.0,
        "roster": {
            "shifts": lines,
            "required_heads": needed,
            "on_duty": week,
            "at_work": week,
            "breaks": [],
            "tours": [],
            "people": [],
            "shortfall_cost": 0.0,
            "paid_hours": float(sum(week)),
            "peak_heads": max(week),
            "proof": {"gap": 0.0125},
        },
        "workforce": weeks,
    }


def touring_team() -> dict[str, Any]:
    """Three people, each shift with a meal of an hour: 44 hours on duty, 39 at work.

    Two work Monday from 06:00 and Sunday from 22:00, one works Monday only and eats an hour later.
    Half a head is short on Monday at 10:00.
    """
    document = team(lines=[line(6, 8.0, 3), line(166, 10.0, 2)])
    roster = document["roster"]
    meals = [break_line(10, 2), break_line(11, 1), break_line(2, 2)]
    at_work = list(roster["on_duty"])
    for meal in meals:
        at_work[meal["start_interval"]] -= meal["heads"]
    needed = [float(heads) for heads in at_work]
    needed[10] = 1.5
    roster |= {
        "breaks": meals,
        "tours": [
            tour_line("two days", 6, 8.0, ("Mon", "Sun"), 2),
            tour_line("one day", 6, 8.0, ("Mon",), 1),
        ],
        "people": [
            person_line("two days", 2, (6, 8.0, 10), (166, 10.0, 2)),
            person_line("one day", 1, (6, 8.0, 11)),
        ],
        "at_work": at_work,
        "required_heads": needed,
        "paid_hours": 39.0,
        "shortfall_cost": 7.5,
    }
    return document


def break_line(start_interval: int, heads: int, rule: str = "meal") -> dict[str, Any]:
    """A break of an hour."""
    return {
        "rule": rule,
        "start_interval": start_interval,
        "length_intervals": 1,
        "heads": heads,
    }


def tour_line(
    tour: str, band_h: int, length_h: float, days: tuple[str, ...], people: int
) -> dict[str, Any]:
    """People who work the same days on one tour."""
    return {
        "tour": tour,
        "band_start": f"{band_h:02d}:00",
        "length_h": length_h,
        "days": list(days),
        "people": people,
    }


def person_line(tour: str, people: int, *shifts: tuple[int, float, int]) -> dict[str, Any]:
    """People with the same shifts, each given by start, length, and start of its meal."""
    return {
        "tour": tour,
        "people": people,
        "shifts": [
            {
                "start_interval": start,
                "length_h": length_h,
                "breaks": [meal],
                "break_rules": ["meal"],
            }
            for start, length_h, meal in shifts
        ],
    }


def plan(*teams: dict[str, Any]) -> dict[str, Any]:
    """A plan of these teams."""
    return {"teams": list(teams or (team(),))}
