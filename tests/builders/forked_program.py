"""Runs the program as a child of a process that has imported it; see `warm_program`."""

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WARM = "tests.builders.warm_program"
TIMEOUT_S = 300
_LOOK_EVERY_S = 0.01


def run_warm(command: list[str], cwd: Path | None) -> subprocess.CompletedProcess[str]:
    """Run a command line of the program to its end, both streams as text."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        out.touch()
        err.touch()
        code = _warm().ask(command, cwd or Path.cwd(), dict(os.environ), out, err)
        return subprocess.CompletedProcess(
            command, code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")
        )


class ForkedProgram:
    """The program while it runs, with those methods of `subprocess.Popen` that tests use.

    Parameters
    ----------
    args : list of str
        Program and arguments.
    env : dict
        Its whole environment.
    printed : Path
        File that both streams go to.
    """

    def __init__(self, args: list[str], env: dict[str, str], printed: Path) -> None:
        self.args = args
        self.returncode: int | None = None
        self._ending = printed.with_name(f"{printed.name}.ending")
        self.pid = _warm().ask(args, Path.cwd(), env, printed, printed, self._ending)

    def poll(self) -> int | None:
        """Exit code, or None while it runs."""
        if self.returncode is None and self._ending.exists():
            self.returncode = int(self._ending.read_text())
        return self.returncode

    def wait(self, timeout: float = TIMEOUT_S) -> int:
        """Wait for its end; the exit code."""
        deadline = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(self.args, timeout)
            time.sleep(_LOOK_EVERY_S)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, if it still runs."""
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has just ended
                os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill -9."""
        self.send_signal(signal.SIGKILL)


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

    def ask(
        self,
        command: list[str],
        cwd: Path,
        environment: dict[str, str],
        out: Path,
        err: Path,
        ending: Path | None = None,
    ) -> int:
        """Exit code of a command line; with a file for its ending the process id."""
        asked = {
            "program": command[0],
            "arguments": command[1:],
            "cwd": str(cwd),
            "environment": environment,
            "streams": [os.devnull, str(out), str(err)],
            "ending": ending and str(ending),
        }
        self.asked.write(json.dumps(asked) + "\n")
        self.asked.flush()
        ready, _, _ = select.select([self.told], [], [], TIMEOUT_S)
        if not ready:
            self.end()
            _warm.cache_clear()
            raise subprocess.TimeoutExpired(command, TIMEOUT_S)
        return int(self.told.readline())

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


@cache
def _warm() -> _WarmProgram:
    return _WarmProgram()
