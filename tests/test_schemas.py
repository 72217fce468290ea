"""Schemas: every record has one, every closed list is enforced, every rule about a row fires."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from helpers import records, vocabulary
from helpers.errors import TableError
from helpers.schemas import ALLOWED, BOUNDS, DTYPES, KEYS, RECORDS, column_types, schema


def test_every_table_has_a_key_of_columns_that_are_never_null():
    assert KEYS.keys() == RECORDS.keys()
    nullable = [(table, name) for table, key in KEYS.items() for name in key if column_types(table)[name][1]]
    assert nullable == []


def test_every_row_record_has_a_table():
    rows = {each for each in vars(records).values() if is_dataclass(each)} - {records.Reading}
    assert set(RECORDS.values()) == rows


@pytest.mark.parametrize("table", sorted(RECORDS))
def test_columns_stand_in_the_order_of_the_record(table):
    names = [field.name for field in fields(RECORDS[table])]
    assert list(column_types(table)) == names
    assert list(schema(table).columns) == names


@pytest.mark.parametrize("table", sorted(RECORDS))
def test_a_column_may_be_null_where_its_field_may_be_none(table):
    nullable = {name: column.nullable for name, column in schema(table).columns.items()}
    assert nullable == {field.name: "None" in str(field.type) for field in fields(RECORDS[table])}


def test_closed_lists_name_real_columns_and_repeat_nothing():
    for (table, name), allowed in ALLOWED.items():
        assert column_types(table)[name][0] is str
        assert len(allowed) == len(set(allowed)) > 1


def test_every_closed_list_of_the_vocabulary_is_enforced_or_a_part_of_one():
    enforced = {word for allowed in ALLOWED.values() for word in allowed}
    lists = {name: words for name, words in vars(vocabulary).items() if name.isupper()}
    assert {name for name, words in lists.items() if not set(words) <= enforced} == set()


def test_a_default_record_keeps_the_closed_lists():
    defaults = {
        (table, field.name): field.default
        for table, record in RECORDS.items()
        for field in fields(record)
        if (table, field.name) in ALLOWED and isinstance(field.default, str)
    }
    assert [place for place, value in defaults.items() if value not in ALLOWED[place]] == []


def test_spans_of_every_table_with_spans_are_bounded():
    assert {table for table in RECORDS if "span_start" in column_types(table)} == BOUNDS.keys()


def test_an_unknown_table_gets_the_nearest_name():
    with pytest.raises(TableError, match=r"no table 'statistic'.*Did you mean 'statistics'\?"):
        column_types("statistic")


def test_a_date_column_is_a_day_and_may_be_far_away():
    assert column_types("documents")["published_date"] == (date, True)
    assert DTYPES[date] == "datetime64[s]"
