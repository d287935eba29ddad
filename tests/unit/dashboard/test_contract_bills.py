"""Both bills over volume under the contract, on the page of invoices."""

from typing import Any

from streamlit.testing.v1 import AppTest

from pricing.invoice.over_volume import contract_bills
from tests.builders.invoices import quoted


class OneQuote:
    """Server with one quote whose claims fall in price."""

    asked = 0

    def contract_bills(self, quote_id: str) -> dict[str, Any]:
        """Answer as the server does."""
        self.asked += 1
        tiers = [{"up_to": "4000"}, {"discount": "0.2"}]
        claims = {"service": "claims", "schedule": {"mode": "volume", "tiers": tiers}}
        made = contract_bills(quoted({"output_based": {"services": [claims]}}))
        return made.model_dump(mode="json")


def _script(client):
    from dashboard.widgets.contract_bills import contract_bills  # noqa: PLC0415 (only its source is run)

    contract_bills(client, "q1")


def test_bills_are_fetched_when_asked_for_with_chart_warning_and_summary() -> None:
    client = OneQuote()
    at = AppTest.from_function(_script, kwargs={"client": client})
    at.default_timeout = 30
    at.run()
    assert client.asked == 0
    at.toggle(key="contract_bills").set_value(True).run()
    assert not at.exception
    assert client.asked == 1
    assert "more units cost less" in at.warning[0].value
    assert "is cheaper at every volume" in at.caption[0].value
    assert len(at.get("vega_lite_chart")) == 1
