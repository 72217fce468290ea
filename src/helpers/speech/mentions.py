"""Mentions: whom a noun phrase before or after a verb of speaking names, read from the phrase alone.

A phrase is a name with its title and office, an office, a written work, a body, or a pronoun; in doubt it names nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from helpers.seldom import Seldom
from helpers.speech.persons import (
    ARTICLE,
    LEADING,
    RELATIVE,
    VERB_LIKE,
    as_role,
    before_preposition,
    is_name_word,
    is_place_of_office,
    split_person,
    words,
)

SEPARATOR = re.compile(r",\s+|,$|;\s+|:\s+|\s+[-–—]\s+|\s+[-–—]$|—|\n")
AUXILIARY = re.compile(
    r"(?:^|\s+)(?:has|have|had|also|then|later|since|further|separately|however|today|yesterday|did|does|once|again|"
    r"previously|repeatedly|recently|publicly|subsequently|ultimately|finally|rightly|wrongly|explicitly|clearly|first|"
    r"still|never|always|often|simply|formally|there|last (?:week|month|year|night)|"
    r"used to|liked? to|likes to|(?:went|goes|came) on to)$"
)
PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|to|not|is being|as|(?:see|seen|saw|hear|heard|find) it)$", re.IGNORECASE
)
PRONOUN = re.compile(r"(?:^|\s)(he|she|they|it|I|we|you|who)(?:['’](?:d|ve|ll|m|re|s))?$", re.IGNORECASE)
WHO = re.compile(r",?\s+(?:and\s+)?who$")
APPOSED = re.compile(r"(?:an?|the|one|her|his|whose)\s[^,]{3,60}$")
DETERMINED = re.compile(r"(?<!\S)(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother|[Oo]ur|[Mm]y|[Hh]is|[Hh]er|[Tt]heir)\s")
CONJUNCTION = Seldom(r"\b(?:that|when|while|where|because|which|after|before|although|though|if|whether)\s+")
NAMED_NEXT = re.compile(r",\s+((?:[A-Z][\w’'-]+\s?){2,4}),?")
RELATIVE_END = re.compile(r"\w\s+(?:that|which|whose)$")
OWNED = re.compile(r"['’]s?\s+[a-z-]+$")
DETERMINER = re.compile(
    r"^(?:the|an?|one|another|its|his|her|their|our|some|several|many|two|three|\w+['’]s?)\s", re.IGNORECASE
)
POSSESSIVE = re.compile(r"^(?P<owner>.*?)['’]s\s+(?P<thing>[\w -]+)$", re.DOTALL)
BRACKET = re.compile(r"\s*\(([^()\n]{2,60})\)$")
ADVERBIAL = re.compile(r"(?:In|On|At|To|After|Before|Following|Speaking|Writing|During|For|From|With|As|Since)\b")
AMONG = re.compile(r"(?:Among|One of)\b[^.,;:\n]{3,60}?\s(?:is|was)\s+")
APPOSITION_AFTER = re.compile(r",\s+(?:\d\d,\s+)?([^,.;:“\"\n]{3,90})(?=[,.])")
SINGLE_NAME = re.compile(
    r"(?P<name>[A-Z][a-zß-ÿ’'-]+)(?: \([^()\n]{3,40}\))?, (?P<who>(?:an?|the|aged|\d\d)\b[^,.;:\n]{0,80}),"
)
SIGNED = re.compile(r"\s{0,3}[–—―-]{1,2}\s{0,2}(?P<who>[A-Z][^\n.:;“”\"]{1,80}?)\.?[ \t\r]*(?:\n|$)")
BULLETS = " \t\r\n-–—•*·▪◦"
GROUP = re.compile(  # "Rights group Liberty", "the charity Safe Start"
    r"(?:[Tt]he )?(?:[\w-]+ ){0,2}"
    r"(?:[Gg]roup|[Cc]harity|[Uu]nion|think tank|[Oo]rganisation|[Nn]etwork|[Cc]oalition|[Ww]ebsite)"
    r" (?P<name>[A-Z][\w’'&-]*(?: [A-Z][\w’'&-]*){0,4})"
)
LONGEST_NAME = 6  # words of a name with its title or rank
MAX_BEFORE = 400
TAIL = 60  # characters at the end of words in which what ends them is looked for


@dataclass(frozen=True, slots=True)
class Mention:
    """Who a noun phrase names: ``kind`` is person, office, work (a report), body, other or pronoun."""

    kind: str
    name: str
    title: str | None = None
    role: str | None = None


def read_subject(before: str) -> Mention | None:
    """Return whom the noun phrase at the end of `before` names (the words before a verb of speaking)."""
    before = before[-MAX_BEFORE:].rstrip()
    while match := AUXILIARY.search(before[-TAIL:]):
        before = before[: match.start() - min(TAIL, len(before))].rstrip()
    if PASSIVE.search(before[-TAIL:]):
        return None
    if before.endswith("who") and (who := WHO.search(before)):
        return _read_antecedent(before[: who.start()])
    bracket = BRACKET.search(before)
    if bracket and "," in bracket[1]:  # "Cllr Jane Doe (Lab, Calder South)"
        mention = read_subject(before[: bracket.start()])
        return replace(mention, role=mention.role or as_role(bracket[1].split(",")[0])) if mention else None
    parts = [part.strip(BULLETS) for part in SEPARATOR.split(before)]
    if parts and parts[-1] == "":
        return _read_apposed(parts[:-1])
    return _read_phrase(parts[-1]) if parts else None


def _read_antecedent(before: str) -> Mention | None:
    """Return whom the "who" behind `before` stands for: the noun phrase at its end, from its last article on."""
    parts = [part.strip(BULLETS) for part in SEPARATOR.split(before)]
    phrase = parts[-1] if parts else ""
    named = _read_phrase(phrase)
    if named and named.kind == "person":
        return named
    if len(parts) > 1 and APPOSED.match(phrase):  # "Jane Doe, a nurse who ..."
        owner = _read_phrase(parts[-2])
        if owner and owner.kind == "person":
            return replace(owner, role=owner.role or as_role(phrase))
    read = (_read_phrase(phrase[found.start() :]) for found in DETERMINED.finditer(phrase[-MAX_BEFORE:]))
    fitting = [mention for mention in read if mention and mention.kind in ("office", "other", "person")]
    sure = [mention for mention in fitting if mention.kind != "other"]
    return sure[-1] if sure else fitting[0] if fitting else None


def read_inverted(after: str) -> Mention | None:
    """Return whom the noun phrase at the start of `after` names ("said the minister, ...")."""
    phrase = re.split(
        r"[,.;:“”\"‘\n—]|\s[-–]\s|\s(?:who|in|on|during|after|as|while|when|told|and (?:he|she))\s",
        after[:200],
        maxsplit=1,
    )[0]
    short = before_preposition(phrase.strip())
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
    if (single := SINGLE_NAME.match(before)) and is_name_word(single["name"]):  # "Dwayne, a father of three, ..."
        return Mention("person", single["name"], None, as_role(single["who"], is_apposed=True))
    for count in range(_until_separator(tokens), 0, -1):
        phrase = " ".join(tokens[:count]).rstrip(",:;.")
        mention = _read_phrase(phrase) if phrase else None
        if mention and mention.kind == "office" and (named := NAMED_NEXT.match(before, len(phrase))):
            return _read_phrase(named.group(1).strip()) or mention
        is_body = mention is not None and mention.kind == "body" and count > 1 and not tokens[count - 1].endswith(":")
        if mention and (is_body or mention.kind in ("person", "office", "work")):
            return mention
    return None


def _until_separator(tokens: list[str]) -> int:
    """Return how many of the first words stand together, without a separator between them or a dash at their end."""
    for place, token in enumerate(tokens):
        if "—" in token or (place and token.rstrip(",:;.") in ("-", "–")):
            return place
        if token.endswith((",", ";", ":")):
            return place + 1
    return len(tokens)


def _leading_name(tokens: list[str]) -> Mention | None:
    """Return the person whose name the first words are, when a small word or a comma follows ("Jane Doe gave ...")."""
    count = 0
    while count < min(len(tokens), 6) and (tokens[count] in words().titles or is_name_word(tokens[count].rstrip(","))):
        count += 1
        if tokens[count - 1].endswith(","):
            break
    is_ended = tokens[count - 1].endswith(",") if count else False
    is_ended = is_ended or (0 < count < len(tokens) and tokens[count].islower())
    title, name, _ = split_person([token.rstrip(",") for token in tokens[:count]]) if is_ended else (None, [], [])
    return Mention("person", " ".join(name), title) if len(name) > 1 or (title and name) else None


def _read_apposed(parts: list[str]) -> Mention | None:
    """Read "Name, the office, of somewhere," from its parts: the nearest name on the left, the rest its role."""
    last = _read_phrase(parts[-1]) if parts and len(parts[-1].split()) <= LONGEST_NAME else None
    is_named = last is not None and last.kind == "person" and (" " in last.name or last.title is not None)
    if last and is_named and len(parts) > 1 and not RELATIVE.match(parts[-1]):
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
    if pronoun := PRONOUN.search(phrase[-TAIL:]):
        return Mention("pronoun", pronoun.group(1).lower())
    if RELATIVE_END.search(phrase[-TAIL:]):
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
    if not title and len(tokens) == 1 and tokens[0].casefold() in words().works:
        return _read_thing(phrase)
    head = before_preposition(phrase)
    first = split_person(head.split() if len(head) < len(phrase) else [])
    if not title and not first[0] and len(first[1]) > 1:  # "Superintendent Jane Doe of Calder Police North"
        title, name, rest = first
    own_role = as_role(" ".join(rest)) if name else None
    if name and (title or len(name) > 1 or len(tokens) == 1 or own_role):
        return Mention("person", " ".join(name), title, own_role or role)
    title, name, rest = first
    if title and name:
        return Mention("person", " ".join(name), title, as_role(" ".join(rest)) or role)
    return _read_thing(phrase)


def last_clause(phrase: str) -> str:
    """Return what follows the last conjunction of a phrase."""
    if not CONJUNCTION.search(phrase):
        return phrase
    return phrase[max(match.end() for match in CONJUNCTION.finditer(phrase)) :]


def _read_thing(phrase: str) -> Mention | None:
    """Return the office, written work or body that a phrase without a name stands for."""
    tokens = phrase.split()
    if not tokens or len(tokens) > 12:
        return None
    if group := GROUP.fullmatch(phrase):
        return Mention("body", group["name"])
    head = before_preposition(phrase).split()[-1].casefold().rstrip(",")
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
