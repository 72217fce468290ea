"""Tables flattened to lines: a row of label and numbers takes measure, breakdown and years from caption and header."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from helpers.lexicon import read_lexicon
from helpers.numbers.breakdowns import TOTAL
from helpers.numbers.calendars import Period
from helpers.numbers.clauses import Clause, Ground, Mention
from helpers.numbers.cues import Cue, find_categories
from helpers.numbers.denominators import stages_named
from helpers.numbers.periods import DateSpan
from helpers.seldom import Seldom
from helpers.statistics.year_ends import end_years, without_head, year_end
from helpers.vocabulary import OFFICIAL_MEASURES

MOST_LABEL, MOST_HEADER = 70, 160  # characters of the label of a row, of a caption or header
MOST_BESIDE = 18  # characters of a label beside the name of a category: "Islamist radicalisation", but no clause
YEARS = ("financial_year", "reporting", "year", "span")
_MISSING = r"(?:\[[a-z]{1,3}\]|[-–—*:.]{1,2}|n/?a\b|nil\b)"  # a cell without a number
_CELL = rf"(?:\(?[+−-]?£?\d[\d,.]*(?: ?%| ?per ?cent)?\)?|{_MISSING})"
_CELLS = re.compile(rf"{_CELL}(?:[ |;,/]+{_CELL})*[ |.)]*", re.IGNORECASE)
_CELL_OF = re.compile(_CELL, re.IGNORECASE)
_IS_SHARE = re.compile(r"%|per ?cent", re.IGNORECASE)
_ENDS_MISSING = re.compile(rf"(?:\s+{_MISSING})+[ (|]*$", re.IGNORECASE)  # the first cells of a row
_NO_LABEL = re.compile(r"[.;!?%£]")
_OPEN_BAND = re.compile(r"\d (?:and|or) (?:over|under|above|below)$", re.IGNORECASE)
_OF_SHARES = re.compile(  # the year after it is that of a column of shares
    r"(?:\bshares?|\bproportions?|\bpercentages?|\bper ?cent|%)"
    r"(?: (?:of|in|for|the|all|total|referrals|cases))*[ ,:(]*$",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\W*(?:(?:financial )?year(?: ending| to)?\b.*|(?:19|20)\d\d(?: ?[/–-] ?(?:\d\d)?\d\d)?|\d\d/\d\d)\W*",
    re.IGNORECASE,
)
_LABEL_OF_PROSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|rose|fell|made|saw|said|will|can|did|do|took|came|went|up|down|by|from|about|than|"
    r"only|just|nearly|almost|around|page|section|note|chapter|costs?|price|call|phone|tel)\b|"
    r"\b(?:to|in|of|over|under|some|for|with|at|a|an|the|and|or|per)\s*$",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"\W*(?:table|figure|chart|annex)\W{0,2}(?:no\.? ?)?[A-Z]?\d*\b", re.IGNORECASE)
_NATIONAL = re.compile(r"\bEngland (?:and|&) Wales\b", re.IGNORECASE)
_TOTAL = re.compile(r"\W*(?:all\b|(?:grand |over)?(?:total|all)s?\b|england (?:and|&) wales\W*$)", re.IGNORECASE)
_UNKNOWN = re.compile(r"\W*(?:unknown|not known|not specified|not recorded|unspecified|missing|other)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """What caption and header of a flattened table say about its rows, and the last line without a number."""

    dimension: str | None = None
    measure: str | None = None
    columns: tuple[str, ...] = ()  # measures of the columns, in order
    regions: tuple[tuple[str, str | None], ...] = ()  # that the columns are about, in order, the whole among them
    years: tuple[Period, ...] = ()  # of the columns of counts, in order
    shared: tuple[Period, ...] = ()  # of those of shares as well, when they are others
    part: tuple[str, str | None] | None = None  # the one category that the caption is about
    label: str = ""
    has_rows: bool = False
    ends: int | None = None  # the month in which its years end, when its head says


@cache
def _dimensions() -> list[tuple[str, Seldom]]:
    """Return what captions and headers call each breakdown."""
    lists = read_lexicon("categories")
    return [(entry["dimension"], Seldom(entry["called"], re.IGNORECASE)) for entry in lists if entry.get("called")]


def row_label(clause: Clause) -> str | None:
    """Return the label of a row of a table, None of words that are more than a label and cells."""
    start = clause.mentions[0].start if clause.mentions else len(clause.words)
    if not _CELLS.fullmatch(clause.words, start):
        return None
    label = clause.words[:start].rstrip("( ")
    label = label[: _label_end(label)].rstrip(" |:\t–-")
    ends_sentence = clause.words.rstrip().endswith(".") and " " in label and ":" not in clause.words
    if ends_sentence or len(label) > MOST_LABEL:
        return None
    is_prose = _LABEL_OF_PROSE.search(label) and not _OPEN_BAND.search(label)
    return None if is_prose or _NO_LABEL.search(label) else label


def _label_end(words: str) -> int:
    """Return where a label ends and the empty cells before its first number begin."""
    missing = _ENDS_MISSING.search(words)
    return missing.start() if missing else len(words)


def read_header(table: Table | None, words: str, dates: list[DateSpan]) -> Table | None:
    """Return the table that a line without numbers opens, or goes on to describe; None after a line of prose."""
    is_caption = bool(_CAPTION.match(words))
    if len(words) > MOST_HEADER or (words.rstrip().endswith((".", "?", "!", "”")) and not is_caption):
        return None
    before = table if table is not None and not is_caption and not table.has_rows else Table()
    dimension = next((name for name, pattern in _dimensions() if pattern.search(words)), before.dimension)
    stages = stages_named(words)
    ends = year_end(words, dates) or before.ends
    dates = end_years(without_head(words, dates), ends)
    dates = [span for span in dates if span.form in YEARS]
    years, shared = _years(_without_shares(words, dates)), _years(dates)
    furthest = next((measure for measure in reversed(OFFICIAL_MEASURES) if measure in stages), before.measure)
    opens = is_caption or before == Table()
    parts = [cue for cue in find_categories(words) if cue.role == "category"] if opens else []
    return Table(
        dimension=dimension,
        measure=furthest if is_caption or len(stages) == 1 else before.measure,
        columns=tuple(stages) if len(stages) > 1 and not is_caption else before.columns,
        regions=_regions(words) or before.regions,
        years=before.years if opens and len(years) < 2 else years or before.years,
        shared=before.shared if opens and len(shared) < 2 else shared or before.shared,
        part=(str(parts[0].dimension), parts[0].category) if len(parts) == 1 else before.part,
        label=words,
        ends=ends,
    )


def _without_shares(words: str, dates: list[DateSpan]) -> list[DateSpan]:
    """Return the years of a header without those of its columns of shares, all of them when no other is left."""
    counts = [span for span in dates if not _OF_SHARES.search(words[max(0, span.start - 40) : span.start])]
    return counts or dates


def _years(dates: list[DateSpan]) -> tuple[Period, ...]:
    return tuple((span.first, span.last) for span in dates if span.first and span.last)


def _regions(words: str) -> tuple[tuple[str, str | None], ...]:
    """Return the regions that a header names for its columns, beside England and Wales as their whole."""
    whole = _NATIONAL.search(words)
    if whole is None:
        return ()
    cues = [cue for cue in find_categories(words) if cue.dimension == "region" and cue.role == "category"]
    named = [(cue.start, ("region", cue.category)) for cue in cues if not whole.start() <= cue.start < whole.end()]
    return tuple(part for _, part in sorted([*named, (whole.start(), TOTAL)])) if named else ()


def read_row(clause: Clause, table: Table | None, dates: list[DateSpan]) -> list[Period | None] | None:
    """Write measure and category of the numbers of a row, in place, and return the years of their columns.

    Parameters
    ----------
    clause : Clause
        The row, read as any other words before.
    table : Table, optional
        What the lines before it say about its columns.
    dates : list of DateSpan
        The date phrases of the row; a label of nothing else names the whole of that time.

    Returns
    -------
    list of (date, date), or None
        One entry a number, None where the column names no year; None in all when these words are no row that can be
        told.
    """
    printed = row_label(clause)
    if printed is None:
        return None
    table = table or Table()
    label = printed.strip() or table.label
    is_dated = bool(dates) and not _without(label, dates).strip(" :|,;–-")
    named = (table.part or TOTAL) if is_dated else _named(label, table, clause)
    measure = table.measure or clause.inherited
    if named is None or not (measure or table.columns):
        return None
    columns, years = _columns(clause, len(printed), table)
    counts = [id(mention) for mention in clause.mentions if mention.candidate.kind == "count"]
    regions = dict(zip(counts, table.regions, strict=True)) if is_dated and len(counts) == len(table.regions) else {}
    for mention, own in zip(clause.mentions, columns, strict=True):
        if mention.candidate.kind not in ("count", "percentage"):
            continue
        mention.measure = own or measure
        part = regions.get(id(mention), named)
        mention.dimension, mention.category = part
        is_change = mention.start > 0 and clause.words[mention.start - 1] in "+−-" and mention.candidate.kind != "count"
        mention.direction = mention.direction if is_change else "level"
        mention.caveat, mention.combined = None, []
        mention.denominator = _denominator(mention)
        mention.grounds["denominator"] = Ground("what a share in a table is a share of")
        mention.grounds["measure"] = Ground("the caption or header of the table")
        mention.grounds["category"] = Ground("the label of the row", 0, len(printed))
    return years


def _without(label: str, dates: list[DateSpan]) -> str:
    """Return a label with its date phrases cut out."""
    for span in reversed(dates):
        if span.end <= len(label):
            label = label[: span.start] + label[span.end :]
    return label


def _named(label: str, table: Table, clause: Clause) -> tuple[str, str | None] | None:
    """Return dimension and category that the label of a row names, None when it names neither part nor whole."""
    about = table.dimension or (clause.breakdowns[0][0] if clause.breakdowns else "sector")
    cues: list[Cue] = [cue for cue in find_categories(label, about) if cue.role == "category"]
    if cues:
        if len(label) - sum(cue.end - cue.start for cue in cues) > MOST_BESIDE:
            return None
        chosen = next((cue for cue in cues if cue.dimension == about), cues[0])
        return str(chosen.dimension), chosen.category
    if _TOTAL.match(label) or _DATED.fullmatch(label):
        return table.part or TOTAL
    if _UNKNOWN.match(label) and table.dimension:
        return table.dimension, None
    return None


def _is_full(cell: re.Match[str]) -> bool:
    return any(map(str.isdigit, cell.group()))


def _columns(clause: Clause, label: int, table: Table) -> tuple[list[str | None], list[Period | None]]:
    """Return measure and year of each number of a row; a share goes with the count before it, an empty cell counts.

    `label` is where the cells begin.
    """
    every = list(_CELL_OF.finditer(clause.words, label))
    cells = [cell for cell in every if not _IS_SHARE.search(cell.group())]
    cells = cells if any(map(_is_full, cells)) else every
    wanted = max(len(table.columns), len(table.years))
    while len(cells) > wanted and not _is_full(cells[-1]):
        cells.pop()  # the empty cell of a share
    while len(cells) > wanted and not _is_full(cells[0]):
        cells.pop(0)  # a dash that parts the label from the cells
    starts = [cell.start() for cell in cells]
    measures = dict(enumerate(table.columns if len(table.columns) == len(starts) > 1 else ()))
    every_year = table.shared if len(table.shared) == len(starts) else table.years  # shares without a sign are cells
    years = dict(enumerate(every_year if len(every_year) == len(starts) > 1 else ()))
    places = [bisect_right(starts, mention.start) - 1 for mention in clause.mentions]
    return [measures.get(place) for place in places], [years.get(place) for place in places]


def _denominator(mention: Mention) -> str | None:
    """Return the whole of a share in a table: the same stage for a part, referrals for a stage as such."""
    if mention.candidate.kind != "percentage" or mention.direction != "level":
        return None
    if mention.dimension == "total":
        return "referrals" if mention.measure != "referrals" else None
    return mention.measure
