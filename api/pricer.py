"""Pricing and studying in a server: a few at a time, and nothing solved twice in a row."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from pricing.repricing import basis_key, price_on, solve_basis

if TYPE_CHECKING:
    from collections.abc import Callable

    from pricing.engagement import Engagement
    from pricing.quote import Quote
    from pricing.repricing import Basis

_KEPT = 8


class Pricer:
    """Prices and studies engagements, a bounded number at a time: each takes a processor core.

    The last few plans are kept in memory, with what their risk is read from: the same work at
    another margin, or for a client that knows more, is priced without a solver.
    """

    def __init__(self, at_a_time: int) -> None:
        self._slots = BoundedSemaphore(at_a_time)
        self._lock = Lock()
        self._bases: OrderedDict[str, Basis] = OrderedDict()

    def price(self, engagement: Engagement) -> Quote:
        """Price one engagement when a slot is free."""
        return self.run(partial(self._price, engagement))

    def basis(self, engagement: Engagement, *, with_risk: bool = False) -> Basis:
        """Return what is solved for an engagement, or solve it; call it inside `run`."""
        key = basis_key(engagement)
        with self._lock:
            known = self._bases.get(key)
        basis = solve_basis(engagement, known, with_risk=with_risk)
        with self._lock:
            self._bases[key] = basis
            self._bases.move_to_end(key)
            while len(self._bases) > _KEPT:
                self._bases.popitem(last=False)
        return basis

    def run[T](self, work: Callable[[], T]) -> T:
        """Do a piece of work when a slot is free."""
        with self._slots:
            return work()

    def _price(self, engagement: Engagement) -> Quote:
        return price_on(engagement, self.basis(engagement))
