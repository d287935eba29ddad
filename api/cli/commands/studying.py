"""Options of the commands for sales and solution: risk, where to deliver, rates at the margin."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.commands.arguments import EngagementFile
from api.cli.numbers import share, whole_number


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


def risk(
    file: EngagementFile,
    *,
    draws: Annotated[
        int,
        typer.Option(
            parser=whole_number(1_000, 1_000_000),
            metavar="1000..1000000",
            help="Futures to draw, the same for both offers.",
        ),
    ] = 100_000,
    seed: Annotated[
        int, typer.Option(parser=whole_number(0), metavar="NUMBER", help="Root of all draws.")
    ] = 0,
    budget: Annotated[
        str | None,
        typer.Option(
            "--budget",
            metavar="AMOUNT",
            help="What the client can pay over the term: how often a bill exceeds it.",
        ),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Write charts and tables to an HTML page."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write a workbook (.xlsx).")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the study as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Show what may come and what it means for both offers: bill, cost, margin, premium.

    Volume, work per unit, people, wages and exchange rates are drawn together; what each future
    costs is known from few solved ones, with its error.
    """
    from api.cli.risk import RiskTargets, run_risk

    run_risk(
        file,
        {"draws": draws, "seed": seed, "budget": budget},
        RiskTargets(plot=plot, out=out),
        as_json=json,
        quiet=quiet,
    )
