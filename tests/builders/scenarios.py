"""Quotes of scenarios made by hand from one that was planned once: figures moved, none solved."""

import copy
from decimal import Decimal
from functools import cache

from pricing.quote import Quote
from tests.builders.comparisons import compared_quote
from tests.builders.pricing import put

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
