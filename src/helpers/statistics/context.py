"""What the sentences before leave to the next one: period, place, measure, categories, nouns and wholes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from helpers.numbers.calendars import Period
from helpers.numbers.clauses import Clause, Ground, Mention
from helpers.numbers.cues import Cue, find_categories, find_measures
from helpers.numbers.denominators import is_whole
from helpers.numbers.nouns import CASE_NOUNS, is_official
from helpers.numbers.number_readers import Candidate
from helpers.numbers.periods import DateSpan
from helpers.numbers.places import Place
from helpers.numbers.references import SURVEY, THE_REGION
from helpers.official.series import NATIONAL
from helpers.records import Statistic
from helpers.statistics.counted_nouns import CountedNouns
from helpers.statistics.durations import Lengths
from helpers.statistics.local_headings import place_of_heading
from helpers.statistics.remembered import BASES, Whole, as_whole
from helpers.statistics.tabular import Table
from helpers.statistics.timelines import Timing
from helpers.statistics.timing import named_year

LARGE_PART = timedelta(days=300)  # a shorter period within a longer one does not replace it
SEVERAL_YEARS = timedelta(days=500)  # a longer period is no year that a text is about
NATIONS = (NATIONAL, "Scotland")


@dataclass(slots=True)
class Context:
    """What the sentences before leave to the next one."""

    today: date | None
    until: date | None  # where "the last decade" ends: publication, or the latest day that the text can be sure of
    latest: Period | None  # the latest financial year that was out by then
    period: Period | None = None
    recent: Period | None = None  # the period named last
    recent_sentence: int = -9  # the sentence with figures that named it
    main: Period | None = None  # the latest year that the text is about
    headed: Period | None = None  # the year that the heading above names
    measure: str | None = None
    topic: str | None = None  # the official measure that the text is about first
    shared: str | None = None  # what the last sentence with official figures gave nothing but shares of
    breakdowns: list[tuple[str, str]] = field(default_factory=list)  # of the last sentence with official figures
    geography: str | None = None
    home: str | None = None  # England and Wales or Scotland, whichever the text names first
    asked_place: bool = False  # it names the place of its answer
    asked: bool = False  # the sentence before is a question that names the measure of its answer
    region: str | None = None  # the region named last
    local: str | None = None  # the local place named last
    headed_place: str | None = None  # that the heading above says the sentences below it are about
    council: str | None = None  # the place whose council publishes the text
    whole: Whole | None = None
    last_heading: int = -9
    nouns: CountedNouns = field(default_factory=CountedNouns)
    earlier: Candidate | None = None  # the last number of the sentence before
    is_surveyed: bool = False  # within a paragraph about a survey
    lists_survey: bool = False  # within the list that a sentence about a survey introduces
    introduced: tuple[str, str] | None = None  # breakdown of an introduction that ends with a colon
    table: Table | None = None  # what the lines above say about the rows of a table
    blocked: set[str] = field(default_factory=set)  # rows whose vague time keeps them from taking over any period
    counts: dict[float, str] = field(default_factory=dict)  # measure of each count of an official series so far
    periods: dict[float, Period] = field(default_factory=dict)  # period of each of them
    parts: dict[float, tuple[str, str]] = field(default_factory=dict)  # dimension and category of those of a part
    stages: list[str] = field(default_factory=list)  # official measures of the last sentence with figures, in order
    counts_other: bool = False  # the last sentence with numbers counts what no official series does
    own_sentence: int = -9  # the last one with official figures of the speaker's own
    subject: tuple[str, str] | None = None  # the one category that a sentence without numbers named just before
    lengths: Lengths = field(default_factory=Lengths)
    before: str = ""  # the sentence before, within its paragraph
    came_from: dict[str, int] = field(default_factory=dict)  # which sentence left what is held

    def open_paragraph(self, words: str, is_item: bool = False) -> None:
        """Go back to the period, place and measure that the text as a whole is about, unless the words go on."""
        if self.headed:
            self.period, self.came_from["period"] = self.headed, self.came_from["headed"]
        elif self.main:
            self.period, self.came_from["period"] = self.main, self.came_from["main"]
        self.is_surveyed = self.lists_survey = self.lists_survey and is_item
        self.before = ""
        was_asked, asked_place, self.asked, self.asked_place = self.asked, self.asked_place, False, False
        if not was_asked and (self.whole is None or f"{self.whole.value or 0:,.0f}" not in words):
            self.measure = self.topic or self.measure
        if self.headed_place:
            self.geography, self.came_from["geography"] = self.headed_place, self.came_from["headed_place"]
        elif self.home and not asked_place and (self.council is None or self.geography != self.council):
            self.geography, self.came_from["geography"] = self.home, self.came_from["home"]

    def pass_on(self, words: str, dates: list[DateSpan], places: list[Place], index: int, is_heading: bool) -> None:
        """Take over what a sentence without numbers states for those after it."""
        self.introduce(words)
        self.lengths.note(words)
        categories = self.name_region(words, find_categories(words))
        named_parts = [cue for cue in categories if cue.role == "category" and cue.category]
        one = named_parts[0] if len(named_parts) == 1 else None
        self.subject = (str(one.dimension), str(one.category)) if one else None
        if is_heading and self.last_heading != index - 1:
            self.headed = None
        self.last_heading = index if is_heading else self.last_heading
        if (year := named_year(words, dates)) and not self.lies_ahead(year):
            self.period = self.recent = year
            self.came_from["period"] = index
            if is_heading:
                self.headed, self.came_from["headed"] = self.period, index
            if self.main is None or self.main[1] <= self.period[1]:
                self.main, self.came_from["main"] = self.period, index
        if any(span.form == "vague" for span in dates):
            self.period = None
        named_places = {place.name for place in places}
        if NATIONAL in named_places:
            self.leave_place(NATIONAL, index)
        elif named_places == {"Scotland"}:  # "Police Scotland keeps its own count."
            self.geography, self.came_from["geography"] = "Scotland", index
        self.asked_place = "?" in words and "Scotland" in named_places
        if is_heading or self.measure is None or words.rstrip().endswith("?"):
            self._take_subject(words, index, is_heading)

    def enter_section(self, words: str, places: list[Place], index: int) -> None:
        """Take over the place that the title of a section names for what stands below it."""
        self.headed_place = place_of_heading(words, places, (self.council, self.local))
        if self.headed_place:
            self.geography = self.local = self.headed_place
            self.came_from["geography"] = self.came_from["headed_place"] = index

    def introduce(self, words: str) -> None:
        """Note what a sentence says about those after it: that they are about a survey, or parts of what it names."""
        self.is_surveyed = self.is_surveyed or bool(SURVEY.search(words))
        if words.rstrip().endswith(":"):
            self.lists_survey = self.is_surveyed
            named = [cue for cue in find_categories(words) if cue.role == "category" and cue.category]
            self.introduced = (str(named[-1].dimension), str(named[-1].category)) if named else None
        elif words.rstrip().endswith("."):
            self.introduced = None

    def name_region(self, words: str, categories: list[Cue]) -> list[Cue]:
        """Return the categories of a sentence with "the region" as the one named last, and note the one it names."""
        named = [cue.category for cue in categories if cue.dimension == "region" and cue.role == "category"]
        found = THE_REGION.search(words) if self.region and not named else None
        self.region = named[-1] if named else self.region
        own = [Cue(found.start(), found.end(), "category", None, "region", self.region)] if found else []
        return sorted([*categories, *own], key=lambda cue: cue.start) if own else categories

    def leave_place(self, name: str, index: int) -> None:
        """Leave a place to the sentences that follow; the first nation named is that of the text."""
        self.geography, self.came_from["geography"] = name, index
        if self.home is None and name in NATIONS:
            self.home, self.came_from["home"] = name, index

    def _take_subject(self, words: str, index: int, is_heading: bool) -> None:
        """Take over the measure and category that a heading or an opening sentence names."""
        measure = next((cue.measure for cue in find_measures(words) if is_official(cue.measure)), None)
        if measure:
            self.came_from["measure"] = self.came_from["breakdowns"] = index
        self.asked = measure is not None and words.rstrip().endswith("?")
        if measure and (self.measure is None or self.asked):
            self.measure = measure
            named = [cue for cue in find_categories(words) if cue.role == "category"]
            self.breakdowns = [(str(cue.dimension), str(cue.category)) for cue in named] if len(named) == 1 else []
        elif is_heading:
            self.breakdowns = []
        if is_heading:
            self.measure = measure or self.topic

    def fill_nouns(self, mentions: list[Mention], measures: list[Cue], index: int) -> None:
        """Give a number without a noun the noun it is counted with before, in place."""
        is_near = self.nouns.sentence == index - 1 != self.came_from.get("measure")
        self.counts_other = is_near and self.nouns.noun not in CASE_NOUNS
        self.nouns.fill(mentions, measures, index)
        if self.nouns.sentence == index:
            self.came_from["noun"] = index

    def hand_over(self, clause: Clause, index: int) -> None:
        """Tell a clause what the sentences before leave to it, in place; some of it for this once."""
        clause.is_surveyed, clause.introduced = self.is_surveyed, self.introduced
        clause.counts_other = self.counts_other
        clause.stages, clause.subject = self.stages, self.subject
        clause.goes_on_own = self.own_sentence == index - 1
        self.subject = None

    def fill_part(self, mention: Mention, words: str) -> None:
        """Give a whole that was stated before the category that it was stated for ("Of the 4,883, 1,398 …")."""
        part = self.parts.get(mention.candidate.number.value)
        if part and mention.dimension == "total" and is_whole(words, mention):
            mention.dimension, mention.category = part
            mention.grounds["category"] = Ground("that of the same number before", held="breakdowns")

    def period_of_whole(self, clause: Clause, dates: list[DateSpan]) -> Period | None:
        """Return the period of a whole that the text stated before ("Of the 6,922, 913 were …")."""
        first = next((mention for mention in clause.mentions if is_official(mention.measure)), None)
        if first is None or any(span.first for span in dates) or not is_whole(clause.words, first):
            return None
        return self.periods.get(first.candidate.number.value)

    def period_said_before(self, mention: Mention) -> Period | None:
        """Return the period of the same exact count of the same measure in an earlier sentence, None without one."""
        number, measure = mention.candidate.number, mention.measure
        if mention.candidate.kind != "count" or mention.direction != "level" or number.grain > 1 or number.value < 100:
            return None
        part = self.parts.get(number.value, ("total", "total"))
        is_same = self.counts.get(number.value) == measure and part == (mention.dimension, mention.category)
        return self.periods.get(number.value) if is_same else None

    def leave(self, rows: list[Statistic], timings: list[Timing], index: int, names_latest: bool = False) -> None:
        """Leave period, measure, place and whole of a sentence with numbers to the next ones."""
        self.lengths.asked = None
        pairs = zip(rows, timings, strict=True)
        official = [pair for pair in pairs if is_official(pair[0].measure) and pair[0].caveat != "one_case"]
        for row, _ in official:
            if row.geography:
                self.leave_place(row.geography, index)
        if not official:
            periods = (timing.period for timing in timings if timing.period and timing.source == "stated")
            years = [period for period in periods if LARGE_PART < period[1] - period[0] < SEVERAL_YEARS]
            self.recent = years[-1] if years else self.recent  # "That year 6,922 were referred"
            return
        held = {timing.period for _, timing in official if timing.source == "inherited"}
        first = official[0][1].period if official[0][1].source == "inherited" else None
        stated = [timing.period for _, timing in official if timing.is_main and timing.period]
        self._leave_period([period for period in stated if first is None or period > first], index)
        if names_latest and len(held) == 1:
            self.recent = held.pop()  # "that year" after "last year", where no day of publication tells which
        figures = [row for row, _ in official]
        self.topic = self.topic or figures[0].measure
        self.measure = figures[-1].measure
        is_bare = all(row.dimension == "total" and not row.denominator_value for row in figures)
        wholes = {row.denominator for row in figures if is_bare}
        self.shared = wholes.pop() if len(wholes) == 1 else None
        self.stages = list(dict.fromkeys(row.measure for row in figures if row.dimension == "total"))
        self.counts |= {row.value: row.measure for row in figures if row.kind == "count" and row.value is not None}
        self.parts |= {
            row.value: (row.dimension, row.category)
            for row in figures
            if row.kind == "count" and row.value is not None and row.category and row.dimension not in (None, "total")
        }
        self.periods |= {
            row.value: (row.period_start, row.period_end)
            for row in figures
            if row.kind == "count" and row.value is not None and row.period_start and row.period_end
        }
        self.came_from["measure"] = self.came_from["breakdowns"] = index
        named = ((row.dimension, row.category) for row in figures)
        self.breakdowns = list(dict.fromkeys((first, second) for first, second in named if first and second))
        count = next(
            (
                row
                for row in figures
                if (row.kind == "count" or row.category in BASES) and row.direction == "level" and row.value is not None
            ),
            None,
        )
        if count is not None:
            self.whole = as_whole(count)._replace(sentence=index, start=count.period_start)
            self.came_from["whole"] = index

    def lies_ahead(self, period: Period) -> bool:
        """Return whether a period begins after publication, so that nothing can have been counted in it yet."""
        return self.today is not None and period[0] > self.today

    def _leave_period(self, periods: list[Period], index: int) -> None:
        periods = [period for period in periods if not self.lies_ahead(period)]
        if not periods:
            return
        latest = max(periods, key=lambda period: (period[1], period[1] - period[0]))
        self.recent, self.recent_sentence = latest, index
        if self.period and latest[1] - latest[0] < LARGE_PART < self.period[1] - self.period[0]:
            return
        self.period, self.came_from["period"] = latest, index
        is_year, is_long = (
            latest[1] - latest[0] < SEVERAL_YEARS,
            self.main and self.main[1] - self.main[0] > SEVERAL_YEARS,
        )
        if self.main is None or (is_year and (is_long or latest[1] > self.main[1])):
            self.main, self.came_from["main"] = latest, index
