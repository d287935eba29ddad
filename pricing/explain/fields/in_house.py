"""Fields of the in-house side: the client's own people, and what they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import Field, computed, given

if TYPE_CHECKING:
    from pricing.explain.registry import Entry

_PAGE = "docs/models/comparison.md"

FIELDS: dict[str, Entry] = {
    "in_house.**": given(
        "A term of the client's own people, stated in `in_house` of the engagement or packaged; "
        "`in_house.assumptions` has its source.",
        _PAGE,
    ),
    "in_house.teams[*].need_by_year[*]": Field(
        "Full-time equivalents the workload, or the opening hours of a live queue, ask for at the "
        "client's utilisation in a contract year.",
        "formula",
        _PAGE,
    ),
    "in_house.teams[*].people_by_year[*]": Field(
        "Full-time equivalents the in-house side rests on in a contract year: the need, or as "
        "stated for the first year and moved with volume.",
        "formula",
        _PAGE,
    ),
    "in_house.lines[*].by_year[*]": Field(
        "One line of the in-house side in a contract year, all services: people, pay and shares.",
        "formula",
        _PAGE,
    ),
    "in_house.lines[*].amount": computed(
        "One line of the in-house side over the term.", "sum(years)", _PAGE, years="./by_year[*]"
    ),
    "in_house.total_by_year[*]": computed(
        "What the work takes in-house in a contract year.",
        "sum(lines)",
        _PAGE,
        lines="in_house.lines[*].by_year[{0}]",
    ),
    "in_house.total": computed(
        "What the work takes in-house over the term.",
        "sum(years)",
        _PAGE,
        years="in_house.total_by_year[*]",
    ),
}
