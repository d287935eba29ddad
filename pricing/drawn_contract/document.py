"""What a study says of the contract: terms in the drawn bills, and those no draw knows."""

from __future__ import annotations

from staffing.plan import Document


class DrawnContract(Document):
    """The contract in the drawn bills.

    `terms` are those in the bill of every future; `assumed` is how they were read where a contract
    leaves it open; `not_drawn` lists what nothing drawn decides, so that no bill holds it.
    """

    terms: tuple[str, ...]
    assumed: tuple[str, ...]
    not_drawn: tuple[str, ...]
