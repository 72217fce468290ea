"""Findings: issues and recommendations from headings, lists and prose, their status, and their topics."""

from __future__ import annotations

import csv
import random
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from speech import f1, is_accepted, read_speech

from helpers.findings.reviews import find_findings, link_topics
from helpers.records import Finding, Sentence
from helpers.sentences.splitting import split_sentences

PASSAGES = sorted((ROOT / "tests" / "texts" / "speech").glob("*.marked"))


def findings(text: str, document_id: str = "d") -> list[Finding]:
    return find_findings(text, split_sentences(text, document_id), document_id)


def rows(text: str) -> list[tuple[str, int | None, str]]:
    return [(found.kind, found.number, found.text) for found in findings(text)]


# ---------------------------------------------------------------- lists


def test_the_subject_named_beside_the_number_of_an_issue_is_no_addressee():
    text = "Issue 1: Records\nMinutes survive for one meeting.\nIssue 2: Closure\nNobody visited the home.\n"
    assert [found.addressee for found in findings(text)] == [None, None]


def test_a_list_in_the_sentence_is_split_into_its_items():
    text = "The panel identified three issues: late forms, poor notes on visits and meetings, and no deputy."
    assert rows(text) == [
        ("issue", 1, "late forms"),
        ("issue", 2, "poor notes on visits and meetings"),
        ("issue", 3, "no deputy"),
    ]


def test_the_announced_count_decides_where_the_last_item_starts():
    text = "The review identified two failings: a lack of notes and a lack of training."
    assert [words for *_, words in rows(text)] == ["a lack of notes", "a lack of training"]


def test_bullets_below_an_announcing_sentence_are_items():
    text = "The review identified two issues:\n\n- The forms were late\n- Nobody kept notes\n\nIt was published in May."
    assert rows(text) == [("issue", 1, "The forms were late"), ("issue", 2, "Nobody kept notes")]


def test_lines_below_a_count_and_that_are_items_though_they_look_like_headings():
    text = (
        "The panel put forward four recommendations, which are that:\n\nthe Home Office publish its forms\n\n"
        "Calder Police write down who was told\n\n"
        "Calder Council hold a meeting each week\n\n"
        "the college train its tutors\n\nThe first two have been implemented. The Government accepts the other two."
    )
    assert [(found.number, found.addressee, found.status) for found in findings(text)] == [
        (1, "Home Office", "implemented"), (2, "Calder Police", "implemented"),
        (3, "Calder Council", "accepted"), (4, "college", "accepted"),
    ]  # fmt: skip


def test_they_are_stands_for_what_the_sentences_before_counted():
    text = (
        "The review made 9 recommendations. Ministers accepted them all. The last two come next year. They are:\n\n"
        "• to write to every school;\n• to have the forms kept for a year.\n\nThe tables are in the Library.\n"
    )
    assert [(found.text, found.status) for found in findings(text)] == [
        ("to write to every school", "accepted"),
        ("to have the forms kept for a year.", "accepted"),
    ]


def test_a_minister_who_presents_a_review_tells_its_issues():
    text = (
        "The Calder review was published on Monday.\n"
        "In a statement to the Commons, the minister said notes “were incomplete” and that the form was out of date.\n"
        "The minister added: “The school was never told a word.\n“The visits stopped early.\n“I thank the families.”\n"
    )
    assert [found.text for found in findings(text)] == [
        "notes “were incomplete”",
        "the form was out of date",
        "The school was never told a word.",
        "The visits stopped early.",
    ]


def test_a_list_of_faults_below_concluded_that_is_a_list_of_issues():
    listed = "a) the forms were never read;\nb) no one told the school;\nc) {third}.\n\nThe tables follow.\n"
    text = "The review, published today, concluded that:\n\n" + listed
    assert [kind for kind, *_ in rows(text.format(third="notes were lost"))] == ["issue"] * 3
    assert rows("The review concluded that:\n\n- the scheme works well\n- the forms are kept\n\nThe end.\n") == []


def test_some_of_a_counted_list_have_no_numbers():
    text = (
        "The review contains six learning points. Two matter to schools:\n\n"
        "• Notes should be kept.\n• Forms should be one.\n\nThe end.\n"
    )
    assert rows(text) == [
        ("recommendation", None, "Notes should be kept."),
        ("recommendation", None, "Forms should be one."),
    ]


def test_recommendations_joined_by_and_that_are_parted():
    text = "The ombudsman recommended that the college apologise to her and that its staff be trained again."
    assert [words for *_, words in rows(text)] == ["the college apologise to her", "its staff be trained again"]


def test_the_number_of_issues_is_no_issue():
    assert rows("Jane Orme spoke out after a review found seven missed opportunities to help.") == []


def test_the_number_of_a_paragraph_is_no_count_of_what_it_lists():
    text = "4.7 We identified two issues, namely that:\n(a) files were incomplete;\n(b) pupils were not asked.\n"
    assert [number for _, number, _ in rows(text)] == [1, 2]


def test_who_should_hear_something_is_not_the_one_to_act():
    text = "The report recommends that schools should hear the outcome within a week."
    assert [finding.addressee for finding in findings(text)] == [None]


def test_a_list_that_names_only_some_has_no_numbers():
    text = "The report makes nine recommendations, including a new form, a new panel, and a new rule."
    assert [number for _, number, _ in rows(text)] == [None, None, None]


@pytest.mark.parametrize(
    "text",
    [
        "No recommendations with this response.",
        "I highly recommend the cake, the tea, and the garden.",
        "We took no issue with the panel: it met, it talked, and it left.",
        "The issue was raised in the House.",
        "There are 2 further matters – money, and time.",
    ],
)
def test_what_no_review_found_is_no_finding(text):
    assert rows(text) == []


# ---------------------------------------------------------------- headings, numbered paragraphs, prose


def test_the_paragraph_under_a_numbered_heading_is_the_finding_and_the_line_between_the_addressee():
    text = (
        "Recommendations\n\nRecommendation 1\nHome Office\nForms – The forms differ from place to place. They should be one.\n"  # noqa: E501
        "Recommendation 2\nCollege of Policing\nNotes – Notes were not kept. They should be.\n"
    )
    found = findings(text)
    assert [(row.number, row.addressee) for row in found] == [(1, "Home Office"), (2, "College of Policing")]
    assert found[0].text == "Forms – The forms differ from place to place. They should be one."


@pytest.mark.parametrize("label", ["R1. ", "Rec 1: ", "Recommendation 1: ", "RECOMMENDATION 1 – "])
def test_every_way_to_number_a_recommendation_is_read(label):
    (found,) = findings(f"Recommendations of the panel\n\n{label}The Home Office should publish the forms each year.\n")
    assert (found.kind, found.number, found.addressee) == ("recommendation", 1, "Home Office")


@pytest.mark.parametrize(
    ("text", "words", "addressee"),
    [
        ("The review recommends that councils publish their notes.", "councils publish their notes", "councils"),
        ("We recommend that the Home Office should fund it.", "the Home Office should fund it", "Home Office"),
        ("It is recommended that notes be kept for a year.", "notes be kept for a year", None),
    ],
)
def test_prose_recommends_with_its_verb(text, words, addressee):
    (found,) = findings(text)
    assert (found.kind, found.text, found.addressee) == ("recommendation", words, addressee)


def test_quoted_faults_go_on_in_what_the_speaker_added():
    text = (
        "Jane Orme said the report found “the notes were poor and the forms were late”.\n"
        "She added: “Nobody told the school. The tool was outdated. The panel met in May.”\n"
    )
    assert [found.text for found in findings(text)] == [
        "the notes were poor and the forms were late",
        "Nobody told the school.",
        "The tool was outdated.",
    ]


def test_prose_on_issues_is_left_to_the_full_list():
    text = "The review found that notes were poor.\n\nThe review identified two issues: poor notes, and late forms."
    assert [found.text for found in findings(text)] == ["poor notes", "late forms"]


# ---------------------------------------------------------------- status

LIST = "The review made two recommendations: a new form, and a new panel."


@pytest.mark.parametrize(
    ("told", "statuses"),
    [
        ("", ["proposed", "proposed"]),
        ("The Home Office has fully implemented both recommendations.", ["implemented", "implemented"]),
        ("The government accepts the two recommendations.", ["accepted", "accepted"]),
        ("The government will implement all the recommendations.", ["accepted", "accepted"]),
        ("The recommendations have not been implemented.", ["proposed", "proposed"]),
        ("The panel urged that the recommendations be implemented.", ["proposed", "proposed"]),
        ("Recommendation 2 has been implemented.", ["proposed", "implemented"]),
        ("It has implemented recommendation 1, and rejected recommendation 2.", ["implemented", "proposed"]),
        ("One of the recommendations has been accepted.", ["proposed", "proposed"]),
        ("By May one recommendation had been implemented.", ["proposed", "proposed"]),
        ("Both have since been implemented.", ["implemented", "implemented"]),
    ],
)
def test_the_status_is_the_furthest_that_the_text_states_of_each(told, statuses):
    assert [found.status for found in findings(f"{LIST}\n\n{told}\n")] == statuses


def test_all_of_them_reaches_back_over_the_list():
    text = "The review made 2 recommendations. They were to:\n\nkeep notes\n\nshare forms\n\nAll 2 are implemented.\n"
    assert [found.status for found in findings(text)] == ["implemented", "implemented"]


def test_a_status_line_speaks_for_its_own_recommendation():
    text = (
        "Recommendation 1\nCouncil chief executives\nForms – The forms should be one.\nAccepted\n"
        "Recommendation 2\nHome Office\nNotes – Notes should be kept.\nUnder consideration\nLast updated in May\n"
    )
    assert [(found.addressee, found.status) for found in findings(f"One recommendation is implemented.\n\n{text}")] == [
        ("Council chief executives", "accepted"),
        ("Home Office", "proposed"),
    ]


def test_headings_and_labels_of_markdown_are_read_as_those_of_plain_text():
    text = (
        "# Review\n\n## Recommendation 1\n\nThe Home Office should publish a form. **Status: implemented**\n\n"
        "**Recommendation 2**\n\nThe College of Policing should revise its guidance.\n"
    )
    assert [(found.number, found.addressee, found.status) for found in findings(text)] == [
        (1, "Home Office", "implemented"),
        (2, "College of Policing", "proposed"),
    ]


def test_a_table_of_counts_by_concern_is_no_list_of_issues():
    text = "Figures\n\nConcern\tReferrals\nIslamist\t1,064\nExtreme right wing\t214\n"
    assert findings(text) == []
    assert findings(text.replace("Referrals", "Number")) == []


def test_the_next_table_has_a_head_of_its_own():
    text = "Owner\tIssue\nHome Office\tNotes were not kept\nIssue\tStatus\nTraining was late\tOpen\n"
    assert [found.text for found in findings(text)] == ["Notes were not kept", "Training was late"]


def test_the_status_names_the_sentence_that_states_it():
    text = f"{LIST}\n\nIt rained. Both recommendations have been implemented.\n"
    assert {found.status_sentence_id for found in findings(text)} == {f"d:{text.index('Both')}"}


def test_an_issue_has_no_status():
    (first, *_) = findings(
        "The review identified two issues: poor notes, and late forms. All recommendations are implemented."
    )
    assert (first.status, first.status_sentence_id) == (None, None)


# ---------------------------------------------------------------- topics


def three_documents() -> list[Finding]:
    texts = {
        "a": "The review identified three issues: poor keeping of notes, late referral forms, and an outdated tool.",
        "b": "The reviewer identified 3 issues, namely that:\n\nnotes were badly kept\n\nthe referral form came late\n\nthe tool was out of date\n\n",  # noqa: E501
        "c": "The review found five failings, among them:\n\n- The tool that staff used was outdated\n- Referral forms were late\n",  # noqa: E501
    }
    return [found for name, text in texts.items() for found in findings(text, name)]


def test_the_same_finding_in_several_documents_has_one_topic():
    topics = {(found.document_id, found.span_start): found.topic_id for found in link_topics(three_documents())}
    by_document = {
        name: [topic for (document, _), topic in sorted(topics.items()) if document == name] for name in "abc"
    }
    assert by_document["a"] == by_document["b"]
    assert by_document["c"] == [by_document["a"][2], by_document["a"][1]]
    assert len(set(by_document["a"])) == 3


def test_topics_do_not_depend_on_the_order_of_the_findings():
    found = three_documents()
    once = {row.finding_id: row.topic_id for row in link_topics(found)}
    random.Random(4).shuffle(found)
    assert {row.finding_id: row.topic_id for row in link_topics(found)} == once


def test_reviews_of_other_cases_share_no_topic():
    texts = {
        "a": "The review made three recommendations: train every panel chair, keep notes longer, and name contacts.",
        "b": "The audit made three recommendations: training for panel chairs, new offices, and yearly counts.",
    }
    found = link_topics([row for name, text in texts.items() for row in findings(text, name)])
    assert len({row.topic_id for row in found}) == len(found) == 6


def test_no_two_findings_of_one_document_share_a_topic():
    pairs = Counter((found.document_id, found.topic_id) for found in link_topics(three_documents()))
    assert max(pairs.values()) == 1


# ---------------------------------------------------------------- measured


@pytest.mark.parametrize(("kind", "letter", "wanted"), [("issue", "i", 10), ("recommendation", "c", 20)])
def test_findings_in_our_own_passages_are_found(kind, letter, wanted):
    counts: Counter[str] = Counter()
    for path in PASSAGES:
        text, marked = read_speech(path)
        found = [row for row in findings(text) if row.kind == kind]
        counts["found"] += len(found)
        for mark in (mark for mark in marked if mark.kind == letter):
            counts["wanted"] += 1
            for row in found:
                shared = min(row.span_end, mark.end) - max(row.span_start, mark.start)
                if shared >= 0.8 * max(row.span_end - row.span_start, mark.end - mark.start):
                    counts["right"] += 1
                    answers = [str(row.number or "null"), row.addressee, row.status]
                    judged = list(zip(answers, mark.answers, strict=False)) if mark.answers[0] else []
                    counts["fields"] += len(judged)
                    counts["fields right"] += sum(is_accepted(answer, accepted) for answer, accepted in judged)
    assert counts["wanted"] >= wanted
    assert f1(counts) >= 0.95
    assert counts["fields right"] >= 0.9 * counts["fields"]


def test_findings_in_the_real_texts_are_found_and_linked(shared_gold: Path, shared_seeds: Path):
    with (shared_gold / "seeds" / "findings.csv").open(encoding="utf-8") as stream:
        gold = list(csv.DictReader(stream))
    found = [
        row
        for path in sorted(shared_seeds.glob("*.txt"))
        for row in findings(path.read_bytes().decode("utf-8"), path.name)
    ]
    topics = {(row.document_id, row.kind, row.span_start): row for row in link_topics(found)}
    hits = {index: topics.get((row["document"], row["kind"], int(row["span_start"]))) for index, row in enumerate(gold)}
    assert f1(Counter(right=sum(map(bool, hits.values())), found=len(found), wanted=len(gold))) >= 0.95
    assert all(hit.status == (gold[index]["status"] or None) for index, hit in hits.items() if hit)
    linked = {row["topic_id"] for row in gold}
    assert (
        sum(
            len({hit.topic_id for index, hit in hits.items() if hit and gold[index]["topic_id"] == topic}) == 1
            for topic in linked
        )
        >= 9
    )


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        (
            "Its three recommendations were to keep a log, train all panels and tell schools and colleges.",
            ["keep a log", "train all panels", "tell schools and colleges"],
        ),
        (
            "The three recommendations were to keep one log, to train every panel and to tell the schools.",
            ["keep one log", "train every panel", "tell the schools"],
        ),
        ("The two recommendations were to blame for the delay and the cost of it.", []),
        ("The five recommendations were to be published in May, July and August.", []),
    ],
)
def test_counted_recommendations_may_be_strung_together(sentence, texts):
    assert [row.text for row in findings(f"The review is out.\n\n{sentence}\n")] == texts


# ---------------------------------------------------------------- any text

PIECES = st.sampled_from(
    ["Recommendation 1", "\n", "\n\n", "- ", "1. ", "the review found that ", "poor ", "identified six issues: ", "a, ", "and ", "; ", ". ",  # noqa: E501
     "“", "”", "R2. ", "Home Office ", "should ", "recommends that ", "These were to:", "x "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=50).map("".join) | st.text(max_size=200))
def test_any_text_gives_valid_spans_and_no_error(text):
    found = findings(text)
    assert all(0 <= row.span_start < row.span_end <= len(text) for row in found)
    assert all(text[row.span_start : row.span_end] == row.text for row in found)
    assert all(first.span_end <= second.span_start for first, second in pairwise(found))
    assert len(link_topics(found)) == len(found)


@pytest.mark.parametrize(
    "piece", ["R1. Home Office\n", "identified six issues: a, ", "we recommend that the ", "issues and failings "]
)
def test_time_grows_no_faster_than_the_text(piece):
    def seconds(count: int) -> float:
        text = piece * count
        sentences = [
            Sentence(f"d:{at}", "d", at, at + len(piece) - 1, piece, "body") for at in range(0, len(text), len(piece))
        ]
        start = time.process_time()
        find_findings(text, sentences, "d")
        return time.process_time() - start

    seconds(1)  # read the lexicon first
    assert min(seconds(4000) for _ in range(3)) < 12 * max(min(seconds(1000) for _ in range(3)), 0.001)


# ---------------------------------------------------------------- what became of some of them

FOUR = "The review made four recommendations. They are:\n1. Train every chair.\n2. Publish the guidance.\n"
FOUR += "3. Keep records for six years.\n4. Set a time limit.\n\n"
DONE, TAKEN, OPEN = "implemented", "accepted", "proposed"


@pytest.mark.parametrize(
    ("told", "statuses"),
    [
        ("The first three have been implemented and the last has been accepted.", [DONE, DONE, DONE, TAKEN]),
        ("Three have been implemented, and the one on data retention remains open.", [DONE, DONE, OPEN, DONE]),
        ("All four were accepted. The first and second are complete.", [DONE, DONE, TAKEN, TAKEN]),
        ("We accept all four recommendations. Two are in place.", [TAKEN] * 4),
        ("Recommendations 1 and 4 have been delivered. The other two were accepted.", [DONE, TAKEN, TAKEN, DONE]),
        ("The last two recommendations were implemented in May 2024. The rest have been accepted.",
         [TAKEN, TAKEN, DONE, DONE]),
        ("The recommendation on guidance has been accepted.", [OPEN, TAKEN, OPEN, OPEN]),
        ("The recommendation on the use of tasers has been accepted.", [OPEN] * 4),
        ("Three of the four recommendations have been implemented.", [OPEN] * 4),
        ("None of the recommendations has been implemented.", [OPEN] * 4),
        ("The first of the recommendations should be implemented by May.", [OPEN] * 4),
        ("All four recommendations have been accepted, and three of them implemented.", [TAKEN] * 4),
    ],
)  # fmt: skip
def test_statuses_of_some_recommendations_are_told_apart(told, statuses):
    assert [found.status for found in findings(FOUR + told)] == statuses


def test_what_a_recommendation_asks_for_is_no_news_of_the_others():
    text = "Recommendation 1\nReview every case completed in a day.\nRecommendation 2\nTrain the chairs of panels.\n"
    assert [found.status for found in findings(text)] == [OPEN, OPEN]


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("Implemented · July 2025", DONE), ("Accepted · due April 2026", TAKEN), ("Completed in May 2024", DONE),
        ("Delivered (June 2023)", DONE), ("Status: partially implemented", TAKEN), ("Partially accepted", TAKEN),
        ("Update (July 2025): done", DONE), ("Rejected", OPEN), ("Under consideration", OPEN), ("Not started", OPEN),
        ("Status: in progress, due by end of 2026", TAKEN), ("Accepted and implemented", DONE),
        ("Accepted, not yet implemented", TAKEN), ("Response: not accepted", OPEN),
    ],
)  # fmt: skip
def test_status_lines_below_a_recommendation(label, status):
    text = f"Recommendation 1\nHome Office\nTrain the chairs of panels every year.\n{label}\n"
    assert [found.status for found in findings(text + "Recommendation 2\nPolice\nMeet every month.\n")] == [
        status,
        OPEN,
    ]


def test_statuses_in_the_cells_of_a_table():
    rows_of = ["Train every chair | Complete", "Publish guidance | Part complete", "Set a limit | Open",
               "Keep records | Accepted, due 2026", "Meet monthly | Delivered in June 2024"]  # fmt: skip
    text = "No. | Recommendation | Status\n" + "".join(f"{at} | {row}\n" for at, row in enumerate(rows_of, 1))
    assert [found.status for found in findings(text)] == [DONE, TAKEN, OPEN, TAKEN, DONE]
