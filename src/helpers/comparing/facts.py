"""Facts: which statements are one, so that every two of its members can be true together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from math import inf

from helpers.comparing.likeness import Likeness
from helpers.comparing.subjects import Subjects

COMPARED = 30  # statements of one case that are compared with each, the nearest values first

Place = int


@dataclass(slots=True)
class Statement:
    """One number or date as it is compared: what it is of, between which bounds, in which words."""

    member_id: str
    document_id: str
    sentence_id: str
    low: float
    high: float
    clause: str
    part: str
    meanings: frozenset[str]
    source: object

    def overlaps(self, other: Statement) -> bool:
        """Say whether both can be true."""
        return self.low <= other.high and other.low <= self.high


@dataclass(slots=True)
class Fact:
    """Statements that are about one thing; in a conflict they cannot all be true.

    ``low`` is the highest lower bound of its members and ``high`` the lowest upper one.
    """

    members: list[Statement]
    is_conflict: bool = False
    low: float = field(init=False, default=-inf)
    high: float = field(init=False, default=inf)
    documents: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        members, self.members = self.members, []
        self.take(members)

    def take(self, members: Iterable[Statement]) -> None:
        """Add `members`."""
        for member in members:
            self.members.append(member)
            self.documents.add(member.document_id)
            self.low, self.high = max(self.low, member.low), min(self.high, member.high)


Strength = Callable[[Statement, Statement, float], float]


def join(
    statements: Sequence[Statement],
    subjects: Subjects,
    class_of: Callable[[Statement], str],
    agrees: Strength,
    clashes: Strength,
) -> list[Fact]:
    """Return the facts that `statements` on the same cases make up, those with one statement included.

    Parameters
    ----------
    statements : sequence of Statement
        In any fixed order.
    subjects : Subjects
        Which documents deal with the same case.
    class_of : callable
        What a statement is compared within, for example the kind of quantity.
    agrees, clashes : callable
        Strength (0 for none) with which two statements, given the likeness of their words, say the same or contradict
        each other. The strongest pairs are joined first.

    Notes
    -----
    Two facts become one only if each two members can be true together. They become a conflict only if no document
    states both: a text that gives both numbers gives them for two things.
    """
    near = _near_pairs(statements, subjects, class_of)
    likeness = Likeness((one.clause, one.part) for one in statements)
    fact_of = {statement.member_id: Fact([statement]) for statement in statements}
    pairs = [pair for pair in _possible(statements, near, agrees) if _is_one_case(subjects, statements, pair)]
    for left, right in _strongest(statements, pairs, likeness.of(pairs), agrees, fact_of):
        if max(left.low, right.low) <= min(left.high, right.high):
            _merge(left, right, fact_of)
    pairs = [pair for pair in _possible(statements, near, clashes) if _is_surely_one_case(subjects, statements, pair)]
    for left, right in _strongest(statements, pairs, likeness.of(pairs), clashes, fact_of):
        if left.documents.isdisjoint(right.documents):
            _merge(left, right, fact_of).is_conflict = True
    return list({id(fact): fact for fact in fact_of.values()}.values())


def _near_pairs(
    statements: Sequence[Statement], subjects: Subjects, class_of: Callable[[Statement], str]
) -> list[tuple[Place, Place]]:
    """Return the pairs of places of one class whose documents share a name and whose values are near each other.

    A statement meets at most `COMPARED` others under each name that its document shares, so that the work grows with
    the number of statements and not with its square.
    """
    blocks: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place, statement in enumerate(statements):
        for key in subjects.keys(statement.document_id):
            blocks[class_of(statement), key].append(place)
    pairs: set[tuple[Place, Place]] = set()
    for block in blocks.values():
        block.sort(key=lambda place: (statements[place].low, statements[place].high, statements[place].member_id))
        for order, first in enumerate(block):
            pairs.update((min(first, second), max(first, second)) for second in block[order + 1 : order + COMPARED])
    return sorted(pairs)


def _possible(
    statements: Sequence[Statement], pairs: Iterable[tuple[Place, Place]], strength_of: Strength
) -> Iterator[tuple[Place, Place]]:
    """Yield the pairs that have any strength if their words were the same."""
    return (pair for pair in pairs if strength_of(statements[pair[0]], statements[pair[1]], 1.0) > 0)


def _is_one_case(subjects: Subjects, statements: Sequence[Statement], pair: tuple[Place, Place]) -> bool:
    """Say whether the documents of a pair deal with one case, or a passage of the one names the case of the other."""
    left, right = (statements[place] for place in pair)
    return (
        subjects.is_same(left.document_id, right.document_id)
        or subjects.is_named(left.sentence_id, right.document_id)
        or subjects.is_named(right.sentence_id, left.document_id)
    )


def _is_surely_one_case(subjects: Subjects, statements: Sequence[Statement], pair: tuple[Place, Place]) -> bool:
    """Say whether the documents of a pair surely deal with one case."""
    return subjects.is_surely_same(*(statements[place].document_id for place in pair))


def _strongest(
    statements: Sequence[Statement],
    pairs: Sequence[tuple[Place, Place]],
    alike: Sequence[float],
    strength_of: Strength,
    fact_of: dict[str, Fact],
) -> Iterator[tuple[Fact, Fact]]:
    """Yield the facts of each pair with any strength, strongest first, unless they are one by then."""
    found = (
        (strength_of(statements[first], statements[second], likeness), first, second)
        for (first, second), likeness in zip(pairs, alike, strict=True)
    )
    for _, first, second in sorted((one for one in found if one[0] > 0), key=lambda one: (-one[0], *one[1:])):
        left, right = fact_of[statements[first].member_id], fact_of[statements[second].member_id]
        if left is not right:
            yield left, right


def _merge(one: Fact, other: Fact, fact_of: dict[str, Fact]) -> Fact:
    """Return the larger fact with the members of the smaller in it."""
    large, small = (one, other) if len(one.members) >= len(other.members) else (other, one)
    large.take(small.members)
    large.is_conflict |= small.is_conflict
    fact_of |= {member.member_id: large for member in small.members}
    return large


def overlapping(members: Iterable[Statement]) -> list[Fact]:
    """Return facts of statements about one thing, in any order: those that can be true together, the most exact first.

    What does not fit is a fact of its own: sums may be over other years, dates of other happenings.
    """
    facts: list[Fact] = []
    for member in sorted(members, key=lambda one: (one.high - one.low, one.low, one.member_id)):
        fitting = [fact for fact in facts if max(fact.low, member.low) <= min(fact.high, member.high)]
        if fitting:
            fitting[0].take([member])
        else:
            facts.append(Fact([member]))
    return facts


def slug(*parts: object) -> str:
    """Return `parts` as one lower-case name with hyphens.

    Examples
    --------
    >>> slug("referrals", "extreme_right_wing", "2019/20")
    'referrals-extreme-right-wing-2019-20'
    """
    words = re.sub(r"[^a-z0-9.]+", "-", " ".join(str(part) for part in parts if part).lower())
    return words.strip("-.")[:80].strip("-.")


def unique_names(names: Sequence[str], members: Sequence[Iterable[str]]) -> list[str]:
    """Return `names`, with a short hash of its members behind each that several facts would have."""
    taken = Counter(names)
    return [
        name if taken[name] == 1 else f"{name}-{sha256('|'.join(sorted(ids)).encode()).hexdigest()[:6]}"
        for name, ids in zip(names, members, strict=True)
    ]
