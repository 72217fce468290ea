"""Page furniture: how likely each segment of a page is navigation, a related headline, a caption and the like."""

from __future__ import annotations

import json
from functools import cache
from math import exp
from typing import Any

from helpers.paths import PACKAGE
from helpers.segments import Segment
from helpers.shapes import describe_segments

MODEL = PACKAGE / "furniture_model.json"
FURNITURE_THRESHOLD = 0.5


@cache
def read_model() -> dict[str, Any]:
    """Return the trained model: ``intercept``, ``weights`` by feature, and its ``cross_validation`` figures."""
    return dict(json.loads(MODEL.read_text(encoding="utf-8")))


def furniture_scores(text: str, segments: list[Segment]) -> list[float]:
    """Return for each segment the probability (0–1) that it is page furniture.

    A logistic regression on `helpers.shapes.FEATURES`, whose weights ``training/train_furniture.py`` found; scored here
    without scikit-learn, so that reading a text needs no more than the standard library.
    """
    model = read_model()
    weights, intercept = model["weights"], model["intercept"]
    return [
        probability(intercept + sum(weights[name] * value for name, value in values.items() if value))
        for values in describe_segments(text, segments)
    ]


def probability(logit: float) -> float:
    """Return the logistic function of `logit`, rounded to four digits so that every machine gives the same."""
    return round(1 / (1 + exp(-max(-30.0, min(30.0, logit)))), 4)
