"""What stays for good is not searched for garbage.

Streamlit collects all garbage after every run of a page, and sessions wait for one another while it
does. Modules and what they hold never go away, and would be looked through each time.
"""

from __future__ import annotations

import gc
from functools import cache
from importlib import import_module

_OF_PAGES = ("dashboard.pages", "pandas", "pyarrow")


@cache
def keep_pages() -> None:
    """Load what pages are made of, and keep it; once in a process."""
    for module in _OF_PAGES:
        import_module(module)
    _keep()


@cache
def keep_first_run() -> None:
    """Keep what the first run of a page has loaded on its way; once in a process."""
    _keep()


def _keep() -> None:
    gc.collect()
    gc.freeze()
