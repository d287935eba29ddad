"""Numbers in the browser's language: texts, tables, charts."""

from typing import Any

import pytest

from dashboard.number_format import Marks, localised, localised_spec, marks_of, plain_number

GERMAN = Marks(".", ",")
FRENCH = Marks("\N{NARROW NO-BREAK SPACE}", ",")


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en-GB", "1,595.86"),
        ("de-AT", "1.595,86"),
        ("de-CH", "1’595.86"),
        ("pt-BR", "1.595,86"),
        ("pt-PT", "1\N{NARROW NO-BREAK SPACE}595,86"),
        ("es-MX", "1,595.86"),
        ("xx", "1,595.86"),
        (None, "1,595.86"),
    ],
)
def test_each_language_has_its_marks(locale, written):
    assert localised("1,595.86", marks_of(locale)) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("from 1,250,000 to -0.5 %", "from 1.250.000 to -0,5 %"),
        ("USD 12.40.", "USD 12,40."),
        ("costs 3,000, at most 4.5", "costs 3.000, at most 4,5"),
        ("(+20.0 points)", "(+20,0 points)"),
    ],
)
def test_numbers_in_a_sentence_are_written_anew(text, written):
    assert localised(text, GERMAN) == written


@pytest.mark.parametrize(
    "text",
    ["v1.2", "127.0.0.1", "2027-01-04 09:30", "1.2.3", "1,2", "Section 4", "quote 0b9d3c52", "a,b"],
)
def test_what_is_no_number_stays(text):
    assert localised(text, GERMAN) == text


def test_a_chart_writes_axes_and_texts_but_keeps_formulas():
    spec: dict[str, Any] = {
        "title": "Bill at 25,300 claims",
        "data": {"values": [{"bill": 1.5, "text": "USD 1,500.50"}]},
        "transform": [{"calculate": "datum.bill * 0.5", "as": "half"}],
        "encoding": {
            "x": {"field": "bill", "axis": {"format": ",.1f"}},
            "text": {"condition": {"test": "datum.bill > 0.5", "value": "1.5"}},
        },
        "config": {"view": {"stroke": None}},
    }
    shown = localised_spec(spec, GERMAN)
    assert shown["title"] == "Bill at 25.300 claims"
    assert shown["data"]["values"] == [{"bill": 1.5, "text": "USD 1.500,50"}]
    assert shown["transform"] == spec["transform"]
    assert shown["encoding"]["x"] == spec["encoding"]["x"]
    assert shown["encoding"]["text"]["condition"] == {"test": "datum.bill > 0.5", "value": "1,5"}
    number = shown["config"]["locale"]["number"]
    assert (number["decimal"], number["thousands"]) == (",", ".")
    assert shown["config"]["view"] == {"stroke": None}
    assert localised_spec(spec, Marks(",", ".")) is spec


def test_a_page_outside_of_a_browser_writes_english():
    assert localised("1,595.86") == "1,595.86"


@pytest.mark.parametrize(
    ("locale", "typed", "read"),
    [
        ("en-GB", "25,000.5", "25000.5"),
        ("en-GB", "1,2", "1,2"),  # refused by who reads it, and not taken for 12
        ("en-GB", "12,34,567", "12,34,567"),
        ("en-GB", "-1,000", "-1000"),
        ("de-DE", "25.000,5", "25000.5"),
        ("de-DE", "0,18", "0.18"),
        ("de-DE", "1.200", "1200"),
        ("de-DE", "1.2", "1.2"),
        ("de-CH", "1’200.5", "1200.5"),
        ("fr-FR", "1\N{NARROW NO-BREAK SPACE}200,5", "1200.5"),
        ("fr-FR", "1 200", "1200"),
        ("fr-FR", "much", "much"),
        ("fr-FR", "", ""),
    ],
)
def test_what_a_person_types_is_read_as_their_language_writes_it(locale, typed, read):
    assert plain_number(typed, marks_of(locale)) == read


@pytest.mark.parametrize("locale", ["en-GB", "de-DE", "de-CH", "fr-FR"])
@pytest.mark.parametrize("number", ["0.5", "12.25", "-1,234,567.5", "999"])
def test_what_is_shown_is_read_back(locale, number):
    marks = marks_of(locale)
    assert plain_number(localised(number, marks), marks) == number.replace(",", "")
