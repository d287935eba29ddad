"""`docs/api.md` as its reader uses it: every curl in it is run, in order, against a server."""

import re
import subprocess

import pytest

from tests.builders.server import ROOT, Server

BLOCK = re.compile(r"```\n(curl .*?)```", re.DOTALL)
LEFT_OUT = '"password": "..."'  # is for the reader to fill in
PATIENCE_S = 120


@pytest.mark.slow
def test_every_curl_of_the_guide_is_answered_as_the_guide_says(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("CREWQUOTE_WAIT_S", "0.2")
    blocks = BLOCK.findall((ROOT / "docs" / "api.md").read_text())
    wanted = [block for block in blocks if LEFT_OUT not in block]
    assert len(wanted) >= 4
    with Server(tmp_path / "q.sqlite") as server:
        said = []
        for block in wanted:
            done = subprocess.run(
                [
                    "bash",
                    "-euo",
                    "pipefail",
                    "-c",
                    block.replace("http://127.0.0.1:8000", server.url),
                ],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                timeout=PATIENCE_S,
                check=False,
            )
            assert (done.returncode, done.stderr) == (0, ""), block
            assert "urn:crewquote:problem" not in done.stdout, block
            said.append(done.stdout)
    of_the_job = next(text for text in said if "event: done" in text)
    assert '"state":"done"' in of_the_job
    assert '"offers"' in of_the_job  # its result is the quote
