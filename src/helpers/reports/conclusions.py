"""The answer in at most ten sentences; every number in them leads to where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from helpers.official.series import NATIONAL
from helpers.reports.answers import VERDICT_MEANINGS, fact_words, findings_table
from helpers.reports.displays import REPORTS, Fragment, each_row, enumerated, link, together
from helpers.reports.evidence import (
    MEASURE_WORDS,
    Evidence,
    concern_words,
    evidence_link,
    official_link,
    statistic_link,
    subject_words,
)
from helpers.reports.overviews import case_events
from helpers.reports.totals import UNCOMPARED, Totals, shown_words

FITTING = ("agrees", "agreed_at_the_time")
NAMED = 4  # statements named in one sentence
PLACES = {
    "texts": "index.html#texts",
    "problems": "index.html#problems-in-the-inputs",
    "numbers": "20_extract_statistics.html#what-do-the-numbers-measure",
    "official": "20_extract_statistics.html#what-is-stated-about-the-three-official-measures",
    "quoted": "20_extract_statistics.html#who-is-quoted",
    "verdicts": "30_check_statistics.html#how-do-they-fare",
    "wrong": "30_check_statistics.html#which-ones-are-not-borne-out",
    "unjudged": "30_check_statistics.html#what-could-not-be-compared-and-why",
    "facts": "40_compare_sources.html#which-facts-are-these",
    "people": "50_report.html#how-many-people-were-referred-discussed-and-adopted",
    "findings": "50_report.html#what-did-the-reviews-find-and-recommend-and-what-became-of-it",
}


def answer_sentences(evidence: Evidence, years: pd.DataFrame) -> list[Fragment]:
    """Return the answer: at most ten sentences, each with its numbers; questions without any evidence are passed over.

    Parameters
    ----------
    evidence : Evidence
        The tables, filtered.
    years : pandas.DataFrame
        From `official_years`.
    """
    statistics = evidence.statistics
    said = [
        _scope(evidence.totals),
        _verdicts(evidence.totals),
        _not_borne_out(statistics),
        *_people(statistics, years),
    ]
    said += [_concerns(statistics, measure) for measure in ("referrals", "channel_adopted")]
    said += [_case(evidence.events), _findings(evidence.findings), _agreement(evidence)]
    return [sentence for sentence in said if sentence.words][:10]


def _way(words: str, place: str) -> Fragment:
    """Return words that lead to a place in the report."""
    return link(f"{REPORTS}{PLACES[place]}", words)


def _count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _scope(totals: Totals) -> Fragment:
    """Return what was read."""
    left_out = f" ({totals.n_left_out:,} more are left out by the filters)" if totals.n_left_out else ""
    failed = together(" ", _way(_count(totals.n_errors, "file"), "problems"), " could not be read.")
    return together(
        _way(_count(totals.n_documents, "text"), "texts"), " states " if totals.n_documents == 1 else " state ",
        _way(_count(totals.n_statistics, "number"), "numbers"), left_out, "; ",
        _way(f"{int(totals.judged['n'].sum()):,}", "official"), " of them are about the three official measures.",
        failed if totals.n_errors else "", f" {shown_words(totals.examples)}" if totals.examples else "",
    )  # fmt: skip


def _verdicts(totals: Totals) -> Fragment:
    """Return how many of the comparable numbers are borne out, and how many are not comparable."""
    counts = totals.judged.groupby("verdict")["n"].sum()
    judged = int(sum(counts.get(verdict, 0) for verdict in VERDICT_MEANINGS if verdict not in UNCOMPARED))
    if not judged:
        return together("None of the numbers can be compared with an official figure." if totals.n_statistics else "")
    parts = [
        (counts.get("agrees", 0), "agree with the newest official figure", "verdicts"),
        (counts.get("agreed_at_the_time", 0), "agreed with the figure known when they were published", "verdicts"),
        (counts.get("agrees_with_other_release", 0), "agree only with another release", "wrong"),
        (counts.get("differs", 0), "differ from every release", "wrong"),
    ]
    said = [together(_way(f"{n:,} ({n / judged:.0%})", place), f" {words}") for n, words, place in parts if n]
    rest = int(sum(counts.get(verdict, 0) for verdict in UNCOMPARED))
    more = together("; ", _way(f"{rest:,}", "unjudged"), " more cannot be compared") if rest else ""
    start = f"Of the {judged:,} that can be compared with an official figure, "
    return together(start, enumerated(said), more, ".")


def _not_borne_out(statistics: pd.DataFrame) -> Fragment:
    """Return the numbers that no release bears out, with the official ones."""
    rows = statistics[statistics["verdict"] == "differs"]
    named = [
        together(statistic_link(row), f" {subject_words(row)}, {row.period} (officially ", official_link(row), ")")
        for row in each_row(rows.head(NAMED))
    ]
    return together("Not borne out: ", _some(named, len(rows), "wrong", "; "), ".") if named else together()


def _some(named: Sequence[Fragment], number: int, place: str, between: str = ", ") -> Fragment:
    """Return what is named of some statements, and how many more there are."""
    more = [_way(f"{number - len(named):,} more", place)] if number > len(named) else []
    return enumerated([*named, *more], between, f"{between.rstrip(', ')} and ")


def _people(statistics: pd.DataFrame, years: pd.DataFrame) -> list[Fragment]:
    """Return the official numbers of the years that the texts speak of most, with what the texts say."""
    totals = years[years["dimension"] == "total"]
    levels = (statistics["dimension"].fillna("") == "total") & (statistics["direction"] == "level")
    national = statistics["geography"].fillna(NATIONAL) == NATIONAL
    stated = statistics[levels & national & statistics["year"].isin(totals["year"])]
    said = []
    for year in sorted(stated["year"].value_counts(sort=True).index[:2], reverse=True):
        rows = stated[stated["year"] == year]
        numbers = {row.measure: row for row in each_row(totals[(totals["year"] == year) & totals["count"].notna()])}
        parts = [
            together(link(numbers[key].source_url, f"{numbers[key].count:,.0f}"), f" were {words}", _told(rows, key))
            for key, words in MEASURE_WORDS.items()
            if key in numbers
        ]
        compared = rows[~rows["verdict"].isin(UNCOMPARED)]
        fit = int(compared["verdict"].isin(FITTING).sum())
        which = f"{fit:,} of {_count(len(compared), 'comparable statement')}"
        verdict = together("; ", _way(which, "people"), " on this year ", "is" if fit == 1 else "are", " borne out")
        told = together(f"In the year to March {year}, officially, ", enumerated(parts))
        said.append(together(told, verdict if len(compared) else "", "."))
    return said


def _told(statistics: pd.DataFrame, measure: str) -> Fragment:
    """Return in brackets how the texts state a measure, each wording once; what cannot be compared says too little."""
    rows = statistics[(statistics["measure"] == measure) & statistics["caveat"].isna()]
    rows = rows[rows["verdict"] != "not_comparable"].drop_duplicates("stated")
    if rows.empty:
        return together()
    named = [statistic_link(row) for row in each_row(rows.head(NAMED))]
    return together(" (the texts say ", _some(named, len(rows), "people"), ")")


def _concerns(statistics: pd.DataFrame, measure: str) -> Fragment:
    """Return the percentages by type of concern that the texts state for the year that they speak of most."""
    rows = statistics[
        (statistics["measure"] == measure) & (statistics["dimension"].fillna("") == "concern")
        & statistics["unit"].eq("percent") & statistics["year"].notna() & statistics["direction"].eq("level")
        & statistics["category"].notna() & (statistics["geography"].fillna(NATIONAL) == NATIONAL)
    ]  # fmt: skip
    if rows.empty:
        return together()
    year = rows["year"].value_counts(sort=True).index[0]
    rows = rows[rows["year"] == year].drop_duplicates(["category", "stated"])
    parts = [
        together(f"{concern_words(str(category))} at ", _stated_shares(list(each_row(group))))
        for category, group in list(rows.groupby("category", sort=False))[: NAMED + 1]
    ]
    whole = "Among referrals" if measure == "referrals" else "Among Channel cases"
    return together(f"{whole} in the year to March {year} the texts put ", enumerated(parts), ".")


def _stated_shares(rows: Sequence[Any]) -> Fragment:
    """Return the wordings of one share, and the official figure where one is known."""
    known = [row for row in rows if pd.notna(row.official_value)]
    official = together(" (officially ", official_link(known[0]), ")") if known else ""
    return together(enumerated([statistic_link(row) for row in rows], last=" or "), official)


def _case(events: pd.DataFrame) -> Fragment:
    """Return the course of events from the first to the last, naming those that most texts state."""
    steps = [
        together(f"{row.event_type} (", evidence_link("event", row.event_ids[0], row.when), ")")
        for row in each_row(case_events(events, limit=6))
    ]
    return (
        together("The case that most texts follow ran as: ", enumerated(steps, last=", "), ".") if steps else together()
    )


def _findings(findings: pd.DataFrame) -> Fragment:
    """Return what the reviews found and what became of it."""
    if findings.empty:
        return together()
    table = findings_table(findings)
    numbers = {kind: int((table["kind"] == kind).sum()) for kind in ("issue", "recommendation")}
    kinds = [_way(_count(number, kind), "findings") for kind, number in numbers.items() if number]
    states = table[table["kind"] == "recommendation"]["status"].value_counts()
    became = ", ".join(f"{count:,} {status}" for status, count in states.items())
    return together("The reviews state ", enumerated(kinds), f"; of the recommendations: {became}." if became else ".")


def _agreement(evidence: Evidence) -> Fragment:
    """Return on how many facts the texts agree and conflict, and which the conflicts are."""
    members = evidence.corroborations
    if members.empty:
        return together("No fact is stated by more than one text.")
    facts = fact_words(members, evidence.statistics, evidence.events, evidence.findings)
    conflicts = members[members["agreement"] == "conflicts"].drop_duplicates("fact_id")
    named = [
        together(
            evidence_link(row.member_kind, row.member_id, facts[row.fact_id]), f" ({row.note})" if row.note else ""
        )
        for row in each_row(conflicts.head(NAMED))
    ]
    n_conflicts, n_facts = len(conflicts), members["fact_id"].nunique()
    which = together(": ", _some(named, n_conflicts, "facts", "; ")) if named else ""
    stated = _way(_count(n_facts, "fact"), "facts")
    agree = f"the texts agree or are compatible on {n_facts - n_conflicts:,} and conflict on {n_conflicts:,}"
    return together(stated, f" {'is' if n_facts == 1 else 'are'} stated by more than one text; {agree}", which, ".")
