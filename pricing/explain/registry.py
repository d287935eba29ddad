"""Registry of fields: which pattern of paths is explained how.

A pattern is a path with ``*`` for a name of a mapping and ``[*]`` for a position in a list;
``**`` at the end stands for everything beneath, for parts that come from one simulation or
search as a whole. The most literal pattern wins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pricing.explain.field import Field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pricing.explain.paths import Steps
    from pricing.explain.place import Place

type Entry = Field | Callable[[Place], Field]

_ANY, _REST = "*", "**"


@dataclass
class Registry:
    """Fields by pattern: a tree of steps."""

    branches: dict[str, Registry] = field(default_factory=dict)
    entry: Entry | None = None

    @classmethod
    def of(cls, *sections: Mapping[str, Entry]) -> Registry:
        """Collect the fields of several parts of the quote.

        Raises
        ------
        ValueError
            When two explain the same field.
        """
        registry = cls()
        for section in sections:
            for pattern, entry in section.items():
                node = registry
                for step in pattern.replace("[*]", ".*").split("."):
                    node = node.branches.setdefault(step, Registry())
                if node.entry is not None:
                    raise ValueError(f"{pattern} is explained twice")
                node.entry = entry
        return registry

    def find(self, steps: Steps) -> tuple[Entry, Steps] | None:
        """How a path is explained, and what each ``*`` of its pattern stands for."""
        return next(self.matches(steps, ()), None)

    def matches(self, steps: Steps, taken: Steps) -> Iterator[tuple[Entry, Steps]]:
        """Every way a path is explained, the most literal first."""
        if not steps:
            if self.entry is not None:
                yield self.entry, taken
            return
        first, rest = steps[0], steps[1:]
        if first != _ANY and first in self.branches:
            yield from self.branches[str(first)].matches(rest, taken)
        if _ANY in self.branches:
            yield from self.branches[_ANY].matches(rest, (*taken, first))
        if _REST in self.branches:
            found = self.branches[_REST].entry
            if found is not None:
                yield found, taken
