"""Source texts out of files by their extension: plain text, web pages, and PDFs by pypdfium2."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import PurePath
from typing import Any

from helpers.sources.decoding import MAX_BYTES, Extracted, FormatError, decode_text, without_surrogates
from helpers.sources.webpages import extract_page

SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf")
MAX_PAGES = 2_000
FULL_LINE = 0.75  # of the long lines of a page: from there on a line may have been wrapped at the margin
LEAST_LINE = 35  # characters; shorter ones are headings and cells of tables
SENTENCE_END = re.compile(r"[.!?:;][\"”’)]*$")
BULLET = re.compile(r"[•▪●○◦*–-]\s|\(?(?:\d{1,3}|[a-z])[.)]\s")


def extract_text(content: bytes, name: str, max_characters: int = MAX_BYTES) -> Extracted:
    """Return the source text of one file, read by the extension of its `name`; an unknown one is read as plain text.

    Raises
    ------
    FormatError
        When the file holds no text, is damaged or encrypted, or is beyond a limit.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix == ".pdf":
        return extract_pdf(content, max_characters)
    return extract_page(content) if suffix in (".html", ".htm") else decode_text(content)


def extract_pdf(content: bytes, max_characters: int = MAX_BYTES) -> Extracted:
    """Return the text layer of a PDF, its wrapped lines joined again, an empty line between pages.

    Raises
    ------
    FormatError
        When the PDF is broken, encrypted, has no text layer, or is beyond the limits of pages or characters.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise FormatError("an encrypted PDF", "a PDF without a password", "Save it without a password.") from None
        raise FormatError("a broken PDF", "a complete PDF", "Fetch it again.") from None
    with pdf:
        if len(pdf) > MAX_PAGES:
            raise FormatError(f"a PDF of {len(pdf):,} pages", f"at most {MAX_PAGES:,} pages", "Split it.")
        pages = _pdf_pages(pdf, max_characters)
        title = " ".join(pdf.get_metadata_dict().get("Title", "").split())[:500]
    n_empty = sum(not page.strip() for page in pages)
    if n_empty == len(pages):
        raise FormatError("a PDF without a text layer", "a PDF with text in it", "Run text recognition on it first.")
    fault = f"{n_empty} of {len(pages)} pages hold no text" if n_empty else None
    text = "\n\n".join(page for page in pages if page.strip())
    return Extracted(without_surrogates(text), None, {"metadata_title": title} if title else {}, "", fault)


def _pdf_pages(pdf: Any, max_characters: int) -> list[str]:
    """Return the text of every page; a page that cannot be read is empty."""
    import pypdfium2

    pages: list[str] = []
    n_characters = 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            textpage = page.get_textpage()
            n_characters += textpage.count_chars()
            if n_characters > max_characters:
                raise FormatError("a PDF with too much text", f"at most {max_characters:,} characters", "Split it.")
            pages.append(join_lines(textpage.get_text_bounded()))
            textpage.close()
            page.close()
        except pypdfium2.PdfiumError:
            pages.append("")
    return pages


def join_lines(page: str) -> str:
    r"""Join the lines that were wrapped at the margin: a long one without a full stop goes on in the next.

    Examples
    --------
    >>> join_lines("There were 6,922 referrals in the year\r\nending March 2024.\r\nAges")
    'There were 6,922 referrals in the year ending March 2024.\nAges'
    """
    page = page.replace("\x00", "").replace("\ufffe", "-").replace("\x02", "-")
    lines = [line.strip() for line in page.splitlines()]
    lengths = sorted(len(line) for line in lines if line)
    full = max(LEAST_LINE, FULL_LINE * lengths[int(0.9 * (len(lengths) - 1))]) if lengths else 0
    joined: list[str] = []
    for before, line in pairwise(["", *lines]):
        if len(before) >= full and line and not (SENTENCE_END.search(before) or _starts_anew(before, line)):
            joined.append(("" if before.endswith("-") else " ") + line)
        else:
            joined.append("\n" + line)
    return "".join(joined).strip()


def _starts_anew(before: str, line: str) -> bool:
    """Return whether a line is a bullet, or a row of a table after another that ended in a number."""
    return bool(BULLET.match(line)) or (before[-1] in "0123456789%)" and line[0].isupper())
