"""The proposal: what a client is sent, in data, on paper and as a workbook."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from functools import cache
from xml.etree import ElementTree

import pytest

from pricing.proposal import Proposal, proposal
from pricing.proposal.credits import credit_examples
from pricing.proposal.page import proposal_page
from pricing.proposal.pdf import proposal_pdf
from pricing.proposal.terms import term_sentences
from pricing.proposal.workbook import proposal_workbook
from pricing.quote import Quote
from pricing.reading import read_engagement
from staffing.errors import BadInputError
from tests.builders.comparisons import FORBIDDEN, compared_engagement, compared_quote
from tests.builders.contracts import CONTRACTS
from tests.builders.invoices import agreed, quoted
from tests.builders.pricing import engagement_data
from tests.builders.spreadsheet import Workbook
from tests.unit.pricing.client_comparison.test_leaks import (
    numbers,
    texts,
    vendor_numbers,
)

ISSUED = date(2026, 11, 30)
OWN = frozenset({"source", "pay_source", "name", "client", "vendor"})
HALF_CENT = 0.0051


@cache
def made() -> Proposal:
    return proposal(
        compared_quote(), compared_engagement(), ISSUED, vendor="<b>Us</b> & Co", number="Q-1"
    )


@cache
def data():
    return made().model_dump(mode="json")


def test_it_holds_as_long_as_the_quote_says() -> None:
    assert compared_quote().engagement.validity_days == 60
    assert made().valid_until == date(2027, 1, 29)


def test_a_quote_of_another_engagement_is_refused() -> None:
    other = read_engagement(engagement_data())
    with pytest.raises(BadInputError, match="a quote of this engagement as it is"):
        proposal(compared_quote(), other, ISSUED)


def test_no_word_of_the_vendor_s_side_in_schema_data_page_or_workbook() -> None:
    assert [text for text in texts(Proposal.model_json_schema()) if FORBIDDEN.search(text)] == []
    assert [text for text in texts(data(), OWN) if FORBIDDEN.search(text)] == []
    sources = {row["source"] for row in data()["rests_on"]}
    words = re.sub(r'src="[^"]*"|<style>.*?</style>', "", proposal_page(data()), flags=re.DOTALL)
    for source in sources:
        words = words.replace(source, "")
    assert FORBIDDEN.findall(words) == []
    book = Workbook(proposal_workbook(data()))
    cells = [str(cell) for sheet in book.sheets for row in book.read(sheet) for cell in row]
    assert [cell for cell in cells if cell not in sources and FORBIDDEN.search(cell)] == []


@cache
def pdf() -> bytes:
    return proposal_pdf(data())


@cache
def paper() -> str:
    """What can be read off the PDF, letters of charts among it, and what it says of itself."""
    if shutil.which("pdftotext") is None or shutil.which("pdfinfo") is None:
        pytest.skip("pdftotext is not installed (poppler-utils)")
    said = [
        subprocess.run(command, input=pdf(), capture_output=True, check=True).stdout.decode()
        for command in (["pdftotext", "-", "-"], ["pdfinfo", "-custom", "-meta", "-"])
    ]
    return " ".join(" ".join(said).split())


def test_no_word_of_the_vendor_s_side_can_be_read_off_the_pdf() -> None:
    words = paper()
    for row in data()["rests_on"]:
        words = words.replace(" ".join(row["source"].split()), "")
    assert FORBIDDEN.findall(words) == []
    for offer in data()["comparison"]["offers"]:
        assert f"{float(offer['expected_bill']['amount']):,.0f}" in words  # it is the text


def test_no_number_of_the_vendor_s_side_can_be_read_off_the_pdf() -> None:
    printed = set(re.findall(r"\d[\d,]*(?:\.\d+)?", paper()))
    secrets = {name: abs(value) for name, value in vendor_numbers(compared_quote()).items()}
    forms = {name: {f"{value:,.2f}"} for name, value in secrets.items() if value >= 10}
    for name, value in secrets.items():
        if value >= 1000:
            forms[name] |= {f"{value:,.0f}", f"{value:.0f}"}
    assert forms
    assert {name: form & printed for name, form in forms.items() if form & printed} == {}


def test_no_word_of_the_vendor_s_side_in_any_part_of_the_workbook() -> None:
    """Names, comments, hidden sheets and properties, too: whatever the file holds."""
    sources = {row["source"] for row in data()["rests_on"]}
    with zipfile.ZipFile(io.BytesIO(proposal_workbook(data()))) as file:
        parts = {name: ElementTree.fromstring(file.read(name)) for name in file.namelist()}
    assert "xl/sharedStrings.xml" in parts
    for name, root in parts.items():
        said = [text for one in root.iter() for text in (one.text, *one.attrib.values()) if text]
        assert [text for text in said if text not in sources and FORBIDDEN.search(text)] == [], name


def test_no_number_of_the_vendor_s_side() -> None:
    visible = {round(number, 6) for number in numbers(data())}
    secrets = vendor_numbers(compared_quote())
    assert {name for name, value in secrets.items() if round(value, 6) in visible} == set()


def test_the_workbook_works_both_bills_out_from_prices_and_quantities() -> None:
    book = Workbook(proposal_workbook(data()))
    bills = [offer["expected_bill"]["amount"] for offer in data()["comparison"]["offers"]]
    months = len(made().ramp)
    for cell, bill, columns in zip(("B7", "C7"), bills, (2, 2), strict=True):
        assert book.saved("summary", cell) == pytest.approx(float(bill), abs=1e-6)
        worked = book.value("summary", cell)
        assert worked == pytest.approx(float(bill), abs=HALF_CENT * months * columns)
    for sheet, cell in book.formulas():
        assert book.saved(sheet, cell) == pytest.approx(book.value(sheet, cell), abs=0.5)


def test_the_workbook_follows_volume_and_prices_that_are_changed() -> None:
    book = Workbook(proposal_workbook(data()))
    before = book.value("summary", "B7"), book.value("summary", "C7")
    book.write("summary", "B4", 2)
    assert book.value("summary", "B7") == before[0]
    assert book.value("summary", "C7") == pytest.approx(2 * before[1], rel=1e-4)
    book.write("summary", "B4", 1)
    book.write("input-based", "C5", 0)
    book.write("input-based", "D5", 0)
    assert book.value("summary", "B7") == 0


def test_names_are_text_on_paper_and_in_cells() -> None:
    page = proposal_page(data() | {"vendor": "<script>x</script>"})
    assert "<script>" not in page
    risky = json.loads(json.dumps(data()))
    risky["comparison"]["client"] = "=HYPERLINK(1)"
    risky["rests_on"][0]["what"] = "=1+1"
    book = Workbook(proposal_workbook(risky))
    assert all(sheet in {"summary", "input-based", "output-based"} for sheet, _ in book.formulas())


def test_the_same_proposal_gives_the_same_paper_and_fetches_nothing() -> None:
    assert proposal_pdf(data()) == pdf()
    assert pdf().startswith(b"%PDF-")
    outside = json.loads(json.dumps(data()))
    assert not re.search(r"(src|href)=[\"'](?!data:)", proposal_page(outside))


def test_people_and_units_are_those_of_the_plan() -> None:
    plan = compared_quote().staffing
    first = made().ramp[0]
    assert first.first_day == compared_quote().engagement.start
    assert first.units == {one.service: one.units_by_month[0] for one in plan.volumes}
    for team, view in zip(plan.teams, made().teams, strict=True):
        assert max(view.people) <= max(team.workforce.payroll) + 1e-6
        assert min(view.people) >= min(team.workforce.payroll) - 1e-6
        assert view.most_at_work == max(team.roster.at_work)
        assert sum(view.at_work) == pytest.approx(
            sum(team.roster.at_work) * plan.interval_minutes / 60, abs=1e-3
        )


def test_a_missed_measure_is_worked_through_for_an_average_month() -> None:
    contract = {
        "sla_credits": {
            "at_risk": 0.12,
            "measures": [{"name": "clean claims", "target": 0.96, "allocation": 0.30}],
            "earn_back_months": 3,
        },
        "sla_credits_for": ["output_based"],
    }
    quote = quoted(contract)
    assert quote.agreement is not None
    (example,) = credit_examples(quote, quote.agreement.terms)
    monthly = quote.offers.output_based.term.expected_bill.amount / 3
    assert example.charges.amount == pytest.approx(monthly, abs=Decimal("0.005"))
    credit = example.charges.amount * Decimal("0.12") * Decimal("0.30")
    assert example.lines[0].credit.amount == pytest.approx(credit, abs=Decimal("0.005"))
    assert example.lines[0].target == "at least 96.0%"
    assert credit_examples(quoted(), quoted().agreement.terms) == ()  # type: ignore[union-attr] # quoted with one


def test_terms_are_said_in_money() -> None:
    said = {
        term.name: term.text
        for term in term_sentences(agreed({"input_based": {"notice": {"ramp_up_days": 45}}}), "USD")
    }
    assert said == {"notice": "more people 45 days ahead, fewer people 0 days ahead"}
    assert term_sentences(agreed(), "USD") == ()


def test_multiples_and_tolerances_are_told_as_such() -> None:
    times = {"hour_multipliers": {"overtime": 1.25, "night": 1.1, "holiday": 2}}
    own = {"service": "claims", "accuracy": {"credit_multiple": 1.5}}
    right = {"first_month": 2, "last_month": 3, "premium": 0.05, "cap": 9}
    contract = {"input_based": times, "output_based": {"services": [own], "conversion": right}}
    said = {term.name: term.text for term in term_sentences(agreed(contract), "USD")}
    assert "overtime at 1.25 times the hour price" in said["hours at other times"]
    wrong = said["claims: errors"]
    assert wrong == "beyond a tolerance of 2 % each credits 1.5 times the unit price"
    assert said["hours first, then units"].endswith("at the hour price and 5 %, 9 USD at most")


def test_prices_that_differ_by_year_say_of_which_year_each_is() -> None:
    page = json.loads(json.dumps(data()))
    assert "Price in year" not in proposal_page(page)
    for price in page["comparison"]["offers"][1]["prices"]:
        price["by_year"] = [price["price"], price["price"]]
    assert "Price in year 1; 2<" in proposal_page(page)


@pytest.mark.parametrize("number", range(len(CONTRACTS)))
def test_every_part_of_a_contract_is_said_without_a_word_of_the_vendor_s(number: int) -> None:
    contract = CONTRACTS[number]
    agreement = agreed(contract)
    terms = term_sentences(agreement, "USD")
    stated = agreement.terms.model_dump(exclude_none=True, exclude_defaults=True)
    under = {term.under for term in terms}
    for part in ("input_based", "output_based"):
        assert (part in under) == bool(stated.get(part))
    shared = {"indexation", "fx_clauses", "surge", "termination", "rebates", "early_payment"}
    said = [term for term in terms if term.under == "both"]
    assert len(said) >= sum(bool(stated.get(name)) for name in shared)
    assert [term for term in terms if FORBIDDEN.search(term.text)] == []


def test_the_document_reads_itself() -> None:
    assert Proposal.model_validate_json(made().model_dump_json()) == made()
    assert isinstance(compared_quote(), Quote)


def test_under_a_contract_page_and_workbook_say_what_the_bills_follow() -> None:
    terms = "Both bills follow the tiers of the contract"
    under = data() | {"comparison": data()["comparison"] | {"terms": terms}}
    assert terms in proposal_page(under)
    assert terms not in proposal_page(data())
    book = Workbook(proposal_workbook(under))
    bills = [float(one["expected_bill"]["amount"]) for one in data()["comparison"]["offers"]]
    assert [book.value("summary", cell) for cell in ("B12", "C12")] == bills
    assert book.value("summary", "D12") == pytest.approx(bills[1] - bills[0])
