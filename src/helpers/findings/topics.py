"""Topics: which findings of different documents are the same, by the words that they share."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from math import log, sqrt

from helpers.lexicon import read_lexicon
from helpers.records import Finding

WORD = re.compile(r"[a-z]{3,}")
TITLE = re.compile(r"(?P<title>[^.:–—\n]{3,90}?)\s*(?:\s[–—-]\s|:\s)")
TITLE_WEIGHT = 4.0  # the words of a title say what a long paragraph is about
MUCH_ALIKE, SHARE_ALIKE = 0.3, 0.25  # cosine of two findings; mean cosine over the shorter document
SAME_WORDS = 0.95  # cosine of two findings that are the same whatever their documents
THRESHOLD = 0.12  # cosine below which two findings have only everyday words in common
MAX_SHARED = 400  # findings that share a stem; one shared by more tells nothing
Vector = dict[str, float]
Pair = tuple[float, int, int]
Matches = dict[tuple[str, str], list[Pair]]


def link_topics(findings: list[Finding]) -> list[Finding]:
    """Return the findings in order of place, each with the topic that it shares with those of other documents.

    Parameters
    ----------
    findings : list of Finding
        From any number of documents, in any order.

    Returns
    -------
    list of Finding
        The same rows. ``topic_id`` is kind and content words ("issue-record-keeping"), whatever the input order.

    Notes
    -----
    Only documents on one review are linked: at least two of their findings must be much alike. Within a pair of them
    a finding meets at most one other. Two full lists of the same length whose like items
    stand at like places are taken for the same list, so that the rest follows by place.
    """
    ordered = sorted(findings, key=lambda finding: (finding.document_id, finding.span_start, finding.span_end))
    by_kind = {kind: [one for one in ordered if one.kind == kind] for kind in sorted({one.kind for one in ordered})}
    vectors = {kind: _vectors([one.text for one in members]) for kind, members in by_kind.items()}
    matches = {kind: _match(members, _pairs(members, vectors[kind])) for kind, members in by_kind.items()}
    related = _related(ordered, matches.values())
    for kind, members in by_kind.items():
        groups = _group(members, _align(members, matches[kind], related))
        _name(kind, members, groups, vectors[kind])
    return ordered


@cache
def _stemmer() -> object:
    """Return the Snowball stemmer (it needs no data)."""
    from nltk.stem.snowball import SnowballStemmer  # slow to import, and only needed where findings are

    return SnowballStemmer("english")


@cache
def _stem(word: str) -> str:
    """Return the stem of a word."""
    # ignored: the stemmer comes without types
    return str(_stemmer().stem(word))  # type: ignore[attr-defined]


@cache
def _everyday() -> frozenset[str]:
    """Return the words that tell nothing of a finding's topic."""
    return frozenset(read_lexicon("findings")["everyday"])


def _count_stems(words: str) -> Counter[str]:
    """Return the content stems in `words` with their counts."""
    everyday = _everyday()
    return Counter(_stem(word) for word in WORD.findall(words.lower()) if word not in everyday)


def _vectors(texts: list[str]) -> list[Vector]:
    """Return a unit TF-IDF vector for each text, its title weighing most."""
    counts: list[Vector] = []
    for text in texts:
        title = TITLE.match(text)
        weights: Vector = {stem: 1 + log(count) for stem, count in _count_stems(text).items()}
        for stem in _count_stems(title["title"]) if title else ():
            weights[stem] += TITLE_WEIGHT
        counts.append(weights)
    spread = Counter(stem for weights in counts for stem in weights)
    vectors = []
    for weights in counts:
        vector = {stem: weight * log(1 + len(texts) / spread[stem]) for stem, weight in weights.items()}
        norm = sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors.append({stem: weight / norm for stem, weight in sorted(vector.items())})
    return vectors


def _pairs(members: list[Finding], vectors: list[Vector]) -> list[Pair]:
    """Return (similarity, first, second) of findings in two documents that are alike, best first."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, vector in enumerate(vectors):
        for stem in vector:
            holders[stem].append(place)
    products: dict[tuple[int, int], float] = defaultdict(float)
    for stem in sorted(holders):
        places = holders[stem]
        if len(places) > MAX_SHARED:
            continue
        for order, first in enumerate(places):
            for second in places[order + 1 :]:
                if members[first].document_id != members[second].document_id:
                    products[first, second] += vectors[first][stem] * vectors[second][stem]
    alike = [
        (round(product + (0.05 if _has_same_number(members[first], members[second]) else 0.0), 9), first, second)
        for (first, second), product in products.items()
        if product >= THRESHOLD
    ]
    return sorted(alike, key=lambda pair: (-pair[0], pair[1], pair[2]))


def _has_same_number(first: Finding, second: Finding) -> bool:
    """Say whether two findings have the same number in their lists."""
    return first.number is not None and first.number == second.number


def _match(members: list[Finding], pairs: list[Pair]) -> Matches:
    """Return, for each pair of documents, its likest findings one to one."""
    used: set[tuple[int, str]] = set()
    between: Matches = defaultdict(list)
    for likeness, first, second in pairs:
        left, right = members[first].document_id, members[second].document_id
        if (first, right) not in used and (second, left) not in used:
            used |= {(first, right), (second, left)}
            between[left, right].append((likeness, first, second))
    return between


def _related(findings: list[Finding], matches: Iterable[Matches]) -> set[tuple[str, str]]:
    """Return the pairs of documents on one review: at least two findings are much alike, and most are rather alike."""
    sizes = Counter(finding.document_id for finding in findings)
    likeness: dict[tuple[str, str], list[float]] = defaultdict(list)
    for between in matches:
        for documents, matched in between.items():
            likeness[documents] += [value for value, *_ in matched]
    return {
        (left, right)
        for (left, right), values in likeness.items()
        if sum(value >= MUCH_ALIKE for value in values) >= 2
        and sum(values) >= SHARE_ALIKE * min(sizes[left], sizes[right])
    }


def _align(members: list[Finding], between: Matches, related: set[tuple[str, str]]) -> list[tuple[int, int]]:
    """Return the pairs to join, likest first: of related documents, by place where two full lists are one list."""
    by_number: dict[str, dict[int, int]] = defaultdict(dict)
    sizes = Counter(member.document_id for member in members)
    for place, member in enumerate(members):
        if member.number is not None:
            by_number[member.document_id].setdefault(member.number, place)
    chosen: list[Pair] = []
    for (left, right), matched in sorted(between.items()):
        if (left, right) not in related:
            chosen += [match for match in matched if match[0] >= SAME_WORDS]
            continue
        numbers, others = by_number[left], by_number[right]
        is_full = len(numbers) == sizes[left] == sizes[right] == len(others) and numbers.keys() == others.keys()
        agreeing = sum(_has_same_number(members[first], members[second]) for _, first, second in matched)
        if is_full and 2 * agreeing >= len(numbers) and agreeing >= 0.6 * len(matched):
            matched = [(1.0, place, others[number]) for number, place in sorted(numbers.items())]
        chosen += matched
    return [(first, second) for _, first, second in sorted(chosen, key=lambda match: (-match[0], match[1], match[2]))]


def _group(members: list[Finding], pairs: list[tuple[int, int]]) -> list[list[int]]:
    """Return groups of findings joined by `pairs`; no group holds two of one document."""
    group_of = {place: {place} for place in range(len(members))}
    for first, second in pairs:
        left, right = group_of[first], group_of[second]
        if left is right or {members[place].document_id for place in left} & {
            members[place].document_id for place in right
        }:
            continue
        left |= right
        for place in right:
            group_of[place] = left
    return sorted({id(group): sorted(group) for group in group_of.values()}.values())


def _name(kind: str, members: list[Finding], groups: list[list[int]], vectors: list[Vector]) -> None:
    """Give every finding of a group the same readable topic (in place); the same words twice get a number."""
    taken: Counter[str] = Counter()
    for group in groups:
        weights: Counter[str] = Counter()
        for place in group:
            weights.update(vectors[place])
        best = sorted(weights, key=lambda stem: (-weights[stem], stem))[:3]
        spelt = {
            _stem(word): word
            for place in reversed(group)
            for word in reversed(WORD.findall(members[place].text.lower()))
        }
        slug = "-".join([kind, *(spelt.get(stem, stem) for stem in best)])
        taken[slug] += 1
        for place in group:
            members[place].topic_id = slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"
