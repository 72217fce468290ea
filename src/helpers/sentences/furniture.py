"""Page furniture: how likely each segment of a page is navigation, a related headline, a caption and the like."""

from __future__ import annotations

import json
from functools import cache
from itertools import accumulate
from math import exp
from typing import Any

from helpers.paths import PACKAGE
from helpers.sentences.segments import Segment
from helpers.sentences.surroundings import describe_segments

MODEL = PACKAGE / "sentences" / "furniture_model.json"
FURNITURE_THRESHOLD = 0.5
KEPT = -1.0  # highest logit of the document's own headline and of lines that date it; its opposite for sure labels
SETTLED = -4.0  # logit of the first pass below which the second is not asked
DOUBT = 2.4  # taken off the logit of sentences on lines of their own
DOUBT_GLUED = 0.4  # and of those on a page that lost its line breaks
DOUBT_BARE = 0.7  # and of those without a full stop
SURE_SIGNS = ("sure", "running", "masthead", "sender", "block_links")
NEIGHBOURS = ("own", "before", "after", "around", "rest", "mates_most", "mates_least")  # features of the second pass
MATES = 2  # segments before and behind on the same line


@cache
def read_model() -> dict[str, Any]:
    """Return the trained model: the weights of both passes by kind of segment, and its ``cross_validation`` figures."""
    return dict(json.loads(MODEL.read_text(encoding="utf-8")))


def furniture_scores(text: str, segments: list[Segment]) -> list[float]:
    """Return for each segment the probability (0–1) that it is page furniture.

    Two logistic regressions, one after the other: the first looks at each segment and what is around it (see
    `helpers.sentences.shapes.FEATURES`), the second also knows how the first judged the neighbours. The weights come
    from ``training/train_furniture.py``; they are applied here without scikit-learn, so that reading a text needs no
    more than the standard library.
    """
    model = read_model()
    described = describe_segments(text, segments)
    first = [weigh(model["first"][kind], values) for kind, values in described]
    scores = [probability(logit) for logit in first]
    second = [
        weigh(model["second"][kind], near) if near else logit
        for (kind, _), near, logit in zip(
            described, describe_neighbours(first, scores, number_lines(text, segments)), first, strict=True
        )
    ]
    return [
        probability(spare(logit, kind, "glued" in values, "kept" in values, is_sure(values)))
        for (kind, values), logit in zip(described, second, strict=True)
    ]


def is_sure(values: dict[str, float]) -> bool:
    """Tell whether a segment is what no article has: a status, a running head, the site's name, a picture's caption."""
    return "captioned" in values or ("alone" in values and not values.keys().isdisjoint(SURE_SIGNS))


def spare(logit: float, kind: str, is_glued: bool, is_kept: bool, is_label: bool) -> float:
    """Return `logit` with the article given the benefit of the doubt: a lost sentence is worse than a link kept."""
    if is_kept:
        return min(logit, KEPT)
    if is_label:
        return max(logit, -KEPT)
    if kind == "flowing":
        return logit - (DOUBT_GLUED if is_glued else DOUBT)
    return logit - DOUBT_BARE if kind == "bare" else logit


def weigh(weights: dict[str, float], values: dict[str, float]) -> float:
    """Return the logit: the intercept and the weighted sum of the features."""
    return weights["intercept"] + sum([weights[name] * value for name, value in values.items()])


def number_lines(text: str, segments: list[Segment]) -> list[int]:
    """Return the number of each segment's line; what is glued to the segment before counts as a line of its own."""
    news = (one.opens_block or not text[one.start - 1].isspace() for one in segments)
    return list(accumulate(map(int, news)))


def describe_neighbours(logits: list[float], scores: list[float], lines: list[int]) -> list[dict[str, float]]:
    """Return the features of the second pass: how the first judged a segment and its neighbours, if it was unsure.

    The sentences on the line of a link or label are looked at again however sure the first pass was.
    """
    total = [0.0] * 4 + list(accumulate(scores, initial=0.0))
    total += [total[-1]] * 5
    padded = [0.0, *scores, 0.0]
    count = len(scores)
    described: list[dict[str, float]] = []
    for at, logit in enumerate(logits):
        mates = find_mates(at, scores, lines)
        if logit < SETTLED and max(mates) < FURNITURE_THRESHOLD:
            described.append({})
            continue
        described.append(
            {
                "own": max(-8.0, min(8.0, logit)),
                "before": padded[at],
                "after": padded[at + 2],
                "around": (total[at + 9] - total[at] - scores[at]) / 8,
                "rest": (total[-1] - total[at + 5]) / max(count - at - 1, 1),
                "mates_most": max(mates),
                "mates_least": min(mates),
            }
        )
    return described


def find_mates(at: int, scores: list[float], lines: list[int]) -> list[float]:
    """Return how the first pass judged the segments near `at` on its line; a single zero when it stands alone."""
    near = [one for one in range(max(0, at - MATES), min(len(lines), at + MATES + 1)) if one != at]
    return [scores[one] for one in near if lines[one] == lines[at]] or [0.0]


def probability(logit: float) -> float:
    """Return the logistic function of `logit`, rounded to four digits so that every machine gives the same."""
    return round(1 / (1 + exp(-max(-30.0, min(30.0, logit)))), 4)
