"""Small problems of hiring under uncertain demand."""

from typing import Any

import numpy as np

from staffing.hiring.two_stage import Pool, TwoStageProblem


def pool(name="records @ Manila", **changes):
    """Return a pool with the costs of the measured method, one wage week = 1."""
    fields: dict[str, Any] = {
        "existing": 100.0,
        "go_live_max": 0.0,
        "hires_max": 15.0,
        "lead_weeks": 6,
        "ramp": (0.4, 0.55, 0.7, 0.85, 0.95),
        "weekly_attrition": 0.01,
        "hire_cost": 3.8,
        "weekly_wage": 1.0,
        "surge_weekly_cost": 1.9,
        "surge_effectiveness": 0.85,
        "surge_min_weeks": 8,
        "surge_notice_weeks": 0,
        "overtime_cost": 1.6,
        "overtime_share_max": 0.12,
        "backlog_cost": 0.05,
        "backlog_weeks": 2.0,
        "deferrable_share": 0.3,
        "shortfall_price": 12.0,
    }
    return Pool(name=name, **(fields | changes))


def demand_paths(scenarios, weeks=20, pools=1, seed=0, spread=1.0):
    """Return demand around 100 FTE: level, growth, a season, weekly noise."""
    draw = np.random.default_rng(seed)
    week = np.arange(weeks)[None, :, None]
    level = 1 + spread * 0.08 * draw.standard_normal((scenarios, 1, pools))
    growth = spread * 0.2 * draw.standard_normal((scenarios, 1, pools)) * week / 52
    season = 0.12 * np.exp(-(((week - weeks / 2) / 4) ** 2))
    noise = spread * 0.03 * draw.standard_normal((scenarios, weeks, pools))
    return 100 * np.maximum(level + growth + season + noise, 0.0)


def problem(scenarios=20, weeks=20, pools=1, seed=0, spread=1.0, surge_heads=30.0, **changes):
    """Return a problem of equal pools over one surge group."""
    risk = {name: changes.pop(name) for name in ("risk_aversion", "tail") if name in changes}
    return TwoStageProblem(
        pools=tuple(pool(f"pool {k}", **changes) for k in range(pools)),
        week_weights=np.ones(weeks),
        demand=demand_paths(scenarios, weeks, pools, seed, spread),
        probability=np.full(scenarios, 1 / scenarios),
        surge_group=(0,) * pools,
        surge_heads=(surge_heads,),
        **risk,
    )
