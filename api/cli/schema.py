"""`crewquote schema`: the JSON Schema editors and callers can check an engagement against."""

from __future__ import annotations

import json


def run_schema() -> None:
    """Print the JSON Schema of an engagement."""
    from pricing.engagement import engagement_schema

    print(json.dumps(engagement_schema(), indent=2, ensure_ascii=False))
