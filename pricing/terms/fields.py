"""Fields that terms share. Terms know nothing of an engagement: an engagement holds them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from pricing.parameters import not_blank

Part = Annotated[Decimal, Field(ge=0, le=1)]
Growth = Annotated[Decimal, Field(ge=-1, le=10)]
Factor = Annotated[Decimal, Field(ge=0, le=100)]
Level = Annotated[Decimal, Field(ge=0, le=10**9)]
Months = Annotated[int, Field(strict=True, ge=1, le=120)]
Label = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(not_blank)]
