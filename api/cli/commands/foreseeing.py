"""Options of the command that forecasts volumes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.commands.arguments import EngagementFile
from api.cli.numbers import whole_number


def forecast(  # noqa: PLR0913 (an argument for every option)
    file: EngagementFile,
    *,
    service: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Which service; else the first with a history."),
    ] = None,
    method: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="best (the smallest errors), seasonal_naive, level, stl_ets or ets.",
        ),
    ] = "best",
    weeks: Annotated[
        int | None,
        typer.Option(
            parser=whole_number(1, 1_040),
            metavar="1..1040",
            help="Weeks after the history; else to the end of the term, a year at least.",
        ),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot", metavar="FILE", help="Write charts and tables to .html, or the chart to .png."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write page, JSON and CSV.")
    ] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print week by week as CSV.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the forecast as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Forecast a service's volumes, test the methods on its past, and compare with the quote.

    For planners: each method forecasts what is known already, from many dates in the past; its
    errors then say how far off the future may be.
    """
    from api.cli.forecast import ForecastTargets, run_forecast

    form = "json" if json else "csv" if csv else "text"
    asked = {"service": service, "method": method, "weeks": weeks}
    run_forecast(file, asked, ForecastTargets(plot=plot, out=out, form=form), quiet=quiet)
