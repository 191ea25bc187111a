import numpy as np
import pytest
import statsmodels.api as sm
from scipy.optimize import minimize

from stadtlabor.statistics.weighting import (
    REFUSED_DE,
    REFUSED_EN,
    Weighting,
    effective_sample_size,
    rake,
    weigh,
    wilson,
)

AGE = {"18-34": 2_000.0, "35-64": 5_000.0, "65+": 3_000.0}
GENDER = {"f": 5_100.0, "m": 4_900.0}


def survey(n: int = 300, seed: int = 0) -> dict[str, list[str | None]]:
    rng = np.random.default_rng(seed)
    return {
        "age": rng.choice(list(AGE), n, p=[0.3, 0.5, 0.2]).tolist(),
        "gender": rng.choice(list(GENDER), n, p=[0.6, 0.4]).tolist(),
    }


def codes_and_targets(answers: dict[str, list[str | None]]):
    codes = [np.array([list(AGE).index(a) for a in answers["age"]])]
    codes.append(np.array([list(GENDER).index(a) for a in answers["gender"]]))
    return codes, [np.array(list(m.values())) / sum(m.values()) for m in (AGE, GENDER)]


def indicators(codes) -> np.ndarray:
    return np.hstack([np.eye(code.max() + 1)[code] for code in codes])


@pytest.mark.parametrize("seed", range(4))
def test_raking_solves_the_dual_of_the_same_problem(seed: int):
    """Raked weights are exp(x·λ) with λ minimising Σ exp(x·λ) − n·target·λ (Deville and Särndal 1992)."""
    codes, targets = codes_and_targets(survey(seed=seed))
    x, wanted = indicators(codes), np.concatenate(targets) * len(codes[0])
    dual = minimize(
        lambda at: np.exp(x @ at).sum() - wanted @ at,
        np.zeros(x.shape[1]),
        jac=lambda at: x.T @ np.exp(x @ at) - wanted,
        method="BFGS",
        options={"gtol": 1e-9},
    )

    np.testing.assert_allclose(rake(codes, targets), np.exp(x @ dual.x), rtol=0, atol=1e-6)


def test_raking_equals_a_log_linear_model():
    """Raked cells keep the odds ratios of the survey: a Poisson model of margins with the survey as offset."""
    codes, targets = codes_and_targets(survey())
    sample = np.zeros((3, 2))
    np.add.at(sample, tuple(codes), 1)
    expected = np.outer(*targets).ravel() * len(codes[0])
    cells = np.array([(i, j) for i in range(3) for j in range(2)])
    design = np.hstack([np.eye(3)[cells[:, 0]], np.eye(2)[cells[:, 1]][:, 1:]])
    model = sm.GLM(expected, design, family=sm.families.Poisson(), offset=np.log(sample.ravel()))
    raked = np.zeros((3, 2))
    np.add.at(raked, tuple(codes), rake(codes, targets))

    np.testing.assert_allclose(raked.ravel(), model.fit(tol=1e-12).fittedvalues, rtol=0, atol=1e-6)


def test_weights_meet_the_margins_whatever_their_totals():
    answers = survey()
    weighted = weigh(answers, {"age": AGE, "gender": {name: n * 7 for name, n in GENDER.items()}})

    assert weighted.refused is None
    assert weighted.weights is not None
    assert weighted.trimmed == 0
    for name, margin in (("age", AGE), ("gender", GENDER)):
        for answer, persons in margin.items():
            here = np.array(answers[name]) == answer
            share = weighted.weights[here].sum() / weighted.weights.sum()
            assert share == pytest.approx(persons / sum(margin.values()), abs=1e-9)


def test_effective_sample_size_is_kishs():
    assert effective_sample_size(np.ones(80)) == 80
    assert effective_sample_size(np.array([3.0, 1.0])) == pytest.approx(16 / 10)


def test_large_weights_are_trimmed_at_five_medians():
    answers = {"age": ["18-34"] * 188 + ["65+"] * 12}
    weighted = weigh(answers, {"age": {"18-34": 650.0, "65+": 350.0}})
    raked = rake([np.array([0] * 188 + [1] * 12)], [np.array([0.65, 0.35])])

    assert raked is not None
    assert raked.max() > 5 * np.median(raked)
    assert weighted.weights is not None
    assert weighted.trimmed == 12
    assert weighted.weights.max() == pytest.approx(5 * np.median(weighted.weights))
    assert weighted.weights.mean() == pytest.approx(1)
    # Trimmed, the margin is no longer met, and the result says by how much.
    reached = weighted.weights[188:].sum() / 200
    assert weighted.margin_gap == pytest.approx(0.35 - reached)


def test_who_did_not_state_a_margin_has_no_weight():
    answers = survey()
    answers["gender"][3] = None
    weighted = weigh(answers, {"age": AGE, "gender": GENDER})

    assert weighted.weights is not None
    assert weighted.n == 299
    assert np.flatnonzero(np.isnan(weighted.weights)).tolist() == [3]


@pytest.mark.parametrize(
    ("answers", "margins", "reason"),
    [
        ({}, {}, "no_margins"),
        ({"a": ["x"] * 9 + ["y"] * 90}, {"a": {"x": 1.0, "y": 9.0}}, "margin_cell_too_small"),
        ({"a": ["x"] * 40 + ["z"] * 40}, {"a": {"x": 1.0}}, "answer_without_margin"),
        # All x are u and all y are v: no weights give x half and u a third of all.
        (
            {"a": ["x"] * 40 + ["y"] * 40, "b": ["u"] * 40 + ["v"] * 40},
            {"a": {"x": 1.0, "y": 1.0}, "b": {"u": 1.0, "v": 2.0}},
            "did_not_converge",
        ),
        (
            {"a": ["x"] * 10 + ["y"] * 40 + ["z"] * 50},
            {"a": {"x": 80.0, "y": 19.0, "z": 1.0}},
            "too_uneven",
        ),
    ],
)
def test_a_weighting_that_would_not_bear_it_is_refused(answers, margins, reason: str):
    refused = weigh(answers, margins)

    assert refused.refused == reason
    assert refused.weights is None
    assert reason in REFUSED_DE
    assert reason in REFUSED_EN


def test_missing_answers_are_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="no answers for the margin"):
        weigh({}, {"age": AGE})
    with pytest.raises(ValueError, match="differ in length"):
        weigh({"age": ["65+"], "gender": []}, {"age": AGE, "gender": GENDER})


@pytest.mark.parametrize(("successes", "n"), [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_has_no_interval(successes: int, n: int):
    with pytest.raises(ValueError, match="is no share"):
        wilson(successes, n)


def test_a_weighting_says_what_it_is_made_of():
    weighted = weigh(survey(), {"age": AGE, "gender": GENDER})

    assert isinstance(weighted, Weighting)
    assert weighted.weights is not None
    assert weighted.n_effective == pytest.approx(effective_sample_size(weighted.weights))
    assert weighted.n_effective < weighted.n
