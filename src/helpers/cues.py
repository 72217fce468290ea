"""What the words around a number say: measures, categories, places and modifiers, found from the lexicon."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from helpers.lexicon import read_lexicon
from helpers.numerals import NUMBER_WORDS


class Cue(NamedTuple):
    """Words that name a measure or a category: half-open offsets in the sentence and what they name."""

    start: int
    end: int
    role: str  # "verb" or "noun" for a measure, "category", "base" or "band" for a breakdown
    measure: str | None
    dimension: str | None
    category: str | None


class Lexicon(NamedTuple):
    """The compiled lexicon."""

    measures: re.Pattern[str]
    measure_of: dict[str, tuple[str, str]]
    categories: re.Pattern[str]
    category_of: dict[str, tuple[str, str, bool]]
    contexts: dict[str, re.Pattern[str]]
    bands: re.Pattern[str]
    places: re.Pattern[str]
    place_of: dict[str, str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    modifier_of: dict[str, str]


_LOWER = str.maketrans({chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})


def _lower(text: str) -> str:
    """Return text with the letters A to Z lower-cased, every character in its place."""
    return text.lower() if text.isascii() else text.translate(_LOWER)


def _lowered(pattern: str) -> str:
    """Return a pattern for lower-cased text: literal capitals lowered, classes such as \\W kept."""
    return re.sub(r"(?<!\\)(?<!\(\?)[A-Z]", lambda match: match.group().lower(), pattern)


def _union(patterns: list[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


@cache
def compiled_lexicon() -> Lexicon:
    """Return every list of the lexicon as compiled patterns, built once."""
    measure_parts, measure_of = [], {}
    for role in ("lead", "verb", "noun"):
        for place, entry in enumerate(read_lexicon("measures")):
            if entry.get(role):
                measure_of[f"{role}{place}"] = (role, entry["measure"])
                ahead = rf"(?= (?:[a-z]+ ){{0,3}}?(?:\d|{NUMBER_WORDS}))" if role == "lead" else ""
                measure_parts.append(f"(?P<{role}{place}>(?:{_union(entry[role])}){ahead})")
    category_parts, category_of, contexts, bands = [], {}, {}, []
    for entry in read_lexicon("categories"):
        dimension = entry["dimension"]
        if entry.get("context"):
            contexts[dimension] = re.compile(entry["context"], re.IGNORECASE)
        if entry.get("band"):
            bands.append(entry["band"])
        for category, names in entry["categories"].items():
            for kind in ("always", "beside"):
                if names.get(kind):
                    key = f"c{len(category_of)}"
                    category_of[key] = (dimension, category, kind == "beside")
                    category_parts.append(f"(?P<{key}>{_union(names[kind])})")
    places, place_of = _place_patterns(read_lexicon("places"))
    modifiers = read_lexicon("modifiers")
    before, modifier_of = _modifier_patterns(modifiers["before"])
    after, after_of = _modifier_patterns(modifiers["after"])
    between = "|".join(sorted(map(re.escape, modifiers["between"]), key=len, reverse=True))
    return Lexicon(
        measures=re.compile(_lowered(rf"\b(?:{'|'.join(measure_parts)})(?!\w)")),
        measure_of=measure_of,
        categories=re.compile(_lowered("|".join(category_parts))),
        category_of=category_of,
        contexts=contexts,
        bands=re.compile(_lowered(_union(bands))),
        places=places,
        place_of=place_of,
        before=re.compile(rf"(?<![\w-])({before})(?: (?:{between}))*[ -]?$", re.IGNORECASE),
        after=re.compile(rf"(?:-|[ ])?({after})(?![\w])", re.IGNORECASE),
        modifier_of={**{f"before:{word}": name for word, name in modifier_of.items()},
                     **{f"after:{word}": name for word, name in after_of.items()}},
    )  # fmt: skip


def _modifier_patterns(lists: dict[str, list[str]]) -> tuple[str, dict[str, str]]:
    """Return one pattern of all wordings, longest first, and the modifier of each."""
    modifier_of = {word: name for name, words in lists.items() for word in words}
    longest = sorted(modifier_of, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in longest), modifier_of


_NO_PLACE = (
    r"(?!(?:January|February|March|April|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|"
    r"Saturday|Sunday|Prevent|Channel|Parliament|Commons|Whitehall|Westminster|Britain|Europe|Year|Key|Section|Table|Figure|Annex|Chapter|"
    r"Islamist|Home|Counter|Great|Downing|Number|English|Welsh|British|Education|School|Schools|Police|Government|Court|Crown|Hansard|Covid|"
    r"Syria|Iraq|Northern|House|Lords|Cabinet|Facebook|Telegram|Discord|Muslim|Christian|Sunday|January|Financial|Quarter|Recommendation|"
    r"Part|Appendix|Paragraph|Mixed|Right|Extreme|Referrals|Those|These|This|That|Their|Other|Some|Most|Many|Such|Each)\b)"
)


def _place_patterns(lists: dict[str, Any]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return one case-sensitive pattern of all place names, and the geography of each."""
    place_of = {name: nation for nation, names in lists["nations"].items() for name in names}
    place_of |= {name: name for names in lists["local"] for name in names}
    longest = sorted(place_of, key=len, reverse=True)
    council = r"(?:Borough|City|County|District|Royal Borough) of (?P<borough>(?-i:[A-Z][a-z]+)(?: (?-i:[A-Z][a-z]+))?)|(?P<council>[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})(?<!County)(?<!City)(?<!Borough)(?= (?:(?:County|City|Borough|District|Metropolitan) )*Council\b)"
    subject = r"(?P<subject>(?!(?:The|It|This|That|They|He|She|We|England|Police|Prevent|Channel|Education|Schools|Britain|Home|Figures|Forces|Officers|Teachers|Councils|Data|Statistics|Islamist|Referrals)\b)[A-Z][a-z]{3,}(?: [A-Z][a-z]+)?)(?= (?:recorded|logged|registered|notched up)\b)|(?<=\b[Tt]he )(?P<panel>[A-Z][a-z]{3,}(?<!Channel)(?<!Prevent))(?= (?:Channel )?panel\b)|(?P<borough_name>[A-Z][a-z]+ (?:Borough|County|City|District))(?! Council)"
    area = r"(?P<area>[Tt]he (?:[Bb]orough|[Cc]ounty|[Cc]ity|[Dd]istrict|[Tt]own|[Vv]illage)(?! (?:of|[Cc]ouncil)))"
    unknown = (
        r"(?:(?<=\bin )|(?<=\bacross )|(?<=\baround ))(?P<unknown>" + _NO_PLACE + r"[A-Z][a-z]{3,}(?:[ -][A-Z][a-z]+)?)"
    )
    return re.compile(
        rf"\b(?:(?P<named>{'|'.join(map(re.escape, longest))})|{council}|{subject}|{area}|{unknown})\b"
    ), place_of


def find_measures(sentence: str) -> list[Cue]:
    """Return the words of a sentence that name a measure, in order."""
    lexicon = compiled_lexicon()
    found = []
    for match in lexicon.measures.finditer(_lower(sentence)):
        role, measure = lexicon.measure_of[str(match.lastgroup)]
        found.append(Cue(match.start(), match.end(), role, measure, None, None))
    return found


@cache
def measure_of_noun(noun: str) -> str | None:
    """Return the measure that a counted noun names by itself ("sessions"), None when it names none."""
    lexicon = compiled_lexicon()
    match = lexicon.measures.fullmatch(_lower(noun))
    return lexicon.measure_of[str(match.lastgroup)][1] if match else None


def find_categories(sentence: str, about: str | None = None) -> list[Cue]:
    """Return the words of a sentence that name a category of an official breakdown, a base or another age band, in order.

    `about` is the dimension that the sentences before were about: its bare names ("the police") count here too.
    """
    lexicon = compiled_lexicon()
    found = []
    sentence = _lower(sentence)
    for match in lexicon.categories.finditer(sentence):
        dimension, category, beside = lexicon.category_of[str(match.lastgroup)]
        if beside and dimension != about and not lexicon.contexts[dimension].search(sentence):
            continue
        role = "base" if dimension == "base" else "category"
        found.append(Cue(match.start(), match.end(), role, None, dimension, category))
    taken = [(cue.start, cue.end) for cue in found]
    for match in lexicon.bands.finditer(sentence):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            found.append(Cue(match.start(), match.end(), "band", None, "age", None))
    return sorted(found)


def find_places(sentence: str) -> list[tuple[int, int, str]]:
    """Return named places as (start, end, geography), in order."""
    lexicon = compiled_lexicon()
    return [
        (match.start(), match.end(), next(filter(None, match.groups()[1:]), None) or lexicon.place_of[match["named"]])
        for match in lexicon.places.finditer(sentence)
    ]


def modifier_around(before: str, after: str, is_round: bool) -> tuple[str, int]:
    """Return the modifier of a number from the words before and after it, and how many characters before it takes.

    "Some" counts as `about` only before a round number; "barely" and "just" are `only`.
    """
    lexicon = compiled_lexicon()
    follows = lexicon.after.match(after)
    if follows:
        return lexicon.modifier_of[f"after:{follows[1].lower()}"], 0
    found = lexicon.before.search(before[-48:])
    if not found:
        return "exact", 0
    word = found[1].lower()
    name = lexicon.modifier_of[f"before:{word}"]
    if word == "some" and not is_round:
        name = "exact"
    return name, len(found[0])
