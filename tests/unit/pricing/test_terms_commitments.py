"""Minimum commitment, forecast lock, cap and collar, surge call-off, conversion right."""

from decimal import Decimal
from typing import Any

import pytest

from pricing.reading import read_document
from pricing.terms.line import TermLine
from pricing.terms.output.collar import CAP, FLOOR, CollarTerms, collar_line
from pricing.terms.output.conversion import Conversion, billed_by, converted_price
from pricing.terms.output.forecast_lock import ForecastLock, forecast_line, sla_relief
from pricing.terms.output.minimum_commitment import MinimumCommitment, true_up_line
from pricing.terms.output.surge_call_off import (
    CALL_OFF,
    DEMOBILISATION,
    MINIMUM,
    CallOff,
    SurgeCallOff,
    call_off_lines,
    rate_at,
    standby_line,
)
from staffing.errors import BadInputError

D = Decimal
SURGE: dict[str, Any] = {
    "standby_heads": 20,
    "standby_fee": "150",
    "rates": [
        {"notice_h": 48, "hour_price": "30"},
        {"notice_h": 720, "hour_price": "18"},
        {"notice_h": 168, "hour_price": "22.5"},
    ],
    "minimum_hours": "80",
    "demobilisation_fee": "60",
}


def amount(line: TermLine | None) -> Decimal:
    """Amount of a line that must be there."""
    assert line is not None
    return line.amount


def test_a_true_up_lifts_the_bill_to_the_commitment() -> None:
    terms = MinimumCommitment(amount=100)
    assert amount(true_up_line(terms, D(80))) == 20
    assert amount(true_up_line(terms, D(0))) == 100
    assert true_up_line(terms, D(100)) is None
    assert true_up_line(terms, D(101)) is None


def test_a_commitment_is_prorated_by_days_and_the_days_sum_to_the_month() -> None:
    terms = MinimumCommitment(amount=310)
    assert amount(true_up_line(terms, D(80), days=10, of_days=31)) == 20
    assert true_up_line(terms, D(0), days=0, of_days=31) is None
    halves = [amount(true_up_line(terms, D(0), days=d, of_days=31)) for d in (11, 20)]
    assert sum(halves) == 310


def test_a_commitment_is_above_zero_and_charges_are_no_credit() -> None:
    with pytest.raises(BadInputError, match="amount: should be above 0"):
        read_document(MinimumCommitment, {"amount": 0})
    with pytest.raises(BadInputError, match="charges: should be 0 or more"):
        true_up_line(MinimumCommitment(amount=1), D(-1))
    with pytest.raises(BadInputError, match="days: should be 0 to 30"):
        true_up_line(MinimumCommitment(amount=1), D(0), days=31, of_days=30)


def test_a_forecast_is_paid_for_to_its_share_and_no_further() -> None:
    terms = ForecastLock()
    assert amount(forecast_line(terms, D(1000), D(850), D("0.40"))) == 20  # 50 units
    assert amount(forecast_line(terms, D(1000), D(0), D("0.40"))) == 360
    assert forecast_line(terms, D(1000), D(900), D("0.40")) is None
    assert forecast_line(terms, D(0), D(0), D("0.40")) is None


def test_above_the_forecast_service_levels_are_off() -> None:
    assert sla_relief(ForecastLock(), D(1000), D(1001))
    assert not sla_relief(ForecastLock(), D(1000), D(1000))
    tolerant = ForecastLock(relief_above=D("0.1"))
    assert [sla_relief(tolerant, D(1000), D(v)) for v in (1100, 1101)] == [False, True]


def test_a_forecast_is_never_negative() -> None:
    with pytest.raises(BadInputError, match="forecast: should be 0 or more"):
        forecast_line(ForecastLock(), D(-1), D(0), D(1))
    with pytest.raises(BadInputError, match="pay_share: should be 1 at most"):
        read_document(ForecastLock, {"pay_share": "1.1"})


def test_a_bill_stays_between_collar_and_cap() -> None:
    terms = CollarTerms(floor=D("0.8"), cap=D("1.2"))
    low, high = collar_line(terms, D(700), D(1000)), collar_line(terms, D(1500), D(1000))
    assert low is not None
    assert high is not None
    assert (low.mechanism, low.amount) == (FLOOR, D(100))
    assert (high.mechanism, high.amount) == (CAP, D(-300))
    assert [collar_line(terms, D(v), D(1000)) for v in (800, 1000, 1200)] == [None] * 3
    assert amount(collar_line(terms, D(0), D(1000))) == 800
    assert collar_line(terms, D(0), D(0)) is None


def test_a_collar_has_a_floor_or_a_cap_on_the_right_side_of_the_plan() -> None:
    assert collar_line(CollarTerms(cap=D(1)), D(0), D(1000)) is None
    for data, path in (({}, "cap"), ({"floor": "1.1"}, "floor"), ({"cap": "0.9"}, "cap")):
        with (
            pytest.raises(BadInputError, match=rf"^{path}: ")
            if data
            else pytest.raises(ValueError, match="a floor, a cap, or both")
        ):
            read_document(CollarTerms, data) if data else CollarTerms()


def test_a_call_off_bills_hours_the_minimum_and_demobilisation() -> None:
    terms = SurgeCallOff.model_validate(SURGE)
    lines = call_off_lines(terms, CallOff(D(48), D(10), D(700)))
    assert [line.mechanism for line in lines] == [CALL_OFF, MINIMUM, DEMOBILISATION]
    assert [line.amount for line in lines] == [21_000, 3000, 600]
    enough = call_off_lines(terms, CallOff(D(48), D(10), D(800)))
    assert [line.mechanism for line in enough] == [CALL_OFF, DEMOBILISATION]
    assert call_off_lines(terms, CallOff(D(48), D(0), D(0))) == ()


def test_a_longer_notice_gets_the_rate_of_the_longest_agreed_one_it_allows() -> None:
    terms = SurgeCallOff.model_validate(SURGE)
    rates = [rate_at(terms, D(h)).hour_price for h in (48, 167, 168, 719, 720, 8000)]
    assert rates == [30, 30, D("22.5"), D("22.5"), 18, 18]


def test_a_shorter_notice_than_agreed_has_no_price() -> None:
    terms = SurgeCallOff.model_validate(SURGE)
    with pytest.raises(BadInputError, match="notice_h: should be 48 or more"):
        call_off_lines(terms, CallOff(D(47), D(1), D(8)))


def test_standby_is_due_whether_or_not_anybody_is_called() -> None:
    terms = SurgeCallOff.model_validate(SURGE)
    assert amount(standby_line(terms)) == 3000
    assert amount(standby_line(terms, days=10, of_days=30)) == 1000
    assert standby_line(SurgeCallOff.model_validate(SURGE | {"standby_heads": 0})) is None


def test_hours_without_people_and_a_notice_twice_are_refused() -> None:
    with pytest.raises(BadInputError, match="people: should be above 0"):
        call_off_lines(SurgeCallOff.model_validate(SURGE), CallOff(D(48), D(0), D(8)))
    twice = SURGE | {"rates": [SURGE["rates"][0]] * 2}
    with pytest.raises(BadInputError, match=r"^rates\[1\].notice_h: each notice once"):
        read_document(SurgeCallOff, twice)


def test_hours_come_first_and_units_after_the_months_agreed() -> None:
    terms = Conversion(first_month=4, last_month=7)
    by_default = [billed_by(terms, month, None) for month in range(1, 9)]
    assert by_default == ["hour"] * 6 + ["unit"] * 2
    chosen = [billed_by(terms, month, 4) for month in range(1, 9)]
    assert chosen == ["hour"] * 3 + ["unit"] * 5
    for month in (3, 8):
        with pytest.raises(BadInputError, match="converted_in: a month from 4 to 7"):
            billed_by(terms, 5, month)


def test_a_converted_price_is_what_a_unit_took_within_floor_and_cap() -> None:
    terms = Conversion(premium=D("0.05"), floor=D("0.30"), cap=D("0.50"))
    assert converted_price(terms, D(20), D(1000), D(50_000)) == D("0.42")
    assert converted_price(terms, D(20), D(1000), D(100_000)) == D("0.30")
    assert converted_price(terms, D(20), D(1000), D(20_000)) == D("0.50")
    with pytest.raises(BadInputError, match="units: should be above 0"):
        converted_price(terms, D(20), D(0), D(0))


def test_a_conversion_window_and_its_prices_are_ordered() -> None:
    with pytest.raises(BadInputError, match="first_month: at most last_month"):
        read_document(Conversion, {"first_month": 8})
    with pytest.raises(BadInputError, match="floor: at most cap"):
        read_document(Conversion, {"floor": "2", "cap": "1"})
