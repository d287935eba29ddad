"""Linear algebra on one thread, whichever of the packages is imported first."""

import os
import subprocess
import sys

import pytest

ASK = "import {first}; import os; print(os.environ['OPENBLAS_NUM_THREADS'])"


def asked(first: str, **settings: str) -> str:
    """What numpy's library is asked for once a module is there."""
    kept = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(first=first)],
        env=kept | settings,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("first", ["staffing", "pricing"])
def test_one_thread_is_asked_for_unless_another_number_is_set(first: str) -> None:
    assert asked(first) == "1"
    assert asked(first, OPENBLAS_NUM_THREADS="2") == "2"


@pytest.mark.parametrize("first", ["staffing", "pricing"])
def test_it_is_asked_before_numpy_is_there(first: str) -> None:
    code = f"import {first}, sys; print('numpy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "False"
