"""`Prefer: wait=N`: how long a caller would wait for work to be done (RFC 7240)."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Header, Request

MOST_WAIT_S = 600
_WAIT = re.compile(r'(?:^|,)\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:;[^,]*)?(?=,|$)', re.IGNORECASE)
_ASYNC = re.compile(r"(?:^|,)\s*respond-async\s*(?:;[^,]*)?(?=,|$)", re.IGNORECASE)


def wait_s(prefer: str | None, otherwise: float) -> float:
    """Seconds to wait before work becomes a job to ask for.

    ``respond-async`` without ``wait`` waits not at all; what cannot be read is no preference.
    """
    stated = _WAIT.search(prefer or "")
    if stated is not None:
        return float(min(int(stated[1]), MOST_WAIT_S))
    return 0.0 if _ASYNC.search(prefer or "") else otherwise


PreferHeader = Annotated[
    str | None,
    Header(
        description=f"wait=N: wait up to N seconds (at most {MOST_WAIT_S}) for the work to be "
        "done. Anything else is ignored.",
        examples=["wait=60"],
    ),
]


async def get_wait_s(request: Request, prefer: PreferHeader = None) -> float:
    """Read how long the caller would wait for work it hands in; by default a moment."""
    default: float = request.app.state.settings.wait_s
    return wait_s(prefer, default)


async def get_stated_wait_s(prefer: PreferHeader = None) -> float:
    """Read how long the caller would wait; by default not at all."""
    return wait_s(prefer, 0)


WaitDep = Annotated[float, Depends(get_wait_s)]
StatedWaitDep = Annotated[float, Depends(get_stated_wait_s)]
