"""Logs as lines of JSON: what happened, never what was said in it.

A line holds neither a body nor a token nor a price: it is written from the fields named here, and
of an exception it keeps the class and the places, for its words may quote the input.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from structlog.typing import FilteringBoundLogger

_FRAMES = 12
_ENCODE = json.JSONEncoder(default=repr).encode  # made once: every request writes a line


def _as_json(_logger: object, _method: str, event: MutableMapping[str, Any]) -> str:
    return _ENCODE(event)


class StandardError:
    """Writes whole lines to what is standard error at that moment."""

    def msg(self, line: str) -> None:
        """Write one line."""
        sys.stderr.write(line + "\n")
        sys.stderr.flush()

    debug = info = warning = error = critical = msg


def make_logger(*, quiet: bool) -> FilteringBoundLogger:
    """Make a logger of an application's own; nothing global is configured."""
    level = logging.CRITICAL if quiet else logging.INFO
    logger: FilteringBoundLogger = structlog.wrap_logger(
        StandardError(),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _as_json,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    return logger


def failure_fields(error: BaseException) -> dict[str, Any]:
    """What a log keeps of an exception: its class, and where it came from."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return {"exception": type(error).__name__, "places": places}


class JsonLines(logging.Formatter):
    """Lines of the same form for what the HTTP server itself has to say."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record as JSON."""
        line: dict[str, Any] = {
            "event": record.getMessage().strip(),
            "level": record.levelname.lower(),
            "at": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
            "logger": record.name,
        }
        if record.exc_info and record.exc_info[1]:
            line |= failure_fields(record.exc_info[1])
        return json.dumps(line)


def server_log_config() -> dict[str, Any]:
    """Logging of the HTTP server (uvicorn): warnings and worse, as lines of JSON."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonLines}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "loggers": {"uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
    }
