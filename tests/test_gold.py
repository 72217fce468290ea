"""The gold gate: no figure of the whole reading may sink below its floor, and no gold may change unnoticed.

``python tests/scoring.py --errors`` shows what is behind a figure; ``python tests/scoring.py --pin`` pins better ones.
"""

import annotate
import pytest
import scoring
from floors import faults, read_floors

from helpers import vocabulary as words

HOUSE = ("sample", "sentences", "blind")
ALLOWED = {
    "statistics": {
        "kind": words.KINDS,
        "modifier": words.MODIFIERS,
        "direction": words.DIRECTIONS,
        "measure": words.MEASURES,
        "dimension": ("", *words.DIMENSIONS),
        "verdict": ("", *words.VERDICTS),
    },
    "events": {"precision": words.PRECISIONS, "event_type": words.EVENT_TYPES},
    "findings": {"kind": words.FINDING_KINDS, "status": ("", *words.STATUSES)},
    "quotations": {"is_direct": ("0", "1")},
    "corroborations": {"agreement": words.AGREEMENTS},
}


@pytest.mark.parametrize("name", scoring.CORPORA)
def test_no_figure_lies_below_its_floor(name):
    if name not in scoring.present():
        pytest.skip(f"the gold of the {name} lies in ../shared, which only the project's developers have")
    result = scoring.measure(name)
    found = faults(name, result.figures, scoring.fingerprint(scoring.CORPORA[name]), read_floors())
    assert not found, "\n".join(found)


def test_gold_tables_are_what_the_marked_copies_give():
    stale = [
        str(path)
        for path, text in annotate.gold_files().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    assert not stale, "out of date, run python tests/annotate.py"


def test_gold_surfaces_stand_where_the_gold_says():
    for name in HOUSE:
        corpus = scoring.CORPORA[name]
        for table, rows in scoring.read_gold(corpus.gold).items():
            for row in rows:
                if "surface" in row:
                    content = (corpus.texts / row["document"]).read_bytes()
                    text = content.decode("cp1252" if row["document"] == "gazette_record_share.txt" else "utf-8")
                    assert text[row["start"] : row["end"]] == row["surface"], (table, row["document"], row["surface"])


def test_there_are_150_passages_and_hard_negatives_outnumber_easy_positives():
    texts = sorted(scoring.CORPORA["sentences"].texts.glob("*.txt"))
    assert sum(len(path.read_text(encoding="utf-8").split("\n\n")) for path in texts) >= 150
    gold = scoring.read_gold(scoring.CORPORA["sentences"].gold)
    easy = [row for row in gold["statistics"] if row["kind"] == "count" and row["modifier"] == "exact"]
    assert len(gold["rejects"]) > len(easy)


@pytest.mark.parametrize("name", HOUSE)
def test_gold_uses_the_words_of_the_data_contract(name):
    """A slip of the pen in the gold would count as an error of the reader."""
    slips = [
        f"{table}.csv: {row['document']}:{row['start']}: {column} is {answer!r}"
        for table, rows in scoring.read_gold(scoring.CORPORA[name].gold).items()
        for row in rows
        for column, allowed in ALLOWED.get(table, {}).items()
        for answer in row[column].split("|")
        if answer not in allowed
    ]
    assert not slips, "\n".join(slips)


def test_checkout_leaves_line_ends_of_blind_texts_alone():
    """Offsets count both characters of a Windows line end; git must not have changed them."""
    texts = sorted(scoring.CORPORA["blind"].texts.glob("*.txt"))
    assert len(texts) == 144
    windows = [path.name for path in texts if b"\r\n" in path.read_bytes()]
    assert windows == ["b8_letter.txt", "d3_govuk_speech_2018.txt", "f4_pdf_briefing.txt"]
