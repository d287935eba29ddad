"""A real server in a process of its own, on a free loopback port, for journeys and kills."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from api.client import Client
from tests.builders.forked_program import ForkedProgram

ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT_S = 60


def example_engagement():
    """The engagement the API documentation shows: small, and quick to price."""
    return json.loads((ROOT / "api" / "example_engagement.json").read_text())


def free_port():
    """A loopback port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`crewquote serve` until stopped or killed.

    It is forked from a process that has imported it; `installed`, it is started as a user would.
    """

    def __init__(self, database, *, dashboard=False, port=None, settings=None, installed=False):
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = [str(Path(sys.executable).parent / "crewquote"), "serve"]
        command += ["--port", str(self.port), "--database", str(database)]
        if dashboard:
            self.dashboard_port = free_port()
            command += ["--dashboard-port", str(self.dashboard_port)]
            self.dashboard_url = f"http://127.0.0.1:{self.dashboard_port}"
        # A file, for nobody reads a pipe while the server runs, and a full one would stop it.
        self.folder = tempfile.TemporaryDirectory()  # kept until the server is left
        self.output = Path(self.folder.name) / "printed"
        self.output.touch()
        env = os.environ | (settings or {})
        self.process: subprocess.Popen[bytes] | ForkedProgram
        if installed:
            with self.output.open("ab") as stream:
                self.process = subprocess.Popen(command, env=env, stdout=stream, stderr=stream)
        else:
            self.process = ForkedProgram(command, env, self.output)
        self.client = Client(self.url)
        self._wait()

    def _wait(self):
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self.client.healthy():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                self.process.wait()
                raise RuntimeError(f"the server did not start: {self.printed()}")
            time.sleep(0.05)

    def stop(self):
        """Ctrl-C; returns the exit code and all the server printed."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)
        return self.process.returncode, self.printed()

    def printed(self):
        """All the server has printed so far, its log among it."""
        return self.output.read_text(encoding="utf-8")

    def kill(self):
        """Kill -9, as a crash or a power cut would."""
        self.process.kill()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.close()
        if self.process.poll() is None:
            self.stop()
        self.folder.cleanup()
