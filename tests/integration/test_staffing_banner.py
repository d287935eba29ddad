"""The solver writes nothing where a document may be written."""

import subprocess
import sys
from pathlib import Path

SOLVE_TWICE = """
import pulp
from staffing.optimize.solver import SolveLimits, SolveLog, solve

for kind in ("Continuous", "Integer"):
    program = pulp.LpProblem("small", pulp.LpMinimize)
    x = program.add_variable("x", 0, None, kind)
    program += 2 * x >= 5, "row"
    program.setObjective(1.0 * x)
    solve(program, SolveLimits(), SolveLog())
    print("solved", flush=True)
"""


def test_no_banner_reaches_standard_output():
    result = subprocess.run(
        [sys.executable, "-c", SOLVE_TWICE],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == "solved\nsolved\n"
    assert result.stderr == ""
