"""Runs the installed program as a user would, and reads what it printed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.builders.forked_program import TIMEOUT_S, run_warm

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PROGRAM = Path(sys.executable).parent / "crewquote"


def crewquote(
    *arguments: str | Path,
    cwd: Path | None = None,
    environment: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run `crewquote` with these arguments; both streams as text.

    With an environment of its own it is the installed program, started anew; without one it is a
    child of a process that has imported it before.
    """
    if environment is None:
        return run_warm([str(PROGRAM), *map(str, arguments)], cwd)
    return installed_crewquote(*arguments, cwd=cwd, environment=environment)


def installed_crewquote(
    *arguments: str | Path,
    cwd: Path | None = None,
    environment: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the installed program, started anew."""
    return subprocess.run(
        [PROGRAM, *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=os.environ | (environment or {}),
        timeout=TIMEOUT_S,
        check=False,
    )


def engagement_file(folder: Path, data: Any, name: str = "case.json") -> Path:
    """Write an engagement as JSON, which YAML readers read as well."""
    file = folder / name
    file.write_text(json.dumps(data), encoding="utf-8")
    return file
