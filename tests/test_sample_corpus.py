"""The sample corpus is what its catalogue says: marked as samples, with the shapes and flaws it was written for."""

import csv
import re
from datetime import date

import annotate
import make_sample_pdf
import pytest

from helpers.sources.files import read_folder
from helpers.vocabulary import DOCUMENT_TYPES, VERDICTS

RAW = annotate.RAW
OFFICIAL = RAW / "official" / "prevent_statistics.csv"
RUN = 9  # words in a row that nobody else may have written


@pytest.fixture(scope="module")
def catalogue():
    with (RAW / "sources.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def texts():
    return {source.document.document_id: source for source in read_folder(RAW)[0]}


@pytest.fixture(scope="module")
def gold():
    return annotate.sample_gold()


def test_every_text_has_a_row_and_every_row_a_text(catalogue):
    files = {path.name for path in RAW.iterdir() if path.is_file()} - {"sources.csv", "README.md"}
    assert {row["file"] for row in catalogue} == files
    assert len(files) >= 14


def test_every_text_says_that_it_is_a_sample(catalogue):
    for row in catalogue:
        assert row["publisher"].startswith("Sample "), row["file"]
        assert row["note"].startswith("Sample text."), row["file"]
        assert row["licence"] == "CC0-1.0", row["file"]
        assert row["url"] == "" or row["url"].startswith("https://example.org/"), row["file"]


def test_catalogue_types_and_dates_can_be_read(catalogue):
    assert {row["document_type"] for row in catalogue} == set(DOCUMENT_TYPES)
    assert all(date(2015, 4, 1) < date.fromisoformat(row["published_date"]) for row in catalogue)


def test_the_folder_is_read_without_a_problem():
    assert read_folder(RAW)[1] == []


def test_texts_have_150_to_500_words(texts):
    for name, source in texts.items():
        assert 150 <= len(source.text.split()) <= 500, name


def test_broadcaster_page_is_one_glued_line_with_mojibake(texts):
    text = texts["broadcaster_lockdown"].text
    assert "\n" not in text
    assert "Â£" in text
    assert "Â©" in text
    assert len(re.findall(r"[a-z?]\d{1,2}[A-Z]", text)) >= 9, "ranks of other headlines, glued to them"


def test_one_text_is_windows_1252_with_carriage_returns():
    content = (RAW / "gazette_record_share.txt").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    assert "£35" in content.decode("cp1252")
    assert b"\r\n" in content


def test_web_page_holds_numbers_outside_the_article(texts):
    page = (RAW / "explainer_page.html").read_text(encoding="utf-8")
    for number in ("48211", "12 cookies", "214", "27 shares"):
        assert number in page
        assert number not in texts["explainer_page"].text
    assert "6,922" in texts["explainer_page"].text


def test_pdf_is_made_by_the_script_to_the_byte(tmp_path):
    made = tmp_path / "again.pdf"
    make_sample_pdf.make_pdf(made)
    assert made.read_bytes() == make_sample_pdf.TARGET.read_bytes()


def test_the_pdf_states_its_figures_as_text(texts):
    assert all(number in texts["annual_summary"].text for number in ("6,406", "2,305", "1,829"))


def test_all_six_verdicts_occur(gold):
    assert {verdict for row in gold["statistics"] for verdict in row["verdict"].split("|") if verdict} == set(VERDICTS)


def test_agreeing_counts_stand_in_the_official_tables(gold):
    """A figure that gold calls true must be in the tables, so that no invented one can hide among them."""
    with OFFICIAL.open(encoding="utf-8", newline="") as stream:
        official = {
            (row["geography"], row["period_start"], row["measure"], row["category"], float(row["count"]))
            for row in csv.DictReader(stream)
            if row["count"]
        }
    judged = 0
    for row in gold["statistics"]:
        if row["verdict"] in ("", "differs", "not_comparable", "no_series|not_comparable"):
            continue
        if row["kind"] == "count" and row["modifier"] == "exact":
            place = row["geography"].strip("|"), row["period_start"], row["measure"], row["category"]
            assert (*place, float(row["value"])) in official, (row["document"], row["surface"])
            judged += 1
    assert judged > 60


def test_one_case_is_told_in_four_texts_with_one_conflict(gold):
    case = [row for row in gold["corroborations"] if "northgate" in row["document"]]
    assert len({row["document"] for row in case}) == 4
    dates = [row for row in case if row["agreement"] == "conflicts" and row["fact_id"] == "exit-date"]
    assert len(dates) == 2
    assert any(row["agreement"] == "compatible" for row in case)


def test_nothing_is_taken_from_other_peoples_texts(shared_seeds):
    def runs(text):
        words = re.findall(r"[\w']+", text.casefold())
        return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}

    theirs = set().union(*(runs(path.read_text(encoding="utf-8")) for path in shared_seeds.glob("*.txt")))
    ours = [path for path in RAW.iterdir() if path.is_file()] + sorted(annotate.GOLD.rglob("*.txt"))
    for path in ours:
        assert not runs(path.read_bytes().decode("utf-8", "replace")) & theirs, path.name
