"""Options of the commands for planners: people, without a price."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.commands.arguments import EngagementFile
from api.cli.numbers import share, whole_number, zero_or_more
from api.cli.peak_options import notice_hours, peak_size, start_of_peak


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
