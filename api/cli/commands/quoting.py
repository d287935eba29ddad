"""Options of the commands for sales: quotes, and the documents they are made of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.commands.arguments import EngagementFile
from api.cli.numbers import share, whole_number, zero_or_more


def quote(
    file: EngagementFile,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print the quote as JSON.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Also write the JSON to FILE.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Price an engagement: two offers, with plan, cost, break-even and risk."""
    from api.cli.quote import run_quote

    run_quote(file, as_json=json, out=out, quiet=quiet)


def explain(
    file: Annotated[
        Path,
        typer.Argument(metavar="QUOTE", help="Quote in JSON (quote --out).", show_default=False),
    ],
    path: Annotated[
        str,
        typer.Argument(
            metavar="PATH",
            help="Which number, e.g. offers.output_based.prices[claims].price; "
            "none: what can be explained.",
            show_default=False,
        ),
    ] = "",
    *,
    depth: Annotated[
        int,
        typer.Option(
            parser=whole_number(0, 6), metavar="0..6", help="How many generations of inputs."
        ),
    ] = 1,
    json: Annotated[bool, typer.Option("--json", help="Print the explanation as JSON.")] = False,
) -> None:
    """Unfold any number of a quote into its formula, inputs, sources and rounding."""
    from api.cli.explain import run_explain

    run_explain(file, path, depth=depth, as_json=json)


def simulate(
    file: Annotated[
        Path,
        typer.Argument(metavar="QUOTE", help="Quote in JSON (quote --out).", show_default=False),
    ],
    *,
    replications: Annotated[
        int,
        typer.Option(
            parser=whole_number(5, 10_000), metavar="5..10000", help="Independent weeks to play."
        ),
    ] = 20,
    seed: Annotated[
        int,
        typer.Option(parser=whole_number(0), metavar="NUMBER", help="Root of all random numbers."),
    ] = 1,
    handle_time_cv: Annotated[
        float | None,
        typer.Option(
            parser=zero_or_more,
            metavar="NUMBER",
            help="Lognormal handling times of this variation, not exponential.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Play a quote's staffing plan contact by contact and compare with its targets."""
    from api.cli.simulate import run_simulate
    from staffing.simulation import SimulationSettings

    settings = SimulationSettings(replications, seed, handle_time_cv)
    run_simulate(file, settings, as_json=json, quiet=quiet)


def invoice(
    file: Annotated[
        Path,
        typer.Argument(metavar="QUOTE", help="Quote in JSON (quote --out).", show_default=False),
    ],
    *,
    volumes: Annotated[
        Path | None,
        typer.Option(
            "--volumes",
            metavar="FILE",
            help="What happened: YAML, JSON, CSV or XLSX; what it leaves out went as planned.",
        ),
    ] = None,
    offer: Annotated[
        str, typer.Option("--offer", help="input_based, output_based or both.")
    ] = "both",
    month: Annotated[
        int | None,
        typer.Option(
            parser=whole_number(1, 120),
            metavar="NUMBER",
            help="Contract month; else that of the file, else the first.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the invoices as JSON.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Also write to FILE: .xlsx, .csv or .json."),
    ] = None,
) -> None:
    """Bill a month under either offer: every charge a line, lines sum to the total."""
    from api.cli.invoice import run_invoice

    run_invoice(file, volumes, offer=offer, month=month, as_json=json, out=out)


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


def validate(file: EngagementFile) -> None:
    """Check an engagement; name every field that is wrong and what is accepted."""
    from api.cli.validate import run_validate

    run_validate(file)


def schema() -> None:
    """Print the JSON Schema of an engagement."""
    from api.cli.schema import run_schema

    run_schema()
