"""Laws of contract terms: what they bound, what they leave alone, what they sum to."""

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pricing.allocation import allocate
from pricing.money import currency_exponents, quantize_amount
from pricing.terms.fx_band import FxClause, fx_adjustment
from pricing.terms.indexation import Indexation, yearly_changes
from pricing.terms.line import prorated, total
from pricing.terms.output.base_band import BaseBand, band_lines
from pricing.terms.output.collar import CollarTerms, collar_line
from pricing.terms.output.complexity import class_lines, class_prices
from pricing.terms.output.hybrid import HybridPrice, hybrid_lines, split_price
from pricing.terms.output.minimum_commitment import MinimumCommitment, true_up_line
from pricing.terms.output.working_clock import WorkingClock, always, working_hours
from pricing.terms.rebates import Rebate, rebate_lines
from pricing.terms.sla_credits import SlaCredits, SlaMeasure, credit_lines

FEW = settings(max_examples=50, deadline=None)
NOUGHT = Decimal(0)
TINY = Decimal("1e-20")
shares = st.integers(0, 100).map(lambda one: Decimal(one) / 100)
money = st.integers(0, 10**8).map(lambda one: Decimal(one) / 100)
units = st.integers(0, 10**6).map(lambda one: Decimal(one) / 4)
clocks = st.sampled_from(
    [
        always(),
        always(cut_off="16:30"),
        working_hours({"mon-fri": "09:00-17:00"}),
        working_hours({"mon-sat": "06:30-22:15"}, cut_off="15:00"),
    ]
)
moments = st.integers(0, 60 * 24 * 30).map(lambda m: datetime(2027, 3, 1) + timedelta(minutes=m))  # noqa: DTZ001 (local)


@st.composite
def bands(draw: st.DrawFn, convention: str) -> BaseBand:
    """Any base band whose credit stays within its base charge."""
    baseline = draw(st.integers(1, 10**5))
    rrc, extra = draw(shares), draw(shares)
    return BaseBand.model_validate(
        {
            "baseline": baseline,
            "base_charge": baseline * rrc + draw(st.integers(0, 1000)),
            "dead_band": draw(st.integers(0, 99)) / Decimal(100),
            "arc": rrc + extra,
            "rrc": rrc,
            "convention": convention,
        }
    )


@FEW
@given(bands("edge"), units, units)
def test_an_edge_band_is_flat_inside_continuous_and_never_falls(
    terms: BaseBand, one: Decimal, other: Decimal
) -> None:
    few, many = sorted((one, other))
    step = total(band_lines(terms, many)) - total(band_lines(terms, few))
    assert 0 <= step <= (many - few) * max(terms.arc, terms.rrc)
    low, high = terms.edges
    for inside in (low, terms.baseline, high):
        assert total(band_lines(terms, inside)) == terms.base_charge


@FEW
@given(bands("full_difference"), units)
def test_a_full_difference_prices_all_of_it_and_jumps_at_both_edges(
    terms: BaseBand, one: Decimal
) -> None:
    low, high = terms.edges
    difference = one - terms.baseline
    rate = NOUGHT if low <= one <= high else terms.arc if difference > 0 else terms.rrc
    assert total(band_lines(terms, one)) == terms.base_charge + difference * rate
    assert total(band_lines(terms, one)) >= 0
    just = Decimal("0.0001")
    jump = total(band_lines(terms, high + just)) - terms.base_charge
    assert jump == (high + just - terms.baseline) * terms.arc


@FEW
@given(money, money, st.integers(1, 31), st.integers(0, 31))
def test_a_bill_reaches_its_commitment_exactly_when_short(
    charges: Decimal, commitment: Decimal, of_days: int, days: int
) -> None:
    assume(commitment > 0)
    days = min(days, of_days)
    line = true_up_line(MinimumCommitment(amount=commitment), charges, days, of_days)
    bill = charges + (NOUGHT if line is None else line.amount)
    due = max(charges, prorated(commitment, days, of_days))
    assert abs(bill - due) < TINY
    parts = prorated(commitment, days, of_days) + prorated(commitment, of_days - days, of_days)
    assert abs(parts - commitment) < TINY


@FEW
@given(money, shares, st.lists(shares, min_size=1, max_size=6), st.integers(0, 63))
def test_credits_never_pass_the_amount_at_risk(
    charges: Decimal, at_risk: Decimal, allocations: list[Decimal], which: int
) -> None:
    measures = tuple(
        SlaMeasure(name=f"m{at}", target=Decimal(1), allocation=one)
        for at, one in enumerate(allocations)
    )
    missed = [at for at in range(len(measures)) if which >> at & 1]
    results = {f"m{at}": NOUGHT for at in missed}
    credit = -total(credit_lines(SlaCredits(at_risk=at_risk, measures=measures), charges, results))
    allocated = sum((allocations[at] for at in missed), NOUGHT)
    assert credit == charges * at_risk * min(Decimal(1), allocated)


@FEW
@given(shares, shares, shares, st.lists(st.integers(1, 500), min_size=1, max_size=6))
def test_an_indexed_price_moves_within_floor_and_cap(
    share: Decimal, floor: Decimal, more: Decimal, levels: list[int]
) -> None:
    terms = Indexation(index="CPI", share=share, floor=-floor, cap=more - floor)
    changes = yearly_changes(terms, [Decimal(level) for level in levels])
    assert len(changes) == len(levels) - 1
    assert all(-floor <= change <= more - floor for change in changes)


@FEW
@given(shares, shares, shares, st.integers(1, 400))
def test_an_fx_clause_is_silent_in_its_band_and_bounded_by_its_cap(
    local: Decimal, band: Decimal, cap: Decimal, rate: int
) -> None:
    terms = FxClause(currency="PHP", base_rate=100, local_share=local, band=band, cap=cap)
    adjustment = fx_adjustment(terms, Decimal(rate))
    move = Decimal(100) / rate - 1
    assert abs(adjustment) <= min(cap, local * abs(move) + TINY)
    assert adjustment * move >= 0
    if abs(move) <= band:
        assert adjustment == 0


@FEW
@given(money, money, shares, shares)
def test_a_collared_bill_lies_between_floor_and_cap(
    charges: Decimal, planned: Decimal, floor: Decimal, over: Decimal
) -> None:
    terms = CollarTerms(floor=floor, cap=1 + over)
    line = collar_line(terms, charges, planned)
    bill = charges + (NOUGHT if line is None else line.amount)
    assert bill == min(max(charges, floor * planned), (1 + over) * planned)


@FEW
@given(st.lists(money, min_size=1, max_size=12), money, money, shares, shares)
def test_rebates_of_the_months_are_the_rebate_of_the_year(
    months: list[Decimal], first: Decimal, more: Decimal, one: Decimal, other: Decimal
) -> None:
    rebates = (Rebate(above=first, share=one), Rebate(above=first + more + 1, share=other))
    so_far, given_back = NOUGHT, NOUGHT
    for charges in months:
        given_back -= total(rebate_lines(rebates, so_far, charges))
        so_far += charges
    assert given_back == -total(rebate_lines(rebates, NOUGHT, so_far))
    assert given_back <= so_far


@FEW
@given(shares, units, shares)
def test_a_hybrid_bill_at_plan_is_that_of_the_unit_price(
    price: Decimal, planned: Decimal, share: Decimal
) -> None:
    base, rest = split_price(price, planned, share)
    bill = total(hybrid_lines(HybridPrice(base_charge=base, unit_price=rest), planned))
    assert bill == price * planned


@FEW
@given(money, st.lists(st.integers(1, 50), min_size=1, max_size=5))
def test_class_prices_average_to_the_unit_price_at_the_planned_mix(
    price: Decimal, weights: list[int]
) -> None:
    names = [f"c{at}" for at in range(len(weights))]
    share = Decimal(1) / 5
    mix = dict.fromkeys(names, share)
    mix[names[0]] = 1 - share * (len(names) - 1)
    prices = class_prices(price, mix, {n: Decimal(w) for n, w in zip(names, weights, strict=True)})
    assert abs(total(class_lines(prices, mix)) - price) < TINY


@FEW
@given(clocks, moments, st.integers(1, 600))
def test_a_job_done_when_due_took_the_time_agreed(
    clock: WorkingClock, arrived: datetime, quarters: int
) -> None:
    within = Decimal(quarters) / 4
    due = clock.due(arrived, within)
    assert clock.elapsed_h(arrived, due) == within
    assert clock.elapsed_h(arrived, due - timedelta(seconds=1)) < within


@FEW
@given(
    st.decimals(-(10**9), 10**9, places=4),
    st.lists(money, min_size=1, max_size=12),
    st.sampled_from(sorted(currency_exponents())),
)
def test_a_split_sums_exactly_and_is_a_minor_unit_off_at_most(
    amount: Decimal, weights: list[Decimal], currency: str
) -> None:
    assume(sum(weights) > 0)
    parts = allocate(amount, weights, currency)
    whole = quantize_amount(amount, currency)
    assert sum(parts) == whole
    minor = Decimal(1).scaleb(-currency_exponents()[currency])
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - whole * weight / sum(weights)) < minor
    assert allocate(-amount, weights, currency) == tuple(-part for part in parts)
