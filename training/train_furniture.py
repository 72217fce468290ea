"""Train the furniture classifier and write its weights: ``python training/train_furniture.py``.

Reads the labelled pages in ``training/pages`` and the generated ones, cross-validates by page, and writes
``src/helpers/furniture_model.json``. Runs twice to the same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import numpy as np
from layouts import generate_pages
from pages import Page, read_page
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from helpers.furniture import FURNITURE_THRESHOLD, MODEL
from helpers.segments import Segment, split_segments
from helpers.shapes import FEATURES, describe_segments

GENERATED = 260  # pages
FOLDS = 5
STRENGTH = 0.5  # inverse of the regularisation
LEXICON_FEATURES = [FEATURES.index(name) for name in ("label", "opening", "phrase", "pattern")]
BLINDED = 0.25  # share of segments that are learnt a second time without the lexicon, so that unknown labels are known by shape


def label_segments(page: Page, segments: list[Segment]) -> list[bool]:
    """Return for each segment whether most of its characters are furniture."""
    furniture = page.furniture
    labels = []
    for segment in segments:
        inside = [at for at in range(segment.start, segment.end) if not page.text[at].isspace()]
        labels.append(2 * sum(at in furniture for at in inside) > len(inside))
    return labels


def build_table(pages: list[Page]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return features, labels, page numbers and lengths in characters of all segments of the pages."""
    rows, labels, groups, lengths = [], [], [], []
    for number, page in enumerate(pages):
        segments = split_segments(page.text)
        for values in describe_segments(page.text, segments):
            rows.append([float(values.get(name, 0)) for name in FEATURES])
        labels += label_segments(page, segments)
        groups += [number] * len(segments)
        lengths += [segment.end - segment.start for segment in segments]
    return np.array(rows), np.array(labels), np.array(groups), np.array(lengths)


def fit(features: np.ndarray, labels: np.ndarray) -> LogisticRegression:
    """Return a model fitted to the segments, a part of them once more with the lexicon features blinded."""
    rng = Random(7)  # noqa: S311 - no secret
    chosen = [at for at in range(len(labels)) if rng.random() < BLINDED]
    blinded = features[chosen].copy()
    blinded[:, LEXICON_FEATURES] = 0
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    return model.fit(np.vstack([features, blinded]), np.concatenate([labels, labels[chosen]]))


def judge(labels: np.ndarray, scores: np.ndarray, lengths: np.ndarray) -> dict[str, float]:
    """Return precision, recall and F1 of furniture characters, and the share of article characters lost."""
    found = scores >= FURNITURE_THRESHOLD
    right = float(lengths[found & labels].sum())
    precision, recall = right / max(lengths[found].sum(), 1), right / max(lengths[labels].sum(), 1)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / (precision + recall), 4),
        "article_lost": round(float(lengths[found & ~labels].sum() / lengths[~labels].sum()), 4),
    }


def main() -> None:
    """Cross-validate, fit to all pages, write the model."""
    written = [read_page(path) for path in sorted((Path(__file__).parent / "pages").glob("*.page"))]
    pages = written + generate_pages(GENERATED)
    features, labels, groups, lengths = build_table(pages)
    scores = np.zeros(len(labels))
    for learn, test in GroupKFold(FOLDS).split(features, labels, groups):
        scores[test] = fit(features[learn], labels[learn]).predict_proba(features[test])[:, 1]
    by_hand = groups < len(written)
    figures = {
        "folds": FOLDS,
        "pages": len(pages),
        "pages_by_hand": len(written),
        "segments": len(labels),
        "furniture_segments": int(labels.sum()),
        "all": judge(labels, scores, lengths),
    }
    if written:
        figures["by_hand"] = judge(labels[by_hand], scores[by_hand], lengths[by_hand])
    model = fit(features, labels)
    content = {
        "about": "Written by training/train_furniture.py; logistic regression, characters judged, split by page.",
        "threshold": FURNITURE_THRESHOLD,
        "cross_validation": figures,
        "intercept": round(float(model.intercept_[0]), 4),
        "weights": {name: round(float(weight), 4) for name, weight in zip(FEATURES, model.coef_[0], strict=True)},
    }
    MODEL.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
