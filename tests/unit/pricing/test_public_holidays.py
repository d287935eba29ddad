"""Public holidays by country, part of the country and kind of day."""

from collections import Counter
from datetime import date

from pricing.public_holidays import is_known, public_holidays, subdivisions
from pricing.reference_tables import countries

YEAR = (date(2027, 1, 1), date(2028, 1, 1))


def test_the_philippines_have_regular_and_special_days() -> None:
    """Twelve regular holidays by law; the other eight of 2027 are special."""
    days = public_holidays("PH", None, *YEAR)
    assert Counter(day.kind for day in days) == {"regular": 12, "special": 8}
    by_day = {day.day: day for day in days}
    assert by_day[date(2027, 12, 25)].kind == "regular"
    assert by_day[date(2027, 11, 1)].kind == "special"  # All Saints' Day
    assert by_day[date(2027, 3, 9)].is_estimated  # the end of Ramadan follows the moon
    assert not by_day[date(2027, 4, 9)].is_estimated


def test_the_term_begins_with_its_first_day_and_ends_before_its_last() -> None:
    days = public_holidays("PH", None, date(2027, 12, 25), date(2027, 12, 30))
    assert [day.day for day in days] == [date(2027, 12, 25)]


def test_a_part_of_a_country_has_its_own_days() -> None:
    bavaria = {day.day for day in public_holidays("DE", "BY", *YEAR)}
    country = {day.day for day in public_holidays("DE", None, *YEAR)}
    assert date(2027, 1, 6) in bavaria - country  # Epiphany
    assert country < bavaria
    assert "BY" in subdivisions("DE")


def test_every_country_with_tables_has_a_calendar_with_one_kind_or_its_own() -> None:
    for country in countries():
        kinds = {day.kind for day in public_holidays(country, None, *YEAR)}
        assert kinds == ({"regular", "special"} if country == "PH" else {"public"}), country


def test_a_country_the_library_does_not_know_has_none() -> None:
    assert not is_known("XX")
    assert public_holidays("XX", None, *YEAR) == ()
