"""The command: rows as JSON Lines, faults in words, exit status 0, 1 or 2."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from conftest import ROOT

from helpers.commands.output import plain_row
from helpers.commands.texts import Table
from helpers.records import Check, Document, Event, Finding, Quotation, Sentence, Statistic

PREVENT = [str(Path(sys.executable).with_name("prevent"))]
TEXT = "In the year to March 2020, 6,287 people were referred to Prevent in England and Wales. At least 400 left.\n"
ROWS = {
    "statistics": Statistic, "events": Event, "sentences": Sentence, "quotations": Quotation, "findings": Finding,
    "documents": Document, "checks": Check,
}  # fmt: skip


def prevent(*arguments: str, text: str | bytes | None = None, **options):
    given = text.encode() if isinstance(text, str) else text
    return subprocess.run([*PREVENT, *arguments], input=given, capture_output=True, timeout=120, check=False, **options)


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_extract_prints_one_row_a_statistic_in_contract_order(article):
    ran = prevent("extract", str(article))
    lines = ran.stdout.decode().splitlines()
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert [json.loads(line)["surface"] for line in lines] == ["6,287", "400"]
    assert list(json.loads(lines[0])) == [field.name for field in fields(Statistic)]
    first = json.loads(lines[0])
    assert (first["period_start"], first["period_end"]) == ("2019-04-01", "2020-03-31")


def test_extract_writes_infinity_as_null(article):
    row = json.loads(prevent("extract", str(article)).stdout.decode().splitlines()[1])
    assert (row["modifier"], row["value_low"], row["value_high"]) == ("at_least", 400.0, None)


def test_no_value_is_ever_written_as_nan():
    row = Check("a:1", "agrees", "", float("nan"), difference=float("-inf"))
    assert json.dumps(plain_row(row), allow_nan=False).count("null") == 7


@pytest.mark.parametrize("table", list(Table))
def test_extract_prints_every_table(table):
    ran = prevent("extract", "--table", table.value, str(ROOT / "data" / "raw" / "statement_northgate.txt"))
    assert ran.returncode == 0, ran.stderr
    for line in ran.stdout.decode().splitlines():
        assert list(json.loads(line)) == [field.name for field in fields(ROWS[table.value])]


def test_standard_input_reads_as_the_file_does(article):
    piped, named = prevent("extract", text=TEXT), prevent("extract", str(article))
    assert piped.stdout.decode() == named.stdout.decode().replace("article", "stdin")
    assert prevent("extract", "-", text=TEXT).stdout == piped.stdout


def test_folder_stands_for_the_texts_in_it(article):
    ran = prevent("extract", "--table", "documents", str(article.parent))
    assert [json.loads(line)["document_id"] for line in ran.stdout.decode().splitlines()] == ["article"]


def test_catalogue_beside_a_file_speaks_for_it_as_in_its_folder(article):
    header = "document_id,file,title,publisher,document_type,published_date,url,licence,note\n"
    row = "gazette-7,article.txt,A title,Sample Gazette,bulletin,2020-12-01,,CC0-1.0,\n"
    (article.parent / "sources.csv").write_text(header + row, encoding="utf-8")
    for table in ("documents", "statistics"):
        alone = prevent("extract", "--table", table, str(article)).stdout
        assert alone == prevent("extract", "--table", table, str(article.parent)).stdout
        assert json.loads(alone.splitlines()[0])["document_id"] == "gazette-7"
    assert prevent("check", "article.txt", cwd=article.parent).stdout.startswith(b"gazette-7:27\tagrees")


def test_wrong_catalogue_beside_files_is_told_once(article):
    (article.parent / "sources.csv").write_text("file\narticle.txt\n", encoding="utf-8")
    ran = prevent("extract", str(article), str(article))
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr.count(b"sources.csv is wrong in") == 1


def test_documents_come_with_their_sentences_and_furniture_counted(article):
    row = json.loads(prevent("extract", "--table", "documents", str(article)).stdout)
    assert (row["n_sentences"], row["furniture_share"]) == (2, 0.0)


def test_broken_file_is_named_and_the_others_are_printed(article):
    missing, binary = article.parent / "none.txt", article.parent / "picture.txt"
    binary.write_bytes(bytes(range(256)) * 50)
    ran = prevent("extract", str(missing), str(binary), str(article))
    assert ran.returncode == 1
    assert len(ran.stdout.decode().splitlines()) == 2
    assert [line.split(":")[0] for line in ran.stderr.decode().splitlines()] == ["prevent", "prevent"]
    assert b"none.txt" in ran.stderr
    assert b"picture.txt" in ran.stderr


def test_check_prints_a_verdict_with_its_reason(article):
    ran = prevent("check", str(article))
    first = ran.stdout.decode().splitlines()[0].split("\t")
    assert ran.returncode == 0
    assert first[:3] == ["article:27", "agrees", "6,287"]
    assert "6,287" in first[3]


def test_explain_reads_words_a_file_and_standard_input_alike(article):
    words, named, piped = prevent("explain", TEXT), prevent("explain", str(article)), prevent("explain", "-", text=TEXT)
    assert (words.returncode, words.stderr) == (0, b"")
    assert words.stdout == named.stdout == piped.stdout
    assert "dated by: “year to March 2020”" in words.stdout.decode()


def test_explain_takes_a_day_of_publication():
    ran = prevent("explain", "Last year 6,287 people were referred to Prevent.", "--published", "2021-03-01")
    assert "the year to March 2020 (relative)" in ran.stdout.decode()
    assert prevent("explain", "Words.", "--published", "March").returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [["extract", "--table", "figures"], ["extrct"], ["build", "--nope"], ["build", "--raw", "no-such-folder"],
     ["build", "--params", "none.yml"], ["official", "--folder", "no-such-folder"]],
)  # fmt: skip
def test_wrong_calls_end_with_status_2(arguments):
    ran = prevent(*arguments, text="")
    assert ran.returncode == 2
    assert ran.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extract", "--table", "figures"], "Invalid value for '--table': 'figures' is not one of 'statistics'"),
        (["build", "--keep", "0"], "Invalid value for '--keep': expected 1 or more"),
        (["build", "--keep", "x"], "Invalid value for '--keep': expected a whole number"),
        (["corpus", "x", "--out", "y", "--workers", "-1"], "Invalid value for '--workers': expected 0 or more"),
    ],
)
def test_wrong_values_are_told_in_plain_words(arguments, said):
    ran = prevent(*arguments, text="")
    assert ran.returncode == 2
    assert said in ran.stderr.decode()


def test_a_folder_without_official_figures_is_told(tmp_path):
    ran = prevent("official", "--folder", str(tmp_path))
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert f"there is no prevent_statistics.csv in '{tmp_path}'; put the official figures there" in ran.stderr.decode()


def test_releases_are_listed_in_the_order_of_their_years():
    lines = prevent("official").stdout.decode().split("\n\n")[0].splitlines()[1:]
    names = [line.split()[0] for line in lines]
    assert names == sorted(names)


def test_unknown_parameter_ends_with_status_2_and_the_nearest_name(tmp_path):
    params = tmp_path / "params.yml"
    params.write_text("as_off: 2021-10-18\n", encoding="utf-8")
    ran = prevent("build", "--params", str(params))
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"'as_off' is no parameter. Did you mean 'as_of'?" in ran.stderr


def test_what_one_parameters_file_does_is_told():
    said = " ".join(prevent("build", "--help").stdout.decode().split())
    assert "One file rules the one report, and replaces what was there" in said


def test_publishing_among_the_texts_is_a_wrong_call(article):
    folder = article.parent
    apart = [f"--{name}={folder.parent / name}" for name in ("processed", "reports")]
    ran = prevent("build", "--raw", str(folder), *apart, "--publish", str(folder / "site"))
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"name another with --publish DIR" in ran.stderr
    assert [path.name for path in folder.iterdir()] == [article.name]


def test_reader_that_leaves_early_is_no_error():
    corpus = str(ROOT / "data" / "raw")
    with subprocess.Popen([*PREVENT, "extract", corpus], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read()
        running.wait(timeout=120)
    assert (said, running.returncode) == (b"", 0)


def test_official_prints_releases_and_newest_totals_by_year():
    ran = prevent("official")
    lines = ran.stdout.decode().splitlines()
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert lines[0].split() == ["release", "geography", "published", "figures"]
    assert any(line.split() == ["England", "and", "Wales", "2019/20", "6,287", "1,424", "692"] for line in lines)


def test_official_check_counts_sound_figures():
    ran = prevent("official", "--check")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.startswith(b"no fault in ")
    assert ran.stdout.strip().endswith(b" figures")


def test_official_check_lists_every_fault_of_the_folder(tmp_path):
    for table in (ROOT / "data" / "raw" / "official").glob("*.csv"):
        rows = table.read_text(encoding="utf-8").replace(",referrals,total,total,", ",refferals,total,total,")
        (tmp_path / table.name).write_text(rows, encoding="utf-8")
    ran = prevent("official", "--check", "--folder", str(tmp_path))
    lines = ran.stdout.decode().splitlines()
    assert (ran.returncode, ran.stderr) == (1, b"")
    assert sum("refferals/total/total): unknown measure" in line for line in lines) > 5


@pytest.mark.parametrize("command", [[], ["build"], ["extract"], ["check"], ["official"]])
def test_help_shows_examples(command):
    ran = prevent(*command, "--help")
    assert ran.returncode == 0
    assert b"Traceback" not in ran.stderr
    if command:
        assert f"prevent {command[0]}".encode() in ran.stdout.split(b"Examples:")[1]


def test_version_is_that_of_the_package():
    assert prevent("--version").stdout.decode().startswith("prevent 0.")


def test_extract_loads_nothing_slow():
    asked = (
        "import sys; sys.argv = ['prevent', 'extract', '-']\n"
        "from helpers.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'papermill', 'matplotlib', 'pandera', 'nbconvert', 'sklearn'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", asked], input=TEXT, capture_output=True, text=True, check=False)
    assert ran.stdout.splitlines()[-1] == "[]", ran.stderr


@pytest.mark.notebooks
def test_build_ends_with_the_place_of_the_report(tmp_path, article):
    ran = prevent(
        "build", "--raw", str(article.parent), "--processed", str(tmp_path / "p"), "--reports", str(tmp_path / "r"),
        env=os.environ | {"COLUMNS": "80"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.decode().splitlines() == [f"The report is at {tmp_path / 'r' / 'index.html'}"]
    assert ran.stderr.decode().splitlines()[-1] == "100% done"
    assert (tmp_path / "r" / "index.html").is_file()


@pytest.mark.parametrize("source", ["", "  ", "no_such_file.txt", "texts/page.HTML"])
def test_explain_takes_neither_nothing_nor_the_name_of_a_missing_file_for_a_text(source, tmp_path):
    (tmp_path / "other.txt").write_text(TEXT, encoding="utf-8")
    ran = prevent("explain", source, cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"expected a text, a file, or -" in ran.stderr


def test_a_folder_without_a_text_is_told(tmp_path):
    (tmp_path / "table.xlsx").write_bytes(b"x")
    ran = prevent("extract", str(tmp_path))
    assert (ran.returncode, ran.stdout) == (0, b"")
    assert b"holds no text; expected one of .txt, .md" in ran.stderr


def test_a_corpus_without_a_text_is_told(tmp_path):
    (tmp_path / "raw").mkdir()
    ran = prevent("corpus", str(tmp_path / "raw"), "--out", str(tmp_path / "out"), "--workers", "1")
    assert ran.returncode == 0
    assert b"warning: no text was read from " in ran.stderr
    assert b"expected one of .txt, .md" in ran.stderr


def test_a_file_of_many_texts_is_not_read_as_one(tmp_path):
    (tmp_path / "news.jsonl").write_text(json.dumps({"id": "a", "text": TEXT}), encoding="utf-8")
    ran = prevent("extract", str(tmp_path / "news.jsonl"))
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert b"prevent corpus" in ran.stderr


def test_the_list_of_commands_says_what_each_does_without_being_cut_off():
    assert b"..." not in prevent("--help").stdout.split(b"Commands:")[1]


def test_history_of_a_folder_without_builds_is_told(tmp_path):
    ran = prevent("history", "--reports", str(tmp_path))
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"no run is recorded in" in ran.stderr


def test_history_keeps_a_run_on_one_line_however_long_its_error(tmp_path):
    failure = {"notebook": "10_read_sources", "error": "the catalogue is wrong:\n  - row 1\nMend it."}
    line = {"begun": "2026-11-29T22:00:00Z", "outcome": "failed", "failures": [failure]}
    (tmp_path / "builds.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    lines = prevent("history", "--reports", str(tmp_path)).stdout.decode().splitlines()
    assert len(lines) == 2
    assert lines[1].endswith("10_read_sources: the catalogue is wrong: …")
