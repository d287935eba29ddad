"""How tests are shared out among processes: whole files, and all journeys of the browser to one.

What a file makes for all its tests is then made once, as are the server, its dashboard and the
browser of the journeys. Files are begun in the order they are collected in, which is that of their
names: those that take long come first, in ``browser`` and ``integration``, and the many short ones
of ``unit`` last, so that no process is left alone with a long one.
"""

from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped] # it has no types

BROWSER = "tests/browser"


class WholeFiles(LoadFileScheduling):  # type: ignore[misc] # so that this is Any
    """Gives a process one file after the other, and the journeys as if they were one."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return BROWSER if file.startswith(f"{BROWSER}/") else file
