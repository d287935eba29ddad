"""Rosters in the plan: who works the standard week, with breaks and days off where they are asked.

Intervals count from Monday 00:00, site-local.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Document(BaseModel):
    """Base of every document: frozen, and unknown fields are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ShiftLine(Document):
    """People who work the same shift of the standard week; its length includes breaks."""

    day: str
    start: str
    length_h: float
    heads: int
    start_interval: int


class BreakLine(Document):
    """People who start the same break in the same interval."""

    rule: str
    start_interval: int
    length_intervals: int
    heads: int


class TourLine(Document):
    """People who work the same days of the week on one tour, in one band of starts."""

    tour: str
    band_start: str
    length_h: float
    days: tuple[str, ...]
    people: int


class PersonShift(Document):
    """One shift of a person, the interval in which each of its breaks starts, and their rules."""

    start_interval: int
    length_h: float
    breaks: tuple[int, ...]
    break_rules: tuple[str, ...] = ()


class PersonLine(Document):
    """People with the same week; `tour` is empty where each shift stands for itself."""

    tour: str
    people: int
    shifts: tuple[PersonShift, ...]


class Proof(Document):
    """What the solver proved about a roster.

    `objective` is the cost of paid hours, seats and priced shortfall; then bound, gap and why the
    search stopped.
    """

    objective: float
    bound: float
    gap: float
    stop_reason: str


class WeekRoster(Document):
    """The standard week of a team, one entry per interval where tuples of numbers are given.

    `on_duty` counts people in their shifts, `at_work` those of them who are not on a break,
    `shortfall` the heads missing to `required_heads`. `breaks`, `tours` and `people` are empty
    where the labour rules know neither breaks nor tours. `paid_hours` leaves out unpaid breaks.
    """

    shifts: tuple[ShiftLine, ...]
    breaks: tuple[BreakLine, ...] = ()
    tours: tuple[TourLine, ...] = ()
    people: tuple[PersonLine, ...] = ()
    required_heads: tuple[float, ...]
    on_duty: tuple[int, ...]
    at_work: tuple[int, ...]
    shortfall: tuple[float, ...]
    paid_hours: float
    paid_hours_by_class: dict[str, float]
    labour_cost: float
    shortfall_cost: float = 0.0
    peak_heads: int
    proof: Proof
