"""Where the API is."""

from __future__ import annotations

import os

_DEFAULT_URL = "http://127.0.0.1:8000"


def api_url() -> str:
    """Address of the API: ``CREWQUOTE_API_URL``, or the one `crewquote serve` takes by default."""
    return os.environ.get("CREWQUOTE_API_URL", _DEFAULT_URL)
