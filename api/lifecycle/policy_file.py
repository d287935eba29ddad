"""Reading the approval policy of a house from its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli.loader import parse
from api.lifecycle.approval import ApprovalPolicy
from pricing.field_errors import Guide
from pricing.reading import read_document

if TYPE_CHECKING:
    from pathlib import Path

POLICY_GUIDE = Guide(ApprovalPolicy, "docs/lifecycle.md")


def load_policy(file: Path | None) -> ApprovalPolicy:
    """Read a policy, YAML or JSON; without a file, the limits of `ApprovalPolicy` hold.

    Raises
    ------
    BadInputError
        Unreadable file, bad syntax, invalid fields.
    """
    if file is None:
        return ApprovalPolicy()
    return read_document(ApprovalPolicy, parse(file, "an existing approval policy"), POLICY_GUIDE)
