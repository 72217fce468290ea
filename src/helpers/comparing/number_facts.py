"""Numbers that several texts state: official figures by what they count, all others by case, unit and words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from helpers.comparing.facts import Fact, Statement, join, overlapping, slug
from helpers.comparing.likeness import meanings_in, part_around
from helpers.comparing.subjects import Subjects
from helpers.records import Statistic
from helpers.vocabulary import OFFICIAL_MEASURES

NATIONAL = (None, "England and Wales", "United Kingdom", "Great Britain")
UNCOUNTED = ("one_case", "forecast", "hypothetical")  # no statement about the official series
MONTHS = {"years": 12.0, "months": 1.0, "weeks": 12 / 52.18, "days": 12 / 365.25, "hours": 12 / 8766.0}
ANYTHING = (
    "people",
    "others",
    "cases",
    "times",
    "items",
    "percent",
    "points",
)  # units that say little of the thing counted
LISTED = ("recommendations", "issues", "sentence")  # a case has one number of each
EQUAL_ONLY = ("deaths",)  # equal numbers of these are of one thing, unequal ones may be of two
CASUALTIES = frozenset(("deaths", "injuries"))  # and of these, whatever word is printed for those who came to harm
REACH = 1.5  # numbers further apart than this factor are hardly of one thing: one was misread or is of another base
REACH_POINTS = 15.0  # the same for changes, in percentage points
SPECIFIC_DIGITS = 4  # significant digits from which an equal number is no chance
MANY_YEARS = 10_000  # referrals that only several years add up to
LONGEST_YEAR = 366  # days
NEAR_WORDS, SOME_WORDS, CLASH_WORDS = 0.1, 0.25, 0.45  # likeness of clauses: same unit, any unit, for a contradiction
LISTED_WORDS = 0.15  # for a contradiction between numbers of which a case has one


def find_number_facts(statistics: Iterable[Statistic], subjects: Subjects) -> list[tuple[str, Fact]]:
    """Return the facts that numbers make up, those of one document included, each with a readable name.

    Parameters
    ----------
    statistics : iterable of Statistic
        In any order.
    subjects : Subjects
        Which documents deal with the same case.
    """
    official: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    sums: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    others = []
    for row in sorted(statistics, key=lambda row: (row.document_id, row.span_start, row.statistic_id)):
        key = official_key(row)
        if key is not None and _spans_years(row):
            sums[(*key[:6], *key[8:])].append(_figure(row))
        elif key is not None and row.period_start is not None:
            official[key].append(_figure(row))
        elif row.caveat not in ("forecast", "hypothetical"):
            others.append(row)
    facts = [fact for members in _with_open_bases(official) for fact in _clusters(members)]
    facts += [fact for members in sums.values() for fact in overlapping(members)]
    facts += _rules(others)
    _attach(facts, others)
    taken = {member.member_id for fact in facts for member in fact.members}
    rest = [_statement(row) for row in others if row.statistic_id not in taken]
    facts += join(rest, subjects, _class, _agrees, _clashes)
    return [(_name(fact), fact) for fact in facts]


def _rules(others: list[Statistic]) -> list[Fact]:
    """Return the facts of equal lengths for which data are kept: a rule holds for all cases, so no case is shared."""
    kept: dict[tuple[float, float], list[Statement]] = defaultdict(list)
    for row in others:
        if row.measure == "retention" and row.value is not None:
            statement = _statement(row)
            kept[statement.low, statement.high].append(statement)
    return [Fact(members) for members in kept.values() if len({member.document_id for member in members}) > 1]


def official_key(row: Statistic) -> tuple[object, ...] | None:
    """Return what an official figure is of (its base last), or None for any other number."""
    if row.measure not in OFFICIAL_MEASURES or row.dimension is None or row.category is None or row.caveat in UNCOUNTED:
        return None
    place = "national" if row.geography in NATIONAL else row.geography
    about = (row.measure, row.dimension, row.category, row.combined_with, row.caveat, place)
    return (*about, row.period_start, row.period_end, row.base_period_start, _form(row), row.per, row.denominator)


def _form(row: Statistic) -> str:
    """Return what kind of figure a number is: a count, a share, a change (by its unit), a multiple."""
    if row.direction != "level":
        return f"change in {row.unit}"
    if row.kind in ("rate", "multiple"):
        return row.kind
    return "share" if row.unit in ("percent", "percentage_point") else "count"


def _statement(row: Statistic) -> Statement:
    """Return a number of some case as it is compared: by its words; durations in months."""
    scale = MONTHS.get(row.unit, 1.0) if row.kind == "duration" else 1.0
    part = part_around(row.clause, row.surface).replace(row.surface, " ")
    clause = row.clause.replace(row.surface, " ")
    low, high = row.value_low * scale, row.value_high * scale
    return Statement(
        row.statistic_id, row.document_id, row.sentence_id, low, high, clause, part, meanings_in(part), row
    )


def _figure(row: Statistic) -> Statement:
    """Return an official figure as it is compared: by its number alone; a fall is below zero."""
    low, high = row.value_low, row.value_high
    if row.direction == "fall":
        low, high = -high, -low
    return Statement(row.statistic_id, row.document_id, row.sentence_id, low, high, "", "", frozenset(), row)


def _number(statement: Statement) -> Statistic:
    """Return the statistic behind a statement."""
    assert isinstance(statement.source, Statistic)  # noqa: S101  (statements here come from statistics)
    return statement.source


def _with_open_bases(official: dict[tuple[object, ...], list[Statement]]) -> list[list[Statement]]:
    """Return the statements of each key; a share without a named base goes to the one base that it fits."""
    groups = {key: list(members) for key, members in official.items()}
    bases: dict[tuple[object, ...], list[tuple[object, ...]]] = defaultdict(list)
    for key in groups:
        bases[key[:-1]].append(key)
    for about, keys in bases.items():
        named = [key for key in keys if key[-1] is not None]
        for member in list(groups.get((*about, None), ())) if named else ():
            fitting = [key for key in named if any(member.overlaps(other) for other in official[key])]
            if len(fitting) == 1:
                groups[fitting[0]].append(member)
                groups[(*about, None)].remove(member)
    return [members for members in groups.values() if members]


def _clusters(members: list[Statement]) -> list[Fact]:
    """Return facts of statements about one official figure: near numbers agree or conflict, far ones were misread."""
    facts: list[Fact] = []
    reach = float("-inf")
    for member in sorted(members, key=lambda one: (one.low, one.high, one.member_id)):
        if not facts or member.low > reach:
            facts.append(Fact([]))
        facts[-1].take([member])
        top = member.high if member.high != float("inf") else member.low
        reach = max(reach, top + REACH_POINTS if _number(member).direction != "level" else top * REACH)
    for fact in facts:
        fact.is_conflict = fact.low > fact.high
    return facts


def _spans_years(row: Statistic) -> bool:
    """Say whether a count is a sum over several years, which texts bound differently ("the last decade")."""
    if _form(row) != "count" or row.value_low < MANY_YEARS:
        return False
    return row.period_start is None or row.period_end is None or (row.period_end - row.period_start).days > LONGEST_YEAR


def _attach(facts: list[Fact], others: list[Statistic]) -> None:
    """Put numbers whose measure or period was not read into the one fact that has exactly this number (in place)."""
    holding: dict[tuple[float, bool], list[Fact]] = defaultdict(list)
    for fact in facts:
        for value in sorted({_exact(member.source) for member in fact.members} - {None}, key=str):
            # ignored: only statements with a value come here
            holding[value].append(fact)  # type: ignore[index]
    for row in others:
        value = _exact(row)
        found = [fact for fact in holding.get(value, ()) if _may_be(row, fact)] if value is not None else []
        if len(found) == 1:
            found[0].take([_figure(row)])


def _exact(row: object) -> tuple[float, bool] | None:
    """Return the value of a count that is too specific to be equal by chance."""
    if not isinstance(row, Statistic) or row.value is None or row.value_low != row.value_high or row.kind != "count":
        return None
    digits = len(f"{row.value:.0f}".strip("0"))
    return (row.value, row.direction == "level") if digits >= SPECIFIC_DIGITS else None


def _may_be(row: Statistic, fact: Fact) -> bool:
    """Say whether a number without measure or period can be the figure of `fact`."""
    figure = _number(fact.members[0])
    is_same_time = row.period_start is None or (row.period_start, row.period_end) == (
        figure.period_start,
        figure.period_end,
    )
    is_same_kind = row.measure == figure.measure if row.measure in OFFICIAL_MEASURES else row.measure == "other"
    is_same_group = row.category is None or row.category == figure.category
    return is_same_time and is_same_kind and is_same_group and row.geography in (*NATIONAL, figure.geography)


def _class(statement: Statement) -> str:
    """Return the kind of quantity within which numbers are compared."""
    row = _number(statement)
    kind = {"ratio": "count", "fraction": "percentage"}.get(row.kind, row.kind)
    return f"{kind} {row.direction} {row.per or ''}"


def _agrees(one: Statement, other: Statement, likeness: float) -> float:
    """Return how strongly two numbers of one case say the same (0: not at all)."""
    left, right = _number(one), _number(other)
    if not one.overlaps(other) or not _is_same_thing(left, right):
        return 0.0
    is_equal = left.value is not None and (one.low, one.high) == (other.low, other.high)
    if is_equal and left.measure == right.measure and left.measure in (*LISTED, *EQUAL_ONLY):
        return 1.0 + likeness
    needed = NEAR_WORDS if _names_unit(left, right) else SOME_WORDS
    if left.kind == "duration":
        needed = needed if is_equal else CLASH_WORDS
    elif is_equal and len(f"{left.value:.0f}".strip("0")) > 1:
        needed /= 2
    return is_equal + likeness if likeness >= needed else 0.0


def _is_same_thing(left: Statistic, right: Statistic) -> bool:
    """Say whether measure, unit and place let two numbers be of one thing."""
    measures = {left.measure, right.measure} - {"other"}
    units = {left.unit, right.unit} - set(ANYTHING)
    places = {left.geography, right.geography} - set(NATIONAL)
    same_unit = len(units) < 2 or left.kind == "duration" or len(measures) == 1
    return len(measures) < 2 and len(places) < 2 and same_unit


def _names_unit(left: Statistic, right: Statistic) -> bool:
    """Say whether two numbers name the same counted thing, not only "people" or the like."""
    if left.measure == right.measure != "other":
        return True
    return left.unit == right.unit and left.unit not in ANYTHING and left.kind != "duration"


def _clashes(one: Statement, other: Statement, likeness: float) -> float:
    """Return how surely two numbers of one case contradict each other (0: not at all)."""
    left, right = _number(one), _number(other)
    is_one_thing = _names_unit(left, right) or bool(one.meanings & other.meanings & CASUALTIES)
    if one.overlaps(other) or not _is_same_thing(left, right) or not is_one_thing:
        return 0.0
    low, high = sorted((one, other), key=lambda statement: statement.low)
    if high.low > 2 * max(low.high, 1.0) + 1 or left.measure in ("elapsed", "age", "rating"):
        return 0.0
    needed = LISTED_WORDS if left.measure == right.measure and left.measure in LISTED else CLASH_WORDS
    return likeness if likeness >= needed else 0.0


def _name(fact: Fact) -> str:
    """Return a readable name of what a fact is about."""
    first = min(fact.members, key=lambda member: (member.high - member.low, member.member_id))
    row = _number(first)
    if official_key(row) is None:
        about = row.measure if row.measure != "other" else row.unit
        return slug(about, row.surface, *sorted(first.meanings - {about})[:2])
    period = f"{row.period_start}" if row.period_start else "undated"
    if row.period_start and row.period_end and (row.period_start.month, row.period_start.day) == (4, 1):
        period = f"{row.period_start.year} {row.period_end.year % 100:02d}"
    share = _form(row) if _form(row) != "count" else None
    category = row.category if row.category != "total" else None
    place = row.geography if row.geography not in NATIONAL else None
    return slug(row.measure, category, share, place, period)
