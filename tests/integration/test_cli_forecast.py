"""`crewquote forecast`: on the terminal, as JSON, CSV and files; refusals."""

import csv
import io
import subprocess
import sys

import pytest

from pricing.forecast_study import ForecastReport
from tests.builders.command_line import crewquote, engagement_file
from tests.builders.forecast import with_history, yearly
from tests.builders.pricing import engagement_data

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    data = engagement_data(with_history(yearly(110, 0.1).round(2)))
    return engagement_file(tmp_path_factory.mktemp("forecast"), data)


def test_it_is_told_and_its_progress_goes_to_stderr(file):
    done = crewquote("forecast", file)
    assert done.returncode == 0, done.stderr
    assert "testing seasonal naive from 13 dates" in done.stderr
    for words in ("tested from 13 dates", "P10", "The history says a volume cv of", "1 to 4 weeks"):
        assert words in done.stdout


def test_json_csv_page_and_folder_tell_the_same(file, tmp_path):
    page, folder = tmp_path / "forecast.html", tmp_path / "study"
    done = crewquote("forecast", file, "--json", "-q", "--plot", page, "--out", folder)
    assert (done.returncode, done.stderr.count("Forecast written to")) == (0, 2)
    report = ForecastReport.model_validate_json(done.stdout)
    assert sorted(one.name for one in folder.iterdir()) == [
        "forecast.csv",
        "forecast.html",
        "forecast.json",
        "forecast_errors.csv",
    ]
    assert (folder / "forecast.json").read_text(encoding="utf-8") == done.stdout
    assert report.verdict in page.read_text(encoding="utf-8")
    table = crewquote("forecast", file, "--csv", "-q").stdout
    assert (folder / "forecast.csv").read_text(encoding="utf-8") == table
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [float(row["p10"]) for row in rows] == [one.p10 for one in report.periods]


def test_a_picture_is_named_by_its_ending(file, tmp_path):
    assert crewquote("forecast", file, "-q", "--plot", tmp_path / "a.png").returncode == 0
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    refused = crewquote("forecast", file, "-q", "--plot", tmp_path / "a.gif")
    assert refused.returncode == 3
    assert "--plot" in refused.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--service", "x"), "service: the name of a service: claims"),
        (("--method", "x"), "method: should be 'best'"),
        (("--method", "ets"), "method: a history of 2.5 years or more"),
    ],
)
def test_what_cannot_be_meant_is_refused(file, options, words):
    refused = crewquote("forecast", file, "-q", *options)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert words in refused.stderr


def test_help_and_quotes_wait_for_no_library_that_only_fits_need():
    """Loading it takes seconds."""
    program = (
        "import sys, api.cli.app, pricing.quoting, api.cli.forecast; "
        "print([name for name in ('statsmodels', 'scipy', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
