"""Answers in tables and sentences: every number in them is counted from the tables."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest
from conftest import ROOT
from small_tables import rows, share, statistic, write_tables

from helpers.official.series import read_official
from helpers.records import Document, Event
from helpers.reports import answers
from helpers.reports.conclusions import answer_sentences
from helpers.reports.evidence import official_years, read_evidence
from helpers.reports.summary import first_page_parts

PARAMETERS = {"excerpts_only": True, "as_of": "", "concern": "", "period_from": "", "period_to": ""}


@pytest.fixture(scope="module")
def years():
    return official_years(read_official(ROOT / "data" / "raw" / "official"))


@pytest.fixture(scope="module")
def processed(tmp_path_factory):
    return write_tables(tmp_path_factory.mktemp("tables"), rows())


@pytest.fixture(scope="module")
def evidence(processed):
    return read_evidence(processed)


def said(table: pd.DataFrame, *columns: str) -> list[list[str]]:
    """The cells of some columns in words, a list a row."""
    return table[list(columns)].map(str).values.tolist()


def test_answer_counts_texts_numbers_and_verdicts(evidence, years):
    told = "\n".join(map(str, answer_sentences(evidence, years)))
    assert "2 texts state 6 numbers; 5 of them are about the three official measures. 1 file could not be read." in told
    assert "Of the 4 that can be compared with an official figure, 2 (50%) agree" in told
    assert "1 (25%) agreed with the figure known when they were published and 1 (25%) differ" in told
    assert "differ from every release; 1 more cannot be compared." in told
    assert "Not borne out: 9,999 referred to Prevent, the year to March 2020 (officially 6,287)." in told
    assert "6,287 were referred to Prevent (the texts say 6,287 and 9,999), 1,424 were discussed at" in told
    assert "692 were adopted as a Channel case; 2 of 3 comparable statements on this year are borne out." in told
    assert "Islamist at 30% (officially 30.1%) and extreme right wing at 43%." in told
    assert "1 issue and 1 recommendation; of the recommendations: 1 implemented" in told
    assert "agree or are compatible on 1 and conflict on 1: referral, 1 May 2019 (day)." in told
    assert len(answer_sentences(evidence, years)) <= 10


def test_every_stated_number_of_the_answer_leads_to_its_words(evidence, years):
    markup = "\n".join(sentence.html for sentence in answer_sentences(evidence, years))
    for identifier, words in [("gazette:10", "6,287"), ("gazette:30", "9,999"), ("minutes:50", "43%")]:
        assert f'<a href="../reports/evidence/{identifier.split(":")[0]}.html#{identifier}">{words}</a>' in markup
    assert 'minutes.html#event-minutes:95">3 February 2020</a>' in markup
    assert re.search(r'<a href="https://[^"]+">1,424</a>', markup)


def test_answer_to_nothing_says_so(tmp_path, years):
    said = answer_sentences(read_evidence(write_tables(tmp_path, {})), years)
    assert str(said[0]).startswith("0 texts state 0 numbers")
    assert str(said[-1]) == "No fact is stated by more than one text."


def test_stated_people_stand_beside_the_official_figure(evidence):
    table = answers.stated_people(evidence.statistics)
    assert said(table, "Stated", "Official", "Text") == [
        ["6,287", "6,287", "Sample Gazette, 1 Dec 2020"],
        ["9,999", "6,287", "Sample Gazette, 1 Dec 2020"],
        ["6,287", "6,288", "minutes"],
    ]
    assert set(table["Period"]) == {"the year to March 2020"}


def test_stated_numbers_and_texts_lead_to_the_words(evidence):
    row = answers.stated_people(evidence.statistics).iloc[1]
    assert row["Stated"].html == '<a href="../reports/evidence/gazette.html#gazette:30">9,999</a>'
    assert row["Text"].html.startswith('<a href="../reports/evidence/gazette.html">')


def test_numbers_not_borne_out_come_with_their_reason(evidence):
    assert answers.not_borne_out(evidence.statistics)["Reason"].tolist() == ["no release"]


def test_findings_are_told_once_with_their_furthest_status(evidence):
    table = answers.findings_table(evidence.findings)
    assert table[["kind", "status"]].values.tolist() == [["recommendation", "implemented"], ["issue", "not stated"]]
    assert said(table, "texts") == [["Sample Gazette, 1 Dec 2020; minutes"], ["minutes"]]
    assert 'href="../reports/evidence/minutes.html#finding-minutes:150"' in table["texts"].iloc[1].html


def test_conflicts_come_first_among_facts(evidence):
    facts = answers.fact_words(evidence.corroborations, evidence.statistics, evidence.events, evidence.findings)
    table = answers.agreement_table(evidence.corroborations, facts)
    assert table["agreement"].tolist() == ["conflicts", "same"]
    assert table["fact"].tolist()[1] == "6,287 referred to Prevent, the year to March 2020"


def test_official_table_leaves_no_year_out(years):
    table = answers.official_table(years)
    assert table["Year to March"].tolist() == [str(year) for year in range(2016, 2026)]
    assert table["Referred to Prevent"].iloc[4] == 6287


def test_every_statistic_that_is_not_compared_is_counted_under_a_reason(evidence):
    table = answers.reasons_not_compared(evidence.statistics)
    assert table["Statistics"].sum() == 1
    assert said(table, "Which") == [["43%"]]


def test_concern_filter_keeps_other_breakdowns_and_counts_what_it_drops(processed):
    kept = read_evidence(processed, concern="islamist")
    assert kept.totals.n_left_out == 1
    assert set(kept.statistics["category"].dropna()) == {"islamist", "total"}


def test_period_filter_keeps_only_periods_within(processed):
    assert read_evidence(processed, period_from="2019-04-01", period_to="2020-03-31").totals.n_left_out == 0
    assert len(read_evidence(processed, period_from="2019-04-02").statistics) == 0


def test_labels_of_texts_are_never_the_same(tmp_path):
    tables = {"documents": [Document(name, "One title") for name in ("a", "b", "c")]}
    labels = read_evidence(write_tables(tmp_path, tables)).documents["label"]
    assert labels.is_unique


def test_range_without_a_value_and_unknown_period_are_shown(tmp_path, years):
    stated = [
        statistic("a", 1, value=None, value_low=6000.0, value_high=7000.0, modifier="range", surface="6,000 to 7,000"),
        share("a", 20, "islamist", 30.0, period_start=None, period_end=None),
    ]
    evidence = read_evidence(write_tables(tmp_path, {"documents": [Document("a")], "statistics": stated}))
    assert said(answers.stated_people(evidence.statistics), "Stated") == [["6,000 to 7,000"]]
    assert answers.stated_concerns(evidence.statistics, "channel_adopted")["Period"].tolist() == ["–"]
    assert answer_sentences(evidence, years)


def test_first_page_shows_problems_and_what_to_do(processed, tmp_path):
    _, sections = first_page_parts(processed, tmp_path, ROOT / "data" / "raw", [("a.html", "A")], PARAMETERS)
    shown = "".join(part._repr_html_() for _, parts in sections for part in parts)
    assert "scan.pdf" in shown
    assert "Type it out." in shown
    assert '<a href="a.html">A</a>' in shown


def case(tmp_path, *happenings):
    """The course of a case told by one text a happening: (day or days, kind, date source, description)."""
    documents = [Document(f"text{place}", f"Text {place}") for place in range(len(happenings))]
    events = [
        Event(f"text{place}:1", f"text{place}", f"text{place}:0", 1, 9, "then", start, end, "day", source, kind, said)
        for place, (start, end, kind, source, said) in enumerate(happenings)
    ]
    tables = write_tables(tmp_path, {"documents": documents, "events": events})
    return answers.case_table(read_evidence(tables).events)


def test_course_of_a_case_counts_a_coarse_date_with_the_fine_one(tmp_path):
    day, year = date(2022, 6, 6), (date(2022, 1, 1), date(2022, 12, 31))
    table = case(tmp_path, (*year, "attack", "stated", "in 2022"), (day, day, "attack", "stated", "- he attacked"))
    assert said(table, *table) == [["6 June 2022", "attack", "he attacked", "Text 0; Text 1"]]


def test_course_of_a_case_leaves_out_what_a_text_does_today(tmp_path):
    day, other = date(2025, 2, 14), date(2025, 2, 12)
    table = case(
        tmp_path,
        (day, day, "attack", "relative", "today we take a step after the attack"),
        (other, other, "review", "stated", "the review began"),
        (other, other, "review", "relative", "on Wednesday the review began"),
    )
    assert said(table, "What", "Texts") == [["review", "Text 1; Text 2"]]
    assert 'href="../reports/evidence/text1.html#event-text1:1"' in table["Texts"].iloc[0].html


def test_course_of_a_case_knows_only_publications_of_reviews(tmp_path):
    day, other = date(2025, 2, 14), date(2025, 2, 12)
    told = ("publication", "stated")
    table = case(tmp_path, (day, day, *told, "the Review was published"), (other, other, *told, "figures came out"))
    assert table["When"].tolist() == ["14 February 2025"]


def test_year_alone_is_a_step_of_a_case_where_two_texts_give_it(tmp_path):
    year = (date(2016, 1, 1), date(2016, 12, 31), "exit", "stated", "the case was closed")
    assert case(tmp_path / "1", year).empty
    assert case(tmp_path / "2", year, year)["When"].tolist() == ["2016"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"surface": "twelve-month", "unit": "months", "value": 12.0}, "twelve-month"),
     ({"surface": "one", "unit": "sessions", "value": 1.0, "modifier": "only"}, "only one session"),
     ({"surface": "£5", "unit": "gbp", "value": 5.0}, "£5"), ({"surface": "41", "unit": "chairs"}, "41 chairs")],
)  # fmt: skip
def test_facts_are_put_into_words_without_a_noun_twice(tmp_path, fields, words):
    stated = statistic("a", 1, measure="other", dimension=None, category=None, period_start=None, **fields)
    evidence = read_evidence(write_tables(tmp_path, {"documents": [Document("a")], "statistics": [stated]}))
    fact = pd.DataFrame({"fact_id": ["f"], "member_id": ["a:1"]})
    assert answers.fact_words(fact, evidence.statistics, evidence.events, evidence.findings)["f"] == words


def test_copies_among_the_texts_of_a_fact_are_noted():
    rows = pd.DataFrame(
        {
            "fact_id": "f",
            "label": ["A", "B"],
            "member_kind": "statistic",
            "member_id": ["a:1", "b:1"],
            "agreement": "same",
            "note": ["7 in 2 documents", "7 in 2 documents; copy of a"],
        }
    )
    assert answers.agreement_table(rows, pd.Series({"f": "7 pupils"}))["note"].tolist() == [
        "7 in 2 documents; copy of a"
    ]


def test_empty_tables_give_empty_answers(tmp_path):
    evidence = read_evidence(write_tables(tmp_path, {}))
    assert answers.verdict_counts(evidence.totals.judged).empty
    assert answers.verdict_counts(evidence.statistics).empty
    assert answers.case_table(evidence.events).empty
    assert answers.findings_table(evidence.findings).empty
    assert answers.agreement_table(evidence.corroborations, pd.Series(dtype=str)).empty
