"""The use case: an engagement in, a forecast of one of its services out.

Command line and HTTP both call `forecast_report`. No rate is read and no shift is planned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.briefing import service_brief
from staffing.calendar import ContractCalendar
from staffing.errors import BadInputError
from staffing.forecast.documents import ForecastStudy
from staffing.forecast.study import StatedSpread, forecast_study, spread_in_words
from staffing.grid import WeekGrid

if TYPE_CHECKING:
    from collections.abc import Callable

    from pricing.engagement import Engagement
    from staffing.forecast.documents import ForecastRequest


class ForecastReport(ForecastStudy):
    """A forecast in the engagement's names; `spread` is its error against what is stated."""

    engagement: str
    unit: str
    time_zone: str
    spread: str


def forecast_report(
    engagement: Engagement,
    request: ForecastRequest,
    *,
    progress: Callable[[str], None] | None = None,
) -> ForecastReport:
    """Forecast a service of an engagement, and compare with the demand it is quoted for.

    The same engagement and request give the same report.

    Parameters
    ----------
    engagement : Engagement
        A resolved document (volumes inline).
    request : ForecastRequest
        Service, method, horizon.
    progress : callable, optional
        Called with a short text before each step.

    Raises
    ------
    BadInputError
        When there is no such service, its demand cannot be quoted, or the method cannot continue
        its history.
    """
    index = _index(engagement, request.service)
    grid = WeekGrid(engagement.interval_minutes)
    calendar = ContractCalendar(engagement.start, engagement.term_months)
    cv = engagement.commercial.uncertainty.volume_cv
    stated = StatedSpread(float(cv.value), cv.is_assumed)
    service = service_brief(engagement, index, grid)
    study = forecast_study(service, calendar, grid, request, stated, progress)
    return ForecastReport(
        **{name: getattr(study, name) for name in ForecastStudy.model_fields},
        engagement=engagement.name,
        unit=engagement.services[index].unit,
        time_zone=engagement.services[index].time_zone,
        spread=spread_in_words(study),
    )


def _index(engagement: Engagement, name: str | None) -> int:
    """Place of a service; without a name the first with a history, else the first."""
    names = [service.name for service in engagement.services]
    if name is None:
        with_history = (
            at for at, one in enumerate(engagement.services) if one.volume.history is not None
        )
        return next(with_history, 0)
    if name not in names:
        accepted = f"the name of a service: {', '.join(names)}"
        raise BadInputError.at("service", name, accepted)
    return names.index(name)
