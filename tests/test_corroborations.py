"""Facts that several texts state: joined by meaning, split by case, conflicts seen."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.comparing.copies import find_copies, note_copies
from helpers.comparing.corroborations import find_corroborations
from helpers.comparing.facts import slug, unique_names
from helpers.comparing.likeness import Likeness, content_stems, part_around
from helpers.comparing.subjects import Subjects
from helpers.records import Corroboration, Document, Event, Finding, Sentence, Statistic

BRIDGE = "The killer Callum Rusk walked across Fenwick Bridge."  # names that make texts deal with one case
ROAD = "The bomber Dennis Achterberg came down Marlow Road."


class Corpus:
    """Rows of a few made-up documents, numbered as they are added."""

    def __init__(self, **cases: str) -> None:
        self.documents = {name: Document(name) for name in cases}
        self.sentences = [
            Sentence(f"{name}:0", name, 0, len(text), text, "body") for name, text in cases.items() if text
        ]
        self.statistics: list[Statistic] = []
        self.events: list[Event] = []
        self.findings: list[Finding] = []

    def _place(self) -> int:
        return 100 * (1 + len(self.statistics) + len(self.events) + len(self.findings))

    def number(self, document: str, surface: str, low: float, high: float | None = None, **more: object) -> str:
        start = self._place()
        high = low if high is None else high
        fields = {"kind": "count", "value": low if low == high else None, "unit": "people", "clause": surface} | more
        row = Statistic(
            f"{document}:{start}", document, f"{document}:{start}", start, start + len(surface), surface,
            value_low=low, value_high=high, **fields,
        )  # fmt: skip
        self.statistics.append(row)
        return row.statistic_id

    def official(self, document: str, surface: str, low: float, high: float | None = None, **more: object) -> str:
        year = {"period_start": date(2019, 4, 1), "period_end": date(2020, 3, 31)}
        about = {"measure": "referrals", "dimension": "total", "category": "total", "unit": "referrals"}
        return self.number(document, surface, low, high, **(about | year | more))

    def share(self, document: str, surface: str, low: float, high: float, **more: object) -> str:
        about = {"kind": "percentage", "unit": "percent", "denominator": "referrals", "category": "police"}
        return self.official(document, surface, low, high, **(about | {"dimension": "sector"} | more))

    def event(self, document: str, surface: str, clause: str, *parts: int, kind: str = "other", **more: object) -> str:
        start = more.pop("start", self._place())
        year, month, day = (*parts, 0, 0)[:3]
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or monthrange(year, month or 12)[1])
        precision = ("year", "month", "day")[len(parts) - 1]
        row = Event(
            f"{document}:{start}", document, f"{document}:{start}", start, start + len(surface), surface,
            first, last, precision, "stated", kind, clause,
        )  # fmt: skip
        self.events.append(row)
        return row.event_id

    def finding(self, document: str, text: str, topic: str) -> str:
        start = self._place()
        row = Finding(f"{document}:{start}", document, start, start + len(text), "issue", None, None, text, topic)
        self.findings.append(row)
        return row.finding_id

    def facts(self) -> list[Corroboration]:
        return find_corroborations(
            self.statistics, self.events, self.findings, list(self.documents.values()), self.sentences
        )

    def groups(self) -> list[set[str]]:
        facts: dict[str, set[str]] = {}
        for row in self.facts():
            facts.setdefault(row.fact_id, set()).add(row.member_id)
        return list(facts.values())

    def agreements(self) -> dict[str, str]:
        return {row.member_id: row.agreement for row in self.facts()}


def test_a_vague_number_is_compatible_with_the_exact_one_in_its_bounds():
    corpus = Corpus(news="", bulletin="")
    vague = corpus.official("news", "6,000", 6000, 6500, modifier="just_over")
    exact = corpus.official("bulletin", "6,287", 6287)
    assert corpus.agreements() == {vague: "compatible", exact: "same"}
    assert {row.note for row in corpus.facts()} == {"6,287 and just over 6,000 agree"}
    assert {row.fact_id for row in corpus.facts()} == {"referrals-2019-20"}


def test_numbers_that_exclude_each_other_conflict_and_every_member_says_so():
    corpus = Corpus(news="", bulletin="", claim="")
    for document, surface, value in (("news", "6,287", 6287), ("bulletin", "6,287", 6287), ("claim", "6,300", 6310)):
        corpus.official(document, surface, value)
    assert set(corpus.agreements().values()) == {"conflicts"}
    assert len(corpus.agreements()) == 3
    assert {row.note for row in corpus.facts()} == {"6,287 against 6,300"}


def test_a_number_far_off_is_of_another_thing_and_no_conflict():
    corpus = Corpus(news="", minutes="")
    corpus.official("news", "6,287", 6287)
    corpus.official("minutes", "37", 37)
    assert corpus.facts() == []


def test_a_place_that_is_not_stated_may_be_the_nation_but_scotland_is_not():
    corpus = Corpus(a="", b="", c="")
    stated = corpus.official("a", "6,287", 6287, geography="England and Wales")
    unstated = corpus.official("b", "6,287", 6287)
    corpus.official("c", "6,287", 6287, geography="Scotland")
    assert corpus.groups() == [{stated, unstated}]


def test_periods_categories_and_bases_keep_figures_apart():
    corpus = Corpus(a="", b="")
    corpus.official("a", "6,287", 6287)
    corpus.official("b", "6,287", 6287, period_start=date(2020, 4, 1), period_end=date(2021, 3, 31))
    corpus.share("a", "30%", 29.5, 30.5)
    corpus.share("b", "30%", 29.5, 30.5, category="education")
    corpus.share("b", "33%", 32.5, 33.5, denominator="referrals:sector_specified")
    assert corpus.facts() == []


def test_a_share_without_a_base_goes_to_the_only_base_that_it_fits():
    corpus = Corpus(a="", b="", c="")
    whole = corpus.share("a", "30%", 29.5, 30.5)
    corpus.share("c", "43%", 42.5, 43.5, denominator="referrals:sector_specified")
    bare = corpus.share("b", "three in ten", 27.5, 32.5, denominator=None, kind="fraction")
    assert corpus.groups() == [{whole, bare}]


def test_a_fraction_agrees_with_the_percentage_in_its_bounds():
    corpus = Corpus(a="", b="")
    percent = corpus.share("a", "43%", 42.5, 43.5)
    fraction = corpus.share("b", "two in five", 37.5, 42.5, kind="fraction")
    assert corpus.agreements() == {percent: "same", fraction: "compatible"}


def test_a_fall_and_a_rise_of_one_figure_conflict():
    corpus = Corpus(a="", b="")
    corpus.official("a", "4%", 3.5, 4.5, kind="percentage", unit="percent", direction="rise")
    corpus.official("b", "4%", 3.5, 4.5, kind="percentage", unit="percent", direction="fall")
    assert set(corpus.agreements().values()) == {"conflicts"}


def test_sums_over_years_agree_however_the_years_are_told():
    corpus = Corpus(a="", b="", c="")
    vague = corpus.official("a", "60,000", 55000, 60000, modifier="almost", period_start=None, period_end=None)
    exact = corpus.official("b", "58,126", 58126, period_start=date(2015, 4, 1), period_end=date(2024, 3, 31))
    corpus.official("c", "36,000", 35500, 36500, period_start=None, period_end=None)
    assert corpus.agreements() == {vague: "compatible", exact: "same"}


def test_an_exact_number_without_a_period_finds_its_figure_but_a_round_one_does_not():
    corpus = Corpus(a="", b="", c="", d="")
    first = corpus.official("a", "6,922", 6922)
    bare = corpus.number("b", "6,922", 6922, measure="other")
    corpus.official("c", "7,000", 7000, category="male", dimension="gender")
    corpus.number("d", "7,000", 7000, measure="other")
    assert corpus.groups() == [{first, bare}]


def test_forecasts_and_hypothetical_numbers_corroborate_nothing():
    corpus = Corpus(a="", b="")
    corpus.official("a", "9,500", 9500)
    corpus.official("b", "9,500", 9500, caveat="forecast")
    assert corpus.facts() == []


def test_numbers_of_one_case_join_and_those_of_another_do_not():
    corpus = Corpus(a=BRIDGE, b=BRIDGE, c=ROAD)
    first = corpus.number("a", "seven", 7, measure="recommendations", clause="the review made seven recommendations")
    second = corpus.number("b", "7", 7, measure="recommendations", clause="all 7 proposals were accepted")
    corpus.number("c", "seven", 7, measure="recommendations", clause="the review made seven recommendations")
    assert corpus.groups() == [{first, second}]


def test_other_words_for_the_same_thing_join_numbers():
    corpus = Corpus(a=BRIDGE, b=BRIDGE)
    clause = "Rusk killed three people and wounded five others"
    dead = corpus.number("a", "three", 3, clause=clause)
    hurt = corpus.number("a", "five", 5, unit="others", clause=clause)
    lost = corpus.number("b", "Three", 3, clause="Three people lost their lives and five more were hurt")
    injured = corpus.number("b", "five", 5, clause="Three people lost their lives and five more were hurt")
    assert sorted(map(sorted, corpus.groups())) == sorted(map(sorted, [{dead, lost}, {hurt, injured}]))


def test_a_small_number_of_something_else_does_not_join():
    corpus = Corpus(a=BRIDGE, b=BRIDGE)
    corpus.number("a", "three", 3, clause="three people were killed on the bridge")
    corpus.number("b", "three", 3, unit="letters", clause="the minister wrote three letters to the council")
    assert corpus.facts() == []


def test_a_number_stated_differently_for_the_same_thing_is_a_conflict():
    corpus = Corpus(a=BRIDGE, b=BRIDGE)
    corpus.number("a", "11", 11, measure="recommendations", clause="the inquiry has made 11 recommendations")
    corpus.number("b", "twelve", 12, measure="recommendations", clause="the inquiry made twelve recommendations")
    assert list(corpus.agreements().values()) == ["conflicts", "conflicts"]


def test_two_numbers_that_a_text_gives_side_by_side_are_two_facts():
    corpus = Corpus(a=BRIDGE, b=BRIDGE)
    about = {"measure": "sessions", "unit": "sessions"}
    held, planned = "one mentoring session was held", "instead of the two sessions that were planned"
    one = [corpus.number(name, "one", 1, clause=held, **about) for name in "ab"]
    two = [corpus.number(name, "two", 2, clause=planned, **about) for name in "ab"]
    assert sorted(map(sorted, corpus.groups())) == sorted(map(sorted, [set(one), set(two)]))
    assert set(corpus.agreements().values()) == {"same"}


def test_durations_agree_across_units():
    corpus = Corpus(a=BRIDGE, b=BRIDGE)
    about = {"kind": "duration", "measure": "elapsed"}
    year = corpus.number("a", "one year", 1, unit="years", clause="one year passed between exit and attack", **about)
    months = corpus.number("b", "12 months", 12, unit="months", clause="12 months between exit and attack", **about)
    assert corpus.groups() == [{year, months}]


def test_a_rule_on_keeping_data_is_one_fact_whatever_the_case():
    corpus = Corpus(a=BRIDGE, b=ROAD, c=ROAD)
    about = {"kind": "duration", "measure": "retention", "unit": "years"}
    six = [corpus.number("a", "six years", 6, clause="it is removed after six years", **about)]
    six.append(corpus.number("b", "6 years", 6, clause="the rule says 6 years", **about))
    corpus.number("c", "ten years", 10, clause="ten years would be better", **about)
    assert corpus.groups() == [set(six)]


def test_equal_numbers_of_dead_in_one_case_are_one_fact():
    corpus = Corpus(a=BRIDGE, b=BRIDGE, c=BRIDGE)
    about = {"measure": "deaths"}
    two = [corpus.number("a", "Two", 2, clause="Two of them died", **about)]
    two.append(corpus.number("b", "two", 2, clause="The killer of two worshippers", **about))
    corpus.number("c", "three", 3, clause="three were stabbed in another town", **about)
    assert corpus.groups() == [set(two)]


def test_a_coarser_date_of_the_same_happening_is_compatible():
    corpus = Corpus(a=BRIDGE, b=BRIDGE, c=BRIDGE)
    day = corpus.event("a", "9 March 2019", "Rusk attacked the walkers on 9 March 2019", 2019, 3, 9, kind="attack")
    month = corpus.event("b", "March 2019", "he murdered three walkers in March 2019", 2019, 3, kind="attack")
    year = corpus.event("c", "2019", "the attack on the walkers in 2019", 2019, kind="attack")
    assert corpus.agreements() == {day: "same", month: "compatible", year: "compatible"}
    notes = {row.member_id: row.note for row in corpus.facts()}
    assert (notes[month], notes[year]) == ("month only", "year only")


def test_a_year_joins_only_one_of_two_happenings_in_it():
    corpus = Corpus(a=BRIDGE, b=BRIDGE)
    corpus.event("a", "January 2017", "he was referred to Prevent in January 2017", 2017, 1, kind="referral")
    corpus.event("a", "April 2017", "a panel adopted the case in April 2017", 2017, 4, kind="adoption")
    corpus.event("b", "April 2017", "Channel took on the case in April 2017", 2017, 4, kind="adoption")
    corpus.event("b", "2017", "since the referral in 2017", 2017, kind="referral")
    surfaces = {event.event_id: event.surface for event in corpus.events}
    assert sorted(sorted(surfaces[one] for one in group) for group in corpus.groups()) == [
        ["2017", "January 2017"],
        ["April 2017", "April 2017"],
    ]


def test_closing_a_case_and_leaving_in_the_same_month_are_one():
    corpus = Corpus(a=BRIDGE, b=BRIDGE)
    closed = corpus.event("a", "July 2020", "and closed it in July 2020", 2020, 7, kind="exit")
    left = corpus.event("b", "July 2020", "Rusk was discharged in July 2020", 2020, 7, kind="exit")
    assert corpus.groups() == [{closed, left}]


def test_different_dates_of_what_happens_once_conflict():
    corpus = Corpus(a=BRIDGE, b=BRIDGE)
    corpus.event("a", "January 2020", "and he left the programme in January 2020", 2020, 1, kind="exit")
    corpus.event("b", "February 2020", "he left the programme in February 2020", 2020, 2, kind="exit")
    rows = corpus.facts()
    assert [row.agreement for row in rows] == ["conflicts", "conflicts"]
    assert "against" in rows[0].note


def test_two_days_in_one_week_for_the_attack_conflict_but_the_day_of_a_statement_on_it_does_not():
    corpus = Corpus(a=BRIDGE, b=BRIDGE, c=BRIDGE)
    first = corpus.event("a", "11 May 2022", "Rusk killed three walkers on 11 May 2022", 2022, 5, 11, kind="attack")
    second = corpus.event("b", "12 May 2022", "the murder of three walkers on 12 May 2022", 2022, 5, 12, kind="attack")
    told = "the statement of 13 May 2022 on the murder of three walkers"
    corpus.event("c", "13 May 2022", told, 2022, 5, 13, kind="attack")
    assert corpus.agreements() == {first: "conflicts", second: "conflicts"}


def test_the_same_happening_in_two_cases_is_no_conflict():
    corpus = Corpus(a=BRIDGE, b=ROAD)
    corpus.event("a", "January 2020", "he left the programme in January 2020", 2020, 1, kind="exit")
    corpus.event("b", "February 2020", "he left the programme in February 2020", 2020, 2, kind="exit")
    assert corpus.facts() == []


def test_the_date_of_one_statement_that_differs_between_its_records_is_a_conflict():
    corpus = Corpus(speech=BRIDGE, record=BRIDGE)
    for name, kind, day in (("speech", "statement", 18), ("record", "review_record", 17)):
        corpus.documents[name].document_type, corpus.documents[name].published_date = kind, date(2021, 6, day)
    line = corpus.event("speech", "2021-06-18", "date 2021-06-18", 2021, 6, 18, start=6)
    told = corpus.event("record", "17 June 2021", "Published 17 June 2021", 2021, 6, 17, kind="publication", start=90)
    assert corpus.agreements() == {line: "conflicts", told: "conflicts"}
    assert {row.fact_id for row in corpus.facts()} == {"publication-date"}
    corpus.documents["record"].document_type = "news"  # the date of a news page is its own
    assert corpus.facts() == []


def test_findings_of_one_topic_are_a_fact_within_one_case():
    corpus = Corpus(a=BRIDGE, b=BRIDGE, c=ROAD)
    first = corpus.finding("a", "notes were incomplete", "issue-notes")
    second = corpus.finding("b", "Incomplete notes", "issue-notes")
    corpus.finding("c", "notes were never kept", "issue-tools")
    assert corpus.groups() == [{first, second}]
    assert {row.member_kind for row in corpus.facts()} == {"finding"}


def test_one_document_alone_makes_no_fact():
    corpus = Corpus(a=BRIDGE)
    for _ in range(2):
        corpus.official("a", "6,287", 6287)
        corpus.number("a", "seven", 7, measure="recommendations")
        corpus.finding("a", "incomplete notes", "issue-notes")
        corpus.event("a", "9 March 2019", "attacked on 9 March 2019", 2019, 3, 9, kind="attack")
    assert corpus.facts() == []


def test_members_of_a_copy_say_so():
    words = " ".join(f"word{place}" for place in range(60))
    corpus = Corpus(early=words, late=f"As the other paper wrote: {words}")
    corpus.documents["early"].published_date, corpus.documents["late"].published_date = (
        date(2020, 1, 1),
        date(2020, 1, 3),
    )
    corpus.official("early", "6,287", 6287)
    corpus.official("late", "6,287", 6287)
    notes = {row.document_id: row.note for row in corpus.facts()}
    assert notes["late"].endswith("copy of early")
    assert "copy" not in notes["early"]
    assert all("1 of 2 independent" in note for note in notes.values())


def test_texts_of_their_own_count_as_independent():
    corpus = Corpus(early=" ".join(f"word{place}" for place in range(60)), late=BRIDGE)
    corpus.official("early", "6,287", 6287)
    corpus.official("late", "6,287", 6287)
    assert [row.note for row in corpus.facts()] == ["6,287 in 2 documents"] * 2


def test_a_document_names_the_earlier_text_that_it_repeats():
    words = " ".join(f"word{place}" for place in range(60))
    days = {"late": date(2020, 1, 3), "early": date(2020, 1, 1), "other": date(2020, 1, 2)}
    texts = {"late": f"As the other paper wrote: {words}", "early": words, "other": BRIDGE}
    documents = [Document(name, published_date=day, is_copy_of="stale") for name, day in days.items()]
    sentences = [Sentence(f"{name}:0", name, 0, len(text), text, "body") for name, text in texts.items()]
    menu = [Sentence(f"{name}:9999", name, 9999, 9999 + len(words), words, "furniture") for name in texts]
    note_copies(documents, sentences + menu)
    assert {one.document_id: one.is_copy_of for one in documents} == {"late": "early", "early": None, "other": None}


def test_a_copy_is_found_by_words_in_a_row_and_points_to_the_first_of_them():
    text = " ".join(f"word{place}" for place in range(80))
    days = {"c": 3, "a": 2, "b": 1}
    documents = [Document(name, published_date=date(2020, 1, day)) for name, day in days.items()]
    texts = {"a": text, "b": text, "c": f"Said here: {text}"}
    assert find_copies(documents, texts) == {"a": "b", "c": "b"}
    shuffled = " ".join(reversed(text.split()))
    assert find_copies(documents, {"a": text, "b": shuffled}) == {}
    assert find_copies(documents, {"a": "Too short", "b": "Too short"}) == {}


def test_a_minister_who_speaks_on_two_cases_does_not_make_them_one():
    sentences = [
        Sentence(f"{name}:{place}", name, place * 100, place * 100 + 90, text, "body", speaker="Jane Norwood")
        for name, case in (("a", BRIDGE), ("b", ROAD))
        for place, text in enumerate([case, "The minister Jane Norwood spoke.", "Then Jane Norwood sat down."])
    ]
    assert not Subjects([Document("a"), Document("b")], sentences).is_same("a", "b")


def test_a_text_that_mentions_another_case_does_not_contradict_the_texts_on_it():
    other = "The bomber Dennis Achterberg of Marlow Road reminded members of Callum Rusk and of Fenwick Bridge."
    corpus = Corpus(a=BRIDGE, b=BRIDGE, c=f"{ROAD} {ROAD} {ROAD} {other}", d=f"{ROAD} {ROAD} Dennis Achterberg fled.")
    subjects = Subjects(corpus.documents.values(), corpus.sentences)
    assert subjects.is_surely_same("a", "b")
    assert subjects.is_surely_same("c", "d")
    assert not subjects.is_surely_same("a", "d")
    assert subjects.likeness("a", "c") < subjects.likeness("c", "d")


def test_words_are_compared_by_stem_and_meaning():
    assert content_stems("He was exited from the programme") == content_stems("he left the programmes")
    assert part_around("he came in May, and he left in June", "June").strip() == "he left in June"
    alike = Likeness([("he left the programme", "he left"), ("he exited the programme", "exited"), ("snow fell", "")])
    same, other = alike.of([(0, 1), (0, 2)])
    assert same > 0.9
    assert other == 0.0


def test_names_of_facts_are_readable_and_never_shared():
    assert slug("sessions", "two of the 12", None) == "sessions-two-of-the-12"
    names = unique_names(["deaths-two", "deaths-two", "attack"], [["a:1"], ["b:2"], ["c:3"]])
    assert names[2] == "attack"
    assert len(set(names)) == 3


def some_rows() -> st.SearchStrategy[Corpus]:
    number = st.tuples(
        st.sampled_from("abc"), st.integers(1, 9), st.booleans(), st.sampled_from(["sessions", "chairs"])
    )
    happening = st.tuples(st.sampled_from("abc"), st.integers(1, 4), st.sampled_from([(), (3,), (3, 9)]))
    return st.builds(_corpus, st.lists(number, max_size=12), st.lists(happening, max_size=8))


def _corpus(numbers: list[tuple[str, int, bool, str]], happenings: list[tuple[str, int, tuple[int, ...]]]) -> Corpus:
    corpus = Corpus(a=BRIDGE, b=BRIDGE, c=ROAD)
    for document, value, is_official, unit in numbers:
        if is_official:
            corpus.official(document, str(value), value, value + 1)
        else:
            corpus.number(document, str(value), value, unit=unit, clause=f"{value} {unit} were counted")
    for document, year, rest in happenings:
        clause = f"he left the programme in {2014 + year}"
        corpus.event(document, str(2014 + year), clause, 2014 + year, *rest, kind="exit")
    return corpus


@settings(max_examples=60)
@given(some_rows(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(corpus, random):
    before = corpus.facts()
    for rows in (corpus.statistics, corpus.events, corpus.findings, corpus.sentences):
        random.shuffle(rows)
    corpus.documents = dict(random.sample(sorted(corpus.documents.items()), 3))
    assert corpus.facts() == before


@settings(max_examples=60)
@given(some_rows())
def test_every_fact_has_two_documents_and_conflicts_hold_for_all_its_members(corpus):
    facts: dict[str, list[Corroboration]] = {}
    for row in corpus.facts():
        facts.setdefault(row.fact_id, []).append(row)
        assert row.member_id in (row.statistic_id, row.event_id, row.finding_id)
    members = [row.member_id for rows in facts.values() for row in rows]
    assert len(members) == len(set(members))
    for rows in facts.values():
        assert len({row.document_id for row in rows}) > 1
        assert len({row.agreement == "conflicts" for row in rows}) == 1
        assert any(row.agreement != "compatible" for row in rows)


def test_passing_mention_of_another_case_is_about_that_case():
    elsewhere = (
        "The council of Penhallow debated cost in Penhallow. Penhallow voted. The Fenwick killer struck in 2019."
    )
    corpus = Corpus(news=f"{BRIDGE} All of Fenwick mourned, and in Fenwick they wait.", minutes=elsewhere)
    clause = "two people were killed in the attack"
    killed = [corpus.number(name, "two", 2, measure="deaths", clause=clause) for name in ("news", "minutes")]
    assert corpus.groups() == []  # no sentence of theirs names the case
    for row in corpus.statistics:
        row.sentence_id = f"{row.document_id}:0"
    assert corpus.groups() == [set(killed)]


def test_many_shared_findings_do_not_hide_the_names_that_texts_share():
    corpus = Corpus(tracker=BRIDGE, statement=BRIDGE, news=BRIDGE)
    for number in range(20):
        for name in ("tracker", "statement"):
            corpus.finding(name, f"finding {number}", f"issue-{number}")
    said = [
        corpus.event(name, "June 2019", "he attacked two people in June 2019", 2019, 6) for name in corpus.documents
    ]
    assert set(said) in corpus.groups()


def test_the_duty_came_in_once_whatever_case_a_text_deals_with():
    corpus = Corpus(news=BRIDGE, explainer=ROAD)
    month = corpus.event("news", "July 2015", "schools have had a legal duty since July 2015", 2015, 7)
    year = corpus.event("explainer", "2015", "councils and schools were put under a duty in 2015", 2015)
    assert corpus.agreements() == {month: "same", year: "compatible"}


def test_numbers_of_the_injured_conflict_in_whatever_words():
    corpus = Corpus(news=BRIDGE, statement=BRIDGE)
    for name, surface, value in (("news", "five", 5), ("statement", "six", 6)):
        corpus.number(name, surface, value, measure="other", clause=f"{surface} others were injured in the attack")
    assert set(corpus.agreements().values()) == {"conflicts"}
