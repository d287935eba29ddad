"""`crewquote explain`: unfold a number of a quote into formula, inputs and rounding."""

from __future__ import annotations

import json
import sys
import textwrap
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from api.cli.loader import load_quote
from pricing.explain.documents import Contents, Explanation
from pricing.explain.unfold import explain

if TYPE_CHECKING:
    from pathlib import Path

    from pricing.explain.documents import Entry, InputGroup

_WIDTH = 100
_SHOWN_NUMBERS = 24
_DIGITS = 8
_SHOWN_ENTRIES = 40
_TEXT_WIDTH = 76


def run_explain(file: Path, path: str, *, depth: int, as_json: bool) -> None:
    """Explain one number of a quote file, or list what can be explained."""
    quote = load_quote(file)
    found = explain(quote.model_dump(mode="json"), path, depth)
    if as_json:
        document = json.dumps(found.model_dump(mode="json"), indent=2, ensure_ascii=False)
        sys.stdout.write(document + "\n")
        return
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
    if isinstance(found, Contents):
        _print_contents(console, found)
    else:
        console.print(_tree(found))


def _tree(found: Explanation, name: str = "", *, root: bool = True) -> Tree:
    """A number with all there is to say of it; an input that is not unfolded takes one line."""
    if root or found.inputs or found.origin or found.facts:
        tree = Tree(_full_label(found, name))
    else:
        tree = Tree(_line(found, name))
    for group in found.inputs:
        _add_group(tree, group)
    return tree


def _full_label(found: Explanation, name: str) -> Text:
    label = _line(found, name, with_meaning=False)
    for line in _lines(found):
        for part in textwrap.wrap(line, _TEXT_WIDTH):
            label.append(f"\n  {part}", style="dim")
    return label


def _line(found: Explanation, name: str, *, with_meaning: bool = True) -> Text:
    """Name in the formula, value, where it stands, and where it comes from."""
    line = Text()
    if name:
        line.append(f"{name} = ")
    line.append(_figure(found), style="bold")
    line.append(f"  {found.path}", style="cyan")
    if found.label:
        line.append(f" ({found.label})")
    line.append(f"  [{found.kind}]")
    if with_meaning and name and not found.label:
        line.append(f" {found.meaning}", style="dim")
    return line


def _figure(found: Explanation) -> str:
    return f"{found.value} {found.unit}" if found.unit else _short(found.value)


def _lines(found: Explanation) -> list[str]:
    """What there is to say of a number, beneath its name."""
    lines = [found.meaning]
    if found.formula and found.formula != "value":
        lines.append(f"= {found.formula}")
    if found.result is not None and found.rounding is not None:
        lines.append(f"= {_short(found.result)}, rounded {found.rounding}")
    if found.off_by_at_most is not None:
        lines.append(f"to within {_short(found.off_by_at_most)}, as its inputs are shown rounded")
    if found.agrees is False:
        lines.append(f"DOES NOT AGREE: the formula gives {found.result}")
    if found.origin is not None:
        told = (found.origin.source or "no source named", found.origin.as_of)
        dated = ", ".join(part for part in told if part)
        lines.append(f"{found.origin.quality}: {dated}")
    lines += ["; ".join(f"{name} {value}" for name, value in found.facts.items())]
    if found.kind in {"search", "simulation"}:
        lines.append(f"{found.kind_meaning}; see {found.page}")
    return [line for line in lines if line]


def _short(number: str) -> str:
    """A number to as many digits as a person compares."""
    whole, _, fraction = number.partition(".")
    return f"{whole}.{fraction[:_DIGITS]}…" if len(fraction) > _DIGITS + 2 else number


def _add_group(tree: Tree, group: InputGroup) -> None:
    """One name of the formula; of a long list the first numbers are shown."""
    if group.total == 1:
        tree.add(_tree(group.numbers[0], group.name, root=False))
        return
    branch = tree.add(Text(f"{group.name}: {group.total} numbers"))
    shown = group.numbers[:_SHOWN_NUMBERS]
    for number in shown:
        branch.add(_tree(number, root=False))
    if group.total > len(shown):
        branch.add(Text(f"… {group.total - len(shown):,} more (--json has all)", style="dim"))


def _print_contents(console: Console, found: Contents) -> None:
    place = found.path or "this quote"
    total = sum(entry.numbers for entry in found.entries)
    console.print(f"{place}: {total:,} numbers can be explained. Give one of these paths:\n")
    for entry in found.entries[:_SHOWN_ENTRIES]:
        console.print(_entry_line(entry))
    if len(found.entries) > _SHOWN_ENTRIES:
        last = found.entries[-1].path
        console.print(f"  … {len(found.entries) - _SHOWN_ENTRIES:,} more, up to {last}")


def _entry_line(entry: Entry) -> Text:
    if entry.value is not None:
        told = f"= {entry.value}  {entry.meaning}"
        return Text.assemble("  ", (entry.path, "cyan"), " ", textwrap.shorten(told, _TEXT_WIDTH))
    count = "one number" if entry.numbers == 1 else f"{entry.numbers:,} numbers"
    return Text.assemble("  ", (entry.path, "cyan"), f"  ({count} beneath)")
