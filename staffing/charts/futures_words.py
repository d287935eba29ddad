"""A study of futures in sentences and cells, the same on a terminal and on a page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from staffing.charts.futures import notice_name, step_name
from staffing.charts.futures_rows import week_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from staffing.charts.futures_rows import WeekRow

    Json = Mapping[str, Any]

_STATISTICS = {
    "mean": ("mean", "expected"),
    "P10": ("one future of ten stays below (P10)", "p10"),
    "P50": ("half stay below (P50)", "p50"),
    "P90": ("nine of ten stay below (P90)", "p90"),
}
_CERTIFIED_TAIL = 0.95
_ROUNDING = 1e-9
_LEAST_SHARE = 5e-5  # what would be shown as 0.00 %


def in_words(report: Json) -> dict[str, str]:
    """Say where the futures come from, what the plan is worth, and what is proven.

    Returns
    -------
    dict
        Sentences: ``source``, ``service``, ``bounds``, ``stochastic``, ``information``, ``proof``,
        ``marginal``.
    """
    plan = report["plan"]
    value, proof, money = plan["value"], plan["proof"], report["currency"]
    weighed = "mean cost"
    if plan["risk_aversion"]:
        weighed = (
            f"{100 * (1 - plan['risk_aversion']):g} % of the mean cost and "
            f"{100 * plan['risk_aversion']:g} % of the mean of {_worst(plan['tail'])}"
        )
    gained, known = value["stochastic_solution"], value["information"]
    rounds = proof["iterations"]
    within = ""
    if proof["gap"] > _LEAST_SHARE:
        within = f"by more than {100 * proof['gap']:.2f} % "
    how = f"after {rounds} round{'s' if rounds > 1 else ''}" if rounds else "by one linear program"
    return {
        "source": _source(report),
        "service": (
            f"{100 * plan['service']:.2f} % of the work is done in time on average, "
            f"{100 * plan['service_p10']:.2f} % or more in nine futures of ten."
        ),
        "bounds": _bounds(report),
        "stochastic": (
            f"Planning for many futures is worth {gained:,.0f} {money} "
            f"({_share(gained, proof['objective'])}): so much more the plan made for average "
            f"demand would cost in these futures, by {weighed}."
        ),
        "information": (
            f"Knowing demand beforehand would be worth {known:,.0f} {money} at most "
            f"({_share(known, proof['objective'])}): no forecast can save more than that."
        ),
        "proof": f"No plan of hiring is better {within}in these futures, proven {how}.",
        "marginal": (
            "The people hired stay the same; overtime, people called off, waiting and what is not "
            "done in time make the difference. Less work saves little, as wages are paid all the "
            f"same. Sold at the target margin, {money} 1 of marginal cost is "
            f"{money} {report['price_factor']:.3f} of price; at the floor margin "
            f"{report['floor_price_factor']:.3f}."
        ),
    }


def people_cells(report: Json) -> list[dict[str, str]]:
    """Who is hired, one row per team."""
    weights = report["plan"]["week_weights"]
    return [
        {
            "team": pool["name"],
            "already there": f"{pool['existing']:,.1f}" if pool["existing"] else "",
            "on day one": f"{pool['go_live']:,.1f}",
            "hires later": f"{sum(pool['hires']):,.1f}",
            "staff, mean FTE": f"{_mean(pool['staff'], weights):,.1f}",
            "need, mean FTE": f"{_mean(pool['demand_mean'], weights):,.1f}",
            "need P10": f"{_mean(pool['demand_p10'], weights):,.1f}",
            "P90": f"{_mean(pool['demand_p90'], weights):,.1f}",
        }
        for pool in report["plan"]["pools"]
    ]


def quarter_cells(report: Json, pool: str) -> list[dict[str, str]]:
    """Need, staff and hires of a team by the calendar quarter in which weeks begin."""
    weeks: dict[str, list[WeekRow]] = {}
    for row in week_rows(report):
        if row.team == pool:
            day = date.fromisoformat(row.week_of)
            weeks.setdefault(f"{day.year} Q{(day.month + 2) // 3}", []).append(row)
    means = {"staff": "staff", "need P10": "need_p10", "P50": "need_p50", "P90": "need_p90"}
    return [
        {"quarter": name, "hires": f"{sum(row.hires for row in rows):,.1f}"}
        | {
            title: f"{_mean([getattr(row, key) for row in rows], [row.weeks for row in rows]):,.1f}"
            for title, key in means.items()
        }
        for name, rows in weeks.items()
    ]


def statistic_cells(report: Json) -> list[dict[str, str]]:
    """Cost over the scenarios and, where futures were priced, their bounds and random error."""
    own, money, tail = report["plan"]["cost"], report["currency"], report["plan"]["tail"]
    found = {}
    if report["cost"]:
        found = {one["name"]: one for one in report["cost"]["certified"]["statistics"]}
    rows = [("", "hiring and wages, in every future", own["hiring"])]
    rows += [(name, label, own[key]) for name, (label, key) in _STATISTICS.items()]
    same = abs(tail - _CERTIFIED_TAIL) < _ROUNDING
    rows.append(("CVaR95" if same else "", f"mean of {_worst(tail)}", own["at_risk"]))
    cells = [_cost_cells(label, value, money, found.get(name)) for name, label, value in rows]
    if found and not same:
        label = f"mean of {_worst(_CERTIFIED_TAIL)}"
        cells.append(_cost_cells(label, None, money, found["CVaR95"]))
    return cells


def marginal_cells(report: Json) -> list[dict[str, str]]:
    """Cost of a full-time week by step of work, and of the next and the last one, by team."""
    rows = []
    for slope in report["marginal"]["slopes"]:
        steps = [one for one in report["marginal"]["steps"] if one["pool"] == slope["pool"]]
        down = {step_name(one["share"]): one for one in steps if one["share"] < 0}
        up = {step_name(one["share"]): one for one in steps if one["share"] > 0}
        cells = {name: f"{round(one['cost_per_week']):,}" for name, one in down.items()}
        cells |= {
            "last week saves": f"{round(slope['rrc']):,}",
            "next one costs": f"{round(slope['arc']):,}",
        }
        cells |= {name: f"{round(one['cost_per_week']):,}" for name, one in up.items()}
        rows.append({f"{report['currency']} per full-time week": slope["pool"]} | cells)
    return rows


def spike_cells(report: Json) -> list[dict[str, str]]:
    """Cost of a full-time week of a one-week spike by notice, by team."""
    rows: dict[str, dict[str, str]] = {}
    for one in report["marginal"]["spikes"]:
        share = f"{100 * one['share']:g} % more in one week, known ahead"
        cells = rows.setdefault(one["pool"], {share: f"{one['pool']}, week {one['week']}"})
        cells[notice_name(one["notice_weeks"])] = f"{round(one['cost_per_week']):,}"
    return list(rows.values())


def _source(report: Json) -> str:
    source = report["source"]
    if source["kind"] == "table":
        return f"{source['scenarios']:,} futures as the table states them."
    spread = source["spread"]
    weekly = sorted({f"{100 * one['weekly_cv']:.1f}" for one in spread["weekly"]})
    return (
        f"{source['scenarios']:,} futures drawn around the forecast: volume ± "
        f"{100 * spread['volume_cv']:g} % and productivity ± {100 * spread['productivity_cv']:g} % "
        f"over the term, growth ± {100 * spread['growth_sd']:g} points a year, season ± "
        f"{100 * spread['season_cv']:g} %, single weeks ± {' and '.join(weekly)} % (one standard "
        f"deviation each; seed {source['seed']})."
    )


def _bounds(report: Json) -> str:
    """Say what is proven of the priced futures; empty where there are none."""
    if not report["cost"]:
        return "No futures were priced beside the scenarios."
    certified = report["cost"]["certified"]
    held = (
        "every figure is known better than the random error of the draws"
        if certified["certified"]
        else "not every figure is known as well as the random error of the draws allows"
    )
    return (
        f"{certified['futures']:,} further futures ({', '.join(report['cost']['factors'])}, up to "
        f"{report['cost']['truncation_sigma']:g} standard deviations; single weeks on their "
        f"forecast) were priced between proven bounds with {certified['solves']:,} exact solves: "
        f"{held}."
    )


def _cost_cells(label: str, value: float | None, money: str, bounds: Json | None) -> dict[str, str]:
    return {
        f"cost of the term, {money}": label,
        "scenarios": "" if value is None else f"{value:,.0f}",
        "all futures: at least": f"{bounds['lower']:,.0f}" if bounds else "",
        "at most": f"{bounds['upper']:,.0f}" if bounds else "",
        "random error": f"{bounds['standard_error']:,.0f}" if bounds else "",
    }


def _worst(tail: float) -> str:
    return f"the worst {100 * (1 - tail):.3g} %" if tail else "all futures"


def _share(value: float, whole: float) -> str:
    share = value / whole if whole else 0.0
    return f"{100 * share:.2f} %" if share > _LEAST_SHARE else "nothing"


def _mean(values: list[float], weights: list[float]) -> float:
    total = sum(value * weight for value, weight in zip(values, weights, strict=True))
    return total / sum(weights)
