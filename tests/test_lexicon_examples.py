"""The lexicon is data: the README's own entries for a measure and a category work by being added to the lists."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys

import pytest
import yaml
from conftest import ROOT

from helpers.paths import LEXICON

TEXT = (
    "In 2023/24 the helpline took 1,204 calls and answered 1,100. There were 6,922 referrals to Prevent in England and "
    "Wales in 2023/24, 87 of them over environmental extremism. Of those with a job or without one, 12% were referred "
    "while unemployed."
)
READ = """
import json, pathlib, sys
import helpers.paths
helpers.paths.LEXICON = pathlib.Path(sys.argv[1])
from dataclasses import asdict
from helpers.reading import read_document
from helpers.records import Document
from helpers.tables import check_table, table_frame
rows = read_document(sys.argv[2], Document("text")).statistics
check_table("statistics", table_frame("statistics", rows))
print(json.dumps([asdict(row) for row in rows], default=str))
"""


def readme_entries() -> dict[str, list[dict[str, object]]]:
    """The YAML blocks of the README, by the list that their first line names."""
    blocks = re.findall(r"^ *```yaml\n(.*?)^ *```", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    named = {re.search(r"# (\w+)\.yml", block): block for block in blocks}
    return {found[1]: yaml.safe_load(block) for found, block in named.items() if found}


def read(lexicon) -> dict[str, dict[str, object]]:
    """The statistics of the text by surface, read and checked against the table's schema with a lexicon."""
    command = [sys.executable, "-c", READ, str(lexicon), TEXT]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return {row["surface"]: row for row in json.loads(ran.stdout)}


@pytest.fixture(scope="module")
def plain():
    """The text as the project's own lexicon reads it."""
    return read(LEXICON)


@pytest.fixture(scope="module")
def extended(tmp_path_factory):
    """The text as it is read once the README's entries stand in the lists."""
    folder = shutil.copytree(LEXICON, tmp_path_factory.mktemp("lexicon") / "lexicon")
    for name, entries in readme_entries().items():
        path = folder / f"{name}.yml"
        listed = yaml.safe_load(path.read_text(encoding="utf-8")) + entries
        path.write_text(yaml.safe_dump(listed, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return read(folder)


def test_the_readme_shows_an_entry_for_a_measure_and_for_a_category():
    assert set(readme_entries()) == {"measures", "categories"}


def test_a_measure_is_known_once_it_is_an_entry(plain, extended):
    assert [plain[surface]["measure"] for surface in ("1,204", "1,100")] == ["other", "other"]
    assert [extended[surface]["measure"] for surface in ("1,204", "1,100")] == ["helpline_calls", "helpline_calls"]


def test_a_category_is_known_once_it_is_an_entry(plain, extended):
    assert (plain["87"]["dimension"], plain["87"]["category"]) == ("total", "total")
    assert (extended["87"]["dimension"], extended["87"]["category"]) == ("concern", "eco_extremism")


def test_a_breakdown_of_its_own_is_known_once_it_is_an_entry(extended):
    assert (extended["12%"]["dimension"], extended["12%"]["category"]) == ("work", "out_of_work")


def test_what_the_entries_do_not_name_reads_as_before(plain, extended):
    assert extended["6,922"] == plain["6,922"]
