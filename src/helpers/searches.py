"""Searching a text for any of very many patterns, trying at each word only those that can fit there.

A plain alternation of some hundred patterns tries each of them at every letter. Most can be ruled out by the letters
that they begin with, or because the text lacks letters that they cannot do without; so those are looked for first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import groupby

from helpers.openings import LONGEST, NUMBER, needs_of

MOST_KNOWN = 100_000  # openings whose alternatives are remembered
WORD_START = (
    r"(?!\s)(?:(?<![A-Za-z])|(?![A-Za-z]))(?:(?<!\d)|(?!\d))"  # a run of letters, one of digits, any other sign
)
_WORD = re.compile(r"[a-z]+|[^\sa-z]")
_NUMBERS = re.compile(f"({NUMBER.pattern})")
_SAME = str.maketrans("ſıİ", "sii")  # what Python takes for the same letter where case is ignored
_CAPITAL = re.compile(r"(?<!\\)(?<!\(\?)[A-Z]")  # a letter of its own, not part of \W or (?P<


class Alternative:
    """One pattern of many: its name, the letters it can begin with, and those of which it needs one somewhere."""

    def __init__(self, name: str, written: str, flags: int) -> None:
        self.name, self.written, self._flags = name, written, flags
        self.openings, self.needles = needs_of(written)
        self.needle = None if len(self.needles) > 1 else next(iter(self.needles), "")  # the only one: any text holds ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when first needed."""
        return re.compile(self.written, self._flags)

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        """How it is tried at a place of a text."""
        return self.pattern.match

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
        self._places: dict[str, list[int]] = {}  # those with an opening, as places in the order
        for place, one in enumerate(alternatives):
            for opening in one.openings:
                self._places.setdefault(opening, []).append(place)

    def __missing__(self, opening: str) -> list[Alternative]:
        """Find them, and remember as many as there is room for."""
        beginnings = [opening[:length] for length in range(self._least, len(opening) + 1)]
        places = {place for beginning in beginnings for place in self._places.get(beginning, ())}
        chosen = [self._alternatives[place] for place in sorted(places)]
        if len(self) < MOST_KNOWN:
            self[opening] = chosen
        return chosen


Asked = list[tuple["AnyOf", list[Alternative]]]  # which searches can begin somewhere, and with what of theirs
Places = list[tuple[int, list[Alternative]]]  # where a search can begin in a text, and with what


class Searches(dict[str, Asked]):
    """Who asks for given letters, so that one look at the words of a text serves all searches."""

    def __init__(self) -> None:
        super().__init__()
        self._askers: dict[str, list[AnyOf]] = {}  # by the openings of their alternatives

    def add(self, search: AnyOf, openings: Iterable[str]) -> None:
        """Have one more search known; what was remembered before does not hold any more."""
        for opening in openings:
            self._askers.setdefault(opening, []).append(search)
        self.clear()
        _read_openings.cache_clear()

    def __missing__(self, opening: str) -> Asked:
        """Ask those that have an opening like it, and remember as many as there is room for."""
        beginnings = [opening[:length] for length in range(1, len(opening) + 1)]
        askers = {search for beginning in beginnings for search in self._askers.get(beginning, ())}
        asked = [(search, search.known[opening]) for search in askers]
        if len(self) < MOST_KNOWN:
            self[opening] = asked
        return asked


SEARCHES = Searches()


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
    elsewhere : function of a text, optional
        Returns the places where an alternative may fit whose opening is unknown (see `openings_of`).

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
        elsewhere: Callable[[str], Iterable[int]] | None = None,
    ) -> None:
        self._alternatives = [Alternative(name, f"{before}(?:{written}){after}", flags) for name, written in patterns]
        self._is_small = not flags & re.IGNORECASE
        self._elsewhere = elsewhere
        self.known = Beginnings(self._alternatives, is_anywhere=False)
        self._anywhere = Beginnings(self._alternatives, is_anywhere=True)
        SEARCHES.add(self, set[str]().union(*(one.openings for one in self._alternatives)))

    def finditer(self, text: str, shown: str | None = None) -> Iterator[tuple[str, re.Match[str]]]:
        """Yield name and match of every pattern found, in order, without overlap.

        Where `shown` is given, the patterns see it in place of the text: the same words, with some of them blotted out.
        """
        small, openings, asked = _read_openings(text)
        seen = small if self._is_small else shown or text
        chosen = asked.get(self, [])
        if self._elsewhere:
            places = {place: self._anywhere[openings[place]] for place in self._elsewhere(seen) if place in openings}
            chosen = sorted((dict(chosen) | places).items()) if places else chosen
        possible: dict[Alternative, bool] = {}  # which of them the text has letters for
        done = 0
        for place, ones in chosen:
            if place < done:
                continue
            for one in ones:
                fits = possible.get(one)
                if fits is None:
                    fits = possible[one] = one.needle in small if one.needle is not None else one.may_fit(small)
                if fits and (match := one.match(seen, place)) and match.end() > place:
                    yield one.name, match
                    done = match.end()
                    break

    def fullmatch(self, text: str) -> str | None:
        """Return the name of the first alternative that all of a text fits, None when there is none."""
        small = lower(text)
        likely = self._anywhere[NUMBER.sub("0", small)[:LONGEST]]
        return next((one.name for one in likely if one.may_fit(small) and one.pattern.fullmatch(text)), None)


@lru_cache(maxsize=16)  # the same words are searched for one thing after another
def _read_openings(text: str) -> tuple[str, dict[int, str], dict[AnyOf, Places]]:
    """Return a text in small letters, the opening at each place where a word or number begins, and who asks for them.

    The places are in order, those of each search that can begin at any.
    """
    small = lower(text)
    parts = _NUMBERS.split(small)
    numbers, same = parts[1::2], "0".join(parts[::2])
    starts = list(map(re.Match.start, _WORD.finditer(same)))
    openings = [same[start : start + LONGEST] for start in starts]
    places = _places(openings, starts, numbers) if numbers else starts
    asked: dict[AnyOf, Places] = defaultdict(list)
    for place, opening in zip(places, openings, strict=True):
        for search, alternatives in SEARCHES[opening]:
            asked[search].append((place, alternatives))
    return small, dict(zip(places, openings, strict=True)), asked


def _places(openings: list[str], starts: list[int], numbers: list[str]) -> list[int]:
    """Return the places in a text of words that start somewhere in the same text with a 0 for every number."""
    places: list[int] = []
    left_out = number = 0
    for opening, start in zip(openings, starts, strict=True):
        places.append(start + left_out)
        if opening[0] == "0":
            left_out += len(numbers[number]) - 1
            number += 1
    return places


def lower(text: str) -> str:
    """Return a text with small letters for the capitals, every character in its place."""
    if text.isascii():
        return text.lower()
    small = (text.translate(_SAME) if "ſ" in text or "ı" in text or "İ" in text else text).lower()
    return (
        small if len(small) == len(text) else "".join([one.lower() if len(one.lower()) == 1 else one for one in text])
    )


def lower_pattern(pattern: str) -> str:
    """Return a pattern for text in small letters, which is found several times as fast as one that ignores case.

    Names of groups are dropped, and what it wanted to be a capital is any letter in it.
    """
    pattern = re.sub(r"\(\?P<\w+>", "(?:", pattern.replace("(?-i:", "(?:"))
    return _CAPITAL.sub(lambda match: match.group().lower(), pattern)


def any_in_order(patterns: Iterable[str]) -> str:
    r"""Return a pattern for any of several, tried in order; those that begin where a word does are tried only there.

    Examples
    --------
    >>> any_in_order([r"\bcats?", r"\bdogs?", "fish"])
    '\\b(?:cats?|dogs?)|fish'
    """
    parts = []
    for is_word, run in groupby(patterns, key=lambda pattern: pattern.startswith(r"\b")):
        written = "|".join(pattern[2 * is_word :] for pattern in run)
        parts.append(rf"\b(?:{written})" if is_word else written)
    return "|".join(parts)


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
