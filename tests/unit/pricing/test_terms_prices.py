"""Indexation, FX clause, glide path, rebates, early payment, termination, fees and savings."""

from decimal import Decimal
from typing import Any

import pytest

from pricing.allocation import allocate
from pricing.reading import read_document
from pricing.reference_tables import rows
from pricing.terms.fx_band import FxClause, fx_adjustment, fx_line
from pricing.terms.indexation import Indexation, index_factors, indexation_line, yearly_changes
from pricing.terms.line import TermLine, total
from pricing.terms.output.collection_fee import (
    CollectionTerms,
    break_even_claim,
    collection_line,
    restriction_warnings,
)
from pricing.terms.output.gainshare import Gainshare, gainshare_line, verified_savings
from pricing.terms.output.glide_path import GlidePath, glide_factor, glide_line
from pricing.terms.rebates import EarlyPayment, Rebate, early_payment_line, rebate_lines
from pricing.terms.termination import TerminationCharge, termination_line
from staffing.errors import BadInputError

D = Decimal
ECI = Indexation(index="ECI", share=D("0.65"))
PESO = FxClause(currency="PHP", base_rate=57, local_share=D("0.7"))


def amount(line: TermLine | None) -> Decimal:
    """Amount of a line that must be there."""
    assert line is not None
    return line.amount


def test_indexation_takes_a_share_within_floor_and_cap_and_compounds() -> None:
    levels = [D(100), D(108), D("112.32"), D(90)]
    assert yearly_changes(ECI, levels) == (
        D("0.05"),
        D("0.026"),
        D(0),
    )  # 0.052 capped, 0.026, fallen
    assert index_factors(ECI, levels) == (D(1), D("1.05"), D("1.0773"), D("1.0773"))
    assert amount(indexation_line(ECI, D(1000), levels[:3])) == D("77.30")
    assert indexation_line(ECI, D(1000), levels[:1]) is None
    falling = Indexation(index="ECI", share=D(1), floor=D("-0.02"))
    assert yearly_changes(falling, [D(100), D(90)]) == (D("-0.02"),)


def test_an_index_has_levels_above_zero_and_a_floor_below_its_cap() -> None:
    with pytest.raises(BadInputError, match=r"index_levels\[1\]: should be above 0"):
        yearly_changes(ECI, [D(100), D(0)])
    with pytest.raises(BadInputError, match="index_levels: should start"):
        yearly_changes(ECI, [])
    with pytest.raises(BadInputError, match=r"floor: at most cap \(0.05\)"):
        read_document(Indexation, {"index": "CPI", "share": "1", "floor": "0.06"})


@pytest.mark.parametrize(
    ("rate", "adjustment"),
    [
        ("57", "0"),
        ("50", "0.077"),  # the peso is 14 % dearer: 11 % beyond the band, 0.7 of it
        ("60", "-0.014"),  # 5 % cheaper
        ("38", "0.10"),  # 50 % dearer: the cap
        ("114", "-0.10"),
        ("56", "0"),  # 1.8 %, inside the band
    ],
)
def test_the_price_follows_the_rate_beyond_its_band_up_to_its_cap(
    rate: str, adjustment: str
) -> None:
    assert fx_adjustment(PESO, D(rate)) == D(adjustment)
    line = fx_line(PESO, D(1000), D(rate))
    assert (D(0) if line is None else line.amount) == 1000 * D(adjustment)


def test_an_exchange_rate_is_above_zero() -> None:
    with pytest.raises(BadInputError, match=r"fx.PHP: should be above 0"):
        fx_adjustment(PESO, D(0))
    with pytest.raises(BadInputError, match="currency: an ISO 4217"):
        read_document(FxClause, {"currency": "XXZ", "base_rate": 1, "local_share": 1})


def test_a_glide_path_compounds_down_to_its_floor() -> None:
    terms = GlidePath(per_year=D("0.03"), floor=D("0.92"))
    factors = [glide_factor(terms, year) for year in (1, 2, 3, 4)]
    assert factors == [1, D("0.97"), D("0.9409"), D("0.92")]
    assert amount(glide_line(terms, D(1000), 3)) == D("-59.1")
    assert glide_line(terms, D(1000), 1) is None
    with pytest.raises(BadInputError, match="year: should be 1 or more"):
        glide_factor(terms, 0)
    with pytest.raises(BadInputError, match="per_year: should be below 1"):
        read_document(GlidePath, {"per_year": 1})


REBATES = (Rebate(above=100_000, share=D("0.02")), Rebate(above=250_000, share=D("0.05")))


def test_rebates_are_on_the_charges_above_each_threshold() -> None:
    lines = rebate_lines(REBATES, D(90_000), D(200_000))
    assert [line.amount for line in lines] == [-3000, -2000]  # 150,000 at 2 %, 40,000 at 5 %
    assert rebate_lines(REBATES, D(0), D(100_000)) == ()
    assert rebate_lines(REBATES, D(300_000), D(0)) == ()
    assert rebate_lines((), D(0), D(1)) == ()
    assert total(rebate_lines(REBATES, D(250_000), D(1000))) == -50


def test_rebate_thresholds_rise() -> None:
    with pytest.raises(BadInputError, match=r"rebates\[1\].above: above the one before"):
        rebate_lines(REBATES[::-1], D(0), D(1))
    with pytest.raises(BadInputError, match="charges: should be 0 or more"):
        rebate_lines(REBATES, D(0), D(-1))


def test_early_payment_is_rewarded_to_the_day() -> None:
    terms = EarlyPayment(within_days=10, discount=D("0.02"))
    assert amount(early_payment_line(terms, D(1000), 10)) == -20
    assert early_payment_line(terms, D(1000), 11) is None
    assert amount(early_payment_line(terms, D(0), 0)) == 0
    with pytest.raises(BadInputError, match="paid_after_days: should be 0 or more"):
        early_payment_line(terms, D(1), -1)


def test_an_agreed_termination_charge_holds_until_the_next() -> None:
    agreed = [
        TerminationCharge(from_month=1, charge=900),
        TerminationCharge(from_month=7, charge=400),
        TerminationCharge(from_month=12, charge=0),
    ]
    assert [amount(termination_line(agreed, month)) for month in (1, 6, 7, 11)] == [
        *(900, 900, 400, 400)
    ]
    assert termination_line(agreed, 12) is None
    assert termination_line(agreed[1:], 6) is None


def test_a_share_of_collections_is_charged_on_what_was_collected() -> None:
    terms = CollectionTerms(share=D("0.055"))
    assert amount(collection_line(terms, D(120_000))) == 6600
    assert collection_line(terms, D(0)) is None
    with pytest.raises(BadInputError, match="collected: should be 0 or more"):
        collection_line(terms, D(-1))
    with pytest.raises(BadInputError, match="share: should be 1 at most"):
        read_document(CollectionTerms, {"share": "1.01"})


@pytest.mark.parametrize(("fee", "claim"), [(8, 133), (6, 100), (4, 67)])
def test_a_fee_per_claim_breaks_even_with_six_per_cent(fee: int, claim: int) -> None:
    assert round(break_even_claim(D("0.06"), D(fee))) == claim
    with pytest.raises(BadInputError, match="share: a share above 0"):
        break_even_claim(D(0), D(fee))


def test_restrictions_are_said_where_the_client_bills() -> None:
    def said(*places: str, public: bool = False) -> list[str]:
        terms = CollectionTerms(share=D("0.05"), places=places, public_payers=public)
        return [text.split(": ")[0] for text in restriction_warnings(terms)]

    assert said("US-NY") == ["US-NY, all payers"]
    assert said("US-NY", public=True)[:2] == ["US, Medicare payers", "US, Medicaid payers"]
    assert said("US-TX") == []
    assert said("US") == []
    assert said("USA-NY", public=True) == []
    (text,) = restriction_warnings(CollectionTerms(share=D("0.05")))
    assert "name where the client bills" in text


def test_restrictions_name_their_source_and_their_date() -> None:
    for row in rows("fee_restrictions"):
        assert row["source"]
        assert row["as_of"]
        assert row["quality"] in {"official", "secondary", "unsourced"}
        assert row["payer"] in {"all", "Medicare", "Medicaid"}
    texts = restriction_warnings(CollectionTerms(share=D("0.05"), places=("US-IL",)))
    assert "96-0608" in texts[0]
    assert "2009-09-30" in texts[0]


def test_savings_are_shared_above_the_threshold_up_to_the_cap() -> None:
    terms = Gainshare(share=D("0.4"), threshold=1000, cap=2000)
    savings = verified_savings(D(5), D(2000), D(6000))
    assert savings == 4000
    assert amount(gainshare_line(terms, savings)) == 1200
    assert amount(gainshare_line(terms, D(9000))) == 2000
    assert gainshare_line(terms, D(1000)) is None
    assert gainshare_line(terms, D(-4000)) is None
    assert verified_savings(D(5), D(0), D(0)) == 0


def test_a_loss_is_shared_where_that_is_agreed() -> None:
    terms = Gainshare(share=D("0.4"), downside_share=D("0.25"), cap=500)
    assert amount(gainshare_line(terms, D(-1000))) == -250
    assert amount(gainshare_line(terms, D(-4000))) == -500
    with pytest.raises(BadInputError, match="units: should be 0 or more"):
        verified_savings(D(5), D(-1), D(0))


@pytest.mark.parametrize(
    ("total_amount", "weights", "currency", "parts"),
    [
        ("100.00", (1, 1, 1), "USD", ("33.34", "33.33", "33.33")),
        ("-100.00", (1, 1, 1), "USD", ("-33.34", "-33.33", "-33.33")),
        ("100", (1, 1, 1), "JPY", ("34", "33", "33")),
        ("0.01", (1, 2, 3), "USD", ("0.00", "0.00", "0.01")),
        ("5", (0, 1), "USD", ("0.00", "5.00")),
    ],
)
def test_parts_of_an_amount_sum_to_it(
    total_amount: str, weights: tuple[int, ...], currency: str, parts: tuple[str, ...]
) -> None:
    found = allocate(D(total_amount), [D(w) for w in weights], currency)
    assert tuple(map(str, found)) == parts
    assert sum(found) == D(total_amount)


def test_an_amount_is_split_by_weights_that_are_there() -> None:
    bad: list[tuple[list[Any], str]] = [
        ([D(-1), D(2)], "weights[0]"),
        ([D(0)], "weights"),
        ([], "weights"),
    ]
    for weights, path in bad:
        with pytest.raises(BadInputError) as refused:
            allocate(D(1), weights, "USD")
        assert str(refused.value).startswith(path + ":")
