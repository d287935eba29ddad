"""Servers to be killed: forked from a process that has loaded everything, pricing left out.

Run as a program it reads lines ``PORT DATABASE`` and answers each with the id of a new process,
until its input ends. `Nursery` is the other end of that.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import uvicorn

from api.app import create_app
from api.settings import Settings
from pricing.quote import Quote
from tests.builders.server import free_port

ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT_S = 60
LEASE_S = 0.3  # soon after a kill, its jobs are begun anew


class CannedPricer:
    """Answers every engagement with the same quote, at once."""

    def __init__(self, quote):
        self.quote = quote

    def price(self, _engagement, **_):
        return self.quote

    def run(self, work):
        return work()


def serve(port, database, quote):
    """One server, until it is killed."""
    app = create_app(Settings(database=database, port=port, job_lease_s=LEASE_S))
    app.state.pricer = CannedPricer(quote)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")


def main(quote_file):
    quote = Quote.model_validate_json(Path(quote_file).read_text())
    for line in sys.stdin:
        port, database = line.split(maxsplit=1)
        process = os.fork()
        if process == 0:
            try:
                serve(int(port), database.strip(), quote)
            finally:
                os._exit(1)
        print(process, flush=True)  # noqa: T201 (this is how it answers)
        os.waitpid(process, 0)  # one at a time: it ends by being killed


class Nursery:
    """Starts servers on a database, quickly, one after the other."""

    def __init__(self, quote, folder):
        file = folder / "quote.json"
        file.write_text(quote.model_dump_json())
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.builders.fault_server", str(file)],
            cwd=ROOT,
            env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, database):
        """A server that answers; its process id and address."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        port = free_port()
        self.process.stdin.write(f"{port} {database}\n")
        self.process.stdin.flush()
        server = int(self.process.stdout.readline())
        address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + START_TIMEOUT_S
        while True:
            try:
                httpx2.get(f"{address}/readyz", timeout=5).raise_for_status()
            except httpx2.HTTPError:
                assert time.monotonic() < deadline, "the server did not start"
                time.sleep(0.02)
            else:
                return server, address

    def close(self):
        """End: the last server has to be killed before."""
        self.process.communicate()


if __name__ == "__main__":
    main(sys.argv[1])
