"""Licences: what may be passed on whole is told from what may not, and doubt counts as no."""

from __future__ import annotations

import pytest

from helpers.lexicon import read_lexicon
from helpers.reports.licences import is_open

OPEN = [
    "CC0-1.0", "cc0", "CC BY 4.0", "CC-BY-SA-4.0", "cc_by", "Creative Commons Attribution 4.0 International",
    "https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/publicdomain/zero/1.0/", "OGL-UK-3.0",
    "Crown copyright, Open Government Licence v3.0", "Open Parliament Licence v3.0", "public domain",
]  # fmt: skip
CLOSED = [
    None, float("nan"), "",
    "CC BY-NC 4.0", "CC-BY-ND-4.0", "CC BY-NC-SA 4.0", "All rights reserved", "© Sample Gazette",
    "https://creativecommons.org/licenses/by-nc-nd/4.0/", "Creative Commons Attribution-NonCommercial 4.0",
    "not under the Open Government Licence", "Creative Commons", "proprietary", "Copyright",
]  # fmt: skip


@pytest.mark.parametrize("licence", OPEN)
def test_open_licence_is_known(licence):
    assert is_open(licence)


@pytest.mark.parametrize("licence", CLOSED)
def test_every_other_licence_counts_as_closed(licence):
    assert not is_open(licence)


def test_examples_of_the_list_are_open():
    assert all(is_open(entry["example"]) for entry in read_lexicon("licences")["open"])
    assert not any(is_open(entry["example"]) for entry in read_lexicon("licences")["restricting"])
