"""Tables: what is written is what is read, the same bytes every time, and no fault goes unnamed."""

from __future__ import annotations

import csv
import math
from dataclasses import astuple, replace
from datetime import date

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from helpers.errors import TableError
from helpers.records import Check, Document, Event, Finding, Problem, Quotation, Sentence, Statistic
from helpers.schemas import ALLOWED, KEYS, RECORDS, column_types
from helpers.tables import check_table, read_table, table_frame, table_records, write_table

TEXT = some.text(some.characters(codec="utf-8"), max_size=12)
# Bounds are ordered by being drawn from ranges that do not meet.
RANGES = {"start": (0, 999), "low": (0, 999), "end": (1000, 9999), "high": (1000, 9999)}
SCALARS = {
    str: TEXT,
    int: some.integers(-(2**40), 2**40),
    float: some.floats(allow_nan=False, width=64),
    bool: some.booleans(),
    date: some.dates(),
}


def values_of(table: str, name: str) -> some.SearchStrategy:
    """Values that the schema allows in a column."""
    kind, nullable = column_types(table)[name]
    low, high = RANGES.get(name.rpartition("_")[2], (0, 9999))
    if (table, name) in ALLOWED:
        values = some.sampled_from(ALLOWED[table, name])
    elif name.endswith(("_share", "_score")):
        values = some.floats(0, 1)
    elif name.endswith(("_start", "_end", "_low", "_high")):
        bounded = {
            int: some.integers(low, high),
            float: some.floats(low, high) if high < 9999 else some.floats(low),
            date: some.dates(date(1 + low, 1, 1), date(high, 1, 1)),
        }
        values = bounded[kind]
    else:
        values = SCALARS[kind]
    return some.none() | values if nullable else values


@some.composite
def tables(draw) -> tuple[str, list]:
    """A table and rows of it, in any order, each with a key of its own."""
    table = draw(some.sampled_from(sorted(RECORDS)))
    row = some.builds(RECORDS[table], **{name: values_of(table, name) for name in column_types(table)})
    key = KEYS[table]
    return table, draw(some.lists(row, max_size=4, unique_by=lambda each: tuple(getattr(each, name) for name in key)))


def statistic(**changed) -> Statistic:
    row = Statistic("a:1", "a", "a:0", 1, 3, "12", "count", 12.0, 12.0, 12.0)
    return replace(row, **changed)


@settings(max_examples=30)
@given(tables())
def test_rows_come_back_as_they_were_written(tmp_path_factory, drawn):
    table, rows = drawn
    folder = tmp_path_factory.mktemp("round")
    write_table(table, rows, folder)
    key = KEYS[table]
    wanted = sorted(rows, key=lambda row: tuple(getattr(row, name) for name in key))
    assert table_records(table, read_table(table, folder)) == wanted


@settings(max_examples=30)
@given(tables(), some.randoms())
def test_two_writings_in_any_order_give_the_same_bytes(tmp_path_factory, drawn, random):
    table, rows = drawn
    first, second = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    write_table(table, rows, first)
    shuffled = random.sample(rows, len(rows))
    write_table(table, table_frame(table, shuffled), second)
    for suffix in ("parquet", "csv"):
        assert (first / f"{table}.{suffix}").read_bytes() == (second / f"{table}.{suffix}").read_bytes()


@pytest.mark.parametrize("table", sorted(RECORDS))
def test_an_empty_table_keeps_its_columns_and_types(table, tmp_path):
    write_table(table, [], tmp_path)
    back = read_table(table, tmp_path)
    assert len(back) == 0
    assert list(back.columns) == list(column_types(table))
    assert list(back.dtypes) == list(table_frame(table, []).dtypes)
    assert (tmp_path / f"{table}.csv").read_text().splitlines() == [",".join(column_types(table))]
    assert table_records(table, back) == []


def test_csv_holds_the_same_cells_as_the_records(tmp_path):
    rows = [statistic(surface='12 "or so",\r\nmore', value=None, value_high=math.inf, period_start=date(2019, 4, 1))]
    write_table("statistics", rows, tmp_path)
    with (tmp_path / "statistics.csv").open(encoding="utf-8", newline="") as stream:
        (cells,) = csv.DictReader(stream)
    assert cells["surface"] == rows[0].surface
    assert (cells["value"], cells["value_low"], cells["value_high"]) == ("", "12.0", "inf")
    assert (cells["period_start"], cells["period_end"], cells["span_start"]) == ("2019-04-01", "", "1")
    assert tuple(cells) == tuple(column_types("statistics"))


def test_infinity_stays_infinity_in_parquet(tmp_path):
    write_table("statistics", [statistic(value_high=math.inf)], tmp_path)
    assert read_table("statistics", tmp_path).value_high.item() == math.inf


def test_a_negative_zero_is_written_as_zero(tmp_path):
    written = write_table("checks", [Check("a:1", "agrees", "", difference=-0.0)], tmp_path)
    assert math.copysign(1, written.difference.item()) == 1
    assert "-0" not in (tmp_path / "checks.csv").read_text()


@pytest.mark.parametrize("text", ["£40m – “a third”", "👩‍👧 z̈ ﷽", "Â£4.99", "null", "NA", "", " \t", "\x00\x0b\u2028"])
def test_any_text_survives(tmp_path, text):
    write_table("problems", [Problem("a.txt", "note", text, "", "")], tmp_path)
    assert read_table("problems", tmp_path).problem.item() == text


def test_whole_numbers_stay_whole_beside_nulls(tmp_path):
    rows = [Finding(f"a:{n}", "a", n, n + 1, "issue", number, None, "text") for n, number in enumerate((None, 7))]
    write_table("findings", rows, tmp_path)
    back = table_records("findings", read_table("findings", tmp_path))
    assert [astuple(row) for row in back] == [astuple(row) for row in rows]
    assert type(back[1].number) is int


def test_rows_are_sorted_by_key_with_numbers_as_numbers(tmp_path):
    rows = [
        statistic(statistic_id=f"{doc}:{n}", document_id=doc, span_start=n, span_end=99)
        for doc in "ba"
        for n in (10, 9)
    ]
    written = write_table("statistics", rows, tmp_path)
    assert list(written.statistic_id) == ["a:9", "a:10", "b:9", "b:10"]


BROKEN = {
    "closed list": (statistic(kind="cuont"), "column kind: 'cuont': not one of count, percentage"),
    "measure": (statistic(measure="footfall"), "column measure: 'footfall': not one of referrals"),
    "null": (statistic(surface=None), "column surface: a value is needed here"),
    "empty span": (statistic(span_end=1), "span_start lies at or after span_end"),
    "interval": (statistic(value_low=13.0), "value_low lies after value_high"),
    "period": (
        statistic(period_start=date(2020, 1, 1), period_end=date(2019, 1, 1)),
        "period_start lies after period_end",
    ),
    "share": (Document("a", furniture_share=1.5), "column furniture_share: 1.5: not between 0 and 1"),
    "score": (Sentence("a:0", "a", 0, 1, "x", "body", -0.5), "column furniture_score: -0.5: not between 0 and 1"),
    "days": (
        Event("a:1", "a", "a:0", 1, 2, "2019", date(2019, 2, 1), date(2019, 1, 1), "year", "stated", "other", ""),
        "date_start lies after date_end",
    ),
    "truth": (Quotation("a:1", "a", 1, 2, "x", None, None, None), "column is_direct: a value is needed here"),
}
TABLE_OF = {record: table for table, record in RECORDS.items()}


@pytest.mark.parametrize("name", BROKEN)
def test_every_break_of_a_schema_is_told_with_row_and_column(name):
    row, told = BROKEN[name]
    with pytest.raises(TableError) as caught:
        table_frame(TABLE_OF[type(row)], [row])
    assert "in 1 places" in str(caught.value)
    assert "  - row 0 (" in str(caught.value)
    assert told in str(caught.value)


def test_all_faults_are_told_at_once_each_by_its_key():
    rows = [statistic(), statistic(span_start=2, kind="x"), statistic(span_start=0, surface=None)]
    with pytest.raises(TableError) as caught:
        table_frame("statistics", rows)
    assert "row 0 (document_id a, span_start 0), column surface" in str(caught.value)
    assert "row 2 (document_id a, span_start 2), column kind" in str(caught.value)


def test_two_rows_with_one_key_are_both_told():
    with pytest.raises(TableError, match=r"row 0 .*another row has the same key\n.*row 1 .*another row"):
        table_frame("statistics", [statistic(), statistic()])


def test_values_of_the_wrong_type_are_told_by_row_in_every_column():
    rows = [statistic(), statistic(span_start=1.5, value="many"), statistic(period_end="soon")]
    with pytest.raises(TableError) as caught:
        table_frame("statistics", rows)
    for told in ("row 1, column span_start: 1.5 is no int", "row 1, column value: 'many' is no float"):
        assert told in str(caught.value)
    assert "row 2, column period_end: 'soon' is no date" in str(caught.value)


def test_half_a_character_is_told_and_not_written(tmp_path):
    with pytest.raises(TableError, match=r"column surface: '\\ud83d' is no str"):
        write_table("statistics", [statistic(surface="\ud83d")], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_many_faults_are_counted_and_the_first_are_shown():
    rows = [statistic(span_start=n, span_end=99, kind="x") for n in range(50)]
    with pytest.raises(TableError, match="in 50 places") as caught:
        table_frame("statistics", rows)
    assert len(str(caught.value).splitlines()) == 1 + 20 + 1
    assert str(caught.value).endswith("and 30 more")


def test_a_column_too_many_is_told():
    frame = table_frame("checks", []).assign(mood="")
    with pytest.raises(TableError, match="'mood': a column that the table does not have"):
        check_table("checks", frame)


def test_a_table_of_another_version_says_build_again(tmp_path):
    table_frame("checks", []).drop(columns="difference").to_parquet(tmp_path / "checks.parquet")
    with pytest.raises(TableError, match=r"lacks the columns \['difference'\].*build again"):
        read_table("checks", tmp_path)


def test_a_missing_table_says_what_to_run(tmp_path):
    with pytest.raises(TableError, match=r"checks\.parquet is missing: .*prevent build"):
        read_table("checks", tmp_path)


def test_an_unknown_table_is_no_missing_one(tmp_path):
    with pytest.raises(TableError, match="Did you mean 'checks'"):
        read_table("check", tmp_path)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"document_id,title\n"])
def test_a_damaged_table_says_what_to_do(tmp_path, content):
    (tmp_path / "checks.parquet").write_bytes(content)
    with pytest.raises(TableError, match=r"checks\.parquet cannot be read.*prevent build"):
        read_table("checks", tmp_path)


def test_a_refused_table_leaves_the_last_good_one(tmp_path):
    write_table("statistics", [statistic()], tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(TableError):
        write_table("statistics", [statistic(kind="x")], tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_writing_tells_path_rows_and_checksum(tmp_path, capsys):
    write_table("statistics", [statistic()], tmp_path / "new" / "folder")
    assert capsys.readouterr().out.startswith("statistics.parquet: 1 rows, sha256 ")


def test_parquet_carries_no_trace_of_who_wrote_it(tmp_path):
    write_table("statistics", [statistic()], tmp_path)
    assert pq.read_schema(tmp_path / "statistics.parquet").metadata is None


def test_a_frame_is_checked_like_records(tmp_path):
    frame = pd.DataFrame([{"statistic_id": "a:1", "verdict": "agrees", "reason": ""}]).reindex(
        columns=column_types("checks")
    )
    assert write_table("checks", frame, tmp_path).verdict.item() == "agrees"
    with pytest.raises(TableError, match="column verdict"):
        write_table("checks", frame.assign(verdict="maybe"), tmp_path)
