"""Web pages: the article by trafilatura, every visible word where it finds none, and what the page says of itself."""

from __future__ import annotations

import json
import re
from typing import Any

from helpers.sources.decoding import Extracted, FormatError, decode_text, without_surrogates

MAX_DEPTH = 200  # the tree parser gives up at 256 nested elements
MAX_TAGS = 30_000  # about 5 s of layout reading
MAX_ATTRIBUTES = 1_000  # of one element; the tree parser compares each with all before it
LEAST_SHARE = 0.1  # of a page's words; when layout reading keeps less, it has missed the article
PAGE_ENCODING = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_-]{3,20})""", re.I
)
PAGE_ENCODINGS = re.compile(r"iso-?8859-(?!1$)\d{1,2}|windows-125[013-8]|cp125[013-8]", re.I)
UNSEEN = frozenset({"script", "style", "noscript", "template", "svg", "title"})
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label"}
    | {"mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "tt", "u", "var", "wbr"}
)
TABLE_RULE = re.compile(r"(?m)^\|(?:-{3}\|)+[ ]?\n?")
META_HINTS = {
    "title": ("og:title", "dc.title", "dcterms.title", "citation_title"),
    "publisher": ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher"),
    "published_date": (
        "article:published_time", "govuk:first-published-at", "datepublished", "dcterms.issued", "dc.date.issued",
        "citation_publication_date", "parsely-pub-date", "og:published_time", "publish-date", "pubdate", "date",
    ),
    "url": ("og:url",),
    "licence": ("dcterms.license", "dc.rights", "dcterms.rights"),
}  # fmt: skip


class _Page:
    """Parser target that collects the words and the self-description of a web page; depth costs it nothing."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.headline: list[str] = []
        self.title: list[str] = []
        self.scripts: list[str] = []
        self.meta: dict[str, str] = {}
        self.open: list[str] = []
        self.n_tags = self.deepest = self.most_attributes = self.n_unseen = 0
        self.collect: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note what an element says about the page, and a line break before a block."""
        self.n_tags += 1
        self.open.append(tag)
        self.deepest = max(self.deepest, len(self.open))
        self.most_attributes = max(self.most_attributes, len(attributes))
        self.n_unseen += tag in UNSEEN
        if tag not in INLINE:
            self.words.append("\n")
        if tag == "h1" and not "".join(self.headline).strip():
            self.collect = self.headline
        elif tag == "title" and not self.title:
            self.collect = self.title
        elif tag == "script" and attributes.get("type", "").lower() == "application/ld+json":
            self.collect = self.scripts
        name, value = _statement(tag, attributes)
        if name and value:
            self.meta.setdefault(name.lower(), value)

    def end(self, tag: str) -> None:
        """Close an element."""
        if self.open:
            self.open.pop()
        self.n_unseen -= tag in UNSEEN and self.n_unseen > 0
        if tag not in INLINE:
            self.words.append("\n")
        if tag in ("h1", "title", "script"):
            self.collect = None

    def data(self, data: str) -> None:
        """Keep words, those of scripts and styles apart."""
        if self.collect is not None:
            self.collect.append(data)
        if not self.n_unseen:
            self.words.append(data)

    def close(self) -> _Page:
        """Return the page itself."""
        return self

    def visible(self) -> str:
        """Return every visible word, one line a block."""
        lines = (" ".join(line.split()) for line in "".join(self.words).split("\n"))
        return "\n".join(line for line in lines if line)


def _statement(tag: str, attributes: dict[str, str]) -> tuple[str, str]:
    """Return name and value of what an element states about the page, if it does."""
    get = attributes.get
    if tag == "meta":
        return get("property") or get("name") or get("itemprop") or "", get("content", "")
    if tag == "link" and get("rel", "").lower() in ("canonical", "license"):
        return {"canonical": "og:url", "license": "dcterms.license"}[get("rel", "").lower()], get("href", "")
    if tag == "time" and (get("itemprop", "").lower() == "datepublished" or "pubdate" in attributes):
        return "datepublished", get("datetime", "")
    return "", ""


def decode_page(content: bytes) -> Extracted:
    """Return the markup of a web page: byte-order mark first, then the encoding it names, then as plain text."""
    decoded = decode_text(content)
    named = PAGE_ENCODING.search(content[:4096])
    name = named[1].decode("ascii").lower() if named else ""
    if decoded.encoding == "windows-1252" and PAGE_ENCODINGS.fullmatch(name):
        try:
            return Extracted(content.decode(name), name, fault=decoded.fault)
        except (UnicodeDecodeError, LookupError):
            return decoded
    return decoded


def extract_page(content: bytes) -> Extracted:
    """Return the article of a web page, its headline in front; every visible word where no article is found.

    No script is run and nothing is fetched. A page built to exhaust a parser (depth, number of elements or
    attributes) is read word by word instead of by layout.

    Raises
    ------
    FormatError
        When the page holds no words.
    """
    from lxml import etree

    decoded = decode_page(content)
    markup = without_surrogates(decoded.text)
    parser = etree.HTMLParser(target=_Page(), encoding="utf-8")
    parser.feed(markup.encode())
    page: _Page = parser.close()
    visible = page.visible()
    if not visible:
        raise FormatError("a page without words", "a web page with text in it", "Save the page again as it shows.")
    fault = decoded.fault
    if page.deepest > MAX_DEPTH or page.n_tags > MAX_TAGS or page.most_attributes > MAX_ATTRIBUTES:
        text, fault = visible, "a page too deep or large to read by its layout; every word of it was taken"
    else:
        text = _article(markup)
        text = text if len(text) >= LEAST_SHARE * len(visible) else visible
    headline = " ".join("".join(page.headline).split())
    if headline and headline not in " ".join(text[: 3 * len(headline) + 1_000].split()):
        text = f"{headline}\n{text}"
    return Extracted(text, decoded.encoding, _page_hints(page, headline), visible, fault)


def _article(markup: str) -> str:
    """Return what trafilatura takes for the article, or nothing."""
    import trafilatura

    try:
        article = trafilatura.extract(markup, include_comments=False, favor_recall=True)
    except (RecursionError, ValueError, AttributeError, TypeError):  # hostile markup; the visible words remain
        article = None
    return TABLE_RULE.sub("", without_surrogates(article or ""))


def _page_hints(page: _Page, headline: str) -> dict[str, str]:
    """Return what the page states about itself in its head: meta elements first, then JSON-LD, then the headline."""
    stated = page.meta | {key: value for key, value in _linked_data(page.scripts).items() if key not in page.meta}
    hints = {}
    for key, names in META_HINTS.items():
        value = next((stated[name] for name in names if name in stated), "")
        if value := " ".join(without_surrogates(value).split())[:500]:
            hints[key] = value
    title = " ".join("".join(page.title).split())[:500]
    if (
        headline
        and title.startswith(headline)
        and (site := re.fullmatch(r"\s[|–—-]\s(.{2,60})", title[len(headline) :]))
    ):
        hints.setdefault("publisher", site[1])
    hints.setdefault("title", headline or title)
    site_name = re.escape(hints.get("publisher", ""))
    hints["title"] = re.sub(rf"\s[|–—-]\s{site_name}$", "", hints["title"]) if site_name else hints["title"]
    if not hints.get("url", "").startswith(("http://", "https://")):
        hints.pop("url", None)
    return hints


def _linked_data(scripts: list[str]) -> dict[str, str]:
    """Return headline, publisher and publication date of the first article in JSON-LD."""
    try:
        found = json.loads("".join(scripts)) if scripts else {}
    except (ValueError, RecursionError):
        return {}
    parts = found if isinstance(found, list) else found.get("@graph", [found]) if isinstance(found, dict) else []
    for part in parts if isinstance(parts, list) else []:
        if isinstance(part, dict) and isinstance(part.get("datePublished"), str):
            publisher: Any = part.get("publisher")
            name = publisher.get("name") if isinstance(publisher, dict) else publisher
            said = {"datepublished": part["datePublished"], "dc.title": part.get("headline"), "dc.publisher": name}
            return {key: value for key, value in said.items() if isinstance(value, str)}
    return {}
