"""What stands on the first page: the answer, verdicts, texts, problems, and the ways to everything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.official.series import read_official
from helpers.paths import official_folder
from helpers.reports.answers import verdict_counts
from helpers.reports.conclusions import answer_sentences
from helpers.reports.displays import Fragment, link, show_sentences, show_table
from helpers.reports.downloads import show_downloads
from helpers.reports.drawing import as_saved
from helpers.reports.evidence import (
    official_years,
    read_evidence,
)
from helpers.reports.listings import list_documents
from helpers.reports.overviews import verdicts_by_document
from helpers.sources.folders import READABLE

TITLE = "What the texts say about Prevent, and whether it is right"
NOTHING = (
    f"No text was read: the folder of source texts holds none ({READABLE}). Put texts there, or call "
    "`prevent add FILE`, and build again; `prevent build --raw DIR` reads another folder."
)


def first_page_parts(
    processed: Path, reports: Path, raw: Path, pages: Sequence[tuple[str, str]], parameters: Mapping[str, Any]
) -> tuple[Fragment, list[tuple[str, list[Any]]]]:
    """Return the answer and the sections (title, parts) of the first page.

    Parameters
    ----------
    processed, reports, raw : Path
        Folders of tables, of pages and figures, and of source texts.
    pages : sequence of (address, title)
        The pages of the notebooks.
    parameters : mapping
        ``as_of`` as for `official_years`; ``concern``, ``period_from``, ``period_to`` as for `read_evidence`;
        ``excerpts_only`` as for `list_documents`.
    """
    evidence = read_evidence(processed, *(parameters[name] for name in ("concern", "period_from", "period_to")))
    day = date.fromisoformat(parameters["as_of"]) if parameters["as_of"] else None
    sentences = answer_sentences(evidence, official_years(read_official(official_folder(raw)), day))
    documents = evidence.documents
    answer = show_sentences(sentences if len(documents) else [NOTHING, *sentences])
    shown = list_documents(documents, bool(parameters["excerpts_only"]))
    hashes = documents[["raw_path", "document_id", "raw_sha256"]]
    named = {"raw_path": "File", "document_id": "Id in the tables", "raw_sha256": "sha256"}
    drawn = sorted(path.stem for path in reports.glob("figures/*.svg"))
    links = [
        (name.replace("_", " "), *(link(f"figures/{name}.{kind}", kind.upper()) for kind in ("svg", "png")),
         link(f"data/{name}.csv", "CSV"))
        for name in drawn
    ]  # fmt: skip
    figures = pd.DataFrame(links, columns=["Figure", "Drawing", "Pixels", "Numbers"])
    return answer, [
        ("Verdicts at a glance", [
            show_table(verdict_counts(evidence.totals.judged), "Statistics by verdict", empty="None was checked."),
            as_saved(verdicts_by_document(evidence.statistics), reports),
        ]),
        ("Texts", [
            show_table(shown, "One row a text; its name leads to its words", limit=100, empty="No text was read."),
            show_table(hashes, "Files as they were read", named, limit=100, empty="No file was read."),
        ]),
        ("Problems in the inputs", [
            show_table(evidence.problems, "One row a problem, with what to do", limit=100, empty="None."),
        ]),
        ("Pages, figures and their numbers", [
            show_sentences(link(address, title) for address, title in pages),
            show_table(figures, "One row a figure", limit=100, empty="Nothing was drawn."),
            show_downloads(),
        ]),
    ]  # fmt: skip
