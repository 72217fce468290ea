"""What the columns of a record say about a text: its words, its identifier, where it comes from and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from helpers.errors import CallError, nearest
from helpers.records import Document, Problem
from helpers.sources.decoding import MAX_BYTES, FormatError, without_surrogates
from helpers.sources.descriptions import read_day, safe_identifier
from helpers.vocabulary import DOCUMENT_TYPES

IDENTIFIERS = ("document_id", "id")
DAYS = ("published_date", "date")
PLAIN = ("title", "publisher", "document_type", "url", "licence")


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of columns: of the text, and of identifier and day where they are not the usual ones."""

    text: str = "text"
    identifier: str = ""
    day: str = ""

    def check(self, present: Iterable[str], where: str) -> None:
        """Raise `CallError` when a column that was asked for is not among those `present`."""
        present = list(present)
        options = {"--text-column": self.text, "--id-column": self.identifier, "--date-column": self.day}
        for option, name in options.items():
            if name and name not in present:
                raise CallError(f"{where} has no column {name!r}. {nearest(name, present)} Name it with {option}.")

    def wanted(self, present: Iterable[str]) -> list[str]:
        """Return those of the columns `present` that say something to us."""
        known = {self.text, self.identifier, self.day, *IDENTIFIERS, *DAYS, *PLAIN}
        return [name for name in present if name in known]

    def text_of(self, record: Mapping[str, Any]) -> str:
        """Return the text of a record.

        Raises
        ------
        FormatError
            When there is none, or it is no text or too long.
        """
        if self.text not in record:
            found = f"no column {self.text!r}"
            raise FormatError(found, f"the text under {self.text!r}", f"It has: {', '.join(map(repr, record))[:200]}.")
        value = record[self.text]
        if value is None:
            raise FormatError("empty", "a text", "Fetch the text again or remove the record.")
        if not isinstance(value, str):
            raise FormatError(f"{self.text!r} is {type(value).__name__} {str(value)[:60]!r}", "a text", "Mend it.")
        if len(value) > MAX_BYTES:
            raise FormatError(f"larger than the limit of {MAX_BYTES:,} bytes", "a text within the limit", "Split it.")
        return without_surrogates(value)

    def identifier_of(self, record: Mapping[str, Any], otherwise: str) -> str:
        """Return the identifier of a record, made safe."""
        for name in (self.identifier,) if self.identifier else IDENTIFIERS:
            if (value := record.get(name)) not in (None, ""):
                return safe_identifier(without_surrogates(str(value)))
        return safe_identifier(otherwise)

    def describe(self, document: Document, record: Mapping[str, Any]) -> Problem | None:
        """Write what a record says about its text into `document`; return what is wrong with it, the first if several.

        Columns that are empty leave what the text itself says.
        """
        odd: list[tuple[str, Any, str]] = []
        for name in PLAIN:
            if (value := _one_line(record.get(name))) is None:
                continue
            if name == "document_type" and value not in DOCUMENT_TYPES:
                odd.append((name, value, f"one of {', '.join(DOCUMENT_TYPES)}"))
            elif name == "url" and not value.startswith(("https://", "http://")):
                odd.append((name, value, "an address that starts with https:// or http://"))
            else:
                setattr(document, name, value)
        for name in (self.day,) if self.day else DAYS:
            if (value := record.get(name)) not in (None, ""):
                if day := _day(value):
                    document.published_date = day
                else:
                    odd.append((name, value, "a real day as YYYY-MM-DD"))
                break
        if not odd:
            return None
        name, value, expected = odd[0]
        told = f"{name} {without_surrogates(str(value))[:60]!r} is left out"
        return Problem(document.raw_path, "warning", told, expected, "It was read without it; mend it and run again.")


def _one_line(value: Any) -> str | None:
    """Return a value as one line of text, nothing when it is empty."""
    return None if value is None else " ".join(without_surrogates(str(value)).split())[:1_000] or None


def _day(value: Any) -> date | None:
    """Return the day of a date, a time or its words."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else read_day(str(value))
