"""The rows of every table as plain records, in the column order of the data contract.

Offsets are half-open characters of the source text, dates are inclusive, ``None`` means "not known" or "not stated".
The records hold no behaviour; `helpers.schemas` says which values each column may take.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class Document:
    """One source text: where it came from and what is known about it (table ``documents``).

    Two columns are ours: `not_before`, the earliest day of an undated text, from the dated texts that it quotes, and
    `is_copy_of`, the earlier document that this one quotes or republishes for the most part.
    """

    document_id: str
    title: str | None = None
    publisher: str | None = None
    document_type: str = "other"
    published_date: date | None = None
    url: str | None = None
    licence: str | None = None
    raw_path: str = ""
    raw_sha256: str = ""
    encoding: str | None = None
    n_characters: int = 0
    n_sentences: int = 0
    furniture_share: float = 0.0
    not_before: date | None = None
    is_copy_of: str | None = None


@dataclass(slots=True)
class Sentence:
    """One sentence, furniture included (table ``sentences``)."""

    sentence_id: str
    document_id: str
    span_start: int
    span_end: int
    text: str
    role: str
    furniture_score: float = 0.0
    section: str | None = None
    speaker: str | None = None


@dataclass(slots=True)
class Statistic:
    """One stated number with everything the text says about it (table ``statistics``).

    The last six fields are ours: ``caveat`` names what keeps the number from a plain comparison, ``combined_with``
    the further categories a number is stated for (joined by ``|``), ``base_period_*`` the earlier period that a change
    starts from, ``per`` what a rate is per (``day``, ``week``, ``month``, ``year``, ``100000``), and ``clause`` the
    words that were read.
    """

    statistic_id: str
    document_id: str
    sentence_id: str
    span_start: int
    span_end: int
    surface: str
    kind: str
    value: float | None
    value_low: float
    value_high: float
    modifier: str = "exact"
    direction: str = "level"
    unit: str = ""
    measure: str = "other"
    dimension: str | None = None
    category: str | None = None
    denominator: str | None = None
    denominator_value: float | None = None
    geography: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    period_source: str | None = None
    speaker: str | None = None
    caveat: str | None = None
    combined_with: str | None = None
    base_period_start: date | None = None
    base_period_end: date | None = None
    per: str | None = None
    clause: str = ""


@dataclass(slots=True)
class Event:
    """One dated happening (table ``events``)."""

    event_id: str
    document_id: str
    sentence_id: str
    span_start: int
    span_end: int
    surface: str
    date_start: date
    date_end: date
    precision: str
    date_source: str
    event_type: str
    description: str


@dataclass(slots=True)
class Quotation:
    """Direct or reported speech with its speaker (table ``quotations``)."""

    quotation_id: str
    document_id: str
    span_start: int
    span_end: int
    text: str
    speaker: str | None
    speaker_role: str | None
    is_direct: bool


@dataclass(slots=True)
class Finding:
    """One recommendation or issue of a review (table ``findings``)."""

    finding_id: str
    document_id: str
    span_start: int
    span_end: int
    kind: str
    number: int | None
    addressee: str | None
    text: str
    topic_id: str | None = None
    status: str | None = None
    status_sentence_id: str | None = None


@dataclass(slots=True)
class Check:
    """The verdict on one statistic (table ``checks``)."""

    statistic_id: str
    verdict: str
    reason: str
    official_value: float | None = None
    official_release: str | None = None
    official_published: str | None = None
    official_source_url: str | None = None
    difference: float | None = None
    official_low: float | None = None
    official_high: float | None = None


@dataclass(slots=True)
class Corroboration:
    """One member of a fact that several documents state (table ``corroborations``)."""

    fact_id: str
    member_kind: str
    member_id: str
    statistic_id: str | None
    event_id: str | None
    finding_id: str | None
    document_id: str
    agreement: str
    note: str


@dataclass(slots=True)
class Problem:
    """Something wrong with one input file, and what to do about it (table ``problems``)."""

    file: str
    severity: str
    problem: str
    expected: str
    action: str


@dataclass(slots=True)
class Reading:
    """Everything that was read in one source text."""

    document: Document
    text: str
    sentences: list[Sentence] = field(default_factory=list)
    statistics: list[Statistic] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
