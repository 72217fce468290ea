"""The loop that one would write without us: all texts into pandas, one after another, all rows in memory, one file.

``plain_pandas.py TEXTS.jsonl FOLDER`` reads and checks the same texts with the same functions as `prevent corpus`.
"""

import sys
from pathlib import Path

import pandas as pd

from helpers.checks.verdicts import check_statistics
from helpers.official.series import read_official
from helpers.paths import official_folder
from helpers.reading import read_document
from helpers.sources.files import read_content
from helpers.tables import write_table

TABLES = ("sentences", "statistics", "events", "quotations", "findings")


def main() -> None:
    """Read, check and write."""
    texts = pd.read_json(sys.argv[1], lines=True)
    series = read_official(official_folder())
    rows = {table: [] for table in (*TABLES, "documents", "checks")}
    for record in texts.itertuples():
        source = read_content(record.text.encode(), f"{record.id}.txt", record.id)
        source.document.published_date = pd.Timestamp(record.published_date).date()
        reading = read_document(source.text, source.document)
        for table in TABLES:
            rows[table] += getattr(reading, table)
        rows["documents"].append(reading.document)
        rows["checks"] += check_statistics(reading.statistics, [reading.document], series)
    for table, found in rows.items():
        write_table(table, found, Path(sys.argv[2]))


if __name__ == "__main__":
    main()
