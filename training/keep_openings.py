"""Write what our patterns cannot do without: ``python training/keep_openings.py [FILE]``.

Reads a text, so that all patterns are asked for, and writes ``src/helpers/lexicon/openings.json`` (or FILE): a pattern
a line, under its hash. Without the file everything is read the same, but the first text takes twice as long. To be run
again after a change of the lexicon or of a pattern; runs twice to the same bytes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from helpers.openings import KEPT, asked, key_of, needles_of, openings_of
from helpers.reading import read_document
from helpers.sources.descriptions import describe_text

TEXT = "In Northgate, 512 people were referred in March 2024, 12% more than the year before, the council said."


def main(target: Path) -> None:
    """Write the file."""
    read_document(TEXT, describe_text(TEXT, "sentence.txt"))
    rows = {key_of(pattern): [sorted(openings_of(pattern)), sorted(needles_of(pattern))] for pattern in asked}
    lines = [f"{json.dumps(key)}: {json.dumps(rows[key], separators=(',', ':'))}" for key in sorted(rows)]
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else KEPT)
