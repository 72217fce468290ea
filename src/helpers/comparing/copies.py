"""Near-copies: texts that quote or republish another, and so are no independent witness of what it says."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from helpers.records import Document, Sentence

SHINGLE = 8  # words in a row that two authors hardly write by chance
SHARE = 0.5  # share of its shingles that makes the shorter of two texts a copy
FEWEST = 5  # shingles below which a text is too short to tell
COMMON = 50  # documents with one shingle beyond which it is boilerplate
WORD = re.compile(r"\w+")


def note_copies(documents: Iterable[Document], sentences: Iterable[Sentence]) -> None:
    """Note in each document which earlier one it quotes or republishes for the most part (`is_copy_of`, in place).

    Parameters
    ----------
    documents : iterable of Document
        All texts of a folder.
    sentences : iterable of Sentence
        The sentences of all of them; page furniture is left out, as many pages of one site share it.
    """
    documents = list(documents)
    copies = find_copies(documents, read_prose_texts(sentences))
    for document in documents:
        document.is_copy_of = copies.get(document.document_id)


def read_prose_texts(sentences: Iterable[Sentence]) -> dict[str, str]:
    """Return the words of each document without its page furniture."""
    texts: dict[str, list[str]] = defaultdict(list)
    for sentence in sorted(sentences, key=lambda sentence: (sentence.document_id, sentence.span_start)):
        if sentence.role != "furniture":
            texts[sentence.document_id].append(sentence.text)
    return {document_id: " ".join(parts) for document_id, parts in texts.items()}


def find_copies(documents: Iterable[Document], texts: Mapping[str, str]) -> dict[str, str]:
    """Return, for each document that repeats another one, the document that it is a copy of.

    Parameters
    ----------
    documents : iterable of Document
        Of two that share most of their words in a row, the one published later is the copy; where a date is not known,
        the shorter one, then the one whose identifier comes later.
    texts : mapping of str to str
        Text of each document, best without its furniture.

    Returns
    -------
    dict of str to str
        Copy to original; an original is never a copy itself.
    """
    shingles = {document_id: _shingles(text) for document_id, text in sorted(texts.items())}
    holders: dict[int, list[str]] = defaultdict(list)
    for document_id, found in shingles.items():
        for shingle in found:
            holders[shingle].append(document_id)
    shared: Counter[tuple[str, str]] = Counter()
    for holding in holders.values():
        if 1 < len(holding) <= COMMON:
            shared.update((one, other) for place, one in enumerate(holding) for other in holding[place + 1 :])
    dates = {document.document_id: document.published_date for document in documents}
    copies: dict[str, str] = {}
    for (one, other), count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        shorter = min(len(shingles[one]), len(shingles[other]))
        if shorter >= FEWEST and count >= SHARE * shorter:
            is_dated = dates.get(one) is not None and dates.get(other) is not None
            age = {name: (dates[name] if is_dated else None) or date.min for name in (one, other)}
            original, copy = sorted((one, other), key=lambda name: (age[name], -len(texts[name]), name))
            copies.setdefault(copy, original)
    return {copy: _origin(copy, copies) for copy in sorted(copies)}


def _shingles(text: str) -> set[int]:
    """Return the hashes of each `SHINGLE` words in a row."""
    words = WORD.findall(text.lower())
    return {hash(tuple(words[place : place + SHINGLE])) for place in range(len(words) - SHINGLE + 1)}


def _origin(copy: str, copies: Mapping[str, str]) -> str:
    """Return the document at the end of a chain of copies."""
    seen = {copy}
    while copy in copies and copies[copy] not in seen:
        copy = copies[copy]
        seen.add(copy)
    return copy
