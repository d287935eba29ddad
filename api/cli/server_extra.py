"""What only the extra `api` can do; without it a command says what to install."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def server_extra(command: str) -> Iterator[None]:
    """Name the extra where an import inside fails for want of its libraries."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in {"api", "pricing", "staffing"}:
            raise
        message = f"the server is not installed ({error.name}); install crewquote[api]"
        raise typer.BadParameter(message, param_hint=command) from None
