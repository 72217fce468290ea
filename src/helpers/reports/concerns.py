"""The figure of types of concern by year, with a break wherever the official list of types changed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.official.series import CONCERN_BREAKS, STABLE_CONCERNS
from helpers.reports.displays import each_row, together
from helpers.reports.drawing import BLUE, GREEN, GREY, PINK, RED, Figure, canvas, finish, nothing_to_draw
from helpers.reports.evidence import concern_words, official_source
from helpers.reports.figures import numbers_drawn, stated_levels

COLOURS = {"islamist": BLUE, "extreme_right_wing": RED, "mixed_unstable_unclear": GREEN}
SMALL_SHARE = 25  # per cent; types that never reach it are left out, or the lines could not be told apart
NO_TYPES = ("concern_specified", "unspecified", "no_ideology_identified")  # bases, and a part of a type that is drawn
WHOLES = {"referrals": "Of referrals", "channel_adopted": "Of adopted Channel cases"}
LABEL_GAP = 5  # per cent between two labels at the edge


def concerns_by_year(years: pd.DataFrame, statistics: pd.DataFrame) -> Figure:
    """Draw the types of concern by year, for referrals and for Channel, with what the texts state as rings."""
    name, title = "concerns_by_year", "Types of concern, among referrals and among Channel cases"
    shares = years[(years["dimension"] == "concern") & ~years["category"].isin(NO_TYPES)].dropna(subset="share")
    shares = shares[shares.groupby("category")["share"].transform("max") >= SMALL_SHARE]
    panels = [measure for measure in WHOLES if (shares["measure"] == measure).any()]
    if not panels:
        return nothing_to_draw(name, title, "The official tables hold no shares by type of concern.")
    shares = shares[shares["measure"].isin(panels)]
    stated = pd.concat([stated_levels(statistics, measure, "concern", ("percentage",)) for measure in panels])
    with canvas(8, 3.2 * len(panels), rows=len(panels), sharex=True, sharey=True, squeeze=False) as (drawn, grid):
        for axes, measure in zip(grid[:, 0], panels, strict=True):
            _draw_panel(axes, shares[shares["measure"] == measure], stated[stated["measure"] == measure])
            low, high = int(shares["year"].min()), int(shares["year"].max())
            axes.set(title=WHOLES[measure], ylabel="Per cent", ylim=(0, None), xlim=(low - 0.5, high + 2.9))
            axes.set_xticks(range(low, high + 1))
        grid[-1, 0].set_xlabel("Year to March")
    alt = " ".join(_panel_words(shares[shares["measure"] == measure], measure) for measure in panels)
    caption = together(
        "Unit: per cent of the year's referrals or adopted cases. Dotted lines: the list of types changed, and lines "
        "of types that did not keep their meaning end there. Rings: stated percentages; crosses: those that differ. ",
        official_source(shares),
    )
    return finish(name, title, caption, alt, drawn, numbers_drawn(shares, stated))


def _draw_panel(axes: Any, shares: pd.DataFrame, stated: pd.DataFrame) -> None:
    """Draw one panel: a line for each type within unbroken years, rings for stated shares, labels at the ends."""
    breaks = [day.year + 0.5 for day in CONCERN_BREAKS]
    for category, rows in shares.groupby("category"):
        eras = [0 if category in STABLE_CONCERNS else sum(year > line for line in breaks) for year in rows["year"]]
        for _, part in rows.groupby(eras):
            axes.plot(part["year"], part["share"], "o-", color=COLOURS.get(str(category), PINK))
    for row in each_row(stated):
        colour = COLOURS.get(row.category, PINK)
        marker = "x" if row.verdict == "differs" else "o"
        axes.plot([row.year], [row.value], marker, markersize=11, fillstyle="none", color=colour, markeredgewidth=1.4)
    for line in breaks:
        axes.axvline(line, color=GREY, linestyle=":", linewidth=1)
    last = shares.groupby("category").tail(1).sort_values("share")
    edge, floor = shares["year"].max(), 0.0
    for row in each_row(last):
        words = f"{concern_words(str(row.category))} {row.share:.0f}%"
        style = {"color": COLOURS.get(str(row.category), PINK), "annotation_clip": False}
        if row.year < edge:
            axes.annotate(words, (row.year, row.share), (7, 0), textcoords="offset points", va="center", **style)
            continue
        floor = max(row.share, floor)
        axes.annotate(words, (row.year + 0.2, floor), va="center", **style)
        floor += LABEL_GAP


def _panel_words(shares: pd.DataFrame, measure: str) -> str:
    """Return first and last share of each lasting type, and the most recent share of the others."""
    said = []
    for category, rows in shares.groupby("category"):
        first, last = rows.iloc[0], rows.iloc[-1]
        words = concern_words(str(category))
        if category in STABLE_CONCERNS:
            words += f" {first['share']:.0f}% in the year to March {first['year']},"
        said.append(f"{words} {last['share']:.0f}% in {last['year']}")
    return f"{WHOLES[measure]}: {'; '.join(said)}."
