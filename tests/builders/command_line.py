"""Runs the installed program as a user would, and reads what it printed."""

import atexit
import json
import os
import select
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PROGRAM = Path(sys.executable).parent / "crewquote"


WARM = "tests.builders.warm_program"
TIMEOUT_S = 300


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
        return _warm().run([str(one) for one in arguments], cwd)
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


class _WarmProgram:
    """The process of `tests.builders.warm_program`, which ends with this one."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"from {WARM} import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.asked, self.told = self.process.stdin, self.process.stdout
        atexit.register(self.end)

    def run(self, arguments: list[str], cwd: Path | None) -> subprocess.CompletedProcess[str]:
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder) / "out", Path(folder) / "err"
            out.touch()
            err.touch()
            asked = {
                "program": str(PROGRAM),
                "arguments": arguments,
                "cwd": str(cwd or Path.cwd()),
                "environment": dict(os.environ),
                "streams": [os.devnull, str(out), str(err)],
            }
            self.asked.write(json.dumps(asked) + "\n")
            self.asked.flush()
            ready, _, _ = select.select([self.told], [], [], TIMEOUT_S)
            if not ready:
                self.end()
                _warm.cache_clear()
                raise subprocess.TimeoutExpired(arguments, TIMEOUT_S)
            return subprocess.CompletedProcess(
                [str(PROGRAM), *arguments],
                int(self.told.readline()),
                out.read_text(encoding="utf-8"),
                err.read_text(encoding="utf-8"),
            )

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@cache
def _warm() -> _WarmProgram:
    return _WarmProgram()


def engagement_file(folder: Path, data: Any, name: str = "case.json") -> Path:
    """Write an engagement as JSON, which YAML readers read as well."""
    file = folder / name
    file.write_text(json.dumps(data), encoding="utf-8")
    return file
