"""`crewquote compare`: what is printed, written and refused; on a quote that was priced before."""

import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import typer

from api.cli.compare import CompareTargets, run_compare
from api.cli.numbers import between, money_amount
from pricing.client_comparison import ClientComparison
from pricing.client_comparison.vendor import BothViews
from pricing.quote import quote_json
from staffing.errors import BadInputError
from tests.builders.comparisons import FORBIDDEN, compared_quote

ASKED: dict[str, Any] = {"budget": Decimal(400_000), "volume": 1.2, "productivity": 0.9}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "quote.json"
    path.write_text(quote_json(compared_quote()), encoding="utf-8")
    return path


def printed(file: Path, capsys: pytest.CaptureFixture[str], **targets: Any) -> str:
    run_compare(file, ASKED, CompareTargets(**targets), quiet=True)
    return capsys.readouterr().out


def test_the_terminal_shows_the_client_s_view_only(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(file, capsys)
    assert FORBIDDEN.findall(text) == []
    assert "Recommendation" in text
    assert "At 120.0 % of volume and 90.0 % of productivity" in text
    assert "saves" in text
    assert "Assumed without a source" in text


def test_the_vendor_s_view_is_added_on_demand(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(file, capsys, vendor=True)
    assert "Vendor's view: not for clients" in text
    assert "margin P10" in text


def test_json_is_the_document_and_with_the_vendor_both(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = ClientComparison.model_validate_json(printed(file, capsys, as_json=True))
    assert made.at.volume == 1.2
    both = BothViews.model_validate_json(printed(file, capsys, as_json=True, vendor=True))
    assert both.client == made


def test_page_and_workbook_hold_nothing_of_the_vendor_even_with_its_view(
    file: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page, book = tmp_path / "page.html", tmp_path / "book.xlsx"
    printed(file, capsys, plot=page, out=book, vendor=True)
    text = page.read_text(encoding="utf-8")
    body = text[: text.index("<script>")]
    assert text.count('class="chart"') == 4
    assert FORBIDDEN.findall(body.split("<body>")[1].replace("Labor cost management", "")) == []
    with zipfile.ZipFile(io.BytesIO(book.read_bytes())) as parts:
        shared = parts.read("xl/sharedStrings.xml").decode()
        savings = parts.read("xl/worksheets/sheet6.xml").decode()
    assert FORBIDDEN.findall(shared.replace("Labor cost management", "")) == []
    assert "<f>SUM(B2:B9)</f>" in savings


def test_a_workbook_must_end_in_xlsx(file: Path, tmp_path: Path) -> None:
    targets = CompareTargets(out=tmp_path / "book.csv")
    with pytest.raises(BadInputError, match=r"--out: a file that ends in \.xlsx"):
        run_compare(file, ASKED, targets, quiet=True)


def test_what_is_neither_quote_nor_engagement_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"name": "x"}), encoding="utf-8")
    with pytest.raises(BadInputError, match="services"):
        run_compare(other, ASKED, CompareTargets(), quiet=True)


def test_an_amount_is_read_exactly_and_a_belief_within_its_range() -> None:
    assert money_amount("1,500,000.10") == Decimal("1500000.10")
    for text in ("0", "-1", "NaN", "inf", "a lot", "1e99"):
        with pytest.raises(typer.BadParameter, match="an amount above 0"):
            money_amount(text)
    assert between(0.1, 3)("1.2") == 1.2
    for text in ("0.05", "3.1", "nan", "x"):
        with pytest.raises(typer.BadParameter, match=r"a number from 0\.1 to 3"):
            between(0.1, 3)(text)
