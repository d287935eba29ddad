"""Contract bills as a table: one row for each volume, a column for each mechanism."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pricing.invoice.over_volume_document import ContractBills


def bills_table(made: ContractBills) -> str:
    """Write the bills as CSV; the columns of the mechanisms sum to the output-based bill."""
    names = list(dict.fromkeys(name for point in made.points for name in point.output_lines))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ("share_of_plan", "volume", "input_based", "output_based", "cheaper", *names, "currency")
    )
    for point in made.points:
        parts = point.output_lines
        writer.writerow(
            (
                point.share_of_plan,
                point.volume,
                f"{point.input_based.amount:f}",
                f"{point.output_based.amount:f}",
                point.cheaper,
                *(f"{parts[name].amount:f}" if name in parts else "" for name in names),
                made.currency,
            )
        )
    return text.getvalue()
