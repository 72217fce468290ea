"""The figures of headline and lead paragraph, which leave period and place to the text below them."""

from __future__ import annotations

from helpers.numbers.nouns import is_official
from helpers.records import Statistic
from helpers.statistics.context import NATIONS


def fill_headline(rows: list[Statistic], headlines: set[str]) -> None:
    """Give the figures of headline and lead paragraph the period and place that the text names first."""
    figures = [row for row in rows if is_official(row.measure) and row.caveat is None]
    body = [row for row in figures if row.sentence_id not in headlines]
    dated = next((row for row in body if row.period_start and row.period_source != "relative"), None)
    dated = dated or next((row for row in body if row.period_start), None)
    place = next((row.geography for row in body if row.geography), None)
    for row in figures:
        is_dated = row.period_start is not None and (row.period_source != "relative" or row is dated)
        if is_dated and row.sentence_id not in headlines:
            break
        if row.period_start is None and dated:
            row.period_start, row.period_end, row.period_source = dated.period_start, dated.period_end, "inherited"
        if row.geography is None and (row.sentence_id in headlines or place in NATIONS):
            row.geography = place
