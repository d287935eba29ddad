"""ForecastStudy: the frozen document of what a service's history foresees, and how surely."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from staffing.forecast.methods import AskedMethod, MethodName
from staffing.roster_plan import Document


class ForecastRequest(Document):
    """What to forecast, how, and how far."""

    service: str | None = Field(
        None, max_length=200, description="Its name; none: the first one with a history."
    )
    method: AskedMethod = Field(
        "best", description="best: the one with the smallest errors in the backtest."
    )
    weeks: int | None = Field(
        None,
        strict=True,
        ge=1,
        le=1_040,
        description="Weeks after the end of the history; none: to the end of the term, a year at "
        "least.",
    )


class HistoryColumns(Document):
    """The history by step: first day, units (at the service's scale), place in the year (0 first).

    A step is a week or a month.
    """

    starts: tuple[date, ...]
    units: tuple[float, ...]
    places: tuple[int, ...]


class BandErrors(Document):
    """Errors of a method from `first` to `last` steps ahead; `coverage` of P10 to P90."""

    first: int
    last: int
    mase: float | None
    wape: float | None
    bias: float | None
    coverage: float | None
    count: int


class MethodErrors(Document):
    """How a method did in the backtest.

    `against_naive` is its mean error over that of seasonal naive at the same dates, `year_cv` the
    spread of a year's volume around its forecast; `refused` says what an untried method would need.
    """

    method: MethodName
    title: str
    refused: str | None
    mase: float | None = None
    wape: float | None = None
    bias: float | None = None
    coverage: float | None = None
    against_naive: float | None = None
    year_cv: float | None = None
    bands: tuple[BandErrors, ...] = ()


class ForecastPeriod(Document):
    """Units in one step after the history, and what the quote is made for.

    The quote is null where the middle of the step is not in the term.

    P10 and P90 are null where too few dates could be tested; all three without a history.
    """

    start: date
    end: date
    p10: float | None
    p50: float | None
    p90: float | None
    quote: float | None


class ForecastMonth(Document):
    """A calendar month: `days` of it are forecast; bounds as if all its steps erred together."""

    month: str
    days: int
    p10: float | None
    p50: float | None
    p90: float | None
    quote: float | None


class QuotedDemand(Document):
    """What the engagement is quoted for, and how far off it says that may be.

    `history_cv` is the `year_cv` of the method the quote uses.
    """

    method: MethodName | None
    growth_per_year: float
    volume_cv: float
    volume_cv_is_assumed: bool
    history_cv: float | None
    units_over_term: float


class ForecastStudy(Document):
    """A forecast of one service with its bounds, the methods side by side, and the quote's demand.

    `season` is the index by place in the year (mean 1), empty without one; `week_shape` the share
    of a week's units by interval from Monday 00:00, service-local time. Without a history there is
    no method, and `periods` hold the weeks of the term as quoted.
    """

    schema_version: int = 1
    service: str
    step: Literal["week", "month"]
    history: HistoryColumns
    seasonal: bool
    method: MethodName | None
    best: MethodName | None
    verdict: str
    origins: tuple[date, ...]
    methods: tuple[MethodErrors, ...]
    periods: tuple[ForecastPeriod, ...]
    months: tuple[ForecastMonth, ...]
    season: tuple[float, ...]
    week_shape: tuple[float, ...]
    quoted: QuotedDemand
    notes: tuple[str, ...]
