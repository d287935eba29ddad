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
            "paid_hours": float(sum(week)),
            "peak_heads": max(week),
            "proof": {"gap": 0.0125},
        },
        "workforce": weeks,
    }


def plan(*teams: dict[str, Any]) -> dict[str, Any]:
    """A plan of these teams."""
    return {"teams": list(teams or (team(),))}
