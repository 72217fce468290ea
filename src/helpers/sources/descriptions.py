"""What a text says about itself: title, publisher, type and publication date; null where it does not say."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import islice
from pathlib import PurePosixPath

from helpers.lexicon import read_lexicon
from helpers.records import Document
from helpers.sources.pubdates import DATED_LABEL, has_day, published_day, read_day

__all__ = ["describe_text", "read_day", "safe_identifier"]

N_TOP_LINES = 40
N_BODY_LINES = 3  # sentences of the body after which no headline, byline or date of publication is looked for
MAX_LINE = 1_000
HEAD, TAIL = 10_000, 3_000  # characters of a text that are looked at
MARKUP = re.compile(r"(#{1,6})\s+")
SYMBOLS = re.compile(r"[^\w\"“‘'(£$]+")  # emoji and bullets
FURNITURE = re.compile(
    r"[←→«»‹›<>]|(?:skip to|view (?:this|in|online)|sign (?:in|up)|log in|home|menu|search|share|print|image|media|"
    r"applies to|commissioned|completed?|accept|reject|cookies|we use|we value|we and our|written questions|"
    r"you have (?:\d+|one|no)|subscribe|from|to|dear|present|"
    r"apologies|read|watch|full debate|department|volume \d)\b|"
    r"(?-i:[Bb]y [A-Z])|published|updated|last updated|---|(?:[^\s|]+\s){1,4}\|[^|]*\|",
    re.I,
)
LABELLED_TITLE = re.compile(r"(?:title|headline|subject|re)\s*:\s*[\"“]?(\S.{2,200}?)[\"”]?$", re.I)
GLUE = re.compile(r"(?<=[a-z0-9?!’”\"'\)])(?=[A-Z“\"][A-Za-z'’]*\s)")
CAMEL = re.compile(r"(?:\b(?:Mc|Mac|De|You|Linked|Tik|Face|Snap|Whats|i|e))$")
SITE = re.compile(r"\s+([|–—-])\s+([^|]{2,60})$")
NAME = r"[A-Z](?:[\w&'’-]|\.(?=\w))*(?:[ ](?:of|the|and|for|&|[A-Z0-9](?:[\w&'’-]|\.(?=\w))*)){0,7}"
COPYRIGHT = re.compile(
    r"(?:(?:©|\([cC]\))[ ]?(?:Copyright\b[ ]?)?|\bCopyright\b[ ]?(?:(?:©|\([cC]\))[ ]?)?)"
    rf"(?:\d{{4}}(?:[ ]?[-–][ ]?\d{{2,4}})?,?[ ]({NAME})|({NAME}),?[ ]\d{{4}}\b)"
)
PUBLISHED_BY = re.compile(rf"(?:^|[·|]\s*)(?:Published by|[Pp]ublisher:)[ ](?:the[ ])?({NAME})", re.M)
FROM_LINE = re.compile(rf"^From:?\s*\n?\s*({NAME})", re.M)
CHAMBERS = re.compile(r"^(?:(?:House of (?:Commons|Lords) )?Hansard|UK Parliament|(?:Commons|Lords) Chamber)$", re.M)
LICENCES = re.compile(r"\bOpen (?:Government|Parliament) Licence(?: v\d\.\d)?")


def safe_identifier(stem: str) -> str:
    """Return `stem` as a document_id: ASCII letters, digits, ``_``, ``-`` and ``.``, at most 120 characters."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", stem[:255]) if not unicodedata.combining(letter))
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", plain)[:120].strip(".") or "text"


def describe_text(text: str, name: str) -> Document:
    """Return what a text and its file name say about the document, and nothing that they do not say.

    Parameters
    ----------
    text : str
        The source text; only its first lines and its end are looked at.
    name : str
        The file name, whose stem becomes the document_id and may hold the publication date.

    Returns
    -------
    Document
        Title, publisher, licence and publication date are ``None``, and the type is ``other``, where there is no clear
        mark of them. Dates in the body are events and never the publication date.
    """
    lines = [line.strip() for line in text[:HEAD].splitlines() if line.strip()]
    end = [line.strip() for line in text[max(HEAD, len(text) - TAIL) :].splitlines()]
    last = [line for line in text[-TAIL:].splitlines()[-6:] if len(line) < 150]
    kind = _document_type("\n".join((*lines, *end)))
    top = _top(lines)
    title, site = _title(top)
    licence = LICENCES.search(text[-TAIL:])
    stem = PurePosixPath(name).stem
    return Document(
        document_id=safe_identifier(stem),
        title=title,
        publisher=_publisher(top, text[-TAIL:], kind) or site,
        document_type=kind,
        published_date=published_day(top, last, stem),
        licence=licence[0] if licence else None,
    )


def _top(lines: list[str]) -> list[str]:
    """Return the lines above and around the first sentences of the body."""
    top: list[str] = []
    n_sentences = 0
    for line in lines[:N_TOP_LINES]:
        n_sentences += _is_sentence(line) and len(line.split()) > 12
        if n_sentences > N_BODY_LINES:
            break
        top.append(line[:MAX_LINE])
    return top


def _is_sentence(line: str) -> bool:
    """Return whether a line ends as sentences do and headlines do not."""
    return line.endswith((".", ";", ",", ".”", '."'))


@cache
def _marks() -> dict[str, list[tuple[re.Pattern[str], tuple[str, ...], int, int]]]:
    """Return, for each type, its marks: pattern, words it cannot do without, times it must occur, and weight."""
    return {
        kind: [
            (re.compile(mark["mark"], re.M), tuple(mark["has"]), mark.get("least", 1), mark["weight"]) for mark in marks
        ]
        for kind, marks in read_lexicon("descriptions")["types"].items()
    }


def _document_type(sample: str) -> str:
    """Return the type with the most weight of marks, ``other`` when none has enough."""
    sample = sample.lower()
    best, heaviest = "other", read_lexicon("descriptions")["least_weight"] - 1
    for kind, marks in _marks().items():
        weight = 0
        for mark, words, least, heft in marks:
            if any(word in sample for word in words):
                weight += heft * (sum(1 for _ in islice(mark.finditer(sample), least)) == least)
        if weight > heaviest:
            best, heaviest = kind, weight
    return best


def _title(lines: list[str]) -> tuple[str | None, str | None]:
    """Return the title and, where it closes with one, the name of the site.

    The first heading, line with a date in front, or line of five words (or with a colon) before the body; a shorter one
    above the date or where there is no other, because names of sections and buttons stand above a headline too.
    """
    for line in lines:
        if labelled := LABELLED_TITLE.match(line):
            return labelled[1], None
    short: tuple[str | None, str | None] = (None, None)
    for line in lines:
        heading = MARKUP.match(line)
        dated = DATED_LABEL.match(line)
        if not heading and not dated and (FURNITURE.match(line) or has_day(line) or _is_menu(line)):
            if has_day(line) and short != (None, None):
                return short
            continue
        words = line[dated.end() :] if dated else line
        symbols = SYMBOLS.match(words)
        candidate, site = _without_site(_headline(words[symbols.end() :] if symbols else words))
        n_words = len(candidate.split())
        if dated and n_words > 2 and len(candidate) <= 250:
            return candidate.rstrip("."), site
        if not _is_sentence(candidate) and len(candidate) <= 200:
            if heading or n_words >= 5 or (n_words >= 3 and ": " in candidate):
                return candidate.rstrip(":# "), site
            if n_words >= 2 and (short == (None, None) or (short[0] and n_words > 2 >= len(short[0].split()))):
                short = candidate.rstrip(":"), site
        elif n_words > 12:  # the body has begun
            break
    return short if short[0] and len(short[0].split()) > 2 else (None, None)


def _is_menu(line: str) -> bool:
    """Return whether a line is a row of links, as "News Sport What's On Jobs" above a headline is."""
    words = line.split()
    n_links = sum(word[0].isupper() and word.lower() in _link_words() for word in words)
    return len(words) > 3 and (2 * n_links > len(words) or (n_links > 1 and all(word[0].isupper() for word in words)))


@cache
def _link_words() -> frozenset[str]:
    """Return the single words that are links of their own."""
    return frozenset(label for label in read_lexicon("furniture")["labels"] if " " not in label)


def _headline(line: str) -> str:
    """Return the headline of a line that the body was glued to ("… says ministerThe scheme …"), else the line."""
    if len(line) <= 150:
        return line
    for glue in GLUE.finditer(line, 20, 250):
        before = line[: glue.start()]
        if len(before.split()) >= 4 and not CAMEL.search(before):
            return before
    return line


def _without_site(title: str) -> tuple[str, str | None]:
    """Split "Title | Site" and "Title - BBC News"."""
    site = SITE.search(title[-70:])
    if site and (site[1] == "|" or site[2] in read_lexicon("descriptions")["publishers"]):
        return title[: len(title) - len(site[0])].rstrip(), site[2].strip()
    return title, None


def _publisher(lines: list[str], end: str, kind: str) -> str | None:
    """Return the publisher by a clear mark: "Published by", "From:", a copyright line, the name of the site."""
    top = "\n".join(lines)
    for mark, word, part in ((PUBLISHED_BY, "ublishe", top), (PUBLISHED_BY, "ublishe", end), (FROM_LINE, "From", top)):
        if word in part and (found := mark.search(part)):
            return found[1]
    for owner in _copyrights(f"{top}\n{end}"):
        name = re.split(r"\s(?:All|Registered|The)\b", owner)[0]
        if name not in read_lexicon("descriptions")["picture_agencies"] and not name.startswith(
            ("Crown", "Parliamentary")
        ):
            return name
    if "GOV.UK" in lines:
        return "GOV.UK"
    # A digest of a debate names the chamber too, but it is not Parliament's own record.
    return "UK Parliament" if CHAMBERS.search(top) and kind != "debate_summary" else None


def _copyrights(text: str) -> list[str]:
    """Return the owners in copyright lines with a year, the last one first."""
    if not any(sign in text for sign in ("©", "(c)", "(C)", "Copyright")):
        return []
    return [found[1] or found[2] for found in reversed(list(COPYRIGHT.finditer(text)))]
