"""Actuals a quote knows nothing of are refused, by field and remedy."""

from typing import Any

import pytest

from pricing.invoice.actuals import Actuals, read_actuals
from pricing.invoice.billing import invoice_month
from pricing.reading import read_document
from staffing.errors import BadInputError
from tests.builders.contracts import CLASSED, CONTRACT
from tests.builders.invoices import CLAIMS, billed, quoted

CLASSES = {"output_based": {"services": [CLASSED]}}


def refusal(contract: dict[str, Any] | None = CONTRACT, month: int = 1, **actuals: Any) -> str:
    with pytest.raises(BadInputError) as caught:
        billed(contract, month, **actuals)
    return str(caught.value)


@pytest.mark.parametrize(
    ("actuals", "field", "words"),
    [
        ({"services": {"audits": {}}}, "services.audits", "one of: claims, helpdesk"),
        ({"teams": {"claims": {}}}, "teams.claims", "claims @ Manila, helpdesk @ Manila"),
        ({"services": {"claims": {"units": -1}}}, "services.claims.units", "0 or more"),
        ({"sla": {"smiles": 1}}, "sla.smiles", "one of: answered in 20 s, backlog"),
        ({"fx": {"INR": 83}}, "fx.INR", "one of: PHP"),
        ({"currency": "EUR"}, "currency", "the quote's currency, USD"),
        ({"days": 31}, "days", "at most the 28 days of the month"),
        ({"days": 32}, "days", "31 at most"),
        (
            {"services": {"claims": {"collections": 12.5}}},
            "services.claims.collections",
            "a decimal number in quotes",
        ),
        (
            {"services": {"claims": {"units": 1, "classes": {"easy": 1}}}},
            "services.claims.classes",
            "units or classes",
        ),
        (
            {"services": {"claims": {"classes": {"easy": 1}}}},
            "services.claims.classes.easy",
            "none: the contract has none",
        ),
        (
            {"services": {"helpdesk": {"collections": 1}}},
            "services.helpdesk.collections",
            "collections of it are not charged",
        ),
        (
            {"teams": {CLAIMS: {"hours": 10, "training_hours": 9, "break_hours": 2}}},
            f"teams.{CLAIMS}.hours",
            "at most these hours (11)",
        ),
        (
            {"teams": {CLAIMS: {"hours": 10, "ordered_fte": 9}}},
            f"teams.{CLAIMS}.hours",
            "ordered_fte is one already",
        ),
        (
            {"services": {"helpdesk": {"units": 10, "errors": 11}}},
            "services.helpdesk.errors",
            "at most the units done (10)",
        ),
        (
            {"services": {"claims": {"units": 900, "errors": 501}}},
            "services.claims.errors",
            "at most the units in the sample (500)",
        ),
        (
            {"surge": [{"notice_h": 24, "people": 1, "hours": 1}]},
            "surge[0].notice_h",
            "48 or more",
        ),
        (
            {"surge": [{"notice_h": 48, "people": 0, "hours": 1}]},
            "surge[0].people",
            "above 0",
        ),
        ({"sla": {"answered in 20 s": 95}}, "sla.answered in 20 s", "a share from 0 to 1"),
        (
            {"earn_back": [{"measure": "answered in 20 s", "credit": 1, "results": [0.9, 82]}]},
            "earn_back[0].results[1]",
            "as its target (0.8)",
        ),
        (
            {"earn_back": [{"measure": "smiles", "credit": 1, "results": [1]}]},
            "earn_back[0].measure",
            "answered in 20 s",
        ),
    ],
)
def test_it_is_refused(actuals: dict[str, Any], field: str, words: str) -> None:
    said = refusal(month=2, **actuals)
    assert said.startswith(f"{field}:")
    assert words in said


@pytest.mark.parametrize("month", [0, 4, 120])
def test_a_month_outside_the_term_is_refused(month: int) -> None:
    assert "a month of the term, 1 to 3" in refusal(month=month)


@pytest.mark.parametrize(
    ("actuals", "field"),
    [
        ({"surge": [{"notice_h": 48, "people": 1, "hours": 1}]}, "surge"),
        ({"savings": 5}, "savings"),
        ({"index_levels": [100]}, "index_levels"),
        ({"fx": {"PHP": 57}}, "fx.PHP"),
        ({"sla": {"backlog": 1}}, "sla.backlog"),
    ],
)
def test_what_no_term_is_about_is_refused(actuals: dict[str, Any], field: str) -> None:
    assert refusal(None, **actuals).startswith(f"{field}:")


def test_the_month_of_the_file_is_the_one_asked_for() -> None:
    happened = read_document(Actuals, {"month": 1})
    assert invoice_month(quoted(), happened).month == 1
    with pytest.raises(BadInputError, match="month: 2, the month that is asked for"):
        invoice_month(quoted(), happened, number=2)


def test_classes_are_those_of_the_contract() -> None:
    said = refusal(CLASSES, services={"claims": {"classes": {"easy": 1}}})
    assert said == "services.claims.classes.easy: one of: simple, complex"


def test_every_issue_is_told_at_once() -> None:
    said = refusal(services={"audits": {}}, teams={"nobody": {}}, currency="EUR")
    assert len(said.splitlines()) == 3


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(
        BadInputError, match=r"services\.claims\.unit: unknown field; did you mean units"
    ):
        read_actuals({"services": {"claims": {"unit": 3}}})
    with pytest.raises(BadInputError, match=r"wages: unknown field; see docs/models/invoice.md"):
        read_actuals({"wages": 3})


def test_a_bare_number_is_the_units_of_a_service_and_the_order_of_a_team() -> None:
    short = read_actuals({"services": {"claims": 4000}, "teams": {CLAIMS: 3.5}})
    assert (
        short.services["claims"]
        == read_actuals({"services": {"claims": {"units": 4000}}}).services["claims"]
    )
    assert str(short.teams[CLAIMS].ordered_fte) == "3.5"
    with pytest.raises(BadInputError, match=r"services.claims: should be a mapping"):
        read_actuals({"services": {"claims": True}})
    with pytest.raises(BadInputError, match=r"services.claims.*0 or more"):
        read_actuals({"services": {"claims": -1}})
