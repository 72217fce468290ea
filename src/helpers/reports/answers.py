"""The tables that answer the report's questions: few rows, the official figure beside the stated one."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

import pandas as pd

from helpers.reports.displays import VERDICT_MARKS, Fragment, each_row, verdict_label, when_words
from helpers.reports.evidence import MEASURE_WORDS, official_words, subject_words
from helpers.reports.overviews import case_events

VERDICT_MEANINGS = {
    "agrees": "the newest official figure lies within what the wording allows",
    "agreed_at_the_time": "the figure current when the text was published does; it was revised since",
    "agrees_with_other_release": "only some other release does",
    "differs": "no release does",
    "not_comparable": "measure, category, period, whole or place is not known well enough",
    "no_series": "known well enough, but the official tables hold no such figure",
}
STATED_COLUMNS = ["Period", "What", "Stated", "Official", "Verdict", "Text"]


def stated_people(statistics: pd.DataFrame) -> pd.DataFrame:
    """Return what the texts state on people referred, discussed and adopted in all: a row a statistic, newest first."""
    return _stated(statistics[statistics["dimension"].fillna("") == "total"])


def stated_concerns(statistics: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return what the texts state on types of concern among referrals or Channel cases: one row a statistic."""
    return _stated(statistics[(statistics["dimension"].fillna("") == "concern") & (statistics["measure"] == measure)])


def not_borne_out(statistics: pd.DataFrame) -> pd.DataFrame:
    """Return the statistics that the official figures do not bear out, with the reason: one row a statistic."""
    rows = _sorted(statistics[statistics["verdict"].isin(["differs", "agrees_with_other_release"])])
    table = _stated(rows).assign(Reason=rows["reason"].tolist())
    table["What"] += ", " + table["Period"]
    return table[["What", "Stated", "Official", "Verdict", "Reason", "Text"]]


def verdict_counts(statistics: pd.DataFrame) -> pd.DataFrame:
    """Return how many statistics got each verdict, and what it means: one row a verdict."""
    checked = statistics.dropna(subset="verdict")
    rows = [
        (verdict_label(verdict), int((checked["verdict"] == verdict).sum()), VERDICT_MEANINGS[verdict])
        for verdict in VERDICT_MARKS
    ]
    return pd.DataFrame(rows, columns=["Verdict", "Statistics", "Meaning"]) if len(checked) else pd.DataFrame()


def reasons_not_compared(statistics: pd.DataFrame, limit: int = 12) -> pd.DataFrame:
    """Return why statistics could not be compared, most frequent first: one row a reason."""
    rows = statistics[statistics["verdict"].isin(["not_comparable", "no_series"])]
    counts = rows.groupby(["verdict", "reason"]).size().sort_values(ascending=False, kind="stable").head(limit)
    table = counts.rename("Statistics").reset_index().rename(columns={"verdict": "Verdict", "reason": "Reason"})
    return table.assign(Verdict=table["Verdict"].map(verdict_label))


def official_table(years: pd.DataFrame) -> pd.DataFrame:
    """Return official totals by year: one row a year, shares of the year's referrals in per cent."""
    totals = years[years["dimension"] == "total"]
    counts = totals.pivot_table(index="year", columns="measure", values="count").reindex(columns=list(MEASURE_WORDS))
    percents = totals.pivot_table(index="year", columns="measure", values="percent").reindex(
        columns=list(MEASURE_WORDS)
    )
    table = pd.DataFrame({"Year to March": [str(year) for year in counts.index]})
    for measure, words in MEASURE_WORDS.items():
        table[f"{words[0].upper()}{words[1:]}"] = counts[measure].tolist()
        if measure != "referrals":
            computed = 100 * counts[measure] / counts["referrals"]
            table[f"{words.split()[0].capitalize()}, % of referrals"] = (
                computed.fillna(percents[measure].reindex(counts.index)).round(0).tolist()
            )
    return table


def case_table(events: pd.DataFrame) -> pd.DataFrame:
    """Return the course of the case: one row a dated happening, with the texts that state it."""
    table = case_events(events)
    if table.empty:
        return table
    return table[["when", "event_type", "description", "labels"]].rename(
        columns={
            "when": "When",
            "event_type": "What",
            "description": "In the words of the first text",
            "labels": "Texts",
        }
    )


def findings_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Return what the reviews found and recommended: one row a topic, with the furthest status any text states."""
    if findings.empty:
        return findings
    steps = {"proposed": 1, "accepted": 2, "implemented": 3}
    rows = findings.assign(
        topic=findings["topic_id"].fillna(findings["finding_id"]), step=findings["status"].map(steps).fillna(0)
    )
    rows = rows.sort_values(["kind", "topic", "step"], ascending=[False, True, False], kind="stable")
    table = rows.groupby(["kind", "topic"], sort=False).agg(
        number=("number", "min"),
        text=("text", "first"),
        addressee=("addressee", "first"),
        status=("status", "first"),
        texts=("label", _joined),
    )
    table = table.reset_index().sort_values(["kind", "number"], ascending=[False, True], kind="stable")
    table["text"] = [text if len(text) <= 220 else text[:219] + "…" for text in table["text"]]
    table["status"] = table["status"].astype(object).where(table["status"].notna(), "not stated")
    return table[["kind", "number", "text", "addressee", "status", "texts"]]


def fact_words(
    corroborations: pd.DataFrame, statistics: pd.DataFrame, events: pd.DataFrame, findings: pd.DataFrame
) -> pd.Series:
    """Return words for every fact that several texts state, from its first member."""
    said: dict[str, str] = {}
    for row in each_row(statistics):
        about = subject_words(row) if row.measure in MEASURE_WORDS else _noun(row)
        stated = "nobody" if row.measure in MEASURE_WORDS and row.value == 0 else row.stated
        said[row.statistic_id] = f"{stated} {about}".strip() + ("" if row.period == "–" else f", {row.period}")
    for row in each_row(events):
        what = shorten(row.description, 80, placeholder=" …") if row.event_type == "other" else row.event_type
        said[row.event_id] = f"{what}, {when_words(row.date_start, row.date_end)}"
    said |= {row.finding_id: f"{row.kind}: {row.text}" for row in each_row(findings)}
    members = corroborations.assign(words=[said.get(one, one) for one in corroborations["member_id"]])
    return members.groupby("fact_id")["words"].first()


def agreement_table(corroborations: pd.DataFrame, facts: pd.Series) -> pd.DataFrame:
    """Return facts that several texts state: one row a fact, conflicts first."""
    if corroborations.empty:
        return corroborations
    table = corroborations.groupby("fact_id").agg(
        agreement=("agreement", lambda values: min(values, key=["conflicts", "compatible", "same"].index)),
        texts=("label", _joined),
        note=("note", _noted),
    )
    table.insert(0, "fact", [facts.get(fact, fact) for fact in table.index])
    order = table["agreement"].map({"conflicts": 0, "compatible": 1, "same": 2})
    return table.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def _noun(statistic: Any) -> str:
    """Return the noun that a number counts, unless its own words hold it."""
    noun = str(statistic.unit).replace("_", " ")
    single = noun.removesuffix("s")
    if statistic.unit in ("percent", "gbp") or single in statistic.surface:
        return ""
    return single if statistic.value == 1 else noun


def _joined(labels: pd.Series[str]) -> str:
    """Return the names of texts, each once."""
    return "; ".join(sorted(set(labels)))


def _noted(notes: pd.Series[str]) -> str:
    """Return what is noted on the members of a fact, each remark once: of what it is about, and of copies."""
    return "; ".join(dict.fromkeys(part for note in notes for part in note.split("; ")))


def _sorted(statistics: pd.DataFrame) -> pd.DataFrame:
    """Return statistics newest period first, then by measure, category and text."""
    return statistics.sort_values(
        ["period_end", "measure", "category", "document_id", "span_start"],
        ascending=[False, False, True, True, True],
        kind="stable",
        na_position="last",
    )


def _stated(statistics: pd.DataFrame) -> pd.DataFrame:
    """Return statistics for reading: period, subject, statement, official figure, verdict, text."""
    rows = [
        (row.period, subject_words(row), row.stated, official_words(row), _verdict(row.verdict), row.label)
        for row in each_row(_sorted(statistics))
    ]
    return pd.DataFrame(rows, columns=STATED_COLUMNS)


def _verdict(verdict: object) -> Fragment | str:
    """Return a verdict's label; a dash where there is none."""
    return verdict_label(verdict) if isinstance(verdict, str) else "–"
