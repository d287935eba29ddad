"""The page that bills a month."""

from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import invoice_month
from pricing.reading import read_document
from tests.builders.contracts import CONTRACT
from tests.builders.invoices import quoted
from tests.builders.quotes import BASE_ID, UNREACHABLE, WRONG_FIELD

QUOTE = quoted(CONTRACT)


def answer(quote):
    parts = ("engagement", "offers", "staffing", "agreement")
    plain = {name: getattr(quote, name).model_dump(mode="json") for name in parts}
    return {"id": BASE_ID, "created_at": "2027-01-04T09:30:00Z", **plain}


class BillingClient:
    """Bills like the API, from a quote made by hand."""

    def __init__(self, error=None):
        self.asked = []
        self.error = error

    def get_quote(self, _):
        return answer(QUOTE)

    def invoices_file(self, quote_id, actuals, kind):
        return b""

    def create_invoices(self, quote_id, actuals):
        assert quote_id == BASE_ID
        self.asked.append(actuals)
        if self.error is not None:
            raise self.error
        return invoice_month(QUOTE, read_document(Actuals, actuals)).model_dump(mode="json")


def test_empty_it_says_where_a_quote_comes_from(open_page, shown):
    assert "No quote in hand" in shown(open_page("invoice", BillingClient()))


def test_normal_both_invoices_stand_side_by_side(open_page, shown):
    client = BillingClient()
    at = open_page("invoice", client, quote=BASE_ID)
    at.button(key="bill").click().run()
    assert not at.exception
    assert client.asked == [{"month": 1}]
    assert "Month 1: 2027-01-04 to 2027-02-03" in shown(at)
    expected = [one.total for one in invoice_month(QUOTE, Actuals()).invoices]
    assert [metric.value for metric in at.metric] == [f"{one.amount:,f}" for one in expected]


def test_edited_another_month_and_fewer_days_are_asked_for(open_page, shown):
    client = BillingClient()
    at = open_page("invoice", client, quote=BASE_ID)
    at.number_input(key="bill_month").set_value(2).run()
    at.number_input(key="bill_days").set_value(10).run()
    at.button(key="bill").click().run()
    assert not at.exception
    assert client.asked == [{"month": 2, "days": 10}]
    assert "10 of its 28 days" in shown(at)
    assert any("Medicare" in one.value for one in at.warning)


def test_an_error_is_shown(open_page, shown):
    for error, words in ((UNREACHABLE, "does not answer"), (WRONG_FIELD, "cannot be priced")):
        at = open_page("invoice", BillingClient(error), quote=BASE_ID)
        at.button(key="bill").click().run()
        assert not at.exception
        assert words in shown(at)
