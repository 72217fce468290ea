"""The written tables brought together for a report: statistics with verdicts, filtered, and official years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from pathlib import Path
from textwrap import shorten
from typing import Any

import pandas as pd
import pyarrow.compute as pc

from helpers.escaping import spelled_out
from helpers.official.series import NATIONAL, OfficialSeries, financial_year
from helpers.official.wording import category_words, interval_words, number_words
from helpers.reports.displays import REPORTS, Fragment, each_row, link, together, when_words
from helpers.reports.totals import Filters, Totals, count_texts, read_rows
from helpers.tables import read_table
from helpers.vocabulary import OFFICIAL_MEASURES

MODIFIER_WORDS = {
    "about": "about", "almost": "almost", "just_over": "just over", "over": "over", "under": "under",
    "at_least": "at least", "at_most": "at most", "only": "only",
}  # fmt: skip
MEASURE_WORDS = {
    "referrals": "referred to Prevent",
    "channel_discussed": "discussed at a Channel panel",
    "channel_adopted": "adopted as a Channel case",
}
LABEL = 32  # characters of a text's name that fit beside a figure
YEAR_COLUMNS = [
    "measure", "dimension", "category", "year", "count", "percent", "share", "release", "published", "source_url",
]  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """All tables of a build; ``statistics`` also holds verdict, official value, title and the statement in words.

    ``events``, ``findings`` and ``corroborations`` also hold label and type of the text.

    Of a large corpus the tables hold some texts, and the problems the errors; ``totals`` counts all texts.
    """

    documents: pd.DataFrame
    statistics: pd.DataFrame
    events: pd.DataFrame
    findings: pd.DataFrame
    corroborations: pd.DataFrame
    problems: pd.DataFrame
    totals: Totals


def read_evidence(processed: Path | str, concern: str = "", period_from: str = "", period_to: str = "") -> Evidence:
    """Return the tables in `processed`, with the statistics filtered.

    Parameters
    ----------
    processed : Path
        Folder of the tables; all notebooks before the report must have run.
    concern : str
        Key of a type of concern such as ``islamist``: of the statistics by type of concern, only these are kept.
    period_from, period_to : str
        Days in ISO form: only statistics whose period lies wholly within are kept; those without a period are not.
    """
    filters = Filters(concern, period_from, period_to)
    totals = count_texts(processed, filters)
    names = ("documents", "statistics", "events", "findings", "corroborations")
    tables = {name: read_rows(name, processed, totals.examples) for name in names}
    checked = tables["statistics"]["statistic_id"].tolist()
    checks = read_table("checks", processed, pc.field("statistic_id").isin(checked) if totals.examples else None)
    stated = label_statistics(tables["statistics"], checks, tables["documents"])
    tables["documents"]["label"] = document_labels(tables["documents"])
    described = tables["documents"][["document_id", "label", "document_type"]]
    for name in ("events", "findings", "corroborations"):
        tables[name] = tables[name].merge(described, on="document_id", how="left")
    tables["statistics"] = filters.keep(stated).reset_index(drop=True)
    graver = pc.field("severity") == "error"
    problems = read_table("problems", processed, graver if totals.examples else None)
    return Evidence(**tables, problems=problems, totals=totals)


def label_statistics(statistics: pd.DataFrame, checks: pd.DataFrame | None, documents: pd.DataFrame) -> pd.DataFrame:
    """Return statistics with verdict and official value (null without a check), label of the text, words and year."""
    labels = documents[["document_id"]].assign(label=document_labels(documents))
    stated = statistics.merge(labels, on="document_id", how="left")
    if checks is not None:
        stated = stated.merge(checks, on="statistic_id", how="left")
    stated["stated"] = [stated_words(row) for row in each_row(stated)]
    stated["period"] = [when_words(row.period_start, row.period_end) for row in each_row(stated)]
    stated["year"] = _financial_years(stated["period_start"], stated["period_end"])
    return stated


def document_labels(documents: pd.DataFrame) -> list[str]:
    """Return a short name for each document, never the same twice: publisher and day where known, else the title."""
    labels: list[str] = []
    for row in each_row(documents):
        day = "" if pd.isna(row.published_date) else f", {row.published_date.day} {row.published_date:%b %Y}"
        name = row.publisher if not pd.isna(row.publisher) else row.title if not pd.isna(row.title) else row.document_id
        name = " ".join(spelled_out(str(name)).split())
        words = shorten(name, LABEL, placeholder=" …") + day
        labels.append(f"{words} ({row.document_id})" if words in labels else words)
    return labels


def label_texts(documents: pd.DataFrame) -> pd.Series[str]:
    """Return the short name of each document by its identifier."""
    return pd.Series(document_labels(documents), index=documents["document_id"], dtype=object)


def anchor_of(kind: str, identifier: str) -> str:
    """Return the address of a statement on its evidence page: a statistic's is its ``statistic_id``.

    Examples
    --------
    >>> anchor_of("statistic", "gazette:12"), anchor_of("event", "gazette:12")
    ('gazette:12', 'event-gazette:12')
    """
    return identifier if kind == "statistic" else f"{kind}-{identifier}"


def evidence_link(kind: str, identifier: str, words: str) -> Fragment:
    """Return `words` as a link to the place in a text where a statement stands.

    Parameters
    ----------
    kind : str
        ``statistic``, ``event``, ``quotation``, ``finding``, or ``document`` for the top of its page.
    identifier : str
        The statement's or document's identifier.
    words : str
        What is printed.
    """
    document_id = identifier if kind == "document" else identifier.rpartition(":")[0]
    place = "" if kind == "document" else f"#{anchor_of(kind, identifier)}"
    return link(f"{REPORTS}evidence/{document_id}.html{place}", words)


def statistic_link(statistic: Any) -> Fragment:
    """Return a statistic as its text says it, linked to the words there: a row of `label_statistics`."""
    return evidence_link("statistic", statistic.statistic_id, statistic.stated)


def text_link(row: Any) -> Fragment:
    """Return the short name of the text that a row comes from, linked to its evidence page."""
    return evidence_link("document", row.document_id, row.label)


def stated_words(statistic: Any) -> str:
    """Return a statistic as the text says it: direction, modifier, surface, and what a rate is per."""
    change = {"rise": "a rise of", "fall": "a fall of"}.get(statistic.direction, "")
    per = f"a {statistic.per}" if statistic.kind == "rate" and not pd.isna(statistic.per) else ""
    parts = (change, MODIFIER_WORDS.get(statistic.modifier, ""), statistic.surface, per)
    return " ".join(part for part in parts if part)


def subject_words(statistic: Any) -> str:
    """Return what a statistic is about: measure, place unless it is all of England and Wales, and category."""
    measure = MEASURE_WORDS.get(statistic.measure, str(statistic.measure).replace("_", " "))
    if not pd.isna(statistic.geography) and statistic.geography != NATIONAL:
        measure += f" in {statistic.geography}"
    if pd.isna(statistic.category) or statistic.category == "total":
        return measure
    return f"{measure}: {concern_words(statistic.category)}"


def concern_words(category: str) -> str:
    """Return a category's key in words, proper names with their capitals."""
    return category_words(category).replace("islamist", "Islamist").replace("incel", "InCel")


def official_words(statistic: Any) -> str:
    """Return the official figure beside a statistic, between which bounds it lies where that is all, or a dash."""
    value = statistic.official_value
    if not pd.isna(statistic.official_low):
        low, high = statistic.official_low, statistic.official_high
        if statistic.kind in ("count", "ratio"):  # of people, who are whole
            low, high = ceil(low), floor(high)
        return interval_words(low, high, "%" if statistic.unit == "percent" else "").removeprefix("exactly ")
    return "–" if pd.isna(value) else number_words(round(value, 1), "%" if statistic.unit == "percent" else "")


def noun_words(statistic: Any) -> str:
    """Return the noun that a number counts, unless its own words hold it."""
    noun = str(statistic.unit).replace("_", " ")
    single = noun.removesuffix("s")
    if statistic.unit in ("percent", "gbp") or single in statistic.surface:
        return ""
    return single if statistic.value == 1 else noun


def official_link(statistic: Any) -> Fragment | str:
    """Return the official figure beside a statistic as a link to its source, or a dash."""
    words, address = official_words(statistic), statistic.official_source_url
    return link(address, words) if isinstance(address, str) else words


def official_years(series: OfficialSeries, as_of: date | None = None) -> pd.DataFrame:
    """Return the official figures of England and Wales by financial year, the newest release of each.

    Parameters
    ----------
    series : OfficialSeries
        All releases.
    as_of : date, optional
        Only releases out on this day count.

    Returns
    -------
    pandas.DataFrame
        One row a measure, dimension, category and year (the year in which it ends in March); `count` in people or
        referrals, `percent` as published, `share` the published percentage or else the one that count and base give.
    """
    rows = []
    for measure, dimension, category, geography, start, end in sorted({figure.key for figure in series.figures}):
        if geography != NATIONAL or (start, end) != financial_year(start) or measure not in OFFICIAL_MEASURES:
            continue
        found = series.releases_of(measure, dimension, category, (start, end), geography, as_of)
        counted = [figure for figure in found if figure.count is not None]
        for figure in (counted or list(found))[-1:]:
            percent = next((one.percent for one in reversed(found) if one.percent is not None), None)
            share = percent
            if share is None and figure.count is not None and figure.base:
                share = 100 * figure.count / figure.base
            printed = (figure.release, figure.published, figure.source_url)
            rows.append((measure, dimension, category, end.year, figure.count, percent, share, *printed))
    frame = pd.DataFrame(rows, columns=YEAR_COLUMNS)
    numbers = ["count", "percent", "share"]
    return frame.astype(dict.fromkeys(numbers, "float64"))


def official_source(years: pd.DataFrame) -> Fragment:
    """Return the words that name the releases a figure rests on, the first and last linked to their source."""
    if years.empty:
        return together()
    ways = {row.release: link(row.source_url, row.release) for row in each_row(years)}
    first, last = min(ways), max(ways)
    named = ways[first] if first == last else together(ways[first], " to ", ways[last])
    what = "Home Office, individuals referred to Prevent, England and Wales"
    return together(f"Source: {what}; releases ", named, ", newest revision of each.")


def _financial_years(starts: pd.Series, ends: pd.Series) -> pd.Series:
    """Return the year in which a financial year ends, null for every other period."""
    years = [
        end.year
        if not pd.isna(start) and not pd.isna(end) and (start.date(), end.date()) == financial_year(start)
        else None
        for start, end in zip(starts, ends, strict=True)
    ]
    return pd.Series(years, index=starts.index, dtype="Int64")
