"""The HTTP API under load, against a bare FastAPI endpoint of the same shape in the same minute."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import socket
import sqlite3
import tempfile
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING, Annotated, Any

import uvicorn
from fastapi import Body, FastAPI, Header
from fastapi.responses import Response

from api.app import create_app
from api.cli.loader import load_engagement
from api.settings import Settings
from api.store import quotes
from api.store.database import Database
from benchmarks.measurement import Measurement, example_file
from pricing.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pricing.engagement import Engagement
    from pricing.quote import Quote

_CONNECTIONS = 4
_ROUNDS = 6
_ROUND_S = 0.7
_WRITING_S = 3.0
_START_S = 60
_KEY = "sent-again"
_AIM_GET = 0.5
_AIM_POST = 0.3
_LEAST_SHARE = 0.5
_SPAWN = multiprocessing.get_context("spawn")


@dataclass
class Load:
    """Answers of one server: how many in how many seconds, and how long each took."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.seconds

    @property
    def p99_ms(self) -> float:
        """Time within which 99 of 100 were answered, ms."""
        return sorted(self.latencies)[int(0.99 * len(self.latencies))] * 1000


def measure_api_load() -> Iterator[Measurement]:
    """Yield the ratios of reading a quote and of repeating a request, and how two writers share."""
    engagement = load_engagement(example_file("claims"))
    priced = quote(engagement)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "quotes.sqlite"
        with closing(Database(database)) as store, store.writing() as session:
            quote_id = quotes.add(session, engagement, priced).id
        with _serving(_ours, database) as ours:
            body = engagement.model_dump_json().encode()
            made = _send(ours, _post(body))
            read = _send(ours, _get(quote_id))
            answers = {quote_id: read, _KEY: made}
            with _serving(_bare, Path(folder) / "bare.sqlite", answers) as bare:
                yield _compared("GET a quote", ours, bare, _get(quote_id), _AIM_GET)
                yield _compared("POST a quote again", ours, bare, _post(body), _AIM_POST)
        yield from _two_writers(Path(folder) / "shared.sqlite", engagement, priced)


def _compared(what: str, ours: int, bare: int, request: bytes, floor: float) -> Measurement:
    """Measure two servers in turns, so that both see the same machine."""
    loads = {ours: Load(), bare: Load()}
    for port in loads:
        asyncio.run(_load(port, request, Load()))  # warm
    for _ in range(_ROUNDS):
        for port, load in loads.items():
            asyncio.run(_load(port, request, load))
    mine, peer = loads[ours], loads[bare]
    return Measurement(
        what=f"{what} / bare FastAPI",
        value=mine.per_second / peer.per_second,
        unit="x",
        floor=floor,
        note=f"{mine.per_second:.0f}/s p99 {mine.p99_ms:.1f} ms; "
        f"bare {peer.per_second:.0f}/s p99 {peer.p99_ms:.1f} ms",
    )


async def _load(port: int, request: bytes, load: Load) -> None:
    end = time.perf_counter() + _ROUND_S
    callers = (_ask_until(end, port, request, load.latencies) for _ in range(_CONNECTIONS))
    start = time.perf_counter()
    await asyncio.gather(*callers)
    load.seconds += time.perf_counter() - start


async def _ask_until(end: float, port: int, request: bytes, latencies: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < end:
        start = time.perf_counter()
        writer.write(request)
        await _answer(reader)
        latencies.append(time.perf_counter() - start)
    writer.close()
    await writer.wait_closed()


async def _answer(reader: asyncio.StreamReader) -> bytes:
    """Read one answer off a connection that is kept."""
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 20"):
        raise RuntimeError(f"refused: {head[:200]!r}")
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    return await reader.readexactly(int(length))


def _send(port: int, request: bytes) -> bytes:
    async def once() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        body = await _answer(reader)
        writer.close()
        return body

    return asyncio.run(once())


def _get(quote_id: str) -> bytes:
    return f"GET /v1/quotes/{quote_id} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def _post(body: bytes) -> bytes:
    head = (
        "POST /v1/quotes HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Idempotency-Key: {_KEY}\r\nPrefer: wait=600\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@contextmanager
def _serving(make: Callable[..., FastAPI], *arguments: Any) -> Iterator[int]:  # noqa: ANN401
    """Run an application in a process of its own, and give its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    process = _SPAWN.Process(target=_serve, args=(partial(make, *arguments), port), daemon=True)
    process.start()
    deadline = time.monotonic() + _START_S
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        if time.monotonic() > deadline:
            raise RuntimeError("the server did not start")
        time.sleep(0.05)
    try:
        yield port
    finally:
        process.terminate()
        process.join()


def _serve(make: Callable[[], FastAPI], port: int) -> None:
    uvicorn.run(make(), host="127.0.0.1", port=port, log_level="error", access_log=False)


def _ours(database: Path) -> FastAPI:
    """Make the API as it is served; its log lines are made, and written nowhere."""
    import sys  # noqa: PLC0415 (of this process)

    sys.stderr = Path("/dev/null").open("w", encoding="utf-8")  # noqa: SIM115
    return create_app(Settings(database=str(database)))


def _bare(file: Path, answers: dict[str, bytes]) -> FastAPI:
    """Make an application of the same shape and nothing more: one row read by key, and sent.

    It knows no callers, limits, problems, request ids, logs or metrics, and takes the row from
    SQLite without a library between.
    """
    with closing(sqlite3.connect(file)) as made, made:
        made.execute("CREATE TABLE answers (key TEXT PRIMARY KEY, body BLOB)")
        made.executemany("INSERT INTO answers VALUES (?, ?)", answers.items())
    connections = local()
    app = FastAPI()

    def find(key: str) -> bytes:
        if not hasattr(connections, "one"):
            connections.one = sqlite3.connect(file)
        row = connections.one.execute("SELECT body FROM answers WHERE key = ?", (key,)).fetchone()
        body: bytes = row[0]
        return body

    @app.get("/v1/quotes/{quote_id}")
    def get(quote_id: str) -> Response:
        return Response(find(quote_id), media_type="application/json", headers={"ETag": quote_id})

    @app.post("/v1/quotes")
    def post(
        body: Annotated[dict[str, Any], Body()], idempotency_key: Annotated[str, Header()]
    ) -> Response:
        headers = {"Location": str(len(body))}
        found = find(idempotency_key)
        return Response(found, 201, media_type="application/json", headers=headers)

    return app


def _two_writers(file: Path, engagement: Engagement, priced: Quote) -> Iterator[Measurement]:
    """Let two processes write to one SQLite file as fast as they can."""
    Database(file).close()
    told = _SPAWN.Queue()
    start = _SPAWN.Event()
    documents = (engagement.model_dump_json(), priced.model_dump_json())
    writers = [
        _SPAWN.Process(target=_write, args=(file, documents, start, told), daemon=True)
        for _ in range(2)
    ]
    for writer in writers:
        writer.start()
    for _ in writers:
        told.get()  # it is ready
    start.set()
    waits = [told.get() for _ in writers]
    for writer in writers:
        writer.join()
    fewer, more = sorted(len(one) for one in waits)
    every = sorted(waits[0] + waits[1])
    yield Measurement(
        what="two SQLite writers: the slower / the faster",
        value=fewer / more,
        unit="x",
        floor=_LEAST_SHARE,
        note=f"{fewer} and {more} quotes in {_WRITING_S:g} s; p99 "
        f"{every[int(0.99 * len(every))] * 1000:.0f} ms, longest {every[-1] * 1000:.0f} ms",
    )


def _write(file: Path, documents: tuple[str, str], start: Any, told: Any) -> None:  # noqa: ANN401
    from pricing.engagement import Engagement  # noqa: PLC0415 (in the other process)
    from pricing.quote import Quote  # noqa: PLC0415

    engagement = Engagement.model_validate(json.loads(documents[0]))
    priced = Quote.model_validate(json.loads(documents[1]))
    waits = []
    with closing(Database(file)) as store:
        told.put("ready")
        start.wait()
        end = time.perf_counter() + _WRITING_S
        while (begun := time.perf_counter()) < end:
            with store.writing() as session:
                quotes.add(session, engagement, priced)
            waits.append(time.perf_counter() - begun)
    told.put(waits)
