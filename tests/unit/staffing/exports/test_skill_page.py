"""A skill study as a page: one chart per site, figures above, names harmless."""

import json
import re

from staffing.exports.skill_page import skill_page
from tests.builders.skill_weeks import study, two_languages

FOUND = study(two_languages()).model_dump(mode="json")


def specs(text):
    (data,) = re.findall(r'id="specs">(.*?)</script>', text, re.DOTALL)
    return json.loads(data)


def test_every_site_has_its_chart_and_its_row():
    other = FOUND["sites"][0] | {"site": "Cebu"}
    text = skill_page(FOUND | {"sites": [FOUND["sites"][0], other]}, "Two languages")
    assert re.findall(r'id="chart-(\d+)"', text) == ["0", "1"]
    assert [spec["title"].split()[-1] for spec in specs(text)] == ["Manila", "Cebu"]
    for cell in ("1,000.0", "875.0", "125.0", "-10.6 %", "no: at most this is saved"):
        assert text.count(f"<td>{cell}</td>") >= 2, cell
    assert "nothing of this is in its price" in text


def test_names_and_notes_cannot_break_out_of_the_page():
    odd = "</script><b>&"
    site = FOUND["sites"][0] | {"site": odd, "notes": [odd]}
    text = skill_page(FOUND | {"sites": [site]}, odd)
    assert "<b>" not in text
    assert odd in specs(text)[0]["title"]
