"""What the official tables say at a level: counts, and shares on every denominator in use, as known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, floor

from helpers.official.rows import Change, Figure, Period
from helpers.official.series import OfficialSeries
from helpers.official.wholes import SPECIAL_BASES, TOTAL, base_name, bases, wholes_of
from helpers.official.wording import base_words, number_words, release_words

# Two names for one figure: what became of referrals, and the Channel measures.
SAME_FIGURE = {
    ("referrals", "outcome", "discussed_channel"): ("channel_discussed", *TOTAL),
    ("referrals", "outcome", "adopted_channel"): ("channel_adopted", *TOTAL),
}
HALF = 0.5  # a published whole per cent stands for half a point either way
ROUNDING = HALF + 1e-6


@dataclass(frozen=True, slots=True)
class Reading:
    """One value that the official tables give, with the bounds within which it is known (equal when exact).

    `denominator` is what a share is a share of (None for counts, or a published share without a base);
    `covers` lists the denominators in a text that it answers to; `missing` names years without a figure, of `n_years`.
    `rounding` is how far a published percentage may lie from the true one where no counts tell.
    """

    value: float
    low: float
    high: float
    words: str
    figure: Figure | Change
    denominator: str | None = None
    covers: tuple[str, ...] = ()
    missing: tuple[date, ...] = ()
    n_years: int = 1
    rounding: float = 0.0
    is_published: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is about: a measure of one category in one place."""

    measure: str
    dimension: str
    category: str
    geography: str

    def official(self) -> Subject:
        """Return the subject under the name that the tables use for it."""
        measure, dimension, category = SAME_FIGURE.get(
            (self.measure, self.dimension, self.category), (self.measure, self.dimension, self.category)
        )
        return replace(self, measure=measure, dimension=dimension, category=category)


def releases(series: OfficialSeries, subject: Subject, period: Period, day: date) -> tuple[Figure, ...]:
    """Return a subject's figure in the releases out on `day`, oldest first, under either name it goes by."""
    for name in (subject, subject.official()):
        found = series.releases_of(name.measure, name.dimension, name.category, period, name.geography, day)
        if found:
            return found
    return ()


def current_figures(series: OfficialSeries, subject: Subject, period: Period, day: date) -> list[Figure]:
    """Return what stands on `day`: the newest figure, after the newest count where that figure is only a percentage.

    A percentage that rounds from the older count confirms it; one that does not has replaced it.
    """
    found = releases(series, subject, period, day)
    newest = found[-1:]
    if not newest or newest[0].count is not None:
        return list(newest)
    for figure in reversed(found[:-1]):
        if figure.count is not None and (base := _whole(series, figure)):
            percent = newest[0].percent or 0.0
            return [figure, newest[0]] if abs(100 * figure.count / base - percent) <= ROUNDING else list(newest)
    return list(newest)


def count_readings(series: OfficialSeries, subject: Subject, period: Period, day: date) -> list[Reading]:
    """Return the count as known on `day`, or the bounds that a published percentage and its base leave for it."""
    for figure in current_figures(series, subject, period, day):
        if figure.count is not None:
            return [_exact(figure.count, f"{number_words(figure.count)} ({release_words(figure)})", figure)]
        if figure.percent is not None and figure.base:
            low = ceil((figure.percent - HALF) * figure.base / 100)
            high = floor((figure.percent + HALF) * figure.base / 100)
            share = f"{number_words(figure.percent, '%')} of {number_words(figure.base)}"
            bounds = f"the {number_words(low)} to {number_words(high)} that a published {share} leaves"
            words = f"{bounds} ({release_words(figure)})"
            return [Reading(figure.percent * figure.base / 100, low, high, words, figure)]
    return []


def share_readings(series: OfficialSeries, subject: Subject, period: Period, day: date) -> list[Reading]:
    """Return a category's shares as known on `day`: published ones and those the counts give, on every base in use.

    Count and base come from one release. The usual base stands first.
    """
    shares: list[Reading] = []
    for figure in current_figures(series, subject, period, day):
        if figure.count is not None:
            wholes = bases(series, figure)
            shares.extend(_computed(figure, wholes))
            shares.extend(() if figure.base else _borrowed(series, figure, wholes))
        if figure.percent is not None:
            shares.append(_published(figure, base_name(series, figure)))
    if subject.measure == "channel_adopted" and subject.dimension == "concern":
        rate = series.figure_as_of("adoption_rate", "concern", subject.category, period, subject.geography, day)
        if rate is not None and rate.percent is not None:
            shares.append(_published(rate, f"referrals:{subject.category}"))
    return shares


def answering(shares: Iterable[Reading], denominator: str | None) -> list[Reading]:
    """Return the shares on the denominator a text names; all of them when it names none."""
    return [share for share in shares if denominator is None or denominator in share.covers]


def _computed(figure: Figure, wholes: dict[str, float]) -> Iterable[Reading]:
    """Yield the shares that one count is of each whole."""
    for name, whole in wholes.items():
        if whole and figure.count is not None and figure.count <= whole:
            share = 100 * figure.count / whole
            words = (
                f"{number_words(figure.count)} of {number_words(whole)} = {number_words(share, '%')} of "
                f"{base_words(name)} ({release_words(figure)})"
            )
            # "of Islamist referrals" is often shortened to "of referrals"
            covers = (name, name.split(":")[0]) if name.split(":")[0] != figure.measure else (name,)
            yield replace(_exact(share, words, figure), denominator=name, covers=covers)


def _published(figure: Figure, name: str | None) -> Reading:
    """Return a published percentage; it also answers to the plain measure, as releases print "of referrals" for it."""
    percent = figure.percent or 0.0
    measure = (name or figure.measure).split(":")[0]
    special = SPECIAL_BASES.get(figure.dimension)
    covers = {measure, name or f"{measure}:{special}"}
    words = f"the published {number_words(percent, '%')} of {base_words(name or measure)} ({release_words(figure)})"
    rounding = 0.0 if figure.count is not None and figure.base else HALF
    return replace(
        _exact(percent, words, figure),
        denominator=name,
        covers=tuple(sorted(covers)),
        rounding=rounding,
        is_published=True,
    )


def _exact(value: float, words: str, figure: Figure) -> Reading:
    """Return a value known exactly."""
    return Reading(value, value, value, words, figure)


def _whole(series: OfficialSeries, figure: Figure) -> float | None:
    """Return the base of a figure's usual share."""
    return next(iter(bases(series, figure).values()), None)


def _borrowed(series: OfficialSeries, figure: Figure, wholes: dict[str, float]) -> Iterable[Reading]:
    """Yield the usual share of a count whose own release, as far as held, prints no whole: on the whole then known."""
    usual = next(iter(wholes_of(figure)), None)
    if usual is None or usual[0] in wholes:
        return
    name, subject = usual
    period = (figure.period_start, figure.period_end)
    whole = series.figure_as_of(*subject, period, figure.geography, figure.day)
    if whole is not None and whole.count:
        for share in _computed(figure, {name: whole.count}):
            yield replace(share, words=f"{share.words[:-1]}, the whole from {release_words(whole)})")
