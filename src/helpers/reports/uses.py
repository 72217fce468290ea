"""The ways between pages and words: each link to words in a text has an address, to which these words lead back."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

TO_WORDS = re.compile(r'<a ((?:[^>]*? )?href="evidence/[^"#]+#)')
PLACES = re.compile(
    r"<h1[^>]*>(?P<title>.*?)</h1>|<h2[^>]*>(?P<section>.*?)</h2>"
    r'|<a id="use-(?P<use>\d+)" [^>]*?href="evidence/[^"#]+#(?P<anchor>[^"]+)"',
    re.S,
)


class Use(NamedTuple):
    """A place on a page that links to words in a text: its address, title of the page, title of the section."""

    address: str
    page: str
    section: str


def write_with_uses(target: Path, markup: str) -> None:
    """Write a page with an address on each of its links to words."""
    numbers = count(1)
    markup = TO_WORDS.sub(lambda found: f'<a id="use-{next(numbers)}" {found[1]}', markup)
    target.write_text(markup, encoding="utf-8", newline="\n")


def find_uses(pages: Sequence[Path]) -> dict[str, list[Use]]:
    """Return the places that link to words, the first of each section.

    Parameters
    ----------
    pages : sequence of Path
        Pages from `write_with_uses`, in the order in which their uses are to be named.

    Returns
    -------
    dict of str to list of Use
        By the address of the words on their evidence page.
    """
    uses: dict[str, dict[tuple[str, str], Use]] = {}
    for path in pages:
        title, section = "", ""
        for found in PLACES.finditer(path.read_text(encoding="utf-8")):
            if found["title"]:
                title = section = _words(found["title"])
            elif found["section"]:
                section = _words(found["section"])
            else:
                place = Use(f"{path.name}#use-{found['use']}", title, section)
                uses.setdefault(found["anchor"], {}).setdefault((title, section), place)
    return {anchor: list(places.values()) for anchor, places in uses.items()}


def _words(markup: str) -> str:
    """Return the words of a heading."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup)).strip()
