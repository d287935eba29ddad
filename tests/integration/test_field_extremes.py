"""Every numeric field at either end of its range is priced or refused, in bounded time and memory.

The ranges are those of the published JSON Schema.
"""

import copy
import multiprocessing
import re
import resource
import signal
import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection
from types import ModuleType
from typing import Any
from unittest.mock import patch

import pytest

from pricing.engagement import engagement_schema
from pricing.reading import read_engagement
from staffing.errors import BadInputError, InfeasibleError
from tests.builders.contracts import CONTRACTS, HAPPENED
from tests.builders.full_engagement import FULL, IN_HOUSE, WORKING_WEEKS
from tests.builders.invoices import billed
from tests.builders.pricing import DEFERRABLE, LIVE, engagement_data, put

pytestmark = [pytest.mark.integration, pytest.mark.slow]

SCHEMA = engagement_schema()
RANGE = {"minimum", "exclusiveMinimum"}
CPU_S = 18  # what is solved before takes less than the two that are missing from twenty
MEMORY_BYTES = 500 * 2**20
SOLVED_BEFORE = "tests.builders.solved_before"
NEXT = 1e-9  # nearest to an open end of a range


def fields(value: Any, schemas: list[dict[str, Any]], path: str) -> Iterator[tuple[str, Any]]:
    """Every number of a document with the schema of its range."""
    schemas = [one for schema in schemas for one in alternatives(schema)]
    if isinstance(value, dict):
        if "value" in value:
            schemas = [one for one in schemas if "value" in one.get("properties", {})]
        for key, item in value.items():
            below = [s.get("properties", {}).get(key) for s in schemas if s.get("properties")]
            below += [s.get("additionalProperties") for s in schemas]
            inner = [schema for schema in below if isinstance(schema, dict)]
            yield from fields(item, inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        items = [s["items"] for s in schemas if "items" in s]
        for index, item in enumerate(value if isinstance(value[0], dict) else value[:1]):
            chosen = items
            if isinstance(item, dict) and "channel" in item:
                kind = "LiveService" if item["channel"] == "live" else "DeferrableService"
                chosen = [SCHEMA["$defs"][kind]]
            yield from fields(item, chosen, f"{path}[{index}]")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        ranged = [s for s in schemas if RANGE & set(s)]
        if ranged:
            yield path, ranged[0]


def alternatives(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """A schema with its references followed, each alternative of its own."""
    if "$ref" in schema:
        return alternatives(SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]])
    if "anyOf" in schema:
        return [one for part in schema["anyOf"] for one in alternatives(part)]
    return [schema]


def ends(schema: dict[str, Any]) -> Iterator[float]:
    """Least and greatest value of a range."""
    whole = schema.get("type") == "integer"
    for key, sign in (("minimum", 0), ("exclusiveMinimum", 1), ("maximum", 0)):
        if key in schema:
            end = schema[key] + sign * NEXT
            yield int(end) if whole else end
    if "exclusiveMaximum" in schema:
        yield schema["exclusiveMaximum"] - NEXT


OF_WEEKS = re.compile(r"breaks\[|tours\[|daily_rest|weekly_hours|shortfall|max_short|trainers")
OF_IN_HOUSE = re.compile(r"^in_house\.")
CASES = [
    (document, path, end)
    for document, tried in ((FULL, None), (WORKING_WEEKS, OF_WEEKS), (IN_HOUSE, OF_IN_HOUSE))
    for path, schema in fields(document, [SCHEMA], "")
    for end in ends(schema)
    if tried is None or tried.search(path)
]

# A contract changes no plan: its numbers are tried on a quote made by hand, without a solver.
CONTRACTED = [engagement_data(services=[DEFERRABLE, LIVE], contract=one) for one in CONTRACTS]
CONTRACT_CASES = [
    (document, path, end)
    for document in CONTRACTED
    for path, schema in fields(document, [SCHEMA], "")
    for end in ends(schema)
    if path.startswith("contract.")
]


def price(data: dict[str, Any], peak: Connection) -> None:
    """Price a case in this process, and send the peak of its memory."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    try:
        sys.modules[SOLVED_BEFORE].priced(data)
    except (BadInputError, InfeasibleError) as error:
        sys.stdout.write(f"{type(error).__name__} {error}\n")
    peak.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


# Children of a process that has run no other test: their memory is their own, and that of plans
# which most of them share.
CLEAN = multiprocessing.get_context("forkserver")
CLEAN.set_forkserver_preload([__name__, SOLVED_BEFORE])


def outcome(document: dict[str, Any], path: str, end: float) -> tuple[int | None, int]:
    """Signal or exit code of a process of its own that prices the case, and its peak memory."""
    data = copy.deepcopy(document)
    put(data, path, end)
    here, there = CLEAN.Pipe(duplex=False)
    child = CLEAN.Process(target=price, args=(data, there))
    # A child would run this process's main script first; tests of pages leave one of their own.
    with patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
        child.start()
    there.close()
    child.join()
    return child.exitcode, here.recv() if child.exitcode == 0 else 0


def test_the_document_writes_out_every_ranged_number_of_the_schema() -> None:
    ranged = {
        name
        for part in (SCHEMA, *SCHEMA["$defs"].values())
        for name, schema in part.get("properties", {}).items()
        if any(RANGE & set(one.get("items", one)) for one in alternatives(schema))
    }
    tried = {
        re.split(r"[.\[]", path.removesuffix("[0]"))[-1] for _, path, _ in [*CASES, *CONTRACT_CASES]
    }
    assert ranged - {"value"} <= tried
    assert len(ranged) > 50


@pytest.mark.parametrize(
    ("document", "path", "end"), CASES, ids=[f"{path}={end}" for _, path, end in CASES]
)
def test_an_extreme_value_is_priced_or_refused(
    document: dict[str, Any], path: str, end: float
) -> None:
    code, peak = outcome(document, path, end)
    assert code not in {-signal.SIGXCPU, -signal.SIGKILL}, "it takes too long"
    assert code == 0
    assert peak < MEMORY_BYTES


@pytest.mark.parametrize(
    ("document", "path", "end"),
    CONTRACT_CASES,
    ids=[f"{path}={end}" for _, path, end in CONTRACT_CASES],
)
def test_an_extreme_contract_is_billed_or_refused(
    document: dict[str, Any], path: str, end: float
) -> None:
    data = copy.deepcopy(document)
    put(data, path, end)
    try:
        read_engagement(data)
        invoices = billed(data["contract"], **HAPPENED)
    except BadInputError:
        return
    for invoice in invoices:
        assert sum(line.amount.amount for line in invoice.lines) == invoice.total.amount
