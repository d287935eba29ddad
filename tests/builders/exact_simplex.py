"""A second solver: the simplex method in fractions, exact to the last digit, for small programs."""

from fractions import Fraction
from math import ceil, floor


class ExactProgram:
    """Minimise a cost over columns of 0 or more, row by row; figures are read as they are written.

    The two-phase tableau method with the rule of Bland (1977), which cannot cycle.
    """

    def __init__(self):
        self.cost = []
        self.rows = []

    def column(self, cost=0):
        self.cost.append(exact(cost))
        return len(self.cost) - 1

    def columns(self, size, cost=0):
        return [self.column(cost) for _ in range(size)]

    def row(self, entries, sense, rhs):
        """Add ``sum of value x column (sense) rhs``; `entries` are pairs of column and value."""
        self.rows.append(([(column, exact(value)) for column, value in entries], sense, exact(rhs)))

    def solve(self):
        """Return the least cost and the columns."""
        return self._least(self.rows)

    def solve_whole(self, columns):
        """Return the least cost with some columns whole, by branch and bound, depth first."""
        best = None
        todo: list[list[tuple[list[tuple[int, Fraction]], str, Fraction]]] = [[]]
        while todo:
            cuts = todo.pop()
            found = self._least(self.rows + cuts)
            if found is None or (best is not None and found[0] >= best[0]):
                continue
            broken = next((c for c in columns if found[1][c].denominator > 1), None)
            if broken is None:
                best = found
                continue
            value = found[1][broken]
            below = ([(broken, Fraction(1))], "<=", Fraction(floor(value)))
            above = ([(broken, Fraction(1))], ">=", Fraction(ceil(value)))
            todo += [[*cuts, above], [*cuts, below]]
        return best

    def _least(self, rows):
        """Optimum of the linear program; None when nothing satisfies the rows."""
        size = len(self.cost)
        slacks = sum(sense != "=" for _, sense, _ in rows)
        width = size + slacks + len(rows)
        tableau, slack = [], size
        for number, (entries, sense, rhs) in enumerate(rows):
            line = [Fraction(0)] * (width + 1)
            for column, value in entries:
                line[column] += value
            if sense != "=":
                line[slack] = Fraction(1 if sense == "<=" else -1)
                slack += 1
            line[-1] = rhs
            if rhs < 0:
                line = [-value for value in line]
            line[size + slacks + number] = Fraction(1)
            tableau.append(line)
        basis = [size + slacks + number for number in range(len(rows))]
        artificial = [Fraction(0)] * (size + slacks) + [Fraction(1)] * len(rows)
        if _pivot(tableau, basis, artificial, width) != 0:
            return None
        for number, column in enumerate(basis):  # artificial columns of value 0 leave
            if column >= size + slacks:
                enter = next((c for c in range(size + slacks) if tableau[number][c]), None)
                if enter is not None:
                    _exchange(tableau, basis, number, enter)
        objective = self.cost + [Fraction(0)] * (width - size)
        value = _pivot(tableau, basis, objective, size + slacks)
        found = [Fraction(0)] * width
        for line, column in zip(tableau, basis, strict=True):
            found[column] = line[-1]
        return value, found[:size]


def exact(value):
    """Read a number as it is written: 0.1 is a tenth."""
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def _pivot(tableau, basis, cost, width):
    """Walk to the optimum over the first `width` columns and return its value."""
    reduced = [*cost, Fraction(0)]
    for line, column in zip(tableau, basis, strict=True):
        if reduced[column]:
            reduced = _less(reduced, line, reduced[column])
    while True:
        enter = next((column for column in range(width) if reduced[column] < 0), None)
        if enter is None:
            return -reduced[-1]
        ratios = [
            (line[-1] / line[enter], basis[number], number)
            for number, line in enumerate(tableau)
            if line[enter] > 0
        ]
        assert ratios, "unbounded"
        leave = min(ratios)[2]
        _exchange(tableau, basis, leave, enter)
        reduced = _less(reduced, tableau[leave], reduced[enter])


def _exchange(tableau, basis, leave, enter):
    pivot = tableau[leave][enter]
    tableau[leave] = [value / pivot if value else value for value in tableau[leave]]
    for number, line in enumerate(tableau):
        if number != leave and line[enter]:
            tableau[number] = _less(line, tableau[leave], line[enter])
    basis[leave] = enter


def _less(line, other, times):
    """``line - times x other``."""
    return [a - times * b if b else a for a, b in zip(line, other, strict=True)]
