"""Runs the installed program as a user would, and reads what it printed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PROGRAM = Path(sys.executable).parent / "crewquote"


def crewquote(
    *arguments: str | Path,
    cwd: Path | None = None,
    environment: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run `crewquote` with these arguments; both streams as text."""
    return subprocess.run(
        [PROGRAM, *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=os.environ | (environment or {}),
        timeout=300,
        check=False,
    )


def engagement_file(folder: Path, data: Any, name: str = "case.json") -> Path:
    """Write an engagement as JSON, which YAML readers read as well."""
    file = folder / name
    file.write_text(json.dumps(data), encoding="utf-8")
    return file
