"""Where sentences end inside a block of text, full stop or not: glued sentences, quotations, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from helpers.lexicon import read_lexicon

CANDIDATE = re.compile(  # begins with one set of letters, so that the search skips all others fast
    r"[.!?…A-Z©•●▪◦‣](?:(?<=[.!?…])(?P<stop>[.!?…]*+)(?P<close>[\"'”’»)\]¹²³⁴⁵⁶⁷⁸⁹]*+)(?P<gap>\s*+)"
    r"|(?<=[a-zß-ÿ%)\d\"'”’Â][A-Z©])(?P<glue>)|(?<=\s[•●▪◦‣])(?P<bullet>))"
)
COLUMN_GAP = re.compile(r"\. *(?: {2}|\t)")  # "No.  Recommendation  Owner": the head of a table
RANK = re.compile(r"\d{1,2}(?=[A-Z\"'“‘])")
FIRST_LETTER = re.compile(r"[^\w\s]{0,4}(\w)")
WORD = re.compile(r"[^\W\d_]{1,40}(?:[’'][a-z]+)?")
LISTED = re.compile(r"\S {2,}\d{1,2}$|[|·•] \d{1,2}$")
FOOTNOTE = re.compile(r"(?:\d{1,3}|\[\d{1,3}\])\s*(?=[\"“‘(]?[A-Z])")
GLUED_PAGE = re.compile(r"[a-z][.!?][\"”]?[A-Z][a-z]|(?<![\w/@.])[a-z]{3,30}[A-Z][a-z]")
ATTRIBUTION = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Dame)\.? )?(?:[A-Z][\w’'-]+ ){1,4}(?:said|asked|says|asks|added|told|wrote)\b"
)
CALENDAR = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|GMT|BST|UTC)\b"
)
RESUMED_SPEECH = frozenset(
    ["I", "I'm", "I've", "We", "We've", "We're", "It's", "It", "My", "Our", "You", "And", "But", "So", "That's"]
)


@cache
def _abbreviations() -> dict[str, str]:
    """Return the list of the lexicon that each abbreviation stands in."""
    lexicon = read_lexicon("abbreviations")
    lists = ("titles", "inner", "before_number", "before_name", "times")
    return {word: name for name in lists for word in lexicon[name]}


@cache
def _words(name: str) -> frozenset[str]:
    """Return one list of the abbreviations lexicon."""
    return frozenset(read_lexicon("abbreviations")[name])


def find_ranks(text: str) -> frozenset[int]:
    """Return where the numbers of a glued list of headlines begin ("…EU law2New mutant…"): 1, 2, 3 … in order."""
    ranks: set[int] = set()
    run: list[int] = []
    rank = 0
    for found in RANK.finditer(text):
        at, value = found.start(), int(found.group())
        if at and not (text[at - 1].isalpha() or text[at - 1] in "?!.)\"'”’\n"):
            continue
        if run and rank < value <= rank + 2:
            run.append(at)
        else:
            run = [at] if value == 1 else []
        rank = value
        if len(run) >= 3:
            ranks.update(run)
    return frozenset(ranks)


class BlockSplitter:
    """Finds the ends of sentences in the blocks of one text; knows whether the page lost its line breaks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ranks = find_ranks(text)
        self._glued: bool | None = None

    @property
    def is_glued(self) -> bool:
        """Tell whether sentences of this page run into each other elsewhere too."""
        if self._glued is None:
            self._glued = bool(self.ranks or GLUED_PAGE.search(self.text))
        return self._glued

    def ends(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield, for each sentence of the block, where it ends and where the next one starts."""
        text, left, in_quotes = self.text, start, False
        for found in CANDIDATE.finditer(text, start, end):
            kind = found.lastgroup
            if kind == "gap":
                cut = self._cut_stop(left, found, end, in_quotes)
            elif kind == "glue":
                cut = self._cut_glue(left, found.start(), end, in_quotes)
            else:
                cut = left + len(text[left : found.start()].rstrip()), found.start()
            if cut and left < cut[0] and cut[1] < end:
                yield cut
                in_quotes ^= text.count('"', left, cut[1]) % 2 == 1
                in_quotes = in_quotes and text[cut[1]] != '"'
                left = cut[1]
        yield end, end

    def _cut_stop(self, left: int, found: re.Match[str], end: int, in_quotes: bool) -> tuple[int, int] | None:
        """Decide on a full stop, question or exclamation mark or ellipsis."""
        text, following = self.text, found.end()
        if following >= end:
            return None
        closed = found.end("close")
        is_period = text[found.start()] == "." and found.end("stop") - found.start() == 1
        if closed == following:
            return self._cut_glued_stop(left, found, in_quotes)
        letter = FIRST_LETTER.match(text, following, end)
        if (letter and letter[1].islower()) or text[following] in ".!?…,;:)|<>":
            return None
        if found.end("stop") - found.start() > 3 and text[following].isdigit():
            return None  # dots that lead to a page number
        if is_period and LISTED.search(text, max(left, found.start() - 5), found.start()):
            return None  # the number of the next entry in a row of them
        if is_period and closed == found.end("stop") and is_abbreviation(text, left, found.start(), following):
            return None
        if not is_period and closed > found.end("stop") and ATTRIBUTION.match(text, following, end):
            return None
        return closed, following

    def _cut_glued_stop(self, left: int, found: re.Match[str], in_quotes: bool) -> tuple[int, int] | None:
        """Decide on a stop with no white space after it."""
        text, following, stopped = self.text, found.end(), found.end("stop")
        before = text[found.start() - 1] if found.start() > left else ""
        is_acronym = before.isupper() and text[max(left, found.start() - 2)].isupper() and text[following - 1] in '"”'
        if not (is_acronym or before.islower() or before.isdigit() or before in "\"'”’)]%"):
            return None
        note = FOOTNOTE.match(text, following)
        if note and following not in self.ranks:
            is_word = before.isalpha() and not is_abbreviation(text, left, found.start(), following)
            cut = following + len(note.group().rstrip())
            return (cut, note.end()) if is_word else None
        if following in self.ranks:
            return following, following
        opener = text[following] in "“‘(["
        letter = text[following + opener : following + opener + 2]
        if not letter[:1].isupper():
            return None
        if not (
            letter[1:].islower() or letter[1:] in (" ", "'", "’") or opener or (before.islower() and self.is_glued)
        ):
            return None
        if stopped == following:
            is_address = re.search(r"(?:www\.|://|@|\w\.\w+/)\S*\Z", text[max(left, following - 60) : following])
            return None if is_address else (following, following)
        quote = text[following - 1]
        if quote not in "\"'":
            return following, following
        if following - stopped > 1 and text[following - 2] == quote:  # one quotation closes, the next opens
            return following - 1, following - 1
        return (following,) * 2 if self._closes(left, following - 1, in_quotes) else (following - 1,) * 2

    def _closes(self, left: int, at: int, in_quotes: bool) -> bool:
        """Tell whether the straight quotation mark at `at` closes a quotation rather than opens one."""
        text, quote = self.text, self.text[at]
        if quote == "'":
            return bool(re.search(r"(?:^|[\s(:])'", text[left:at]))
        if in_quotes == (text.count(quote, left, at) % 2 == 1):
            return False
        other = text.find(quote, at + 1, at + 2000)
        word = WORD.match(text, at + 1)
        if other < 0 or text[other - 1] in " \n\t(:[":
            return True
        beyond = text[other + 1 : other + 2]
        if not beyond or beyond.isspace() or beyond in ",.;:?!)":
            return False
        return not (word and word.group() in RESUMED_SPEECH)

    def _cut_glue(self, left: int, capital: int, end: int, in_quotes: bool) -> tuple[int, int] | None:
        """Decide on a capital right after a small letter, digit, bracket or quotation mark."""
        text, at = self.text, capital
        while at > left and capital - at < 4 and text[at - 1] in "\"'”’)Â":
            at -= 1
        rank = self._rank_before(at)
        if rank:
            return rank, rank
        if at == left or not (text[at - 1].isalnum() or text[at - 1] in "%)") or text[at - 1].isupper():
            return None
        following = text[capital + 1 : capital + 2]
        if text[capital] == "©":
            return at, at
        if following not in " ’'" and not following.isalpha():
            return None
        first = at
        while first > max(left, at - 30) and text[first - 1].isalpha():
            first -= 1
        before, word = text[first:at], WORD.match(text, capital)
        after = word.group() if word else ""
        if capital > at:
            return self._cut_glued_quote(left, at, capital, before, in_quotes)
        plain = (before + after).removesuffix("'s").removesuffix("’s")
        if plain in _words("camel_names") or before in _words("camel_starts") or len(before) == 1:
            return None
        is_opener = after.lower() in _words("openers") and len(after) > 1
        is_plain_word = before[:1].islower() and after[1:2].islower() and len(before) > 2
        return (at, at) if is_opener or is_plain_word or self.is_glued else None

    def _rank_before(self, at: int) -> int:
        """Return where the rank of a headline begins whose digits end at `at`, 0 when there is none."""
        return next((start for start in (at - 1, at - 2) if start in self.ranks), 0) if self.ranks else 0

    def _cut_glued_quote(
        self, left: int, at: int, following: int, before: str, in_quotes: bool
    ) -> tuple[int, int] | None:
        """Decide on a quotation mark or bracket between a small letter and a capital."""
        quote = self.text[following - 1]
        if quote == ")":
            return following, following
        if len(before) < 2 or not self.is_glued:
            return None
        if quote in "”’":
            opened = self.text.rfind("“" if quote == "”" else "‘", max(left, at - 400), at) >= 0
            return (following, following) if opened else None
        if self._closes(left, following - 1, in_quotes):
            return following, following
        return at, at


def is_abbreviation(text: str, left: int, at: int, following: int) -> bool:
    """Tell whether the full stop at `at` belongs to an abbreviation or initial and the sentence goes on."""
    tail = text[max(left, at - 14) : at]
    word_before = tail[max(tail.rfind(" "), tail.rfind("\n")) + 1 :].lstrip("\"'“‘([«")
    is_initial = len(word_before) == 1 and word_before.isupper() and word_before != "I"
    kind = None if is_initial else _abbreviations().get(word_before.lower())
    if kind is None and not is_initial:
        return False
    if kind == "inner":
        return True
    if kind == "before_number":
        is_column = at - len(word_before) == left and COLUMN_GAP.match(text, at) is not None
        return is_column or text[following].isdigit()
    if kind == "times":
        return bool(CALENDAR.match(text, following))
    word = WORD.match(text, following)
    opens = word is not None and word.group().lower() in _words("openers")
    if kind == "titles":
        return not (opens and word_before.lower() in ("st", "sir"))
    return not opens or (kind is None and word is not None and word.group() in ("A", "I", "An"))
