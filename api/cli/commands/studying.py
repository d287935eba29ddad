"""Options of the commands for sales and solution: where to deliver, prices and rates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

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


def offers(  # noqa: PLR0913 (an argument for every option)
    file: EngagementFile,
    *,
    knowledge_volume: Annotated[
        float | None,
        typer.Option(
            parser=share(1),
            metavar="0..1",
            help="Share of the spread of its volume that the client knows; else the engagement's.",
        ),
    ] = None,
    knowledge_complexity: Annotated[
        float | None,
        typer.Option(
            parser=share(1),
            metavar="0..1",
            help="Share of the spread of its work per unit that the client knows.",
        ),
    ] = None,
    chooses: Annotated[
        str | None, typer.Option(metavar="service|bundle", help="An offer each, or one for all.")
    ] = None,
    risk_aversion: Annotated[
        float | None,
        typer.Option(
            parser=share(5),
            metavar="0..5",
            help="Standard deviations of the bill that the client adds when it compares.",
        ),
    ] = None,
    tail: Annotated[
        str | None, typer.Option(metavar="p10|cvar", help="How bad futures are measured.")
    ] = None,
    tail_margin: Annotated[
        float | None,
        typer.Option(metavar="NUMBER", help="Least margin in bad futures, from -1 to below 1."),
    ] = None,
    point: Annotated[
        str | None,
        typer.Option(
            metavar="RULE",
            help="Pair to quote: equal_premium, preferred_offer or expected_profit.",
        ),
    ] = None,
    outside: Annotated[
        float | None,
        typer.Option(
            metavar="NUMBER",
            help="The client's other option over the stand-alone input bill, e.g. 1.1.",
        ),
    ] = None,
    rival: Annotated[
        float,
        typer.Option(metavar="NUMBER", help="A rival's bill over the stand-alone input bill."),
    ] = 1.0,
    price_to_win: Annotated[
        str | None,
        typer.Option(
            metavar="PRICE", help="A price to judge: its margin, and what would hold the floor."
        ),
    ] = None,
    offer: Annotated[
        str,
        typer.Option(metavar="input_based|output_based", help="Whose price --price-to-win is."),
    ] = "output_based",
    name: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Its team (input) or service (output); else the first."),
    ] = None,
    draws: Annotated[
        int,
        typer.Option(
            parser=whole_number(1_000, 1_000_000), metavar="1000..1000000", help="Futures."
        ),
    ] = 100_000,
    seed: Annotated[
        int,
        typer.Option(parser=whole_number(0), metavar="NUMBER", help="Root of all draws."),
    ] = 0,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Write charts and tables to an HTML page."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Also write the JSON to FILE.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the study as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Price both offers for a client that chooses the cheaper: stand-alone, after choice, floors.

    Vendor's view: premium of the choice, a third offer, what would save, the price of each clause.
    """
    from api.cli.offers import OfferFiles, run_offers

    asked: dict[str, Any] = {
        "knowledge_volume": knowledge_volume,
        "knowledge_complexity": knowledge_complexity,
        "chooses": chooses,
        "risk_aversion": risk_aversion,
        "tail": tail,
        "tail_margin": tail_margin,
        "point": point,
        "outside": outside,
        "rival": rival,
        "draws": draws,
        "seed": seed,
    }
    if price_to_win is not None:
        asked["price_to_win"] = {"offer": offer, "name": name, "price": price_to_win}
    run_offers(file, asked, OfferFiles(plot=plot, out=out), as_json=json, quiet=quiet)
