"""Train the furniture classifier and write its weights: ``python training/train_furniture.py [FILE]``.

Reads the labelled pages in ``training/pages`` and the generated ones, cross-validates by page, and writes
``src/helpers/sentences/furniture_model.json`` (or FILE). Runs twice to the same bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from random import Random

import numpy as np
from layouts import generate_pages
from pages import Page, read_page
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from helpers.sentences.furniture import (
    FURNITURE_THRESHOLD,
    MODEL,
    NEIGHBOURS,
    SETTLED,
    SURE_SIGNS,
    describe_neighbours,
    number_lines,
    probability,
    spare,
)
from helpers.sentences.segments import Segment, split_segments
from helpers.sentences.shapes import FEATURES, KINDS
from helpers.sentences.surroundings import describe_segments

GENERATED = 450  # pages
FOLDS = 5
BY_HAND = 4.0  # weight of a segment on a page written by hand
STRENGTH = 1.0  # inverse of the regularisation
LEXICON_FEATURES = [FEATURES.index(name) for name in ("label", "opening", "phrase", "pattern", "sure")]
Models = dict[str, LogisticRegression]
BLINDED = 0.25  # share of the segments known by the lexicon that teach how unknown labels look


def label_segments(page: Page, segments: list[Segment]) -> list[bool]:
    """Return for each segment whether most of its characters are furniture."""
    furniture = page.furniture
    labels = []
    for segment in segments:
        inside = [at for at in range(segment.start, segment.end) if not page.text[at].isspace()]
        labels.append(2 * sum(at in furniture for at in inside) > len(inside))
    return labels


@dataclass
class Table:
    """All segments of some pages: features, kinds, labels, page numbers and lengths in characters."""

    features: np.ndarray
    kinds: np.ndarray
    labels: np.ndarray
    groups: np.ndarray
    lengths: np.ndarray
    stakes: np.ndarray
    lines: np.ndarray

    def part(self, rows: np.ndarray) -> Table:
        """Return the chosen rows."""
        return Table(*(getattr(self, field.name)[rows] for field in fields(self)))


def build_table(pages: list[Page]) -> Table:
    """Return the segments of the pages."""
    rows, kinds, labels, groups, lengths, stakes, lines = [], [], [], [], [], [], []
    for number, page in enumerate(pages):
        segments = split_segments(page.text)
        for kind, values in describe_segments(page.text, segments):
            kinds.append(kind)
            rows.append([float(values.get(name, 0)) for name in FEATURES])
        labels += label_segments(page, segments)
        groups += [number] * len(segments)
        lines += number_lines(page.text, segments)
        lengths += [segment.end - segment.start for segment in segments]
        stakes += [1.0 if page.is_generated else BY_HAND] * len(segments)
    return Table(*map(np.array, (rows, kinds, labels, groups, lengths, stakes, lines)))


def fit_first(table: Table) -> Models:
    """Return a model a kind; segments known by the lexicon are learnt once more as bare ones, without it."""
    rng = Random(7)  # noqa: S311 - no secret
    blind = np.array([kind == "label" and rng.random() < BLINDED for kind in table.kinds], dtype=bool)
    blinded = table.features[blind].copy()
    blinded[:, LEXICON_FEATURES] = 0
    models = {}
    for kind in KINDS:
        rows = table.kinds == kind
        features, labels, stakes = table.features[rows], table.labels[rows], table.stakes[rows]
        if kind == "bare":
            features, labels = np.vstack([features, blinded]), np.concatenate([labels, table.labels[blind]])
            stakes = np.concatenate([stakes, table.stakes[blind]])
        models[kind] = LogisticRegression(C=STRENGTH, max_iter=5000).fit(features, labels, stakes)
    return models


def predict(models: Models, features: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """Return the logit of each row from the model of its kind."""
    logits = np.zeros(len(kinds))
    for kind, model in models.items():
        if (kinds == kind).any():
            logits[kinds == kind] = model.decision_function(features[kinds == kind])
    return logits


def near_features(logits: np.ndarray, table: Table) -> tuple[np.ndarray, np.ndarray]:
    """Return the features of the second pass, page by page, and which segments it looks at."""
    rows: list[list[float]] = []
    asked: list[bool] = []
    for group in np.unique(table.groups):  # pages are in order
        here = table.groups == group
        own = [float(logit) for logit in logits[here]]
        described = describe_neighbours(own, [probability(logit) for logit in own], table.lines[here].tolist())
        rows += [[values.get(name, SETTLED if name == "own" else 0.0) for name in NEIGHBOURS] for values in described]
        asked += [bool(values) for values in described]
    return np.array(rows), np.array(asked)


def cross_fit(table: Table) -> np.ndarray:
    """Return the first pass's logits of each page from models that have not seen the page."""
    logits = np.zeros(len(table.labels))
    for learn, test in GroupKFold(FOLDS).split(table.features, table.labels, table.groups):
        logits[test] = predict(fit_first(table.part(learn)), table.features[test], table.kinds[test])
    return logits


def fit(table: Table) -> tuple[Models, Models]:
    """Return the models of both passes."""
    near, _ = near_features(cross_fit(table), table)
    second = {
        kind: LogisticRegression(C=STRENGTH, max_iter=5000).fit(near[rows], table.labels[rows], table.stakes[rows])
        for kind in KINDS
        for rows in [table.kinds == kind]
    }
    return fit_first(table), second


def score(models: tuple[Models, Models], table: Table) -> np.ndarray:
    """Return the probability of furniture for each segment of whole pages."""
    first = predict(models[0], table.features, table.kinds)
    near, asked = near_features(first, table)
    logits = np.where(asked, predict(models[1], near, table.kinds), first)
    glued, kept, alone, captioned = (
        table.features[:, FEATURES.index(name)] > 0 for name in ("glued", "kept", "alone", "captioned")
    )
    sure = np.any([table.features[:, FEATURES.index(name)] > 0 for name in SURE_SIGNS], axis=0)
    logits = np.array(
        [spare(*row) for row in zip(logits, table.kinds, glued, kept, (sure & alone) | captioned, strict=True)]
    )
    return 1 / (1 + np.exp(-logits))


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


def name_weights(model: LogisticRegression, names: Sequence[str]) -> dict[str, float]:
    """Return intercept and weights of a model by name."""
    weights = {name: round(float(weight), 4) for name, weight in zip(names, model.coef_[0], strict=True)}
    return {"intercept": round(float(model.intercept_[0]), 4)} | weights


def main(target: Path) -> None:
    """Cross-validate, fit to all pages, write the model to `target`."""
    written = [read_page(path) for path in sorted((Path(__file__).parent / "pages").glob("*.page"))]
    pages = written + generate_pages(GENERATED)
    table = build_table(pages)
    scores = np.zeros(len(table.labels))
    for learn, test in GroupKFold(FOLDS).split(table.features, table.labels, table.groups):
        scores[test] = score(fit(table.part(learn)), table.part(test))
    by_hand = table.groups < len(written)
    figures = {
        "folds": FOLDS,
        "pages": len(pages),
        "pages_by_hand": len(written),
        "segments": len(table.labels),
        "furniture_segments": int(table.labels.sum()),
        "all": judge(table.labels, scores, table.lengths),
    }
    if written:
        figures["by_hand"] = judge(table.labels[by_hand], scores[by_hand], table.lengths[by_hand])
    first, second = fit(table)
    content = {
        "about": "Written by training/train_furniture.py; logistic regression, judged by characters, split by page.",
        "threshold": FURNITURE_THRESHOLD,
        "cross_validation": figures,
        "first": {kind: name_weights(first[kind], FEATURES) for kind in KINDS},
        "second": {kind: name_weights(second[kind], NEIGHBOURS) for kind in KINDS},
    }
    target.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else MODEL)
