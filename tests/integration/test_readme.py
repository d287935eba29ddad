"""The README runs: every console block prints what it says, and every link leads somewhere.

`UPDATE_README=1` writes the real output into the blocks instead.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)[^)]*\)")

pytestmark = pytest.mark.integration


def run(command: str) -> str:
    """Output of a README command, both streams, without the blanks that pad lines."""
    program, *arguments = shlex.split(command)
    assert program == "crewquote"
    result = subprocess.run(
        [Path(sys.executable).parent / program, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return "".join(f"{line.rstrip()}\n" for line in result.stdout.splitlines())


def test_every_console_block_prints_what_the_readme_says() -> None:
    text = README.read_text()
    blocks = list(BLOCK.finditer(text))
    assert len(blocks) >= 3
    actual = BLOCK.sub(lambda m: f"```console\n$ {m['command']}\n{run(m['command'])}```", text)
    if os.environ.get("UPDATE_README"):
        README.write_text(actual)
    assert README.read_text() == actual


@pytest.mark.parametrize(
    "page",
    [README, *sorted((ROOT / "docs").rglob("*.md"))],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_every_link_leads_to_a_file(page: Path) -> None:
    for target in LINK.findall(page.read_text()):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"
