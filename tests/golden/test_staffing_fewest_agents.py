"""Fewest agents of the classic table, worked out once in exact fractions from the chain."""

import csv
from pathlib import Path

from staffing.queueing import agents_required

TABLE = Path(__file__).with_name("staffing_fewest_agents.csv")


def test_fewest_agents_are_those_of_the_table():
    with TABLE.open(newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {name: [float(row[name]) for row in rows] for name in rows[0]}
    found = agents_required(
        columns["load_e"],
        columns["handle_time_s"],
        columns["service_level"],
        columns["threshold_s"],
        max_occupancy=columns["max_occupancy"],
    )
    assert len(rows) > 10
    assert found.tolist() == columns["agents"]
