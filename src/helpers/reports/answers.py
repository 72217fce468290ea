"""The tables that answer the report's questions: few rows, the official figure beside the stated one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import shorten
from typing import Any

import pandas as pd

from helpers.reports.displays import VERDICT_MARKS, Fragment, each_row, enumerated, link, verdict_label, when_words
from helpers.reports.evidence import (
    MEASURE_WORDS,
    evidence_link,
    noun_words,
    official_link,
    statistic_link,
    subject_words,
    text_link,
)
from helpers.reports.overviews import case_events, event_links

VERDICT_MEANINGS = {
    "agrees": "the newest official figure lies within what the wording allows",
    "agreed_at_the_time": "the figure current when the text was published does; it was revised since",
    "agrees_with_other_release": "only some other release does",
    "differs": "no release does",
    "not_comparable": "measure, category, period, whole or place is not known well enough",
    "no_series": "known well enough, but the official tables hold no such figure",
}
TEXTS = 30  # texts named in one cell
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
    """Return how many statistics got each verdict, and what it means: one row a verdict.

    `statistics` has a row a statistic, or fewer with their number as ``n`` (`Totals.judged`).
    """
    checked = statistics.dropna(subset="verdict")
    counts = _counted(checked, ["verdict"])
    rows = [
        (verdict_label(verdict), int(counts.get(verdict, 0)), VERDICT_MEANINGS[verdict]) for verdict in VERDICT_MARKS
    ]
    return pd.DataFrame(rows, columns=["Verdict", "Statistics", "Meaning"]) if len(checked) else pd.DataFrame()


def reasons_not_compared(statistics: pd.DataFrame, limit: int = 12, judged: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return why statistics could not be compared, most frequent first: one row a reason, with those that are shown.

    Counted are `statistics`, or `judged` (as for `verdict_counts`) where there are more than are shown.
    """
    rows = statistics[statistics["verdict"].isin(["not_comparable", "no_series"])]
    counted = rows if judged is None else judged[judged["verdict"].isin(["not_comparable", "no_series"])]
    counts = _counted(counted, ["verdict", "reason"]).sort_values(ascending=False, kind="stable").head(limit)
    found = []
    for group in each_row(counts.rename("n").reset_index()):
        members = rows[(rows["verdict"] == group.verdict) & (rows["reason"] == group.reason)]
        which = _linked([statistic_link(row) for row in each_row(members)])
        found.append((verdict_label(group.verdict), group.reason, group.n, which))
    return pd.DataFrame(found, columns=["Verdict", "Reason", "Statistics", "Which"])


def _counted(statistics: pd.DataFrame, by: list[str]) -> pd.Series[int]:
    """Return the number of statistics by columns."""
    groups = statistics.groupby(by[0] if len(by) == 1 else by)
    return groups["n"].sum() if "n" in statistics else groups.size()


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
    newest = totals.sort_values("release", kind="stable").drop_duplicates("year", keep="last").set_index("year")
    ways = [link(row.source_url, row.release) for row in each_row(newest.reindex(counts.index))]
    return table.assign(**{"Newest release": pd.Series(ways, dtype=object)})


def case_table(events: pd.DataFrame) -> pd.DataFrame:
    """Return the course of the case: one row a dated happening, with the texts that state it."""
    rows = [
        (row.when, row.event_type, row.description, _linked(event_links(row), limit=TEXTS))
        for row in each_row(case_events(events))
    ]
    return pd.DataFrame(rows, columns=["When", "What", "In the words of the first text", "Texts"])


def findings_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Return what the reviews found and recommended: one row a topic, with the furthest status any text states."""
    if findings.empty:
        return findings
    steps = {"proposed": 1, "accepted": 2, "implemented": 3}
    rows = findings.assign(
        topic=findings["topic_id"].fillna(findings["finding_id"]),
        step=findings["status"].map(steps).fillna(0),
        way=_ways(["finding"] * len(findings), findings["finding_id"], findings["label"]),
    )
    rows = rows.sort_values(["kind", "topic", "step"], ascending=[False, True, False], kind="stable")
    table = rows.groupby(["kind", "topic"], sort=False).agg(
        number=("number", "min"),
        text=("text", "first"),
        addressee=("addressee", "first"),
        status=("status", "first"),
        texts=("way", _joined),
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
        about = subject_words(row) if row.measure in MEASURE_WORDS else noun_words(row)
        stated = "nobody" if row.measure in MEASURE_WORDS and row.value == 0 else row.stated
        said[row.statistic_id] = f"{stated} {about}".strip() + ("" if row.period == "–" else f", {row.period}")
    for row in each_row(events):
        label = row.description.replace(row.surface, "").strip(" :.")  # a description that only labels the day
        told = (label or "a day") if " " not in label else shorten(row.description, 80, placeholder=" …")
        what = told if row.event_type == "other" else row.event_type
        said[row.event_id] = f"{what}, {when_words(row.date_start, row.date_end)}"
    said |= {row.finding_id: f"{row.kind}: {row.text}" for row in each_row(findings)}
    members = corroborations.assign(words=[said.get(one, one) for one in corroborations["member_id"]])
    return members.groupby("fact_id")["words"].first()


def agreement_table(corroborations: pd.DataFrame, facts: pd.Series) -> pd.DataFrame:
    """Return facts that several texts state: one row a fact, conflicts first."""
    if corroborations.empty:
        return corroborations
    ways = _ways(corroborations["member_kind"], corroborations["member_id"], corroborations["label"])
    table = (
        corroborations.assign(way=ways)
        .groupby("fact_id")
        .agg(
            agreement=("agreement", lambda values: min(values, key=["conflicts", "compatible", "same"].index)),
            texts=("way", _joined),
            note=("note", _noted),
        )
    )
    table.insert(0, "fact", [facts.get(fact, fact) for fact in table.index])
    order = table["agreement"].map({"conflicts": 0, "compatible": 1, "same": 2})
    return table.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def _ways(kinds: Iterable[str], identifiers: pd.Series[str], labels: pd.Series[str]) -> pd.Series[Any]:
    """Return the names of texts, each linked to the statement that is named beside it."""
    ways = [evidence_link(*one) for one in zip(kinds, identifiers, labels, strict=True)]
    return pd.Series(ways, index=identifiers.index, dtype=object)


def _joined(ways: pd.Series[Any]) -> Fragment:
    """Return links to texts, each text once, in the order of their names."""
    by_name = {way.words: way for way in reversed(list(ways))}
    return _linked([by_name[name] for name in sorted(by_name)], limit=TEXTS)


def _linked(ways: Sequence[Fragment], limit: int = 6) -> Fragment:
    """Return the first links of some, and how many more there are."""
    more = [f"and {len(ways) - limit:,} more"] if len(ways) > limit else []
    return enumerated([*ways[:limit], *more], between="; ", last="; ")


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
        (row.period, subject_words(row), statistic_link(row), official_link(row), _verdict(row.verdict), text_link(row))
        for row in each_row(_sorted(statistics))
    ]
    return pd.DataFrame(rows, columns=STATED_COLUMNS)


def _verdict(verdict: object) -> Fragment | str:
    """Return a verdict's label; a dash where there is none."""
    return verdict_label(verdict) if isinstance(verdict, str) else "–"
