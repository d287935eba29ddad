"""The reference cost case, from wage to unit price, to the last printed digit."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from pricing.input_based import (
    PriceTerms,
    RateCardCase,
    SupportCost,
    TransitionCost,
    fte_year_price,
    transition_per_fte_year,
)
from pricing.money import quantize_amount, quantize_unit_price
from pricing.output_based import (
    break_even_productivity,
    break_even_units_per_fte,
    parity_unit_price,
    unit_price,
    units_per_fte_year,
)

CASE = yaml.load(
    Path(__file__).with_name("pricing_reference_case.yaml").read_text(encoding="utf-8"),
    yaml.BaseLoader,
)


def figures(given: dict[str, Any]) -> dict[str, Decimal]:
    """Every figure of the build-up at full precision, by the name the data file uses."""
    terms_of_price = ("contingency", "sga", "margin", "capital_cost", "dso_days")
    case = RateCardCase(
        **{
            name: Decimal(given[name])
            for name in RateCardCase.__dataclass_fields__
            if name != "support"
        },
        support=tuple(
            SupportCost(Decimal(cost), Decimal(span)) for cost, span in given["support"].values()
        ),
    )
    transition = TransitionCost(
        Decimal(given["transition_cost"]),
        int(given["transition_months"]),
        Decimal(given["transition_rate_per_year"]) / 12,
    )
    terms = PriceTerms(**{name: Decimal(given[name]) for name in terms_of_price})
    recovery = transition_per_fte_year(transition, Decimal(given["transition_fte"]))
    price = fte_year_price(case, recovery, terms)
    units = units_per_fte_year(
        case.productive_hours,
        *(
            Decimal(given[name])
            for name in ("utilisation", "units_per_hour", "rework_share", "rework_effort")
        ),
    )
    parity = parity_unit_price(price, units)
    quoted_month = quantize_amount(price / 12, "USD")
    quoted_unit = quantize_unit_price(unit_price(parity, Decimal(given["risk_premium"])), 4)
    return {
        "labour": case.labour,
        "total_shrinkage": case.total_shrinkage,
        "productive_hours": case.productive_hours,
        "hires_per_year": case.hires_per_year,
        "backfill": case.backfill,
        "support": case.support_cost,
        "seat": case.seat,
        "direct_cost": case.direct_cost,
        "transition_instalment": transition.instalment,
        "transition_per_fte_year": recovery,
        "cost_with_contingency": (case.direct_cost + recovery) * (1 + terms.contingency),
        "financing_share": terms.financing_share,
        "price_per_fte_year": price,
        "price_per_fte_month": price / 12,
        "price_per_paid_hour": price / case.paid_hours,
        "price_per_productive_hour": price / case.productive_hours,
        "units_per_fte_year": units,
        "parity_unit_price": parity,
        "unit_price": unit_price(parity, Decimal(given["risk_premium"])),
        "break_even_units_per_fte_month": break_even_units_per_fte(quoted_month, quoted_unit),
        "planned_units_per_fte_month": units / 12,
        "break_even_productivity": break_even_productivity(Decimal(given["risk_premium"])),
    }


def as_printed(figure: Decimal, printed: str) -> str:
    """Write a figure with the digits, thousands blank and sign of per cent of `printed`."""
    percent = printed.endswith(" %")
    digits = printed.removesuffix(" %").replace(" ", "")
    places = Decimal(1).scaleb(Decimal(digits).as_tuple().exponent)  # type: ignore[arg-type]
    shown = (figure * 100 if percent else figure).quantize(places, rounding=ROUND_HALF_UP)
    return f"{shown:,f}".replace(",", " ") + (" %" if percent else "")


@pytest.mark.parametrize("name", list(CASE["outputs"]))
def test_a_figure_of_the_reference_case_matches_to_its_last_printed_digit(name: str) -> None:
    printed = CASE["outputs"][name]
    assert as_printed(figures(CASE["inputs"])[name], printed) == printed


def test_every_figure_of_the_build_up_is_in_the_data_file() -> None:
    assert set(figures(CASE["inputs"])) == set(CASE["outputs"])


def test_a_straight_line_recovery_is_the_limit_of_the_annuity_without_interest() -> None:
    straight = TransitionCost(Decimal(120_000), 36, Decimal(0)).instalment
    nearly = TransitionCost(Decimal(120_000), 36, Decimal("1e-12")).instalment
    assert straight == Decimal(120_000) / 36
    assert abs(nearly - straight) < Decimal("0.001")


def test_margin_is_on_price_and_so_below_the_mark_up_on_cost() -> None:
    terms = PriceTerms(Decimal(0), Decimal(0), Decimal("0.18"), Decimal(0), Decimal(0))
    case = RateCardCase(
        **{name: Decimal(0) for name in RateCardCase.__dataclass_fields__ if name != "support"}
        | {"shifts_per_seat": Decimal(1), "it_cost": Decimal(100)},
        support=(),
    )
    price = fte_year_price(case, Decimal(0), terms)
    assert quantize_amount(price - 100, "USD") == Decimal("21.95")


def test_shares_that_take_the_whole_price_leave_no_price() -> None:
    terms = PriceTerms(Decimal(0), Decimal("0.5"), Decimal("0.5"), Decimal(0), Decimal(0))
    case = RateCardCase(
        **{name: Decimal(1) for name in RateCardCase.__dataclass_fields__ if name != "support"}
        | {"early_loss": Decimal(0)},
        support=(),
    )
    with pytest.raises(ValueError, match="the whole price"):
        fte_year_price(case, Decimal(0), terms)


def test_without_units_there_is_no_unit_price() -> None:
    with pytest.raises(ValueError, match="units above 0"):
        parity_unit_price(Decimal(100), Decimal(0))
