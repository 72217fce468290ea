"""The account of one sentence: how it was read, each number with a reason a field, and the numbers refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from helpers.numbers.candidates import find_candidates, holds_number
from helpers.numbers.clauses import Ground, Mention
from helpers.numbers.periods import DateSpan
from helpers.official.wording import day_words, interval_words, number_words, period_words
from helpers.records import Check, Reading, Sentence, Statistic
from helpers.statistics.geography import NO_PLACE
from helpers.statistics.timelines import Timing
from helpers.statistics.traces import Trace

NOT_KNOWN = "–"


class Line(NamedTuple):
    """One field of a number: its name in the data contract, its value in words, and why."""

    field: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class NumberAccount:
    """One stated number with its fields, in the order of the data contract."""

    surface: str
    place: str
    lines: list[Line]


@dataclass(slots=True)
class SentenceAccount:
    """One sentence: its words, what it was taken for, and what was read in it.

    `dates` and `refused` are pairs of the words and what they were taken for.
    """

    text: str
    reading: list[str]
    dates: list[tuple[str, str]] = field(default_factory=list)
    numbers: list[NumberAccount] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def sentence_accounts(reading: Reading, traces: list[Trace], checks: list[Check]) -> list[SentenceAccount]:
    """Return the account of every sentence of a text.

    Parameters
    ----------
    reading : Reading
        What was read.
    traces : list of Trace
        What the reader noted while it read.
    checks : list of Check
        The verdicts on its statistics.
    """
    verdicts = {check.statistic_id: check for check in checks}
    noted: dict[str, list[Trace]] = {}
    for trace in traces:
        noted.setdefault(trace.sentence.sentence_id, []).append(trace)
    accounts = []
    for sentence in reading.sentences:
        account = SentenceAccount(" ".join(sentence.text.split()), list(_role(sentence)))
        for trace in noted.get(sentence.sentence_id, []):
            words = trace.view.words
            account.dates += [(words[span.start : span.end], _date_words(span)) for span in trace.dates]
            account.refused += [(words[refusal.start : refusal.end], refusal.why) for refusal in trace.refusals]
            for mention, timing, row in zip(trace.mentions, trace.timings, trace.rows, strict=True):
                number = _Number(reading, trace, mention, timing, row)
                account.numbers.append(
                    NumberAccount(row.surface, row.statistic_id, [*number.lines(), *_verdict(verdicts, row)])
                )
        if sentence.role == "furniture" and holds_number(sentence.text):
            account.refused += [(words, "page furniture") for words in _numbers_of(sentence.text)]
        accounts.append(account)
    return accounts


def _numbers_of(text: str) -> list[str]:
    """Return everything in a piece of furniture that could be taken for a number."""
    stated, refused = find_candidates(text, [])
    spans = [(one.start, one.end) for one in stated] + [(one.start, one.end) for one in refused]
    return [text[start:end] for start, end in sorted(spans)]


def _role(sentence: Sentence) -> Iterator[str]:
    """Yield what a sentence was taken for, in words."""
    yield sentence.role
    if sentence.role == "furniture" or sentence.furniture_score >= 0.05:
        yield f"page furniture by {sentence.furniture_score:.2f}"
    if sentence.section:
        yield f"section “{sentence.section}”"
    if sentence.speaker:
        yield f"speaker {sentence.speaker}"


def _date_words(span: DateSpan) -> str:
    """Return what a date phrase was taken for."""
    form = span.form.replace("_", " ")
    if span.first is None or span.last is None:
        return f"{form}, which other words date"
    days = day_words(span.first) if span.first == span.last else f"{day_words(span.first)} to {day_words(span.last)}"
    return f"{form}, {span.source}: {days}"


def _verdict(verdicts: dict[str, Check], row: Statistic) -> Iterator[Line]:
    check = verdicts.get(row.statistic_id)
    if check:
        yield Line("verdict", check.verdict, check.reason)


class _Number:
    """The fields of one number and their reasons, from what the reader noted."""

    def __init__(self, reading: Reading, trace: Trace, mention: Mention, timing: Timing, row: Statistic) -> None:
        self.reading, self.trace, self.mention, self.timing, self.row = reading, trace, mention, timing, row

    def lines(self) -> Iterator[Line]:
        """Yield the fields of the number in the order of the data contract."""
        row, grounds = self.row, self.mention.grounds
        yield Line("kind", row.kind, self._kind())
        yield Line("value", NOT_KNOWN if row.value is None else number_words(row.value), self._interval())
        yield Line("modifier", row.modifier, self._modifier())
        if row.direction != "level":
            yield Line("direction", row.direction, self._why(grounds.get("direction"), "its own words say so"))
        yield Line("unit", row.unit or NOT_KNOWN, self._unit())
        yield Line("measure", row.measure, self._why(grounds.get("measure"), "the words near it"))
        if row.dimension:
            yield Line("category", f"{row.dimension} / {row.category or NOT_KNOWN}", self._category())
        if row.denominator or row.denominator_value is not None:
            yield Line("denominator", self._whole(), self._why(grounds.get("denominator"), "printed with it"))
        if "geography" in grounds:
            yield Line("geography", row.geography or NOT_KNOWN, self._place())
        yield Line("period", self._period(), self._period_reason())
        if row.base_period_start and row.base_period_end:
            base = period_words((row.base_period_start, row.base_period_end))
            yield Line("base period", base, "what the change starts from")
        if row.caveat:
            yield Line("caveat", row.caveat.replace("_", " "), "its clause says so")
        yield Line("speaker", row.speaker or NOT_KNOWN, self._speaker())

    def _why(self, ground: Ground | None, fallback: str) -> str:
        """Return a reason with the words that it rests on, and the sentence that they stand in if it is another."""
        if ground is None:
            return fallback
        if ground.end > ground.start:
            return f"{ground.why}: “{self.trace.view.words[ground.start : ground.end].strip()}”"
        sentence = self.trace.came_from.get(ground.held)
        if sentence is None:
            return ground.why
        words = " ".join(self.reading.sentences[sentence].text.split())
        return f"{ground.why}: “{words[:80]}{'…' if len(words) > 80 else ''}”"

    def _kind(self) -> str:
        candidate = self.mention.candidate
        if self.row.per:
            return f"a count per {self.row.per}"
        if candidate.form == "count" and candidate.kind != "count":
            return "that of the number beside it or before it"
        return f"printed as {candidate.form.replace('_', ' ')}"

    def _interval(self) -> str:
        row, number = self.row, self.mention.candidate.number
        sign = "%" if row.unit == "percent" else f" {row.unit.replace('_', ' ')}"
        allowed = interval_words(row.value_low, row.value_high, sign)
        if row.modifier == "range":
            return f"the range as printed, {allowed}"
        return (
            f"allows {allowed}: {row.modifier.replace('_', ' ')}, printed to the nearest {number_words(number.grain)}"
        )

    def _modifier(self) -> str:
        mention, words = self.mention, self.trace.view.words
        if "modifier" in mention.grounds:
            return self._why(mention.grounds["modifier"], "")
        if mention.modifier == "range":
            return "two ends are printed"
        if mention.taken:
            return f"the words before it: “{words[mention.lead : mention.start].strip()}”"
        return (
            "no such word stands beside it"
            if mention.modifier == "exact"
            else f"the words after it: “{mention.after[:20].strip()}”"
        )

    def _unit(self) -> str:
        mention = self.mention
        if "unit" in mention.grounds and mention.unit:
            return self._why(mention.grounds["unit"], "")
        if mention.noun and mention.unit == mention.noun:
            return "the noun after it"
        return "its kind says so" if mention.unit else "no noun is printed, so what the measure counts"

    def _category(self) -> str:
        if self.row.category != self.mention.category:
            return "of the two meanings of its name, the one whose official figure fits"
        return self._why(self.mention.grounds.get("category"), "the base whose size it is")

    def _whole(self) -> str:
        row = self.row
        value = "" if row.denominator_value is None else number_words(row.denominator_value)
        return " = ".join(filter(None, (row.denominator, value)))

    def _place(self) -> str:
        ground = self.mention.grounds["geography"]
        if self.row.geography and ground == NO_PLACE:
            return "the headline takes the place that the text names first"
        return self._why(ground, "")

    def _period(self) -> str:
        row = self.row
        if row.period_start is None or row.period_end is None:
            return NOT_KNOWN
        return f"{period_words((row.period_start, row.period_end))} ({row.period_source})"

    def _period_reason(self) -> str:
        if self.row.period_start and self.timing.period is None:
            return "the headline takes the period that the text names first"
        if self.timing.ground is None and self.row.period_start is None:
            return "none is named, and only official measures inherit one"
        return self._why(self.timing.ground, "the words near it")

    def _speaker(self) -> str:
        row = self.row
        if row.speaker is None:
            return "nobody is quoted here"
        around = (
            quotation
            for quotation in self.reading.quotations
            if quotation.span_start <= row.span_start and row.span_end <= quotation.span_end
        )
        if any(quotation.speaker == row.speaker for quotation in around):
            return "the quotation that it stands in"
        return "the sentence is theirs"
