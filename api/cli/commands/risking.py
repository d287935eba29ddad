"""Options of `crewquote risk`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.commands.arguments import EngagementFile
from api.cli.numbers import whole_number


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
