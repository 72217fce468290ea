"""How right each system is about the numbers of a gold corpus: precision, recall and F1 on span and value."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests"))  # what counts as a match is one rule for the gold gate and for this

from matching import Result, Row, cell, has_right_value, match, number, shared  # noqa: E402
from scoring import CORPORA, read_gold  # noqa: E402

from helpers.sources.files import read_folder  # noqa: E402

__all__ = ["gold_texts", "has_value", "score"]


def gold_texts(name: str) -> tuple[list[tuple[str, str]], list[Row]] | None:
    """Return the texts of a gold corpus by file name and its statistics, or None where it does not lie here."""
    corpus = CORPORA[name]
    if not (corpus.gold.is_dir() and corpus.texts.is_dir()):
        return None
    rows = read_gold(corpus.gold)
    documents = {row["document"] for table in rows.values() for row in table}
    texts, _ = read_folder(corpus.texts)
    named = [(Path(source.document.raw_path).name, source.text) for source in texts]
    return [(file, text) for file, text in named if file in documents], rows["statistics"]


def has_value(found: Row, gold: Row) -> bool:
    """Return whether the value is right; a share may be given as 0.43 or as 43."""
    if has_right_value(found, gold):
        return True
    value = number(cell(found, "value"))
    return (
        cell(gold, "unit") == "percent" and value is not None and has_right_value(found | {"value": value * 100}, gold)
    )


def score(
    answers: list[list[dict[str, Any]]], texts: list[tuple[str, str]], gold: list[Row]
) -> dict[str, dict[str, float]]:
    """Return precision, recall and F1 of `span`, and of `value` (span and value), numbers only.

    What is typed as a date is dropped unless it lies on a number of the gold.
    """
    found = [as_row(row, name) for rows, (name, _) in zip(answers, texts, strict=True) for row in rows]
    found = [row for row in found if not row["is_date"] or any(shared(row, other) for other in gold)]
    result = Result()
    match(result, "span", found, gold)
    match(result, "value", found, gold, has_value)
    figures = {}
    for name, figure in result.figures.items():
        precision, recall = figure.right / max(figure.found, 1), figure.right / max(figure.gold, 1)
        figures[name] = {"precision": precision, "recall": recall, "f1": figure.value, "gold": figure.gold}
    return figures


def as_row(answer: dict[str, Any], document: str) -> Row:
    """Return an answer of a system as a row to be matched."""
    ends = {"value_low": answer.get("low"), "value_high": answer.get("high")}
    cells = {name: "" if value is None else str(value) for name, value in (ends | {"value": answer["value"]}).items()}
    place = {"document": document, "start": answer["start"], "end": answer["end"]}
    return place | cells | {"is_date": answer.get("is_date", False)}
