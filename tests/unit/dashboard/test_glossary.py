"""The glossary: every term that is explained is in it; labels find theirs."""

import re
from pathlib import Path

import pytest

import dashboard
from dashboard.glossary import TERMS, about, explained

FOLDER = Path(dashboard.__file__).parent


def test_every_term_explained_on_a_page_is_in_the_glossary():
    used = {
        term
        for file in FOLDER.rglob("*.py")
        for term in re.findall(r"explained\(\s*\"([^\"]+)\"", file.read_text())
    }
    assert used
    assert used <= TERMS.keys()


def test_an_unknown_term_is_an_error():
    with pytest.raises(KeyError):
        explained("Phlogiston")


@pytest.mark.parametrize("term", sorted(TERMS))
def test_every_term_has_one_sentence(term):
    meaning = TERMS[term]
    assert meaning[0].isupper()
    assert meaning.endswith(".")
    assert ". " not in meaning.removesuffix(".")
    assert len(meaning) < 120


@pytest.mark.parametrize(
    ("label", "terms"),
    [
        ("Margin, P10", ["Margin", "P10"]),
        ("Margin at risk, USD", ["Margin at risk"]),
        ("per FTE-month", ["FTE-month"]),
        ("Marginal cost", []),
        ("Volume, margin, P10", ["Volume", "Margin"]),
        ("On the first day", []),
    ],
)
def test_a_label_is_explained_by_the_terms_it_names(label, terms):
    said = about(label)
    assert (said is None) == (not terms)
    assert re.findall(r"\*\*(.+?)\*\*", said or "") == terms


def test_the_page_finds_terms_by_a_word(open_page):
    at = open_page("glossary", None)
    everything = len(at.table[0].value)
    assert everything == len(TERMS)
    at.text_input(key="glossary_find").set_value("shrink").run()
    assert len(at.table[0].value) == 1
    at.text_input(key="glossary_find").set_value("phlogiston").run()
    assert not at.table
    assert "Clear the field" in at.info[0].value
