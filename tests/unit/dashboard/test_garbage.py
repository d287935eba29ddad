"""What is loaded for good is left out when Streamlit searches for garbage after a run."""

import gc
import subprocess
import sys

import pytest

from dashboard.garbage import keep_first_run, keep_pages
from tests.builders.server import ROOT


@pytest.fixture
def nothing_kept():
    for kept in (keep_pages, keep_first_run):
        kept.cache_clear()
    gc.unfreeze()
    yield
    gc.unfreeze()


@pytest.mark.parametrize("keep", [keep_pages, keep_first_run])
def test_what_is_there_is_kept_once_and_what_comes_later_is_searched(nothing_kept, keep):
    there = len(gc.get_objects())
    keep()
    kept = gc.get_freeze_count()
    assert kept > 0.5 * there
    later = [[number] for number in range(1000)]
    keep()
    assert gc.get_freeze_count() <= kept
    assert any(one is later for one in gc.get_objects())


LOADED = """
import sys
from dashboard.garbage import keep_pages
names = {"dashboard.pages", "pandas", "pyarrow"}
assert not names & sys.modules.keys()
keep_pages()
assert names <= sys.modules.keys()
"""


def test_pages_and_what_draws_their_tables_are_loaded_before_they_are_kept():
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
