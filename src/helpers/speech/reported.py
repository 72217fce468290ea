"""Reported speech: the clause after "said that" and the like, or before ", the minister said", with its speaker.

Persons, offices and bodies speak; what a review found, what a document states, what a meeting took note of, and what a
digest makes of somebody's turn is told by the text itself and is no speech.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from helpers.records import Sentence
from helpers.speech.mentions import Mention, read_inverted
from helpers.speech.quotemarks import Span
from helpers.speech.speakers import Speakers
from helpers.speech.tellings import Telling

Clause = tuple[Span, Mention | None]

HEARER = re.compile(
    r"\s+(?:me|us|him|her|them|you|(?:(?:the|a|an|his|her|their|its|our|this|that)\s+)?[\w’'-]+"
    r"(?:\s+(?:of|and|on|for|in)\s+(?:the\s+)?(?!\d|an?\b|his\b|her\b)[\w’'-]+|\s+[A-Z][\w’'-]*|\s+[a-z]+(?=\s+that\b)){0,5})(?=[\s,:.]|$)"
)
ADVERBIAL = r"(?:in|on|at|to|during|via|after|before|of|with|from|last|this|by)\s+[^,.;:“”\"\n]{2,60}?|yesterday|today"
ASIDE = r"\s+(?:who|whose|which|an?|the|\d\d)\b[^,;.:“”\"\n]{2,80},"  # "the boy, who cannot be named, that ..."
QUESTION = re.compile(
    r"\s+(?:what|how|why|whether|where|when|who|which)\b"
)  # "were told what came of it": no words of theirs
FILLER = re.compile(
    rf",?\s+(?:{ADVERBIAL})(?=,?\s+that\b)|,{ASIDE}(?=\s+that\b)|\s+(?:on\s+\w+day|yesterday|today|last\s+\w+)(?=\s)"
)
THAT = re.compile(r",?\s+that,?\s+")
CLAUSE = re.compile(
    r"(?!\s*(?:[.,:;!?()–—-]|(?:in|on|at|to|by|about|of|for|after|during|with|from|as|when|what|how|so|nothing|no more|"
    r"sorry|last|earlier|and|but|who|that|[a-z]+ing\s+(?:an?|the|more|at|for|to|in|of))\b))"
)
SUBJECT_FIRST = re.compile(
    r"\s*[“\"‘']?(?:(?:he|she|it|they|we|I|you|there|the|this|these|its|his|her|their|our|no|some)\b|[A-Z])"
)
FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did|needs?|"
    r"\w{3,}ed|\w+n['’]t|went|came|made|took|gave|led|left|got|became|fell|rose|saw|knew|felt|lost|kept|met|ran|let|"
    r"put|cost|cut|set|won|paid|sent|held|brought|thought|meant)\b|['’](?:s|re|ve|ll)\b"
)
BARE = {"report": CLAUSE, "tell": CLAUSE, "admit": SUBJECT_FIRST}  # what a clause without "that" begins with, by verbs
CUT = re.compile(r"[,;]?\s+(?:and|but|while|yet)\s+$|[,;]\s*$")
SUBJECT = re.compile(r"(?:^|[,;]\s+(?:and|but|while)\s+|\s(?:and|but|while)\s+|[,;]\s+)(?=[^,;]*$)")
PART = re.compile(r"[^,]*(?:,\s+|,?$)")
MAX_APPOSED = 8  # words of a name or office between commas
TAG_END = re.compile(
    r"(?:\s+(?:yesterday|today|last \w+|(?:on|in|at|to|during|after|outside|following)\s[^,.;:“”\"\n]{2,60}))?"
    r"\s*(?:[.,!?\n]|$)"
)
FEWEST = 4  # words of a clause before a tag that need no verb known to be one
ACCORDING = re.compile(r"\b[Aa]ccording to ([^,.;:“”\"\n]{2,100})")
OWN = re.compile(r"[,;]\s+(?:and|but|so|though)\s+(?:I|we)\b")  # "..., and I agree": the writer's own words again
OWN_VERB = re.compile(r"\s+(?:has|have|had|is|are|was|were|will|must)\b")
PRONOUN_FIRST = re.compile(r"\s*(?:it|he|she|they|there)\s+[“\"‘']?\w")
SOME = re.compile(r"(?:some|many|most|several|few|others?|people|everyone|everybody|nobody|no one)\b")
MEETINGS = {"members", "committee", "board", "panel", "mps", "peers", "meeting", "house", "chamber", "session"}
QUESTIONED = re.compile(  # "Will the Minister admit that ...?"
    r"(?:[^?]{0,160}[:.,;]\s+)?(?:Will|Would|Can|Could|Does|Do|Did|Should|May|Is|will|would|can|could|does|did)\s+"
    r"(?:[\w’'.-]+\s+){1,7}$"
)
AS_TOLD = re.compile(r"\b[Nn]ot\b.*,\s*as\s+[^,;]{2,60}$")  # "it is not a third, as one newspaper claimed"
NEWS = re.compile(r"[”’\"']\s+(?=(?:after|following|amid|as|when)\s)")  # "has said it 'fails' after a review found ..."
ANNOUNCED = re.compile(r"[^“”\"‘:.\n]{0,60}:\s*[“\"‘']")  # "told the Today programme: “..."
MIN_CLAUSE, MAX_CLAUSE = 8, 2000  # characters of reported speech
MAX_HEARER, MAX_TAIL = 80, 120  # characters behind ", the chair told ..." and ", said the chair ..."


def find_reported(
    text: str, sentences: list[Sentence], tellings: list[Telling], spans: list[Span], speakers: Speakers
) -> list[Clause]:
    """Return the reported clauses with their speakers, in order.

    Parameters
    ----------
    text : str
        The source text.
    sentences : list of Sentence
        All of its sentences in order.
    tellings : list of Telling
        The verbs of speaking in order.
    spans : list of (int, int)
        The quoted spans in order; a clause inside one of them is none.
    speakers : Speakers
        Resolves whom "according to" names.
    """
    clauses = _find_told(text, tellings, spans) + _find_according(text, sentences, speakers)
    return sorted(clauses, key=lambda clause: clause[0])


def _find_told(text: str, tellings: list[Telling], spans: list[Span]) -> list[Clause]:
    """Return the clauses after (or before) the verbs with their speakers."""
    found: list[Clause] = []
    covered = 0
    for place, telling in enumerate(tellings):
        if telling.start < covered or not _reports(telling):
            continue
        following = tellings[place + 1] if place + 1 < len(tellings) else None
        span = _clause_after(text, telling, following) or _clause_before(text, telling, covered)
        if span and not _is_within(span, spans) and not _is_aside(text, span, spans):
            found.append((span, telling.speaker))
            covered = max(covered, span[1])
    return found


def _reports(telling: Telling) -> bool:
    """Say whether a verb and its subject make reported speech: a person, an office or a body says something."""
    if telling.group in ("quote", "finding") or telling.is_headline or telling.is_digest:
        return False
    if telling.speaker is None:
        return True
    name = telling.speaker.name.casefold()
    is_meeting = telling.group == "that" and name.split()[-1] in MEETINGS
    return telling.speaker.kind != "work" and not is_meeting and not SOME.match(name)


def _is_aside(text: str, span: Span, spans: list[Span]) -> bool:
    """Say whether a clause is a quotation inside of the writer's own sentence ("who wrote that '...' was jailed")."""
    place = bisect_right(spans, span[0], key=lambda other: other[0]) - 1
    return place >= 0 and spans[place][0] == span[0] and OWN_VERB.match(text, spans[place][1], span[1]) is not None


def _is_within(span: Span, spans: list[Span]) -> bool:
    """Say whether a span lies in one of `spans` (ascending, apart)."""
    place = bisect_right(spans, span[0], key=lambda other: other[0]) - 1
    return place >= 0 and span[1] <= spans[place][1]


def _clause_after(text: str, telling: Telling, following: Telling | None) -> Span | None:
    """Return the clause that a verb introduces, to the end of its sentence or the next "and he said"."""
    at, limit = telling.end, min(telling.limit, telling.end + MAX_CLAUSE)
    if telling.is_inverted or _is_question(text, telling):
        return None
    if telling.group == "tell" and not THAT.match(text, at, limit):
        hearer = HEARER.match(text, at, limit)
        at = hearer.end() if hearer else at
    if filler := FILLER.match(text, at, limit):
        at = filler.end()
    if telling.group == "tell" and QUESTION.match(text, at, limit):
        return None
    that = THAT.match(text, at, limit)
    if that:
        at = that.end()
    elif telling.group not in BARE or not BARE[telling.group].match(text, at, limit):
        return None
    if ANNOUNCED.match(text, at, limit):
        return None
    near = following.start if following else limit
    if following and following.start < limit and (cut := _cut(text, at, _subject_start(text, following))):
        limit = cut.start()
    limit = _own_words(text, at, limit, near)
    clause = text[at:limit]
    start, end = at + len(clause) - len(clause.lstrip()), at + len(clause.rstrip(" \t\r\n.,;"))
    has_verb = that or PRONOUN_FIRST.match(text, at, limit) or FINITE.search(text, start, min(end, start + 160))
    if end - start < MIN_CLAUSE or " " not in text[start:end] or not has_verb:
        return None
    return start, end


def _is_question(text: str, telling: Telling) -> bool:
    """Say whether a verb is only asked after ("Will the Minister admit that the budget was cut?")."""
    is_asked = text[telling.opens : telling.limit].rstrip(' \n”"’').endswith("?")
    return is_asked and QUESTIONED.match(text[telling.opens : telling.start]) is not None


def _own_words(text: str, at: int, limit: int, near: int) -> int:
    """Return where the writer's own words begin again in a clause, `limit` if nowhere before `near`."""
    own = OWN.search(text, at, min(limit, near))
    news = NEWS.search(text, at, min(limit, near))
    limit = own.start() if own else limit
    return min(limit, news.start() + 1) if news and FINITE.search(text, at, news.start()) else limit


def _cut(text: str, at: int, end: int) -> re.Match[str] | None:
    """Return the comma or conjunction right before `end`, if there is one behind `at`."""
    return CUT.search(text, max(at, end - 12), end)


def _subject_start(text: str, telling: Telling) -> int:
    """Return where the subject of a verb begins: its last words after a comma or conjunction, appositions included."""
    words = text[telling.left : telling.start]
    if words.rstrip().endswith(","):  # "the commissioner, Jane Doe, said"
        parts = PART.findall(words)
        kept = len(parts)
        while kept > 1 and len(parts[kept - 1].split()) <= MAX_APPOSED and not FINITE.search(parts[kept - 1]):
            kept -= 1
        if 1 <= kept < len(parts) - 1:
            return telling.left + sum(map(len, parts[:kept]))
    match = SUBJECT.search(words)
    return telling.left + match.end() if match else telling.start


def _clause_before(text: str, telling: Telling, covered: int) -> Span | None:
    """Return the clause of "..., the minister has said." or "..., says the minister."."""
    start = telling.left
    if telling.claimed:  # a quotation within the clause belongs to it, one that is all of it does not
        start = telling.opens
        if not any(map(str.isalpha, text[start : telling.claimed[0]])):
            return None
    start = max(start, covered)
    subject = telling.start if telling.is_inverted else _subject_start(text, telling)
    if subject - start > MAX_CLAUSE or AS_TOLD.search(text[start : telling.start]):
        return None
    before = text[start:subject].rstrip()
    tail = text[telling.end : telling.limit]
    is_told = telling.group == "tell" and len(tail) < MAX_HEARER and not THAT.match(tail)
    is_last = len(tail) < MAX_TAIL if telling.is_inverted else is_told or TAG_END.match(tail)
    if (
        not before.endswith(",")
        or not is_last
        or len(before) < MIN_CLAUSE
        or not (FINITE.search(before) or (len(before.split()) >= FEWEST and not (telling.is_inverted or is_told)))
    ):
        return None
    return start + len(before) - len(before.lstrip()), start + len(before.rstrip(", "))


def _find_according(text: str, sentences: list[Sentence], speakers: Speakers) -> list[Clause]:
    """Return the statements that "according to" gives to somebody."""
    found: list[Clause] = []
    if "ccording to " not in text:
        return found
    for sentence in sentences:
        match = ACCORDING.search(text, sentence.span_start, sentence.span_end)
        if sentence.role in ("furniture", "headline") or not match:
            continue
        mention = read_inverted(match.group(1))
        speaker = speakers.resolve(mention, match.start()) if mention else None
        is_first = len(text[sentence.span_start : match.start()].strip(" ,")) < 12
        start, end = (match.end(), sentence.span_end) if is_first else (sentence.span_start, match.start())
        clause = text[start:end]
        start += len(clause) - len(clause.lstrip(" ,"))
        end = start + len(text[start:end].rstrip(" ,.\n"))
        if speaker and speaker.kind != "work" and end - start > MIN_CLAUSE:
            found.append(((start, end), speaker))
    return found
