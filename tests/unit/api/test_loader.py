"""Engagement files: YAML 1.2 or JSON, numbers from CSV columns, mistakes named by their place."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.cli.loader import load_engagement
from pricing.engagement import Engagement
from pricing.reading import engagement_hash
from staffing.errors import BadInputError, FieldIssue
from tests.builders.pricing import engagement_data

PROFILE = "services[0].volume.profile"


def written(folder: Path, data: Any, name: str = "case.yaml") -> Path:
    """Write data as YAML or JSON, by the suffix of the name."""
    file = folder / name
    text = json.dumps(data) if file.suffix == ".json" else yaml.safe_dump(data, sort_keys=False)
    file.write_text(text, encoding="utf-8")
    return file


def issue_of(file: Path) -> FieldIssue:
    """First issue of a file that cannot be read."""
    with pytest.raises(BadInputError) as caught:
        load_engagement(file)
    return caught.value.issues[0]


def issue_of_text(folder: Path, text: str | bytes, name: str = "case.yaml") -> FieldIssue:
    """First issue of a file with this content."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return issue_of(file)


def scalar(folder: Path, text: str) -> Any:
    """Read one YAML scalar as the name of an engagement, which must be a text."""
    data = yaml.safe_dump(engagement_data() | {"name": "PLACE"}, sort_keys=False)
    file = folder / "case.yaml"
    file.write_text(data.replace("PLACE", text), encoding="utf-8")
    return load_engagement(file).name


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "off", "y", "22:00", "2027-01-04", "0x1F", "1_0"]
)
def test_a_word_of_yaml_1_1_is_a_text(tmp_path: Path, word: str) -> None:
    assert scalar(tmp_path, word) == word


@pytest.mark.parametrize(
    ("text", "number"),
    [("010", 10), ("12", 12), ("+5", 5), ("1e3", 1000), ("2.5", 2.5), (".5", 0.5)],
)
def test_numbers_are_decimal(tmp_path: Path, text: str, number: float) -> None:
    data = yaml.safe_dump(engagement_data({"sites[0].seat_cost_per_year": "PLACE"}))
    file = tmp_path / "case.yaml"
    file.write_text(data.replace("PLACE", text), encoding="utf-8")
    assert float(load_engagement(file).sites[0].seat_cost_per_year.value) == number


def test_clock_windows_need_no_quotes(tmp_path: Path) -> None:
    text = yaml.safe_dump(engagement_data({"sites[0].labour.night_from": "PLACE"}))
    file = tmp_path / "case.yaml"
    file.write_text(text.replace("PLACE", "21:30"), encoding="utf-8")
    assert load_engagement(file).sites[0].labour.night_from == "21:30"


def test_anchors_and_merges_are_resolved(tmp_path: Path) -> None:
    data = engagement_data()
    data["services"] = ["FIRST", "SECOND"]
    first = json.dumps(engagement_data()["services"][0])
    text = yaml.safe_dump(data, sort_keys=False)
    text = text.replace("- FIRST", f"- &one {first}")
    text = text.replace("- SECOND", "- <<: *one\n  name: index\n  unit: record")
    file = tmp_path / "case.yaml"
    file.write_text(text, encoding="utf-8")
    services = load_engagement(file).services
    assert [service.name for service in services] == ["claims", "index"]
    assert [service.unit for service in services] == ["claim", "record"]
    assert services[1].volume == services[0].volume


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("a: 1\nb: 2\na: 3\n", "3:1", "'a' appears twice"),
        ("a:\n  b: 1\n  'b': 2\n", "3:3", "'b' appears twice"),
        ("a: 1\nb: [1, 2\n", "3:1", "expected ',' or ']'"),
        ("a: b: c\n", "1:5", "mapping values are not allowed"),
        ("a:\n\t- b\n", "2:1", "cannot start any token"),
        ("a: 1\n---\nb: 2\n", "2:1", "another document"),
        ("a: *nowhere\n", "1:4", "undefined alias"),
        ("? [a, b]\n: 1\n", "1:3", "plain word"),
        ("a: !!python/object/apply:os.getcwd []\n", "1:4", "could not determine a constructor"),
    ],
)
def test_a_yaml_mistake_is_named_by_line_and_column(
    tmp_path: Path, text: str, place: str, what: str
) -> None:
    issue = issue_of_text(tmp_path, text)
    assert issue.path == f"{tmp_path / 'case.yaml'}:{place}"
    assert what in issue.accepted


@pytest.mark.parametrize(
    "text", ["a: !!float abc\n", "a: !!timestamp abc\n", "a: " + "9" * 5000, "[" * 5000, "a: \x01"]
)
def test_odd_yaml_is_bad_input_and_no_crash(tmp_path: Path, text: str) -> None:
    assert str(tmp_path / "case.yaml") in issue_of_text(tmp_path, text).path


NESTED = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12))
MERGED = "\n".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}" for n in range(1, 12))


@pytest.mark.parametrize(
    "text", [f"a0: &a0 [1]\n{NESTED}\n", f"a0: &a0 {{x: 1}}\n{MERGED}\n", "a: &a [*a]\n"]
)
def test_aliases_that_write_out_to_too_much_are_refused_at_once(tmp_path: Path, text: str) -> None:
    assert len(text) < 1000
    issue = issue_of_text(tmp_path, text)
    assert issue.path == f"{tmp_path / 'case.yaml'}:1:1"
    assert issue.accepted.endswith("more than 200,000 values once its aliases are written out")


def test_a_long_list_used_often_is_within_the_limit(tmp_path: Path) -> None:
    profile = ", ".join(["1"] * 672)
    text = yaml.safe_dump(engagement_data({PROFILE: "PLACE"}), sort_keys=False)
    text = text.replace("PLACE", "*week")
    file = tmp_path / "case.yaml"
    file.write_text(f"x: &week [{profile}]\ny: [{', '.join(['*week'] * 200)}]\n{text}")
    assert {issue_of(file).path} <= {"x", "y"}


def test_a_number_of_thousands_of_digits_is_told_without_python(tmp_path: Path) -> None:
    for name in ("case.yaml", "case.json"):
        issue = issue_of_text(tmp_path, '{"a": ' + "9" * 5000 + "}", name)
        assert "digits" in issue.accepted
        assert "set_int" not in issue.accepted


@pytest.mark.parametrize("text", ["a: !!float abc\n", "a: !!int abc\n", "a: !!timestamp abc\n"])
def test_a_value_unlike_its_tag_is_told_without_python(tmp_path: Path, text: str) -> None:
    accepted = issue_of_text(tmp_path, text).accepted
    assert accepted.startswith("YAML that can be read: ")
    assert not re.search("NoneType|literal|convert|object", accepted)


@pytest.mark.parametrize("name", ["case.yaml", "case.json"])
def test_a_byte_order_mark_at_the_start_is_read_over(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(engagement_data()).encode())
    assert load_engagement(file).name == "Small case"


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "null\n", "{}"])
def test_an_empty_file_asks_for_an_engagement(tmp_path: Path, text: str) -> None:
    issue = issue_of_text(tmp_path, text)
    assert issue.path == "(document)"
    assert "a mapping with the fields of the engagement" in issue.accepted
    assert issue.value == "nothing"


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", "1:1", "Expecting value"),
        ('{"a": 1,}', "1:8", ""),
        ('{\n"a" 1}', "2:5", "':'"),
    ],
)
def test_a_json_mistake_is_named_by_line_and_column(
    tmp_path: Path, text: str, place: str, what: str
) -> None:
    issue = issue_of_text(tmp_path, text, "case.json")
    line, column = place.split(":")
    assert re.search(rf":{line}:\d+$", issue.path)
    assert int(issue.path.rsplit(":", 1)[1]) - int(column) in {0, 1}
    assert what in issue.accepted


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', '{"a": ' + "9" * 5000 + "}", "[" * 100_000])
def test_odd_json_is_bad_input_and_no_crash(tmp_path: Path, text: str) -> None:
    assert str(tmp_path / "case.json") in issue_of_text(tmp_path, text, "case.json").path


def test_a_missing_file_a_folder_and_other_bytes_are_told_apart(tmp_path: Path) -> None:
    assert "existing" in issue_of(tmp_path / "nowhere.yaml").accepted
    assert "is a folder" in issue_of(tmp_path).accepted
    assert "UTF-8" in issue_of_text(tmp_path, b"name: \xff\xfe").accepted


def with_csv(folder: Path, table: str | bytes, column: str = "units") -> Path:
    """Engagement whose profile is a column of a CSV file beside it."""
    (folder / "profile.csv").write_bytes(table if isinstance(table, bytes) else table.encode())
    return written(
        folder, engagement_data({PROFILE: {"csv": "profile.csv", "column": column}}), "case.json"
    )


def test_a_column_stands_for_the_list_of_its_numbers(tmp_path: Path) -> None:
    file = with_csv(tmp_path, "day,units\nMon,5\nTue,4.5\nWed,3e0\nThu,2\nFri,1\nSat,0\nSun,0\n")
    assert load_engagement(file).services[0].volume.profile == (5, 4.5, 3, 2, 1, 0, 0)


def test_a_path_is_relative_to_the_file_wherever_the_program_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = with_csv(tmp_path, "units\n" + "1\n" * 7)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert load_engagement(file).services[0].volume.profile == (1,) * 7
    monkeypatch.chdir(tmp_path)
    assert load_engagement(Path("case.json")).services[0].volume.profile == (1,) * 7


def test_a_byte_order_mark_and_other_line_ends_do_no_harm(tmp_path: Path) -> None:
    file = with_csv(tmp_path, b"\xef\xbb\xbfunits\r\n" + b"1\r\n" * 7)
    assert load_engagement(file).services[0].volume.profile == (1,) * 7


def test_a_missing_csv_is_named_with_the_place_looked_at(tmp_path: Path) -> None:
    data = engagement_data({PROFILE: {"csv": "data/nowhere.csv", "column": "units"}})
    issue = issue_of(written(tmp_path, data))
    assert issue.path == f"{PROFILE}.csv"
    assert issue.value == "'data/nowhere.csv'"
    assert str(tmp_path / "data" / "nowhere.csv") in issue.accepted


def test_a_missing_column_is_answered_with_those_there_are(tmp_path: Path) -> None:
    issue = issue_of(with_csv(tmp_path, "day,volume\nMon,1\n"))
    assert issue.path == f"{PROFILE}.column"
    assert issue.accepted.endswith("day, volume")


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_another_separator_than_the_comma_is_named(tmp_path: Path, mark: str) -> None:
    issue = issue_of(with_csv(tmp_path, f"day{mark}units\nMon{mark}1\n"))
    assert issue.path == f"{PROFILE}.csv"
    assert f"separated by commas, not {mark!r}" in issue.accepted


def test_an_empty_csv_is_called_empty(tmp_path: Path) -> None:
    issue = issue_of(with_csv(tmp_path, ""))
    assert issue.path == f"{PROFILE}.csv"
    assert issue.accepted.endswith("profile.csv is empty")


@pytest.mark.parametrize("cell", ["x", "", "nan", "inf", '"1,000"', "1 000"])
def test_a_cell_that_is_no_number_is_named_by_its_line(tmp_path: Path, cell: str) -> None:
    issue = issue_of(with_csv(tmp_path, f"day,units\nMon,1\nTue,{cell}\nWed,1\n"))
    assert issue.path == PROFILE
    assert "line 3" in issue.accepted


@pytest.mark.parametrize(
    "reference",
    [
        {"csv": ".", "column": "units"},
        {"csv": "case.json/x", "column": "units"},
        {"csv": "a\x00b", "column": "units"},
        {"csv": "x" * 5000, "column": "units"},
        {"csv": "profile.csv"},
        {"csv": 3, "column": "units"},
        {"csv": "profile.csv", "column": ["units"]},
        {"csv": "profile.csv", "column": "units", "sheet": 1},
    ],
)
def test_a_reference_that_cannot_be_followed_is_named(
    tmp_path: Path, reference: dict[str, Any]
) -> None:
    (tmp_path / "profile.csv").write_text("units\n1\n", encoding="utf-8")
    file = written(tmp_path, engagement_data({PROFILE: reference}), "case.json")
    assert issue_of(file).path.startswith(PROFILE)


def test_a_csv_of_other_bytes_is_named(tmp_path: Path) -> None:
    assert "UTF-8" in issue_of(with_csv(tmp_path, b"units\n\xff\n")).accepted


def loaded(folder: Path, data: Any, name: str) -> Engagement:
    """Write and read again."""
    return load_engagement(written(folder, data, name))


def test_yaml_and_json_of_the_same_document_have_the_same_hash(tmp_path: Path) -> None:
    one = loaded(tmp_path, engagement_data(), "case.yaml")
    other = loaded(tmp_path, engagement_data(), "case.json")
    assert engagement_hash(one) == engagement_hash(other)


def test_a_csv_column_and_the_same_numbers_inline_have_the_same_hash(tmp_path: Path) -> None:
    by_csv = load_engagement(with_csv(tmp_path, "units\n" + "1\n2\n3\n4\n5\n6\n7\n"))
    inline = loaded(tmp_path, engagement_data({PROFILE: [1, 2, 3, 4, 5, 6, 7]}), "inline.yaml")
    assert engagement_hash(by_csv) == engagement_hash(inline)


def test_trailing_zeros_do_not_change_the_hash(tmp_path: Path) -> None:
    text = yaml.safe_dump(engagement_data({"commercial.sga": "PLACE"}))
    hashes = set()
    for number in ("0.1", "0.10", "0.100", "1e-1"):
        file = tmp_path / "case.yaml"
        file.write_text(text.replace("PLACE", number), encoding="utf-8")
        hashes.add(engagement_hash(load_engagement(file)))
    assert len(hashes) == 1
