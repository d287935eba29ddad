"""Progress of a command on stderr, so that stdout holds the result and nothing else."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def shown_progress(task: str, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A spinner on a terminal, one line per step elsewhere, nothing when quiet."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status(task) as status:
            yield status.update
    else:
        yield lambda text: print(f"crewquote: {text}", file=sys.stderr)
