"""Numbers typed as options are refused with the range they must lie in."""

import pytest
import typer

from api.cli.numbers import share, whole_number, zero_or_more


@pytest.mark.parametrize(("text", "value"), [("1", 1), ("65535", 65_535), (" 80 ", 80)])
def test_a_whole_number_in_its_range_is_read(text: str, value: int) -> None:
    assert whole_number(1, 65_535)(text) == value


@pytest.mark.parametrize("text", ["0", "65536", "-1", "80.5", "x", "", "9" * 5000])
def test_another_is_refused_with_the_range(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="a whole number from 1 to 65,535"):
        whole_number(1, 65_535)(text)


def test_a_range_may_have_no_end() -> None:
    assert whole_number(0)("999999999999") == 999_999_999_999
    with pytest.raises(typer.BadParameter, match="a whole number of 0 or more"):
        whole_number(0)("-1")


@pytest.mark.parametrize("text", ["nan", "inf", "-0.1", "x", "1e999"])
def test_a_number_that_is_none_or_without_end_is_refused(text: str) -> None:
    assert zero_or_more("0.5") == 0.5
    with pytest.raises(typer.BadParameter, match="a number of 0 or more"):
        zero_or_more(text)


@pytest.mark.parametrize(("text", "value"), [("0", 0.0), ("0.95", 0.95), (" 1 ", 1.0)])
def test_a_share_is_read(text: str, value: float) -> None:
    assert share(1)(text) == value


@pytest.mark.parametrize("text", ["-0.1", "1.1", "nan", "inf", "half", ""])
def test_a_share_out_of_range_is_refused(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="a number from 0 to 1"):
        share(1)(text)


def test_the_end_of_a_range_may_be_left_out() -> None:
    assert share(1, below=True)("0.999") == 0.999
    with pytest.raises(typer.BadParameter, match="a number from 0 to below 1"):
        share(1, below=True)("1")
