"""What a volumes file may say about a quote: names it knows, days the month has, its currency."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from staffing.errors import BadInputError, FieldIssue, field_path, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pricing.invoice.month import Month


def check_actuals(month: Month) -> None:
    """Refuse what the quote does not know.

    Raises
    ------
    BadInputError
        One issue for each field: an unknown service, team, class, measure or currency; another
        currency than the quote's; more days than the month has; what no term is about.
    """
    issues = [
        *_names(month),
        *_classes(month),
        *_money(month),
        *_terms(month),
        *_limits(month),
        *_results(month),
    ]
    if issues:
        raise BadInputError(*issues)


def _names(month: Month) -> Iterator[FieldIssue]:
    agreement, actuals = month.agreement, month.actuals
    credits = month.terms.sla_credits
    measures = [measure.name for measure in credits.measures] if credits else []
    for kind, known, named in (
        ("services", [one.service for one in agreement.services], actuals.services),
        ("teams", [one.team for one in agreement.teams], actuals.teams),
        ("measured", [one.service for one in agreement.services], actuals.measured),
        ("sla", measures, actuals.sla),
        ("fx", [clause.currency for clause in month.terms.fx_clauses], actuals.fx),
    ):
        yield from (_unknown(field_path(kind, name), known) for name in named if name not in known)
    for at, one in enumerate(actuals.earn_back):
        if one.measure not in measures:
            path = field_path(field_path("earn_back", at), "measure")
            yield _unknown(path, measures, shorten(one.measure))


def _unknown(path: str, known: Iterable[str], found: str = "") -> FieldIssue:
    names = ", ".join(known)
    return FieldIssue(path, found, f"one of: {names}" if names else "none: the contract has none")


def _classes(month: Month) -> Iterator[FieldIssue]:
    for service in month.agreement.services:
        known = [one.name for one in service.classes]
        path = field_path(field_path("services", service.service), "classes")
        for name in month.service(service.service).classes:
            if name not in known:
                yield _unknown(field_path(path, name), known)


def _money(month: Month) -> Iterator[FieldIssue]:
    stated = month.actuals.currency
    if stated not in {None, month.currency}:
        accepted = f"the quote's currency, {month.currency}; convert the amounts before"
        yield FieldIssue("currency", shorten(stated), accepted)


def _terms(month: Month) -> Iterator[FieldIssue]:
    actuals, terms, days = month.actuals, month.terms, month.days
    if days.served > days.of:
        yield FieldIssue("days", str(days.served), f"at most the {days.of} days of the month")
    conversion = terms.output_based.conversion if terms.output_based else None
    if (actuals.measured or actuals.converted_in is not None) and conversion is None:
        name = "measured" if actuals.measured else "converted_in"
        yield FieldIssue(name, "", "none: the contract has no conversion")
    teams = [one.team for one in month.agreement.teams]
    for name, measured in actuals.measured.items():
        path = field_path(field_path("measured", name), "hours")
        yield from (_unknown(field_path(path, n), teams) for n in measured.hours if n not in teams)
    if actuals.surge and terms.surge is None:
        yield FieldIssue("surge", "", "none: the contract has no surge terms")
    if actuals.savings and not (terms.output_based and terms.output_based.gainshare):
        yield FieldIssue("savings", str(actuals.savings), "0: the contract has no gainshare")
    if actuals.index_levels and terms.indexation is None:
        yield FieldIssue("index_levels", "", "none: the contract has no indexation")
    for service in month.agreement.services:
        collected = month.service(service.service).collections
        if (
            collected is not None
            and month.agreement.service_terms(service.service).collections is None
        ):
            path = field_path(field_path("services", service.service), "collections")
            yield FieldIssue(path, str(collected), "none: collections of it are not charged")
    for name, team in month.actuals.teams.items():
        inside = team.training_hours + team.break_hours + team.client_downtime_hours
        if team.hours is not None and inside > team.hours:
            accepted = f"training, breaks and downtime of at most these hours ({inside:f})"
            yield FieldIssue(
                field_path(field_path("teams", name), "hours"), f"{team.hours:f}", accepted
            )


def _limits(month: Month) -> Iterator[FieldIssue]:
    """What cannot be more, or less, than something else in the file or the contract."""
    for name, stated in month.actuals.services.items():
        if all(one.service != name for one in month.agreement.services):
            continue  # told apart
        accuracy = month.agreement.service_terms(name).accuracy
        sample = accuracy.sample if accuracy else None
        most = month.units(name) if sample is None else Decimal(sample)
        if stated.errors > most:
            what = "units done" if sample is None else "units in the sample"
            path = field_path(field_path("services", name), "errors")
            yield FieldIssue(path, f"{stated.errors:f}", f"at most the {what} ({most:f})")
    if month.terms.surge is not None:
        least = min(rate.notice_h for rate in month.terms.surge.rates)
        for at, call in enumerate(month.actuals.surge):
            path = field_path("surge", at)
            if call.notice_h < least:
                accepted = f"{least:f} or more: nobody has to come sooner"
                yield FieldIssue(field_path(path, "notice_h"), f"{call.notice_h:f}", accepted)
            if call.hours and not call.people:
                yield FieldIssue(
                    field_path(path, "people"), "0", "above 0, since hours were worked"
                )


def _results(month: Month) -> Iterator[FieldIssue]:
    """Results of a measure whose target is a share: 95 for 95 % would never miss it."""
    credits = month.terms.sla_credits
    shares = {
        one.name: one.target
        for one in (credits.measures if credits else ())
        if one.higher_is_better and one.target <= 1
    }
    stated = [(field_path("sla", name), name, value) for name, value in month.actuals.sla.items()]
    for at, one in enumerate(month.actuals.earn_back):
        path = field_path(field_path("earn_back", at), "results")
        stated += [(field_path(path, no), one.measure, v) for no, v in enumerate(one.results)]
    for path, name, value in stated:
        if name in shares and value > 1:
            accepted = f"a share from 0 to 1, as its target ({shares[name]:f})"
            yield FieldIssue(path, f"{value:f}", accepted)
