"""Measure the whole reading on the gold and hold it to the floors pinned in ``tests/gold/floors.json``.

    python tests/scoring.py [CORPUS…]              # figures of every set of gold that lies here
    python tests/scoring.py sample --errors        # and every miss and false alarm with the words around it
    python tests/scoring.py --pin                  # pin the figures as floors; lowers none
    python tests/scoring.py --pin --allow-lower    # after a look at what became worse, and why

A pin also holds the checksum of texts and gold and the number of rows in it, so that the gold cannot shrink or change
unnoticed.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import tables_scored
from floors import FLOORS, pin, read_floors, write_floors
from matching import Result, Row

from helpers.checks.verdicts import check_statistics
from helpers.comparing.corroborations import find_corroborations
from helpers.findings.reviews import link_topics
from helpers.official.series import read_official
from helpers.reading import note_earliest_days, read_document, read_sentences
from helpers.records import Corroboration, Reading
from helpers.sources.files import SourceText, describe_text, read_folder

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
SHARED = ROOT.parent / "shared"
TABLES = ("statistics", "events", "sentences", "quotations", "findings")


@dataclass
class Corpus:
    """One set of texts with gold: where its gold lies, and which files it was made from."""

    name: str
    gold: Path
    texts: Path

    def files(self) -> list[Path]:
        """Return the texts and gold tables that a pin holds by checksum."""
        names = sorted({row["document"] for rows in read_gold(self.gold).values() for row in rows})
        return sorted(self.gold.glob("*.csv")) + [self.texts / name for name in names]


CORPORA = {
    "sample": Corpus("sample", GOLD / "sample", ROOT / "data" / "raw"),
    "sentences": Corpus("sentences", GOLD / "sentences", GOLD / "sentences" / "texts"),
    "blind": Corpus("blind", GOLD / "blind", GOLD / "blind" / "texts"),
    "seeds": Corpus("seeds", SHARED / "gold" / "seeds", SHARED / "seeds"),
}


def present() -> list[str]:
    """Return the names of the corpora that lie here; the seeds are no part of the project."""
    return [name for name, corpus in CORPORA.items() if corpus.gold.is_dir() and corpus.texts.is_dir()]


def read_gold(folder: Path) -> dict[str, list[Row]]:
    """Return the gold tables of a folder, spans as whole numbers."""
    tables: dict[str, list[Row]] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows: list[Row] = list(csv.DictReader(stream))
        for row in rows:
            row["start"] = int(row.get("span_start") or row["offset"])
            row["end"] = int(row.get("span_end") or row["start"] + 1)
        tables[path.stem] = rows
    return tables


@dataclass
class Found:
    """What the package read in one corpus, as rows that can be compared with gold."""

    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    verdicts: dict[str, str] = field(default_factory=dict)
    corroborations: list[Row] = field(default_factory=list)


def as_text(value: Any) -> Any:
    """Return a cell of a record as the text that stands in a table."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def as_row(record: Any, document: str, offset: int) -> Row:
    """Return a record as a row of the document that the gold names."""
    row = {name: as_text(value) for name, value in asdict(record).items()}
    return row | {"document": document, "start": record.span_start + offset, "end": record.span_end + offset}


def read_corpus(corpus: Corpus) -> Found:
    """Read every text of a corpus and check, link and compare what was read."""
    if corpus.name == "sentences":
        sources = list(read_passages(corpus.texts))
    else:
        texts, _ = read_folder(corpus.texts)
        sources = [(source, Path(source.document.raw_path).name, 0) for source in texts]
        note_earliest_days(texts, [row for text in texts for row in read_sentences(text.text, text.document)])
    found, readings = Found(), []
    for source, document, offset in sources:
        reading = read_document(source.text, source.document)
        readings.append(reading)
        for table in TABLES:
            found.tables[table] += [as_row(record, document, offset) for record in getattr(reading, table)]
    places = {source.document.document_id: document for source, document, _ in sources}
    link_and_check(readings, places, found, compare=corpus.name != "sentences")
    return found


def read_passages(folder: Path) -> Iterable[tuple[SourceText, str, int]]:
    """Yield each passage as a text of its own, with its group's file name and its offset in it."""
    for path in sorted(folder.glob("*.txt")):
        offset = 0
        for count, passage in enumerate(path.read_text(encoding="utf-8").rstrip("\n").split("\n\n")):
            document = describe_text(passage, "passage.txt")
            document.document_id = f"{path.stem}_{count:03}"
            yield SourceText(document=document, text=passage), path.name, offset
            offset += len(passage) + 2


def link_and_check(readings: list[Reading], places: dict[str, str], found: Found, compare: bool) -> None:
    """Add verdicts, topics and (for texts that may confirm each other) corroborations."""
    documents = [reading.document for reading in readings]
    statistics, events, findings, sentences = (
        [record for reading in readings for record in getattr(reading, table)]
        for table in ("statistics", "events", "findings", "sentences")
    )
    series = read_official(ROOT / "data" / "raw" / "official")
    found.verdicts = {check.statistic_id: check.verdict for check in check_statistics(statistics, documents, series)}
    linked = link_topics(findings)
    found.tables["findings"] = [as_row(record, places[record.document_id], 0) for record in linked] if compare else []
    if compare:
        rows = find_corroborations(statistics, events, linked, documents, sentences)
        found.corroborations = [row for row in map(Members(found), rows) if row]


class Members:
    """Finds the row that a member of a fact stands for."""

    def __init__(self, found: Found) -> None:
        self.rows = {
            row[key]: row
            for table, key in (("statistics", "statistic_id"), ("events", "event_id"), ("findings", "finding_id"))
            for row in found.tables[table]
        }

    def __call__(self, record: Corroboration) -> Row | None:
        """Return the member's place together with its fact and agreement; None when it stands for no row."""
        member = self.rows.get(record.member_id)
        place = {key: member[key] for key in ("document", "start", "end")} if member else None
        return place and place | {"fact_id": record.fact_id, "agreement": record.agreement}


def score(gold: dict[str, list[Row]], found: Found) -> Result:
    """Return every figure for which there is gold, and the errors behind them."""
    result = Result()
    documents = {row["document"] for rows in gold.values() for row in rows}
    tables = {name: [row for row in rows if row["document"] in documents] for name, rows in found.tables.items()}
    members = [row for row in found.corroborations if row["document"] in documents]
    if "statistics" in gold:
        rejects = gold.get("rejects", [])
        tables_scored.statistics(result, tables["statistics"], gold["statistics"], rejects, found.verdicts)
    if "furniture" in gold:
        tables_scored.furniture(result, tables["sentences"], gold["furniture"])
    if "sentence_starts" in gold:
        starts, furniture = gold["sentence_starts"], gold.get("furniture", [])
        tables_scored.sentence_starts(result, tables["sentences"], starts, furniture)
    for name, rows in (
        ("events", tables["events"]),
        ("quotations", tables["quotations"]),
        ("findings", tables["findings"]),
    ):
        if name in gold:
            getattr(tables_scored, name)(result, rows, gold[name])
    if "corroborations" in gold:
        tables_scored.corroborations(result, members, gold["corroborations"])
    return result


def measure(name: str) -> Result:
    """Read one corpus and score it."""
    return score(read_gold(CORPORA[name].gold), read_corpus(CORPORA[name]))


def fingerprint(corpus: Corpus) -> dict[str, Any]:
    """Return checksum and row counts of a corpus, by which a changed gold is noticed."""
    digest = hashlib.sha256()
    for path in corpus.files():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return {"sha256": digest.hexdigest(), "rows": {name: len(rows) for name, rows in read_gold(corpus.gold).items()}}


def show_errors(result: Result, texts: Path) -> None:
    """Print every error with 40 characters to either side."""
    for table, what, row, detail in sorted(result.errors, key=lambda error: (error[2]["document"], error[2]["start"])):
        raw = (texts / row["document"]).read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", "replace")
        start, end = row["start"], row["end"]
        around = f"{text[max(0, start - 40) : start]}[[{text[start:end][:80]}]]{text[end : end + 40]}".replace(
            "\n", "⏎"
        )
        print(f"{row['document']}:{start} {table} {what} {detail}  {around}")


def main() -> int:
    """Print the figures of the named corpora, with their errors or as new floors."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", nargs="*", choices=[[], *CORPORA], help="all that lie here by default")
    parser.add_argument("--errors", action="store_true", help="list every miss, false alarm and wrong field")
    parser.add_argument("--pin", action="store_true", help="pin the figures as floors")
    parser.add_argument("--allow-lower", action="store_true", help="let --pin lower floors and drop gold rows")
    options = parser.parse_args()
    pinned, refused = read_floors(), []
    for name in options.corpora or present():
        result = measure(name)
        print(f"{name}\n" + "\n".join(f"  {key:32} {figure}" for key, figure in result.figures.items()))
        if options.errors:
            show_errors(result, CORPORA[name].texts)
        if options.pin:
            refused += pin(name, result.figures, fingerprint(CORPORA[name]), pinned, options.allow_lower)
    if refused:
        print(
            "not pinned, because these would sink (--allow-lower if they must):", *refused, sep="\n  ", file=sys.stderr
        )
        return 1
    if options.pin:
        write_floors(pinned, FLOORS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
