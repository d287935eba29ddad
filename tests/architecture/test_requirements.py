"""The requirement files pin everything, with hashes, and say nothing of where it comes from."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "requirements"
FILES = sorted(FOLDER.glob("*.txt"))


def requirements(path):
    """Return the logical lines: name and version first, then what belongs to them."""
    text = re.sub(r"^\s*#.*\n?", "", path.read_text(), flags=re.MULTILINE)
    return text.replace("\\\n", " ").splitlines()


def pins(path):
    return {line.split()[0] for line in requirements(path)}


def test_the_files_are_these():
    assert [path.name for path in FILES] == ["bench.txt", "build.txt", "dev.txt", "runtime.txt"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_url(path):
    assert "://" not in path.read_text()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_hashed(path):
    lines = requirements(path)
    assert lines
    for line in lines:
        assert re.match(r"[a-z0-9][a-z0-9._-]*(\[[a-z0-9,-]+\])?==\S+ ", line), line
        assert "--hash=sha256:" in line, line


def test_development_uses_the_versions_that_are_shipped():
    assert pins(FOLDER / "runtime.txt") | pins(FOLDER / "build.txt") <= pins(FOLDER / "dev.txt")
