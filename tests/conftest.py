"""What holds for all tests: markers by directory, hypothesis profiles, and no silent skip."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

MARKED_DIRECTORIES = ("property", "golden", "integration")

# The same examples on every run, so that a check never fails by luck; a longer, random search is
# had with --hypothesis-profile=thorough.
settings.register_profile("fast", derandomize=True, deadline=None)
settings.register_profile("thorough", max_examples=2000, deadline=None, print_blob=True)
settings.load_profile("fast")


def pytest_collection_modifyitems(items):
    """Mark every test with the directory it lies in, when that is a kind of test."""
    here = Path(__file__).parent
    for item in items:
        kind = item.path.relative_to(here).parts[0]
        if kind in MARKED_DIRECTORIES:
            item.add_marker(kind)


def refuse_skip(report):
    """Turn a skip into a failure when REQUIRE_ALL=1; an expected failure is not a skip."""
    if os.environ.get("REQUIRE_ALL") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        path, line, reason = report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{path}:{line}: REQUIRE_ALL=1 allows no skip, but: {reason}"
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport():
    """Refuse a skip that is asked for in a test or its fixtures."""
    return refuse_skip((yield))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report():
    """Refuse the skip of a whole module."""
    return refuse_skip((yield))
