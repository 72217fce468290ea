"""Read texts about the Prevent programme, and check every statistic that they state.

The modules follow the path of the data; each imports only from those before it:

ground: errors → paths → vocabulary → records → schemas → tables → lexicon
sources: decoding → webpages → formats → catalogue → pubdates → descriptions → folders → sources
sentences: boundaries → segments → shapes → surroundings → furniture → sentences
speech: mentions → quotemarks → speakers → tellings → reported → quotations → dating
official: official_rows → official → official_wording → wholes → shares → official_faults → holdings
numbers: numerals → calendars → stated_dates → relative_dates → periods → number_readers → candidates → cues → places
  → modifiers → nouns → changes → groups → clauses → references → denominators → breakdowns → measures
statistics: releases → stated → timelines → timing → base_periods → views → durations → caveats → context → geography
  → whole_figures → statistics → events
findings: enumerations → followups → drafts → headings → prose → topics → findings
texts: reading
checks: questions → levels → claims → comparisons → superlatives → mixups → reasons → checks → copies → likeness →
  subjects → facts → number_facts → event_facts → corroborations → wording → themes
reports: displays → drawing → evidence → figures → concerns → contrasts → overviews → answers → summary → pages
commands: parameters → runs → build → cli
"""
