"""A peak typed as options."""

from __future__ import annotations

import pytest
import typer

from api.cli.peak_options import notice_hours, peak_size, start_of_peak


@pytest.mark.parametrize("text", ["+60%", "60%", "0.6", ".6", " + 60 % "])
def test_sizes_of_one_meaning_read_the_same(text: str) -> None:
    assert peak_size(text) == pytest.approx(0.6)


@pytest.mark.parametrize("text", ["48h", "2d", "48", "48 H", "2.0d"])
def test_notices_of_one_meaning_read_the_same(text: str) -> None:
    assert notice_hours(text) == pytest.approx(48.0)


def test_no_notice_is_a_notice() -> None:
    assert notice_hours("0h") == 0.0


@pytest.mark.parametrize("text", ["0%", "0", "-60%", "nan", "inf", "", "sixty", "60%%", "10001%"])
def test_a_size_that_is_none_is_refused_with_what_would_do(text: str) -> None:
    with pytest.raises(typer.BadParameter, match=r"\+60%, 60% or 0\.6"):
        peak_size(text)


@pytest.mark.parametrize("text", ["-1h", "2w", "h", "", "nan", "1e3", "367d"])
def test_a_notice_that_is_none_is_refused_with_what_would_do(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="48h or 2d"):
        notice_hours(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [("Mon", "Mon"), ("sunday", "Sun"), (" THU ", "Thu"), ("2027-03-01", "2027-03-01")],
)
def test_a_start_is_a_weekday_or_a_date(text: str, read: str) -> None:
    assert start_of_peak(text) == read


@pytest.mark.parametrize("text", ["", "mo", "munday", "2027-02-30", "1 March"])
def test_a_start_that_is_none_is_refused_with_what_would_do(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="Mon or 2027-03-01"):
        start_of_peak(text)
