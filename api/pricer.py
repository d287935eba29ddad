"""Pricing and studying in a server: a few at a time, and nothing solved twice in a row."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from pricing.repricing import basis_key, price_on, solve_basis, solve_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from pricing.engagement import Engagement
    from pricing.quote import Quote
    from pricing.repricing import Basis
    from staffing.optimize.solver import SolveLog
    from staffing.plan import StaffingPlan

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

    def price(
        self,
        engagement: Engagement,
        *,
        progress: Callable[[str], None] | None = None,
        log: SolveLog | None = None,
    ) -> Quote:
        """Price one engagement when a slot is free; see `basis`."""
        return self.run(partial(self.quote, engagement, progress=progress, log=log))

    def basis(
        self,
        engagement: Engagement,
        *,
        with_risk: bool = False,
        progress: Callable[[str], None] | None = None,
        log: SolveLog | None = None,
    ) -> Basis:
        """Return what is solved for an engagement, or solve it; call it inside `run`.

        Parameters
        ----------
        with_risk : bool
            Whether futures are wanted even where prices are as stated.
        progress : callable, optional
            Called with a short text before each step.
        log : SolveLog, optional
            Collects solver seconds.
        """
        key = basis_key(engagement)
        known = self._known(key)
        basis = solve_basis(engagement, known, with_risk=with_risk, progress=progress, log=log)
        self._keep(key, basis)
        return basis

    def plan(
        self,
        engagement: Engagement,
        *,
        progress: Callable[[str], None] | None = None,
        log: SolveLog | None = None,
    ) -> StaffingPlan:
        """Return the plan of an engagement, or make it; call it inside `run`, see `basis`."""
        key = basis_key(engagement)
        basis = solve_plan(engagement, self._known(key), progress=progress, log=log)
        self._keep(key, basis)
        return basis.plan

    def quote(
        self,
        engagement: Engagement,
        *,
        progress: Callable[[str], None] | None = None,
        log: SolveLog | None = None,
    ) -> Quote:
        """Price one engagement; call it inside `run`, see `basis`."""
        basis = self.basis(engagement, progress=progress, log=log)
        if progress:
            progress("pricing")
        return price_on(engagement, basis)

    def run[T](self, work: Callable[[], T]) -> T:
        """Do a piece of work when a slot is free."""
        with self._slots:
            return work()

    def _known(self, key: str) -> Basis | None:
        with self._lock:
            return self._bases.get(key)

    def _keep(self, key: str, basis: Basis) -> None:
        with self._lock:
            self._bases[key] = basis
            self._bases.move_to_end(key)
            while len(self._bases) > _KEPT:
                self._bases.popitem(last=False)
