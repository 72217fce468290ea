"""A few rows of every table, written for the tests of figures, answers and pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from helpers.records import Check, Corroboration, Document, Event, Finding, Problem, Statistic
from helpers.schemas import RECORDS
from helpers.tables import write_table

YEAR = (date(2019, 4, 1), date(2020, 3, 31))


def statistic(document: str, start: int, **fields: Any) -> Statistic:
    """A stated number of people referred in the year to March 2020, apart from what `fields` say."""
    place = {"statistic_id": f"{document}:{start}", "document_id": document, "sentence_id": f"{document}:0"}
    stated = {
        "span_start": start, "span_end": start + 5, "surface": "6,287", "kind": "count", "value": 6287.0,
        "value_low": 6287.0, "value_high": 6287.0, "unit": "referrals", "measure": "referrals", "dimension": "total",
        "category": "total", "period_start": YEAR[0], "period_end": YEAR[1], "geography": "England and Wales",
    }  # fmt: skip
    return Statistic(**(place | stated | fields))


def share(document: str, start: int, category: str, value: float, **fields: Any) -> Statistic:
    """A stated percentage of Channel cases by type of concern."""
    stated = {
        "surface": f"{value:.0f}%", "kind": "percentage", "value": value, "value_low": value - 0.5,
        "value_high": value + 0.5, "unit": "percent", "measure": "channel_adopted", "dimension": "concern",
        "category": category, "denominator": "channel_adopted",
    }  # fmt: skip
    return statistic(document, start, **(stated | fields))


def event(document: str, start: int, day: date, kind: str, what: str) -> Event:
    """A happening on one day."""
    place = (f"{document}:{start}", document, f"{document}:0", start, start + 9, str(day))
    return Event(*place, day, day, "day", "stated", kind, what)


def rows() -> dict[str, list[Any]]:
    """Two texts that state a right, a revised, a wrong and an incomparable number, events, findings and two facts."""
    wrong = {"surface": "9,999", "value": 9999.0, "value_low": 9999.0, "value_high": 9999.0}
    return {
        "documents": [
            Document("gazette", "A gazette's story", "Sample Gazette", "news", date(2020, 12, 1), furniture_share=0.25),
            Document("minutes", None, None, "other", None),
        ],
        "sentences": [],
        "statistics": [
            statistic("gazette", 10), statistic("gazette", 30, **wrong), statistic("minutes", 10),
            share("gazette", 50, "islamist", 30.0), share("minutes", 50, "extreme_right_wing", 43.0),
            statistic("minutes", 70, measure="other", dimension=None, category=None, unit="leaflets"),
        ],
        "checks": [
            Check("gazette:10", "agrees", "as released", 6287.0), Check("gazette:30", "differs", "no release", 6287.0),
            Check("minutes:10", "agreed_at_the_time", "revised since", 6288.0),
            Check("gazette:50", "agrees", "302 of 697", 30.13),
            Check("minutes:50", "not_comparable", "period not known"),
        ],
        "events": [
            event("gazette", 80, date(2019, 5, 1), "referral", "a pupil was referred"),
            event("minutes", 80, date(2019, 5, 1), "referral", "the referral was made"),
            event("minutes", 95, date(2020, 2, 3), "review", "a review began"),
        ],
        "quotations": [],
        "findings": [
            Finding("gazette:120", "gazette", 120, 140, "recommendation", 1, "council", "training", "t1", "accepted"),
            Finding("minutes:120", "minutes", 120, 140, "recommendation", 1, None, "training", "t1", "implemented"),
            Finding("minutes:150", "minutes", 150, 160, "issue", 1, None, "late notes", "t2"),
        ],
        "corroborations": [
            Corroboration("f1", "statistic", "gazette:10", "gazette:10", None, None, "gazette", "same", "total"),
            Corroboration("f1", "statistic", "minutes:10", "minutes:10", None, None, "minutes", "same", "total"),
            Corroboration("f2", "event", "gazette:80", None, "gazette:80", None, "gazette", "conflicts", "day"),
            Corroboration("f2", "event", "minutes:80", None, "minutes:80", None, "minutes", "conflicts", "day"),
        ],
        "problems": [Problem("scan.pdf", "error", "holds no text", "a PDF with text", "Type it out.")],
    }  # fmt: skip


def write_tables(folder: Path, tables: dict[str, list[Any]]) -> Path:
    """Write the tables given, and empty ones for the rest."""
    for name in RECORDS:
        write_table(name, tables.get(name, []), folder)
    return folder
