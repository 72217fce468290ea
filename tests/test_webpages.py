"""Web pages: the article without its surroundings, what the page says of itself, and pages built to break a parser."""

from __future__ import annotations

import codecs
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.sources.decoding import FormatError
from helpers.sources.files import read_file
from helpers.sources.webpages import decode_page, extract_page

BODY = """<p>The number of people referred went up from <b>6,817</b> to 6,922 in the year to March 2024,
new figures show. It was the second rise in a row, after three years of ever fewer referrals.</p>
<h2>Ages</h2><ul><li>About 40% were aged 11 to 15.</li><li>13% were girls.</li></ul>
<table><tr><th>Year</th><th>Referrals</th></tr><tr><td>2022/23</td><td>6,817</td></tr></table>
<p>"We saw 512 cases", said a council&#8217;s Prevent lead &amp; chair.</p>"""
PAGE = f"""<!DOCTYPE html><html><head><title>Referrals rise by 2% - Sample Gazette</title>{{head}}
<script>document.write("777 cases")</script><style>p {{{{ width: 99% }}}}</style></head>
<body><nav><a href=/>Home</a> <a href=/news>News 24</a></nav><h1>Referrals rise by 2%</h1><article>{BODY}</article>
<footer>© 2024 Sample Gazette. All rights reserved.</footer></body></html>"""
META = '<meta property="og:site_name" content="Sample Gazette"><link rel="canonical" href="https://example.org/a">'


@pytest.fixture
def described(tmp_path):
    """The document that a page with something in its head becomes."""

    def describe(head: str, page: str = PAGE):
        (tmp_path / "page.html").write_text(page.format(head=head), encoding="utf-8")
        return read_file(tmp_path / "page.html").document

    return describe


def test_the_article_is_kept_with_its_headline_and_without_scripts_or_menus():
    lines = extract_page(PAGE.format(head="").encode()).text.splitlines()
    assert lines[0] == "Referrals rise by 2%"
    assert "- 13% were girls." in lines
    assert "| 2022/23 | 6,817 |" in [line.strip() for line in lines]
    assert '"We saw 512 cases", said a council’s Prevent lead & chair.' in lines
    text = "\n".join(lines)
    assert not [words for words in ("777", "99%", "News 24", "All rights", "---") if words in text]


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-12-05T09:30:00Z">',
        '<meta name="govuk:first-published-at" content="2024-12-05T09:30:00+00:00">',
        '<meta itemprop="datePublished" content="5 December 2024">',
        '<meta name="DCTERMS.issued" content="2024-12-05">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-12-05"}</script>',
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2024-12-05", "publisher": 3}]}</script>',
    ],
)
def test_the_publication_date_is_read_from_the_head(described, head):
    assert described(head).published_date == date(2024, 12, 5)


def test_a_visible_date_counts_where_the_head_has_none(described):
    page = PAGE.replace("</h1>", "</h1><p>Published: 05/12/2024</p>")
    assert described("", page).published_date == date(2024, 12, 5)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:modified_time" content="2025-01-01">',
        '<meta property="article:published_time" content="yesterday">',
        '<script type="application/ld+json">{"datePublished": 2024}</script>',
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">{broken</script>',
    ],
)
def test_no_date_is_made_up(described, head):
    assert described(head).published_date is None


def test_title_publisher_and_address_are_read_from_the_head(described):
    document = described(META)
    assert (document.title, document.publisher, document.url) == (
        "Referrals rise by 2%", "Sample Gazette", "https://example.org/a",
    )  # fmt: skip
    assert described("").publisher == "Sample Gazette"  # what follows the headline in the title


def test_an_address_that_could_run_something_is_left_out(described):
    assert described('<link rel="canonical" href="javascript:alert(1)">').url is None


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", "utf-8"), ("", "utf-8-sig"), ("", "utf-16"), ("", "cp1252"), ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta charset="utf-8">', "cp1252"), ('<meta charset="iso-8859-15">', "iso-8859-15"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', "cp1250"),
        ('<meta charset="unicode_escape">', "cp1252"), ('<meta charset="zip">', "cp1252"),
    ],
)  # fmt: skip
def test_the_encoding_is_taken_from_mark_name_or_bytes(head, encoding):
    words = f"<html><head>{head}</head><body><p>The café had 512 visitors.</p></body></html>"
    assert "café had 512" in extract_page(words.encode(encoding)).text


def test_a_page_that_says_utf8_and_is_not_falls_back():
    assert decode_page(codecs.BOM_UTF8 + b"<p>caf\xe9 and caf\xe9").encoding == "windows-1252"


@pytest.mark.parametrize("words", ["<p>512 cases", "512 cases", "<h1>512 cases</h1>", "<table><tr><td>512 cases"])
def test_a_page_too_short_for_an_article_is_taken_whole(words):
    assert extract_page(words.encode()).text == "512 cases"


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 300 + BODY,
        "<div>" * 100_000 + BODY + "</div>" * 100_000,
        "<b><i>" * 50_000 + BODY,
        "<ul><li>" * 20_000 + BODY,
        "<div " + " ".join(f"a{number}=1" for number in range(20_000)) + ">" + BODY,
        BODY + "<span>a</span>" * 200_000,
        BODY + "<a " * 100_000,
        BODY + "<!--" * 100_000,
        BODY + "&lt;" * 100_000,
        "<!DOCTYPE html [<!ENTITY a '" + "x" * 1_000 + "'><!ENTITY b '" + "&a;" * 1_000 + "'>]>" + BODY + "&b;",
    ],
)  # fmt: skip
def test_pages_built_to_break_a_parser_are_read_word_by_word(markup):
    started = time.perf_counter()
    text = extract_page(markup.encode()).text
    assert "6,922 in the year to March 2024" in text
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize("markup", ["<html></html>", "<script>var cases = 512</script>", "<!-- 512 cases -->"])
def test_a_page_without_words_is_refused(markup):
    with pytest.raises(FormatError, match="a page without words"):
        extract_page(markup.encode())


TAGS = (
    "<p>",
    "</p>",
    "<table>",
    "<td>",
    "<h1>",
    "<title>",
    "<svg>",
    "<script>",
    "</script>",
    "<meta charset=",
    "<a href='",
)
WORDS = ("&#xD800;", "&#0;", "&#x1F64F;", "<", "]]>", " ", "512", "café", "\U0001f64f", "\x0b")


@settings(max_examples=60)
@given(st.lists(st.sampled_from(TAGS + WORDS), max_size=30))
def test_any_markup_is_read_or_refused(parts):
    try:
        extracted = extract_page("".join(parts).encode())
    except FormatError:
        return
    extracted.text.encode()
    assert extracted.text.strip()
