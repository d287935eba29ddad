"""Sending what the outbox holds, while the server runs; at least once each."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx2

from api.operating.repeating import repeating
from api.store import webhooks
from api.webhooks.addresses import ForbiddenAddressError, resolve
from api.webhooks.signing import signatures

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from threading import Event

    from api.store.database import Database
    from api.store.webhooks import DueDelivery

_AT_A_TIME = 20
_TIMEOUT_S = 10.0
_GOOD = range(200, 300)


def deliver_due(store: Database, *, private: bool) -> int:
    """Send everything that is due, and say how much that was.

    Parameters
    ----------
    store : Database
        Holds the outbox.
    private : bool
        Whether machines of this network may be called.
    """
    now = datetime.now(UTC)
    with store.reading() as session:
        if not webhooks.any_due(session, now):
            return 0
    with store.writing() as session:
        due = webhooks.take_due(session, now, _AT_A_TIME)
        webhooks.forget_old(session, now)
    for delivery in due:
        status, problem = attempt(delivery, private=private)
        with store.writing() as session:
            webhooks.settle(session, delivery.id, datetime.now(UTC), status, problem)
    return len(due)


def attempt(delivery: DueDelivery, *, private: bool) -> tuple[int | None, str | None]:
    """Send one message once.

    Returns
    -------
    status : int or None
        What the endpoint answered, if it did.
    problem : str or None
        Why it does not count as delivered; None where it does. Redirects are not followed.
    """
    body, now = delivery.body.encode(), int(time.time())
    try:
        target = resolve(delivery.url, private=private)
        headers = {
            "Host": target.authority,
            "Content-Type": "application/json",
            "webhook-id": delivery.id,
            "webhook-timestamp": str(now),
            "webhook-signature": signatures(delivery.secrets, delivery.id, now, body),
        }
        # The answer is never read: only its status counts.
        with (
            httpx2.Client(timeout=_TIMEOUT_S, trust_env=False) as client,
            client.stream(
                "POST",
                target.url,
                content=body,
                headers=headers,
                extensions={"sni_hostname": target.host},
                follow_redirects=False,
            ) as answer,
        ):
            status = answer.status_code
    except ForbiddenAddressError as error:
        return None, str(error)
    except (httpx2.HTTPError, OSError) as error:
        return None, type(error).__name__
    return status, None if status in _GOOD else f"answered {status}"


def delivering(
    store: Database, interval_s: float, *, private: bool
) -> AbstractContextManager[None]:
    """Send what is due now and every so many seconds, until the block is left; 0: never."""

    def work(stopped: Event) -> None:
        while not stopped.is_set() and deliver_due(store, private=private) == _AT_A_TIME:
            continue

    return repeating("webhooks", work, interval_s)
