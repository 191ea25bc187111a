"""One way into the optimisation library (HiGHS, as scipy ships it), with its answers checked."""

from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.optimize._highspy import _core as highs  # type: ignore[import-not-found]
from scipy.sparse import csr_array

# HiGHS works with a feasibility tolerance of 1e-6 on each row; sums of rounded values may add up.
TOLERANCE = 1e-5
# HiGHS's names of the two simplex methods: where only costs have changed, the last point is still one to begin at.
DUAL, PRIMAL = 1, 4
# Matrix, lower and upper limits.
Rows = tuple[csr_array, np.ndarray, np.ndarray]


class SolverError(Exception):
    """The library calls an answer optimal that breaks the constraints, however it is asked."""


class Model:
    """A linear programme that is asked many times: the library keeps its matrix and begins where it ended.

    Through scipy's private copy of `highspy`, since its public interface begins from nothing each time.
    """

    def __init__(self, rows: Rows, low: np.ndarray, high: np.ndarray) -> None:
        self.rows, self.low, self.high = rows, low.astype(float), high.astype(float)
        self._columns = np.arange(len(low), dtype=np.int32)
        self._library: Any = highs._Highs()
        for name, value in (("output_flag", False), ("presolve", "off")):
            self._library.setOptionValue(name, value)
        self._library.passModel(self._programme())
        self._strategy = DUAL

    def _programme(self) -> Any:
        matrix, lower, upper = self.rows
        programme = highs.HighsLp()
        programme.num_row_, programme.num_col_ = matrix.shape
        programme.col_cost_ = np.zeros(len(self.low))
        programme.col_lower_, programme.col_upper_ = self.low, self.high
        programme.row_lower_, programme.row_upper_ = lower, upper
        inside = programme.a_matrix_
        inside.format_ = highs.MatrixFormat.kRowwise
        inside.num_row_, inside.num_col_ = matrix.shape
        inside.start_, inside.index_, inside.value_ = matrix.indptr, matrix.indices, matrix.data
        return programme

    def bound(self, low: np.ndarray, high: np.ndarray) -> None:
        """Other bounds of the variables, from now on."""
        self.low, self.high = low.astype(float), high.astype(float)
        self._strategy = DUAL
        self._library.changeColsBounds(len(low), self._columns, self.low, self.high)

    def limit(self, row: int, lower: float, upper: float) -> None:
        """Other limits of one row, from now on."""
        self.rows[1][row], self.rows[2][row] = lower, upper
        self._strategy = DUAL
        self._library.changeRowBounds(row, lower, upper)

    def minimise(self, costs: np.ndarray) -> np.ndarray | None:
        """The cheapest point; None where there is none. Errors as of the function of this name."""
        self._library.changeColsCost(len(costs), self._columns, costs.astype(float))
        self._library.setOptionValue("simplex_strategy", self._strategy)
        self._library.run()
        status = self._library.getModelStatus()
        if status == highs.HighsModelStatus.kInfeasible:
            return None
        if status == highs.HighsModelStatus.kOptimal:
            point = np.array(self._library.getSolution().col_value)
            if _agrees(point, self.low, self.high, self.rows):
                self._strategy = PRIMAL
                return point
        return minimise(costs, np.zeros(len(costs)), self.low, self.high, self.rows)


def minimise(costs: np.ndarray, whole: np.ndarray, low: np.ndarray, high: np.ndarray, rows: Rows) -> np.ndarray | None:
    """The cheapest point within the bounds with lower ≤ rows · x ≤ upper; None where there is none.

    Args:
        costs: by variable.
        whole: 1 for variables that must be whole numbers, 0 for others.
        low, high: bounds by variable.
        rows: matrix, lower and upper limits.

    Raises:
        SolverError: see there. The library has been seen to call infeasible points optimal
            (scipy issue 24141), so every answer is checked, and asked for again without presolve.
    """
    matrix, lower, upper = rows
    wrong = False
    for presolve in (True, False):
        answer = milp(
            costs,
            integrality=whole,
            bounds=Bounds(low, high),
            constraints=LinearConstraint(matrix, lower, upper),
            options={"mip_rel_gap": 0.0, "presolve": presolve},
        )
        if answer.x is None:
            continue
        point = np.where(whole > 0, answer.x.round(), answer.x)
        if _agrees(point, low, high, rows):
            return point
        wrong = True
    if wrong:
        raise SolverError("the optimisation library gave a point that breaks its own constraints")
    return None


def _agrees(point: np.ndarray, low: np.ndarray, high: np.ndarray, rows: Rows) -> bool:
    matrix, lower, upper = rows
    reached = matrix @ point
    in_rows = (reached >= lower - TOLERANCE).all() and (reached <= upper + TOLERANCE).all()
    return bool(in_rows and (point >= low - TOLERANCE).all() and (point <= high + TOLERANCE).all())
