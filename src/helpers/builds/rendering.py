"""The pages of a build: one of each executed notebook, and the first page from the tables."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.builds.parameters import NEEDS, Plan

GIVEN = "given"  # folder in which a page finds the executed notebook that it shows
SEARCH = "search.html"
FACTS = "facts.json"  # counts of the tables, for the ledger


@dataclass(frozen=True)
class Page:
    """What a page is made from besides tables: plan, name and inputs of the build, and the build before it."""

    plan: Plan
    identifier: str
    previous: str = ""
    before: Path | None = None
    inputs: dict[str, Any] = field(default_factory=dict)


def write_notebook_page(folder: Path, page: Page, name: str) -> None:
    """Write the page of one executed notebook into ``reports/`` of `folder`."""
    from helpers.reports.pages import write_page

    parameters = [(key, value) for key, value in _shown(page.plan) if key in page.plan.known[name]]
    values = _common(page, folder / "processed") | {"parameters": parameters}
    write_page(folder / GIVEN / f"{name}.ipynb", folder / "reports" / f"{name}.html", values)


def write_start_page(folder: Path, page: Page) -> None:
    """Write the first page into ``reports/`` of `folder`, from the tables and figures that lie there."""
    from helpers.builds.changes import changed_parts, table_facts
    from helpers.reports.pages import write_first_page
    from helpers.reports.summary import TITLE, first_page_parts

    processed, reports = folder / "processed", folder / "reports"
    values = _common(page, processed) | {"parameters": _shown(page.plan), "title": TITLE}
    answer, sections = first_page_parts(processed, reports, page.plan.raw, values["pages"][1:], page.plan.parameters)
    if page.before:
        sections.insert(1, ("Changes since the build before", changed_parts(page.before, processed, page.inputs)))
    write_first_page(reports / "index.html", answer, sections, values)
    (folder / FACTS).write_text(json.dumps(table_facts(processed), sort_keys=True), encoding="utf-8", newline="\n")


def write_text_pages(folder: Path, page: Page) -> None:
    """Write the evidence page of every text into ``reports/`` of `folder`, with the ways back to the pages there."""
    from helpers.reports.evidence_pages import write_evidence_pages

    values = _common(page, folder / "processed") | {"parameters": _shown(page.plan)}
    names = [address for address, _ in values["pages"] if address != SEARCH]  # which uses every statement
    excerpts_only = bool(page.plan.parameters["excerpts_only"])
    write_evidence_pages(folder / "processed", folder / "reports", names, values, excerpts_only)


def write_search_page(folder: Path, page: Page) -> None:
    """Write the page on which everything can be searched into ``reports/`` of `folder`."""
    from helpers.reports.pages import write_first_page
    from helpers.reports.searching import ANSWER, TITLE, search_sections

    processed, reports = folder / "processed", folder / "reports"
    values = _common(page, processed) | {"parameters": _shown(page.plan), "title": TITLE}
    others = [one for one in values["pages"] if one[0] != SEARCH]
    sections = search_sections(processed, reports, others, bool(page.plan.parameters["excerpts_only"]))
    write_first_page(reports / SEARCH, ANSWER, sections, values)


def write_tables(folder: Path, page: Page) -> None:
    """Write the tables that readers take away into ``reports/`` of `folder`."""
    from helpers.reports.downloads import write_downloads

    write_downloads(folder / "processed", folder / "reports", bool(page.plan.parameters["excerpts_only"]))


def _shown(plan: Plan) -> list[tuple[str, str]]:
    """Return the parameters for the foot of a page."""
    return [(name, str(value) if value != "" else "none") for name, value in sorted(plan.parameters.items())]


def _common(page: Page, processed: Path) -> dict[str, Any]:
    """Return what all pages show: links to each other, inputs and versions."""
    from helpers.reports.pages import describe_build, page_title

    plan = page.plan
    pages = [(f"{name}.html", page_title(plan.notebooks / f"{name}.ipynb")) for name in NEEDS]
    made_from = [("Build", page.identifier), *describe_build(processed, plan.raw, plan.parameters)[1:]]
    return {"pages": [("index.html", "Start"), *pages, (SEARCH, "Search")], "versions": made_from}
