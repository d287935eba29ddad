"""The import contracts of pyproject.toml hold, and each of them is able to fail."""

import re
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


# Each is planted in a module of its own, all in one tree, which is read once.
FORBIDDEN = [
    ("staffing", "pricing", "Layers"),
    ("pricing", "api", "Layers"),
    ("api", "dashboard", "Layers"),
    ("dashboard", "api.cli", "The dashboard knows"),
    ("dashboard", "pricing", "The dashboard knows"),
    ("dashboard", "staffing.check", "The dashboard knows"),
    ("pricing", "pulp", "The solver"),
    ("staffing", "highspy", "The solver"),
    ("staffing.check", "pulp", "The check of a schedule"),
    ("staffing.check", "highspy", "The check of a schedule"),
    ("staffing.check", "staffing.optimize.solver", "The check of a schedule"),
    ("staffing.simulation", "staffing.queueing", "The simulation"),
    ("staffing.simulation", "staffing.optimize.solver", "The simulation"),
    ("staffing.simulation", "highspy", "The simulation"),
    ("api", "streamlit", "Streamlit"),
    ("pricing", "fastapi", "FastAPI"),
    ("dashboard", "sqlalchemy", "FastAPI"),
]


def copy_of_the_code(folder):
    """Copy the checkout's code, to plant imports in."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package,
            folder / package,
            ignore=lambda folder, names: [
                name for name in names if (Path(folder) / name).is_file() and name[-3:] != ".py"
            ],
        )
    return folder


@pytest.fixture
def tree(tmp_path):
    return copy_of_the_code(tmp_path)


@pytest.fixture(scope="module")
def complaints(tmp_path_factory):
    """What is said of each broken contract, by its name, where every import is planted."""
    folder = copy_of_the_code(tmp_path_factory.mktemp("tree"))
    for number, (package, imported, _) in enumerate(FORBIDDEN):
        module = folder / package.replace(".", "/") / f"planted_{number}.py"
        module.write_text(f"import {imported}\n")
    code, output = lint(folder)
    assert code == 1, output
    _, broken = output.split("Broken contracts\n----------------\n")
    # A name is underlined, and what is said of it ends where the next one stands.
    parts = re.split(r"^(.+)\n-{3,}\n", broken, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_contracts_hold():
    code, output = lint(ROOT)
    assert code == 0, output


@pytest.mark.parametrize(
    ("number", "package", "imported", "contract"),
    [(number, *case) for number, case in enumerate(FORBIDDEN)],
)
def test_a_forbidden_import_breaks_its_contract(complaints, number, package, imported, contract):
    (said,) = [text for name, text in complaints.items() if name.startswith(contract)]
    assert f"{package}.planted_{number} -> {imported} (l.1)" in said


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
