"""Searching a text for any of very many patterns, trying at each word only those that can fit there.

A plain alternation of some hundred patterns tries each of them at every letter. Most can be ruled out by the letters
that they begin with, or because the text lacks letters that they cannot do without; so those are looked for first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from helpers.openings import LONGEST, NUMBER, needles_of, openings_of

MOST_KNOWN = 100_000  # openings whose alternatives are remembered
WORD_START = (
    r"(?!\s)(?:(?<![A-Za-z])|(?![A-Za-z]))(?:(?<!\d)|(?!\d))"  # a run of letters, one of digits, any other sign
)
_WORD = re.compile(r"[a-z]+|[^\sa-z]")
_SAME = str.maketrans("ſıİ", "sii")  # what Python takes for the same letter where case is ignored
_CAPITAL = re.compile(r"(?<!\\)(?<!\(\?)[A-Z]")  # a letter of its own, not part of \W or (?P<


class Alternative:
    """One pattern of many: its name, the letters it can begin with, and those of which it needs one somewhere."""

    def __init__(self, name: str, written: str, flags: int) -> None:
        self.name, self.written, self._flags = name, written, flags
        self.openings, self.needles = openings_of(written), needles_of(written)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when first needed."""
        return re.compile(self.written, self._flags)

    def may_fit(self, text: str) -> bool:
        """Return whether a text in small letters holds one of the needles."""
        for needle in self.needles:
            if needle in text:
                return True
        return not self.needles


class Beginnings(dict[str, list[Alternative]]):
    """The alternatives that can begin with given letters, in the order in which they are tried, by these letters."""

    def __init__(self, alternatives: list[Alternative], is_anywhere: bool) -> None:
        super().__init__()
        self._alternatives, self._least = alternatives, 0 if is_anywhere else 1  # with those of unknown opening or not

    def __missing__(self, opening: str) -> list[Alternative]:
        """Find them, and remember as many as there is room for."""
        beginnings = [opening[:length] for length in range(self._least, len(opening) + 1)]
        chosen = [one for one in self._alternatives if not one.openings.isdisjoint(beginnings)]
        if len(self) < MOST_KNOWN:
            self[opening] = chosen
        return chosen


class AnyOf:
    r"""Many patterns as one: finds what the alternation of all of them would find, the first that fits at a word.

    Parameters
    ----------
    patterns : iterable of (str, str)
        Name and pattern of each alternative; several may share a name.
    flags : int
        Flags of `re.compile`; without `re.IGNORECASE` patterns are to be in small letters, and capitals do not matter.
    before, after : str
        Patterns that hold for all alternatives, before and after them.
    elsewhere : str
        What stands wherever an alternative may fit whose opening is unknown (see `openings_of`).

    Notes
    -----
    Nothing is found that begins inside a word, inside a number or with white space.

    Examples
    --------
    >>> fruit = AnyOf([("apple", r"apples?"), ("pear", r"(?:ripe )?pears?")], before=r"\b")
    >>> [(name, match.group()) for name, match in fruit.finditer("two ripe pears, an apple")]
    [('pear', 'ripe pears'), ('apple', 'apple')]
    """

    def __init__(
        self,
        patterns: Iterable[tuple[str, str]],
        flags: int = 0,
        before: str = "",
        after: str = "",
        elsewhere: str | None = None,
    ) -> None:
        self._alternatives = [Alternative(name, f"{before}(?:{written}){after}", flags) for name, written in patterns]
        self._is_small = not flags & re.IGNORECASE
        self._elsewhere = re.compile(f"{WORD_START}(?={elsewhere})") if elsewhere else None
        self._known = Beginnings(self._alternatives, is_anywhere=False)
        self._anywhere = Beginnings(self._alternatives, is_anywhere=True)

    def finditer(self, text: str, shown: str | None = None) -> Iterator[tuple[str, re.Match[str]]]:
        """Yield name and match of every pattern found, in order, without overlap.

        Where `shown` is given, the patterns see it in place of the text: the same words, with some of them blotted out.
        """
        small, openings = _read_openings(text)
        seen = small if self._is_small else shown or text
        known = self._known
        elsewhere = {found.start() for found in self._elsewhere.finditer(seen)} if self._elsewhere else ()
        if elsewhere:
            anywhere = self._anywhere
            chosen = [(place, (anywhere if place in elsewhere else known)[opening]) for place, opening in openings]
        else:
            chosen = [(place, ones) for place, opening in openings if (ones := known[opening])]
        possible: dict[Alternative, bool] = {}  # which of them the text has letters for
        done = 0
        for place, ones in chosen:
            if place < done:
                continue
            for one in ones:
                fits = possible.get(one)
                if fits is None:
                    fits = possible[one] = one.may_fit(small)
                if fits and (match := one.pattern.match(seen, place)) and match.end() > place:
                    yield one.name, match
                    done = match.end()
                    break

    def fullmatch(self, text: str) -> str | None:
        """Return the name of the first alternative that all of a text fits, None when there is none."""
        return next((one.name for one in self._alternatives if one.pattern.fullmatch(text)), None)


@lru_cache(maxsize=16)  # the same words are searched for one thing after another
def _read_openings(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Return a text in small letters, and every place where a word or number begins with the letters there."""
    small = lower(text)
    lengths = [len(number) - 1 for number in NUMBER.findall(small)]
    same = NUMBER.sub("0", small) if lengths else small
    found: list[tuple[int, str]] = []
    left_out = number = 0
    for word in _WORD.finditer(same):
        place = word.start()
        found.append((place + left_out, same[place : place + LONGEST]))
        if same[place] == "0":
            left_out += lengths[number]
            number += 1
    return small, found


def lower(text: str) -> str:
    """Return a text with small letters for the capitals, every character in its place."""
    if text.isascii():
        return text.lower()
    small = text.translate(_SAME).lower()
    return (
        small if len(small) == len(text) else "".join([one.lower() if len(one.lower()) == 1 else one for one in text])
    )


def lower_pattern(pattern: str) -> str:
    """Return a pattern for text in small letters, which is found several times as fast as one that ignores case.

    Names of groups are dropped, and what it wanted to be a capital is any letter in it.
    """
    pattern = re.sub(r"\(\?P<\w+>", "(?:", pattern.replace("(?-i:", "(?:"))
    return _CAPITAL.sub(lambda match: match.group().lower(), pattern)


def one_of(words: Iterable[str]) -> str:
    """Return a pattern for the longest of some words, which shares their beginnings: faster than a plain list.

    Examples
    --------
    >>> one_of(["said", "says", "tells"])
    '(?:sa(?:id|ys)|tells)'
    """
    branches: dict[str, list[str]] = {}
    for word in sorted(words):
        branches.setdefault(word[:1], []).append(word[1:])
    parts = [re.escape(first) + one_of(rest) for first, rest in branches.items() if first]
    pattern = parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})" if parts else ""
    return f"(?:{pattern})?" if "" in branches and parts else pattern
