"""Options of `crewquote proposal`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.commands.arguments import EngagementFile
from api.cli.numbers import whole_number
from api.cli.peak_options import calendar_day, notice_hours, peak_size

_USUAL_PEAK = 0.6


def proposal(  # noqa: PLR0913 (an argument for every option)
    file: EngagementFile,
    *,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Where it goes: .pdf, .xlsx (bills as formulas), .html or .json.",
            show_default=False,
        ),
    ],
    priced: Annotated[
        Path | None,
        typer.Option(
            "--quote",
            metavar="FILE",
            help="The engagement's quote in JSON (quote --out); else it is priced now.",
        ),
    ] = None,
    vendor: Annotated[
        str | None, typer.Option("--vendor", metavar="NAME", help="Who makes the proposal.")
    ] = None,
    number: Annotated[
        str | None, typer.Option("--number", metavar="TEXT", help="Number of the proposal.")
    ] = None,
    issued: Annotated[
        str | None,
        typer.Option(
            "--issued",
            parser=calendar_day,
            metavar="DATE",
            help="Day from which it holds; else today.",
            show_default=False,
        ),
    ] = None,
    peak: Annotated[
        float | None,
        typer.Option(
            parser=peak_size,
            metavar="+60%",
            help="Peak the proposal shows: extra work beside the ordinary; else +60% where a site "
            "can meet a peak.",
            show_default=False,
        ),
    ] = None,
    notice: Annotated[
        float,
        typer.Option(
            parser=notice_hours,
            metavar="48h",
            show_default="48h",
            help="From the call to its first extra work.",
        ),
    ] = 48.0,
    weeks: Annotated[
        int,
        typer.Option(parser=whole_number(1, 52), metavar="1..52", help="How long it lasts."),
    ] = 4,
    no_peak: Annotated[bool, typer.Option("--no-peak", help="Say nothing of peaks.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Write the proposal for the client: both offers, risks, people, peaks, terms.

    Nothing of cost or margin is in it, in none of its forms.
    """
    from datetime import date

    from api.cli.proposal import ProposalRequest, run_proposal

    asked = {"size": peak or _USUAL_PEAK, "notice_h": notice, "days": 7 * weeks}
    run_proposal(
        file,
        ProposalRequest(
            out=out,
            issued=date.fromisoformat(issued) if issued else date.today(),  # noqa: DTZ011 (a wall calendar's day)
            priced=priced,
            vendor=vendor,
            number=number,
            peak=None if no_peak else asked,
            usual_peak=peak is None,
        ),
        quiet=quiet,
    )
