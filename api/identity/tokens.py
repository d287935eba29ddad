"""Opaque tokens of sessions and API keys: only their SHA-256 is ever stored."""

from __future__ import annotations

import hashlib
import re
import secrets

_BYTES = 32
SESSION, KEY = "cqs_", "cq_"
_FORM = re.compile(r"cqs?_[A-Za-z0-9_-]{43}")
_SHOWN = 4


def new_token(prefix: str) -> str:
    """Make a token of 256 random bits; they need no slow hash."""
    return prefix + secrets.token_urlsafe(_BYTES)


def digest(token: str) -> str:
    """What is stored of a token, and looked up by."""
    return hashlib.sha256(token.encode()).hexdigest()


def well_formed(token: str) -> bool:
    """Whether a text could be a token of ours."""
    return _FORM.fullmatch(token) is not None


def hint(token: str) -> str:
    """What a list shows of a token, so that its owner knows it again."""
    return f"…{token[-_SHOWN:]}"
