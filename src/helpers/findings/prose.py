"""Prose: what plain sentences say that a review recommends, and what faults they say it found."""

from __future__ import annotations

import re

from helpers.findings.drafts import Draft, addressee_in, patterns
from helpers.findings.enumerations import Paragraph, Span
from helpers.numbers.numerals import NUMBER_WORDS, parse_number
from helpers.records import Sentence
from helpers.seldom import Seldom

RECOMMEND = re.compile(
    r"\b(?P<verb>recommend(?:s|ed)?|recommending)\b(?!\s+(?:by|in|reading|as\b))"
    r"(?P<that>,?\s+(?:[\w\s,]{0,40}?,\s+)?that\b,?)?\s+"
)
URGING = Seldom(
    r"\b(?:review|report|inquiry|reviewers?|panel|committee|commissioner|coroner|audit|auditors?|inspection|inspectors?|"
    r"inspectorate|watchdog|investigation|evaluation|taskforce|commission|ombudsman|regulator)\b"
    r"(?:,[^,.;:]{2,60},)?(?:\s+(?:also|then|further|has|have|had))*\s+"
    r"(?:(?P<on>urge[sd]?|call(?:s|ed) (?:up)?on|wants)|call(?:s|ed) for)\s+"
)
TO_ACT = re.compile(r"(?P<who>[^,.;:]{3,120}?)\s+to\s+[a-z]+\s")
CALLING_ON = re.compile(r",?\s+and\s+(?:(?P<on>urge[sd]?|call(?:s|ed) (?:up)?on|wants)|call(?:s|ed) for)\s+")
NOT_RECOMMENDING = re.compile(
    r"(?:\b(?:as|was|were|been|are|not|never|would|highly|the|of)|\b(?<!t )is)\s*(?:also |further |therefore )*$"
)
STRUNG = re.compile(  # "The review's four recommendations were to keep a log, train panels and tell schools"
    rf"\b(?P<count>\d|{NUMBER_WORDS})\s(?:[a-z]+\s)?recommendations\s(?:were|are)(?P<lead>\sto\s(?!blame|be|have)|\sthat\s|:\s(?:to\s)?)"
)
COMMA, LAST_AND = (
    re.compile(r",?\s+and\s+(?:to|that)\s+|,\s+(?:and\s+)?(?:(?:to|that)\s+)?"),
    re.compile(r"\sand\s(?:to\s)?(?=\S+\s\S+\s\S)"),
)
IMPERSONAL = re.compile(r"\b[Ii]t (?:is|was|has been) (?:also |further |therefore |strongly )*$")
FINDS = Seldom(r"found|finds|identif|conclud|highlight|expos|reveal")
PRESENTED = re.compile(
    r"\b[Ii]n (?:an?|his|her|their) (?:\w+ )?(?:statement|report|update) (?:to|in) (?:the )?"
    r"(?:House|Commons|Lords|Parliament|Assembly|Senedd|MPs|peers|members)\b[^.;:“”\"\n]{0,120}?\bsaid(?: that)?\s+"
)
REVIEWED = re.compile(
    r"\b(?:review|inquiry|inspection|inquest|report)\b[^.\n]{0,80}?\b(?:f(?:ound|inds)|conclude[sd]|published|says|said)\b"
)
AND_THAT = re.compile(r",?\s+and\s+that\s+")
CARRIED_ON = re.compile(
    r"\s*(?:he|she|it|they|the [\w ]{2,40}|(?:m[rs]+ )?[\w’'-]+(?: [\w’'-]+)?) (?:also )?"
    r"(?:added|said|continued|went on)[:,]?\s+(?=[“\"])",
    re.IGNORECASE,
)
ORDINAL = re.compile(
    r"(?P<rank>First|Second|Third|Fourth|Fifth|Sixth|Next|Finally|Last)(?:ly)?,?(?: and [\w ]{3,25},)?\s+"
    r"(?:(?:it|they|we|I|the \w+) (?:found|finds?|saw|says?|said) )?(?:that )?(?=\w)"
)
LAST = 99  # may follow any item
ORDINALS = {"firs": 1, "seco": 2, "thir": 3, "four": 4, "fift": 5, "sixt": 6, "next": LAST, "fina": LAST, "last": LAST}
KNOWN = re.compile(
    r"\b(?:review|report|inquiry|panel|inspect\w+|audit\w*|investigation|failings?|issues|recommend\w+|concerns)\b",
    re.I,
)
ADVICE = re.compile(r"\b(?:should|must|ought to|recommend)\b")
MAX_APART = 6  # sentences from one item to the next
ARTICLE = re.compile(r"(?:the|all|its)\s+")
SENTENCE = re.compile(r"[^.!?]{12,}[.!?]?")
OPEN_QUOTE, CLOSE_QUOTE = "“\"‘'", "”\"’'"
REVIEW_REACH = 2000  # characters from the statement that presents a review back to the review
MIN_WORDING = 12  # characters of a finding
MIN_STRUNG = 8  # characters of one of several strung together
MAX_CARRIED = 6  # paragraphs in which a quotation of faults may go on


def read_prose(text: str, paragraphs: list[Paragraph], drafts: list[Draft]) -> list[Draft]:
    """Return what plain sentences say that a review recommends and, where no full list does, what faults it found."""
    found = _ordinals(text, paragraphs)
    has_list = any(draft.kind == "issue" and draft.number is not None for draft in drafts)
    for place, paragraph in enumerate(paragraphs):
        if paragraph.role in ("furniture", "headline"):
            continue
        for sentence in paragraph.sentences:
            start, end = sentence.span_start, sentence.span_end
            if text[start:end].rstrip().endswith(":"):
                continue
            if told := _strung(text, sentence) or _recommended(text, sentence, paragraph) or _urged(text, sentence):
                found += told
            elif not has_list and (begin := _faults_begin(text, start, end)):
                found += _faults(text, begin, sentence, paragraphs[place + 1 : place + 1 + MAX_CARRIED])
    return found


def _ordinals(text: str, paragraphs: list[Paragraph]) -> list[Draft]:
    """Return the items of "First, ... Second, ... Finally, ..." in a text on what a review found or recommends."""
    told = [one for paragraph in paragraphs if paragraph.role != "furniture" for one in paragraph.sentences]
    runs: list[list[tuple[int, int]]] = []  # place of the sentence, start of the item
    for place, sentence in enumerate(told):
        found = ORDINAL.match(text, sentence.span_start, sentence.span_end)
        rank = ORDINALS[found["rank"].lower()[:4]] if found else 0
        if found and rank == 1 and any(KNOWN.search(one.text) for one in told[max(0, place - 3) : place + 1]):
            runs.append([(place, found.end())])
        elif found and runs and place - runs[-1][-1][0] <= MAX_APART and rank in (len(runs[-1]) + 1, LAST):
            runs[-1].append((place, found.end()))
    return [
        draft for run in runs if len(run) > 1 for draft in _ordinal_items(text, [(told[at], at0) for at, at0 in run])
    ]


def _ordinal_items(text: str, run: list[tuple[Sentence, int]]) -> list[Draft]:
    """Return the items of one run: advice, or faults if most of them are."""
    spans = [(start, one.span_start + len(text[one.span_start : one.span_end].rstrip(" .\n"))) for one, start in run]
    are_faults = 2 * sum(patterns().faults.search(text, *span) is not None for span in spans) >= len(spans)
    drafts = []
    for number, ((sentence, _), (start, end)) in enumerate(zip(run, spans, strict=True), 1):
        if ADVICE.search(text, start, end):
            addressee = addressee_in(text, start, end)
            drafts.append(Draft(start, end, "recommendation", number, addressee, sentence.sentence_id))
        elif are_faults:
            drafts.append(Draft(start, end, "issue", number, None, sentence.sentence_id))
    return drafts


def _faults_begin(text: str, start: int, end: int) -> int | None:
    """Return where a sentence begins to tell what a review found, be it in a statement that presents the review."""
    is_speech = text[start] in OPEN_QUOTE
    if not is_speech and FINDS.search_in(text, start, end) and (match := patterns().found.search(text, start, end)):
        return None if patterns().counted.match(text, match.end(), end) else match.end()
    presented = PRESENTED.search(text, start, end)
    return presented.end() if presented and REVIEWED.search(text, max(0, start - REVIEW_REACH), start) else None


def _recommended(text: str, sentence: Sentence, paragraph: Paragraph) -> list[Draft]:
    """Return the recommendations in one sentence of prose, from behind the verb to its end, parted at "and that"."""
    is_named = "ecommend" in sentence.text
    match = RECOMMEND.search(text, sentence.span_start, sentence.span_end) if is_named else None
    if not match:
        return []
    before = text[max(sentence.span_start, match.start() - 60) : match.start()]
    is_impersonal = IMPERSONAL.search(before)
    if (NOT_RECOMMENDING.search(before) or not before.strip()) and not is_impersonal:
        return []
    if is_impersonal and not match["that"]:
        return []
    end = sentence.span_start + len(text[sentence.span_start : sentence.span_end].rstrip(' .\n”"'))
    spans = _parts(text, match.end(), end) if match["that"] else [(match.end(), end)]
    return [
        Draft(
            begin,
            stop,
            "recommendation",
            paragraph.number if len(spans) == 1 else None,
            addressee_in(text, begin, stop, is_subjunctive=True),
            sentence.sentence_id,
        )
        for begin, stop in spans
        if stop - begin >= MIN_WORDING
    ]


def _strung(text: str, sentence: Sentence) -> list[Draft]:
    """Return the recommendations that one sentence counts and strings together; none unless there are as many."""
    match = STRUNG.search(text, sentence.span_start, sentence.span_end) if "recommendations" in sentence.text else None
    count = parse_number(match["count"]) if match else None
    if match is None or count is None:
        return []
    end = sentence.span_start + len(text[sentence.span_start : sentence.span_end].rstrip(' .\n”"'))
    cuts = [cut.span() for cut in COMMA.finditer(text, match.end(), end)]
    last = list(LAST_AND.finditer(text, cuts[-1][1] if cuts else match.end(), end))
    if len(cuts) + 2 == count.value and last:
        cuts.append(last[-1].span())
    bounds = [match.end(), *(place for cut in cuts for place in cut), end]
    spans = list(zip(bounds[::2], bounds[1::2], strict=True))
    if len(spans) != count.value or len(spans) < 2 or any(stop - start < MIN_STRUNG for start, stop in spans):
        return []
    return [
        Draft(start, stop, "recommendation", number, addressee_in(text, start, stop), sentence.sentence_id)
        for number, (start, stop) in enumerate(spans, 1)
    ]


def _urged(text: str, sentence: Sentence) -> list[Draft]:
    """Return what a review "urges the Home Office to do", "calls on" somebody to do or "calls for"."""
    verb = URGING.search_in(text, sentence.span_start, sentence.span_end)
    end = sentence.span_start + len(text[sentence.span_start : sentence.span_end].rstrip(' .\n”"'))
    drafts = []
    while verb:
        following = CALLING_ON.search(text, verb.end(), end)
        stop = following.start() if following else end
        asked = TO_ACT.match(text, verb.end(), stop)
        if stop - verb.end() >= MIN_WORDING and (asked or not verb["on"]):
            who = ARTICLE.sub("", asked["who"]) if asked and verb["on"] else None
            drafts.append(Draft(verb.end(), stop, "recommendation", None, who, sentence.sentence_id))
        verb = following
    return drafts


def _parts(text: str, start: int, end: int) -> list[Span]:
    """Return what "that ... and that ..." is made of."""
    cuts = [cut.span() for cut in AND_THAT.finditer(text, start, end)]
    bounds = [start, *(place for cut in cuts for place in cut), end]
    return list(zip(bounds[::2], bounds[1::2], strict=True))


def _faults(text: str, start: int, sentence: Sentence, below: list[Paragraph]) -> list[Draft]:
    """Return the faults that a review found; those that are told of may go on in what the speaker added."""
    end = sentence.span_start + len(text[sentence.span_start : sentence.span_end].rstrip(" .\n"))
    is_quoted = text[start : start + 1] in set(OPEN_QUOTE) and text[end - 1 : end] in set(CLOSE_QUOTE)
    if is_quoted:
        start, end = start + 1, end - 1
    spans = _parts(text, start, end)
    if not all(patterns().faults.search(text, *span) for span in spans):
        spans = [(start, end)]
    spans = [span for span in spans if span[1] - span[0] > MIN_WORDING and patterns().faults.search(text, *span)]
    is_told = PRESENTED.search(text, sentence.span_start, start) is not None
    if spans and (is_quoted or is_told):
        spans += _carried_on(text, below)
    return [Draft(begin, stop, "issue", None, None, sentence.sentence_id) for begin, stop in spans]


def _carried_on(text: str, below: list[Paragraph]) -> list[Span]:
    """Return the sentences on faults in "She added: ...", and in the paragraphs that open its quotation anew."""
    first = CARRIED_ON.match(text, below[0].start, below[0].end) if below else None
    found: list[Span] = []
    for order, paragraph in enumerate(below if first else ()):
        start = first.end() if first and not order else paragraph.start
        if text[start : start + 1] not in set(OPEN_QUOTE):
            break
        words = text[start + 1 : paragraph.end].rstrip(CLOSE_QUOTE)
        for match in SENTENCE.finditer(words):
            if patterns().faults.search(match.group()):
                begin = start + 1 + match.end() - len(match.group().lstrip())
                found.append((begin, start + 1 + match.end()))
        if text[paragraph.start : paragraph.end].rstrip()[-1:] in set(CLOSE_QUOTE):
            break
    return found
