"""Make ``data/raw/annual_summary.pdf``, the sample corpus's only PDF: the same bytes on every run.

    python tests/make_sample_pdf.py [TARGET]

The text is ours and the figures are official; the dates inside the file are fixed, so that its checksum holds.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF

TARGET = Path(__file__).resolve().parents[1] / "data" / "raw" / "annual_summary.pdf"
MADE = datetime(2023, 2, 1, 9, 0, tzinfo=UTC)
TITLE = "Prevent in 2021/22: an annual summary"
PARAGRAPHS = (
    (
        "",
        "Sample Audit Office. Published 1 February 2023.",
    ),
    (
        "Referrals",
        "In the year ending 31 March 2022 there were 6,406 referrals to Prevent in England and Wales. That is"
        " 30 per cent more than in the year before, when schools were shut for months and the number stood at"
        " 4,915.",
    ),
    (
        "",
        "The education sector made 2,305 referrals (36%) and the police 1,808 (28%). Schools have thus taken "
        "back the first place that they lost to the police during the lockdowns.",
    ),
    (
        "Who was referred",
        "Where the gender was known (6,403), 5,725 of the people referred were male, which is 89 per cent. "
        "Where the age was known (6,393), 1,829 were under 15, or 29 per cent.",
    ),
    (
        "",
        "Concern about the extreme right wing stood behind 1,309 referrals. Another 154 were about a school "
        "massacre, a type of concern that is counted apart from all others.",
    ),
    (
        "Channel",
        "Thirteen per cent of the referrals led to a Channel case. Under-15s were the largest group among the"
        " adopted cases, with 299 of them, followed by 295 people between 15 and 20.",
    ),
    (
        "What we could not check",
        "The tables do not say how many people were referred twice, nor how long a case stays open. An "
        "auditor who reads them should therefore count referrals and not people. In three of the ten local "
        "panels that we visited, the minutes of more than one meeting were missing, and two panels kept no "
        "list of closed cases at all.",
    ),
    (
        "Cost",
        "The audit took five months and cost £61,000. It was led by a team of four, who read the papers of "
        "120 cases in locked rooms and took no copies away.",
    ),
)


def make_pdf(target: Path) -> None:
    """Write the summary as a PDF of A4 pages with fixed dates and a built-in font."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(MADE)
    pdf.set_title(TITLE)
    pdf.set_author("Sample Audit Office")
    pdf.set_margin(25)
    pdf.add_page()
    pdf.set_font("Helvetica", "B", 16)
    pdf.multi_cell(0, 9, TITLE, new_x="LMARGIN", new_y="NEXT")
    for heading, paragraph in PARAGRAPHS:
        pdf.ln(3)
        if heading:
            pdf.set_font("Helvetica", "B", 12)
            pdf.multi_cell(0, 7, heading, new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("Helvetica", "", 11)
        pdf.multi_cell(0, 6, paragraph, new_x="LMARGIN", new_y="NEXT")
    target.parent.mkdir(parents=True, exist_ok=True)
    pdf.output(str(target))


if __name__ == "__main__":
    make_pdf(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
