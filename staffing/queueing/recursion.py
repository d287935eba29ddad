"""Rows whose recursions differ in length, run side by side without masks.

Rows are put in order of length, longest first, and aligned at the end: a step then always touches
a leading part of the arrays, which is a view and costs nothing. No work is wasted on rows that have
not begun.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

# Few enough rows for the arrays of a recursion to stay in the processor's cache.
_BLOCK = 8192
_RADIX_LIMIT = 1 << 16


def staircases(
    steps: NDArray[np.int64],
) -> Iterator[tuple[NDArray[np.int64], list[tuple[int, int]]]]:
    """Arrange rows so that all finish together.

    Parameters
    ----------
    steps : ndarray of int, shape (N,)
        Steps each row takes, 0 or more.

    Yields
    ------
    rows : ndarray of int
        Indices of a block of rows, longest recursion first.
    stairs : list of (leading, repeats)
        In this order: step the first `leading` rows, `repeats` times.
    """
    order = _longest_first(steps)
    for start in range(0, order.size, _BLOCK):
        rows = order[start : start + _BLOCK]
        lengths = steps[rows]
        # Wherever the length drops, the rows after join in that many steps before the end.
        leading = np.append(np.flatnonzero(np.diff(lengths)) + 1, lengths.size)
        repeats = lengths[leading - 1] - np.append(lengths[leading[:-1]], 0)
        yield rows, list(zip(leading.tolist(), repeats.tolist(), strict=True))


def _longest_first(steps: NDArray[np.int64]) -> NDArray[np.int64]:
    longest = int(steps.max(initial=0))
    left = longest - steps
    if longest < _RADIX_LIMIT:
        left = left.astype(np.uint16)  # small integers are sorted in one pass
    return np.argsort(left, kind="stable")
