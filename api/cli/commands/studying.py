"""Options of the commands for sales and solution: where to deliver, rates at the margin."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.commands.arguments import EngagementFile
from api.cli.numbers import share, volume_steps, whole_number
from api.cli.peak_options import peak_size


def sites(  # noqa: PLR0913 (an argument for every option)
    file: EngagementFile,
    *,
    max_sites: Annotated[
        int | None,
        typer.Option(parser=whole_number(1, 50), metavar="1..50", help="Most sites with work."),
    ] = None,
    min_sites: Annotated[
        int | None,
        typer.Option(
            parser=whole_number(1, 50),
            metavar="1..50",
            help="Fewest sites with work, so that one may fail.",
        ),
    ] = None,
    max_share: Annotated[
        float | None,
        typer.Option(
            parser=share(1), metavar="0..1", help="Most of all handling hours at one site."
        ),
    ] = None,
    min_share: Annotated[
        float,
        typer.Option(
            parser=share(1),
            metavar="0..1",
            help="Least share of a service that a team is opened for.",
        ),
    ] = 0.05,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Write charts and tables to an HTML page."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Write page, table, study, and the engagement that delivers so.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the study as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Choose where to deliver: sites, split of the work, night shifts or other clocks.

    Every service is planned at every site it may go to; the best split is proven, then planned.
    """
    from api.cli.sites import SiteTargets, run_sites

    asked = {"max_sites": max_sites, "min_sites": min_sites, "max_share": max_share}
    run_sites(
        file,
        {**asked, "min_share": min_share},
        SiteTargets(plot=plot, out=out),
        as_json=json,
        quiet=quiet,
    )


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
