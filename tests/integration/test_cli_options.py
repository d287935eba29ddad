"""What `crewquote` answers before any command: its name and version, its commands, guesses."""

import tomllib

import pytest

from tests.builders.command_line import EXAMPLES, installed_crewquote

pytestmark = pytest.mark.integration


def test_it_tells_its_name_and_version() -> None:
    project = tomllib.loads((EXAMPLES.parent / "pyproject.toml").read_text())["project"]
    run = installed_crewquote("--version")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == f"crewquote {project['version']}\n"


def test_a_misspelt_command_is_guessed() -> None:
    run = installed_crewquote("qoute", "case.yaml")
    assert run.returncode == 2
    assert "Did you mean 'quote'?" in run.stderr
