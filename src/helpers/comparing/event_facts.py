"""Happenings that several texts date, and the date of one statement that differs between its records."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from helpers.comparing.facts import Fact, Statement, join, overlapping, slug
from helpers.comparing.likeness import meanings_in, part_around
from helpers.comparing.subjects import Subjects
from helpers.records import Document, Event

RECORDS = ("statement", "review_record", "debate_summary")  # documents that record what was said or published on a day
ONCE = ("deaths", "attack", "adoption", "exit", "closing", "conviction", "referral")  # a case mostly has one of each
TURNS = frozenset(("adoption", "exit"))  # two of one case in one month are one, in whatever words
WIDER = {"deaths": "attack", "closing": "exit"}
TOLD = frozenset(("publication", "statement"))  # a day on which something was said about the case
HEADER = 400  # characters at the start of a document where its own date stands
LINE = 20  # characters that a date line has beside the date
PROGRAMME = "duty"  # what happened to the programme as a whole, whatever case a text deals with
SAME_WEEK = 7  # days within which the dates of two records are those of one statement
SLIP = 62  # days by which one happening is dated differently; a slip in the year alone counts too
BARE = re.compile(r"today|now|tonight|this (?:morning|afternoon|evening)", re.IGNORECASE)
# Likeness of clauses that two dates of one case need: for what a case has one of, for another shared kind, for none.
NEEDED = {"day": (0.0, 0.05, 0.05), "month": (0.05, 0.1, 0.35), "year": (0.2, 0.3, 0.35), "coarser": (0.0, 0.1, 0.35)}
ANY = 0.001  # strength of a pair that needs no likeness
ATTACK_WORDS = 0.1  # likeness of clauses from which two days in one week are different days for one attack
CLASH_WORDS = 0.4  # likeness of clauses from which different dates contradict each other


def find_event_facts(
    events: Iterable[Event], documents: Iterable[Document], subjects: Subjects
) -> list[tuple[str, Fact]]:
    """Return the facts that dated happenings make up, those of one document included, each with a readable name.

    Parameters
    ----------
    events : iterable of Event
        In any order.
    documents : iterable of Document
        Their dates and types tell whose own date an event is.
    subjects : Subjects
        Which documents deal with the same case.
    """
    rows = sorted(events, key=lambda row: (row.document_id, row.span_start, row.event_id))
    published = _publications(rows, {document.document_id: document for document in documents}, subjects)
    taken = {member.member_id for fact in published for member in fact.members}
    by_sentence: dict[str, list[Event]] = defaultdict(list)
    for row in rows:
        by_sentence[row.sentence_id].append(row)
    rest = [
        _statement(row, by_sentence[row.sentence_id])
        for row in rows
        if row.event_id not in taken and not BARE.fullmatch(row.surface)
    ]
    joined = overlapping([one for one in rest if PROGRAMME in one.meanings])
    joined += join([one for one in rest if PROGRAMME not in one.meanings], subjects, _class, _agrees, _clashes)
    return [("publication-date", fact) for fact in published] + [(_name(fact), fact) for fact in joined]


def _statement(row: Event, beside: Iterable[Event] = ()) -> Statement:
    """Return an event as it is compared, without the words around other dates of its sentence."""
    part = part_around(row.description, row.surface)
    for other in beside:
        if other is not row and other.surface in part and other.surface != row.surface:
            before, _, after = part.partition(other.surface)
            part = after if row.surface in after else before
    low, high = float(row.date_start.toordinal()), float(row.date_end.toordinal())
    clause = row.description.replace(row.surface, " ")
    part = part.replace(row.surface, " ")
    kinds = meanings_in(part)
    if not kinds & {*ONCE}:
        kinds |= {row.event_type} - {"other"}
        kinds |= meanings_in(clause) & {PROGRAMME}
    return Statement(row.event_id, row.document_id, row.sentence_id, low, high, clause, part, kinds, row)


def _event(statement: Statement) -> Event:
    """Return the event behind a statement."""
    assert isinstance(statement.source, Event)  # noqa: S101  (statements here come from events)
    return statement.source


def _class(statement: Statement) -> str:
    """Return the kind of date within which happenings are compared: spans of time only with each other."""
    return "period" if _event(statement).precision == "period" else "date"


def _kinds(one: Statement, other: Statement) -> frozenset[str]:
    """Return the kinds of happening that two statements share; a killing is an attack, and closing a case an exit."""
    wide = (frozenset(WIDER.get(kind, kind) for kind in kinds) | kinds for kinds in (one.meanings, other.meanings))
    return frozenset.intersection(*wide)


def _agrees(one: Statement, other: Statement, likeness: float) -> float:
    """Return how strongly two dates of one case are of the same happening (0: not at all)."""
    left, right = _event(one), _event(other)
    if not one.overlaps(other):
        return 0.0
    if left.precision == "period":
        return 1 + likeness if _is_same_span(left, right) else 0.0
    kinds = _kinds(one, other)
    is_equal = (one.low, one.high) == (other.low, other.high)
    if left.precision == right.precision and not is_equal:
        return 0.0
    level = "coarser" if not is_equal else left.precision
    needed = NEEDED[level][0 if kinds & {*ONCE} else 1 if kinds else 2]
    if level == "month" and kinds & TURNS:
        needed = 0.0
    return is_equal + likeness + ANY if likeness >= needed else 0.0


def _is_same_span(left: Event, right: Event) -> bool:
    """Say whether two spans of time are equal, or would be if both were given in whole years."""
    if (left.date_start, left.date_end) == (right.date_start, right.date_end):
        return True
    in_years = any(
        (span.date_start.month, span.date_start.day, span.date_end.month, span.date_end.day) == (1, 1, 12, 31)
        for span in (left, right)
    )
    years = (left.date_start.year, left.date_end.year)
    return in_years and years == (right.date_start.year, right.date_end.year)


def _clashes(one: Statement, other: Statement, likeness: float) -> float:
    """Return how surely two dates of one case contradict each other (0: not at all)."""
    left, right = _event(one), _event(other)
    kinds = _kinds(one, other) & {*ONCE}
    if one.overlaps(other) or "period" in (left.precision, right.precision) or not kinds:
        return 0.0
    if "relative" in (left.date_source, right.date_source) or TOLD & (one.meanings | other.meanings):
        return 0.0
    gap = max(one.low, other.low) - min(one.high, other.high)
    days = {(row.date_start.month, row.date_start.day) for row in (left, right)}
    is_year_slip = left.precision == right.precision != "year" and len(days) == 1
    if "attack" in kinds and left.precision == right.precision == "day" and gap <= SAME_WEEK:
        return likeness if likeness >= ATTACK_WORDS else 0.0
    return likeness if likeness >= CLASH_WORDS and (gap <= SLIP or is_year_slip) else 0.0


def _publications(rows: list[Event], documents: dict[str, Document], subjects: Subjects) -> list[Fact]:
    """Return the facts on which day a statement was made or published, as its several records give it."""
    own: dict[str, list[Event]] = defaultdict(list)
    for row in rows:
        if row.document_id in documents and _is_own_date(row, documents[row.document_id].published_date):
            own[row.document_id].append(row)
    records = [one for one in sorted(own) if documents[one].document_type in RECORDS]
    facts: list[Fact] = []
    for document_id in records:
        near = [fact for fact in facts if _is_same_statement(fact, document_id, documents, subjects)] or [Fact([])]
        near[0].take(_statement(row) for row in own[document_id])
        if near[0] not in facts:
            facts.append(near[0])
    for fact in facts:
        dates = {member.low for member in fact.members}
        fact.is_conflict = len(dates) > 1
        told = (row for document_id in sorted(own.keys() - {*records}) for row in own[document_id])
        fact.take(
            _statement(row)
            for row in told
            if row.date_start.toordinal() in dates
            and row.event_type == "publication"
            and row.span_start >= HEADER / 2
            and _is_same_statement(fact, row.document_id, documents, subjects)
        )
    return [fact for fact in facts if len(fact.documents) > 1]


def _is_own_date(row: Event, published: date | None) -> bool:
    """Say whether an event is the day on which its document, or the statement in it, was made or published."""
    if published is None or row.precision != "day" or BARE.fullmatch(row.surface):
        return False
    days = abs((row.date_start - published).days)
    is_line = row.span_start < HEADER or len(row.description) < len(row.surface) + LINE
    is_told = "publication" in (row.event_type, *meanings_in(row.description)) or "statement" in meanings_in(
        row.description
    )
    return (days == 0 and is_line) or (days <= SAME_WEEK and is_told)


def _is_same_statement(fact: Fact, document_id: str, documents: dict[str, Document], subjects: Subjects) -> bool:
    """Say whether a document deals with the case of `fact` and is of the same week."""
    day = documents[document_id].published_date
    return day is not None and any(
        subjects.is_same(member.document_id, document_id) and abs(member.low - day.toordinal()) <= SAME_WEEK
        for member in fact.members
    )


def _name(fact: Fact) -> str:
    """Return a readable name of what happened when."""
    first = min(fact.members, key=lambda member: (member.high - member.low, member.low, member.member_id))
    row = _event(first)
    day = {"day": f"{row.date_start}", "month": f"{row.date_start:%Y-%m}", "year": f"{row.date_start:%Y}"}
    shared = frozenset.intersection(*(member.meanings for member in fact.members))
    types = Counter(_event(member).event_type for member in sorted(fact.members, key=lambda member: member.member_id))
    kind = next((kind for kind in ONCE if kind in shared), types.most_common(1)[0][0])
    return slug(kind, day.get(row.precision, f"{row.date_start:%Y}-{row.date_end:%Y}"))
