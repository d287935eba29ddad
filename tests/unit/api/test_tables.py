"""Numbers from tables: CSV columns and sheets, rows chosen by value, dates checked step by step."""

import builtins
import csv
from datetime import date, datetime

import openpyxl
import pytest

from api.cli.loader import load_engagement
from api.cli.tables import dated_history, numbers_of
from pricing.reading import engagement_hash
from staffing.errors import BadInputError
from tests.builders.command_line import engagement_file
from tests.builders.pricing import ABSENT, engagement_data

PATH = "services[0].volume.history.values"
HEAD = ("week", "service", "volume")
WEEKS = [date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19)]
ROWS = [
    *((day, "claims", volume) for day, volume in zip(WEEKS, (100, 110.5, 120), strict=True)),
    (date(2026, 1, 5), "appeals", 7),
]


def write_csv(folder, rows=ROWS, head=HEAD):
    with (folder / "volumes.csv").open("w", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return {"csv": "volumes.csv"}


def write_xlsx(folder, rows=ROWS, head=HEAD, sheet="Volumes"):
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    page = book.create_sheet(sheet, 0)
    for row in [head, *rows]:
        page.append(row)
    book.create_sheet("Notes").append(["nothing"])
    book.save(folder / "volumes.xlsx")
    return {"xlsx": "volumes.xlsx", "sheet": sheet}


WRITERS = pytest.mark.parametrize("write", [write_csv, write_xlsx])
CLAIMS = {"column": "volume", "where": {"service": "claims"}}


def issue(call, *arguments):
    with pytest.raises(BadInputError) as caught:
        call(*arguments)
    (found,) = caught.value.issues
    return found


@WRITERS
def test_a_column_is_read(tmp_path, write):
    assert numbers_of(write(tmp_path) | {"column": "volume"}, tmp_path, PATH) == [
        100,
        110.5,
        120,
        7,
    ]


@WRITERS
def test_rows_of_one_service_are_picked_from_a_shared_file(tmp_path, write):
    assert numbers_of(write(tmp_path) | CLAIMS, tmp_path, PATH) == [100, 110.5, 120]


@WRITERS
@pytest.mark.parametrize("wanted", [7, "7", 7.0])
def test_a_number_is_found_however_it_is_written(tmp_path, write, wanted):
    reference = write(tmp_path) | {"column": "volume", "where": {"volume": wanted}}
    assert numbers_of(reference, tmp_path, PATH) == [7]


@WRITERS
def test_several_conditions_hold_together(tmp_path, write):
    where = {"service": "claims", "volume": 120}
    assert numbers_of(write(tmp_path) | {"column": "volume", "where": where}, tmp_path, PATH) == [
        120
    ]


@WRITERS
def test_a_value_nobody_has_is_answered_with_those_there_are(tmp_path, write):
    reference = write(tmp_path) | {"column": "volume", "where": {"service": "claim"}}
    found = issue(numbers_of, reference, tmp_path, PATH)
    assert found.path == f"{PATH}.where.service"
    assert found.accepted.endswith("e.g. claims, appeals")


@WRITERS
@pytest.mark.parametrize("key", ["column", "where", "date_column"])
def test_an_unknown_column_is_answered_with_those_there_are(tmp_path, write, key):
    reference = write(tmp_path) | {"column": "volume"}
    reference |= {key: {"volumes": 1} if key == "where" else "volumes"}
    if key == "date_column":
        found = issue(dated_history, {"step": "week", "values": reference}, tmp_path, PATH[:-7])
    else:
        found = issue(numbers_of, reference, tmp_path, PATH)
    assert found.path == f"{PATH}.{key}"
    assert found.accepted.endswith("week, service, volume")


@WRITERS
def test_a_column_that_stands_twice_is_refused(tmp_path, write):
    reference = write(tmp_path, head=("week", "volume", "volume")) | {"column": "volume"}
    assert "appears once" in issue(numbers_of, reference, tmp_path, PATH).accepted


@pytest.mark.parametrize("cell", ["x", None, True, "1,000", "1_000", "nan", "1e999"])
def test_a_cell_of_a_sheet_that_is_no_number_is_named_by_file_sheet_and_row(tmp_path, cell):
    rows = [(WEEKS[0], "claims", 5), (WEEKS[1], "claims", cell)]
    reference = write_xlsx(tmp_path, rows) | {"column": "volume"}
    found = issue(numbers_of, reference, tmp_path, PATH)
    assert found.path == PATH
    assert found.accepted == (
        f"a number in column volume of {tmp_path / 'volumes.xlsx'}, sheet Volumes, row 3"
    )


def test_empty_rows_count_inside_a_sheet_but_not_at_its_end(tmp_path):
    rows = [ROWS[0], ROWS[1], (None, None, None), (None,)]
    reference = write_xlsx(tmp_path, rows) | {"column": "volume"}
    assert numbers_of(reference, tmp_path, PATH) == [100, 110.5]
    reference = write_xlsx(tmp_path, [ROWS[0], (None,), ROWS[1]]) | {"column": "volume"}
    assert "row 3" in issue(numbers_of, reference, tmp_path, PATH).accepted


def test_a_formula_counts_with_its_saved_value_only(tmp_path):
    reference = write_xlsx(tmp_path, [(WEEKS[0], "claims", "=1+1")]) | {"column": "volume"}
    found = issue(numbers_of, reference, tmp_path, PATH)
    assert "row 2" in found.accepted  # openpyxl saves no value beside a formula


def test_a_missing_sheet_is_answered_with_those_there_are(tmp_path):
    reference = write_xlsx(tmp_path) | {"column": "volume"}
    for sheet in ({"sheet": "volumes"}, {}):
        asked = {**{k: v for k, v in reference.items() if k != "sheet"}, **sheet}
        found = issue(numbers_of, asked, tmp_path, PATH)
        assert found.path == f"{PATH}.sheet"
        assert found.accepted.endswith("Volumes, Notes")


def test_the_only_sheet_needs_no_name(tmp_path):
    write_xlsx(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "volumes.xlsx")
    del book["Notes"]
    book.save(tmp_path / "volumes.xlsx")
    assert len(numbers_of({"xlsx": "volumes.xlsx", "column": "volume"}, tmp_path, PATH)) == 4


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"week;volume\n"])
def test_what_is_no_workbook_is_named(tmp_path, content):
    (tmp_path / "volumes.xlsx").write_bytes(content)
    found = issue(numbers_of, {"xlsx": "volumes.xlsx", "column": "volume"}, tmp_path, PATH)
    assert (found.path, found.accepted) == (f"{PATH}.xlsx", "a workbook in XLSX form")


def test_a_damaged_sheet_a_folder_and_a_missing_file_are_named(tmp_path):
    (tmp_path / "folder.xlsx").mkdir()
    for name, accepted in (
        ("folder.xlsx", "a workbook in XLSX form"),
        ("nowhere.xlsx", f"an existing workbook; looked for {tmp_path / 'nowhere.xlsx'}"),
    ):
        found = issue(numbers_of, {"xlsx": name, "column": "volume"}, tmp_path, PATH)
        assert found.accepted == accepted


@pytest.mark.parametrize(
    "reference",
    [
        {"xlsx": "volumes.xlsx"},
        {"xlsx": 3, "column": "volume"},
        {"xlsx": "volumes.xlsx", "column": "volume", "sheet": 1},
        {"xlsx": "volumes.xlsx", "column": "volume", "where": "service"},
        {"csv": "volumes.csv", "column": "volume", "sheet": "Volumes"},
        {"csv": "volumes.csv", "xlsx": "volumes.xlsx", "column": "volume"},
        {"csv": "volumes.csv", "column": "volume", "where": ["service"]},
    ],
)
def test_an_ill_formed_reference_is_answered_with_its_form(tmp_path, reference):
    write_csv(tmp_path)
    write_xlsx(tmp_path)
    found = issue(numbers_of, reference, tmp_path, PATH)
    assert found.path == PATH
    assert "column: NAME" in found.accepted


def test_dates_belong_to_a_history(tmp_path):
    reference = write_csv(tmp_path) | CLAIMS | {"date_column": "week"}
    assert "history" in issue(numbers_of, reference, tmp_path, PATH).accepted


def test_without_the_extra_the_command_that_installs_it_is_named(tmp_path, monkeypatch):
    reference = write_xlsx(tmp_path) | {"column": "volume"}
    real = builtins.__import__

    def without(name, *rest, **more):
        if name == "openpyxl":
            raise ModuleNotFoundError(name=name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    found = issue(numbers_of, reference, tmp_path, PATH)
    assert "pip install 'crewquote[export]'" in found.accepted


def history(write, folder, moments, step="week", **more):
    """A history whose dates are these."""
    rows = [(moment, "claims", 1) for moment in moments]
    values = write(folder, rows) | CLAIMS | {"date_column": "week"}
    return {"step": step, "values": values, **more}


@WRITERS
@pytest.mark.parametrize(
    ("step", "moments"),
    [
        ("week", WEEKS),
        ("day", [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)]),
        ("month", [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]),
        ("hour", [datetime(2026, 1, 5, hour) for hour in range(3)]),  # noqa: DTZ001 (local time)
        ("month", ["2026-01", "2026-02", "2026-03"]),
        ("week", ["2026-01-05"]),
    ],
)
def test_dates_in_order_give_the_first_day(tmp_path, write, step, moments):
    found = dated_history(history(write, tmp_path, moments, step), tmp_path, "history")
    first = moments[0] if isinstance(moments[0], str) else moments[0].isoformat()
    assert found == {
        "step": step,
        "starts_on": f"{first}-01"[:10] if len(first) == 7 else first[:10],
        "values": [1.0] * len(moments),
    }


@WRITERS
def test_a_stated_first_day_stays(tmp_path, write):
    asked = history(write, tmp_path, WEEKS, starts_on="2026-01-01")
    assert dated_history(asked, tmp_path, "history")["starts_on"] == "2026-01-01"


@WRITERS
@pytest.mark.parametrize(
    ("moments", "fault", "row"),
    [
        (["2026-01-05", "2026-01-12", "2026-01-26"], "steps are missing", 4),
        (["2026-01-05", "2026-01-12", "2026-01-12"], "stands twice", 4),
        (["2026-01-05", "2025-12-29", "2026-01-12"], "go back", 3),
        (["2026-01-05", "2026-01-07"], "too short", 3),
        (["2026-01-05", "12.01.2026"], "a date like", 3),
        (["2026-01-05", ""], "a date like", 3),
        (["2026-01-05T00:00:00Z"], "without offset", 2),
    ],
)
def test_a_gap_a_repetition_or_a_step_back_is_named_by_its_row(
    tmp_path, write, moments, fault, row
):
    found = issue(dated_history, history(write, tmp_path, moments), tmp_path, "history")
    assert found.path == "history.values"
    assert fault in found.accepted
    assert f"{'line' if write is write_csv else 'row'} {row}" in found.accepted


@pytest.mark.parametrize("step", [None, "year"])
def test_dates_cannot_be_checked_without_a_step(tmp_path, step):
    asked = history(write_csv, tmp_path, WEEKS, step)
    assert issue(dated_history, asked, tmp_path, "history").path == "history.step"


def test_hours_begin_at_midnight(tmp_path):
    asked = history(write_csv, tmp_path, ["2026-01-05T08:00"], "hour")
    assert "00:00" in issue(dated_history, asked, tmp_path, "history").accepted


def test_a_workbook_a_csv_and_the_numbers_inline_are_the_same_engagement(tmp_path):
    hashes = set()
    inline = {"step": "week", "starts_on": "2026-01-05", "values": [100, 110.5, 120]}
    tables = [
        {"step": "week", "values": write(tmp_path) | CLAIMS | {"date_column": "week"}}
        for write in (write_csv, write_xlsx)
    ]
    for number, volumes in enumerate((inline, *tables)):
        changes = {
            "services[0].volume.history": volumes,
            "services[0].volume.units_per_year": ABSENT,
        }
        file = engagement_file(tmp_path, engagement_data(changes), f"{number}.json")
        hashes.add(engagement_hash(load_engagement(file)))
    assert len(hashes) == 1
