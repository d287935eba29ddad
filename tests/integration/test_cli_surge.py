"""`crewquote surge`: the report as JSON and as files, the client's view of it, refusals."""

import json

import pytest

from pricing.surge_report import SurgeOffer, SurgeReport
from tests.builders.command_line import EXAMPLES, crewquote, engagement_file
from tests.builders.pricing import LIVE, SITE, engagement_data
from tests.builders.spreadsheet import Workbook

pytestmark = pytest.mark.integration

POOL = {
    "name": "=stand-ins",
    "kind": "pool",
    "heads": 50,
    "notice_h": 48,
    "standby_fee_per_week": 3,
    "onboarding_cost": 20,
}
SURGE = {"sources": [POOL], "shortfall_price": 60}
PEAK = ("--peak", "+50%", "--notice", "2d", "--weeks", "2")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    data = engagement_data(services=[LIVE], sites=[SITE | {"surge": SURGE}])
    return engagement_file(tmp_path_factory.mktemp("surge"), data)


@pytest.fixture(scope="module")
def made(file):
    """Report and files of one run."""
    folder = file.parent / "out"
    done = crewquote("surge", file, *PEAK, "--json", "--quiet", "--out", folder)
    assert (done.returncode, done.stderr) == (0, "")
    return SurgeReport.model_validate_json(done.stdout), folder


def test_the_report_is_that_of_the_files(made):
    report, folder = made
    assert SurgeReport.model_validate_json((folder / "surge.json").read_text()) == report
    assert (report.request.notice_h, report.request.days) == (48, 14)
    names = {path.name for path in folder.iterdir()}
    tables = {"hours.csv", "days.csv", "sources.csv", "strategies.csv"}
    assert names == tables | {"surge.json", "surge.html", "surge.xlsx"}


def test_tables_tell_the_same_people_and_take_no_name_for_a_formula(made):
    report, folder = made
    head, *rows = (folder / "hours.csv").read_text().splitlines()
    assert head == "hours_since_call,day,time,'=stand-ins,there,worth,asked"
    row = next(row.split(",") for row in rows if row.startswith("48.0,Mon,00:00,"))
    assert float(row[4]) == pytest.approx(report.study.plan.promise.there)


def test_the_page_holds_the_promise_and_the_charts(made):
    report, folder = made
    page = (folder / "surge.html").read_text(encoding="utf-8")
    assert report.study.plan.promise.text in page
    assert all(f'id="chart-{number}"' in page for number in range(4))
    assert "Cost against service" in page


def test_every_formula_of_the_workbook_works_out_to_what_is_saved(made):
    report, folder = made
    book = Workbook((folder / "surge.xlsx").read_bytes())
    formulas = book.formulas()
    assert len(formulas) > 100
    for sheet, cell in formulas:
        saved = book.saved(sheet, cell)
        assert book.value(sheet, cell) == pytest.approx(saved, rel=1e-6, abs=1e-3), (sheet, cell)
    assert book.value("summary", "B8") == pytest.approx(report.study.plan.cost.total, abs=0.01)
    bill = float(report.prices.input_bill.bill.amount)
    assert book.value("bill", f"E{len(report.prices.charges) + 2}") == pytest.approx(bill)


def test_an_edited_rate_moves_the_total_of_the_workbook(made):
    report, folder = made
    book = Workbook((folder / "surge.xlsx").read_bytes())
    before = book.value("summary", "B8")
    paid = sum(report.study.plan.sources[0].paid_h) + report.study.plan.sources[0].paid_after_h
    book.write("sources", "H2", report.rungs[0].hourly_cost + 1)
    assert book.value("summary", "B8") == pytest.approx(before + paid)


def test_a_client_sees_people_and_prices_and_no_source(file, tmp_path):
    folder = tmp_path / "client"
    done = crewquote("surge", file, *PEAK, "--client", "--out", folder)
    assert done.returncode == 0, done.stderr
    assert "people stand ready within 48 hours" in done.stdout
    files = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert set(files) == {"offer.json", "offer.html", "hours.csv"}
    offer = SurgeOffer.model_validate_json(files["offer.json"])
    assert f"{offer.input_bill.amount:,f}" in done.stdout
    body = files["offer.html"].split("<body>")[1].split('<script type="application/json"')
    told = body[0] + body[1].split("</script>")[0]
    for text in (done.stdout, files["offer.json"], files["hours.csv"], told):
        for secret in ("margin", "wage", "Vendor", "stand-ins", "standby_fee", "profit"):
            assert secret not in text


def test_progress_goes_to_stderr_and_a_page_where_it_is_asked_for(file, tmp_path):
    page = tmp_path / "peak.html"
    done = crewquote("surge", file, *PEAK, "--plot", page, "--start", "2027-01-13")
    assert done.returncode == 0, done.stderr
    assert "crewquote: helpdesk @ Manila: who comes for a peak of 50%" in done.stderr
    assert f"Written to {page}" in done.stderr
    assert "from 2027-01-13 00:00, known 48 hours before" in done.stdout
    assert page.is_file()


def test_a_peak_may_be_asked_for_by_the_people_it_takes(file):
    done = crewquote("surge", file, "--people", "20", "--json", "--quiet")
    report = SurgeReport.model_validate_json(done.stdout)
    assert report.study.plan.promise.asked == pytest.approx(20, abs=0.5)
    assert report.request.people == 20
    again = crewquote("surge", file, "--peak", f"{report.size}", "--json", "--quiet")
    plan = SurgeReport.model_validate_json(again.stdout).study.plan
    assert plan.promise == report.study.plan.promise


def test_a_peak_that_cannot_be_met_names_the_day_the_people_and_what_relaxes_it(file):
    options = ("--peak", "2", "--notice", "0", "--all-in-time", "--quiet")
    done = crewquote("surge", file, *options)
    assert (done.returncode, done.stdout) == (4, "")
    assert "surge_work: helpdesk @ Manila: day 1 (Mon), hours 0 to 24 after the call" in done.stderr
    assert "to relax it, the cheapest first:\n    2 days of notice instead of 0 (pay" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--peak", "-5%"), 2, "extra work above 0"),
        (("--peak", "+5%", "--notice", "-1h"), 2, "hours or days from 0"),
        (("--peak", "+5%", "--weeks", "0"), 2, "a whole number from 1 to 52"),
        (("--peak", "+5%", "--start", "someday"), 2, "a weekday or a date"),
        (("--peak", "+5%", "--site", "Omaha"), 3, "site: a site of helpdesk: Manila"),
        (("--peak", "+5%", "--start", "2031-01-01"), 3, "a day of the term"),
        (("--peak", "+5%", "--out", "missing/folder"), 3, "--out"),
        (("--peak", "+5%", "--shortfall", "3", "--all-in-time"), 3, "left out with all_in_time"),
        ((), 2, "exactly one of --peak and --people"),
        (("--peak", "1", "--people", "5"), 2, "exactly one of --peak and --people"),
        (("--people", "0"), 3, "people: should be 0.1 or more"),
    ],
)
def test_what_cannot_be_meant_is_refused_without_a_traceback(file, options, code, said):
    done = crewquote("surge", file, *options)
    assert done.returncode == code
    assert said in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_of_several_services_the_one_with_most_work_is_meant_and_said():
    peak = ("--peak", "+60%", "--notice", "48h", "--weeks", "4")
    done = crewquote("surge", EXAMPLES / "helpdesk.yaml", *peak, "--quiet")
    assert done.returncode == 0
    assert "A peak of helpdesk English @ Cebu: +60%" in done.stdout


def test_without_a_ladder_overtime_and_the_pool_answer(tmp_path):
    site = SITE | {"surge": {"pool_heads": 30, "shortfall_price": 40}}
    plain = engagement_file(tmp_path, engagement_data(services=[LIVE], sites=[site]))
    done = crewquote("surge", plain, *PEAK, "--json", "--quiet")
    sources = json.loads(done.stdout)["study"]["plan"]["sources"]
    assert [source["name"] for source in sources] == ["overtime", "pool"]
