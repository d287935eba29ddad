"""Engagements that ship with crewquote, to start a quote from."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from api.errors import NOT_FOUND, RefusedError

Json = dict[str, Any]

QUICK = "quick_start"
# In the order in which a person is offered them; each is a file of `api/examples/`, but the first.
ABOUT = {
    QUICK: "Claims from one site for 12 months: small, priced in seconds.",
    "claims": "Deferrable work with 48 hours to do it, shared by two countries.",
    "helpdesk": "A live queue round the clock that two sites take by the sun, and its peaks.",
    "emergency_coding": "Coding and indexing that follow arrivals hour by hour.",
    "billing": "Billing and collections under a full contract: bands, credits, indexation.",
    "indexing": "Record indexing whose prices follow from risk instead of stated premiums.",
    "in_house": "Claims that the client does itself today, with its own cost to compare with.",
    "working_weeks": "A live line with breaks, tours and working weeks.",
    "hiring": "Two kinds of coding with terms for hiring and moving people.",
    "where_to_deliver": "Helpdesk and coding with several sites to choose from.",
}


@cache
def _text(name: str) -> str:
    place = "example_engagement.json" if name == QUICK else f"examples/{name}.json"
    return files("api").joinpath(place).read_text(encoding="utf-8")


def example(name: str) -> Json:
    """Return a complete engagement by its name, tables written out, a fresh copy.

    Raises
    ------
    RefusedError
        There is none of that name.
    """
    if name not in ABOUT:
        raise RefusedError(NOT_FOUND, f"no example is called {name}; there are {', '.join(ABOUT)}")
    document: Json = json.loads(_text(name))
    return document
