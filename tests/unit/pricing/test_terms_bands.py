"""Base band with ARC and RRC, the re-baseline trigger, the hybrid price, complexity classes."""

from decimal import Decimal
from typing import Any

import pytest

from pricing.reading import read_document
from pricing.terms.line import total
from pricing.terms.output.base_band import ARC, BASE, RRC, BaseBand, band_lines
from pricing.terms.output.complexity import class_lines, class_prices
from pricing.terms.output.hybrid import HybridPrice, hybrid_lines, split_price
from pricing.terms.output.rebaseline import NewBaseline, Rebaseline, new_baseline
from staffing.errors import BadInputError

D = Decimal
BAND: dict[str, Any] = {
    "baseline": 100_000,
    "base_charge": 45_000,
    "dead_band": "0.10",
    "arc": "0.42",
    "rrc": "0.30",
}
EDGE = BaseBand.model_validate(BAND)
FULL = BaseBand.model_validate(BAND | {"convention": "full_difference"})


@pytest.mark.parametrize(
    ("units", "edge", "full"),
    [
        (80_000, "42000.00", "39000.00"),
        (89_999, "44999.70", "41999.70"),
        (90_000, "45000.00", "45000.00"),
        (110_000, "45000.00", "45000.00"),
        (110_001, "45000.42", "49200.42"),
        (125_000, "51300.00", "55500.00"),
        (0, "18000.00", "15000.00"),
    ],
)
def test_base_band_as_worked_by_hand(units: int, edge: str, full: str) -> None:
    assert total(band_lines(EDGE, D(units))) == D(edge)
    assert total(band_lines(FULL, D(units))) == D(full)


def test_base_arc_and_rrc_are_lines_of_their_own() -> None:
    above, below = band_lines(EDGE, D(125_000)), band_lines(EDGE, D(80_000))
    assert [line.mechanism for line in above] == [BASE, ARC]
    assert [line.mechanism for line in below] == [BASE, RRC]
    assert [above[1].quantity, below[1].quantity] == [15_000, -10_000]
    assert [line.mechanism for line in band_lines(EDGE, D(100_000))] == [BASE]


@pytest.mark.parametrize("terms", [EDGE, FULL])
def test_a_partial_month_has_a_baseline_and_a_band_of_its_days(terms: BaseBand) -> None:
    for units in (0, 80_000, 100_000, 125_000):
        whole = total(band_lines(terms, D(units)))
        half = total(band_lines(terms, D(units) / 2, days=15, of_days=30))
        assert half == whole / 2
    assert total(band_lines(terms, D(0), days=0, of_days=30)) == 0


def test_a_credit_never_turns_the_bill_negative() -> None:
    with pytest.raises(BadInputError, match=r"^rrc: a rate whose credit .* \(45000\)"):
        read_document(BaseBand, BAND | {"rrc": "0.51"})
    assert read_document(BaseBand, BAND | {"rrc": "0.50"})


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"dead_band": 1}, "dead_band"),
        ({"baseline": 0}, "baseline"),
        ({"arc": 0.42}, "arc"),
        ({"arc": "-0.01"}, "arc"),
        ({"convention": "middle"}, "convention"),
    ],
)
def test_a_band_that_cannot_be_meant_is_refused(change: dict[str, Any], path: str) -> None:
    with pytest.raises(BadInputError, match=rf"^{path}: "):
        read_document(BaseBand, BAND | change)


def test_units_and_days_are_in_range() -> None:
    with pytest.raises(BadInputError, match=r"^units: should be 0 or more"):
        band_lines(EDGE, D(-1))
    with pytest.raises(BadInputError, match=r"^days: should be 0 to 30"):
        band_lines(EDGE, D(1), days=31, of_days=30)
    with pytest.raises(BadInputError, match=r"^of_days: should be 1 or more"):
        band_lines(EDGE, D(1), days=0, of_days=0)


def test_a_new_baseline_is_due_after_enough_periods_on_one_side() -> None:
    terms = Rebaseline(tolerance=D("0.2"), periods=3)
    away = [D(x) for x in (100, 121, 130, 124, 90)]
    assert new_baseline(terms, D(100), away) == NewBaseline(4, D(125))
    assert new_baseline(terms, D(100), [D(0), D(0), D(0)]) == NewBaseline(3, D(0))


@pytest.mark.parametrize(
    "units",
    [
        (120, 120, 120, 80),  # the edge is inside
        (121, 121, 100, 121, 121),  # interrupted
        (121, 121, 79, 79, 121),  # changing sides
        (),
    ],
)
def test_volume_that_comes_back_or_changes_sides_leaves_the_baseline(
    units: tuple[int, ...],
) -> None:
    terms = Rebaseline(tolerance=D("0.2"), periods=3)
    assert new_baseline(terms, D(100), [D(x) for x in units]) is None


def test_a_baseline_is_above_zero() -> None:
    with pytest.raises(BadInputError, match="baseline: should be above 0"):
        new_baseline(Rebaseline(), D(0), [D(1)])


def test_a_hybrid_price_bills_its_base_whatever_comes() -> None:
    base, rest = split_price(D("0.50"), D(10_000), D("0.40"))
    assert [base, rest] == [2000, D("0.30")]
    terms = HybridPrice(base_charge=base, unit_price=rest)
    assert [total(hybrid_lines(terms, D(v))) for v in (0, 10_000, 12_000)] == [2000, 5000, 5600]
    assert total(hybrid_lines(terms, D(5000), days=15, of_days=30)) == 2500


def test_a_base_is_a_share() -> None:
    with pytest.raises(BadInputError, match="base_share: a share, 0 to 1"):
        split_price(D(1), D(1), D("1.1"))
    with pytest.raises(BadInputError, match="units: should be 0 or more"):
        hybrid_lines(HybridPrice(base_charge=1, unit_price=1), D(-1))


def test_classes_are_priced_by_their_work_and_keep_the_mean_price() -> None:
    shares = {"inpatient": D("0.2"), "surgery": D("0.3"), "emergency": D("0.5")}
    weights = {"inpatient": D(1), "surgery": D("0.75"), "emergency": D("0.5")}
    prices = class_prices(D("13.5"), shares, weights)
    assert prices == {"inpatient": D(20), "surgery": D(15), "emergency": D(10)}
    lines = class_lines(prices, {"emergency": D(50), "inpatient": D(20), "surgery": D(30)})
    assert total(lines) == D("13.5") * 100
    assert class_lines(prices, {"surgery": D(0)}) == ()


@pytest.mark.parametrize(
    ("shares", "weights", "path"),
    [
        ({"a": "0.5", "b": "0.4"}, {"a": "1", "b": "1"}, "shares"),
        ({"a": "1"}, {"a": "1", "b": "1"}, "weights"),
        ({"a": "1"}, {"a": "0"}, "weights.a"),
        ({"a": "1.5", "b": "-0.5"}, {"a": "1", "b": "1"}, "shares.b"),
    ],
)
def test_classes_that_do_not_make_up_all_units_are_refused(
    shares: dict[str, str], weights: dict[str, str], path: str
) -> None:
    with pytest.raises(BadInputError, match=rf"^{path}: "):
        class_prices(
            D(1), {k: D(v) for k, v in shares.items()}, {k: D(v) for k, v in weights.items()}
        )


def test_units_of_an_unknown_class_have_no_price() -> None:
    with pytest.raises(BadInputError, match=r"^units.b: one of: a"):
        class_lines({"a": D(1)}, {"b": D(1)})
