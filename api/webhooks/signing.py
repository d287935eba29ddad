"""Signatures of messages, as Standard Webhooks has them.

``webhook-signature`` holds ``v1,`` and the base64 of HMAC-SHA256 over ``id.timestamp.body``, one
for each secret in force, so that a secret can be changed without losing a message.
(Standard Webhooks specification, "Symmetric signatures".)
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PREFIX = "whsec_"
TOLERANCE_S = 300
_BYTES = 32


def new_secret() -> str:
    """Make a secret of 256 random bits."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signatures(keys: Sequence[str], message_id: str, timestamp: int, body: bytes) -> str:
    """Sign a message with every secret in force.

    Parameters
    ----------
    keys : sequence of str
        Secrets, ``whsec_`` and base64.
    message_id : str
        The same in every attempt: receivers tell repetitions by it.
    timestamp : int
        Seconds since 1970 of this attempt.
    body : bytes
        As it is sent.
    """
    return " ".join(_signature(key, message_id, timestamp, body) for key in keys)


def verified(keys: Sequence[str], headers: dict[str, str], body: bytes, now: int) -> bool:
    """Whether a received message is genuine and of the last minutes; what a receiver does.

    Parameters
    ----------
    headers : dict
        ``webhook-id``, ``webhook-timestamp`` and ``webhook-signature``.
    now : int
        Seconds since 1970.
    """
    message_id, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not sent.isdigit() or abs(now - int(sent)) > TOLERANCE_S:
        return False
    given = headers.get("webhook-signature", "").split(" ")
    wanted = [_signature(key, message_id, int(sent), body) for key in keys]
    return any(hmac.compare_digest(one, two) for one in given for two in wanted)


def _signature(key: str, message_id: str, timestamp: int, body: bytes) -> str:
    try:
        secret = base64.b64decode(key.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("a secret is whsec_ and base64") from None
    signed = f"{message_id}.{timestamp}.".encode() + body
    mac = hmac.new(secret, signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(mac).decode()}"
