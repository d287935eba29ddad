"""Examples of answers in the OpenAPI document: what a server answered to the documented requests.

They are written, and compared with what is answered today, by a test; see docs/api.md.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

FILE = "answer_examples.json"
_SUMMARY = "As answered; of every list the first two entries"


def kept_examples() -> dict[str, dict[str, dict[str, Any]]]:
    """Examples by operation, status and media type."""
    text = files("api").joinpath(FILE).read_text(encoding="utf-8")
    found: dict[str, dict[str, dict[str, Any]]] = json.loads(text)
    return found


def show_answers(document: dict[str, Any]) -> None:
    """Put every example beside the answer it is one of; what is not documented is left out."""
    for operation, by_status in kept_examples().items():
        method, path = operation.split()
        documented = document["paths"].get(path, {}).get(method.lower(), {"responses": {}})
        for status, by_media in by_status.items():
            content = documented["responses"].get(status, {}).get("content", {})
            for media in by_media.keys() & content.keys():
                example = {"summary": _SUMMARY, "value": by_media[media]}
                content[media]["examples"] = {"as answered": example}
