"""Corroborations: the facts that at least two documents state, and whether they agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from helpers.comparing.copies import find_copies, read_prose_texts
from helpers.comparing.event_facts import find_event_facts
from helpers.comparing.facts import Fact, Statement, unique_names
from helpers.comparing.number_facts import find_number_facts
from helpers.comparing.subjects import Subjects
from helpers.records import Corroboration, Document, Event, Finding, Sentence, Statistic

SAID = {
    "about": "about ", "almost": "almost ", "just_over": "just over ", "over": "over ", "under": "under ",
    "at_least": "at least ", "at_most": "at most ",
}  # fmt: skip
SHOWN = 5  # ways of stating a fact that a note names


def find_corroborations(
    statistics: Iterable[Statistic],
    events: Iterable[Event],
    findings: Iterable[Finding],
    documents: Iterable[Document],
    sentences: Iterable[Sentence],
) -> list[Corroboration]:
    """Return the facts that at least two documents state: numbers, dated happenings, findings of reviews.

    Parameters
    ----------
    statistics, events, findings, documents, sentences
        Rows of any number of documents, in any order; findings linked by topic.

    Returns
    -------
    list of Corroboration
        One row a member, in order of fact and member. A member that is less exact than the most exact one is
        ``compatible`` with it; in a conflict all are ``conflicts``. A document that repeats another one is no
        independent witness: the notes say how many are, and the copy's whose copy it is.
    """
    statistics, events, findings = list(statistics), list(events), list(findings)
    documents, sentences = list(documents), list(sentences)
    subjects = Subjects(documents, sentences, events, findings)
    named = find_number_facts(statistics, subjects) + find_event_facts(events, documents, subjects)
    named = [(name, fact) for name, fact in named if len(fact.documents) > 1]
    names = unique_names([name for name, _ in named], [[one.member_id for one in fact.members] for _, fact in named])
    rows = [row for name, (_, fact) in zip(names, named, strict=True) for row in _rows(name, fact)]
    rows += _finding_rows(findings, subjects)
    _note_copies(rows, find_copies(documents, read_prose_texts(sentences)))
    return sorted(rows, key=lambda row: (row.fact_id, row.member_kind, row.member_id))


def _note_copies(rows: list[Corroboration], copies: Mapping[str, str]) -> None:
    """Say in the notes of a fact how many of its documents are independent, and which repeats which (in place)."""
    stating: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        stating[row.fact_id].add(row.document_id)
    for row in rows:
        told = stating[row.fact_id]
        independent = {copies.get(document_id, document_id) for document_id in told}
        if len(independent) < len(told):
            row.note += f"; {len(independent)} of {len(told)} independent"
        if row.document_id in copies:
            row.note += f"; copy of {copies[row.document_id]}"


def _rows(fact_id: str, fact: Fact) -> list[Corroboration]:
    """Return the rows of a fact of numbers or dates."""
    members = sorted(fact.members, key=lambda member: (member.high - member.low, member.low, member.member_id))
    best = members[0]
    stated = list(dict.fromkeys(_stated(member) for member in members))
    rows, against = [], _against(members)
    for member in members:
        is_exact = (member.low, member.high) == (best.low, best.high)
        agreement = "conflicts" if fact.is_conflict else "same" if is_exact else "compatible"
        if fact.is_conflict:
            note = against
        elif is_exact:
            note = (
                f"{stated[0]} in {len(fact.documents)} documents"
                if len(stated) == 1
                else f"{_listed(stated[:SHOWN])} agree"
            )
        else:
            note = _coarser(member, best)
        rows.append(_row(fact_id, member.source, member.document_id, agreement, note))
    return rows


def _against(members: list[Statement]) -> str:
    """Return the numbers or dates that exclude each other, each once; a coarser one that fits another is left out."""
    apart: list[Statement] = []
    for member in members:
        if len(apart) <= SHOWN and not any(member.overlaps(other) for other in apart):
            apart.append(member)
    return " against ".join(_stated(one) for one in apart[:SHOWN]) + (" and others" if len(apart) > SHOWN else "")


def _stated(member: Statement) -> str:
    """Return a number or date as a reader would say it."""
    source = member.source
    if isinstance(source, Event):
        if source.precision == "day":
            return f"{source.date_start.day} {source.date_start:%B %Y}"
        return " ".join(source.surface.split())
    assert isinstance(source, Statistic)  # noqa: S101  (a statement is a statistic or an event)
    return SAID.get(source.modifier, "") + " ".join(source.surface.split())


def _listed(words: list[str]) -> str:
    """Return words as a list in prose."""
    return " and ".join([", ".join(words[:-1]), words[-1]])


def _coarser(member: Statement, best: Statement) -> str:
    """Return how a less exact member agrees with the most exact one."""
    if isinstance(member.source, Event):
        return f"{member.source.precision} only"
    return f"{_stated(best)} and {_stated(member)} agree"


def _finding_rows(findings: list[Finding], subjects: Subjects) -> list[Corroboration]:
    """Return the rows of findings that documents on one case share."""
    topics: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.topic_id:
            topics[finding.topic_id].append(finding)
    rows = []
    for topic, members in topics.items():
        for member in members:
            others = [other for other in members if other.document_id != member.document_id]
            if any(subjects.is_same(member.document_id, other.document_id) for other in others):
                texts = {" ".join(one.text.lower().split()).strip(" .;,") for one in members}
                note = f"same {member.kind}" if len(texts) == 1 else f"same {member.kind} in other words"
                rows.append(_row(topic, member, member.document_id, "same", note))
    return rows


def _row(fact_id: str, source: object, document_id: str, agreement: str, note: str) -> Corroboration:
    """Return one member's row."""
    statistic_id = source.statistic_id if isinstance(source, Statistic) else None
    event_id = source.event_id if isinstance(source, Event) else None
    finding_id = source.finding_id if isinstance(source, Finding) else None
    kind = "statistic" if statistic_id else "event" if event_id else "finding"
    member_id = statistic_id or event_id or finding_id or ""
    return Corroboration(fact_id, kind, member_id, statistic_id, event_id, finding_id, document_id, agreement, note)
