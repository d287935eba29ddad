"""Documents of quotes read lately, as they are sent: a stored quote never changes."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

_MOST_BYTES = 32_000_000


class QuoteTexts:
    """Keeps the documents that were asked for last, up to so many bytes together.

    They are known by id and content hash. Whoever asks reads both from the store each time, so
    that what was erased there is not found here either.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._lock = Lock()
        self._texts: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    def get(self, key: tuple[str, str]) -> bytes | None:
        """Return a document, if it is kept."""
        with self._lock:
            if key in self._texts:
                self._texts.move_to_end(key)
            return self._texts.get(key)

    def keep(self, key: tuple[str, str], text: bytes) -> None:
        """Keep a document, and let go of those that were asked for longest ago."""
        with self._lock:
            self._bytes += len(text) - len(self._texts.pop(key, b""))
            self._texts[key] = text
            while self._bytes > self._most_bytes:
                self._bytes -= len(self._texts.popitem(last=False)[1])
