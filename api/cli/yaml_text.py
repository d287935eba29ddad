"""Reading YAML as version 1.2 has it: ``no`` is a word and ``22:00`` a text; no repeated keys."""

from __future__ import annotations

import math
import re
from typing import Any

import yaml

from api.json_text import MAX_DIGITS, whole_number

MAX_VALUES = 200_000


class _Loader(yaml.SafeLoader):
    """A safe loader with the scalars of YAML 1.2."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("tag:yaml.org,2002:null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", "-+0123456789"),
    (
        "tag:yaml.org,2002:float",
        r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
        "-+0123456789.",
    ),
    ("tag:yaml.org,2002:merge", r"^<<$", "<"),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def _int(loader: _Loader, node: yaml.ScalarNode) -> int:
    """Read decimal only: the base loader would take a leading zero as octal."""
    try:
        return whole_number(loader.construct_scalar(node))
    except ValueError:
        raise yaml.constructor.ConstructorError(
            None, None, f"no whole number of at most {MAX_DIGITS:,} digits", node.start_mark
        ) from None


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(
                None, None, "a key must be a plain word", key.start_mark
            )
        if key.tag != "tag:yaml.org,2002:merge" and key.value in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key.value!r} appears twice", key.start_mark
            )
        seen.add(key.value)
    loader.flatten_mapping(node)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:int", _int)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_yaml(text: str) -> object:
    """Read one YAML document.

    Raises
    ------
    yaml.YAMLError
        When it is no YAML, or holds more than `MAX_VALUES` values once its aliases are written
        out; with a mark where a place can be named.
    RecursionError
        When it nests too deeply.
    """
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            return None
        if _written_out(root, {}) > MAX_VALUES:
            raise yaml.constructor.ConstructorError(
                None,
                None,
                f"more than {MAX_VALUES:,} values once its aliases are written out",
                root.start_mark,
            )
        return loader.construct_document(root)
    except (ValueError, AttributeError):  # e.g. !!float abc, which the base loader trusts
        raise yaml.YAMLError("a value that does not fit its !!tag") from None
    finally:
        loader.dispose()


def _written_out(node: yaml.Node, sizes: dict[yaml.Node, float]) -> float:
    """Values of a node with every alias written out; infinite when it holds itself."""
    if node not in sizes:
        sizes[node] = math.inf  # what an alias inside the node itself would add
        sizes[node] = 1 + sum(_written_out(child, sizes) for child in _children(node))
    return sizes[node]


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return node.value if isinstance(node, yaml.SequenceNode) else []
