"""Figures of the official series with what the texts state drawn on them: referrals, and the way into Channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.reports.displays import Fragment, each_row, enumerated, together
from helpers.reports.drawing import BLUE, GREEN, GREY, INK, PALE, PINK, RED, Figure, canvas, finish, nothing_to_draw
from helpers.reports.evidence import MEASURE_WORDS, official_link, official_source, statistic_link

# Verdicts drawn alike are judged alike; shape and colour both tell them apart.
VERDICT_STYLE = {
    "agrees": ("borne out", GREEN, "o"),
    "agreed_at_the_time": ("borne out", GREEN, "o"),
    "agrees_with_other_release": ("only by another release", PINK, "D"),
    "differs": ("not borne out", RED, "X"),
}
HEADROOM = 1.12  # room above the highest bar for the wordings
SCALE = 1.5  # of the highest bar: a number stated beyond is drawn as an arrow there, or the bars could not be read
UNJUDGED = ("not compared", GREY, "s")


def referrals_by_year(years: pd.DataFrame, statistics: pd.DataFrame) -> Figure:
    """Draw the official referrals by year with the stated numbers and the interval that their wording allows."""
    import seaborn as sns  # takes a second to load, and most notebooks draw without it

    name, title = "referrals_by_year", "Referrals by year, official and as stated"
    official = years[(years["measure"] == "referrals") & (years["dimension"] == "total")].dropna(subset="count")
    if official.empty:
        return nothing_to_draw(name, title, "The official tables hold no yearly number of referrals.")
    stated = stated_levels(statistics, "referrals", "total", ("count",))
    with canvas(8, 4) as (drawn, axes):
        sns.barplot(official, x="year", y="count", color=PALE, saturation=1, errorbar=None, width=0.62, ax=axes)
        for bar, count in zip(axes.patches, official["count"], strict=False):
            axes.annotate(
                f"{count:,.0f}", (bar.get_x() + bar.get_width() / 2, 0), (0, 4), textcoords="offset points", ha="center"
            )
        place = {year: index for index, year in enumerate(official["year"])}
        draw_stated(axes, stated[stated["year"].isin(place)], place, SCALE * official["count"].max())
        axes.set(xlabel="Year to March", ylabel="", yticks=[], ylim=(0, HEADROOM * axes.get_ylim()[1]))
        axes.spines["left"].set_visible(False)
        axes.tick_params(length=0)
    top, last = official.nlargest(1, "count").iloc[0], official.iloc[-1]
    alt = together(
        f"Official referrals were {official['count'].iloc[0]:,.0f} in the year to March {official['year'].iloc[0]} and "
        f"{last['count']:,.0f} in the year to March {last['year']}; the most was {top['count']:,.0f} ({top['year']}). ",
        _stated_words(stated, place),
    )
    unit = "Unit: referrals in the year to March. Intervals: what a text's wording allows; arrows: beyond the scale. "
    caption = together(unit, official_source(official))
    return finish(name, title, caption, alt, drawn, numbers_drawn(official, stated))


def way_into_channel(years: pd.DataFrame, statistics: pd.DataFrame, panels: int = 3) -> Figure:
    """Draw how many of those referred were discussed and adopted, for the years that the texts speak of most."""
    name, title = "way_into_channel", "From referral to Channel"
    totals = years[years["dimension"] == "total"]
    table = totals.pivot_table(index="year", columns="measure", values="count").reindex(columns=list(MEASURE_WORDS))
    table = table.dropna(subset=["referrals", "channel_adopted"])
    if table.empty:
        return nothing_to_draw(name, title, "The official tables hold no year with both referrals and adopted cases.")
    spoken = statistics[statistics["measure"].isin(list(MEASURE_WORDS))]["year"].value_counts()
    wanted = sorted(table.index, key=lambda year: (-spoken.get(year, 0), -year))[:panels]
    table = table.loc[sorted(wanted)]
    with canvas(8, 3.0, columns=len(table), sharey=True, squeeze=False) as (drawn, grid):
        for axes, (year, row) in zip(grid[0], table.iterrows(), strict=True):
            axes.barh([0, 1, 2], row.fillna(0), color=[PALE, BLUE, RED], height=0.66)
            for place, count in enumerate(row):
                share = "" if place == 0 else f" ({count / row['referrals']:.0%})"
                axes.text(row["referrals"] * 0.02, place - 0.46, _known(count, share), va="bottom", color=INK)
            axes.set(title=f"Year to March {year}", yticks=[0, 1, 2], yticklabels=["referred", "discussed", "adopted"])
            axes.set(ylim=(2.5, -0.85), xlim=(0, table["referrals"].max()), xticks=[])
            axes.tick_params(length=0)
            axes.spines["bottom"].set_visible(False)
    alt = " ".join(_way_words(year, row) for year, row in table.iterrows())
    source = official_source(totals[totals["year"].isin(table.index)])
    caption = together("Unit: people or referrals; shares are of all referrals of the year. ", source)
    return finish(name, title, caption, alt, drawn, table.reset_index())


def stated_levels(statistics: pd.DataFrame, measure: str, dimension: str, kinds: tuple[str, ...]) -> pd.DataFrame:
    """Return the stated levels of a measure in whole financial years that can be drawn."""
    picked = statistics[
        (statistics["measure"] == measure)
        & (statistics["dimension"].fillna("") == dimension)
        & statistics["kind"].isin(kinds)
        & (statistics["direction"] == "level")
        & statistics["year"].notna()
        & statistics["geography"].fillna("England and Wales").eq("England and Wales")
        & statistics["caveat"].isna()
    ]
    return picked[picked["value_high"] < float("inf")]


def draw_stated(axes: Any, stated: pd.DataFrame, place: Mapping[Any, int], limit: float) -> None:
    """Draw every stated number as its interval, side by side within a year, by verdict; an arrow beyond the limit."""
    seen: set[str] = set()
    for year, group in stated.groupby("year"):
        for index, row in enumerate(each_row(group)):
            label, colour, marker = VERDICT_STYLE.get(row.verdict, UNJUDGED)
            x = place[year] + (index - (len(group) - 1) / 2) * min(0.14, 0.6 / len(group))
            middle = row.value if pd.notna(row.value) else (row.value_low + row.value_high) / 2
            if middle > limit:
                axes.plot([x], [limit], "^", color=colour)
                continue
            ends = [row.value_low, min(row.value_high, limit)]
            axes.plot([x, x], ends, color=colour, linewidth=2.5, solid_capstyle="butt")
            axes.plot(
                [x], [middle], marker, color=colour, markeredgecolor="white", label=None if label in seen else label
            )
            seen.add(label)
        _label_stated(axes, place[year], group, limit)
    if seen:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=4, title="Stated number")


def _label_stated(axes: Any, place: float, stated: pd.DataFrame, limit: float) -> None:
    """Write above a bar how the texts state its number, each wording once, the first two in full."""
    words = list(dict.fromkeys(stated["stated"]))
    lines = [*words[:2], *([f"{len(words) - 2} more"] if len(words) > 2 else [])]
    top = min(stated["value_high"].max(), limit)
    axes.annotate(
        "\n".join(lines), (place, top), (0, 7), textcoords="offset points", ha="center", va="bottom", fontsize="x-small"
    )


def _known(count: float, share: str) -> str:
    """Return a count with its share, or that none is held."""
    return "no figure held" if pd.isna(count) else f"{count:,.0f}{share}"


def _way_words(year: Any, row: pd.Series) -> str:
    """Return one year's way into Channel in words."""
    discussed = (
        "" if pd.isna(row["channel_discussed"]) else f"{row['channel_discussed']:,.0f} were discussed at a panel and "
    )
    return (
        f"In the year to March {year}, of {row['referrals']:,.0f} referrals {discussed}{row['channel_adopted']:,.0f} "
        f"({row['channel_adopted'] / row['referrals']:.0%}) were adopted as Channel cases."
    )


def _stated_words(stated: pd.DataFrame, place: Mapping[Any, int]) -> Fragment:
    """Return how many stated numbers are drawn and how they fare; those not borne out lead to their words."""
    drawn = stated[stated["year"].isin(place)]
    if drawn.empty:
        return together("The texts state no yearly number of referrals.")
    fits = int(drawn["verdict"].isin(["agrees", "agreed_at_the_time"]).sum())
    if len(drawn) == 1:
        (row,) = each_row(drawn)
        fits_words = "it is borne out" if fits else together("officially it is ", official_link(row))
        return together("The texts state one such number, ", statistic_link(row), f" for {row.year}; ", fits_words, ".")
    examples = [
        together(statistic_link(row), f" for {row.year} against ", official_link(row))
        for row in each_row(drawn[drawn["verdict"] == "differs"].head(3))
    ]
    wrong = together("; not borne out: ", enumerated(examples, "; ", "; ")) if examples else ""
    return together(f"The texts state {len(drawn)} such numbers, {fits} of them borne out", wrong, ".")


def numbers_drawn(official: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers drawn: official rows, then stated ones."""
    columns = [
        "measure",
        "category",
        "year",
        "value",
        "value_low",
        "value_high",
        "verdict",
        "document_id",
        "statistic_id",
    ]
    values = official["count"] if (official["dimension"] == "total").all() else official["share"]
    rows = official[["measure", "category", "year", "release", "source_url"]].assign(value=values, series="official")
    return pd.concat([rows, stated[columns].assign(series="stated")], ignore_index=True)
