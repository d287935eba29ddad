"""`crewquote invoice` as a user runs it, on the quote of `examples/billing.yaml`."""

import csv
import io
import json
from decimal import Decimal

import pytest

from tests.builders.command_line import EXAMPLES, crewquote

pytestmark = [pytest.mark.integration, pytest.mark.slow]

MARCH = EXAMPLES / "volumes" / "billing_march.yaml"
UNITS = EXAMPLES / "volumes" / "billing_units.csv"


@pytest.fixture(scope="module")
def quote(tmp_path_factory):
    """The example's quote, priced once."""
    file = tmp_path_factory.mktemp("quote") / "billing.json"
    done = crewquote("quote", EXAMPLES / "billing.yaml", "--out", file, "--quiet")
    assert done.returncode == 0, done.stderr
    assert "Under the contract's terms output-based" in " ".join(done.stdout.split())
    return file


def billed(quote, *options):
    done = crewquote("invoice", quote, "--json", *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_month_is_billed_line_by_line_to_the_cent(quote):
    made = billed(quote, "--volumes", MARCH)
    assert (made["month"], made["first_day"]) == (3, "2027-03-01")
    for invoice in made["invoices"]:
        amounts = [Decimal(line["amount"]["amount"]) for line in invoice["lines"]]
        assert sum(amounts) == Decimal(invoice["total"]["amount"])
    mechanisms = [{line["mechanism"] for line in invoice["lines"]} for invoice in made["invoices"]]
    assert {"ordered", "training", "overtime", "fill_rate", "replacement"} <= mechanisms[0]
    assert {"arc", "rrc"} & mechanisms[1]
    assert {"base_charge", "collections", "sla_credit", "fx_clause", "gainshare"} <= mechanisms[1]


def test_the_planned_months_sum_to_what_the_quote_says_of_its_contract(quote):
    document = json.loads(quote.read_text())
    planned = {one["method"]: one for one in document["contract_at_plan"]}
    first = billed(quote)
    bills = {one["method"]: Decimal(one["total"]["amount"]) for one in first["invoices"]}
    months = document["engagement"]["term_months"]
    for method, one in planned.items():
        assert 0.8 < float(bills[method]) * months / float(one["bill"]["amount"]) < 1.2


def test_a_table_of_several_months_is_billed_by_month(quote, tmp_path):
    out = tmp_path / "february.csv"
    done = crewquote("invoice", quote, "--volumes", UNITS, "--month", "2", "--out", out)
    assert done.returncode == 0, done.stderr
    assert "Invoice of contract month 2" in done.stdout
    rows = list(csv.DictReader(io.StringIO(out.read_text())))
    surgery = next(row for row in rows if row["what"].endswith("surgery"))
    assert surgery["quantity"] == "1400"


def test_what_cannot_be_billed_ends_with_its_reason(quote):
    done = crewquote("invoice", quote, "--volumes", EXAMPLES / "billing.yaml")
    assert done.returncode == 3
    assert "commercial: unknown field" in done.stderr
    assert done.stdout == ""
