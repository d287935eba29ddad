"""`crewquote invoice`: bill a month of a quote under either offer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from api.cli.export_extra import export_extra
from api.cli.invoice_summary import print_invoices
from api.cli.loader import load_quote
from api.cli.out_file import check_target, write_whole
from api.cli.volumes_file import load_actuals
from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import METHODS, invoice_month
from pricing.invoice.table import invoice_table
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from pathlib import Path

    from pricing.invoice.document import MonthInvoices
    from pricing.quote import Method

_KINDS = (".json", ".csv", ".xlsx")


def run_invoice(
    file: Path,
    volumes: Path | None,
    *,
    offer: str,
    month: int | None,
    as_json: bool,
    out: Path | None,
) -> None:
    """Bill a month; the invoices go to stdout and, if asked, to a file."""
    methods = _methods(offer)
    if out is not None:
        _check_out(out, file, volumes)
    actuals = Actuals() if volumes is None else load_actuals(volumes, month)
    made = invoice_month(load_quote(file), actuals, number=month, methods=methods)
    text = made.model_dump_json(indent=2) + "\n"
    if out is not None:
        write_whole(out, _content(out, made, text))
    if as_json:
        sys.stdout.write(text)
        return
    print_invoices(made)
    if out is not None:
        print(f"Written to {out}", file=sys.stderr)


def _methods(offer: str) -> tuple[Method, ...]:
    chosen = tuple(method for method in METHODS if offer in {method, "both"})
    if not chosen:
        raise BadInputError.at("--offer", offer, f"{', '.join(METHODS)} or both")
    return chosen


def _check_out(out: Path, quote: Path, volumes: Path | None) -> None:
    """Find out before the work that the file could not be written."""
    check_target(out, quote, "--out")
    if volumes is not None:
        check_target(out, volumes, "--out")
    if out.suffix.lower() not in _KINDS:
        raise BadInputError.at("--out", str(out), f"a file that ends in {', '.join(_KINDS)}")
    if out.suffix.lower() == ".xlsx":
        with export_extra("--out"):
            import pricing.invoice.workbook  # noqa: F401 (whether it can be had)


def _content(out: Path, made: MonthInvoices, text: str) -> str | bytes:
    kind = out.suffix.lower()
    if kind == ".csv":
        return invoice_table(made)
    if kind == ".xlsx":
        from pricing.invoice.workbook import invoice_workbook

        return invoice_workbook(made)
    return text
