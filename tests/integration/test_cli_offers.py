"""`crewquote offers`, as sales run it."""

import json

import pytest

from tests.builders.command_line import EXAMPLES, crewquote, engagement_file
from tests.builders.pricing import engagement_data

pytestmark = [pytest.mark.integration, pytest.mark.slow]
FEW = ("--draws", "2000", "-q")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return engagement_file(tmp_path_factory.mktemp("offers"), engagement_data())


def test_a_price_to_win_is_judged_and_files_are_written(file, tmp_path):
    page, out = tmp_path / "choice.html", tmp_path / "choice.json"
    options = ("--price-to-win", "0.10", "--plot", page, "--out", out)
    done = crewquote("offers", file, *FEW, *options)
    assert done.returncode == 0
    assert "does not hold the floor" in done.stdout
    assert "<h2>claims</h2>" in page.read_text()
    study = json.loads(out.read_text())
    assert study["price_to_win"]["holds"] is False
    again = crewquote("offers", file, *FEW, "--price-to-win", "0.10", "--json")
    assert json.loads(again.stdout) == study


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--chooses", "weekly"), "chooses"),
        (("--knowledge-volume", "2"), "a number from 0 to 1"),
        (("--tail-margin", "0.99"), "tail_margin"),
        (("--price-to-win", "cheap"), "price_to_win.price"),
        (("--price-to-win", "1", "--name", "chat"), "price_to_win.name"),
        (("--outside", "0.01"), "outside"),
    ],
)
def test_an_option_that_cannot_be_meant_is_named(file, options, words):
    done = crewquote("offers", file, *FEW, *options)
    assert done.returncode in (2, 3)
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_wrong_with_a_document_is_told_first():
    assert crewquote("offers", EXAMPLES / "broken.yaml").returncode == 3
