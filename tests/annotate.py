"""Turn the marked copies of texts into gold: the tables that `scoring.py` compares a reading with.

    python tests/annotate.py            # write the tables of tests/gold/sample and tests/gold/sentences
    python tests/annotate.py --check    # write nothing; exit 1 when a table on disk is not what the copies give

How a copy is marked is told in `marked.py`.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from pathlib import Path

from marked import GoldError, Marked, Row, event, finding, options, passages, quotation, read_marked, statistic

from helpers.vocabulary import OFFICIAL_MEASURES

GOLD = Path(__file__).resolve().parent / "gold"
RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
COLUMNS = {
    "statistics": "document span_start span_end surface kind value value_low value_high modifier direction unit "
    "measure dimension category denominator denominator_value geography period_start period_end optional verdict note",
    "events": "document span_start span_end surface date_start date_end precision event_type description optional",
    "rejects": "document span_start span_end surface why",
    "quotations": "document span_start span_end speaker speaker_role is_direct",
    "findings": "document span_start span_end kind number addressee topic_id status",
    "furniture": "document span_start span_end",
    "sentence_starts": "document offset",
    "corroborations": "fact_id document span_start span_end agreement note",
}


def annotate(marked: Marked, document: str, offset: int, tables: dict[str, list[Row]], members: list[Row]) -> None:
    """Add the rows of one passage to `tables`, and what it says about shared facts to `members`."""
    waiting = {kind: [mark for mark in marked.marks if mark[0] == kind] for kind in "serqf"}
    for line in marked.notes:
        kind, words, rest = line[:1], *line[2:].split(" :: ", 1)
        if not waiting.get(kind):
            raise GoldError(f"{marked.name}: no mark is left for {line!r}")
        _, start, end = waiting[kind].pop(0)
        surface = marked.text[start:end]
        if surface != words and not (kind in "qf" and surface.startswith(words)):
            raise GoldError(f"{marked.name}: {line!r} meets the mark {surface[:40]!r}")
        place = {"document": document, "span_start": str(start + offset), "span_end": str(end + offset)}
        if kind == "s":
            tables["statistics"].append(place | {"surface": surface} | statistic(surface, rest))
        elif kind == "e":
            tables["events"].append(place | {"surface": surface} | event(rest))
        elif kind == "r":
            tables["rejects"].append(place | {"surface": surface, "why": rest})
        elif kind == "q":
            tables["quotations"].append(place | quotation(rest))
        else:
            tables["findings"].append(place | finding(rest))
            members.append(
                place | {"fact_id": finding(rest)["topic_id"], "agreement": "same|compatible", "note": "same finding"}
            )
        fact, _, agreement = options(rest)[1].get("fact", "").partition("/") if kind in "se" else ("", "", "")
        if fact:
            optional = "optional" if "opt" in options(rest)[0] else ""
            members.append(place | {"fact_id": fact, "agreement": agreement or "same", "note": optional})
    left = [marked.text[start:end] for rows in waiting.values() for _, start, end in rows]
    if left:
        raise GoldError(f"{marked.name}: marks without an annotation: {left}")
    for kind, start, end in marked.marks:
        if kind == "furniture":
            tables["furniture"].append(
                {"document": document, "span_start": str(start + offset), "span_end": str(end + offset)}
            )
    tables["sentence_starts"] += [{"document": document, "offset": str(start + offset)} for start in marked.starts]


def read_raw(stem: str) -> tuple[str, str]:
    """Return file name and source text of one sample, decoded as the data contract says."""
    path = next(path for path in sorted(RAW.glob(f"{stem}.*")) if path.suffix in (".txt", ".md"))
    try:
        return path.name, path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return path.name, path.read_bytes().decode("cp1252")


def sample_gold() -> dict[str, list[Row]]:
    """Return the tables of the sample corpus; each marked copy must be its source text to the character."""
    tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    members: list[Row] = []
    for path in sorted((GOLD / "sample" / "marked").iterdir()):
        name, source = read_raw(path.stem)
        ((text, notes),) = passages(path)
        if "\r\n" in source:
            text = text.replace("\n", "\r\n")
        marked = read_marked(text if source.endswith("\n") else text.rstrip("\n"), path.name, notes)
        if marked.text != source:
            at = next((i for i, (a, b) in enumerate(zip(marked.text, source, strict=False)) if a != b), len(source))
            raise GoldError(
                f"{path.name} is not {name}: from {at} on {marked.text[at : at + 30]!r}, {source[at : at + 30]!r}"
            )
        annotate(marked, name, 0, tables, members)
    tables["corroborations"] = shared_facts(members)
    faults = unshared(tables["statistics"], tables["corroborations"])
    if faults:
        raise GoldError("the same figure in two documents without a fact=:\n" + "\n".join(faults))
    return tables


def shared_facts(members: list[Row]) -> list[Row]:
    """Return the members of all facts that two or more documents state."""
    documents: dict[str, set[str]] = {}
    for row in members:
        documents.setdefault(row["fact_id"], set()).add(row["document"])
    return [row for row in members if len(documents[row["fact_id"]]) > 1]


def unshared(statistics: list[Row], corroborations: list[Row]) -> list[str]:
    """Return figures of one official series that stand in two documents but in no fact."""
    shared = {(row["document"], row["span_start"]) for row in corroborations}
    seen: dict[tuple[str, ...], Row] = {}
    faults = []
    for row in statistics:
        if (
            row["measure"] not in OFFICIAL_MEASURES
            or not row["dimension"]
            or (row["document"], row["span_start"]) in shared
        ):
            continue
        kind = "share" if row["unit"] == "percent" else "number"
        key = kind, row["direction"], *(row[name] for name in ("measure", "category", "period_start", "geography"))
        other = seen.setdefault(key, row)
        if other["document"] != row["document"] and row["optional"] == "0":
            faults.append(f"  {other['document']} {other['surface']!r} and {row['document']} {row['surface']!r}")
    return faults


def sentence_gold() -> tuple[dict[str, list[Row]], dict[str, str]]:
    """Return the tables of the single passages, and the text of each group: its passages with a blank line between."""
    tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    texts = {}
    for path in sorted((GOLD / "sentences" / "marked").glob("*.txt")):
        offset, parts = 0, []
        for text, notes in passages(path):
            marked = read_marked(text.strip("\n"), path.name, notes)
            if "\n\n" in marked.text:
                raise GoldError(f"{path.name}: a passage without annotations before {marked.text[-60:]!r}")
            annotate(marked, path.name, offset, tables, [])
            parts.append(marked.text)
            offset += len(marked.text) + 2
        texts[path.name] = "\n\n".join(parts) + "\n"
    return tables, texts


def table_text(name: str, rows: list[Row]) -> str:
    """Return one table as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS[name].split(), lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def gold_files() -> dict[Path, str]:
    """Return every generated file of the gold with its content."""
    tables, texts = sentence_gold()
    files = {GOLD / "sentences" / "texts" / name: text for name, text in texts.items()}
    for folder, found in (("sample", sample_gold()), ("sentences", tables)):
        files |= {GOLD / folder / f"{name}.csv": table_text(name, rows) for name, rows in found.items() if rows}
    return files


def main() -> int:
    """Write the gold, or say which files of it are out of date."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is out of date")
    only_check = parser.parse_args().check
    try:
        files = gold_files()
    except GoldError as error:
        print(error, file=sys.stderr)
        return 1
    stale = [path for path, text in files.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        state = "out of date, run python tests/annotate.py" if only_check else "written"
        print(f"{path.relative_to(GOLD.parent)}: {state}")
        if not only_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], encoding="utf-8", newline="\n")
    return int(only_check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
