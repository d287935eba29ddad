"""`crewquote invoice` on a quote made by hand: what is printed, written and refused."""

import json
from decimal import Decimal

import pytest

import api.cli.invoice as command
from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import invoice_month
from staffing.errors import BadInputError
from tests.builders.contracts import CONTRACT
from tests.builders.invoices import quoted


@pytest.fixture
def bill(monkeypatch, tmp_path, capsys):
    """Run the command in a folder of its own; returns what was printed."""
    monkeypatch.setattr(command, "load_quote", lambda _: quoted(CONTRACT))
    quote = tmp_path / "quote.json"
    quote.write_text("{}", encoding="utf-8")

    def run(volumes=None, *, offer="both", month=None, as_json=False, out=None):
        file = None
        if volumes is not None:
            file = tmp_path / "volumes.yaml"
            file.write_text(volumes, encoding="utf-8")
        command.run_invoice(
            quote, file, offer=offer, month=month, as_json=as_json, out=out and tmp_path / out
        )
        return capsys.readouterr()

    return run


def test_both_invoices_are_printed_line_by_line(bill):
    printed = bill("month: 2\nservices: {claims: {units: 4000}}\n").out
    assert "Invoice of contract month 2: 2027-02-04 to 2027-03-03" in printed
    assert "Input-based offer" in printed
    assert "Output-based offer" in printed
    assert "above 3,000 up to 5,000" in printed
    assert printed.count("total") >= 2


def test_a_wide_invoice_shows_every_amount_to_its_last_digit(bill):
    """What no longer fits into a page folds its words; no digit is cut."""
    volumes = """
month: 3
days: 20
services: {claims: {units: 123456.789, errors: 4}}
teams: {claims @ Manila: {ordered_fte: 1234.5, training_hours: 123.456789, night_hours: 98.7654321}}
sla: {answered in 20 s: 0.5, backlog: 3}
"""
    printed = bill(volumes).out
    made = json.loads(bill(volumes, as_json=True).out)
    for invoice in made["invoices"]:
        amounts = [line["amount"] for line in invoice["lines"]] + [invoice["total"]]
        for amount in amounts:
            assert f" {Decimal(amount['amount']):,f}\n" in printed


def test_one_offer_alone(bill):
    assert "Input-based offer" not in bill(offer="output_based").out


def test_json_is_what_the_use_case_gives(bill):
    printed = json.loads(bill(as_json=True, month=3).out)
    assert printed == invoice_month(quoted(CONTRACT), Actuals(), number=3).model_dump(mode="json")


@pytest.mark.parametrize("name", ["invoice.json", "invoice.csv", "invoice.xlsx"])
def test_files_are_written_by_their_ending(bill, tmp_path, name):
    assert f"Written to {tmp_path / name}" in bill(out=name).err
    assert (tmp_path / name).stat().st_size > 100


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"offer": "hourly"}, "--offer: input_based, output_based or both"),
        ({"out": "invoice.pdf"}, "a file that ends in .json, .csv, .xlsx"),
        ({"out": "quote.json"}, "another file than the engagement itself"),
        ({"month": 4}, "a month of the term, 1 to 3"),
        ({"volumes": "currency: EUR\n"}, "the quote's currency, USD"),
        ({"volumes": "services: {audits: {}}\n"}, "services.audits: one of: claims, helpdesk"),
        ({"volumes": "unit: 3\n"}, "unknown field"),
    ],
)
def test_what_cannot_be_billed_is_refused(bill, asked, words):
    with pytest.raises(BadInputError) as caught:
        bill(**asked)
    assert words in str(caught.value)


def test_the_client_sees_neither_cost_nor_margin(bill):
    printed = bill(as_json=True).out + bill().out
    for word in ("cost", "margin", "floor_price", "wage", "premium"):
        assert word not in printed
