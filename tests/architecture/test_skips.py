"""The house rule on skips: visible always, and a failure when REQUIRE_ALL=1."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"

IN_A_TEST = """
import pytest

def test_skipped():
    pytest.skip("no ghostscript")

@pytest.mark.xfail(reason="expected", strict=True)
def test_expected_failure():
    raise AssertionError
"""
OF_A_MODULE = """
import pytest

pytest.importorskip("a_module_nobody_has", reason="no ghostscript")
"""


def run(folder, source, require_all):
    shutil.copy(CONFTEST, folder)
    (folder / "test_planted.py").write_text(source)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-ra", "-p", "no:cacheprovider", folder],
        cwd=folder,
        env=os.environ | {"REQUIRE_ALL": require_all, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("source", [IN_A_TEST, OF_A_MODULE], ids=["test", "module"])
def test_a_skip_fails_with_its_reason_when_all_is_required(tmp_path, source):
    result = run(tmp_path, source, "1")
    assert result.returncode not in {0, 5}
    assert "REQUIRE_ALL=1 allows no skip" in result.stdout
    assert "no ghostscript" in result.stdout


def test_a_skip_is_shown_otherwise(tmp_path):
    result = run(tmp_path, IN_A_TEST, "0")
    assert result.returncode == 0
    assert "no ghostscript" in result.stdout
    assert "1 skipped, 1 xfailed" in result.stdout
