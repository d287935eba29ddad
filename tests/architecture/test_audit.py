"""`make audit`: a known vulnerability fails it; no answer is said, and fails nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

AUDIT = Path(__file__).resolve().parents[2] / ".ci" / "audit"
FAKE = """
import sys
arguments, answer = sys.argv[1:], {answer!r}
if answer is None:
    sys.exit("could not connect")
assert arguments.count("--requirement") >= 4, arguments
open(arguments[arguments.index("--output") + 1], "w").write(answer)
sys.exit(1)
"""
FINE = {"name": "anyio", "version": "4.0", "vulns": []}
SILENT = {"name": "altair", "skip_reason": "not found"}
KNOWN = {
    "name": "jinja2",
    "version": "3.0",
    "vulns": [{"id": "CVE-2027-1", "fix_versions": ["3.1", "3.2"]}],
}


@pytest.mark.parametrize(
    ("pins", "code", "said"),
    [
        ([FINE], 0, "1 of 1 pins checked, 0 known"),
        ([FINE, KNOWN], 1, "jinja2 3.0: CVE-2027-1, fixed in 3.1, 3.2"),
        ([FINE, SILENT], 0, "NOT CHECKED, no answer: altair"),
        ([SILENT], 0, "NOT CHECKED: the advisories of the pinned requirements could not be had"),
        (None, 0, "could not be had (could not connect)"),
    ],
)
def test_what_is_known_is_told(tmp_path, pins, code, said) -> None:
    fake = tmp_path / "fake.py"
    answer = None if pins is None else json.dumps({"dependencies": pins})
    fake.write_text(FAKE.format(answer=answer))
    command = [sys.executable, str(AUDIT), sys.executable, str(fake)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said in done.stdout, done.stderr
    assert done.returncode == code
