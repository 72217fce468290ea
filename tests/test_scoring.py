"""The scorer counts as it should; floors hold, sinking is refused, and changed gold is noticed."""

import importlib.util
import json
from copy import deepcopy

import pandas as pd
import pytest
import scoring
from floors import faults, floor_of, is_worse, pin
from matching import Figure

TABLES = ("statistics", "events", "quotations", "findings", "corroborations", "furniture", "sentence_starts")
NAMES = {  # ours: the shared scorer's
    "verdict": "checks.verdict",
    "rejects": "statistics.rejects_hit",
    "furniture": "furniture.characters",
    "reported": "quotations.reported",
    "findings.topics": "findings.topic_pairs",
    "corroborations": "corroborations.pairs",
}


def first_answers(row):
    return {key: value.split("|")[0] if isinstance(value, str) else value for key, value in row.items()}


def perfect(gold):
    """What a reading would be that gives the first accepted answer everywhere."""
    found = scoring.Found()
    for table in ("statistics", "events", "quotations", "findings"):
        found.tables[table] = [first_answers(row) for row in gold.get(table, [])]
    for key, table in (("statistic_id", "statistics"), ("event_id", "events"), ("finding_id", "findings")):
        for row in found.tables[table]:
            row[key] = f"{row['document']}:{row['start']}"
    furniture = [row | {"role": "furniture"} for row in gold.get("furniture", [])]
    found.tables["sentences"] = furniture + [row | {"role": "body"} for row in gold.get("sentence_starts", [])]
    found.verdicts = {row["statistic_id"]: row["verdict"] for row in found.tables["statistics"]}
    found.corroborations = [first_answers(row) for row in gold.get("corroborations", [])]
    return found


@pytest.fixture
def gold():
    return scoring.read_gold(scoring.CORPORA["sample"].gold)


@pytest.fixture
def figures(gold):
    return scoring.score(gold, perfect(gold)).figures


def changed(gold, figures, change):
    """Return the names of the figures that `change` makes worse."""
    found = perfect(gold)
    change(found)
    after = scoring.score(gold, found).figures
    return {name for name, figure in figures.items() if is_worse(after[name], floor_of(figure))}


def counted(gold, found, table, test):
    """Return the first row found for which `test` holds and whose gold counts."""
    return next(
        f for f, g in zip(found.tables[table], gold[table], strict=True) if g.get("optional") != "1" and test(f)
    )


def test_gold_against_itself_is_right_everywhere(gold, figures):
    assert {name for name, figure in figures.items() if figure.kind != "hits" and figure.value != 1} == set()
    assert figures["rejects"].right == 0
    assert set(TABLES) - set(figures) == set()


def test_a_wrong_value_lowers_statistics_only(gold, figures):
    def change(found):
        row = counted(gold, found, "statistics", lambda row: not row["verdict"] and row["value"])
        row["value"] = "123456789"

    assert changed(gold, figures, change) == {"statistics", "statistics.full"}


@pytest.mark.parametrize("name", ["kind", "modifier", "direction", "unit", "geography", "value_low"])
def test_a_wrong_field_lowers_its_figure_only(gold, figures, name):
    def change(found):
        counted(gold, found, "statistics", lambda row: row["value"])[name] = "-1"

    assert changed(gold, figures, change) == {f"statistics.{'interval' if name == 'value_low' else name}"}


@pytest.mark.parametrize(
    ("name", "figure"), [("period_start", "period"), ("measure", "measure"), ("denominator", "denominator")]
)
def test_a_wrong_part_of_the_statement_lowers_full_too(gold, figures, name, figure):
    def change(found):
        counted(gold, found, "statistics", lambda row: True)[name] = "2001-01-01"

    assert changed(gold, figures, change) == {f"statistics.{figure}", "statistics.full"}


def test_a_statistic_on_a_headline_rank_is_a_hit_and_a_false_alarm(gold, figures):
    def change(found):
        rank = next(row for row in gold["rejects"] if row["why"].startswith("rank"))
        found.tables["statistics"].append(rank | {"value": rank["surface"], "statistic_id": "rank"})

    assert changed(gold, figures, change) == {"rejects", "statistics", "statistics.span", "statistics.full"}


def test_optional_rows_count_neither_way(gold, figures):
    def change(found):
        optional = [row["start"] for row in gold["statistics"] if row["optional"] == "1"]
        found.tables["statistics"] = [row for row in found.tables["statistics"] if row["start"] not in optional]

    assert changed(gold, figures, change) == set()


def test_a_missed_conflict_lowers_the_conflict_figure(gold, figures):
    def change(found):
        for row in found.corroborations:
            row["agreement"] = "same"

    assert changed(gold, figures, change) == {"corroborations.conflict"}


def test_a_floor_above_the_figure_breaks_the_gate(figures):
    pinned = {}
    pin("sample", figures, {"sha256": "a", "rows": {}}, pinned, allow_lower=False)
    assert faults("sample", figures, {"sha256": "a", "rows": {}}, pinned) == []
    figures["events"] = Figure("f1", 0.99, 99, 100, 100)
    (fault,) = faults("sample", figures, {"sha256": "a", "rows": {}}, pinned)
    assert "events" in fault
    assert "floor 1.0" in fault


def test_more_false_hits_than_pinned_break_the_gate(figures):
    pinned = {}
    pin("sample", figures, {"sha256": "a", "rows": {}}, pinned, allow_lower=False)
    figures["rejects"] = Figure("hits", 1, 1, 1, 90)
    assert "rejects" in faults("sample", figures, {"sha256": "a", "rows": {}}, pinned)[0]


def test_a_floor_is_not_lowered_without_the_flag(figures):
    pinned = {}
    pin("sample", figures, {"sha256": "a", "rows": {}}, pinned, allow_lower=False)
    before = deepcopy(pinned)
    figures["events"] = Figure("f1", 0.5, 1, 2, 2)
    refused = pin("sample", figures, {"sha256": "a", "rows": {}}, pinned, allow_lower=False)
    assert refused == ["sample: events: 1.0 → 0.5"]
    assert pinned == before
    assert pin("sample", figures, {"sha256": "a", "rows": {}}, pinned, allow_lower=True) == []
    assert pinned["sample"]["floors"]["events"] == 0.5


def test_a_figure_that_vanishes_breaks_the_gate_and_is_not_unpinned(figures):
    pinned = {}
    pin("sample", figures, {"sha256": "a", "rows": {}}, pinned, allow_lower=False)
    del figures["findings"]
    assert "not measured any more" in faults("sample", figures, {"sha256": "a", "rows": {}}, pinned)[0]
    assert pin("sample", figures, {"sha256": "a", "rows": {}}, pinned, allow_lower=False)


def test_gold_that_shrinks_is_reported_and_not_pinned(figures):
    pinned = {}
    pin("sample", figures, {"sha256": "a", "rows": {"events": 30}}, pinned, allow_lower=False)
    smaller = {"sha256": "b", "rows": {"events": 29}}
    assert "30 → 29 rows" in faults("sample", figures, smaller, pinned)[0]
    assert pin("sample", figures, smaller, pinned, allow_lower=False) == ["sample: gold events: 30 → 29 rows"]


def test_gold_of_the_same_size_that_changed_is_reported(figures):
    pinned = {}
    pin("sample", figures, {"sha256": "a", "rows": {"events": 30}}, pinned, allow_lower=False)
    assert "changed since" in faults("sample", figures, {"sha256": "b", "rows": {"events": 30}}, pinned)[0]


def test_a_corpus_without_a_pin_breaks_the_gate(figures):
    assert "--pin" in faults("sample", figures, {"sha256": "a", "rows": {}}, {})[0]


def test_the_fingerprint_changes_with_any_text_or_gold_row(tmp_path):
    (tmp_path / "gold").mkdir()
    (tmp_path / "a.txt").write_text("In 2019/20, 6,287 people.", encoding="utf-8")
    events = tmp_path / "gold" / "events.csv"
    events.write_text("document,span_start,span_end\na.txt,3,10\n", encoding="utf-8")
    corpus = scoring.Corpus("test", tmp_path / "gold", tmp_path)
    first = scoring.fingerprint(corpus)
    assert first["rows"] == {"events": 1}
    (tmp_path / "a.txt").write_text("In 2019/20, 6,288 people.", encoding="utf-8")
    second = scoring.fingerprint(corpus)
    events.write_text("document,span_start,span_end\na.txt,3,9\n", encoding="utf-8")
    assert len({print["sha256"] for print in (first, second, scoring.fingerprint(corpus))}) == 3


def test_floors_are_rounded_down():
    assert floor_of(Figure("f1", 0.98765, 80, 81, 81)) == 0.987
    assert floor_of(Figure("hits", 2, 2, 9, 90)) == 2


def test_own_scorer_counts_as_the_shared_one(shared_gold, shared_seeds, tmp_path):
    """Both scorers must give the same figures for the same flawed reading of the real texts."""
    spec = importlib.util.spec_from_file_location("shared_score", shared_gold / "score.py")
    shared = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shared)
    gold = scoring.read_gold(shared_gold / "seeds")
    found = spoiled(perfect(gold), gold)
    write_tables(found, tmp_path)
    theirs = json.loads(json.dumps(shared.score(shared_gold / "seeds", tmp_path)[0]))
    ours = scoring.score(gold, found).figures
    for name, figure in ours.items():
        other = theirs[NAMES.get(name, name)]
        wanted = other.get("f1", other.get("accuracy", other.get("count")))
        assert (figure.right if figure.kind == "hits" else figure.value) == pytest.approx(wanted), name
    assert 0.5 < ours["statistics"].value < 1


def spoiled(found, gold):
    """Return the reading with every sixth row gone, every fifth wrong, and two numbers too many."""
    for table, column, wrong in (
        ("statistics", "value", "7777"), ("events", "date_start", "1999-01-01"), ("quotations", "speaker", "Nobody"),
        ("findings", "kind", "issue"),
    ):  # fmt: skip
        rows = [row for count, row in enumerate(found.tables[table]) if count % 6 != 5]
        for row in rows[::5]:
            row[column] = wrong
        for row in rows[2::7]:
            row.update({key: "other" for key in ("unit", "measure", "event_type", "topic_id") if key in row})
        found.tables[table] = rows
    for count, row in enumerate(gold["rejects"][::9]):
        found.tables["statistics"].append(row | {"value": "5", "statistic_id": f"extra:{count}"})
    found.tables["sentences"] = found.tables["sentences"][1:]
    members = {
        (row["document"], row["start"]) for name in ("statistics", "events", "findings") for row in found.tables[name]
    }
    found.corroborations = [row for row in found.corroborations if (row["document"], row["start"]) in members][3:]
    return found


def write_tables(found, folder):
    """Write a reading as the CSV tables of the data contract."""
    identities = {"statistics": "statistic_id", "events": "event_id", "findings": "finding_id"}
    places = {
        (row["document"], row["start"]): row[identities[name]] for name in identities for row in found.tables[name]
    }
    for name, rows in found.tables.items():
        out = [
            row | {"document_id": row["document"], "span_start": row["start"], "span_end": row["end"]} for row in rows
        ]
        pd.DataFrame(out).to_csv(folder / f"{name}.csv", index=False)
    checks = [{"statistic_id": key, "verdict": value} for key, value in found.verdicts.items()]
    pd.DataFrame(checks).to_csv(folder / "checks.csv", index=False)
    members = [row | {"member_id": places[row["document"], row["start"]]} for row in found.corroborations]
    pd.DataFrame(members).to_csv(folder / "corroborations.csv", index=False)
