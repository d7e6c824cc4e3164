"""Regressions over examples, and how far their word can be believed."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression

from shared.classifier.examples import Example

Folds = npt.NDArray[np.int64]
"""Who is left out together; -1: never."""

STRENGTH = 2.5
FOLDS = 3


def regression(rows: Any, answers: Any, weights: Any) -> LogisticRegression:
    """A multinomial regression over sparse rows."""
    fresh = LogisticRegression(C=STRENGTH, max_iter=150, tol=1e-3)
    return fresh.fit(rows, answers, sample_weight=weights)


def in_turn(examples: Sequence[Example]) -> Folds:
    """Every third example is left out in turn."""
    return np.arange(len(examples)) % FOLDS


def by_source(examples: Sequence[Example]) -> Folds:
    """
    Real reports are left out altogether, as those of a city that is never seen.

    Where there are only reports, or none, every third is left out in turn.
    """
    real = np.array([example.source == "reports" for example in examples])
    if real.all() or not real.any():
        return in_turn(examples)
    return real.astype(np.int64) - 1


def unseen_scores(
    rows: Any, answers: Any, weights: Any, folds: Folds
) -> npt.NDArray[np.float64]:
    """Scores of every example in a fold by a regression that has not seen it."""
    classes = np.unique(answers)
    scores = np.full((len(answers), len(classes)), -20.0)
    for fold in range(folds.max() + 1):
        out = folds == fold
        fitted = regression(rows[~out], answers[~out], weights[~out])
        columns = np.searchsorted(classes, fitted.classes_)
        scores[np.ix_(out, columns)] = fitted.decision_function(rows[out])
    return scores


def temperature_of(scores: npt.NDArray[np.float64], places: Any) -> float:
    """
    How far scores must be flattened so that 0.8 is right in 8 of 10 cases.

    Temperature scaling (Guo et al., 2017) on examples that were left out.
    """

    def loss(logarithm: float) -> float:
        scaled = scores / np.exp(logarithm)
        right = scaled[np.arange(len(places)), places]
        return float(np.mean(logsumexp(scaled, axis=1) - right))

    return float(np.exp(minimize_scalar(loss, bounds=(-2, 3), method="bounded").x))
