"""Speakers: who the words before or after a verb of speaking name, and which full name a short mention means.

A mention is read from its noun phrase alone (title, office, body, name); a text's full names then resolve surnames, offices
and pronouns. In doubt nobody is named.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache

from helpers.lexicon import read_lexicon

CAPITAL = r"(?:(?:Mc|Mac|De|Le|Al-|al-|O['’]|D['’])?[A-ZÀ-Þ][a-zß-ÿ]+(?:-[A-Z][a-z]+)*|[A-Z]\.)"
RUN = re.compile(rf"{CAPITAL}(?:[  ](?:(?:de|van|von|bin|ibn|al|el|der|of)[  ])?(?:{CAPITAL}|[A-Z]{{2,5}}\b))+")
SEPARATOR = re.compile(r",\s+|,$|;\s+|:\s+|\s+[-–—]\s+|\s+[-–—]$|—|\n")
AUXILIARY = re.compile(
    r"(?:^|\s+)(?:has|have|had|also|then|later|since|further|separately|however|today|yesterday|did|does|once|again|"
    r"previously|repeatedly|recently|publicly|subsequently|ultimately|finally|rightly|wrongly|explicitly|clearly|first|"
    r"still|never|always|often|simply|formally|last (?:week|month|year|night))$"
)
PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|to|not|is being|as)$", re.IGNORECASE)
PRONOUN = re.compile(r"(?:^|\s)(he|she|they|it|I|we|you|who)$", re.IGNORECASE)
LEADING = re.compile(
    r"^(?:and|but|or|while|when|as|after|before|that|which|where|because|since|whom|yet|so|then|earlier|later|meanwhile|today|"
    r"yesterday|however)\s+",
    re.IGNORECASE,
)
CONJUNCTION = re.compile(
    r".*\b(?:that|when|while|where|because|which|after|before|although|though|if|whether)\s+", re.DOTALL
)
ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
DETERMINER = re.compile(
    r"^(?:the|an?|one|another|its|his|her|their|our|some|several|many|two|three|\w+['’]s?)\s", re.IGNORECASE
)
PREPOSITION = re.compile(r"\s+(?:of|for|at|in|from|on|with|to|into|by)\s+")
POSSESSIVE = re.compile(r"^(?P<owner>.*?)['’]s\s+(?P<thing>[\w -]+)$", re.DOTALL)
BRACKET = re.compile(r"\s*\(([^()\n]{2,60})\)$")
BRACKET_AFTER = re.compile(r"\s*\(([^()\n]{2,60})\)")
APPOSITION_AFTER = re.compile(r",\s+([^,.;:“\"\n]{3,90})[,.]")
PARTICLES = {"de", "van", "von", "bin", "ibn", "al", "el", "der"}
MAX_BEFORE = 400
PRONOUN_REACH = 3000  # characters back to the speaker whom a pronoun can mean


@dataclass(frozen=True, slots=True)
class Mention:
    """Who a noun phrase names: ``kind`` is person, office, work (a report), body, other or pronoun."""

    kind: str
    name: str
    title: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon of people as sets."""

    titles: dict[str, str]
    letters: frozenset[str]
    offices: frozenset[str]
    bodies: frozenset[str]
    works: frozenset[str]
    parties: frozenset[str]
    openers: frozenset[str]


@cache
def words() -> Words:
    """Return the lexicon of titles, offices and bodies."""
    offices, bodies = read_lexicon("offices"), read_lexicon("bodies")
    return Words(
        titles={title: gender for gender, titles in offices["titles"].items() for title in titles},
        letters=frozenset(offices["letters"]),
        offices=frozenset(offices["offices"]),
        bodies=frozenset(bodies["bodies"]),
        works=frozenset(bodies["documents"]),
        parties=frozenset(bodies["parties"]),
        openers=frozenset(bodies["openers"]),
    )


def read_subject(before: str) -> Mention | None:
    """Return whom the noun phrase at the end of `before` names (the words before a verb of speaking)."""
    before = before[-MAX_BEFORE:].rstrip()
    while match := AUXILIARY.search(before):
        before = before[: match.start()].rstrip()
    if PASSIVE.search(before):
        return None
    parts = [part.strip() for part in SEPARATOR.split(before)]
    if parts and parts[-1] == "":
        return _read_apposed(parts[:-1])
    return _read_phrase(parts[-1]) if parts else None


def read_inverted(after: str) -> Mention | None:
    """Return whom the noun phrase at the start of `after` names ("said the minister, ...")."""
    phrase = re.split(
        r"[,.;:“”\"‘\n—]|\s[-–]\s|\s(?:who|in|on|during|after|as|while|when|told|and (?:he|she))\s",
        after[:200],
        maxsplit=1,
    )[0]
    short = PREPOSITION.split(phrase.strip(), maxsplit=1)[0]
    mention = _read_phrase(short)
    if not mention or mention.kind not in ("person", "pronoun"):
        mention = _read_phrase(phrase.strip())
    if mention and mention.kind == "person" and not mention.role:
        apposed = APPOSITION_AFTER.match(after, len(phrase))
        return Mention("person", mention.name, mention.title, _as_role(apposed.group(1)) if apposed else None)
    return mention


def _read_apposed(parts: list[str]) -> Mention | None:
    """Read "Name, the office, of somewhere," from its parts: the nearest name on the left, the rest its role."""
    for place in range(len(parts) - 2, max(-1, len(parts) - 6), -1):
        mention = _read_phrase(parts[place])
        if mention and mention.kind in ("person", "pronoun"):
            role = mention.role or _as_role(", ".join(parts[place + 1 :]))
            return Mention(mention.kind, mention.name, mention.title, role)
    return _read_phrase(parts[-2]) if len(parts) > 1 else None


def _read_phrase(phrase: str) -> Mention | None:
    """Return whom one noun phrase names; None when it names nobody."""
    bracket = BRACKET.search(phrase)
    role = _as_role(bracket.group(1)) if bracket else None
    phrase = phrase[: bracket.start()] if bracket else phrase
    if pronoun := PRONOUN.search(phrase):
        return Mention("pronoun", pronoun.group(1).lower())
    phrase = CONJUNCTION.sub("", phrase)
    while match := LEADING.match(phrase):
        phrase = phrase[match.end() :]
    owner = POSSESSIVE.match(phrase)
    if owner and owner.group("thing").split()[-1] in words().works:
        mention = _read_phrase(owner.group("owner"))
        if mention and mention.kind == "person":
            return mention
    tokens = phrase.split()
    title, name, rest = split_person(tokens)
    if name and (title or len(name) > 1 or len(tokens) == 1 or _as_role(" ".join(rest))):
        return Mention("person", " ".join(name), title, role or _as_role(" ".join(rest)))
    return _read_thing(phrase)


def _read_thing(phrase: str) -> Mention | None:
    """Return the office, written work or body that a phrase without a name stands for."""
    tokens = phrase.split()
    if not tokens or len(tokens) > 12:
        return None
    head = PREPOSITION.split(phrase, maxsplit=1)[0].split()[-1].casefold().rstrip(",")
    name = phrase[0].lower() + phrase[1:] if DETERMINER.match(phrase) else phrase
    if head in words().offices and not (tokens[0][0].islower() and len(tokens) == 1 and not head.endswith("s")):
        return Mention("office", name)
    if head in words().works and (DETERMINER.match(phrase) or tokens[0][0].isupper()):
        bare = ARTICLE.sub("", phrase)
        return Mention("work", bare if bare[0].isupper() else name)
    if all(token[0].isupper() or token in ("of", "for", "the", "and") for token in tokens):
        bare = ARTICLE.sub("", phrase)
        return Mention("body", bare) if bare not in words().openers else None
    if DETERMINER.match(phrase) and len(tokens) <= 6:
        return Mention("other", name)
    return Mention("other", name) if len(tokens) == 1 and tokens[0][0].isupper() else None


def split_person(tokens: list[str]) -> tuple[str | None, list[str], list[str]]:
    """Split a noun phrase into (title, words of the name, words before them); the name ends the phrase or is empty."""
    known = words()
    end = len(tokens)
    while end and tokens[end - 1].strip(",") in known.letters:
        end -= 1
    start = end
    while start and end - start < 6:
        word = tokens[start - 1]
        if word in known.titles or word.rstrip(".") in known.titles:
            return word.rstrip("."), tokens[start:end], tokens[: start - 1] + tokens[end:]
        is_peerage = word == "of" and start >= 3 and tokens[start - 3] in known.titles
        if not (_is_name_word(word) or (start < end and (word in PARTICLES or is_peerage))):
            break
        start -= 1
    while start < end and tokens[start] in PARTICLES:
        start += 1
    if end - start > 3:
        start = end - 2
    return None, tokens[start:end], tokens[:start] + tokens[end:]


def _is_name_word(word: str) -> bool:
    """Say whether a word can be part of a person's name."""
    known = words()
    if not word[0].isupper() or word.casefold() in known.offices or word in known.bodies or word in known.openers:
        return False
    bare = word.replace("-", "").replace("’", "").replace("'", "").rstrip(".")
    return bare.isalpha() and (len(bare) == 1 or not bare.isupper()) and not word.endswith(("'s", "’s"))


def _as_role(phrase: str) -> str | None:
    """Return the office or party that a phrase states, without its article; None when it states none."""
    phrase = ARTICLE.sub("", LEADING.sub("", phrase.strip(" ,(")))
    tokens = [token.strip(",()").casefold() for token in phrase.split()]
    is_role = any(token in words().offices for token in tokens) or phrase in words().parties
    return phrase if is_role and len(tokens) <= 14 else None


@dataclass(slots=True)
class Named:
    """A full name at one place of the text."""

    start: int
    name: str
    title: str | None
    role: str | None


@dataclass(slots=True)
class Speakers:
    """The people of one text: its full names, and who has spoken so far."""

    text: str
    spoken: list[tuple[int, Mention]] = field(default_factory=list)
    _surnames: dict[str, list[Named]] | None = None
    _officers: dict[str, list[Named]] = field(default_factory=dict)

    def resolve(self, mention: Mention | None, at: int) -> Mention | None:
        """Return the speaker that `mention` at offset `at` stands for, and remember that he or she spoke; None in doubt."""
        found = mention
        if mention is None:
            return None
        if mention.kind == "pronoun":
            found = self._of_pronoun(mention.name, at)
        elif mention.kind == "person":
            found = self._of_name(mention, at)
        elif mention.kind == "office":
            found = self._of_office(mention, at)
        if found:
            self.spoken.append((at, found))
        return found

    def latest(self, at: int, reach: int) -> Mention | None:
        """Return who spoke last before `at`, not more than `reach` characters back."""
        place = bisect_right(self.spoken, at, key=lambda entry: entry[0]) - 1
        return self.spoken[place][1] if place >= 0 and at - self.spoken[place][0] <= reach else None

    def _of_pronoun(self, pronoun: str, at: int) -> Mention | None:
        """Return the nearest earlier speaker whom a pronoun can mean."""
        kinds = {"he": ("person", "office", "other"), "she": ("person", "office", "other"), "it": ("work", "body")}.get(
            pronoun, ()
        )
        for start, mention in reversed(self.spoken[-20:]):
            if at - start > PRONOUN_REACH:
                return None
            if mention.kind in kinds and self._gender(mention) in (pronoun, "any", "it"):
                return mention
        return None

    def _gender(self, mention: Mention) -> str:
        """Return the pronoun that a speaker's title allows, ``any`` when none is known."""
        if mention.kind != "person":
            return "any"
        titles = [mention.title, *(named.title for named in self._named(mention.name.split()[-1]))]
        return next(
            (gender for title in titles if title and (gender := words().titles.get(title, "any")) != "any"), "any"
        )

    def _of_name(self, mention: Mention, at: int) -> Mention | None:
        """Return the person with the full name that the text gives and the office stated with it."""
        surname = mention.name.split()[-1]
        named = [found for found in self._named(surname) if " " in found.name]
        full = mention.name
        if named and " " not in mention.name:
            earlier = [found for found in named if found.start <= at]
            full = (earlier[-1] if earlier else named[0]).name
        role = mention.role or next((found.role for found in named if found.name == full and found.role), None)
        if " " in full:
            return Mention("person", full, mention.title, role)
        return (
            Mention("person", f"{mention.title} {full}", mention.title, role) if mention.title else self._of_word(full)
        )

    def _of_word(self, word: str) -> Mention:
        """Return the speaker behind a single capitalised word that is no known surname ("Liberty said")."""
        return Mention("body", word)

    def _of_office(self, mention: Mention, at: int) -> Mention:
        """Return the last person named with this office before `at`, an earlier speaker in it, or the office itself."""
        if not mention.name.startswith("the "):
            return mention
        wanted = mention.name.casefold().split()[1:]
        self._named("")
        for named in reversed([found for found in self._officers.get(wanted[-1], ()) if found.start <= at][-20:]):
            tokens = (named.role or "").casefold().split()
            if set(wanted) <= set(tokens) and ("former" not in tokens or "former" in wanted):
                return Mention("person", named.name, named.title, named.role)
        for _, earlier in reversed(self.spoken[-10:]):
            if earlier.kind == "office" and wanted[-1] in earlier.name.casefold().split():
                return earlier
        return mention

    def _named(self, surname: str) -> list[Named]:
        """Return every place that gives a full or titled name with this surname; the text is read once."""
        if self._surnames is None:
            self._surnames = {}
            for match in RUN.finditer(self.text):
                self._note(match)
        return self._surnames.get(surname, [])

    def _note(self, match: re.Match[str]) -> None:
        """Keep the person named in one run of capitalised words."""
        assert self._surnames is not None  # noqa: S101
        title, name, rest = split_person(match.group().split())
        if not name or (len(name) < 2 and not title):
            return
        start = match.start()
        line = self.text[max(0, start - 60) : start].rpartition("\n")[2]
        before = SEPARATOR.split(re.split(r"[.!?“”\"]", line)[-1])[-1].strip()
        role = _as_role(" ".join([CONJUNCTION.sub("", before), *rest]).strip())
        if not role and (
            after := BRACKET_AFTER.match(self.text, match.end()) or APPOSITION_AFTER.match(self.text, match.end())
        ):
            role = _as_role(after.group(1))
        named = Named(start, " ".join(name), title, role)
        self._surnames.setdefault(name[-1], []).append(named)
        for token in {word.casefold().strip(",()") for word in (role or "").split()} & words().offices:
            self._officers.setdefault(token, []).append(named)
