"""Arguments that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EngagementFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="Engagement in YAML or JSON.", show_default=False)
]
