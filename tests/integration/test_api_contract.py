"""schemathesis over the OpenAPI document: no answer outside what the document promises."""

import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.builders.server import ROOT, Server

# Left out: positive_data_acceptance. Shares that must sum to 1, or sites that must exist, are
# rules across fields which a schema cannot state, so schema-valid documents may be refused.
EXCLUDED = "positive_data_acceptance"

# Studies are asked for on a smaller engagement than the documented one.
QUICK = ROOT / "tests" / "builders" / "quick_examples.py"

# The systematic phase tries thousands of bodies. Pricing, revisions and studies read an engagement
# by the same function as validating does, so they get the random phase only: each success takes a
# second.
STUDIES = (
    "^/v1/(surge|hiring|futures|risk|choice|sites|rates)$|^/v1/surge/offer$"
    "|^/v1/(requirement|coverage|price|compare|explain|invoice)$"
)
PRICING = ("create_quote_v1_quotes_post", "create_revision_v1_quotes__quote_id__revisions_post")
RUNS = {
    "all but pricing and studies": [
        *(word for name in PRICING for word in ("--exclude-operation-id", name)),
        *("--exclude-path-regex", STUDIES),
    ],
    "studies": ["--include-path-regex", STUDIES, "--phases", "examples,fuzzing"],
    "pricing": [
        *(word for name in PRICING for word in ("--include-operation-id", name)),
        *("--phases", "examples,fuzzing"),
    ],
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("store") / "quotes.sqlite") as running:
        # Made at the first call, which on a busy machine outlasts schemathesis's own patience.
        with urllib.request.urlopen(f"{running.url}/openapi.json", timeout=60) as document:
            assert document.status == 200
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("name", RUNS)
def test_schemathesis_finds_no_answer_the_document_does_not_promise(server, tmp_path, name) -> None:
    result = subprocess.run(
        [
            *(str(Path(sys.executable).parent / "schemathesis"), "run", *RUNS[name]),
            *("--exclude-checks", EXCLUDED, "--max-examples", "20"),
            *("--generation-deterministic", "--no-color", "--request-timeout", "60"),
            "--suppress-health-check=too_slow",  # a busy machine is no finding
            f"{server.url}/openapi.json",
        ],
        cwd=tmp_path,
        env=os.environ | {"SCHEMATHESIS_HOOKS": str(QUICK), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-6000:]
    assert "Tested:" in result.stdout
