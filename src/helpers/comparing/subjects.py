"""Subjects: which documents deal with the same case, by the names, days and findings that they share."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from math import log, sqrt

from helpers.lexicon import read_lexicon
from helpers.records import Document, Event, Finding, Sentence

CAPITAL = re.compile(r"(?<![\w’'])[A-Z][^\W\d_]{2,}(?:-[^\W\d_]+)*")
OPENS = re.compile(r"(?:^|[.!?:•\n“”\"‘*-]|^\W+)\s*$")
PLAIN = re.compile(r"(?<![\w’'])[a-z]{3,}")
SPEAKER_WEIGHT = 0.3  # one minister or member speaks on many cases
DAY_WEIGHT = 2.0  # a day of a happening that two documents name speaks for one case as two names do
FEW_NAMES = 25.0  # squared weight of what a document with few names leaves open
TOPIC = "topic "
HEAD = 12  # names by which a document is looked up, and as many findings
MAIN = 0.3  # weight in the profile from which a name is that of the document's own case
ALIKE = (0.25, 0.12, 0.1, 0.08)  # cosine of profiles that is needed with one, two, three or more shared names
SURE = 0.2  # share of the likeness to the nearest document
LOOKED_AT = 50  # documents with one name among which the nearest is sought


@cache
def _common() -> frozenset[str]:
    """Return the capitalised words that occur in texts about any case."""
    return frozenset(read_lexicon("common_names")["names"])


def _names(texts: dict[str, list[str]]) -> dict[str, Counter[str]]:
    """Return how often each proper name stands in each document.

    A name is a word that anywhere in the corpus stands inside a sentence with a capital, and more often so than
    without: the first word of a sentence or of a heading may have its capital only from there.
    """
    inside: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    capitals: dict[str, Counter[str]] = {}
    for document_id, parts in texts.items():
        capitals[document_id] = Counter()
        for text in parts:
            plain.update(PLAIN.findall(text))
            for found in CAPITAL.finditer(text):
                word = found.group().lower()
                capitals[document_id][word] += 1
                inside[word] += not OPENS.search(text, max(0, found.start() - 3), found.start())
    names = {word for word, count in inside.items() if count > plain[word] and word not in _common()}
    return {
        document_id: Counter({word: count for word, count in counts.items() if word in names})
        for document_id, counts in capitals.items()
    }


def _name_of(speaker: str | None) -> list[str]:
    """Return the first and last name of a speaker."""
    words = (speaker or "").split()
    return [word.lower() for word in words[-2:]] if words and words[-1][0].isupper() else []


class Subjects:
    """What each document is about, and whether two deal with the same case.

    Parameters
    ----------
    documents, sentences, events, findings
        Rows of any number of documents; furniture is not read.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        sentences: Iterable[Sentence],
        events: Iterable[Event] = (),
        findings: Iterable[Finding] = (),
    ) -> None:
        documents = list(documents)
        texts: dict[str, list[str]] = {document.document_id: [document.title or ""] for document in documents}
        self._passages: dict[str, str] = {}
        own_date = {document.document_id: document.published_date for document in documents}
        speakers: dict[str, set[str]] = defaultdict(set)
        for sentence in sentences:
            if sentence.role != "furniture":
                read = texts.setdefault(sentence.document_id, [])
                self._passages[sentence.sentence_id] = f"{read[-1] if read else ''} {sentence.text}".lower()
                read.append(sentence.text)
                speakers[sentence.document_id].update(_name_of(sentence.speaker))
        weights = {
            document_id: {
                name: (1 + log(count)) * (SPEAKER_WEIGHT if name in speakers[document_id] else 1.0)
                for name, count in counts.items()
            }
            for document_id, counts in _names(texts).items()
        }
        for event in events:
            is_day = event.precision == "day" and event.date_source == "stated" and event.event_type != "publication"
            if is_day and event.date_start != own_date.get(event.document_id):
                weights.setdefault(event.document_id, {})[f"{event.date_start}"] = DAY_WEIGHT
        for finding in findings:
            if finding.topic_id:
                weights.setdefault(finding.document_id, {})[f"{TOPIC}{finding.topic_id}"] = 1.0
        self._profiles = _profiles(weights)
        self._known: dict[tuple[str, str], float] = {}
        self._best: dict[str, float] = {}
        self._holders: dict[str, list[str]] = defaultdict(list)
        for document_id in sorted(self._profiles):
            for key in self.keys(document_id):
                self._holders[key].append(document_id)

    def keys(self, document_id: str) -> tuple[str, ...]:
        """Return the weightiest names of a document that another shares too, sorted."""
        return self._profiles[document_id][0] if document_id in self._profiles else ()

    def likeness(self, first: str, second: str) -> float:
        """Return how far two documents deal with the same case, from 0."""
        if first == second:
            return 1.0
        pair = (first, second) if first < second else (second, first)
        if pair not in self._known:
            left, right = (self._profiles[one][1] if one in self._profiles else {} for one in pair)
            self._known[pair] = sum(weight * right.get(name, 0.0) for name, weight in left.items())
        return self._known[pair]

    def is_same(self, first: str, second: str) -> bool:
        """Say whether two documents deal with the same case."""
        if first == second:
            return True
        shared = len({*self.keys(first)} & {*self.keys(second)})
        return shared > 0 and self.likeness(first, second) >= ALIKE[min(shared, len(ALIKE)) - 1]

    def is_named(self, sentence_id: str, document_id: str) -> bool:
        """Say whether a sentence, or the one before it, names the case of a document: its text may be on another."""
        passage = self._passages.get(sentence_id, "")
        return any(re.search(rf"\b{re.escape(name)}\b", passage) for name in self._main_names(document_id))

    def _main_names(self, document_id: str) -> list[str]:
        """Return the names of a document's own case that another document shares, days and findings left out."""
        profile = self._profiles[document_id][1] if document_id in self._profiles else {}
        return [
            name for name in self.keys(document_id) if profile[name] >= MAIN and name[0].isalpha() and " " not in name
        ]

    def is_surely_same(self, first: str, second: str) -> bool:
        """Say whether no other document is much more alike to either of two: only then can they contradict each other.

        A text on one case that mentions another one shares names with the texts on that, but far fewer.
        """
        nearest = max(self._nearest(first), self._nearest(second))
        return self.is_same(first, second) and self.likeness(first, second) >= SURE * nearest

    def _nearest(self, document_id: str) -> float:
        """Return the likeness of the document that is most alike to this one."""
        if document_id not in self._best:
            others = sorted({other for key in self.keys(document_id) for other in self._holders[key][:LOOKED_AT]})
            found = (self.likeness(document_id, other) for other in others if other != document_id)
            self._best[document_id] = max(found, default=0.0)
        return self._best[document_id]


def _profiles(weights: dict[str, dict[str, float]]) -> dict[str, tuple[tuple[str, ...], dict[str, float]]]:
    """Return for each document its head names and its unit profile over the names that another document shares."""
    holders: dict[str, int] = defaultdict(int)
    for names in weights.values():
        for name in names:
            holders[name] += 1
    found = {}
    for document_id, names in weights.items():
        profile = {name: weight * (1 + log((1 + len(weights)) / (1 + holders[name]))) for name, weight in names.items()}
        own = (weight for name, weight in profile.items() if not name.startswith(TOPIC))  # few texts list the findings
        norm = sqrt(FEW_NAMES + sum(weight * weight for weight in own))
        shared = sorted((name for name in profile if holders[name] > 1), key=lambda name: (-profile[name], name))
        topics = [name for name in shared if name.startswith(TOPIC)]
        named = [name for name in shared if not name.startswith(TOPIC)]
        found[document_id] = (
            tuple(sorted(named[:HEAD] + topics[:HEAD])),
            {name: profile[name] / norm for name in sorted(profile)},
        )
    return found
