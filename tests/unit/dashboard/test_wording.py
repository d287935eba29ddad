"""How figures and names are written."""

import pytest

from dashboard.wording import (
    amount,
    field_place,
    moment,
    moved,
    moved_share,
    number,
    percent,
    plain,
    sentence,
    whole,
    whole_up,
)


@pytest.mark.parametrize(
    ("write", "value", "text"),
    [
        (amount, {"amount": "1595.02", "currency": "USD"}, "1,595.02"),
        (amount, {"amount": "0.0001", "currency": "USD"}, "0.0001"),
        (
            amount,
            {"amount": "12345678901234567.89", "currency": "USD"},
            "12,345,678,901,234,567.89",
        ),
        (whole, {"amount": "355876.78", "currency": "USD"}, "355,877"),
        (percent, 0.18, "18.0 %"),
        (percent, "0.221", "22.1 %"),
        (number, 25300.5, "25,300.5"),
        (number, 640.0, "640"),
        (number, "0", "0"),
        (moment, "2027-01-04T09:30:11Z", "2027-01-04 09:30"),
        (whole_up, 16.75, "17"),
        (whole_up, 17.0, "17"),
        (sentence, "one field is wrong", "One field is wrong."),
        (sentence, "", "."),
        (field_place, "/commercial/targt_margin", "commercial: targt_margin"),
        (field_place, "/sites/1/labour/night_from", "sites, item 2, labour: night_from"),
        (field_place, "/currency", "currency"),
        (field_place, "/a~1b/0", "a/b: item 1"),
        (field_place, "", "the whole document"),
        (plain, "A *b* $5 [x](y) :red[z]", r"A \*b\* \$5 \[x\]\(y\) \:red\[z\]"),
    ],
)
def test_a_figure_is_written_for_people_and_keeps_its_digits(write, value, text):
    assert write(value) == text


def figure(kind, before, after, change, share=None):
    return {
        "kind": kind,
        "before": before,
        "after": after,
        "change": change,
        "change_share": share,
    }


@pytest.mark.parametrize(
    ("row", "after", "change", "share"),
    [
        (figure("money", "10.5", "9.5", "-1.0", -0.095238), "9.5", "-1.0", "-9.5 %"),
        (
            figure("money", "100", "250000.4", "249900.4", 2499.0),
            "250,000",
            "+249,900",
            "+249900.0 %",
        ),
        (figure("share", "0.18", "0.2", "0.02", 0.1), "20.0 %", "+2.0 points", "–"),
        (figure("share", "0.18", "0.18", "0.00001", 0.0), "18.0 %", "0.0 points", "–"),
        (figure("share", "0.18", "0.18", "-0.00001", 0.0), "18.0 %", "0.0 points", "–"),
        (figure("number", "8", "10", "2", 0.25), "10", "+2", "+25.0 %"),
        (figure("number", "0", "10", "10"), "10", "+10", "–"),
    ],
)
def test_a_change_carries_its_sign_and_its_unit(row, after, change, share):
    assert (moved(row, "after"), moved(row, "change"), moved_share(row)) == (after, change, share)
