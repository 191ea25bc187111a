"""Raking: weights that make a survey's margins those of the population, where that is defensible.

Written here because no kept library fits: `ipfn` has had no release since 2021, `balance` asks for
numpy below 2 on this Python, `samplics` brings statsmodels into the product. The tests hold it against
scipy (the dual of the same problem) and statsmodels (a log-linear model).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Refusal = Literal["no_margins", "margin_cell_too_small", "answer_without_margin", "did_not_converge", "too_uneven"]

# Source of all three: shared methods, "Surveys", weighting.
TRIM_AT_MEDIANS = 5.0
MIN_CELL_RESPONDENTS = 10
MIN_EFFECTIVE_SHARE = 0.5

MAX_ROUNDS = 1_000
TOLERANCE = 1e-10

REFUSED_DE: Mapping[Refusal, str] = {
    "no_margins": "Zur Lieferung gehören keine Bevölkerungsränder.",
    "margin_cell_too_small": f"Eine Randklasse hat weniger als {MIN_CELL_RESPONDENTS} Befragte.",
    "answer_without_margin": "Für eine Antwort fehlt der Bevölkerungsrand.",
    "did_not_converge": "Die Ränder lassen sich mit diesen Befragten nicht zugleich erreichen.",
    "too_uneven": "Die effektive Fallzahl läge unter der Hälfte der Befragten.",
}
REFUSED_EN: Mapping[Refusal, str] = {
    "no_margins": "The delivery has no population margins.",
    "margin_cell_too_small": f"A margin class has fewer than {MIN_CELL_RESPONDENTS} respondents.",
    "answer_without_margin": "An answer has no population margin.",
    "did_not_converge": "These respondents cannot reach all margins at once.",
    "too_uneven": "The effective sample size would be below half the respondents.",
}


@dataclass(frozen=True)
class Weighting:
    """Weights of respondents, or why there are none.

    Attributes:
        weights: by respondent, mean 1 over the weighted; NaN for those who did not state every margin
            and so stay out of weighted figures; None where the weighting is refused.
        n: respondents with a weight (or who would have had one).
        n_effective: (Σw)² / Σw² after trimming (Kish 1965); None where none was computed.
        trimmed: how many weights were cut down to 5 × the median.
        margin_gap: largest difference, as a share, between a margin and the weighted survey; it is
            not zero after trimming.
        refused: why there are no weights, None where there are.
    """

    weights: NDArray[np.float64] | None
    n: int
    n_effective: float | None
    trimmed: int
    margin_gap: float | None
    refused: Refusal | None


def weigh(answers: Mapping[str, Sequence[str | None]], margins: Mapping[str, Mapping[str, float]]) -> Weighting:
    """Rake a survey to population margins, trim, and refuse where the result would not bear it.

    Args:
        answers: margin variable (`age_group`, `gender`, or crossed, `age_gender`) → one answer per
            respondent; None where it was not stated.
        margins: the same variables → persons by answer. Totals may differ between variables, as the
            sources' dates do; only shares matter.

    Raises:
        ValueError: a variable has no answers, or lists differ in length.
    """
    if not margins:
        return Weighting(None, 0, None, 0, None, "no_margins")
    if missing := sorted(set(margins) - set(answers)):
        raise ValueError(f"no answers for the margin {missing[0]}")
    if len({len(answers[name]) for name in margins}) > 1:
        raise ValueError("the margins' answers differ in length")
    complete = np.array([None not in row for row in zip(*(answers[name] for name in margins), strict=True)], bool)
    n = int(complete.sum())
    codes, targets = [], []
    for name, persons in margins.items():
        stated = [answer for answer, used in zip(answers[name], complete, strict=True) if used and answer is not None]
        if set(stated) - set(persons):
            return Weighting(None, n, None, 0, None, "answer_without_margin")
        place = {answer: i for i, answer in enumerate(persons)}
        codes.append(np.array([place[answer] for answer in stated], np.int64))
        targets.append(np.array(list(persons.values()), float) / sum(persons.values()))
        if (np.bincount(codes[-1], minlength=len(persons)) < MIN_CELL_RESPONDENTS).any():
            return Weighting(None, n, None, 0, None, "margin_cell_too_small")
    return _judged(rake(codes, targets), codes, targets, complete)


def rake(codes: Sequence[NDArray[np.int64]], targets: Sequence[NDArray[np.float64]]) -> NDArray[np.float64] | None:
    """Iterative proportional fitting from equal weights; None where it does not converge.

    Args:
        codes: by variable, the answer of each respondent as an index into the variable's targets.
        targets: by variable, the share of each answer in the population (sums to 1).

    Returns:
        Weights with mean 1 whose shares are the targets, to 1e-10.

    Source: Deming and Stephan (1940).
    """
    weights = np.ones(len(codes[0]))
    for _ in range(MAX_ROUNDS):
        for code, target in zip(codes, targets, strict=True):
            sums = np.bincount(code, weights, len(target))
            weights *= (target * len(weights) / np.where(sums > 0, sums, 1.0))[code]
        if _gap(weights, codes, targets) < TOLERANCE:
            return weights
    return None


def effective_sample_size(weights: NDArray[np.float64]) -> float:
    """Kish's (Σw)² / Σw²: as many equally weighted respondents would say as much."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def wilson(successes: float, n: float, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a share; `n` may be an effective sample size.

    The macros `wilson_low` and `wilson_high` compute the same in SQL.

    Raises:
        ValueError: n is not positive, or successes lie outside 0 … n.
    """
    if n <= 0 or not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no share")
    z, share = NormalDist().inv_cdf(0.5 + confidence / 2), successes / n
    centre = share + z * z / (2 * n)
    half = z * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    low, high = (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n)
    return (0.0 if successes == 0 else low), (1.0 if successes == n else high)


def _gap(
    weights: NDArray[np.float64], codes: Sequence[NDArray[np.int64]], targets: Sequence[NDArray[np.float64]]
) -> float:
    total = weights.sum()
    return max(
        float(np.abs(np.bincount(code, weights, len(target)) / total - target).max())
        for code, target in zip(codes, targets, strict=True)
    )


def _judged(
    weights: NDArray[np.float64] | None,
    codes: Sequence[NDArray[np.int64]],
    targets: Sequence[NDArray[np.float64]],
    complete: NDArray[np.bool_],
) -> Weighting:
    n = int(complete.sum())
    if weights is None:
        return Weighting(None, n, None, 0, None, "did_not_converge")
    ceiling = TRIM_AT_MEDIANS * float(np.median(weights))
    trimmed = int((weights > ceiling).sum())
    weights = np.minimum(weights, ceiling)
    weights = weights / weights.mean()
    n_effective, gap = effective_sample_size(weights), _gap(weights, codes, targets)
    if n_effective < MIN_EFFECTIVE_SHARE * n:
        return Weighting(None, n, n_effective, trimmed, gap, "too_uneven")
    everyone = np.full(len(complete), np.nan)
    everyone[complete] = weights
    return Weighting(everyone, n, n_effective, trimmed, gap, None)
