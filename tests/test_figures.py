"""Figures: the same bytes each time, words for those who cannot see them, a sentence where there is nothing to draw."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest
from conftest import ROOT
from small_tables import rows, write_tables

from helpers.official.series import read_official
from helpers.reports import drawing
from helpers.reports.answers import fact_words
from helpers.reports.concerns import concerns_by_year
from helpers.reports.drawing import as_saved, canvas, finish, save_figure
from helpers.reports.evidence import official_years, read_evidence
from helpers.reports.figures import draw_stated, referrals_by_year, stated_levels, way_into_channel
from helpers.reports.overviews import (
    agreement_by_document,
    course_of_events,
    furniture_by_document,
    measures_by_document,
    verdicts_by_document,
)


@pytest.fixture(scope="module")
def years():
    return official_years(read_official(ROOT / "data" / "raw" / "official"))


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    return read_evidence(write_tables(tmp_path_factory.mktemp("tables"), rows()))


@pytest.fixture(scope="module")
def nothing(tmp_path_factory):
    return read_evidence(write_tables(tmp_path_factory.mktemp("empty"), {}))


def all_figures(evidence, years):
    facts = fact_words(evidence.corroborations, evidence.statistics, evidence.events, evidence.findings)
    labels = evidence.documents.set_index("document_id")["label"]
    return [
        referrals_by_year(years, evidence.statistics),
        way_into_channel(years, evidence.statistics),
        concerns_by_year(years, evidence.statistics),
        furniture_by_document(evidence.documents),
        measures_by_document(evidence.statistics),
        verdicts_by_document(evidence.statistics),
        course_of_events(evidence.events),
        agreement_by_document(evidence.corroborations, facts, labels),
    ]


@pytest.fixture(scope="module")
def drawn(evidence, years):
    return {figure.name: figure for figure in all_figures(evidence, years)}


def test_every_figure_is_drawn_and_says_what_it_shows_with_numbers(drawn):
    assert len(drawn) == 8
    for figure in drawn.values():
        assert figure.svg.startswith("<svg "), figure.name
        assert re.search(r"\d", figure.alt.words), figure.name
        assert figure.caption.words.startswith(("Unit:", "One row")), figure.name
        assert len(figure.numbers) > 0, figure.name


def test_same_tables_draw_the_same_bytes(drawn, evidence, years):
    again = {figure.name: (figure.svg, figure.png) for figure in all_figures(evidence, years)}
    assert again == {name: (figure.svg, figure.png) for name, figure in drawn.items()}


def test_every_colour_of_a_drawing_follows_the_page(drawn):
    fixed = {name: re.findall(r"(?<!, )#[0-9a-f]{6}\b", figure.svg) for name, figure in drawn.items()}
    assert {name: colours for name, colours in fixed.items() if colours} == {}


def test_drawing_and_pixels_lie_beside_each_other(drawn, tmp_path):
    save_figure(drawn["referrals_by_year"], tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == [
        "referrals_by_year.csv", "referrals_by_year.png", "referrals_by_year.svg",
    ]  # fmt: skip
    assert (tmp_path / "figures" / "referrals_by_year.png").read_bytes().startswith(b"\x89PNG")


def test_drawings_fetch_nothing_and_carry_no_style_for_the_page(drawn):
    for figure in drawn.values():
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", figure.svg), figure.name
        assert not re.search(r"<style|<script|<metadata|<image", figure.svg), figure.name
        assert len(figure.svg) < 60_000, figure.name


def test_ids_in_drawings_are_unique_across_a_page(drawn):
    ids = re.findall(r' id="([^"]+)"', "".join(figure._repr_html_() for figure in drawn.values()))
    assert len(ids) == len(set(ids))


def test_referrals_figure_counts_what_is_borne_out(drawn):
    alt = drawn["referrals_by_year"].alt.words
    assert "7,631 in the year to March 2016" in alt
    assert "The texts state 3 such numbers, 2 of them borne out; not borne out: 9,999 for 2020 against 6,287." in alt


def test_number_far_beyond_the_bars_does_not_flatten_them(evidence):
    stated = stated_levels(evidence.statistics, "referrals", "total", ("count",))
    with canvas(4, 2) as (_, axes):
        draw_stated(axes, stated.assign(value=60_000.0, value_low=59_000.0, value_high=60_000.0), {2020: 0}, 10_000)
        assert axes.dataLim.y1 == 10_000
        assert [line.get_marker() for line in axes.lines] == ["^"] * len(axes.lines)


def test_way_into_channel_gives_shares_of_referrals(drawn):
    assert (
        "of 6,287 referrals 1,424 were discussed at a panel and 692 (11%) were adopted"
        in drawn["way_into_channel"].alt.words
    )


def test_concern_lines_end_where_the_list_of_types_changed(drawn, years):
    mixed = years[(years["category"] == "mixed_unstable_unclear") & (years["measure"] == "referrals")]
    assert mixed["year"].between(2018, 2024).all()
    assert "Dotted lines" in drawn["concerns_by_year"].caption.words


def test_a_type_of_concern_has_one_name_in_drawing_and_words(drawn):
    figure = drawn["concerns_by_year"]
    for name in ("extreme right wing", "mixed, unstable or unclear"):
        assert f">{name} " in figure.svg
        assert f"{name} " in figure.alt.words


def test_nothing_to_draw_is_a_sentence(nothing, years):
    no_years = years.iloc[:0]
    for figure in all_figures(nothing, no_years):
        assert figure.svg == "", figure.name
        assert figure.alt.words.endswith("."), figure.name
        assert '<p class="empty"' in figure._repr_html_()


def test_official_figures_are_drawn_without_any_statistic(nothing, years):
    assert "The texts state no yearly number" in referrals_by_year(years, nothing.statistics).alt.words
    assert way_into_channel(years, nothing.statistics).svg
    assert concerns_by_year(years, nothing.statistics).svg


def test_hostile_words_stay_words_in_drawings(evidence):
    events = evidence.events.assign(description="<script>alert(1)</script>")
    labels = pd.Series({"gazette": "<script>x</script>", "minutes": '"><img src=x>'})
    facts = pd.Series({"f1": "<script>y</script>", "f2": "$\\frac{1}$ & <b> \u202e 山 🙏 \x00"})
    shown = agreement_by_document(evidence.corroborations, facts, labels)._repr_html_()
    shown += course_of_events(events)._repr_html_()
    assert "<script" not in shown
    assert "<img" not in shown


def test_figure_without_words_is_refused():
    with canvas(2, 1) as (drawing, _):
        pass
    with pytest.raises(ValueError, match="no alternative text"):
        finish("x", "X", "Unit: none.", " ", drawing, pd.DataFrame())


def test_saved_figure_lies_beside_its_numbers(drawn, tmp_path):
    save_figure(drawn["referrals_by_year"], tmp_path)
    assert (tmp_path / "figures" / "referrals_by_year.svg").read_text(encoding="utf-8").startswith("<?xml")
    numbers = pd.read_csv(tmp_path / "data" / "referrals_by_year.csv")
    assert set(numbers["series"]) == {"official", "stated"}


def test_figure_that_was_saved_with_the_same_is_not_drawn_again(evidence, tmp_path, monkeypatch):
    first = save_figure(verdicts_by_document(evidence.statistics), tmp_path)
    monkeypatch.setattr(drawing, "_draw", lambda *_: ("<svg >other</svg>", b"other"))
    for figure in (as_saved, save_figure):
        again = figure(verdicts_by_document(evidence.statistics), tmp_path)
        assert (again.svg, again.png) == (first.svg, first.png)
    fewer = evidence.statistics[evidence.statistics["verdict"] != "agrees"]
    assert as_saved(verdicts_by_document(fewer), tmp_path).svg == "<svg >other</svg>"
    monkeypatch.setattr(drawing, "_code", lambda: "drawn otherwise")
    assert save_figure(verdicts_by_document(evidence.statistics), tmp_path).png == b"other"
    assert "other" in (tmp_path / "figures" / "verdicts_by_document.svg").read_text(encoding="utf-8")


def test_half_of_a_saved_figure_is_none(evidence, tmp_path, monkeypatch):
    save_figure(verdicts_by_document(evidence.statistics), tmp_path)
    (tmp_path / "figures" / "verdicts_by_document.png").unlink()
    monkeypatch.setattr(drawing, "_draw", lambda *_: ("<svg >other</svg>", b"other"))
    assert as_saved(verdicts_by_document(evidence.statistics), tmp_path).png == b"other"


def test_only_releases_out_on_the_day_are_drawn():
    early = official_years(read_official(ROOT / "data" / "raw" / "official"), date(2018, 4, 1))
    assert early["year"].max() == 2017
    assert set(early["release"]) == {"2015-16", "2016-17"}
