"""Options of the commands for sales: quotes, and the documents they are made of."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from api.cli.commands.arguments import EngagementFile
from api.cli.numbers import between, money_amount, whole_number, zero_or_more


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


def bills(
    file: Annotated[
        Path,
        typer.Argument(metavar="QUOTE", help="Quote in JSON (quote --out).", show_default=False),
    ],
    *,
    month: Annotated[
        int | None,
        typer.Option(
            parser=whole_number(1, 120),
            metavar="NUMBER",
            help="Contract month the terms refer to; else the one nearest to the average volume.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the bills as JSON.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Also write to FILE: .csv or .json."),
    ] = None,
) -> None:
    """Show both bills over volume with all terms of the contract, and where the cheaper changes."""
    from api.cli.bills import run_bills

    run_bills(file, month=month, as_json=json, out=out)


def compare(  # noqa: PLR0913 (an argument for every option)
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Quote in JSON (quote --out), or an engagement, which is priced first.",
            show_default=False,
        ),
    ],
    *,
    budget: Annotated[
        Decimal | None,
        typer.Option(
            parser=money_amount,
            metavar="AMOUNT",
            help="Budget of the whole term: how likely each bill is above it.",
        ),
    ] = None,
    volume: Annotated[
        float,
        typer.Option(
            parser=between(0.1, 3), metavar="0.1..3", help="What you believe, as a share of plan."
        ),
    ] = 1.0,
    productivity: Annotated[
        float,
        typer.Option(
            parser=between(0.1, 3), metavar="0.1..3", help="What you believe, as a share of plan."
        ),
    ] = 1.0,
    vendor: Annotated[
        bool,
        typer.Option("--vendor", help="Add the vendor's view: margins. Not for clients."),
    ] = False,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Write charts and tables to an HTML page."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write a workbook (.xlsx).")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the comparison as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Compare both offers as the client may see them, and with doing the work in-house.

    Holds no cost and no margin unless --vendor is given; page and workbook never do.
    """
    from api.cli.compare import CompareTargets, run_compare

    targets = CompareTargets(plot=plot, out=out, as_json=json, vendor=vendor)
    asked = {"budget": budget, "volume": volume, "productivity": productivity}
    run_compare(file, asked, targets, quiet=quiet)


def validate(file: EngagementFile) -> None:
    """Check an engagement; name every field that is wrong and what is accepted."""
    from api.cli.validate import run_validate

    run_validate(file)


def schema() -> None:
    """Print the JSON Schema of an engagement."""
    from api.cli.schema import run_schema

    run_schema()
