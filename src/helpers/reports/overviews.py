"""Figures of the texts themselves: page furniture, numbers and verdicts by text, the course of events, agreement."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.escaping import spelled_out
from helpers.reports.displays import VERDICT_MARKS, Fragment, each_row, enumerated, together, when_words
from helpers.reports.drawing import BLUE, GREEN, GREY, INK, PALE, PINK, RED, Figure, canvas, finish, nothing_to_draw
from helpers.reports.evidence import document_labels, evidence_link
from helpers.vocabulary import OFFICIAL_MEASURES, VERDICTS

VERDICT_COLOURS = dict(zip(VERDICTS, (GREEN, BLUE, PINK, RED, PALE, GREY), strict=True))
NARROW = 0.055  # share of the longest bar under which a sign and a digit do not fit beside each other
STEPS = ("referral", "adoption", "exit", "attack", "conviction", "review")
REVIEW = r"(?i)\breview"
MONTH = pd.Timedelta(days=31)
HAPPENING = ["when", "event_type", "description", "n_documents", "labels", "date_start", "date_end", "event_ids"]
AGREEMENT_MARKS = {"same": ("o", GREEN), "compatible": ("s", BLUE), "conflicts": ("X", RED)}
TEXTS = "Source: the texts named."


def furniture_by_document(documents: pd.DataFrame) -> Figure:
    """Draw which share of each text is page furniture (menus, link lists, notices) rather than prose."""
    name, title = "furniture_by_document", "Page furniture by document"
    if documents.empty:
        return nothing_to_draw(name, title, "No text was read.")
    rows = (
        documents.assign(percent=100 * documents["furniture_share"], label=document_labels(documents))
        .sort_values("percent", ascending=False)
        .head(25)
    )
    with canvas(8, 0.9 + 0.28 * len(rows)) as (drawn, axes):
        axes.barh(rows["label"], rows["percent"], color=BLUE)
        for place, share in enumerate(rows["percent"]):
            axes.annotate(f"{share:.0f}%", (share, place), (4, 0), textcoords="offset points", va="center")
        axes.set(xlim=(0, 105), xlabel="Per cent of the characters", ylim=(len(rows) - 0.5, -0.5))
        axes.tick_params(axis="y", length=0)
    most = rows.iloc[0]
    alt = (
        f"Of {len(documents)} texts, {int((documents['furniture_share'] > 0).sum())} hold page furniture; most lies in "
        f"{most['label']} ({most['percent']:.0f}% of its characters)."
    )
    numbers = rows[["document_id", "furniture_share"]]
    return finish(name, title, f"Unit: per cent of a text's characters. {TEXTS}", alt, drawn, numbers)


def measures_by_document(statistics: pd.DataFrame, limit: int = 30) -> Figure:
    """Draw how many numbers each document states, those of the official measures apart."""
    name, title = "measures_by_document", "Numbers stated by document"
    if statistics.empty:
        return nothing_to_draw(name, title, "No text states a number.")
    official = statistics["measure"].isin(OFFICIAL_MEASURES)
    counts = statistics.groupby("label").size().sort_values(ascending=False, kind="stable").head(limit)
    table = pd.DataFrame({"official": statistics[official].groupby("label").size(), "all": counts})
    table = table.reindex(counts.index).fillna(0).astype(int)
    with canvas(8, 1.3 + 0.28 * len(table)) as (drawn, axes):
        axes.barh(table.index, table["all"], color=PALE, label="all numbers")
        axes.barh(table.index, table["official"], color=BLUE, height=0.45, label="of the three official measures")
        for place, count in enumerate(table["all"]):
            axes.annotate(f"{count}", (count, place), (4, 0), textcoords="offset points", va="center")
        axes.set(xlabel="Numbers stated", ylim=(len(table) - 0.5, -0.5))
        axes.tick_params(axis="y", length=0)
        drawn.legend(loc="outside lower left", ncols=2)
    alt = (
        f"{len(statistics)} numbers are stated, {int(official.sum())} of them about people referred, discussed or "
        f"adopted; most stand in {table.index[0]} ({table['all'].iloc[0]})."
    )
    return finish(name, title, f"Unit: numbers stated. {TEXTS}", alt, drawn, table.reset_index())


def verdicts_by_document(statistics: pd.DataFrame) -> Figure:
    """Draw how the checked statistics of each document fare against the official series."""
    name, title = "verdicts_by_document", "Verdicts by document"
    checked = statistics.dropna(subset="verdict")
    if checked.empty:
        return nothing_to_draw(name, title, "No text states a number that the official series could bear out.")
    table = checked.pivot_table(index="label", columns="verdict", values="statistic_id", aggfunc="count", fill_value=0)
    table = table.reindex(columns=[verdict for verdict in VERDICTS if verdict in table])
    table = table.loc[table.sum(axis="columns").sort_values(ascending=False, kind="stable").index[:30]]
    with canvas(8, 1.6 + 0.32 * len(table)) as (drawn, axes):
        starts, longest = pd.Series(0, index=table.index), table.sum(axis="columns").max()
        for verdict in map(str, table):
            colour, mark = VERDICT_COLOURS[verdict], VERDICT_MARKS[verdict]
            words = verdict.replace("_", " ")
            style = {"color": colour, "edgecolor": "white", "label": f"{mark} {words}"}
            bars = axes.barh(table.index, table[verdict], left=starts, **style)
            for bar, count in zip(bars, table[verdict], strict=True):
                if count:
                    middle = (bar.get_x() + bar.get_width() / 2, bar.get_y() + bar.get_height() / 2)
                    told = f"{count}" if count < NARROW * longest else f"{mark} {count}"
                    axes.annotate(told, middle, ha="center", va="center", color=INK if colour == PALE else "white")
            starts = starts + table[verdict]
        axes.invert_yaxis()
        axes.set(xticks=[])
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        drawn.legend(loc="outside lower left", ncols=3)
    totals = table.sum().sort_values(ascending=False)
    said = ", ".join(f"{count} {str(verdict).replace('_', ' ')}" for verdict, count in totals.items() if count)
    alt = f"{int(totals.sum())} statistics of {len(table)} documents were checked: {said}."
    numbers = table.reset_index()
    return finish(name, title, f"Unit: number of statistics. {TEXTS}", alt, drawn, numbers, numbers.to_csv())


def course_of_events(events: pd.DataFrame, limit: int = 16) -> Figure:
    """Draw dated happenings in order of time, with the texts that state each."""
    name, title = "course_of_events", "The course of events"
    table = case_events(events, limit)
    if table.empty:
        return nothing_to_draw(name, title, "No text dates a step of a case.")
    with canvas(8, 1.0 + 0.44 * len(table)) as (drawn, axes):
        for place, row in enumerate(each_row(table)):
            axes.plot([row.date_start, row.date_end], [place, place], color=BLUE, linewidth=6, solid_capstyle="round")
            axes.plot([row.date_start], [place], "o", color=BLUE, markersize=6)  # a day alone has no length
            style = {"textcoords": "offset points", "va": "center"}
            axes.annotate(f"{row.when}: {row.event_type}", (row.date_end, place), (9, 5), **style)
            sources = _short("; ".join(row.labels), 72)
            axes.annotate(sources, (row.date_end, place), (9, -7), color=GREY, fontsize="small", **style)
        span = table["date_end"].max() - table["date_start"].min()
        edge = max(span, pd.Timedelta(days=60))
        axes.set_xlim(table["date_start"].min() - edge * 0.03, table["date_end"].max() + edge * 0.9)
        years = range(table["date_start"].min().year, table["date_end"].max().year + 2, 1 + span.days // 5000)
        axes.set_xticks([pd.Timestamp(year, 1, 1) for year in years], [str(year) for year in years])
        axes.set(yticks=[], ylim=(len(table) - 0.5, -0.5))
    first, last = table.iloc[0], table.iloc[-1]
    steps = [
        together(f"{row.event_type}, ", evidence_link("event", row.event_ids[0], row.when)) for row in each_row(table)
    ]
    start = f"{len(table)} dated happenings from {first['when']} to {last['when']}: "
    alt = together(start, enumerated(steps, "; ", "; "), ".")
    caption = f"Unit: days; a month is drawn from its first to its last day. Below each: who states it. {TEXTS}"
    listed = {column: table[column].str.join("; ") for column in ("labels", "event_ids")}
    return finish(name, title, caption, alt, drawn, table.assign(**listed))


def case_events(events: pd.DataFrame, limit: int = 16) -> pd.DataFrame:
    """Return the dated steps of a case in order of time, those stated by most texts kept.

    A step that a text dates more coarsely ("2022", "last June") counts with the first of its kind that lies within.
    What no text dates to a month is kept where two texts state it, and what is dated from "today" or "last week" alone
    is none: it is mostly what the text itself does. Of publications only those of a review belong to a case.

    Parameters
    ----------
    events : pandas.DataFrame
        From `read_evidence`, with ``label`` and ``document_type`` of each text.

    Returns
    -------
    pandas.DataFrame
        One row a type and date: `when` (words), `event_type`, `description` (of the first text), `n_documents`,
        `labels` and `event_ids` (of these texts and what they say, as lists), `date_start`, `date_end`.
    """
    of_review = events["document_type"].eq("review_record") | events["description"].str.contains(REVIEW)
    rows = events[events["event_type"].isin(STEPS) | (events["event_type"].eq("publication") & of_review)]
    order = sorted(
        each_row(rows), key=lambda row: (_is_relative(row), row.date_end - row.date_start, row.date_start, row.event_id)
    )
    groups: dict[tuple[str, Any, Any], list[Any]] = {}
    for row in order:
        within = (
            key for key in groups if key[0] == row.event_type and row.date_start <= key[1] and key[2] <= row.date_end
        )
        key = next(within, None if _is_relative(row) else (row.event_type, row.date_start, row.date_end))
        if key:
            groups.setdefault(key, []).append(row)
    found = [_happening(*key, members) for key, members in groups.items()]
    found = [row for row in found if row[6] - row[5] <= MONTH or row[3] > 1]
    kept = sorted(sorted(found, key=lambda row: -row[3])[:limit], key=lambda row: (row[5], row[6], row[1]))
    return pd.DataFrame(kept, columns=HAPPENING)


def event_links(happening: Any) -> list[Fragment]:
    """Return the names of the texts that state a happening, a row of `case_events`, linked to the words there."""
    return [evidence_link("event", *pair) for pair in zip(happening.event_ids, happening.labels, strict=True)]


def _is_relative(event: Any) -> bool:
    """Return whether a date was worked out from another one."""
    return bool(event.date_source == "relative")


def _happening(event_type: str, start: Any, end: Any, members: list[Any]) -> tuple[Any, ...]:
    """Return one row of the course of a case from everything that is said of one happening."""
    first = {row.label: row.event_id for row in reversed(members)}
    labels = sorted(first)
    said = members[0].description.lstrip("-–•* ")
    identifiers = [first[label] for label in labels]
    return when_words(start, end), event_type, said, len(labels), labels, start, end, identifiers


def agreement_by_document(corroborations: pd.DataFrame, facts: pd.Series, labels: pd.Series, limit: int = 24) -> Figure:
    """Draw facts against documents: who states the same, a compatible or another value.

    Parameters
    ----------
    corroborations : pandas.DataFrame
        The table of that name.
    facts, labels : pandas.Series
        Words for each ``fact_id``, and a short name for each ``document_id``.
    """
    name, title = "agreement_by_document", "Where the texts agree"
    if corroborations.empty:
        return nothing_to_draw(name, title, "No fact is stated by more than one text.")
    table = corroborations.drop_duplicates(["fact_id", "document_id"])
    weight = table.groupby("fact_id").agg(
        conflict=("agreement", lambda a: (a == "conflicts").any()), n=("document_id", "size")
    )
    order = weight.sort_values(["conflict", "n"], ascending=False, kind="stable").index[:limit]
    table = table[table["fact_id"].isin(order)]
    counts = table["document_id"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    names = sorted(counts.index[:limit])
    table = table[table["document_id"].isin(names)]
    with canvas(8, 3.4 + 0.3 * len(order)) as (drawn, axes):
        for agreement, (marker, colour) in AGREEMENT_MARKS.items():
            rows = table[table["agreement"] == agreement]
            if len(rows):
                places = (
                    [names.index(one) for one in rows["document_id"]],
                    [order.get_loc(one) for one in rows["fact_id"]],
                )
                axes.plot(*places, marker, color=colour, markersize=9, label=agreement)
        sides = [str(labels.get(one, one)) for one in names], [_short(str(facts.get(one, one))) for one in order]
        _label_grid(axes, *sides)
        drawn.legend(loc="outside lower left", ncols=3)
    conflicts = int(weight["conflict"].sum())
    shown = f" Drawn are the first {limit} facts." if len(weight) > limit else ""
    if len(counts) > limit:
        shown += f" Drawn are the {limit} of {len(counts)} texts that state most of these."
    alt = f"{len(weight)} facts are stated by more than one text; on {conflicts} of them the texts conflict.{shown}"
    all_drawn = [*sides, names, list(order), table[["fact_id", "document_id", "agreement"]].to_csv(index=False)]
    return finish(name, title, f"One row a fact, one column a text. {TEXTS}", alt, drawn, table, all_drawn)


def _label_grid(axes: Any, columns: list[str], rows: list[str]) -> None:
    """Label a grid of marks, rows downwards, columns above."""
    axes.set(yticks=range(len(rows)), yticklabels=rows, ylim=(len(rows) - 0.5, -0.5))
    axes.set(xticks=range(len(columns)), xlim=(-0.5, len(columns) - 0.5))
    axes.xaxis.tick_top()
    axes.set_xticklabels([_short(name, 46) for name in columns], rotation=90)
    axes.grid(color=PALE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    axes.spines[:].set_color(GREY)


def _short(words: str, limit: int = 58) -> str:
    """Return words cut to a length that fits beside a figure."""
    words = " ".join(spelled_out(words).split())
    return words if len(words) <= limit else words[: limit - 1] + "…"
