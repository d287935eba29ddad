"""Commands and options of `crewquote`; the work is done in the modules they import."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.cli.numbers import share, whole_number, zero_or_more
from api.cli.peak_options import notice_hours, peak_size, start_of_peak

PORT = whole_number(1, 65_535)

app = typer.Typer(
    name="crewquote",
    help="Price outsourced work: staffing plan, cost, and two competing offers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"crewquote {version('crewquote')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version, help="Print name and version."
        ),
    ] = False,
) -> None:
    """Price outsourced work: staffing plan, cost, and two competing offers."""


EngagementFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="Engagement in YAML or JSON.", show_default=False)
]


@app.command()
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


@app.command()
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


@app.command()
def staff(
    file: EngagementFile,
    *,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Write all charts to one HTML page."),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", metavar="DIR", help="Write tables as CSV to DIR."),
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="Write a workbook.")
    ] = None,
    ical: Annotated[
        Path | None, typer.Option("--ical", metavar="FILE", help="Write the shifts as a calendar.")
    ] = None,
    thorough: Annotated[
        bool,
        typer.Option(
            "--thorough",
            help="Search longer for tours and breaks: about 15 s per team, not repeatable.",
        ),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the plan as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Plan the people of an engagement, without prices: shifts, cover, hiring."""
    from api.cli.staff import Targets, run_staff

    targets = Targets(plot=plot, csv=csv, xlsx=xlsx, ical=ical)
    run_staff(file, targets, as_json=json, quiet=quiet, thorough=thorough)


@app.command()
def skills(  # noqa: PLR0913 (an argument for every option)
    file: EngagementFile,
    *,
    site: Annotated[
        str | None, typer.Option("--site", metavar="NAME", help="Only this site.")
    ] = None,
    services: Annotated[
        str | None,
        typer.Option("--services", metavar="A,B,...", help="Only these live services."),
    ] = None,
    premium: Annotated[
        float,
        typer.Option(
            parser=zero_or_more,
            metavar="NUMBER",
            help="What a flexible hour costs more: 0.1 = 10 %.",
        ),
    ] = 0.1,
    limit: Annotated[
        int | None,
        typer.Option(
            parser=whole_number(0),
            metavar="NUMBER",
            help="Most flexible people at once, before shrinkage.",
        ),
    ] = None,
    simulate: Annotated[
        bool | None,
        typer.Option(
            "--simulate/--no-simulate",
            help="Play every mix, or stop at its bounds. Played unless it takes minutes.",
            show_default=False,
        ),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Write a chart of each site to an HTML page."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the study as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Show what people who answer several live services of a site would save.

    For planners: a quote prices the teams apart, which is the safe side.
    """
    from api.cli.skills import run_skills
    from staffing.skill_week import SkillTerms

    terms = SkillTerms(premium, limit, simulate)
    run_skills(file, terms, site=site, services=services, plot=plot, as_json=json, quiet=quiet)


@app.command()
def surge(  # noqa: PLR0913 (an argument for every option)
    file: EngagementFile,
    *,
    peak: Annotated[
        float | None,
        typer.Option(
            parser=peak_size, metavar="+60%", help="Extra work beside the ordinary: +60% or 0.6."
        ),
    ] = None,
    people: Annotated[
        float | None,
        typer.Option(
            parser=zero_or_more,
            metavar="NUMBER",
            help="Instead of --peak: ordinary people it asks for within the promised 48 hours.",
        ),
    ] = None,
    notice: Annotated[
        float,
        typer.Option(
            parser=notice_hours,
            metavar="48h",
            show_default="48h",
            help="From the call to the first extra work.",
        ),
    ] = 48.0,
    weeks: Annotated[
        int,
        typer.Option(parser=whole_number(1, 52), metavar="1..52", help="How long it lasts."),
    ] = 4,
    service: Annotated[
        str | None,
        typer.Option(
            "--service", metavar="NAME", help="Whose peak; else the service with most work."
        ),
    ] = None,
    site: Annotated[
        str | None,
        typer.Option("--site", metavar="NAME", help="Where; else the site with most of the work."),
    ] = None,
    start: Annotated[
        str,
        typer.Option(
            parser=start_of_peak,
            metavar="DAY",
            help="Weekday or date on which it begins at 00:00, at the site: Mon, 2027-03-01.",
        ),
    ] = "Mon",
    shortfall: Annotated[
        float | None,
        typer.Option(
            parser=zero_or_more,
            metavar="PRICE",
            help="Price of an hour of work not done in time; else that of the engagement.",
        ),
    ] = None,
    all_in_time: Annotated[
        bool,
        typer.Option("--all-in-time", help="Refuse a peak of which some work would be late."),
    ] = False,
    client: Annotated[
        bool, typer.Option("--client", help="The client's view: no cost, margin or source.")
    ] = False,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Write the charts to an HTML page."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Write page, workbook, tables, JSON to DIR."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Show who could come for a peak, by when, at what cost, and what to charge for it."""
    from api.cli.surge import Wanted, run_surge

    if (peak is None) == (people is None):
        raise typer.BadParameter("give exactly one of --peak and --people", param_hint="surge")
    asked = {
        "size": peak,
        "people": people,
        "notice_h": notice,
        "days": 7 * weeks,
        "service": service,
        "site": site,
        "start": start,
        "shortfall_price": shortfall,
        "all_in_time": all_in_time,
    }
    wanted = Wanted(client=client, plot=plot, out=out, as_json=json)
    run_surge(file, asked, wanted, quiet=quiet)


@app.command()
def hire(
    file: EngagementFile,
    *,
    site: Annotated[
        str | None, typer.Option("--site", metavar="NAME", help="Only this site.")
    ] = None,
    service: Annotated[
        str | None, typer.Option("--service", metavar="A,B,...", help="Only these services.")
    ] = None,
    whole_people: Annotated[
        bool, typer.Option("--whole-people", help="Hire whole people; takes longer.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Write the plan as JSON, CSV and workbook."),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Write charts and tables to an HTML page."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the plan as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Plan who joins, helps out and leaves, week by week over the term, at least cost.

    For planners: hires, classes, overtime, temporary people and releases on the sites' terms.
    """
    from api.cli.hire import HireTargets, run_hire

    run_hire(
        file,
        HireTargets(out=out, plot=plot),
        site=site,
        services=service,
        whole_people=whole_people,
        as_json=json,
        quiet=quiet,
    )


@app.command()
def futures(  # noqa: PLR0913 (an argument for every option)
    file: EngagementFile,
    *,
    scenarios: Annotated[
        int,
        typer.Option(parser=whole_number(1, 2_000), metavar="1..2000", help="Futures to plan for."),
    ] = 200,
    demand: Annotated[
        Path | None,
        typer.Option("--demand", metavar="FILE", help="Futures from a CSV file instead."),
    ] = None,
    risk_aversion: Annotated[
        float,
        typer.Option(
            parser=share(1),
            metavar="0..1",
            help="Weight of the worst futures; the rest is on the mean.",
        ),
    ] = 0.5,
    tail: Annotated[
        float,
        typer.Option(
            parser=share(1, below=True),
            metavar="0..1",
            help="Where the worst begin: 0.95 is the dearest 5 %.",
        ),
    ] = 0.95,
    seed: Annotated[
        int, typer.Option(parser=whole_number(0), metavar="NUMBER", help="Root of all draws.")
    ] = 0,
    draws: Annotated[
        int,
        typer.Option(
            parser=whole_number(0, 1_000_000),
            metavar="0..1000000",
            help="Futures to price under the plan, between bounds; 0 for none.",
        ),
    ] = 100_000,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Write the study as JSON, CSV and workbook."),
    ] = None,
    plot: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Write charts and tables to an HTML page."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the study as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
) -> None:
    """Plan whom to hire before demand is known, and say what the futures cost.

    For planners: people are hired for all futures at once; overtime and people called off answer
    each of them.
    """
    from api.cli.futures import FuturesFiles, run_futures
    from staffing.futures_planner import FuturesTerms
    from staffing.futures_problem import Risk

    terms = FuturesTerms(scenarios, seed, draws, Risk(risk_aversion, tail))
    files = FuturesFiles(demand=demand, out=out, plot=plot)
    run_futures(file, terms, files, as_json=json, quiet=quiet)


@app.command()
def validate(file: EngagementFile) -> None:
    """Check an engagement; name every field that is wrong and what is accepted."""
    from api.cli.validate import run_validate

    run_validate(file)


@app.command()
def schema() -> None:
    """Print the JSON Schema of an engagement."""
    from api.cli.schema import run_schema

    run_schema()


@app.command()
def serve(
    *,
    host: Annotated[
        str, typer.Option(help="Loopback only, until there is authentication.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(parser=PORT, metavar="1..65535", help="Port of the API.")
    ] = 8000,
    dashboard_port: Annotated[
        int | None,
        typer.Option(
            parser=PORT, metavar="1..65535", help="Also start the dashboard on this port."
        ),
    ] = None,
    database: Annotated[Path, typer.Option(help="SQLite file with the quotes.")] = Path(
        "crewquote.sqlite"
    ),
    check: Annotated[
        bool, typer.Option("--check", help="Only check that the ports and the database serve.")
    ] = False,
) -> None:
    """Serve the HTTP API, and with it the dashboard if asked, until Ctrl-C."""
    try:
        from api.cli.serve import run_serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in {"api", "pricing", "staffing"}:
            raise
        message = f"the server is not installed ({error.name}); install crewquote[api]"
        raise typer.BadParameter(message, param_hint="serve") from None

    run_serve(host, port, database, dashboard_port, check=check)


def main() -> None:
    """Run the command line; errors of the science become messages and exit codes."""
    try:
        app()
    except Exception as error:  # looked at below; whatever is not ours goes on
        from api.cli.failure import report

        code = report(error)
        if code is None:
            raise
        sys.exit(code)
