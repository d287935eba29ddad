"""`crewquote proposal`, as sales run it."""

import json

import pytest

from pricing.quote import quote_json
from pricing.reading import read_engagement
from tests.builders.command_line import crewquote, engagement_file
from tests.builders.comparisons import compared_engagement, compared_quote
from tests.builders.pricing import engagement_data

pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("proposal")
    quoted = folder / "quote.json"
    quoted.write_text(quote_json(compared_quote()))
    engagement = compared_engagement().model_dump(mode="json", exclude_unset=True)
    return engagement_file(folder, engagement), quoted


def test_every_form_is_written_from_one_quote(files, tmp_path) -> None:
    engagement, quoted = files
    for suffix, start in ((".pdf", b"%PDF-"), (".xlsx", b"PK"), (".json", b"{")):
        out = tmp_path / f"proposal{suffix}"
        options = ("--quote", quoted, "--no-peak", "--issued", "2026-11-30", "--out", out)
        done = crewquote("proposal", engagement, *options)
        assert done.returncode == 0, done.stderr
        assert f"Written to {out}" in done.stderr
        assert out.read_bytes().startswith(start)
    written = json.loads((tmp_path / "proposal.json").read_text())
    assert (written["issued"], written["valid_until"]) == ("2026-11-30", "2027-01-29")
    assert written["quote_hash"] == compared_quote().content_hash


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--out", "proposal.doc"), "a file that ends in .pdf"),
        (("--out", "missing/proposal.pdf"), "--out"),
        (("--out", "p.pdf", "--issued", "30.11.2026"), "a date, e.g. 2027-03-01"),
    ],
)
def test_what_cannot_be_written_is_refused_before_any_work(files, options, words) -> None:
    done = crewquote("proposal", files[0], *options)
    assert done.returncode in {2, 3}
    assert words in " ".join(done.stderr.split())


def test_a_quote_of_another_engagement_is_refused(files, tmp_path) -> None:
    assert read_engagement(engagement_data())
    other = engagement_file(tmp_path, engagement_data())
    done = crewquote("proposal", other, "--quote", files[1], "--out", tmp_path / "p.pdf")
    assert done.returncode == 3
    assert "a quote of this engagement as it is" in done.stderr
    assert not (tmp_path / "p.pdf").exists()
