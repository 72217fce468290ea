"""What the reader notes about a sentence while it reads, for those who ask why a number was read as it was."""

from __future__ import annotations

from dataclasses import dataclass, field

from helpers.numbers.candidates import Refusal
from helpers.numbers.clauses import Mention
from helpers.numbers.periods import DateSpan
from helpers.records import Sentence, Statistic
from helpers.statistics.timelines import Timing
from helpers.statistics.views import View


@dataclass(slots=True)
class Trace:
    """How a sentence, or a stretch of a very long one, was read.

    `mentions`, `timings` and `rows` belong together, one each a number; offsets in all but the rows are half-open ones
    of the words of the view. `came_from` is the index of the sentence that left period, place, measure and so on.
    """

    sentence: Sentence
    view: View
    dates: list[DateSpan] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    timings: list[Timing] = field(default_factory=list)
    rows: list[Statistic] = field(default_factory=list)
    came_from: dict[str, int] = field(default_factory=dict)
