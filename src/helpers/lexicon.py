"""The lexicon as data: one YAML file a list, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from helpers.errors import EvidenceError, listing, nearest
from helpers.paths import LEXICON

WORDS = 'a list such as ["calls?", "phone calls?"]'
TEXT = "words in quotation marks"
# What an entry of the lists that users add to may hold; the first key is its name.
ENTRIES = {
    "measures": {"measure": TEXT, "example": TEXT, "lead": WORDS, "verb": WORDS, "noun": WORDS},
    "categories": {"dimension": TEXT, "categories": "a mapping", "context": TEXT, "band": TEXT, "called": TEXT},
}
CATEGORY = {"always": WORDS, "beside": WORDS}
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one reads ten times as fast, where it was built


@cache
def read_lexicon(name: str) -> Any:
    """Return the content of ``lexicon/<name>.yml`` (lists and mappings as written there; do not change it).

    Raises
    ------
    EvidenceError
        When there is no such list, it is not valid YAML, or an entry of a list that users add to has a wrong shape.
    """
    path = LEXICON / f"{name}.yml"
    try:
        with path.open("rb") as stream:
            content = LOADER(stream).get_single_data()
    except FileNotFoundError:
        hint = nearest(name, (found.stem for found in LEXICON.glob("*.yml")))
        raise EvidenceError(f"there is no lexicon {name!r} (looked for {path}). {hint}") from None
    except yaml.YAMLError as error:
        raise EvidenceError(f"{path} is not valid YAML: {error}. Mend the line named here and run again.") from None
    if name in ENTRIES and (faults := list(_wrong_entries(name, content))):
        raise EvidenceError(f"{path} has entries of a wrong shape:\n{listing(faults)}\nMend them and run again.")
    return content


def check_patterns() -> None:
    """Compile every pattern that users may have added, one by one; takes a while, so it is for when something failed.

    Raises
    ------
    EvidenceError
        When one is no regular expression; names its list, entry and fault.
    """
    for name in ENTRIES:
        faults = []
        for where, pattern in _patterns(read_lexicon(name)):
            try:
                re.compile(pattern)
            except re.error as error:
                faults.append(f"{where}: {pattern!r} is no regular expression: {error}")
        if faults:
            path = LEXICON / f"{name}.yml"
            raise EvidenceError(f"{path} has wrong patterns:\n{listing(faults)}\nMend them and run again.")


def _wrong_entries(name: str, content: Any) -> Iterator[str]:
    """Yield every fault in the shape of the entries of a list that users add to."""
    known = ENTRIES[name]
    title = next(iter(known))
    if not isinstance(content, list):
        yield f"the file holds {content!r:.40}, expected a list of entries that each begin with `- {title}:`"
        return
    for number, entry in enumerate(content, 1):
        if not isinstance(entry, dict):
            yield f"entry {number} is {entry!r:.40}, expected `{title}:` and other keys"
            continue
        named = f"entry {number} ({entry[title]})" if title in entry else f"entry {number}"
        needed = [title] if name == "measures" else [title, "categories"]
        yield from (f"{named} has no {key!r}, expected {known[key]}" for key in needed if key not in entry)
        if name == "measures" and not entry.keys() & {"lead", "verb", "noun"}:
            yield f"{named} names no words, expected one of 'lead', 'verb' and 'noun'"
        yield from _wrong_values(named, entry, known)
        categories = entry.get("categories")
        for category, words in categories.items() if isinstance(categories, dict) else ():
            where = f"{named}, category {category}"
            if isinstance(words, dict):
                yield from _wrong_values(where, words, CATEGORY)
            else:
                yield f"{where} is {words!r:.40}, expected one of 'always' and 'beside' with {WORDS}"


def _wrong_values(named: str, entry: dict[str, Any], known: dict[str, str]) -> Iterator[str]:
    """Yield every key of an entry that is unknown, and every value that has another type than expected."""
    for key, value in entry.items():
        expected = known.get(key)
        if expected is None:
            yield f"{named}: {key!r} is no key. {nearest(str(key), known)}"
        elif expected is WORDS:
            if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
                yield f"{named}: {key!r} is {value!r:.40}, expected {expected}"
        elif not isinstance(value, str if expected is TEXT else dict):
            yield f"{named}: {key!r} is {value!r:.40}, expected {expected}"


def _patterns(entries: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield every pattern of a list with the place where it stands."""
    for number, entry in enumerate(entries, 1):
        title = next(iter(entry.values()))
        groups = [(entry, ""), *((words, f", category {name}") for name, words in entry.get("categories", {}).items())]
        for group, within in groups:
            for key, value in group.items():
                written = value if isinstance(value, list) else [value] if key in ("context", "band", "called") else []
                yield from ((f"entry {number} ({title}{within}), {key!r}", pattern) for pattern in written)


def fill_pieces(pattern: str, pieces: dict[str, str]) -> str:
    """Return a pattern with the pieces named in it (``{MONTH}``) filled in; quantifiers such as ``{2}`` stay.

    Examples
    --------
    >>> fill_pieces("{YEAR}-{YEAR}, a{2}", {"YEAR": "20[0-9]{2}"})
    '20[0-9]{2}-20[0-9]{2}, a{2}'
    """
    for name, piece in pieces.items():
        pattern = pattern.replace(f"{{{name}}}", piece)
    return pattern


def read_pieces(name: str, pieces: dict[str, str] | None = None) -> dict[str, str]:
    """Return the pieces that the patterns of ``lexicon/<name>.yml`` are built from, after those given.

    A piece is a pattern, which may hold earlier pieces, or a list of words of which any will do.
    """
    filled = dict(pieces or {})
    for piece, written in read_lexicon(name).get("pieces", {}).items():
        pattern = written if isinstance(written, str) else f"(?:{'|'.join(written)})"
        filled[piece] = fill_pieces(pattern, filled)
    return filled


def read_forms(name: str, pieces: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """Return form and pattern of all patterns of ``lexicon/<name>.yml``, in its order, with all pieces filled in."""
    filled = read_pieces(name, pieces)
    return [
        (entry["form"], fill_pieces(pattern, filled))
        for entry in read_lexicon(name)["forms"]
        for pattern in entry["patterns"]
    ]
