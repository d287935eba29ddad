"""Where the API is, and how the browser keeps a sign-in: from the environment."""

from __future__ import annotations

import os

_DEFAULT_URL = "http://127.0.0.1:8000"


def api_url() -> str:
    """Address of the API: ``CREWQUOTE_API_URL``, or the one `crewquote serve` takes by default."""
    return os.environ.get("CREWQUOTE_API_URL", _DEFAULT_URL)


def secure_cookie() -> bool:
    """Whether the cookie is for TLS only though we see none: ``CREWQUOTE_SECURE_COOKIE``."""
    return os.environ.get("CREWQUOTE_SECURE_COOKIE", "").lower() in ("1", "true", "yes", "on")
