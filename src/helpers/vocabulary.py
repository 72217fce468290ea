"""The closed lists of the data contract: every value that a coded column may hold.

Measures and dimensions may be added to: an entry of the lexicon with a new name makes the name known.
"""

from __future__ import annotations

from functools import cache

from helpers.lexicon import read_lexicon

DOCUMENT_TYPES = ("news", "statement", "debate_summary", "review_record", "bulletin", "other")
ROLES = ("headline", "body", "list_item", "heading", "furniture")
KINDS = ("count", "percentage", "fraction", "ratio", "multiple", "duration", "age", "money", "rating", "rate")
MODIFIERS = ("exact", "about", "almost", "just_over", "over", "under", "at_least", "at_most", "only", "range")
DIRECTIONS = ("level", "rise", "fall")
OFFICIAL_MEASURES = ("referrals", "channel_discussed", "channel_adopted")
OTHER_MEASURES = (
    "recommendations", "issues", "sessions", "attacks", "deaths", "retention", "service", "elapsed",
    "age", "sentence", "rating", "cost", "other",
)  # fmt: skip
MEASURES = OFFICIAL_MEASURES + OTHER_MEASURES
DIMENSIONS = (
    "total", "concern", "sector", "age", "gender", "region", "outcome", "concern_age",
    "education_setting", "mental_health_neurodiversity",
)  # fmt: skip
PERIOD_SOURCES = ("stated", "inherited", "relative")
CAVEATS = ("forecast", "one_case", "complement", "combined", "each", "hypothetical")
RATE_PERIODS = ("day", "week", "month", "year", "100000")
PRECISIONS = ("day", "month", "year", "period")
DATE_SOURCES = ("stated", "relative")
EVENT_TYPES = ("referral", "adoption", "exit", "review", "attack", "conviction", "publication", "reform", "other")
FINDING_KINDS = ("recommendation", "issue")
STATUSES = ("implemented", "accepted", "proposed")
VERDICTS = (
    "agrees", "agreed_at_the_time", "agrees_with_other_release", "differs", "not_comparable", "no_series",
)  # fmt: skip
AGREEMENTS = ("same", "compatible", "conflicts")
MEMBER_KINDS = ("statistic", "event", "finding")
SEVERITIES = ("error", "warning", "note")


@cache
def known_measures() -> tuple[str, ...]:
    """Return the measures of the data contract, then those that entries of the lexicon add."""
    entries = [*read_lexicon("measures"), *read_lexicon("durations")]
    return tuple(dict.fromkeys([*MEASURES, *(entry["measure"] for entry in entries)]))


@cache
def known_dimensions() -> tuple[str, ...]:
    """Return the dimensions of the data contract, then those that entries of the lexicon add."""
    added = (entry["dimension"] for entry in read_lexicon("categories") if entry["dimension"] != "base")
    return tuple(dict.fromkeys([*DIMENSIONS, *added]))
