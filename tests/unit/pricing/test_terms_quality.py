"""SLA credits, accuracy, turnaround on a stated clock."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from pricing.reading import read_document
from pricing.terms.line import total
from pricing.terms.output.accuracy import (
    AccuracyTerms,
    accuracy_line,
    errors_above,
    errors_in_sample,
    field_accuracy,
    record_accuracy,
)
from pricing.terms.output.turnaround import (
    TurnaroundTerms,
    clock_of,
    hours_taken,
    percentile_h,
    share_within,
    turnaround_line,
)
from pricing.terms.output.working_clock import always, working_hours
from pricing.terms.sla_credits import (
    CAP,
    EARN_BACK,
    MECHANISM,
    SlaCredits,
    credit_lines,
    earn_back_line,
)
from staffing.errors import BadInputError

D = Decimal
SLA: dict[str, Any] = {
    "at_risk": "0.12",
    "measures": [
        {"name": "accuracy", "target": "0.98", "allocation": "0.30"},
        {"name": "answered in 20 s", "target": "0.80", "allocation": "0.25"},
        {"name": "wait", "target": "60", "higher_is_better": False, "allocation": "0.50"},
    ],
    "earn_back_months": 3,
}
TERMS = SlaCredits.model_validate(SLA)
MON, FRI, SAT = date(2027, 1, 4), date(2027, 1, 8), date(2027, 1, 9)


def at(day: date, clock: str) -> datetime:
    """Moment of a day."""
    return datetime.combine(day, datetime.strptime(clock, "%H:%M").time())  # noqa: DTZ007 (local)


def test_two_missed_measures_as_worked_by_hand() -> None:
    results = {"accuracy": D("0.97"), "answered in 20 s": D("0.79"), "wait": D(60)}
    lines = credit_lines(TERMS, D(100_000), results)
    assert [line.mechanism for line in lines] == [MECHANISM] * 2
    assert [line.amount for line in lines] == [-3600, -3000]
    assert total(lines) == -6600


def test_credits_stop_at_the_amount_at_risk_in_a_line_of_its_own() -> None:
    results = {"accuracy": D(0), "answered in 20 s": D(0), "wait": D(999)}
    lines = credit_lines(TERMS, D(100_000), results)
    assert lines[-1].mechanism == CAP
    assert lines[-1].amount == 600  # 12,600 of allocations against 12,000 at risk
    assert total(lines) == -12_000


def test_on_target_and_without_charges_nothing_is_credited() -> None:
    on_target = {"accuracy": D("0.98"), "answered in 20 s": D("0.80"), "wait": D(60)}
    assert credit_lines(TERMS, D(100_000), on_target) == ()
    assert credit_lines(TERMS, D(100_000), {}) == ()
    assert total(credit_lines(TERMS, D(0), {"accuracy": D(0)})) == 0


def test_unknown_measures_and_negative_charges_are_named() -> None:
    with pytest.raises(BadInputError, match=r"^sla.speed: one of: accuracy"):
        credit_lines(TERMS, D(1), {"speed": D(1)})
    with pytest.raises(BadInputError, match="charges: should be 0 or more"):
        credit_lines(TERMS, D(-1), {})


def test_measures_are_named_once_and_stay_within_the_pool() -> None:
    assert read_document(SlaCredits, SLA | {"pool": "1.05"})
    with pytest.raises(BadInputError, match=r"^measures: allocations .* \(found sum 1.05\)"):
        read_document(SlaCredits, SLA | {"pool": "1.0"})
    with pytest.raises(BadInputError, match=r"^measures\[1\].name: each measure once"):
        read_document(SlaCredits, SLA | {"measures": [SLA["measures"][0]] * 2})
    with pytest.raises(BadInputError, match=r"^at_risk: should be 1 at most"):
        read_document(SlaCredits, SLA | {"at_risk": "1.2"})


def test_a_credit_is_earned_back_by_meeting_the_measure_every_month_since() -> None:
    met, not_met = D("0.98"), D("0.97")
    line = earn_back_line(TERMS, "accuracy", D(3600), [met, met, met])
    assert line is not None
    assert (line.mechanism, line.amount) == (EARN_BACK, D(3600))
    assert earn_back_line(TERMS, "accuracy", D(3600), [met, met, met, not_met]) == line
    assert earn_back_line(TERMS, "accuracy", D(3600), [met, met]) is None
    assert earn_back_line(TERMS, "accuracy", D(3600), [met, not_met, met]) is None
    never = SlaCredits.model_validate(SLA | {"earn_back_months": None})
    assert earn_back_line(never, "accuracy", D(3600), [met] * 24) is None
    with pytest.raises(BadInputError, match="measure: one of: accuracy"):
        earn_back_line(TERMS, "speed", D(1), [])


def test_errors_above_the_tolerance_are_credited_at_a_multiple() -> None:
    terms = AccuracyTerms(credit_multiple=D(2))
    line = accuracy_line(terms, D(10_000), D(250), D("0.50"), tolerance=D("0.02"))
    assert line is not None
    assert [line.quantity, line.amount] == [-50, -50]
    own = AccuracyTerms(tolerance=D("0.025"))
    assert accuracy_line(own, D(10_000), D(250), D("0.50"), tolerance=D("0.02")) is None
    assert accuracy_line(terms, D(0), D(0), D("0.50"), tolerance=D(0)) is None


def test_errors_above_the_tolerance_may_be_redone_for_nothing() -> None:
    terms = AccuracyTerms(remedy="redo")
    line = accuracy_line(terms, D(10_000), D(250), D("0.50"), tolerance=D("0.02"))
    assert line is not None
    assert [line.quantity, line.amount] == [50, 0]


def test_more_errors_than_units_cannot_be() -> None:
    assert errors_above(D("0.02"), D(100), D(100)) == 98
    with pytest.raises(BadInputError, match="errors: should be at most the units done"):
        errors_above(D("0.02"), D(100), D(101))


def test_a_sample_stands_for_all_units() -> None:
    assert errors_in_sample(D(10_000), D(400), D(10)) == 250
    for checked, found, path in ((0, 0, "checked"), (400, 401, "found")):
        with pytest.raises(BadInputError, match=rf"^{path}: "):
            errors_in_sample(D(10_000), D(checked), D(found))


@pytest.mark.parametrize(
    ("fields", "records"), [("0.99", "0.8179"), ("0.995", "0.9046"), ("0.999", "0.9802")]
)
def test_a_record_of_twenty_fields_is_right_when_all_are(fields: str, records: str) -> None:
    found = record_accuracy(D(fields), 20)
    assert found.quantize(D("0.0001")) == D(records)
    assert field_accuracy(found, 20).quantize(D("1e-20")) == D(fields)


def test_accuracy_is_a_share_of_one_field_or_more() -> None:
    assert [record_accuracy(D(1), 20), field_accuracy(D(0), 20)] == [1, 0]
    with pytest.raises(BadInputError, match="record_accuracy: a share"):
        field_accuracy(D("1.1"), 20)
    with pytest.raises(BadInputError, match="fields: should be 1 or more"):
        record_accuracy(D("0.9"), 0)


OFFICE = working_hours({"mon-fri": "09:00-17:00"})


@pytest.mark.parametrize(
    ("arrived", "finished", "hours"),
    [
        (at(MON, "10:00"), at(MON, "11:30"), "1.5"),
        (at(FRI, "16:00"), at(date(2027, 1, 11), "10:00"), "2"),  # over a weekend
        (at(SAT, "12:00"), at(date(2027, 1, 11), "10:00"), "1"),
        (at(MON, "08:00"), at(MON, "08:30"), "0"),
        (at(MON, "18:00"), at(MON, "20:00"), "0"),
        (at(MON, "09:00"), at(FRI, "17:00"), "40"),
    ],
)
def test_a_working_clock_runs_in_its_windows_only(
    arrived: datetime, finished: datetime, hours: str
) -> None:
    assert OFFICE.elapsed_h(arrived, finished) == D(hours)
    straight = D((finished - arrived).total_seconds().__int__()) / 3600
    assert always().elapsed_h(arrived, finished) == straight


def test_holidays_stop_a_working_clock() -> None:
    closed = working_hours({"mon-fri": "09:00-17:00"}, holidays=[date(2027, 1, 5)])
    assert closed.elapsed_h(at(MON, "16:00"), at(date(2027, 1, 6), "10:00")) == 2
    assert OFFICE.elapsed_h(at(MON, "16:00"), at(date(2027, 1, 6), "10:00")) == 10


def test_after_the_cut_off_the_clock_starts_on_the_next_day() -> None:
    cut = working_hours({"mon-fri": "09:00-17:00"}, cut_off="15:00")
    assert cut.elapsed_h(at(MON, "15:00"), at(MON, "16:00")) == 1
    assert cut.elapsed_h(at(MON, "15:01"), at(MON, "16:00")) == 0
    assert cut.elapsed_h(at(FRI, "15:01"), at(date(2027, 1, 11), "10:00")) == 1
    late = always(cut_off="22:00")
    assert late.elapsed_h(at(MON, "23:00"), at(date(2027, 1, 5), "02:00")) == 2


def test_a_due_time_is_where_the_clock_has_run_so_long() -> None:
    assert OFFICE.due(at(FRI, "16:00"), D(8)) == at(date(2027, 1, 11), "16:00")
    assert OFFICE.due(at(FRI, "18:00"), D("0.5")) == at(date(2027, 1, 11), "09:30")
    assert always().due(at(FRI, "16:00"), D(24)) == at(SAT, "16:00")
    with pytest.raises(BadInputError, match="within_h: hours that the clock runs"):
        OFFICE.due(at(FRI, "16:00"), D(8784))


def test_clocks_that_cannot_run_are_refused() -> None:
    for hours, words in (
        ({"mon": "18:00-02:00"}, "within one day"),
        ({"mon-fri": "09:00-12:00", "mon": "13:00-17:00"}, "one window a day"),
        ({"sat": "closed"}, "one day of the week"),
    ):
        with pytest.raises(BadInputError, match=words):
            working_hours(hours)
    with pytest.raises(BadInputError, match="finished: should be"):
        OFFICE.elapsed_h(at(FRI, "10:00"), at(MON, "10:00"))


def test_a_percentile_is_the_time_that_so_many_did_not_exceed() -> None:
    hours = [D(x) for x in (5, 1, 4, 2, 3, 10, 6, 7, 8, 9)]
    assert [percentile_h(hours, D(p)) for p in ("0", "0.1", "0.5", "0.91", "1")] == [
        1,
        1,
        5,
        10,
        10,
    ]
    assert share_within(hours, D(9)) == D("0.9")
    assert share_within([], D(9)) == 1
    with pytest.raises(BadInputError, match="hours: one job"):
        percentile_h([], D("0.9"))
    with pytest.raises(BadInputError, match="percentile: a share"):
        percentile_h(hours, D("1.1"))


def test_a_missed_percentile_is_credited_on_the_stated_clock() -> None:
    terms = TurnaroundTerms(percentile=D("0.5"), within_h=D(8), clock="business", credit=D("0.05"))
    jobs = [
        (at(FRI, "16:00"), at(date(2027, 1, 11), "16:00")),  # 8 h on the clock, 72 h by the day
        (at(MON, "09:00"), at(date(2027, 1, 5), "10:00")),  # 9 h
    ]
    by_clock = share_within(hours_taken(clock_of(terms), jobs), terms.within_h)
    assert by_clock == D("0.5")
    assert turnaround_line(terms, D(1000), by_clock) is None
    strict = terms.model_copy(update={"clock": "calendar"})
    by_day = share_within(hours_taken(clock_of(strict), jobs), terms.within_h)
    line = turnaround_line(strict, D(1000), by_day)
    assert line is not None
    assert [by_day, line.amount] == [0, -50]


def test_a_calendar_clock_runs_on_holidays_and_has_no_hours() -> None:
    terms = {"percentile": "0.95", "within_h": 24, "credit": "0.05"}
    clock = clock_of(read_document(TurnaroundTerms, terms), holidays=[MON])
    assert clock.elapsed_h(at(MON, "00:00"), at(MON, "12:00")) == 12
    hours = {"business_hours": {"mon-fri": "08:00-18:00"}}
    with pytest.raises(BadInputError, match="business_hours: none, or clock: business"):
        read_document(TurnaroundTerms, terms | hours)
    own = read_document(TurnaroundTerms, terms | hours | {"clock": "business"})
    assert clock_of(own).elapsed_h(at(MON, "00:00"), at(MON, "23:00")) == 10
    night = {"business_hours": {"mon": "22:00-06:00"}, "clock": "business"}
    with pytest.raises(BadInputError, match="business_hours: a window within one day"):
        read_document(TurnaroundTerms, terms | night)
    with pytest.raises(BadInputError, match="in_time: a share"):
        turnaround_line(own, D(1), D("1.01"))
