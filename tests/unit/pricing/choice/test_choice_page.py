"""The study of the choice as a page."""

import pytest

from pricing.choice.page import choice_page
from tests.builders.choice import study_json


@pytest.mark.slow
def test_the_page_holds_every_lot_its_charts_and_what_a_price_leaves() -> None:
    page = choice_page(study_json(price_to_win={"price": "1.00"}))
    assert page.count('class="chart" id="chart-') == 4
    for text in ("<h2>claims</h2>", "<h2>helpdesk</h2>", "does not hold the floor", "Third offer"):
        assert text in page
