"""The earliest day of a text without a date: no text can be older than a dated one that it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from helpers.records import Document, Quotation

FEWEST_WORDS = 10  # words in a row that nobody but the quoted author is likely to have used
_WORD = re.compile(r"[a-z0-9]+")


def earliest_days(
    documents: Sequence[Document], texts: Mapping[str, str], quotations: Iterable[Quotation]
) -> dict[str, date]:
    """Return, for each undated text that quotes dated ones word for word, the day of the latest of them.

    Parameters
    ----------
    documents : sequence of Document
        All texts; those without `published_date` are looked at.
    texts : mapping of str to str
        Source text of each document.
    quotations : iterable of Quotation
        Direct speech found in the texts; reported speech is no proof and passed over.

    Returns
    -------
    dict of str to date
        Document to the first day on which it can have been written; texts without such a quotation are left out.

    Notes
    -----
    A bound, not a date: the text may be much younger. It serves "the last decade" and the like, and no verdict
    `agreed_at_the_time` rests on it.
    """
    dated = {document.document_id: document.published_date for document in documents if document.published_date}
    undated = {document.document_id for document in documents} - set(dated)
    passages = {name: f" {' '.join(_words(texts[name]))} " for name in dated} if undated else {}
    found: dict[str, date] = {}
    for quotation in quotations:
        if quotation.document_id not in undated or not quotation.is_direct:
            continue
        words = _words(quotation.text)
        if len(words) < FEWEST_WORDS:
            continue
        said = f" {' '.join(words)} "
        days = [dated[name] for name, passage in passages.items() if said in passage]
        if days:
            found[quotation.document_id] = max(*days, found.get(quotation.document_id, date.min))
    return found


def _words(text: str) -> list[str]:
    """Return the words of a text without case, marks and quotation marks."""
    return _WORD.findall(text.lower().replace("’", "").replace("'", ""))
