"""Bill a month of the quote in hand under either offer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from api.client import CSV, XLSX
from dashboard import month as months
from dashboard import state
from dashboard.number_format import localised
from dashboard.widgets.contract_bills import contract_bills
from dashboard.widgets.in_hand import nothing_in_hand, quote_in_hand
from dashboard.widgets.problem import problems_shown
from dashboard.widgets.show import figure_table
from dashboard.wording import OFFERS, amount, number, plain

if TYPE_CHECKING:
    from api.client import Client

    Json = dict[str, Any]

_KIND = "invoice"
_FIXED = (months.SERVICE, months.CLASS, months.TEAM, months.MEASURE, months.PLANNED, "Target")


def render(client: Client) -> None:
    """Ask what happened in a month, and show what it costs under both offers."""
    quote = quote_in_hand(client)
    if quote is None:
        nothing_in_hand("Invoice")
        return
    st.title("Invoice", anchor=False)
    st.badge("What the client is billed: it holds no cost", color="green")
    st.write(
        f"A month of **{plain(quote['engagement']['name'])}** under both offers, every charge a "
        "line. What you leave as it is went as planned."
    )
    with problems_shown():
        asked = _asked(quote)
        if asked is not None:
            state.drop_study(_KIND)
            made = client.create_invoices(quote["id"], asked)
            state.keep_study(_KIND, {"quote": quote["id"]}, {}, asked, made)
        kept = state.kept_study(_KIND, {"quote": quote["id"]})
        if kept is not None:
            _show(kept.answer)
            _downloads(client, quote["id"], kept.asked)
    contract_bills(client, quote["id"])


def _asked(quote: Json) -> Json | None:
    """Let a person edit the month; return it in the run in which it is to be billed."""
    columns = st.columns((1, 1, 2))
    term = quote["engagement"]["term_months"]
    month = columns[0].number_input(f"Contract month, 1 to {term}", 1, term, 1, key="bill_month")
    days = columns[1].number_input(
        "Days served", 0, 31, None, placeholder="the whole month", key="bill_days"
    )
    with st.form("invoice_month", border=False):
        st.subheader("What was produced", anchor=False)
        services = _editor(months.service_rows(quote, month), f"bill_services_{month}")
        st.subheader("Whom the client ordered", anchor=False)
        teams = _editor(months.team_rows(quote, month), f"bill_teams_{month}")
        measures = months.measure_rows(quote)
        if measures:
            st.subheader("Service levels; left empty: on target", anchor=False)
            measures = _editor(measures, f"bill_measures_{month}")
        submitted = st.form_submit_button("Bill this month", type="primary", key="bill")
    if not submitted:
        return None
    return dict(months.actuals(month, days, services, teams, measures))


def _editor(rows: list[Json], key: str) -> list[Json]:
    """Show rows to edit; names and plan stand fast."""
    columns = {
        name: _column(name) for name in rows[0] if name not in _FIXED or name == months.PLANNED
    }
    edited: list[Json] = st.data_editor(
        rows,
        hide_index=True,
        disabled=[name for name in rows[0] if name in _FIXED],
        column_config=columns,
        key=key,
    )
    return edited


def _column(name: str) -> Any:  # noqa: ANN401 (streamlit's kinds of columns share no public type)
    if name == "Collected":
        return st.column_config.TextColumn(help="Money, e.g. 125000.50")
    return st.column_config.NumberColumn(min_value=0, format="localized")


def _show(made: Json) -> None:
    whole = made["days"] == made["of_days"]
    days = "" if whole else f", {made['days']} of its {made['of_days']} days"
    title = f"Month {made['month']}: {made['first_day']} to {made['last_day']}{days}"
    st.header(title, anchor=False)
    currency = made["currency"]
    for column, invoice in zip(st.columns(2), made["invoices"], strict=True):
        with column:
            st.metric(
                f"{OFFERS[invoice['method']]}, {currency}", localised(amount(invoice["total"]))
            )
            for warning in invoice["warnings"]:
                st.warning(plain(warning), icon=":material/warning:")
            rows = [_row(number, line) for number, line in enumerate(invoice["lines"], start=1)]
            figure_table(rows, f"{invoice['method']}_lines", text_columns=2)
            _taxes(invoice, currency)


def _taxes(invoice: Json, currency: str) -> None:
    """What comes on top of the lines, where the quote knows who taxes it."""
    for tax in invoice.get("taxes", ()):
        rate = f"{100 * float(tax['rate']):.4g} %"
        note = f" ({tax['note']})" if tax["note"] else ""
        st.caption(plain(f"{tax['text']}, {rate}: {amount(tax['amount'])}{note}"))
    if "payable" in invoice:
        st.metric(f"Payable with taxes, {currency}", localised(amount(invoice["payable"])))


def _row(at: int, line: Json) -> dict[str, str]:
    name = f"{line['about']}: {line['text']}" if line["about"] else line["text"]
    single = line["parts"][0] if len(line["parts"]) == 1 else None
    return {
        "Line": str(at),
        "Charge": name,
        "Amount": amount(line["amount"]),
        "Quantity": number(single["quantity"]) if single else "by tier",
        "Unit": single["unit"] if single else "",
        "Price": single["unit_price"] if single else "",
        "Note": line["note"],
    }


def _downloads(client: Client, quote_id: str, asked: Json) -> None:
    with st.container(horizontal=True):
        for label, kind, name in (
            ("Workbook with formulas (XLSX)", XLSX, "invoice.xlsx"),
            ("Table (CSV)", CSV, "invoice.csv"),
        ):
            st.download_button(
                label,
                partial(client.invoices_file, quote_id, asked, kind),
                name,
                kind,
                icon=":material/download:",
                on_click="ignore",
                key=f"download_{name}",
            )
