"""One way into the optimisation library (HiGHS, as scipy ships it), with its answers checked."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

# HiGHS works with a feasibility tolerance of 1e-6 on each row; sums of rounded values may add up.
TOLERANCE = 1e-5


class SolverError(Exception):
    """The library calls an answer optimal that breaks the constraints, however it is asked."""


def minimise(
    costs: np.ndarray,
    whole: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    rows: tuple[csr_array, np.ndarray, np.ndarray],
    gap: float = 0.0,
) -> np.ndarray | None:
    """The cheapest point within the bounds with lower ≤ rows · x ≤ upper; None where there is none.

    Args:
        costs: by variable.
        whole: 1 for variables that must be whole numbers, 0 for others.
        low, high: bounds by variable.
        rows: matrix, lower and upper limits.
        gap: relative distance from the optimum at which the search may stop.

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
            options={"mip_rel_gap": gap, "presolve": presolve},
        )
        if answer.x is None:
            continue
        point = np.where(whole > 0, answer.x.round(), answer.x)
        reached = matrix @ point
        in_rows = (reached >= lower - TOLERANCE).all() and (reached <= upper + TOLERANCE).all()
        if in_rows and (point >= low - TOLERANCE).all() and (point <= high + TOLERANCE).all():
            return point
        wrong = True
    if wrong:
        raise SolverError("the optimisation library gave a point that breaks its own constraints")
    return None
