"""The import contracts of pyproject.toml hold, and each of them is able to fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("pricing", "staffing", "api", "dashboard")


def lint(folder):
    """Check the contracts on the tree in `folder`; return the exit code and what was printed."""
    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return result.returncode, result.stdout + result.stderr


@pytest.fixture
def tree(tmp_path):
    """Return a copy of the checkout's code, to plant imports in."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package,
            tmp_path / package,
            ignore=lambda folder, names: [
                name for name in names if (Path(folder) / name).is_file() and name[-3:] != ".py"
            ],
        )
    return tmp_path


def test_contracts_hold():
    code, output = lint(ROOT)
    assert code == 0, output


@pytest.mark.parametrize(
    ("path", "line", "contract"),
    [
        ("staffing/planted.py", "import pricing", "Layers"),
        ("pricing/planted.py", "import api", "Layers"),
        ("api/planted.py", "import dashboard", "Layers"),
        ("dashboard/planted.py", "import api.cli", "The dashboard knows"),
        ("dashboard/planted.py", "import pricing", "The dashboard knows"),
        ("dashboard/planted.py", "import staffing.check", "The dashboard knows"),
        ("pricing/planted.py", "import pulp", "The solver"),
        ("staffing/planted.py", "import highspy", "The solver"),
        ("staffing/check/planted.py", "import pulp", "The check of a schedule"),
        ("staffing/check/planted.py", "import highspy", "The check of a schedule"),
        ("staffing/check/planted.py", "import staffing.optimize.solver", "The check of a schedule"),
        ("staffing/simulation/planted.py", "import staffing.queueing", "The simulation"),
        ("staffing/simulation/planted.py", "import staffing.optimize.solver", "The simulation"),
        ("staffing/simulation/planted.py", "import highspy", "The simulation"),
        ("api/planted.py", "import streamlit", "Streamlit"),
        ("pricing/planted.py", "import fastapi", "FastAPI"),
        ("dashboard/planted.py", "import sqlalchemy", "FastAPI"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(tree, path, line, contract):
    (tree / path).write_text(f"{line}\n")
    code, output = lint(tree)
    assert code == 1, output
    broken = [verdict for verdict in output.splitlines() if " BROKEN" in verdict]
    assert any(verdict.startswith(contract) for verdict in broken), output


def test_the_check_of_a_schedule_reaches_the_solver_by_no_detour(tree):
    (tree / "staffing/planted.py").write_text("import staffing.optimize\n")
    (tree / "staffing/check/planted.py").write_text("import staffing.planted\n")
    code, output = lint(tree)
    assert code == 1, output
    assert "staffing.check.planted -> staffing.planted" in output
    assert "staffing.planted -> staffing.optimize" in output


def test_permitted_imports_keep_the_contracts(tree):
    for module in ("api/client.py", "pricing/charts.py", "staffing/charts.py"):
        (tree / module).touch()
    (tree / "dashboard/planted.py").write_text(
        "import api.client\nimport pricing.charts\nimport staffing.charts\nimport streamlit\n"
    )
    (tree / "staffing/optimize/planted.py").write_text("import highspy\nimport pulp\n")
    (tree / "api/planted.py").write_text("import fastapi\nimport sqlalchemy\n")
    code, output = lint(tree)
    assert code == 0, output


def test_the_check_of_a_schedule_loads_no_solver():
    """Also through a package's __init__, which import-linter does not count as an import."""
    program = "import sys, staffing.check; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"pulp", "highspy", "staffing.optimize"} & set(loaded)


def test_the_solver_s_reader_of_logs_is_loaded_only_when_it_is_used():
    program = (
        "import sys, staffing.optimize.solver; early = 'cpsat_logutils' in sys.modules;"
        "from pulp.core import lp_stats; lp_stats.orloge.get_info_solver;"
        "print(early, 'cpsat_logutils' in sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert loaded == ["False", "True"]


def test_the_client_has_its_contract_once_it_exists():
    if any((ROOT / path).exists() for path in ("api/client.py", "api/client")):
        assert 'source_modules = ["api.client"]' in (ROOT / "pyproject.toml").read_text()
