"""Explaining a text: what an analyst calls to see why its numbers were read as they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from helpers.checks.verdicts import check_statistics
from helpers.explaining.accounts import SentenceAccount, sentence_accounts
from helpers.explaining.layouts import page_piece, plain_lines
from helpers.official.series import read_official
from helpers.paths import official_folder
from helpers.reading import read_document
from helpers.records import Document
from helpers.sources.descriptions import describe_text
from helpers.statistics.traces import Trace


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a text was read, sentence by sentence; a notebook shows it as tables, a terminal as plain words."""

    sentences: list[SentenceAccount]

    def _repr_html_(self) -> str:
        return page_piece(self.sentences)

    def __repr__(self) -> str:
        return "\n".join(plain_lines(self.sentences))

    __str__ = __repr__


def explain(text: str, published: date | None = None) -> Explanation:
    """Return how a text is read: each sentence, each number with a reason a field, and each number refused.

    Parameters
    ----------
    text : str
        Any words, from one sentence to a whole article.
    published : date, optional
        Day of publication, which "last year" is told from; by default the one that the text states.

    Examples
    --------
    >>> import helpers
    >>> print(helpers.explain("It costs £5 under section 26."))  # doctest: +ELLIPSIS
    1. It costs £5 under section 26.
    ...
       refused “section 26”: number of a section, page or item
    <BLANKLINE>
    """
    document = describe_text(text, "text.txt")
    document.published_date = published or document.published_date
    return explain_document(text, document)


def explain_document(text: str, document: Document) -> Explanation:
    """Return how a text is read of which more is known than its words, such as its catalogue entry."""
    traces: list[Trace] = []
    reading = read_document(text, document, traces=traces)
    checks = check_statistics(reading.statistics, [document], read_official(official_folder()))
    return Explanation(sentence_accounts(reading, traces, checks))
