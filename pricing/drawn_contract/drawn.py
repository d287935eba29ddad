"""The contract of an engagement, ready to bill draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pricing.drawn_contract.moves import FX, price_moves
from pricing.drawn_contract.term import TermContract, term_bills
from pricing.drawn_contract.words import contract_words
from staffing.calendar import MONTHS_PER_YEAR
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from pricing.agreement import Agreement
    from pricing.drawn_contract.document import DrawnContract
    from pricing.drawn_contract.term import DrawnMonths
    from pricing.engagement import Engagement
    from pricing.quote import Method
    from staffing.plan import StaffingPlan

    Array = NDArray[np.float64]

METHODS: tuple[Method, Method] = ("input_based", "output_based")


@dataclass(frozen=True)
class DrawnTerms:
    """Terms and prices that futures are billed by.

    Parameters
    ----------
    contract : TermContract
        Prices, terms, plan.
    index_growth : float or None
        Planned growth a year of the index of an indexation; None: not known.
    """

    contract: TermContract
    index_growth: float | None

    def bills(
        self,
        months: DrawnMonths,
        factors: Mapping[str, Array],
        methods: Sequence[Method] = METHODS,
        discount: Sequence[float] | None = None,
    ) -> dict[Method, Array]:
        """Bill of the term by service under each offer, shape (draws, services).

        See `pricing.drawn_contract.term.term_bills`.
        """
        moves = price_moves(
            self.contract.terms,
            factors,
            years=-(-self.contract.months // MONTHS_PER_YEAR),
            index_growth=self.index_growth,
        )
        return term_bills(self.contract, months, moves, methods, discount)

    def words(self, factors: Mapping[str, Array]) -> DrawnContract:
        """What of the contract the bills hold."""
        return contract_words(
            self.contract.terms,
            index_known=self.index_growth is not None,
            fx_drawn=FX in factors,
        )


def drawn_terms(
    engagement: Engagement, plan: StaffingPlan, agreements: tuple[Agreement, ...]
) -> DrawnTerms:
    """Set up the bills of an engagement at the prices that its contract was frozen at."""
    growth = engagement.commercial.index_growth_per_year
    return DrawnTerms(
        TermContract(
            agreements=agreements,
            teams=tuple(team.name for team in plan.teams),
            services=tuple(volume.service for volume in plan.volumes),
            planned_units=np.array([volume.units_by_month for volume in plan.volumes]).T,
        ),
        None if growth is None else float(growth.value),
    )


def refuse_no_bill(method: Method, bill: Array, of: str = "all services") -> Array:
    """Refuse futures without a bill: they have no margin.

    Raises
    ------
    BadInputError
        A bill of 0 or less in a future.
    """
    least = float(bill.min())
    if least <= 0:
        accepted = "terms that leave a bill above 0 in every future (planned_collections, rebates)"
        raise BadInputError.at(f"contract.{method}", f"{of}: a bill of {least:,.0f}", accepted)
    return bill
