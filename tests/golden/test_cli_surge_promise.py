"""The promise, "a hundred extra people within 48 hours", on the three examples, as it is printed.

Each ``cli_surge_NAME.txt`` is the whole output of ``crewquote surge examples/NAME.yaml --people 100
--notice 48h --weeks 4`` for one service; what a reader would check by hand is checked here as well.
"""

import re
from pathlib import Path

import pytest

from tests.builders.command_line import EXAMPLES, crewquote

CASES = {
    "claims": "claims",
    "helpdesk": "helpdesk English",
    "emergency_coding": "coding",
}


@pytest.fixture(scope="module", params=list(CASES))
def printed(request: pytest.FixtureRequest) -> tuple[str, str]:
    """What was printed, and what should be."""
    peak = ("--people", "100", "--notice", "48h", "--weeks", "4", "--quiet")
    options = ("--service", CASES[request.param], *peak)
    done = crewquote("surge", EXAMPLES / f"{request.param}.yaml", *options)
    assert (done.returncode, done.stderr) == (0, "")
    file = Path(__file__).with_name(f"cli_surge_{request.param}.txt")
    return done.stdout, file.read_text(encoding="utf-8")


def test_a_hundred_people_stand_ready_after_48_hours(printed: tuple[str, str]) -> None:
    row = next(line for line in printed[0].splitlines() if re.match(r"Mon 00:00 +48 ", line))
    *sources, there, _, asked = (float(cell) for cell in row.split()[3:])
    assert asked == pytest.approx(100, abs=0.5)
    assert there >= 100
    assert sum(sources) == pytest.approx(there, abs=0.2)


def test_cost_by_source_adds_up_to_the_pay(printed: tuple[str, str]) -> None:
    ladder = printed[0].split("Who comes, when, at what cost")[1].split("Pay is ")
    rows = [line for line in ladder[0].splitlines() if re.search(r" h .* [\d,]+ ", line)]
    costs = [re.findall(r"(?<= )[\d,]+(?= |$)", row.split(" h ", 1)[1])[2] for row in rows]
    total = sum(int(cost.replace(",", "")) for cost in costs)
    pay, parts = ladder[1].split(":", 1)
    assert total == pytest.approx(int(pay.replace(",", "")), abs=3)
    shown = re.findall(r"(?:standby|wages|premium|onboarding) ([\d,]+)", parts)
    assert sum(int(part.replace(",", "")) for part in shown) == pytest.approx(total, abs=4)


def test_the_whole_output_is_as_it_was(printed: tuple[str, str]) -> None:
    assert printed[0] == printed[1]
