"""What an explanation says, as documents."""

from __future__ import annotations

from pydantic import Field

from pricing.explain.field import Kind
from staffing.plan import Document


class Origin(Document):
    """Source of a stated or resolved value; `quality` as in the assumption register."""

    parameter: str
    source: str | None
    as_of: str | None
    quality: str


class InputGroup(Document):
    """One name of the formula: the numbers it stands for, in order.

    `total` counts them; `numbers` may hold fewer where an explanation was asked for in brief.
    """

    name: str
    total: int
    numbers: tuple[Explanation, ...]


class Explanation(Document):
    """One number of a quote, unfolded.

    `label` names what the number belongs to (service, site, year, line), where its path does not.
    `result` is what the formula gives on the inputs shown, unrounded; after the rounding step it is
    the number itself (or, where an input is shown rounded but used unrounded, within
    `off_by_at_most` of it): then it `agrees`. `facts` tell bound, gap, draws or seed of a search or
    simulation. `inputs` are empty where the depth asked for ends; `has_inputs` says whether there
    are any.
    """

    path: str
    label: str
    value: str
    unit: str | None
    meaning: str
    kind: Kind
    kind_meaning: str
    page: str
    formula: str | None = None
    has_inputs: bool = False
    inputs: tuple[InputGroup, ...] = ()
    result: str | None = None
    rounding: str | None = None
    off_by_at_most: str | None = None
    agrees: bool | None = None
    origin: Origin | None = None
    facts: dict[str, str] = Field(default_factory=dict)


class Entry(Document):
    """A number or a part of a quote that can be asked for."""

    path: str
    value: str | None
    meaning: str | None
    numbers: int


class Contents(Document):
    """What can be explained in a quote, or beneath one of its parts."""

    path: str
    entries: tuple[Entry, ...]
