"""Mentions: whom a noun phrase before or after a verb of speaking names, read from the phrase alone.

A phrase is a name with its title and office, an office, a written work, a body, or a pronoun; in doubt it names nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from helpers.lexicon import read_lexicon

SEPARATOR = re.compile(r",\s+|,$|;\s+|:\s+|\s+[-–—]\s+|\s+[-–—]$|—|\n")
AUXILIARY = re.compile(
    r"(?:^|\s+)(?:has|have|had|also|then|later|since|further|separately|however|today|yesterday|did|does|once|again|"
    r"previously|repeatedly|recently|publicly|subsequently|ultimately|finally|rightly|wrongly|explicitly|clearly|first|"
    r"still|never|always|often|simply|formally|last (?:week|month|year|night)|"
    r"used to|liked? to|likes to|(?:went|goes|came) on to)$"
)
PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|to|not|is being|as)$", re.IGNORECASE)
PRONOUN = re.compile(r"(?:^|\s)(he|she|they|it|I|we|you|who)(?:['’](?:d|ve|ll|m|re|s))?$", re.IGNORECASE)
LEADING = re.compile(
    r"^(?:\d+(?:\.\d+)*[.)]?|and|but|or|while|when|as|after|before|that|which|where|because|since|whom|yet|so|then|earlier|later|meanwhile|today|"
    r"yesterday|however)\s+",
    re.IGNORECASE,
)
CONJUNCTION = re.compile(r"\b(?:that|when|while|where|because|which|after|before|although|though|if|whether)\s+")
NAMED_NEXT = re.compile(r",\s+((?:[A-Z][\w’'-]+\s?){2,4}),?")
RELATIVE_END = re.compile(r"\w\s+(?:that|which|whose)$")
OWNED = re.compile(r"['’]s?\s+[a-z-]+$")
APPOSED = re.compile(r"(?:an?|the)\s+(?!day|week|month|year|first|second|same|one|time)[a-z]")
ARTICLE = re.compile(r"^(?:the|an?|your|my|our|his|her|their|its)\s+", re.IGNORECASE)
RELATIVE = re.compile(r"^(?:who|whose|which|with|by|in|on|at|to)\b", re.IGNORECASE)
DETERMINER = re.compile(
    r"^(?:the|an?|one|another|its|his|her|their|our|some|several|many|two|three|\w+['’]s?)\s", re.IGNORECASE
)
PREPOSITION = re.compile(r"\s+(?:of|for|at|in|from|on|with|to|into|by)\s+")
POSSESSIVE = re.compile(r"^(?P<owner>.*?)['’]s\s+(?P<thing>[\w -]+)$", re.DOTALL)
BRACKET = re.compile(r"\s*\(([^()\n]{2,60})\)$")
VERB_LIKE = re.compile(
    r"\s(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|[a-z]+ed|who|which)\b"
)
ADVERBIAL = re.compile(r"(?:In|On|At|To|After|Before|Following|Speaking|Writing|During|For|From|With|As|Since)\b")
AMONG = re.compile(r"(?:Among|One of)\b[^.,;:\n]{3,60}?\s(?:is|was)\s+")
APPOSITION_AFTER = re.compile(r",\s+(?:\d\d,\s+)?([^,.;:“\"\n]{3,90})(?=[,.])")
SIGNED = re.compile(r"\s{0,3}[–—―-]{1,2}\s{0,2}(?P<who>[A-Z][^\n.:;“”\"]{1,80}?)\.?[ \t\r]*(?:\n|$)")
PARTICLES = {"de", "van", "von", "bin", "ibn", "al", "el", "der"}
BULLETS = " \t\r\n-–—•*·▪◦"
MAX_BEFORE = 400


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
    parts = [part.strip(BULLETS) for part in SEPARATOR.split(before)]
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
    if mention and mention.kind == "office" and (named := NAMED_NEXT.match(after, len(phrase))):
        person = _read_phrase(named.group(1))
        return (
            Mention("person", person.name, person.title, as_role(phrase))
            if person and person.kind == "person"
            else mention
        )
    if mention and mention.kind == "person" and not mention.role:
        apposed = APPOSITION_AFTER.match(after, len(phrase))
        return Mention(
            "person", mention.name, mention.title, as_role(apposed.group(1), is_apposed=True) if apposed else None
        )
    return mention


def read_leading(before: str) -> Mention | None:
    """Return whom the first words of a sentence name: the longest phrase there that names a person, office or work."""
    before = before.lstrip(BULLETS)
    while match := LEADING.match(before):
        before = before[match.end() :]
    if among := AMONG.match(before):  # "Among them was Jane Doe, who ..."
        before = before[among.end() :]
    verb = VERB_LIKE.search(before[:MAX_BEFORE])
    tokens = before[: verb.start() if verb else MAX_BEFORE].split()[:12]
    if not tokens or ADVERBIAL.match(before):
        return None
    if leading := _leading_name(tokens):
        return leading
    for count in range(len(tokens), 0, -1):
        phrase = " ".join(tokens[:count]).rstrip(",:;.")
        mention = _read_phrase(phrase) if phrase and not SEPARATOR.search(phrase) else None
        if mention and mention.kind == "office" and (named := NAMED_NEXT.match(before, len(phrase))):
            return _read_phrase(named.group(1).strip()) or mention
        if mention and mention.kind in ("person", "office", "work"):
            return mention
    return None


def _leading_name(tokens: list[str]) -> Mention | None:
    """Return the person whose name the first words are, when a small word or a comma follows ("Jane Doe gave ...")."""
    count = 0
    while count < min(len(tokens), 6) and (tokens[count] in words().titles or _is_name_word(tokens[count].rstrip(","))):
        count += 1
        if tokens[count - 1].endswith(","):
            break
    is_ended = tokens[count - 1].endswith(",") if count else False
    is_ended = is_ended or (0 < count < len(tokens) and tokens[count].islower())
    title, name, _ = split_person([token.rstrip(",") for token in tokens[:count]]) if is_ended else (None, [], [])
    return Mention("person", " ".join(name), title) if len(name) > 1 or (title and name) else None


def _read_apposed(parts: list[str]) -> Mention | None:
    """Read "Name, the office, of somewhere," from its parts: the nearest name on the left, the rest its role."""
    last = _read_phrase(parts[-1]) if parts and len(parts[-1].split()) <= 4 else None
    if last and last.kind == "person" and len(parts) > 1 and not RELATIVE.match(parts[-1]):
        office = _read_phrase(parts[-2])
        if not office or office.kind != "person":
            return Mention("person", last.name, last.title, last.role or as_role(parts[-2]))
    for place in range(len(parts) - 2, max(-1, len(parts) - 6), -1):
        mention = _read_phrase(parts[place])
        if mention and mention.kind in ("person", "pronoun") and not ADVERBIAL.match(parts[place]):
            role = mention.role or as_role(", ".join(parts[place + 1 :]))
            return Mention(mention.kind, mention.name, mention.title, role)
    return _read_phrase(parts[-2]) if len(parts) > 1 else None


def _read_phrase(phrase: str) -> Mention | None:
    """Return whom one noun phrase names; None when it names nobody."""
    bracket = BRACKET.search(phrase)
    role = as_role(bracket.group(1)) if bracket else None
    phrase = phrase[: bracket.start()] if bracket else phrase
    if pronoun := PRONOUN.search(phrase):
        return Mention("pronoun", pronoun.group(1).lower())
    if RELATIVE_END.search(phrase):
        return None
    phrase = last_clause(phrase)
    while match := LEADING.match(phrase):
        phrase = phrase[match.end() :]
    owner = POSSESSIVE.match(phrase)
    if owner and owner.group("thing").split()[-1] in words().works:
        mention = _read_phrase(owner.group("owner"))
        if mention and mention.kind == "person":
            return mention
    tokens = phrase.split()
    title, name, rest = split_person(tokens)
    if not title and is_place_of_office(rest):
        return _read_thing(phrase)
    if name and (title or len(name) > 1 or len(tokens) == 1 or as_role(" ".join(rest))):
        return Mention("person", " ".join(name), title, as_role(" ".join(rest)) or role)
    head, *behind = PREPOSITION.split(phrase, maxsplit=1)
    title, name, rest = split_person(head.split() if behind else [])
    if len(name) > 1 or (title and name):  # "Superintendent Jane Doe of Calder Police"
        return Mention("person", " ".join(name), title, as_role(" ".join(rest)) or role)
    return _read_thing(phrase)


def last_clause(phrase: str) -> str:
    """Return what follows the last conjunction of a phrase."""
    ends = [match.end() for match in CONJUNCTION.finditer(phrase)]
    return phrase[ends[-1] :] if ends else phrase


def _read_thing(phrase: str) -> Mention | None:
    """Return the office, written work or body that a phrase without a name stands for."""
    tokens = phrase.split()
    if not tokens or len(tokens) > 12:
        return None
    head = PREPOSITION.split(phrase, maxsplit=1)[0].split()[-1].casefold().rstrip(",")
    name = phrase[0].lower() + phrase[1:] if DETERMINER.match(phrase) else phrase
    if head in words().offices and not (tokens[0][:1].islower() and len(tokens) == 1 and not head.endswith("s")):
        return Mention("office", name)
    if head in words().works and (DETERMINER.match(phrase) or tokens[0][:1].isupper()):
        bare = ARTICLE.sub("", phrase)
        return Mention("work", bare if bare[:1].isupper() else name)
    if all(token[:1].isupper() or token in ("of", "for", "the", "and") for token in tokens):
        bare = ARTICLE.sub("", phrase)
        return Mention("body", bare) if bare not in words().openers else None
    if len(tokens) <= 6 and (DETERMINER.match(phrase) or OWNED.search(phrase)):
        return Mention("other", name)
    return Mention("other", name) if len(tokens) == 1 and tokens[0][:1].isupper() else None


def read_signed(after: str) -> Mention | None:
    """Return who signs the quotation before `after` on its own line ("... – Jane Doe, Calder")."""
    signed = SIGNED.match(after)
    if not signed:
        return None
    first, *others = (part.strip() for part in signed["who"].split(",", 1))
    title, name, rest = split_person(first.split())
    role = as_role(" ".join(rest)) or as_role(others[0] if others else "")
    return Mention("person", " ".join(name), title, role) if name else _read_phrase(first)


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


def is_place_of_office(before: list[str]) -> bool:
    """Say whether the words before a name make it part of an office ("a manager in Leeds", "the Member for Calder")."""
    return (
        bool(before) and PREPOSITION.fullmatch(f" {before[-1]} ") is not None and as_role(" ".join(before)) is not None
    )


def _is_name_word(word: str) -> bool:
    """Say whether a word can be part of a person's name."""
    known = words()
    if not word[:1].isupper() or word.casefold() in known.offices or word in known.bodies or word in known.openers:
        return False
    if any(not part[:1].isupper() for part in word.split("-") if part not in PARTICLES):
        return False
    bare = word.replace("-", "").replace("’", "").replace("'", "").rstrip(".")
    return bare.isalpha() and (len(bare) == 1 or not bare.isupper()) and not word.endswith(("'s", "’s"))


def as_role(phrase: str, is_apposed: bool = False) -> str | None:
    """Return the office or party that a phrase states, without its article; None when it states none.

    Right behind a name (`is_apposed`) any phrase with an article states one ("Dr Doe, a criminologist at ...").
    """
    is_apposed = is_apposed and APPOSED.match(phrase) is not None
    phrase = ARTICLE.sub("", LEADING.sub("", phrase.strip(" ,(")))
    tokens = [token.strip(",()").casefold() for token in phrase.split()]
    is_office = any(token in words().offices for token in tokens) and not RELATIVE.match(phrase)
    is_role = is_office or is_apposed or phrase in words().parties
    return phrase if is_role and len(tokens) <= 14 else None
