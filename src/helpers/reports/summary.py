"""The answer in sentences with numbers, computed from the tables, and what stands on the first page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.official.series import NATIONAL, read_official
from helpers.paths import official_folder
from helpers.reports.answers import VERDICT_MEANINGS, findings_table, verdict_counts
from helpers.reports.displays import Fragment, each_row, link, show_sentences, show_table
from helpers.reports.downloads import show_downloads
from helpers.reports.evidence import (
    MEASURE_WORDS,
    Evidence,
    concern_words,
    official_words,
    official_years,
    read_evidence,
)
from helpers.reports.overviews import case_events, verdicts_by_document
from helpers.reports.totals import UNCOMPARED, Totals, shown_words

TITLE = "What the texts say about Prevent, and whether it is right"


def answer_sentences(evidence: Evidence, years: pd.DataFrame) -> list[str]:
    """Return the answer: at most ten sentences, each with its numbers; questions without any evidence are passed over.

    Parameters
    ----------
    evidence : Evidence
        The tables, filtered.
    years : pandas.DataFrame
        From `official_years`.
    """
    said = [_scope(evidence), *_verdicts(evidence.totals), *_people(evidence.statistics, years)]
    said += [_concerns(evidence.statistics, measure) for measure in ("referrals", "channel_adopted")]
    said += [_case(evidence.events), _findings(evidence.findings), _agreement(evidence.corroborations)]
    return [sentence for sentence in said if sentence][:10]


def _scope(evidence: Evidence) -> str:
    """Return what was read."""
    totals = evidence.totals
    left_out = f" ({totals.n_left_out:,} more are left out by the filters)" if totals.n_left_out else ""
    failed = f" {_count(totals.n_errors, 'file')} could not be read." if totals.n_errors else ""
    shown = f" {shown_words(totals.examples)}" if totals.examples else ""
    return (
        f"{_count(totals.n_documents, 'text')} state {_count(totals.n_statistics, 'number')}{left_out}; "
        f"{int(totals.judged['n'].sum()):,} of them are about the three official measures.{failed}{shown}"
    )


def _verdicts(totals: Totals) -> list[str]:
    """Return how many of the comparable numbers are borne out."""
    counts = totals.judged.groupby("verdict")["n"].sum()
    judged = int(sum(counts.get(verdict, 0) for verdict in VERDICT_MEANINGS if verdict not in UNCOMPARED))
    if not judged:
        return ["None of the numbers can be compared with an official figure."] if totals.n_statistics else []
    parts = [
        (counts.get("agrees", 0), "agree with the newest official figure"),
        (counts.get("agreed_at_the_time", 0), "agreed with the figure known when they were published"),
        (counts.get("agrees_with_other_release", 0), "agree only with another release"),
        (counts.get("differs", 0), "differ from every release"),
    ]
    said = [f"{count} ({count / judged:.0%}) {words}" for count, words in parts if count]
    return [f"Of the {judged:,} that can be compared with an official figure, {_join(said)}."]


def _people(statistics: pd.DataFrame, years: pd.DataFrame) -> list[str]:
    """Return the official numbers of the years that the texts speak of most, with what the texts say."""
    totals = years[years["dimension"] == "total"]
    levels = (statistics["dimension"].fillna("") == "total") & (statistics["direction"] == "level")
    national = statistics["geography"].fillna(NATIONAL) == NATIONAL
    stated = statistics[levels & national & statistics["year"].isin(totals["year"])]
    said = []
    for year in sorted(stated["year"].value_counts(sort=True).index[:2], reverse=True):
        numbers = totals[totals["year"] == year].set_index("measure")["count"].dropna()
        parts = [f"{numbers[key]:,.0f} were {words}" for key, words in MEASURE_WORDS.items() if key in numbers]
        rows = stated[stated["year"] == year]
        quoted = list(dict.fromkeys(rows["stated"]))
        more = f" and {len(quoted) - 4} more" if len(quoted) > 4 else ""
        fit = int(rows["verdict"].isin(["agrees", "agreed_at_the_time"]).sum())
        said.append(
            f"In the year to March {year}, officially, {_join(parts)}; the texts say {', '.join(quoted[:4])}{more}, "
            f"and {fit} of these {_count(len(rows), 'statement')} {'is' if fit == 1 else 'are'} borne out."
        )
    return said


def _concerns(statistics: pd.DataFrame, measure: str) -> str:
    """Return the percentages by type of concern that the texts state for the newest year they speak of."""
    rows = statistics[
        (statistics["measure"] == measure) & (statistics["dimension"].fillna("") == "concern")
        & statistics["unit"].eq("percent") & statistics["year"].notna() & statistics["direction"].eq("level")
    ]  # fmt: skip
    if rows.empty:
        return ""
    year = rows["year"].value_counts(sort=True).index[0]
    rows = rows[rows["year"] == year].drop_duplicates(["category", "stated"])
    parts = [
        f"{concern_words(row.category)} at {row.stated}"
        + ("" if pd.isna(row.official_value) else f" (officially {official_words(row)})")
        for row in each_row(rows)
        if isinstance(row.category, str)
    ]
    whole = "Among referrals" if measure == "referrals" else "Among Channel cases"
    return f"{whole} in the year to March {year} the texts put {_join(parts[:5])}." if parts else ""


def _case(events: pd.DataFrame) -> str:
    """Return the course of events from the first to the last, naming those that most texts state."""
    table = case_events(events, limit=6)
    if table.empty:
        return ""
    steps = [f"{row.event_type} ({row.when})" for row in each_row(table)]
    return f"The case that most texts follow ran as: {', '.join(steps)}."


def _findings(findings: pd.DataFrame) -> str:
    """Return what the reviews found and what became of it."""
    if findings.empty:
        return ""
    table = findings_table(findings)
    kinds = [_count(n, kind) for kind in ("issue", "recommendation") if (n := int((table["kind"] == kind).sum()))]
    states = table[table["kind"] == "recommendation"]["status"].value_counts()
    became = ", ".join(f"{count} {status}" for status, count in states.items())
    return f"The reviews state {_join(kinds)}" + (f"; of the recommendations: {became}." if became else ".")


def _agreement(corroborations: pd.DataFrame) -> str:
    """Return on how many facts the texts agree and conflict."""
    if corroborations.empty:
        return "No fact is stated by more than one text."
    conflict = corroborations.groupby("fact_id")["agreement"].agg(lambda values: bool((values == "conflicts").any()))
    return (
        f"{_count(len(conflict), 'fact')} are stated by more than one text; the texts agree or are compatible on "
        f"{int((~conflict).sum())} and conflict on {int(conflict.sum())}."
    )


def first_page_parts(
    processed: Path, reports: Path, raw: Path, pages: Sequence[tuple[str, str]], parameters: Mapping[str, str]
) -> tuple[Fragment, list[tuple[str, list[Any]]]]:
    """Return the answer and the sections (title, parts) of the first page.

    Parameters
    ----------
    processed, reports, raw : Path
        Folders of tables, of pages and figures, and of source texts.
    pages : sequence of (address, title)
        The pages of the notebooks.
    parameters : mapping
        ``as_of`` as for `official_years`; ``concern``, ``period_from``, ``period_to`` as for `read_evidence`.
    """
    evidence = read_evidence(processed, *(parameters[name] for name in ("concern", "period_from", "period_to")))
    day = date.fromisoformat(parameters["as_of"]) if parameters["as_of"] else None
    answer = show_sentences(answer_sentences(evidence, official_years(read_official(official_folder(raw)), day)))
    documents = evidence.documents
    shown = documents[["label", "title", "document_type", "published_date", "n_characters", "licence"]]
    shown = shown.assign(document_type=shown["document_type"].str.replace("_", " ")).dropna(axis="columns", how="all")
    headings = {
        "label": "Text",
        "document_type": "Type",
        "published_date": "Published",
        "n_characters": "Characters",
    }
    hashes = documents[["raw_path", "document_id", "raw_sha256"]]
    named = {"raw_path": "File", "document_id": "Id in the tables", "raw_sha256": "sha256"}
    drawn = sorted(path.stem for path in reports.glob("figures/*.svg"))
    links = [
        (name.replace("_", " "), link(f"figures/{name}.svg", "SVG"), link(f"data/{name}.csv", "CSV")) for name in drawn
    ]
    figures = pd.DataFrame(links, columns=["Figure", "Drawing", "Numbers"])
    return answer, [
        ("Verdicts at a glance", [
            show_table(verdict_counts(evidence.totals.judged), "Statistics by verdict", empty="None was checked."),
            verdicts_by_document(evidence.statistics),
        ]),
        ("Texts", [
            show_table(shown, "One row a text", headings, limit=100, empty="No text was read."),
            show_table(hashes, "Files as they were read", named, limit=100, empty="No file was read."),
        ]),
        ("Problems in the inputs", [
            show_table(evidence.problems, "One row a problem, with what to do", limit=100, empty="None."),
        ]),
        ("Pages, figures and their numbers", [
            show_sentences(link(address, title) for address, title in pages),
            show_table(figures, "One row a figure", limit=100, empty="Nothing was drawn."),
            show_downloads(),
        ]),
    ]  # fmt: skip


def _count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _join(parts: Sequence[str]) -> str:
    """Return parts as an enumeration."""
    return ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + "".join(parts[-1:])
