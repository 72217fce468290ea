"""Read texts about the Prevent programme, and check every statistic that they state.

The modules follow the path of the data; each imports only from those before it:

helpers: errors → paths → fingerprints → escaping → lexicon → vocabulary → records → schemas → datasets → tables →
  openings → searches → seldom
helpers.sources: decoding → webpages → formats → catalogue → pubdates → descriptions → folders → files →
  addresses → fetching → additions
helpers.sentences: boundaries → signs → segments → shapes → surroundings → furniture → splitting
helpers.speech: persons → mentions → quotemarks → speakers → tellings → reported → quotations → dating
helpers.official: rows → series → wording → wholes → shares → faults → holdings
helpers.numbers: numerals → calendars → stated_dates → relative_dates → periods → number_readers → candidates → cues →
  places → modifiers → nouns → changes → groups → clauses → references → denominators → carryovers → breakdowns →
  subjects → measures
helpers.statistics: releases → stated → shared_kinds → timelines → timing → other_periods → base_periods → views →
  year_ends → tabular → durations → caveats → remembered → counted_nouns → local_headings → context → geography →
  whole_figures → units → headlines → paragraphs → traces → dates_of_text → extraction → anchoring → events
helpers.findings: enumerations → portions → followups → drafts → headings → grids → prose → topics → reviews
helpers: reading → readings
helpers.checks: questions → levels → claims → comparisons → superlatives → mixups → reasons → verdicts
helpers.corpora: streams → columns → origins → openings → survey → attempts → writing → partitions → mapping →
  versions → manifest → runs
helpers.explaining: accounts → layouts → explanations
helpers.comparing: copies → likeness → subjects → facts → number_facts → event_facts → corroborations → wording
  → themes
helpers.reports: licences → displays → spreadsheets → drawing → totals → evidence → marks → notes → marked_texts →
  downloads → figures → concerns → contrasts → overviews → answers → listings → conclusions → summary → searching →
  checkouts → pictures → uses → pages → evidence_pages
helpers.builds: parameters → inputs → progress → ledger → locks → store → publishing → changes → forks → engines →
  runs → rendering → workshop → kernels → preloading → kernel_server → preloaded_runner → steps → failures → making →
  build
helpers.commands: application → output → adding → building → history → schedule → corpora → texts → releases
helpers: cli
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.explaining.explanations import explain as explain
    from helpers.reports.marked_texts import show_document as show_document

__all__ = ["explain", "show_document"]
LIES_IN = {"explain": "helpers.explaining.explanations", "show_document": "helpers.reports.marked_texts"}


def __getattr__(name: str) -> Any:
    """Return `explain` or `show_document` at its first use, so that importing the package reads nothing."""
    if name not in LIES_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(LIES_IN[name]), name)
