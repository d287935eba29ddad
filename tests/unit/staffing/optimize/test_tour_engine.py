"""The solver as the search of tours holds it."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.optimize.tours.engine import Engine
from staffing.optimize.tours.model import TourModel
from staffing.tours import offered_groups
from tests.builders.tours import week


def test_a_program_the_solver_refuses_is_not_taken_for_one_without_solution():
    matrix = TourModel(week(), offered_groups(week())).matrix
    twice = replace(matrix, index=np.where(np.arange(len(matrix.index)) < 2, 0, matrix.index))
    with pytest.raises(ValueError, match="refuses the program"):
        Engine(twice, np.zeros(0, dtype=np.int64))
