"""Tables of what the texts hold, a row a text or statement; each row leads to the words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.official.wording import interval_words
from helpers.reports.displays import each_row, enumerated, together, when_words
from helpers.reports.evidence import evidence_link, label_texts, statistic_link, subject_words, text_link
from helpers.reports.licences import is_open

EXAMPLES = 3  # quotations of one speaker that are linked
NOT_KNOWN = "–"


def list_documents(documents: pd.DataFrame, excerpts_only: bool = True) -> pd.DataFrame:
    """Return the texts, and how much of each its evidence page shows: one row a text."""
    names = dict(label_texts(documents))
    labelled = documents.assign(label=documents["document_id"].map(names))
    rows = [
        (text_link(row), row.title, row.document_type.replace("_", " "), row.published_date, row.n_characters,
         row.n_sentences, row.licence, "in full" if is_open(row.licence) or not excerpts_only else "excerpts",
         names.get(row.is_copy_of))
        for row in each_row(labelled)
    ]  # fmt: skip
    columns = ["Text", "Title", "Type", "Published", "Characters", "Sentences", "Licence", "Shown", "Copy of"]
    return pd.DataFrame(rows, columns=columns).dropna(axis="columns", how="all")


def list_statistics(labelled: pd.DataFrame) -> pd.DataFrame:
    """Return stated numbers with the interval that their wording allows, from `label_statistics`: one row a number."""
    rows = [
        (statistic_link(row), subject_words(row), row.period, interval_words(row.value_low, row.value_high),
         _known(row.speaker), text_link(row))
        for row in each_row(labelled)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["Stated", "What", "Period", "Wording allows", "Said by", "Text"])


def list_events(events: pd.DataFrame, labels: pd.Series[str]) -> pd.DataFrame:
    """Return dated happenings of a known kind, the oldest first: one row a happening in a text."""
    typed = events[events["event_type"] != "other"].sort_values("date_start", kind="stable")
    rows = [
        (evidence_link("event", row.event_id, when_words(row.date_start, row.date_end)), row.event_type,
         row.description, evidence_link("document", row.document_id, labels[row.document_id]))
        for row in each_row(typed)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["When", "Type", "What", "Text"])


def list_speakers(quotations: pd.DataFrame, labels: pd.Series[str]) -> pd.DataFrame:
    """Return who is quoted, as the texts name them, the most quoted first: one row a speaker."""
    groups = sorted(quotations.groupby("speaker"), key=lambda group: -len(group[1]))
    rows = []
    for speaker, said in groups:
        first = said.drop_duplicates("document_id")
        ways = [evidence_link("quotation", row.quotation_id, labels[row.document_id]) for row in each_row(first)]
        more = [f"and {len(ways) - EXAMPLES} more"] if len(ways) > EXAMPLES else []
        where = enumerated([*ways[:EXAMPLES], *more], "; ", "; ")
        rows.append((speaker, len(said), len(first), where))
    return pd.DataFrame(rows, columns=["Speaker", "Quotations", "Texts", "Where first"])


def list_findings(findings: pd.DataFrame, labels: pd.Series[str]) -> pd.DataFrame:
    """Return what reviews found, text by text: one row a finding in a text."""
    rows = [
        (evidence_link("finding", row.finding_id, _numbered(row)), row.text, _known(row.addressee),
         _known(row.status), together(labels[row.document_id]))
        for row in each_row(findings)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["Finding", "Words", "Addressee", "Status", "Text"])


def _numbered(finding: Any) -> str:
    """Return kind and number of a finding."""
    return str(finding.kind) if pd.isna(finding.number) else f"{finding.kind} {int(finding.number)}"


def _known(value: Any) -> str:
    """Return a value, or a dash where there is none."""
    return NOT_KNOWN if pd.isna(value) else str(value)
