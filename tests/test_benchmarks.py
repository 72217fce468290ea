"""What the benchmark's figures rest on: texts that vary, passages that lose nothing, readings that do not overlap."""

import json
import subprocess
import sys
from datetime import date

import pytest
from conftest import ROOT

sys.path.append(str(ROOT / "benchmarks"))

import adapters
import checking
import corpora
import probes
import run
import scale
import systems
from results import Results, merge, render
from systems import System, SystemMissingError, install

TEXT = "Panel\n\nIn 2019 it saw 6,287 people. “Only 43%.” Then 12 left.\n\nNo one came back on 3rd May.\n"


def test_copies_keep_length_years_and_ordinals_but_differ_in_numbers():
    copies = [corpora.vary(TEXT, seed) for seed in range(1, 6)]
    assert {len(copy) for copy in copies} == {len(TEXT)}
    assert all("2019" in copy and "3rd May" in copy and "6,287" not in copy for copy in copies)
    assert len(set(copies)) == 5


def test_the_first_copy_is_the_text_itself_and_copies_are_the_same_in_every_run():
    assert corpora.vary(TEXT, 0) == TEXT
    assert corpora.vary(TEXT, 7) == corpora.vary(TEXT, 7)


def test_passages_lie_where_they_say_and_leave_out_only_white_space():
    passages = corpora.split_passages(TEXT)
    assert all(TEXT[start : start + len(passage)] == passage for start, passage in passages)
    assert "".join("".join(passage for _, passage in passages).split()) == "".join(TEXT.split())
    assert len(passages) == 5


def test_of_overlapping_readings_the_longest_number_stands_before_any_date():
    date = {"start": 0, "end": 20, "is_date": True}
    short, long = {"start": 4, "end": 6}, {"start": 4, "end": 9}
    assert adapters.longest([date, short, long]) == [long]
    assert adapters.longest([date, {"start": 25, "end": 26}]) == [date, {"start": 25, "end": 26}]


def test_offsets_of_a_changed_text_lead_back_to_the_original():
    offset_of = adapters.alignment("about 40 million pounds", "about £40 million")
    original = "about £40 million"
    assert original[offset_of(6) : offset_of(7) + 1] == "40"


@pytest.mark.parametrize("shape", probes.SHAPES)
def test_a_hostile_text_has_exactly_its_size(shape):
    assert len(probes.hostile_text(shape, 1001)) == 1001


def test_a_probe_is_halved_until_it_fits_into_its_time():
    assert probes.size_in_time(1600, 1.0, 20.0) == 1600
    assert probes.size_in_time(1600, 4.0, 20.0) == 400
    assert probes.size_in_time(1600, 1e9, 20.0) == 100


def test_a_day_moved_by_years_exists():
    assert checking.moved(date(2020, 2, 29), 1) == date(2021, 2, 28)
    assert checking.moved(date(2020, 2, 29), 4) == date(2024, 2, 28)
    assert checking.moved(None, 1) is None


def test_a_system_that_cannot_be_installed_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr(systems, "HERE", tmp_path)
    with pytest.raises(SystemMissingError, match=r"could not be installed: .+|uv is not installed"):
        install(System("nothing", "nothing", ("not a package name!",)))


def test_the_page_names_what_is_missing_and_gives_ratios_of_the_same_round():
    results = Results(characters=1000, texts=1, starts={"ours": 1.0, "cqe": 2.0}, commands=[0.5], interpreter=[0.1])
    results.seconds = {"ours": [1.0, 2.0, 1.0], "cqe": [10.0, 20.0, 30.0]}
    results.missing = {"duckling": "no wheel for this machine"}
    page = render(results)
    assert "| CQE 2.0.3 | 10 |" in page
    assert "not measured: no wheel for this machine" in page


def test_repetitions_end_when_their_time_is_spent_but_never_before_the_first():
    assert list(run.repeated(3)) == [0, 1, 2]
    assert list(run.repeated(3, seconds=-1.0)) == [0]


def test_paragraph_sized_texts_are_the_same_in_every_run_and_hardly_ever_repeat(tmp_path):
    texts = corpora.sample_texts(ROOT / "data" / "raw")
    first, again = (corpora.write_paragraphs(texts, 300, tmp_path / name).read_bytes() for name in ("a", "b"))
    assert first == again
    records = [json.loads(line) for line in first.splitlines()]
    assert len({record["id"] for record in records}) == 300
    assert len({" ".join(record["text"].split()) for record in records}) > 285
    assert 200 < sum(len(record["text"]) for record in records) / 300 < 700


def test_parts_measured_apart_take_the_place_of_earlier_ones():
    written = "# Speed\n\nhead\n\n## Growth\n\nold\n\n## Building\n\nkept\n"
    page = merge(written, "# Speed\n\nother head\n\n## Growth\n\nnew\n\n## Corpora\n\nfirst\n", date(2026, 11, 30))
    told = "Measured apart from the rest on 30 November 2026.\n\n"
    assert page == (f"# Speed\n\nhead\n\n## Growth\n\n{told}new\n\n## Building\n\nkept\n\n## Corpora\n\n{told}first\n")
    assert merge(page, "# Speed\n\n## Growth\n\nnewer\n", date(2026, 11, 30)) == page.replace("new\n", "newer\n")


def test_the_part_on_corpora_says_where_a_size_was_made_smaller():
    run_of = {"texts": 20_000, "seconds": 10.0, "driver_mb": 200.0, "worker_mb": 300.0, "driver_growth": 1.01}
    run_of |= {"date": "2026-11-29"}
    lines = scale.section({"100000": {"one": run_of | {"seconds": 18.0}, "two": run_of}})
    assert "| 20,000 (of 100,000) | two workers | 10 | 2,000 | 1.80 | 200 | 1.01 | 300 | 2026-11-29 |" in lines


def test_long_runs_are_kept_and_what_an_interrupted_one_finished_is_not_done_again(tmp_path, monkeypatch):
    run = {"seconds": 1.0, "driver_mb": 200.0, "worker_mb": 300.0, "driver_growth": 1.0}
    asked = []

    def stopped_once(way, texts, folder):
        asked.append((way, len(texts.read_text(encoding="utf-8").splitlines())))
        if asked == [("pandas", 40), ("one", 40)]:
            raise KeyboardInterrupt
        return run

    for name, value in {"KEPT": tmp_path / "corpus.json", "DRAWN": tmp_path / "corpus.svg", "WORK": tmp_path}.items():
        monkeypatch.setattr(scale, name, value)
    monkeypatch.setattr(scale, "SIZES", (20, 40))
    monkeypatch.setattr(scale, "_run", stopped_once)
    with pytest.raises(KeyboardInterrupt):
        scale.hundred_thousand(print)
    scale.hundred_thousand(print)
    assert asked[2:] == [("one", 40), ("two", 40)]
    kept = scale.measure(False, False, print)
    assert {size: set(ways) for size, ways in kept.items()} == {"20": set(scale.WAYS), "40": set(scale.WAYS)}
    assert [way for way, count in asked[4:] if count == 40] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus.json", "corpus.svg"]


def test_the_memory_of_a_command_and_its_children_is_watched(tmp_path):
    child = "import time; held = b'x' * 90_000_000; time.sleep(2)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    found = scale._watched([sys.executable, "-c", code], tmp_path / "a.spent")
    assert found["driver_mb"] < 80 < found["worker_mb"]
    assert found["seconds"] > 2


def test_the_stages_of_reading_take_nearly_all_of_its_time(tmp_path):
    paths = tmp_path / "paths.json"
    paths.write_text(json.dumps([str(path) for path in sorted((ROOT / "data" / "raw").glob("*.txt"))]))
    command = [sys.executable, str(ROOT / "benchmarks" / "reading.py"), str(paths)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    assert sum(told["stages"].values()) > 0.9 * told["seconds"]
