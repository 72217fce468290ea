"""What a text says about itself: title, publisher, type and publication date; null where it does not say."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from helpers.records import Document


def safe_identifier(stem: str) -> str:
    """Return `stem` as a document_id: ASCII letters, digits, ``_``, ``-`` and ``.``, at most 120 characters."""
    plain = unicodedata.normalize("NFKD", stem[:255]).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", plain)[:120].strip(".") or "text"


def describe_text(text: str, name: str) -> Document:
    """Return what `text` and its file name say about the document."""
    return Document(document_id=safe_identifier(PurePosixPath(name).stem))
