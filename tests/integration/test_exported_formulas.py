"""Names that a spreadsheet would take for formulas leave the server as text, in every file."""

import csv
import io
import json

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import CSV, XLSX, Client
from api.settings import Settings
from api.store import quotes
from api.store.database import Database
from pricing.quote import Quote
from pricing.reading import read_engagement
from tests.builders.comparisons import compared_engagement, compared_quote
from tests.builders.spreadsheet import Workbook

LOOPBACK = "http://127.0.0.1"
HOSTILE = {
    "claims": "=cmd|'/c calc'!A0",
    "helpdesk": "@SUM(1+9)*cmd|'x'!A0",
    "Manila": "+HYPERLINK(1)",
}
SIGNS = ("=", "+", "-", "@", "\t", "\r")


def renamed(document):
    """A document whose services and site have hostile names."""
    text = json.dumps(document)
    for name, hostile in HOSTILE.items():
        text = text.replace(f'"{name}"', json.dumps(hostile))
        team = f"{hostile} @ {HOSTILE['Manila']}"
        text = text.replace(f'"{name} @ Manila"', json.dumps(team))
    return json.loads(text)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    database = tmp_path_factory.mktemp("store") / "quotes.sqlite"
    quote = Quote.model_validate(renamed(compared_quote().model_dump(mode="json")))
    engagement = read_engagement(renamed(compared_engagement().model_dump(mode="json")))
    store = Database(database)
    with store.writing() as session:
        quote_id = quotes.add(session, engagement, quote).id
    store.close()
    with TestClient(create_app(Settings(database=database)), base_url=LOOPBACK) as http:
        client = Client(LOOPBACK, http)
        books = [client.comparison_file(quote_id, XLSX), client.invoices_file(quote_id, kind=XLSX)]
        return [Workbook(book) for book in books], client.invoices_file(quote_id, kind=CSV).decode()


def test_no_cell_of_a_workbook_is_a_formula_of_the_caller_s(files) -> None:
    for book in files[0]:
        formulas = [text for _, text in book.formulas()]
        assert formulas
        assert [text for text in formulas if "cmd" in text or "HYPERLINK" in text] == []
    rows = [row for book in files[0] for sheet in book.sheets for row in book.read(sheet)]
    texts = [cell for row in rows for cell in row]
    assert [cell for cell in texts if isinstance(cell, str) and "cmd|" in cell] != []


def test_no_cell_of_a_table_begins_like_a_formula(files) -> None:
    cells = [cell for row in csv.reader(io.StringIO(files[1])) for cell in row]
    assert [cell for cell in cells if "cmd|" in cell] != []
    assert [cell for cell in cells if cell.startswith(SIGNS) and not is_number(cell)] == []


def is_number(cell):
    """Whether a cell is a plain number, which may have a sign."""
    try:
        float(cell)
    except ValueError:
        return False
    return True
