"""What changed between two builds: inputs, texts, numbers added, removed or read differently, verdicts and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.builds.store import MANIFEST
from helpers.datasets import open_table
from helpers.errors import TableError
from helpers.reports.displays import show_sentences, show_table
from helpers.tables import read_table

PLACES = {"statistic_id", "document_id", "sentence_id", "span_start", "span_end", "clause"}  # not part of a reading
COLUMNS = ["document", "number", "what", "before", "after", "why"]
SHOWN = 50
OTHER_VERSION = "The tables of the build before were written by another version, so numbers cannot be compared."


@dataclass(frozen=True)
class Changes:
    """What changed: inputs and texts in words, and one row a number or verdict that is not as it was.

    `rows` has the columns ``document``, ``number`` (as printed), ``what`` (``added``, ``removed``, ``read differently``
    or ``verdict``), ``before``, ``after`` and ``why``.
    """

    inputs: list[str]
    documents: list[str]
    rows: pd.DataFrame

    def sentences(self) -> list[str]:
        """Return the changes in sentences: one an input, one a text, then how many numbers changed in which way."""
        counted = Counter(self.rows["what"])
        said = [f"Numbers {what}: {counted[what]:,}." for what in ("added", "removed", "read differently")]
        said.append(f"Verdicts changed: {counted['verdict']:,}.")
        told = [*self.documents, *(one for one in said if not one.endswith(": 0."))]
        return [*self.inputs, *(told or ["No text, number or verdict is another one."])]


def find_changes(before: Path, after: Path, inputs: Mapping[str, Any] | None = None) -> Changes:
    """Return what changed from one build to another.

    Numbers of a text that did not change are matched by their place in it, those of one that did by their order.

    Parameters
    ----------
    before, after : Path
        The folders of tables of the two builds.
    inputs : mapping, optional
        What the later build is made from; by default what its manifest says.
    """
    told = changed_inputs(_made_from(before), _made_from(after) if inputs is None else inputs)
    new = _tables(after)
    try:
        old = _tables(before)
    except TableError:
        return Changes(told, [OTHER_VERSION], pd.DataFrame(columns=COLUMNS))
    same = old["documents"].keys() & new["documents"].keys()
    rows: list[tuple[str, ...]] = []
    for document in sorted(old["documents"].keys() | new["documents"].keys()):
        pairs = list(_pairs(old, new, document))
        for one, other in pairs:
            rows += _compared(document, one, other, old["checks"], new["checks"])
    said = [f"Text added: {name}." for name in sorted(new["documents"].keys() - same)]
    said += [f"Text removed: {name}." for name in sorted(old["documents"].keys() - same)]
    for name in sorted(same):
        one, other = old["documents"][name], new["documents"][name]
        fields = [field for field in one if not _is_same(one[field], other[field]) and field != "raw_sha256"]
        if one["raw_sha256"] != other["raw_sha256"]:
            said.append(f"Text changed: {name}.")
        elif fields:
            said.append(f"Text described differently: {name} ({', '.join(fields)}).")
    return Changes(told, said, pd.DataFrame(rows, columns=COLUMNS))


def changed_inputs(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return in sentences what two builds were made from differently, apart from texts; nothing where one is not known.

    Parameters
    ----------
    before, after : mapping
        The inputs as the manifests of the builds hold them.
    """
    if not (before and after):
        return []
    said = [
        f"Parameter {name}: {_shown(one)} → {_shown(other)}."
        for name, one, other in _differing(before["parameters"], after["parameters"])
    ]
    for what, key in (("Official figures", "official"), ("Notebooks", "notebooks")):
        names = ", ".join(name for name, _, _ in _differing(before[key], after[key]))
        said += [f"{what} changed: {names}."] if names else []
    versions = {name: (one, other) for name, one, other in _differing(before["versions"], after["versions"])}
    if "helpers" in versions:
        commits = " → ".join(versions.get("checkout", ()))
        said.append("Code or word lists of the project changed" + (f": {commits}." if commits else "."))
    if "packages" in versions:
        said.append("Installed packages changed.")
    if "python" in versions:
        said.append(f"Python: {' → '.join(versions['python'])}.")
    return said


def changed_parts(before: Path, after: Path, inputs: Mapping[str, Any]) -> list[Any]:
    """Return what the first page shows of the changes since the build before it; `inputs` are those of the new one."""
    changes = find_changes(before, after, inputs)
    headings = {"document": "Text", "what": "Change"}
    caption = "One row a number or verdict that is not as it was in the build before"
    empty = "Every number and verdict is as it was."
    if any(line.startswith("Parameter") for line in changes.inputs):
        empty = "In the tables every number and verdict is as it was; the parameters say which of them the pages show."
    table = show_table(changes.rows, caption, headings, limit=SHOWN, empty=empty)
    return [show_sentences(changes.sentences()), table]


def table_facts(processed: Path) -> dict[str, Any]:
    """Return what the ledger says of tables: rows by table, verdicts and their number, problems."""
    rows = {
        path.stem: open_table(path.stem, processed).count_rows(use_threads=False)
        for path in sorted(processed.glob("*.parquet"))
    }
    verdicts = read_table("checks", processed)["verdict"].value_counts().sort_index()
    problems = read_table("problems", processed)
    listed = [f"{row.severity}: {row.file}: {row.problem}" for row in problems.itertuples()]
    return {"rows": rows, "verdicts": {str(name): int(n) for name, n in verdicts.items()}, "problems": listed}


def _made_from(processed: Path) -> dict[str, Any]:
    """Return what a kept build was made from, by the manifest beside its tables; nothing where there is none."""
    try:
        return dict(json.loads((processed.parent / MANIFEST).read_text(encoding="utf-8"))["inputs"])
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """Return each name whose value differs, with both values; ``None`` stands for a name that is not there."""
    names = sorted(one.keys() | other.keys())
    return [(name, one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name)]


def _shown(value: Any) -> str:
    """Return the value of a parameter in words."""
    return "none" if value in ("", None) else str(value)


def _tables(folder: Path) -> dict[str, dict[str, Any]]:
    """Return documents and checks by their identifiers, and the statistics of each document in order."""
    statistics: dict[str, list[dict[str, Any]]] = {}
    for row in read_table("statistics", folder).sort_values(["document_id", "span_start"]).to_dict("records"):
        statistics.setdefault(str(row["document_id"]), []).append({str(name): value for name, value in row.items()})
    documents = {str(row["document_id"]): row for row in read_table("documents", folder).to_dict("records")}
    checks = {str(row["statistic_id"]): row for row in read_table("checks", folder).to_dict("records")}
    return {"documents": documents, "statistics": statistics, "checks": checks}


def _pairs(old: dict[str, Any], new: dict[str, Any], document: str) -> Iterator[tuple[Any, Any]]:
    """Yield each number of a text as it was and as it is, one of them ``None`` where it was added or removed."""
    before, after = old["statistics"].get(document, []), new["statistics"].get(document, [])
    known = [tables["documents"].get(document, {}).get("raw_sha256") for tables in (old, new)]
    named = "statistic_id" if known[0] == known[1] else "surface"
    matcher = SequenceMatcher(None, [row[named] for row in before], [row[named] for row in after], autojunk=False)
    for kind, one_start, one_end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(before[one_start:one_end], after[other_start:other_end], strict=True)
        else:
            yield from ((row, None) for row in before[one_start:one_end])
            yield from ((None, row) for row in after[other_start:other_end])


def _compared(document: str, one: Any, other: Any, old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, ...]]:
    """Return the rows that one number gives."""
    was = old.get(one["statistic_id"], {}) if one else {}
    now = new.get(other["statistic_id"], {}) if other else {}
    if one is None or other is None:
        what, row = ("added", other) if one is None else ("removed", one)
        cells = ("", now.get("verdict", "")) if one is None else (was.get("verdict", ""), "")
        return [(document, row["surface"], what, *cells, (was or now).get("reason", ""))]
    fields = [name for name in one if name not in PLACES and not _is_same(one[name], other.get(name))]
    rows = []
    if fields:
        read = ("; ".join(f"{name}: {_words(row[name])}" for name in fields) for row in (one, other))
        rows.append((document, other["surface"], "read differently", *read, ""))
    if was.get("verdict") != now.get("verdict"):
        verdicts = was.get("verdict", "none"), now.get("verdict", "none")
        rows.append((document, other["surface"], "verdict", *verdicts, _why(was, now, fields)))
    return rows


def _why(was: dict[str, Any], now: dict[str, Any], fields: list[str]) -> str:
    """Return why a verdict is another one than before."""
    if fields:
        because = "the number is read differently"
    elif not _is_same(was.get("official_value"), now.get("official_value")):
        values = " to ".join(_words(check.get("official_value")) for check in (was, now))
        because = f"the official figure went from {values}"
    elif not _is_same(was.get("official_release"), now.get("official_release")):
        because = f"the release compared with is now {_words(now.get('official_release'))}"
    else:
        because = "the rules of comparison or what is known about the text changed"
    return f"{because}: {now['reason']}" if now.get("reason") else because


def _is_same(one: Any, other: Any) -> bool:
    """Return whether two cells hold the same."""
    return bool(one == other) or bool(pd.isna(one) and pd.isna(other))


def _words(value: Any) -> str:
    """Return a cell in words."""
    if value is None or pd.isna(value):
        return "none"
    return (
        f"{value:%Y-%m-%d}"
        if isinstance(value, pd.Timestamp)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )
