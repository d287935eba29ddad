"""Examples of answers are what a server answers today.

`UPDATE_EXAMPLES=1` writes those anew that are answered otherwise (`api/answer_examples.json`). That
every answer has one is asked in tests/architecture/test_answer_examples.py.
"""

import json
import math
import os
import re
from pathlib import Path
from typing import Any

import pytest

from api.answer_examples import FILE, kept_examples
from tests.builders.api_tour import tour

KEPT = Path(__file__).resolve().parents[2] / "api" / FILE
NEW_EACH_TIME = {
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}": "<id>",
    r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)": "<time>",
    r"\b[0-9a-f]{64}\b": "<hash>",
    r"\b[0-9a-f]{32}\b": "<id>",
    r"\bQ-\d{4}-": "Q-<year>-",
    r"[\w.]+\.[0-9a-f]{8}@example\.org": "<user>",
    r"\b(cqs?_|whsec_)[\w+/=-]{20,}": "<secret>",
    r"^…[\w-]{4}$": "<hint>",
}
TOLD_MEANWHILE = {"stage", "share", "words", "next_cursor", "schema_revision"}


def lasting(text: str) -> str:
    """A text without what is new each time."""
    for pattern, name in NEW_EACH_TIME.items():
        text = re.sub(pattern, name, text)
    return text


def differs(kept: Any, live: Any, place: str = "") -> list[str]:
    """Where an answer is not the example: fields, lengths, words, and numbers to six digits."""
    if isinstance(kept, dict) and isinstance(live, dict):
        kept, live = ({lasting(name): part for name, part in one.items()} for one in (kept, live))
        if kept.keys() != live.keys():
            return [f"{place}: {sorted(kept.keys() ^ live.keys())}"]
        names = kept.keys() - TOLD_MEANWHILE
        return [one for name in names for one in differs(kept[name], live[name], f"{place}/{name}")]
    if isinstance(kept, list) and isinstance(live, list) and len(kept) == len(live):
        pairs = enumerate(zip(kept, live, strict=True))
        return [one for at, both in pairs for one in differs(*both, f"{place}/{at}")]
    if isinstance(kept, str) and isinstance(live, str):
        same = lasting(kept) == lasting(live)
    elif isinstance(kept, float) and isinstance(live, float):
        same = math.isclose(kept, live, rel_tol=1e-6, abs_tol=1e-6)
    else:
        same = type(kept) is type(live) and kept == live
    return [] if same else [f"{place}: {kept!r} was answered {live!r}"]


def text_differs(kept: str, live: str) -> bool:
    """Whether a table, calendar or stream is another one: its first line, and how many follow."""
    lines, others = lasting(kept).splitlines(), lasting(live).splitlines()
    first = [re.sub(r"^id: \d+$", "id", one[0]) for one in (lines, others)]
    return first[0] != first[1] or len(lines) != len(others)


def without_secrets(value: Any) -> Any:
    """An answer to be kept: a token in it opened a server that is gone, and is no longer one."""
    text = re.sub(
        r"\b(cqs?_|whsec_)([\w+/=-]{20,})",
        lambda found: found[1] + "x" * len(found[2]),
        json.dumps(value),
    )
    return json.loads(text)


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    """What a server answers today, by operation, status and media type."""
    folder = tmp_path_factory.mktemp("tour")
    return tour(folder / "quotes.sqlite", folder / "policy.yaml")


def otherwise(kept: Any, live: Any) -> list[str]:
    """How an answer of one media type is not its example."""
    if isinstance(kept, str) and isinstance(live, str):
        return ["other lines"] if text_differs(kept, live) else []
    return differs(kept, without_secrets(live))


@pytest.mark.slow
def test_every_example_is_what_the_server_answers(answered) -> None:
    kept = kept_examples()
    wrong = []
    for operation, by_status in answered.items():
        for status, by_media in by_status.items():
            for media, live in by_media.items():
                old = kept.get(operation, {}).get(status, {}).get(media)
                found = otherwise(old, live)
                wrong += [f"{operation} {status} {media} {one}" for one in found]
                if found:
                    values = kept.setdefault(operation, {}).setdefault(status, {})
                    values[media] = without_secrets(live)
    gone = sorted(kept.keys() - answered.keys())
    if os.environ.get("UPDATE_EXAMPLES") == "1":
        written = {operation: kept[operation] for operation in sorted(answered)}
        KEPT.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n")
        return
    remedy = "if it is meant, run this file with UPDATE_EXAMPLES=1 and commit what it writes"
    assert (wrong, gone) == ([], []), remedy


@pytest.mark.parametrize(
    "live",
    [
        {"a": "2026-01-01T00:00:00Z", "b": [1.0, 2]},
        {"a": "2027-05-01T12:30:00.123Z", "b": [1.0 + 1e-9, 2]},
    ],
)
def test_what_is_new_each_time_is_no_difference(live) -> None:
    assert differs({"a": "2026-01-01T00:00:00Z", "b": [1.0, 2]}, live) == []


@pytest.mark.parametrize(
    "live",
    [
        {"a": "x"},
        {"a": "y", "b": [1.0, 2]},
        {"a": "x", "b": [1.0]},
        {"a": "x", "b": [1.1, 2]},
        {"a": "x", "b": [1.0, None]},
        {"a": "x", "b": [1.0, True]},
    ],
)
def test_a_lost_field_a_word_a_length_a_number_or_a_kind_is_a_difference(live) -> None:
    assert differs({"a": "x", "b": [1.0, 2]}, live) != []
