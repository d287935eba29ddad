"""Options of the command for charges at the margin: more work, less work, peaks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.commands.arguments import EngagementFile
from api.cli.numbers import volume_steps
from api.cli.peak_options import peak_size


def rates(
    file: EngagementFile,
    *,
    steps: Annotated[
        str,
        typer.Option(
            parser=volume_steps,
            metavar="5,10,20",
            show_default="5,10,20",
            help="Sustained changes of volume in per cent, each taken up and down.",
        ),
    ] = "5,10,20",
    peak: Annotated[
        str,
        typer.Option(
            parser=peak_size,
            metavar="+20%",
            show_default="+20%",
            help="Extra work of a one-week peak, priced by notice where there is a surge ladder.",
        ),
    ] = "+20%",
    no_surge: Annotated[
        bool, typer.Option("--no-surge", help="Leave the peak by hours of notice out: faster.")
    ] = False,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Write charts and tables to an HTML page."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Write page, tables and report to DIR."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Propose charges for more and less work (ARC, RRC, surge) from re-solved steps of volume.

    Beside those of the contract; planned anew where there is time to hire, with the people of the
    plan where there is none.
    """
    from api.cli.rates import RateTargets, run_rates

    run_rates(
        file,
        {"steps": steps, "peak": peak, "surge": not no_surge},
        RateTargets(plot=plot, out=out),
        as_json=json,
        quiet=quiet,
    )
