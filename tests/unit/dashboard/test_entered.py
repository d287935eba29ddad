"""What a person types, and what a document holds."""

import pytest

from api.client import Issue
from dashboard import entered


@pytest.mark.parametrize(
    ("held", "shown"),
    [(0.18, 18), ("0.18", 18), ({"value": "0.07", "source": "x"}, 7), (None, None), ("abc", None)],
)
def test_a_share_is_shown_as_per_cent(held, shown):
    assert entered.as_percent(held) == shown


@pytest.mark.parametrize("percent", [0, 0.1, 7, 12.5, 29, 57, 99.99])
def test_per_cent_are_written_as_a_share_and_read_back_as_typed(percent):
    assert entered.as_percent(entered.share_of(percent)) == percent
    assert len(str(entered.share_of(percent))) < 8


def test_a_new_number_loses_the_source_of_the_old_and_keeps_what_it_is_for():
    assert entered.with_value({"value": 0.9, "source": "study", "as_of": "2026-01-01"}, 0.8) == 0.8
    wage = {"value": 1, "per": "year", "source": "survey"}
    assert entered.with_value(wage, 2) == {"value": 2, "per": "year"}
    assert entered.with_value({"value": 1, "source": "study"}, None) is None
    hours = {"mon-fri": "08:00-18:00"}
    assert entered.with_value(hours, {"sat": "08:00-12:00"}) == {"sat": "08:00-12:00"}


def test_a_source_is_named_with_its_day_and_whether_it_was_read():
    assert (
        entered.origin({"value": 1, "source": "study", "as_of": "2026-01-01"})
        == "study, 2026-01-01"
    )
    assert entered.origin({"value": 1, "source": "study", "assumed": True}) == "study (not read)"
    assert entered.origin({"value": 1}) is None
    assert entered.origin(1) is None


@pytest.mark.parametrize(
    ("held", "text"),
    [
        ("24x7", "24x7"),
        ({"mon-fri": "08:00-18:00", "sat": "08:00-12:00"}, "mon-fri 08:00-18:00; sat 08:00-12:00"),
        (None, ""),
    ],
)
def test_opening_hours_are_a_line_and_back(held, text):
    assert entered.hours_text(held) == text
    assert entered.hours_of(text) == held


def test_hours_that_cannot_be_read_stay_as_typed_for_the_api_to_refuse():
    assert entered.hours_of("whenever") == "whenever"
    assert entered.hours_of("24X7") == "24x7"


def test_numbers_of_a_line_or_a_pasted_column():
    assert entered.numbers_of("8, 10") == [8, 10]
    assert entered.numbers_of("1200\n1300\r\n\n1250.5") == [1200, 1300, 1250.5]
    assert entered.numbers_of("50 %, 75%", percent=True) == [0.5, 0.75]
    assert entered.numbers_of("8, ten") == [8, "ten"]
    assert entered.numbers_of("") == []


def test_a_list_is_a_line():
    assert entered.numbers_text([0.5, 0.75], percent=True) == "50, 75"
    assert entered.numbers_text([8.0, "ten"]) == "8, ten"
    assert entered.numbers_text(None) == ""


@pytest.mark.parametrize(
    ("said", "in_percent"),
    [
        ("at most 0.9", "at most 90 %"),
        ("0 to 1, e.g. 0.12", "0 % to 100 %, e.g. 12 %"),
        ("at most target_margin (0.18)", "at most target_margin (18 %)"),
        ("18 % or less", "18 % or less"),
    ],
)
def test_a_message_on_a_share_is_said_in_per_cent(said, in_percent):
    assert entered.issue_in_percent(Issue("/x", said, "1.2")) == Issue("/x", in_percent, "120 %")
