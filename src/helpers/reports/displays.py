"""What notebooks show: sentences and small tables as escaped HTML, with numbers and dates written for readers.

Every text may come from a hostile source, so nothing reaches a page without `helpers.escaping.visible`.
"""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from numbers import Number
from typing import Any

import pandas as pd

from helpers.escaping import visible
from helpers.official.wording import day_words, number_words, period_words

REPORTS = "../reports/"  # from a notebook to the pages; a page, which lies there itself, drops it from its links
LONG = 50  # characters of a cell from which its column is kept wide
MOST_ROWS = 100  # rows of one table that a page holds, so that it stays small; the downloads hold all
FEWEST_FOLDED = 4  # rows; to fold away fewer saves less room than the button takes
# JupyterLab sets all cells to the right and runs no script of ours; the style sheet and script of a report take over.
MORE = ' class="more" style="display:none"'
# Printed headings of the columns with few different values, by which a page's script lets readers filter.
FILTERED = {
    "Agreement", "Category", "Kind", "Measure", "Period", "Place", "Role", "Severity", "Speaker", "Status", "Text",
    "Texts", "Type", "Verdict",
}  # fmt: skip
VERDICT_MARKS = {
    "agrees": "✓",
    "agreed_at_the_time": "✓",
    "agrees_with_other_release": "≈",
    "differs": "✗",
    "not_comparable": "?",
    "no_series": "–",
}


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of safe HTML, with the same in plain words for where no HTML can be shown."""

    html: str
    words: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.words

    __str__ = __repr__


def when_words(start: date | None, end: date | None) -> str:
    """Return an inclusive period in words, a dash where it is not known.

    Examples
    --------
    >>> when_words(date(2019, 4, 1), date(2020, 3, 31))
    'the year to March 2020'
    """
    if pd.isna(start) or pd.isna(end):
        return "–"
    first, last = pd.Timestamp(start).date(), pd.Timestamp(end).date()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if first == last:
        return day_words(first)
    words = period_words((first, last))
    is_some_days = words[0].isdigit() and (first.year, first.month) == (last.year, last.month)
    return f"{first.day} to {day_words(last)}" if is_some_days else words


def each_row(frame: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a table, each with its columns as attributes: `itertuples`, faster for few rows."""
    kind = _row_type(tuple(frame.columns))
    yield from map(kind._make, zip(*(values for _, values in frame.items()), strict=True))


@cache
def _row_type(columns: tuple[str, ...]) -> Any:
    """Return the type of a row; making one takes longer than a hundred rows."""
    return namedtuple("Row", columns, rename=True)


def verdict_label(verdict: str) -> Fragment:
    """Return a verdict with a mark, so that it is told by more than its colour."""
    said = verdict.replace("_", " ")
    mark = VERDICT_MARKS.get(verdict, "")
    return Fragment(
        f'<span class="verdict {visible(verdict)}"><b aria-hidden="true">{mark}</b> {visible(said)}</span>', said
    )


def link(address: str, words: str) -> Fragment:
    """Return a link; an address other than http(s) or a relative path is shown as words alone."""
    safe = re.match(r"https?://|[\w./%-]*(#[\w.:%-]+)?$", address)
    return Fragment(f'<a href="{visible(address)}">{visible(words)}</a>' if safe else visible(words), words)


def together(*parts: Any) -> Fragment:
    """Return strings, numbers and fragments as one fragment, in their order.

    Examples
    --------
    >>> together("a < b: ", link("#b", "b")).html
    'a &lt; b: <a href="#b">b</a>'
    """
    return Fragment("".join(map(_inner, parts)), "".join(map(_plain, parts)))


def enumerated(parts: Sequence[Any], between: str = ", ", last: str = " and ") -> Fragment:
    """Return strings and fragments as an enumeration: "a, b and c"."""
    joined: list[Any] = []
    for place, part in enumerate(parts):
        joined += ["" if place == 0 else last if place == len(parts) - 1 else between, part]
    return together(*joined)


def show_sentences(sentences: Iterable[str | Fragment]) -> Fragment:
    """Return sentences as a list, one point each; a line of its own when there is none."""
    said = list(sentences)
    if not said:
        return Fragment("<p>Nothing to report.</p>", "Nothing to report.")
    items = "".join(f"<li>{_inner(sentence)}</li>" for sentence in said)
    return Fragment(f'<ul class="answer">{items}</ul>', "\n".join(f"- {sentence}" for sentence in said))


def show_table(
    frame: pd.DataFrame,
    caption: str,
    headings: Mapping[str, str] | None = None,
    limit: int = 20,
    empty: str = "",
    most: int = MOST_ROWS,
) -> Fragment:
    """Return a table as HTML with a caption and headed columns.

    Notebooks show its first rows; a report folds the rest away where a script can bring it back, else shows all.

    Parameters
    ----------
    frame : pandas.DataFrame
        What to show, columns in reading order; cells may be `Fragment`s.
    caption : str
        What a row is and which units the columns have.
    headings : mapping, optional
        Column name to printed heading; other names lose their underscores.
    limit : int
        Rows shown at first; the caption says how many there are. Where that would hide only a few, all are shown.
    empty : str
        The sentence shown instead of a table without rows.
    most : int
        Rows that the table has at most, if that is more than `limit`.
    """
    if frame.empty:
        said = empty or f"{caption}: no rows."
        return Fragment(f'<p class="empty">{visible(said)}</p>', said)
    names = [(headings or {}).get(name, f"{name[0].upper()}{name[1:]}".replace("_", " ")) for name in frame.columns]
    kinds = [_kind(frame[column]) for column in frame.columns]
    heads = [
        (name, f"{kind} pick".strip() if name in FILTERED else kind) for name, kind in zip(names, kinds, strict=True)
    ]
    head = "".join(f'<th scope="col"{_attributes(kind)}>{visible(name)}</th>' for name, kind in heads)
    limit = len(frame) if len(frame) < limit + FEWEST_FOLDED else limit
    rows = list(frame.head(max(limit, most)).itertuples(index=False, name=None))
    body = "".join(f"<tr{MORE if index >= limit else ''}>{_cells(row, kinds)}</tr>" for index, row in enumerate(rows))
    more = f"; first {limit} of {len(frame):,} rows" if len(frame) > limit else ""
    cut = f"; first {len(rows)} of {len(frame):,} rows, all are in the downloads" if len(frame) > len(rows) else ""
    extent = f'<span class="in-notebook">{more}</span>' if more else ""
    extent += f'<span style="display:none">{cut}</span>' if cut else ""
    table = (
        f'<div class="table" role="region" tabindex="0" aria-label="{visible(caption)}"><table>'
        f"<caption{_attributes('')}>{visible(caption)}{extent}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
    lines = [" | ".join(names), *(" | ".join(_plain(value) for value in row) for row in rows[:limit])]
    return Fragment(table, "\n".join([caption + more, *lines]))


def _kind(column: pd.Series[Any]) -> str:
    """Return the class of a column: of numbers, of long texts, or none."""
    if pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype):
        return "number"
    return "long" if column.map(lambda value: len(_plain(value))).max() > LONG else ""


def _attributes(kind: str) -> str:
    """Return class and alignment of a cell."""
    named = f' class="{kind}"' if kind else ""
    return f'{named} style="text-align:{"right" if kind.startswith("number") else "left"}"'


def _cells(row: Sequence[Any], kinds: Sequence[str]) -> str:
    """Return the cells of one row; the first is the row's heading."""
    first, *others = zip(row, kinds, strict=True)
    cells = [f'<th scope="row"{_attributes(first[1])}>{_inner(first[0])}</th>']
    return "".join([*cells, *(f"<td{_attributes(kind)}>{_inner(value)}</td>" for value, kind in others)])


def _inner(value: Any) -> str:
    """Return a value as safe HTML."""
    return value.html if isinstance(value, Fragment) else visible(_plain(value))


def _plain(value: Any) -> str:
    """Return a value in words."""
    if pd.isna(value):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Number):
        # ignored: the caller has made sure that it is a number
        return number_words(float(value))  # type: ignore[arg-type]
    if isinstance(value, date):
        return day_words(value)
    return str(value)
