"""What a quote warns of: base rates the wrong way round, growth that is charged twice."""

from decimal import Decimal
from typing import Any

import pytest

from pricing.contract_warnings import contract_warnings
from pricing.fx import FxRate
from tests.builders.invoices import agreed
from tests.builders.pricing import engagement

INDEX: dict[str, Any] = {"index": "CPI", "share": 0.65}
RATE = FxRate(
    base="USD", currency="PHP", value=Decimal("61.36"), type="reference", as_of=None, source=None,
    quality="official",
)  # fmt: skip


def warned(contract: dict[str, Any], **changes: Any) -> tuple[str, ...]:
    document = engagement({"contract": contract, **changes})
    return contract_warnings(document, agreed(contract), (RATE,))


@pytest.mark.parametrize(
    ("rate", "far"),
    [("61.36", False), ("57", False), ("0.0163", True), ("185", True), ("20", True)],
)
def test_a_base_rate_far_from_the_quote_s_own_is_told(rate: str, far: bool) -> None:
    clause = {"currency": "PHP", "base_rate": rate, "local_share": 0.7}
    found = warned({"fx_clauses": [clause]})
    assert bool(found) == far
    assert all("61.36 PHP for one USD" in text for text in found)


def test_a_rate_the_quote_does_not_know_is_not_judged() -> None:
    assert warned({"fx_clauses": [{"currency": "INR", "base_rate": "1", "local_share": 0.5}]}) == ()


@pytest.mark.parametrize(
    ("over_term", "growth", "share", "twice"),
    [
        ("yearly", 0.06, 0.65, True),
        ("flat", 0.06, 0.65, False),
        ("yearly", 0, 0.65, False),
        ("yearly", 0.06, 0, False),
    ],
)
def test_growth_in_the_price_and_by_index_is_told(over_term, growth, share, twice) -> None:
    changes = {"commercial.price_over_term": over_term, "sites[0].wage_growth_per_year": growth}
    found = warned({"indexation": INDEX | {"share": share}}, **changes)
    assert any("charges it again" in text for text in found) == twice
