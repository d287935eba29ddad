"""Errors of the science become messages on stderr and exit codes, one per class."""

import pytest

from api.cli.failure import report
from api.errors import EXIT_CODES, TITLES, exit_code
from staffing.errors import (
    BadInputError,
    CrewquoteError,
    FieldIssue,
    InfeasibleError,
    PlanCheckError,
    Shortage,
    SolverStoppedError,
    Violation,
)


def test_each_class_of_the_science_has_its_own_exit_code_none_of_a_usage_error() -> None:
    classes = (BadInputError, InfeasibleError, SolverStoppedError, PlanCheckError)
    assert [EXIT_CODES[kind] for kind in classes] == [3, 4, 5, 6]
    assert set(TITLES) >= set(EXIT_CODES)


def test_an_error_of_ours_without_a_code_is_unexpected() -> None:
    assert exit_code(CrewquoteError("odd")) == 1


def test_every_issue_is_printed_with_path_remedy_and_value(
    capsys: pytest.CaptureFixture[str],
) -> None:
    issues = (FieldIssue("currency", "'XYZ'", "a currency"), FieldIssue("unit", "", "required"))
    assert report(BadInputError(*issues)) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "  currency: a currency (found 'XYZ')\n  unit: required\n" in printed.err


def test_of_very_many_wrong_fields_the_first_are_printed_and_the_rest_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    issues = [FieldIssue(f"profile[{at}]", "-1", "0 or more") for at in range(336)]
    assert report(BadInputError(*issues)) == 3
    printed = capsys.readouterr().err
    assert "profile[29]" in printed
    assert "profile[30]" not in printed
    assert "and 306 more fields" in printed


def test_an_infeasible_plan_says_which_intervals_and_by_how_many_heads(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shortages = tuple(Shortage(f"Mon {hour:02}:00", 1.25) for hour in range(12))
    assert report(InfeasibleError("seats", "too few seats", shortages)) == 4
    printed = capsys.readouterr().err
    assert "seats: too few seats" in printed
    assert "Mon 07:00: 1.2 heads short" in printed
    assert "Mon 08:00" not in printed
    assert "and 4 more intervals" in printed


def test_a_failed_check_asks_to_be_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(PlanCheckError((Violation("seats", "Manila", "11 of 10"),))) == 6
    printed = capsys.readouterr().err
    assert "please report it" in printed
    assert "seats at Manila: 11 of 10" in printed


def test_a_stopped_search_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(SolverStoppedError("node limit")) == 5
    assert "node limit" in capsys.readouterr().err


def test_the_file_system_s_own_errors_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(PermissionError(13, "Permission denied", "case.yaml")) == 1
    assert capsys.readouterr().err == "crewquote: Permission denied: case.yaml\n"


def test_a_file_without_a_name_is_not_called_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(OSError(28, "No space left on device")) == 1
    assert report(OSError("odd")) == 1
    assert "None" not in capsys.readouterr().err


def test_a_defect_keeps_its_traceback() -> None:
    assert report(ZeroDivisionError()) is None
