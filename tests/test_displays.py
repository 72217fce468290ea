"""What notebooks and pages show: everything escaped, numbers and days for readers."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.escaping import visible
from helpers.reports.displays import MOST_ROWS, Fragment, link, show_sentences, show_table, verdict_label, when_words
from helpers.vocabulary import VERDICTS


@given(st.text())
def test_no_text_can_open_a_tag_or_turn_the_line_around(text):
    shown = visible(text)
    assert not set('<>"') & set(shown)
    assert not {"\u202e", "\u2066", "\u200b", "\x00"} & set(shown)


def test_hidden_characters_are_spelled_out():
    assert visible("a\u202eb\u200b") == "a[U+202E]b[U+200B]"


def test_table_escapes_cells_headings_and_caption():
    frame = pd.DataFrame({"<i>head": ["<script>alert(1)</script>"], "b": ['" onload="x']})
    table = show_table(frame, "<b>caption").html
    assert "<script" not in table
    assert "<i>" not in table
    assert "<b>" not in table
    assert '" onload="x' not in table


def test_table_has_a_caption_and_a_scope_on_every_heading():
    table = show_table(pd.DataFrame({"name": ["a"], "n": [1200]}), "People").html
    assert ">People</caption>" in table
    assert table.count("<th ") == table.count('scope="') == 3
    assert '<td class="number" style="text-align:right">1,200</td>' in table


def test_long_table_says_how_many_rows_it_leaves_out_of_a_notebook():
    table = show_table(pd.DataFrame({"n": range(30)}), "Rows", limit=5)
    assert 'Rows<span class="in-notebook">; first 5 of 30 rows</span></caption>' in table.html
    assert table.html.count("<tr>") == 6
    assert table.html.count('<tr class="more" style="display:none">') == 25
    assert table.words.splitlines() == ["Rows; first 5 of 30 rows", "N", "0", "1", "2", "3", "4"]


def test_a_few_rows_are_not_folded_away():
    frame = pd.DataFrame({"n": range(14)})
    assert "more" not in show_table(frame, "Rows", limit=12).html
    assert show_table(frame, "Rows", limit=12).words.count("\n") == 15
    assert show_table(frame, "Rows", limit=10).html.count('class="more"') == 4


def test_no_table_is_longer_than_a_page_can_bear():
    table = show_table(pd.DataFrame({"n": range(MOST_ROWS + 50)}), "Rows", limit=5).html
    assert table.count("<tr") == 1 + MOST_ROWS
    assert f"first {MOST_ROWS} of {MOST_ROWS + 50} rows, all are in the downloads" in table


def test_columns_of_few_values_can_be_filtered():
    table = show_table(pd.DataFrame({"name": ["a"], "verdict": ["agrees"]}), "Checks").html
    assert '<th scope="col" class="pick" style="text-align:left">Verdict</th>' in table
    assert table.count("pick") == 1


def test_table_without_rows_is_a_sentence():
    assert show_table(pd.DataFrame({"a": []}), "People", empty="Nobody.").html == '<p class="empty">Nobody.</p>'
    assert show_sentences([]).words == "Nothing to report."


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, pd.NaT])
def test_absent_values_are_dashes(nothing):
    frame = pd.DataFrame({"a": ["x"], "b": pd.Series([nothing], dtype=object)})
    assert ">–</td>" in show_table(frame, "c").html


def test_days_and_periods_are_written_out():
    assert when_words(date(2020, 3, 1), date(2020, 3, 1)) == "1 March 2020"
    assert when_words(date(2016, 1, 1), date(2016, 12, 31)) == "2016"
    assert when_words(date(2014, 1, 1), date(2016, 12, 31)) == "2014 to 2016"
    assert when_words(date(2019, 4, 1), date(2020, 3, 31)) == "the year to March 2020"
    assert when_words(None, date(2020, 3, 31)) == "–"
    assert "29 February 2020" in show_table(pd.DataFrame({"d": [pd.Timestamp(2020, 2, 29)]}), "Days").html


def test_every_verdict_is_told_by_more_than_its_colour():
    marks = {verdict_label(verdict).html.split("</b>")[0][-1] for verdict in VERDICTS}
    assert "" not in marks
    assert len(marks) >= 5
    assert verdict_label("agreed_at_the_time").words == "agreed at the time"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", " https://a\nb"])
def test_dangerous_addresses_are_no_links(address):
    assert "<a " not in link(address, "here").html


@pytest.mark.parametrize("address", ["https://example.org/a?b=1&c=2", "figures/a.svg", "index.html#x"])
def test_plain_addresses_are_links(address):
    assert link(address, "here").html.startswith('<a href="')


def test_fragments_stand_for_themselves_in_cells():
    table = show_table(pd.DataFrame({"a": [Fragment("<em>safe</em>", "safe")]}), "c")
    assert "<em>safe</em>" in table.html
    assert str(table).endswith("safe")
