"""Tables of volumes as they are sent: columns, first rows, histories, rows that cannot be read."""

import io
import zipfile

import openpyxl
import pytest

from api.errors import RefusedError
from api.formats import CSV, XLSX
from api.tables import files
from api.tables.volumes import Wanted, volumes_table
from staffing.errors import BadInputError

MONTHS = "month,claims,calls\n2026-01,1200,10\n2026-02,1300,11\n2026-03,1250.5,12\n"


def read(text, kind=CSV, **wanted):
    content = text if isinstance(text, bytes) else text.encode()
    return volumes_table(content, kind, Wanted(**wanted))


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_table_tells_its_columns_and_first_rows() -> None:
    table = read(MONTHS)
    assert table.columns == ["month", "claims", "calls"]
    assert table.number_columns == ["claims", "calls"]
    assert (table.rows, table.first_rows[0]["claims"]) == (3, "1200")
    assert table.history is None
    assert table.issues == []


def test_a_column_is_a_history_with_its_dates() -> None:
    found = read(MONTHS, column="claims", date_column="month", step="month").history
    assert found is not None
    assert (found.starts_on, found.step, found.values) == (
        "2026-01-01",
        "month",
        [1200, 1300, 1250.5],
    )
    undated = read(MONTHS, column="calls", step="week").history
    assert undated is not None
    assert (undated.starts_on, undated.values) == (None, [10, 11, 12])


def test_every_row_that_holds_no_number_is_told() -> None:
    table = read("n\nmany\n5\n-3\n\n", column="n")
    assert table.history is None
    assert [(one.place, one.found) for one in table.issues] == [
        ("line 2", "many"),
        ("line 4", "-3"),
    ]


def test_of_many_wrong_rows_the_first_fifty_are_told() -> None:
    table = read("n,m\n" + "x,1\n" * 60, column="n")
    assert (len(table.issues), table.issues_left_out) == (50, 10)


def test_a_gap_in_the_dates_is_told() -> None:
    table = read("d,n\n2026-01,1\n2026-03,2\n", column="n", date_column="d")
    (issue,) = table.issues
    assert "steps are missing" in issue.accepted
    assert table.history is None


def test_no_row_is_no_history() -> None:
    assert read("n\n", column="n").issues[0].found == "no row"


def test_sheets_are_named_and_the_first_is_read_unless_told() -> None:
    book = workbook(year=[["n"], [1], [2]], other=[["m"], [5]])
    table = read(book, XLSX)
    assert (table.sheets, table.sheet, table.columns) == (["year", "other"], "year", ["n"])
    other = read(book, XLSX, sheet="other", column="m")
    assert other.history is not None
    assert other.history.values == [5]
    with pytest.raises(BadInputError, match="year, other"):
        read(book, XLSX, sheet="third")


@pytest.mark.parametrize("column", [{"column": "x"}, {"column": "n", "date_column": "x"}])
def test_an_unknown_column_is_refused_with_those_there_are(column) -> None:
    with pytest.raises(BadInputError, match="there once: n"):
        read("n\n1\n", **column)


@pytest.mark.parametrize("content", [b"PK", b"", b"\xff\xfe"])
def test_another_file_is_no_workbook_and_no_table(content) -> None:
    with pytest.raises(BadInputError):
        read(content, XLSX)
    if not content.startswith(b"PK"):
        with pytest.raises(BadInputError):
            read(content)


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(files, "_MOST_UNPACKED", 10_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "0" * 20_000)
    with pytest.raises(BadInputError, match="unpacked"):
        read(out.getvalue(), XLSX)


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(RefusedError, match="text/csv"):
        read(b"x", "application/pdf")


def test_a_number_with_hundreds_of_digits_is_none() -> None:
    book = workbook(year=[["n"], [10**15], [1]])
    assert files.number_of(10**400) is None
    assert read(book, XLSX, column="n").history is not None


def test_a_damaged_workbook_is_none() -> None:
    book = bytearray(workbook(year=[["n"], [1]]))
    for place in range(40, len(book), 97):
        damaged = bytes(book[:place]) + bytes([book[place] ^ 0xFF]) + bytes(book[place + 1 :])
        try:
            read(damaged, XLSX)
        except BadInputError:
            continue


def test_dates_at_the_end_of_time_are_told() -> None:
    table = read("d,n\n9999-12-31,1\n9999-12-31,1\n", column="n", date_column="d", step="month")
    assert table.issues
    assert table.history is None
