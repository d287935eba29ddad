"""Price schedules for tests, and a slow calculator of its own that charges by them."""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from pricing.price_schedule import PriceSchedule

MODES = ("per_unit", "graduated", "volume", "package", "flat", "percentage")
GOLDEN_TIERS: list[dict[str, Any]] = [
    {"up_to": "10000", "unit_price": "0.50"},
    {"up_to": "50000", "unit_price": "0.45"},
    {"up_to": None, "unit_price": "0.40"},
]
FEES: list[dict[str, Any]] = [
    {"up_to": "10", "unit_price": "0.10", "flat_fee": "2"},
    {"up_to": None, "unit_price": "0.05", "flat_fee": "0"},
]


def raw(mode: str, tiers: Sequence[Any] | None = None, **more: Any) -> dict[str, Any]:
    """Plain data of a schedule."""
    return {"mode": mode, "tiers": tiers or [{"up_to": None, "unit_price": "0.10"}], **more}


def schedule(mode: str, tiers: Sequence[Any] | None = None, **more: Any) -> PriceSchedule:
    """Make a schedule."""
    return PriceSchedule.model_validate(raw(mode, tiers, **more))


def slow_charge(data: dict[str, Any], quantity: str) -> Decimal:
    """Charge the long way: walk the quantity step by step, each step wholly inside one tier.

    Rational numbers and plain data only; nothing of the product is used.
    """
    step, left = Fraction(1, 20), Fraction(quantity) - Fraction(data.get("free_units", 0))
    size = Fraction(data["package_size"]) if data["mode"] == "package" else step
    total, walked, reached = Fraction(0), Fraction(0), -1
    while walked < left:
        part = min(size, left - walked)
        middle = walked + part / 2
        tier = next(
            at
            for at, tier in enumerate(data["tiers"])
            if tier["up_to"] is None or middle < Fraction(tier["up_to"])
        )
        price = Fraction(data["tiers"][tier]["unit_price"])
        total += price if data["mode"] == "package" else price * part
        for entered in range(reached + 1, tier + 1):
            total += Fraction(data["tiers"][entered].get("flat_fee", 0))
        reached, walked = tier, walked + part
    if data["mode"] in ("volume", "flat") and reached >= 0:
        top = data["tiers"][reached]
        units = left if data["mode"] == "volume" else 0
        total = units * Fraction(top["unit_price"]) + Fraction(top.get("flat_fee", 0))
    with localcontext(prec=100):
        return Decimal(total.numerator) / Decimal(total.denominator)


_steps = st.integers(1, 60)
_cents = st.integers(0, 400).map(lambda cents: str(Decimal(cents) / 100))


@st.composite
def plain_schedules(draw: st.DrawFn, modes: tuple[str, ...] = MODES) -> dict[str, Any]:
    """Plain data of any schedule whose bounds are multiples of a twentieth."""
    mode = draw(st.sampled_from(modes))
    number = 1 if mode == "per_unit" else draw(st.integers(1, 4))
    size = Decimal(draw(_steps)) / 20
    unit = size if mode == "package" else Decimal("0.05")
    bounds = sorted(draw(st.sets(_steps, min_size=number - 1, max_size=number - 1)))
    price = st.integers(0, 100).map(lambda share: str(Decimal(share) / 100))
    tiers = [
        {
            "up_to": str(bound * unit) if bound is not None else None,
            "unit_price": draw(price if mode == "percentage" else _cents),
            "flat_fee": draw(_cents),
        }
        for bound in (*bounds, None)
    ]
    free = str(Decimal(draw(st.integers(0, 30))) / 20)
    return {"mode": mode, "tiers": tiers, "package_size": str(size), "free_units": free}


quantities = st.integers(0, 100).map(lambda twentieths: str(Decimal(twentieths) / 20))
