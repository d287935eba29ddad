"""Quotes of scenarios made by hand from one that was planned once: figures moved, none solved."""

import copy
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

from api.store import quotes, scenarios
from api.store.scenarios import NewScenario, Who
from pricing.quote import Quote
from pricing.quoting import CALCULATION_VERSION
from pricing.scenario_sets.comparison import PricedFrom
from pricing.scenario_sets.overrides import Override, overrides_hash
from tests.builders.comparisons import compared_engagement, compared_quote
from tests.builders.pricing import put

DEARER, STALE, NEW = "A fifth more volume", "Higher margin", "Slower work"
SLOWER = {"op": "replace", "path": "/services/0/units_per_hour/value", "value": "9"}

VOLUME = {"op": "replace", "path": "/services/0/volume/scale", "value": 1.2}
MARGIN = {"op": "replace", "path": "/commercial/target_margin/value", "value": "0.25"}


@cache
def _plain():
    return compared_quote().model_dump(mode="json")


def moved_quote(*, bill="1", margin=None, hash_of="m", **paths):
    """The compared quote with the bills, the price and the cost of both offers moved by a factor.

    Parameters
    ----------
    bill : str
        Factor on what the client pays; the cost stays, so that profit takes all of it.
    margin : float, optional
        Margin of both offers as stated.
    paths : mapping
        Further values by path, dots written as two underscores.
    """
    data = copy.deepcopy(_plain())
    for method in ("input_based", "output_based"):
        term = data["offers"][method]["term"]
        old = Decimal(term["expected_bill"]["amount"])
        new = (old * Decimal(bill)).quantize(Decimal("0.01"))
        term["expected_bill"]["amount"] = str(new)
        term["profit"]["amount"] = str(Decimal(term["profit"]["amount"]) + new - old)
        term["margin"] = float(Decimal(term["profit"]["amount"]) / new)
        if margin is not None:
            term["margin"] = margin
        for price in data["offers"][method]["prices"]:
            price["price"]["amount"] = str(Decimal(price["price"]["amount"]) * Decimal(bill))
    for path, value in paths.items():
        put(data, path.replace("__", "."), value)
    data["content_hash"] = hash_of * 64
    return Quote.model_validate(data)


def stored_set(store, owner="local", name="local user", staff="none"):
    """Store a set of a base and three scenarios: priced, stale, and not priced; returns its id."""
    who = Who(owner, name, datetime.now(UTC))
    now = PricedFrom(
        base_hash=compared_quote().engagement.content_hash,
        overrides_hash="",
        calculation_version=CALCULATION_VERSION,
    )
    with store.writing() as session:
        base = quotes.add(session, compared_engagement(), compared_quote()).id
        row = scenarios.add_set(session, "Claims 2027", "Before we answer", base, who)
        for title, raw, bill in (
            (DEARER, VOLUME, "1.08"),
            (STALE, MARGIN, "1.1"),
            (NEW, SLOWER, ""),
        ):
            overrides = [Override.model_validate(raw)]
            quote_id, hashed = None, overrides_hash(overrides)
            if bill:
                quote = moved_quote(bill=bill)
                added = quotes.add(session, compared_engagement(), quote, variant_of=base)
                quote_id = added.id
            priced = now.model_copy(
                update={"overrides_hash": "o" * 64 if title == STALE else hashed}
            )
            made = NewScenario(title, "", overrides, quote_id, priced)
            scenarios.add_scenario(session, row, made, who)
        row.staff_access = staff
        return row.id
