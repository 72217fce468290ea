"""Signs of page furniture: what lines of their own look like that no article has, and the words of the lexicon."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from helpers.lexicon import read_lexicon
from helpers.seldom import Seldom

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DAY_STAMP = (
    rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {MONTH}(?: \d{{4}})?|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})"
)
CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]m)?"
STATUS = (
    r"(?:accepted|agreed|implemented|rejected|completed?|delivered|in progress|on track|off track|ongoing|outstanding|"
    r"not started|under (?:consideration|review|way)|underway|pending|closed|superseded|overdue|partially met|not met)"
)
SURE_SHAPES = (  # no article has a line like these
    r"(?:about |reading time:? )?\d{1,2}[ -]min(?:ute)?s? read",
    r"(?:page \d+(?: (?:of|/) \d+)?|col(?:umn|\.)? \d+|[-–] ?\d{1,4} ?[-–])",  # running heads of printed pages
    r".{2,70} page \d{1,4} (?:of|/) \d{1,4}|(?:chapter|part|section|annex|appendix) \w{1,4} ?[|·•] ?(?:page )?\d{1,4}",
    r"[-=_*~–—·•]{4,}",
    r"(?:agenda item|item no\.?)(?: no\.?)? \d{1,3}[a-z]?"  # the head of a report to a council
    r"|(?:wards?(?: affected)?|key decision|exempt|classification|contact officer|"
    r"report (?:author|of|by)|portfolio holder|lead officer|decision maker|forward plan(?: ref)?): [^.:]{1,60}",
    r"sign up (?:to|for) .{3,60}(?:newsletter|e-?mail|alert|update|briefing|bulletin)s?\b.{0,90}",
    r"statement uin \w{4,12}|statement made by|(?:find )?written (?:questions, answers and )?statements",
    r"get .{3,40} for (?:just|only) £.{1,40}",
    r"read (?:more|next|also): .{5,150}",
    r"(?:\d{1,2} )?.{4,60} is the (?:author|editor) of .{3,100}\([^()]{0,30}£\d[\d.]*\)\.?",
    r"(?:to|cc|bcc|reply-to): (?:undisclosed|all|.*@).*",
    r"[^:]{5,160}\b(?:credit|photograph|picture|photo|image)s?: [^.:]{3,60}",
    r"[★☆*]{3,5}",
    rf"{CLOCK}(?: (?:gmt|bst))?",
    r"(?:updated |posted |published )?(?:an?|\d{1,2}) (?:min(?:ute)?|hour|hr|day|week|month|year)s? ago",
    r"(?:asked|answered|edited|viewed|posted|updated|last active|modified) .{0,20}\d.{0,20}(?:ago|times|\d[:.]\d\d)",
    r"(?:show |view |see )?(?:all )?[\d,.]+k? (?:comment|share|vote|view|like|rating|repl|reaction)(?:s|y|ies)?",
    r"\d+ thoughts? on .{3,150}",
    r"(?:date|published|updated):? \d{4}-\d\d-\d\d",
    r"(?:â?©.*|copyright ©?.*|.{1,60} ©.{0,80})",
    r"(?:(?:#\w+\s*)+|@\w+|(?:https?://|www\.)\S+|\S+@\S+\.\w+)",
    r"(?:getty images|pa (?:media|wire)|alamy|(?:family|police|court) hand-?out|hand-?out)",
    r".{0,30}\bregistered (?:charity|company) (?:no|number).{0,40}",
    r"no (?:further |other |more )?(?:recommendations|documents|results|comments|files|attachments|responses|entries)"
    r" (?:(?:have|has) been \w+ )?(?:with|for|in|to|on) this .*",
    r"(?:[←«‹›].*|.* [→›»])",  # links back and on
    r"(?:status:? ?)?(?:fully |partially |partly |largely |not (?:yet |been )?|in part |awaiting )?"
    rf"{STATUS}(?: in (?:full|part|principle)| \d{{4}})?(?: [-–] (?:not )?{STATUS})?",
    rf"(?:status:? ?)?(?:fully |partially |partly )?{STATUS}(?: in (?:full|part|principle))?(?:,? ?[·|–(-] ?| )"
    rf"(?:(?:due|expected|by|in|on|since|end(?: of)?|from|the)[ :]+){{0,3}}(?:\d{{1,2}} )?"
    rf"(?:(?:{MONTH}|spring|summer|autumn|winter|q[1-4]),? )?20\d\d(?:[/-]\d\d)?\)?",
    r"(?:ai[- ])?generated (?:summary|by (?:ai|software))\b.{0,60}|.{0,30}\bmay contain (?:errors|mistakes)\.?",
    r"hansard,? (?:vol|hl|hc|col)\b.{2,40}|(?:vol|volume|col|column)\.? \d+(?:,? (?:col|cols|column|c)\.? ?\d+)?",
    r"(?:\w+ ){1,3}\(\d{1,4}\)",  # tabs with how much lies behind them
    r"\(?opens in (?:a )?new (?:tab|window)\)?",
    r"[^()]{3,60}+\((?:opens in (?:a )?new (?:tab|window)|pdf|[^()]{0,20}\d ?[km]b)\)",
    r"(?:an?|\d{1,2}) ?(?:m|min|h|hrs?|d|days?|w|wks?) ago|\d{1,2}[hdm]|\d{1,2}:\d\d / \d{1,2}:\d\d",
    r"(?:showing|displaying|viewing) (?:all )?\d+(?: ?(?:to|[-–]) ?\d+)?(?: of \d+)?(?: \w+){0,3}",
    r"(?:\d+ results?|\d+ ?[-–] ?\d+ of \d+|[\d,]+ of [\d,]+ signatures)",
    r"(?:page )?(?:last|first) (?:updated|modified|reviewed|checked|edited|published)(?: on| at)?:? .{0,12}\d.{2,40}",
    r"home (?:/|:|-) .{3,120}",
    r"get emails about (?:this|these) \w+",
    r"(?:was|is|did you find) (?:this|the|our) (?:\w+ ){0,4}(?:helpful|useful|interesting|clear)\?",
    r"(?:any |an? )?(?:errors?|mistakes?|typos?|corrections?)\?",
    r"(?:(?:document|case|file|report) ref(?:erence|\.)?|reference)(?: no\.?| number)?: ?[a-z\d]+[/-][\w/.-]+",
    r"(?:series|season|episode|ep\.?) \d{1,4},? ?[|·•] .{2,60}",
    rf"(?:issue|edition) \d{{1,4}},? ?[|·•] (?:\D{{2,60}}|(?:\w+day,? )?{DAY_STAMP})",
    r"[<>]{2} ?.{3,80}|.{3,80} [<>]{2}",
    r"is[bs]n:? [\dx –-]{8,20}\.?",
    r"[\d.,]+k? (?:people |others )?(?:viewing|watching|reading|listening)\b.{0,20}",
    r".{0,40}\bembargo(?:ed)?\b.{0,12}(?:until|\d).{0,40}",
    r"(?:.{4,40}[|·•] ?)?(?:estimated )?read(?:ing)? time:? \d.{0,40}",
    r"[\[(]\d{1,2}:\d\d(?::\d\d)?[\])]|\[[a-z][a-z ]{2,24}\]",  # the place in a recording, and what is heard there
    r".{0,40}\bsee all updates",
    r"(?:become|be) an? (?:\w+ )?(?:member|subscriber|supporter|patron) (?:for|from) .{0,4}£\d.{0,90}",
    r"enjoying (?:the |this )?.{3,40}\?|upgrade(?: now| to (?:paid|premium))?",
    r"(?:texts?|messages?|calls?) (?:cost|are charged|will be charged)\b.{3,60}",
    r"(?:call|text|e-?mail|message) (?:us|the (?:studio|show|programme|newsroom)) on \d[\d ]{3,14}\.?",
    r"\d{1,3}[ -]min(?:ute)?s?(?: (?:read|listen|watch))?",
    rf"(?:published:? )?(?:{CLOCK},? )?{DAY_STAMP},? (?:at )?{CLOCK}(?: (?:gmt|bst|utc))?",
    rf"(?:published:? )?{CLOCK},? {DAY_STAMP}",
    r".{4,40}[|·•] ?(?:last )?updated:? .{3,30}",
    r"\w[^>›»/|.]{1,30}(?: [>›»] [^>›».]{1,50}){1,5}",  # breadcrumbs
    r".{0,12}: column \w?\d+\w*|.{4,20} : column \w?\d+\w*",
    r"\.{0,3} ?\w[^.]{2,60} ?\.{4,} ?\d{1,3}",  # a line of a table of contents
)
LIKELY_SHAPES = (  # now and then a line of an article has one of these
    r"\d{1,4}(?: ?/ ?\d{1,3})?",
    r"[(\[]?(?:image|picture|photo|pic|credit|illustration|graphic|photograph|caption)s?: [^)\]]{2,60}[)\]]?",
    r".{0,80}\((?:(?:image|picture|photo|pic)s?: [^)]{2,60}|(?:file|stock) (?:photo|picture|image))\)",
    r".{2,40}/(?:getty|pa|reuters|rex|afp)(?: .{2,20})?",
    r"(?:reuters|pa media|getty images|afp|epa|(?:family |police )?hand-?out) [^.]{20,200}",  # credit, alternative text
    r"\d{1,2}:\d\d,? \d{1,2} \w{3,9} \d{4}",
    r"\d{1,2}:\d\d(?::\d\d)? \w.{2,50}",  # chapters of a recording
    r".{0,30}\bstatistician\b.{0,20}: .{3,60}",
    r"(?:\w+day,? )?\w{3,9} \d{1,2},? \d{4},? (?:at )?\d{1,2}[:.]\d\d(?: ?[ap]m)?",
    r".{3,50}\b(?:correspondent|reporter|editor|columnist)s?",  # a byline's second half
    r"(?:(?:\w+day,? )?\d{1,2} \w{3,9}(?: \d{4})?,? )?\d{1,2}[:.]\d\d(?: ?[ap]m)?(?: (?:gmt|bst|utc))?",
    r"(?:last )?(?:modified|updated|reviewed|checked) .{4,40}",
    r".{3,60} (?:is|comes|are) (?:published|sent|issued|out) (?:every|each|weekly|monthly|twice|\w+ times).{0,40}",
    r"by [a-z’'-]+(?: [a-z’'-]+){1,2}(?: @\w+)?(?:,? .{3,50})?",
)
SURE, LIKELY = (re.compile("|".join(shapes), re.S) for shapes in (SURE_SHAPES, LIKELY_SHAPES))
DATED = Seldom(  # "Published 12 February 2025 · …", without a time of day
    rf"published [^.|]*\d{{4}}\b[^.|]*commissioned by .*"
    rf"|(?!.*(?:\d[:.]\d\d|\||(?:(?:last|first|·) updated|\bmodified|reviewed|\bread) ))"
    rf"(?:[^.]{{0,60}}?\b\d{{1,2}}(?:st|nd|rd|th)? {MONTH} \d{{4}}\b.*|{MONTH} \d{{4}})",
    re.S,
)
BYLINE = re.compile(  # who wrote the article
    r"(?:(?:[Ww]ords |[Ww]ritten |[Pp]osted on .{4,30} )?[Bb][Yy]:? [A-Z][\w’'.-]+(?: \S+){1,9}"
    r"|(?:[A-Z][\w’'-]+ ){1,3}?\|? ?(?:[A-Z]?[\w-]+ ){0,3}(?:[Cc]orrespondent|[Rr]eporter|[Ee]ditor|[Cc]olumnist))"
    r"|[A-Z][\w’'-]+ [A-Z][\w’'-]+, (?:[\w-]+ ){0,4}(?:[Cc]orrespondent|[Rr]eporter|[Ee]ditor|[Cc]olumnist)"
    r"|[Pp]osted on .{4,30} by \S+"
)
LETTER = re.compile(
    r"dear .*|hello,?|hi (?:all|everyone|there),?|until next (?:week|month|time),?"
    r"|(?:all the best|take care|best),?|(?:regards|sincerely)\b.*"
    r"|(?:yours (?:sincerely|faithfully|truly)|(?:(?:with|every|very|all|my|many|kind|good|best|warm) )+"
    r"(?:thanks|wish|wishes|regards|love))\b.*"
)
SECTION = re.compile(
    r"(?:recommendation|issue|finding|annex|appendix|table|figure|chart|chapter|part|section|question|item|schedule|box|"
    r"action|measure|objective|priority|theme|standard|step|phase|stage|lesson|case study|episode)s?"
    r" (?:\d{1,3}|[a-z]|[ivx]{2,4})\b.*",
    re.S,
)
FIGURE = re.compile(r"\d ?%|\d,\d{3}|\bper cent|£\d|\d{2,4}\s\d|\b\d+ (?:people|referrals|cases|of)\b")
ADDRESS = Seldom(r"\S@\S+\.\w|www\.|https?:|(?:^|\s)@\w")
TELEPHONE = re.compile(r"\b(?:tel|telephone|phone|call)\b.*\d{3}|\b0\d{2,4} \d{3}")
DIGIT = re.compile(r"\d")
CREDIT = re.compile(
    r"[(\[]?(?:image|picture|photo|photograph|media)s?(?: (?:source|credit|caption))?[,:]"
    r"|(?:reuters|pa media|getty images|afp|epa)\b"
    r"|(?:\w+ )?hand-?out\b|view image in|image caption"
)
CAPITAL_CREDIT = re.compile(r"[A-Z][A-Z .'’&-]{2,40}/ ?[A-Z][A-Z .'’&/-]{1,40}")  # "ANN ROE/NORTHERN PRESS"
PAGE_NUMBER = re.compile(r"[-–]? ?(?:page )?(?:\d{1,3}|[ivx]{1,5})(?: (?:of|/) \d{1,3})? ?[-–]?")
MARKS = re.compile(r"[©←→›»▶►★☰✕×🔗|]")
SEPARATORS = re.compile(r" [|>›»·/•] ")
NUMBERED_ROW = re.compile(  # a table of contents on one line
    r"(?:1[.)] )?\w[^.!?\n]{2,60}?(?:(?:\s{2,}| [|·•] )\d{1,2}[.)]? \w[^.!?\n]{2,60}?){2,}"
)
WIDE_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
RANKED = re.compile(r"\d{1,2}[A-Z\"'“‘]")


MOST_PARTS, KNOWN_PARTS, LONGEST_PART = 9, 2, 7  # parts of a row, those known as furniture, words of one
LABEL_WORDS = 3  # words of a label that may stand in a row of them


class Signs(NamedTuple):
    """The furniture lexicon, made ready for look-up."""

    labels: frozenset[str]
    label_words: frozenset[str]
    block_openers: frozenset[str]
    function_words: frozenset[str]
    headings: frozenset[str]
    openings: dict[str, tuple[str, ...]]
    phrases: dict[str, list[str]]
    site_words: frozenset[str]
    reader_words: frozenset[str]


def count_separators(raw: str) -> int:
    """Return how many signs or wide gaps part the words of a line."""
    return len(SEPARATORS.findall(raw)) + count_gaps(raw)


def count_gaps(raw: str) -> int:
    """Return how many wide gaps part the words of a line."""
    return len(WIDE_GAP.findall(raw.strip())) if "  " in raw else 0


def is_reference_row(raw: str, signs: Signs) -> bool:
    """Tell whether a line says where a page stands, in parts between signs: "Lords · 52 minutes · Watch · vol. 8"."""
    if not 2 <= len(SEPARATORS.findall(raw)) <= MOST_PARTS:
        return False
    parts = [part.strip() for part in SEPARATORS.split(raw.lower())]
    known = sum(
        part in signs.labels
        or part.startswith(signs.openings.get(part.split(" ")[0], "\n"))
        or SURE.fullmatch(part) is not None
        for part in parts
    )
    return known >= KNOWN_PARTS and max(part.count(" ") for part in parts) < LONGEST_PART


def is_label_row(words: list[str], labels: frozenset[str]) -> bool:
    """Tell whether words are labels one after the other ("Subscribe Sign in")."""
    at = 0
    while at < len(words):
        size = next((size for size in (3, 2, 1) if " ".join(words[at : at + size]) in labels), 0)
        if not size:
            return False
        at += size
    return True


@cache
def read_signs() -> Signs:
    """Return the furniture lexicon; openings are kept by their first word."""
    lexicon = read_lexicon("furniture")
    openings: dict[str, tuple[str, ...]] = {}
    for words in lexicon["openings"]:
        openings[words.split()[0]] = (*openings.get(words.split()[0], ()), words)
    labels = frozenset(map(str, lexicon["labels"]))
    function_words = frozenset(map(str, lexicon["function_words"]))
    return Signs(
        labels,
        frozenset(word for label in labels if label.count(" ") < LABEL_WORDS for word in label.split())
        - function_words,
        frozenset(lexicon["block_openers"]),
        function_words,
        frozenset(lexicon["headings"]),
        openings,
        lexicon["phrases"],
        frozenset(word + mark for word in lexicon["site_words"] for mark in ("", ",", ".", "!", "?", ":")),
        frozenset(lexicon["reader_words"]),
    )
