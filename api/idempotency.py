"""`Idempotency-Key`: a request that is sent twice is done once, and answered alike."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Header, Request
from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.body import read_bytes
from api.deps import StoreDep  # noqa: TC001 (FastAPI reads the annotations)
from api.errors import KEY_IN_USE, KEY_REUSED, RefusedError
from api.identity.caller import CallerDep  # noqa: TC001
from api.store import idempotency as keys
from api.store.database import Database  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI
    from sqlalchemy.orm import Session

REPLAYED = "Idempotency-Replayed"
_REPEATED_HEADERS = ("content-type", "location", "etag")
_RETRY_AFTER_S = 1

KeyHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,255}$",
        description="Up to 255 visible characters; the same request with the same key is done "
        "once, and its answer is repeated for 24 hours.",
    ),
]


class RepeatedAnswerError(Exception):
    """Ends a request whose answer is known: it is repeated, and nothing is done again."""

    def __init__(self, response: Response) -> None:
        self.response = response
        super().__init__("the answer is known")


@dataclass(frozen=True)
class Idempotency:
    """The key of one request, or none.

    What a request changes is written in its `writing` block, and its answer kept by `complete` in
    the same block: both are there afterwards, or neither.
    """

    store: Database
    caller_id: str
    key: str | None = None
    request_hash: str = ""

    def look(self) -> None:
        """End the request when its key has been used before.

        Raises
        ------
        RepeatedAnswerError
            For the same request, which was answered.
        RefusedError
            For another request (422), or the same one is still under way (409).
        """
        if self.key is not None:
            self._end_if_used(keys.find_in(self.store, self.caller_id, self.key))

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open one transaction that takes the key at its start; raises as `look`."""
        with self.store.writing() as session:
            self.claim(session)
            yield session

    def claim(self, session: Session) -> None:
        """Take the key in a transaction; raises as `look`."""
        if self.key is None:
            return
        self._end_if_used(keys.find(session, self.caller_id, self.key))
        try:
            keys.claim(session, self.caller_id, self.key, self.request_hash)
        except IntegrityError:
            raise _under_way() from None

    def complete[R: Response](self, session: Session, response: R) -> R:
        """Keep an answer in the transaction of what it tells of; returns the answer."""
        if self.key is not None:
            keys.complete(session, self.caller_id, self.key, kept_answer(response))
        return response

    def _end_if_used(self, known: keys.KnownKey | None) -> None:
        if known is None:
            return
        if known.request_hash != self.request_hash:
            raise RefusedError(
                KEY_REUSED,
                "this Idempotency-Key was used for another request (method, address or body); "
                "send a key of its own with every new request",
            )
        if known.answer is None:
            raise _under_way()
        raise RepeatedAnswerError(repeated(known.answer))


def kept_answer(response: Response) -> keys.KeptAnswer:
    """Return what is kept of an answer."""
    headers = {
        name: response.headers[name] for name in _REPEATED_HEADERS if name in response.headers
    }
    return keys.KeptAnswer(response.status_code, headers, bytes(response.body))


def repeated(answer: keys.KeptAnswer) -> Response:
    """Return a kept answer once more, marked as a repetition."""
    headers = {**answer.headers, REPLAYED: "true"}
    return Response(answer.body, status_code=answer.status, headers=headers)


def _under_way() -> RefusedError:
    return RefusedError(
        KEY_IN_USE,
        "the request with this Idempotency-Key is still under way; ask again in a moment",
        headers={"Retry-After": str(_RETRY_AFTER_S)},
    )


def request_hash(method: str, path: str, body: bytes) -> str:
    """SHA-256 of a request: method, address, and the body without what JSON does not mean.

    A body that is no JSON, or too deep, counts as it is: the route has its own words for it.
    """
    try:
        said = json.dumps(json.loads(body), sort_keys=True, separators=(",", ":")).encode()
    except (ValueError, RecursionError):
        said = body
    return hashlib.sha256(b"\n".join((method.encode(), path.encode(), said))).hexdigest()


async def get_idempotency(
    request: Request, store: StoreDep, caller: CallerDep, key: KeyHeader = None
) -> Idempotency:
    """Read the key of a request; a request that was answered before ends here."""
    if key is None:
        return Idempotency(store, caller.id)
    body = await read_bytes(request, request.app.state.settings.max_body_bytes)
    address = f"{request.url.path}?{request.url.query}"
    hashed = request_hash(request.method, address, body)
    found = Idempotency(store, caller.id, key, hashed)
    await run_in_threadpool(found.look)
    return found


async def _repeat(_: Request, error: Exception) -> Response:
    if not isinstance(error, RepeatedAnswerError):
        raise error
    return error.response


def install(app: FastAPI) -> None:
    """Repeat known answers in this application."""
    app.add_exception_handler(RepeatedAnswerError, _repeat)


IdempotencyDep = Annotated[Idempotency, Depends(get_idempotency)]
