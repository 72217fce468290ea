"""The figures of each table: statistics, events, furniture, sentence starts, quotations, findings, corroborations.

Each function adds its figures and errors to a `Result`. Rows are as in `matching`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from matching import (
    Figure,
    Result,
    Row,
    cell,
    fields,
    has_right_value,
    is_right_field,
    is_same,
    match,
    overlap,
    pair_up,
    shared,
)

SHORT_QUOTE = 30  # characters; shorter direct quotations are scare quotes
QUOTE_OVERLAP = 0.8  # intersection over union
FINDING_OVERLAP = 0.5  # share of the shorter finding
SAME_MEMBER = 0.3  # intersection over union
START_TOLERANCE = 3  # characters
FIELDS = (
    "kind", "modifier", "direction", "unit", "measure", "category", "denominator", "denominator_value", "period",
    "geography", "interval",
)  # fmt: skip


def statistics(result: Result, found: list[Row], gold: list[Row], rejects: list[Row], checks: dict[str, str]) -> None:
    """Add the figures on statistics, their fields, the rejects they hit and their verdicts."""
    spans = Result()
    match(spans, "statistics.span", found, gold)
    result.figures |= spans.figures
    pairs = match(result, "statistics", found, gold, has_right_value)
    fields(result, "statistics", FIELDS, found, gold, pairs)
    parts = ("measure", "category", "period", "denominator")
    full = sum(all(is_right_field(name, gold[j], found[i]) for name in parts) for i, j in pairs.items())
    whole = result.figures["statistics"]
    result.f1("statistics.full", full, whole.found, whole.gold)
    stray = [row for row in found if not any(shared(row, other) for other in gold)]
    hit = [row for row in rejects if any(shared(row, other) for other in stray)]
    result.figures["rejects"] = Figure("hits", len(hit), len(hit), len(stray), len(rejects))
    result.errors += [("rejects", "hit", row, cell(row, "why")) for row in hit]
    all_pairs = {j: i for i, j in pair_up(found, gold, has_right_value).items()}
    answers = []
    for j, row in enumerate(gold):
        if cell(row, "verdict"):
            given = checks.get(cell(found[all_pairs[j]], "statistic_id"), "") if j in all_pairs else ""
            answers.append(is_same(row, {"verdict": given}, "verdict"))
            if not answers[-1]:
                result.errors.append(("verdict", "wrong", row, f"{given!r} for {row['verdict']!r}"))
    result.share("verdict", answers)


def events(result: Result, found: list[Row], gold: list[Row]) -> None:
    """Add the figures on events: both dates right, then precision and type."""
    pairs = match(result, "events", found, gold, lambda f, g: is_same(g, f, "date_start", "date_end"))
    fields(result, "events", ("precision", "event_type"), found, gold, pairs)


def furniture(result: Result, sentences: list[Row], gold: list[Row]) -> None:
    """Add the F1 of the characters judged to be furniture; gaps of up to three characters belong to it."""

    def characters(rows: Iterable[Row]) -> set[tuple[str, int]]:
        marked: set[tuple[str, int]] = set()
        last: Row = {"document": "", "end": -9}
        for row in sorted(rows, key=lambda row: (row["document"], row["start"])):
            near = last["document"] == row["document"] and row["start"] - last["end"] <= START_TOLERANCE
            marked |= {(row["document"], at) for at in range(last["end"] if near else row["start"], row["end"])}
            last = row
        return marked

    mine, theirs = characters(row for row in sentences if row["role"] == "furniture"), characters(gold)
    result.f1("furniture", len(mine & theirs), len(mine), len(theirs))


def sentence_starts(result: Result, sentences: list[Row], gold: list[Row], gold_furniture: list[Row]) -> None:
    """Add the F1 of the starts of sentences outside the gold's furniture."""
    starts = [row | {"end": row["start"] + 1} for row in sentences if row["role"] != "furniture"]
    starts = [row for row in starts if not any(shared(row, other) for other in gold_furniture)]

    def nearness(a: Row, b: Row) -> float:
        return max(0.0, 1 - abs(a["start"] - b["start"]) / (START_TOLERANCE + 1))

    match(result, "sentence_starts", starts, gold, weight=nearness)


def quotations(result: Result, found: list[Row], gold: list[Row]) -> None:
    """Add the figures on direct quotations and on reported speech: overlap and the speaker's last word."""

    def is_short(row: Row) -> bool:
        return row["end"] - row["start"] < SHORT_QUOTE

    def fits(mine: Row, theirs: Row) -> bool:
        def words(name: str) -> list[str]:
            return re.sub(r"\b(the|an?|mr|mrs|ms|dr|sir|dame|lord|lady)\b|[^\w\s]", " ", name.casefold()).split()

        name = words(cell(mine, "speaker"))
        right = any(name == one or name[-1:] == one[-1:] for one in map(words, str(theirs["speaker"]).split("|")))
        return right and overlap(mine, theirs) >= QUOTE_OVERLAP

    for name, flag, ignore in (("quotations", "1", is_short), ("reported", "0", lambda row: False)):
        mine, theirs = ([row for row in rows if cell(row, "is_direct") == flag] for rows in (found, gold))
        match(result, name, mine, theirs, fits, neutral=ignore, skip=ignore)


def findings(result: Result, found: list[Row], gold: list[Row]) -> None:
    """Add the figures on findings, their fields and the pairs of documents that share a topic."""

    def fits(mine: Row, theirs: Row) -> bool:
        shorter = min(mine["end"] - mine["start"], theirs["end"] - theirs["start"])
        return shared(mine, theirs) >= FINDING_OVERLAP * shorter and is_same(theirs, mine, "kind")

    pairs = match(result, "findings", found, gold, fits)
    fields(result, "findings", ("number", "addressee", "status"), found, gold, pairs)
    mine = [(cell(row, "topic_id"), row["document"], pairs.get(i, ("own", i))) for i, row in enumerate(found)]
    theirs = [(cell(row, "topic_id"), row["document"], j) for j, row in enumerate(gold)]
    topics, wanted = linked(mine), linked(theirs)
    result.f1("findings.topics", len(topics & wanted), len(topics), len(wanted))


def linked(members: Iterable[tuple[str, str, Any]]) -> set[frozenset[Any]]:
    """Return the pairs of members (fact, document, key) that one fact joins across two documents."""
    groups = defaultdict(list)
    for fact, document, key in members:
        if fact:
            groups[fact].append((document, key))
    return {frozenset((a, b)) for group in groups.values() for a, b in combinations(group, 2) if a[0] != b[0]}


def corroborations(result: Result, found: list[Row], gold: list[Row]) -> None:
    """Add the F1 of pairs that are put under one fact, and the share of them with conflict or no conflict right."""

    def key(row: Row) -> int:
        near = max(
            gold, key=lambda other: (overlap(row, other), other["start"] == row["start"] and shared(row, other) > 0)
        )
        return int(near["start"] if overlap(row, near) >= 0.3 else row["start"])

    counted = [row for row in gold if not cell(row, "note").startswith("optional")]
    neutral = {(row["document"], row["start"]) for row in gold if cell(row, "note").startswith("optional")}
    theirs = linked((row["fact_id"], row["document"], row["start"]) for row in counted)
    members = [row | {"key": key(row)} for row in found] if gold else []
    mine = {
        pair for pair in linked((row["fact_id"], row["document"], row["key"]) for row in members) if not pair & neutral
    }
    result.f1("corroborations", len(mine & theirs), len(mine), len(theirs))
    conflicts = {(row["document"], row["key"]) for row in members if row["agreement"] == "conflicts"}
    wanted = {(row["document"], row["start"]) for row in counted if row["agreement"] == "conflicts"}
    result.share("corroborations.conflict", [bool(pair & conflicts) == bool(pair & wanted) for pair in mine & theirs])
    for what, pairs in (("missed", theirs - mine), ("false alarm", mine - theirs)):
        for (document, start), other in sorted(map(sorted, pairs)):
            place = {"document": document, "start": start, "end": start}
            result.errors.append(("corroborations", what, place, f"with {other[0]} {other[1]}"))
