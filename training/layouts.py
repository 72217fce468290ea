"""Generated training pages: the same kinds of text put together in many layouts, always the same for one seed."""

from __future__ import annotations

from pathlib import Path
from random import Random

from pages import Page, parse_page


def read_phrases(path: Path) -> dict[str, list[str]]:
    """Return the phrases of a file by section: ``[name]``, then one phrase a line."""
    phrases: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = phrases.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("# "):
            section.append(line)
    return phrases


PHRASES = read_phrases(Path(__file__).parent / "phrases.txt")
LINE, BLANK, SPACE, GLUED = "-", "=", "_", "+"


class Layout:
    """Puts one page together, line by line, in the format of `pages`."""

    def __init__(self, rng: Random, joint: str) -> None:
        self.rng = rng
        self.joint = joint  # between blocks
        self.lines: list[str] = []
        self.site = ""
        self.unused = {name: rng.sample(items, len(items)) for name, items in PHRASES.items()}

    def pick(self, name: str) -> str:
        """Return a phrase not used on this page yet, as long as there is one."""
        if not self.unused[name]:
            self.unused[name] = self.rng.sample(PHRASES[name], len(PHRASES[name]))
        return self.unused[name].pop()

    def add(self, role: str, words: str, joint: str | None = None) -> None:
        """Add one segment."""
        self.lines.append(f"{joint or self.joint}{role} {words}")

    def headline(self) -> str:
        """Return a headline, with a colon now and then."""
        return self.pick("headlines").replace(" - ", self.rng.choice([": ", " - ", " – "]))

    def own_headline(self) -> str:
        """Return a headline for the page's own article, mostly made from a sentence of it."""
        bodies = [body for body in self.unused["body"] if len(body.split()) > 6 and body[0].isalpha()]
        if self.rng.random() < 0.3 or not bodies:
            return self.headline()
        body = self.rng.choice(bodies)
        self.unused["body"].remove(body)
        self.unused["body"].append(body)  # the next one to be picked
        return " ".join(body.split()[: self.rng.randint(4, 9)]).rstrip(".,?!")

    def article(self, paragraphs: int, inserts: float = 0.0, heads: float = 0.1) -> None:
        """Add paragraphs of one to three sentences, now and then a heading, a link or a list between them."""
        rng = self.rng
        for _ in range(paragraphs):
            if rng.random() < heads and self.joint != GLUED:
                self.add("S", self.pick("section_heads"))
            if rng.random() < inserts / 2:
                self.captioned()
            if rng.random() < inserts / 3:
                joint = SPACE if self.joint != GLUED and rng.random() < 0.5 else None
                for at in range(rng.choice([1, 2, 3])):
                    self.add("F", self.pick("appeals"), joint if at else None)
            if rng.random() < inserts:
                for _ in range(rng.choice([1, 1, 2])):
                    self.add("F", self.pick(rng.choice(["furniture_lines", "furniture_lines", "labels"])))
            if rng.random() < inserts / 4:
                self.links(rng.randint(2, 4), LINE if self.joint != GLUED else None)
            for at in range(rng.choice([1, 1, 1, 2, 3])):
                self.add("B", self.pick("body"), SPACE if at else None)
            if rng.random() < 0.08 and self.joint != GLUED:
                self.list(rng.randint(2, 5))
            if rng.random() < 0.03 and self.joint != GLUED:
                self.figures(rng.randint(3, 7))

    def list(self, length: int) -> None:
        """Add a list, with bullets, numbers or nothing before its items."""
        mark = self.rng.choice(["- ", "• ", "", "", "* ", "1", "– "])
        lead = self.rng.choice(["The main points were:", "It asks for:", "These were to:", "The review found that:"])
        self.add("B", lead)
        joint = self.rng.choice([LINE, BLANK]) if self.joint != GLUED else self.joint
        for at in range(length):
            number = f"{at + 1}. " if mark == "1" else mark
            self.add("L" if mark else "B", number + self.pick("list_items"), joint)

    def figures(self, length: int) -> None:
        """Add figures on lines of their own, or people present, under a heading or none."""
        name = self.rng.choice(["figures", "figures", "names"])
        if self.rng.random() < 0.6:
            self.add("S", "Present" if name == "names" else self.pick("section_heads"))
        for at in range(length):
            self.add("B", self.pick(name), LINE if at else None)

    def menu(self, length: int, joint: str | None = None) -> None:
        """Add navigation labels, now and then in one row."""
        if length > 2 and self.joint != GLUED and self.rng.random() < 0.35:
            parting = self.rng.choice([" ", " ", "  ", "   ", " | ", " · "])
            self.add("F", parting.join(self.pick("labels") for _ in range(min(length, 7))), joint)
            return
        for _ in range(length):
            self.add("F", self.pick("labels"), joint)

    def masthead(self, likely: float = 0.5) -> None:
        """Add the name of the site above its menu, as pages begin."""
        if self.rng.random() < likely:
            self.site = self.pick("site_names")
            self.add("F", self.site.upper() if self.rng.random() < 0.2 else self.site, LINE)

    def byline(self) -> None:
        """Add who wrote the article, on one line or two."""
        rng = self.rng
        name, office = self.pick("writers"), self.pick("writers_offices")
        lines = rng.choice(
            [[f"By {name}"], [f"By {name}", office], [name, office], [f"{name}, {office}"], [f"By {name}, {office}"]]
        )
        for words in lines:
            self.add("F", words, LINE)

    def sender(self) -> None:
        """Add whose page it is, below a label as official sites print it."""
        self.add("F", self.rng.choice(["From:", "From", "Author:", "By"]), LINE)
        self.add("F", self.pick("senders"), LINE)

    def captioned(self) -> None:
        """Add a picture: its credit and its caption, in the ways that sites print them."""
        rng, caption = self.rng, self.pick("captions")
        credit = rng.choice(["Image source, PA Media", "Getty Images", "PA Media", "Family handout", "Reuters"])
        style = rng.choice(["after", "image", "caption", "brackets", "alternative", "pic", "posed", "behind", "behind"])
        if style == "after":
            self.add("F", credit)
            self.add("F", caption, LINE if self.joint != GLUED else None)
        elif style == "caption":
            self.add("F", f"Image caption, {caption}")
        elif style == "behind":
            name, agency = self.pick("writers").upper(), self.pick("site_names").upper()
            self.add("F", f"{caption}.")
            self.add("F", rng.choice([f"{name}/{agency}", f"{name}/{agency}", credit, f"Credit: {agency}"]), SPACE)
        elif style == "image":
            self.add("F", f"Image: {caption}. Pic: PA")
        elif style == "brackets":
            self.add("F", f"{caption} (Image: {self.pick('site_names')})")
        elif style == "posed":
            self.add("F", f"{caption}.")
            self.add(
                "F", f"{rng.choice(['Posed by a model', 'Stock image'])} (Picture: {self.pick('site_names')})", SPACE
            )
        elif style == "pic":
            self.add("F", f"{caption}. Photograph: {self.pick('writers')}/PA")
        else:
            self.add("F", f"{credit} {self.pick('captions')}")
            self.add("F", caption, LINE if self.joint != GLUED else None)

    def links(self, length: int, joint: str | None = None, ranked: bool = False) -> None:
        """Add the headlines of other articles, perhaps ranked, perhaps under a label."""
        rng = self.rng
        first = BLANK if joint == LINE and self.joint == BLANK and rng.random() < 0.8 else joint
        if ranked or rng.random() < 0.6:
            self.add("F", self.pick("block_labels"), first)
        style = rng.choice(["{}{}", "{}. {}", "{} {}", "{}⏎{}"]) if self.joint != GLUED else "{}{}"
        for at in range(length):
            title = self.headline()
            if ranked and style == "{}⏎{}":
                self.add("F", str(at + 1), joint)
                self.add("F", title, joint or LINE)
            else:
                self.add("F", style.format(at + 1, title) if ranked else title, joint)
            if not ranked and rng.random() < 0.15:
                self.add("F", self.pick("standfirsts"), joint)
            if not ranked and rng.random() < 0.1:
                self.add("F", title.rstrip("?") + ".", joint)
                self.add("F", rng.choice(["Video", "Audio", "Gallery", "Live"]), SPACE)
            if rng.random() < 0.06:
                self.add("F", rng.choice(["4 March", "11 Feb", "2h", "19 hours ago", "UK", "Business"]), joint)

    def footer(self, length: int, joint: str | None = None) -> None:
        """Add what stands at the foot of a page."""
        for at in range(length):
            opens = not at and joint == LINE and self.joint == BLANK and self.rng.random() < 0.8
            words = self.pick(self.rng.choice(["labels", "labels", "furniture_lines", "appeals"]))
            self.add("F", words, BLANK if opens and self.lines else joint)

    def close(self) -> None:
        """Add what the site says of itself below everything, with its name again when it stood at the top."""
        for _ in range(self.rng.choice([0, 0, 1, 3])):
            self.add("F", self.pick("appeals"), self.rng.choice([LINE, SPACE]) if self.joint != GLUED else None)
        if self.site and self.rng.random() < 0.6:
            self.add(
                "F",
                self.rng.choice(["© 2024 {}", "© {}. All rights reserved.", "Copyright {} 2021"]).format(self.site),
                LINE,
            )


MASTHEAD = (
    "Published4 December 2024", "Published 12 May 2023", "Share", "Share page", "Copy link", "About sharing",
    "close panel",
    "By Tom Ellery", "Education reporter, Wales", "BBC News", "2 hours ago", "Comments", "Save", "Marian Kettle",
    "Home affairs correspondent", "Image source, Getty Images", "Watch: How the scheme works",
)  # fmt: skip
STATUSES = (
    "Accepted · due March 2026", "Implemented · June 2024", "Completed in 2023", "Implemented (May 2021)",
    "Accepted", "Accepted in principle", "Accepted in part", "Implemented", "Not yet implemented",
    "Partially implemented",
    "Rejected", "Complete", "Completed", "In progress", "Under consideration", "On track", "Overdue", "Not started",
    "Status: Accepted", "Closed",
)  # fmt: skip


def news(page: Layout) -> None:
    """Build a news page with menus, inserts, related headlines and a footer."""
    rng = page.rng
    page.masthead()
    page.menu(rng.choice([0, 0, 3, 8, 14]), LINE)
    page.add("H", page.own_headline())
    if rng.random() < 0.5:
        page.byline()
    page.footer(rng.choice([0, 1, 3]), LINE)
    for _ in range(rng.choice([0, 0, 0, 1])):
        page.captioned()
    page.article(rng.randint(5, 18), inserts=0.12)
    for _ in range(rng.choice([0, 1, 2])):
        page.links(rng.randint(3, 8), rng.choice([None, LINE]), ranked=rng.random() < 0.4)
    page.footer(rng.choice([0, 2, 6, 10]), LINE)
    page.close()


def glued(page: Layout) -> None:
    """Build a page that lost its line breaks."""
    page.joint = GLUED
    page.add("H", page.own_headline())
    if page.rng.random() < 0.6:
        for words in page.rng.sample(MASTHEAD, page.rng.randint(1, 5)):
            page.add("F", words)
    page.article(page.rng.randint(3, 12), inserts=0.03, heads=0)
    if page.rng.random() < 0.4:  # other headlines between two parts of the article
        page.links(page.rng.randint(2, 4))
        page.article(page.rng.randint(2, 6), heads=0)
    page.links(page.rng.randint(2, 14))
    if page.rng.random() < 0.7:
        page.links(page.rng.randint(5, 10), ranked=True)
    page.footer(page.rng.choice([0, 1, 2]))


def article(page: Layout) -> None:
    """Build an article without any furniture."""
    if page.rng.random() < 0.7:
        page.add("H", page.own_headline())
    page.article(page.rng.randint(4, 25))


def statement(page: Layout) -> None:
    """Build a statement in paragraphs, with a date line and lists without marks."""
    if page.rng.random() < 0.5:
        page.add("F", "date 20" + page.rng.choice(["18-03-04", "21-10-11", "24-07-30"]))
        page.add("B", page.pick("body"), SPACE)
    page.joint = BLANK
    for _ in range(3):
        page.article(page.rng.randint(2, 8), heads=0)
        page.add("B", page.rng.choice(["The reviewer found that:", "These were to:", "Its aims are to:"]))
        for _ in range(page.rng.randint(3, 6)):
            page.add("B", page.pick("list_items"))
    page.article(3, heads=0)


def digest(page: Layout) -> None:
    """Build a digest of a debate: title, chamber, headings, bullets, speakers."""
    page.joint = LINE
    page.masthead(0.2)
    page.menu(page.rng.choice([0, 0, 5]))
    page.add("H", page.own_headline())
    page.add("S", page.rng.choice(["Lords Chamber", "Westminster Hall", "Commons Chamber", "General Committee"]))
    page.article(2, heads=0)
    page.add("S", "Summary")
    for _ in range(page.rng.randint(3, 8)):
        page.add("L", "- " + page.pick("body"))
    page.add("S", page.rng.choice(["Outcome", "Divisiveness", "Key contributions"]))
    for name in page.rng.sample(["Ann Roe (Labour)", "Mr Joe Bell (Conservative)", "Lord Fell (Crossbench)"], 2):
        page.add("L", f"-⏎{name}: {page.pick('body')}")
        page.add("L", "- Example: " + page.pick("body"))


def tracker(page: Layout) -> None:
    """Build the record of a review with status labels and recommendations."""
    rng = page.rng
    page.masthead(0.2)
    page.menu(rng.choice([0, 0, 0, 4]), LINE)
    page.add("F", rng.choice(["← All inquiries", "All reviews", "Home > Reviews"]), LINE)
    page.add("F", rng.choice(["Public inquiry", "Serious case review", "Learning review"]), LINE)
    page.add("H", page.own_headline(), BLANK)
    if rng.random() < 0.7:
        page.add("F", rng.choice(["Completed", "Ongoing", "In progress", "Closed", "Published"]), BLANK)
    page.add("B", f"Published {rng.randint(1, 28)} June 2022 · Commissioned by Ministry of Justice", LINE)
    page.article(2, heads=0)
    has_statuses, is_above = rng.random() < 0.6, rng.random() < 0.3
    page.add("S", "Recommendations", BLANK)
    for number in range(1, rng.randint(3, 7)):
        page.add(
            "S", f"{rng.choice(['Recommendation', 'Recommendation', 'Action'])} {number}", rng.choice([LINE, BLANK])
        )
        if has_statuses and is_above:
            page.add("F", rng.choice(STATUSES), LINE)
        page.add(
            "B",
            rng.choice(
                [
                    "Home Office",
                    "Local authorities",
                    "Department for Education and Ofsted",
                    "Police",
                    "Schools",
                    "NHS England",
                    "All agencies",
                    "Health services",
                ]
            ),
            LINE,
        )
        page.add("B", f"{rng.choice(['Training', 'Record keeping', 'Case review'])} – {page.pick('body')}", LINE)
        page.add("B", page.pick("body"), SPACE)
        if has_statuses and not is_above:
            page.add("F", rng.choice(STATUSES), LINE)
    if has_statuses and rng.random() < 0.6:
        page.add("F", f"Showing {number} of {number} {rng.choice(['recommendations', 'actions', 'results'])}", BLANK)
    page.footer(rng.choice([0, 1, 3]), LINE)


def bulletin(page: Layout) -> None:
    """Build a statistical page with contents, tables flattened to lines and a footer."""
    rng = page.rng
    page.menu(rng.choice([0, 4, 9]), LINE)
    page.add("H", page.own_headline(), BLANK)
    heads = rng.sample(PHRASES["section_heads"], 4)
    if rng.random() < 0.6:
        page.add("F", page.pick("contents_labels"), BLANK)
        for number, head in enumerate(heads, 1):
            page.add("F", f"{number}. {head}" if rng.random() < 0.5 else head, LINE)
    for number, head in enumerate(heads, 1):
        page.add("S", rng.choice([head, f"{number}. {head}"]), BLANK)
        page.article(rng.randint(1, 4), heads=0)
        if rng.random() < 0.6:
            page.add("S", f"Table {number}: {page.pick('section_heads')}", BLANK)
            for _ in range(rng.randint(3, 8)):
                page.add("B", page.pick("table_rows"), LINE)
    page.footer(rng.choice([0, 3, 8]), LINE)


def transcript(page: Layout) -> None:
    """Build a transcript with the speaker's name on its own line or before a colon."""
    own_line = page.rng.random() < 0.5
    page.add("H", page.own_headline())
    if page.rng.random() < 0.4:
        page.footer(2, LINE)
    speakers = [page.pick("names") for _ in range(page.rng.randint(2, 4))]
    for _ in range(page.rng.randint(4, 10)):
        name = (
            page.rng.choice(speakers)
            if page.rng.random() < 0.7
            else page.rng.choice(
                ["The Minister", "Dame Ann Roe (Lab)", "Lord Fell", "Q", "A", "Baroness Hay (CB)", "Chair"]
            )
        )
        if own_line:
            page.add("S", name)
            page.add("B", page.pick("body"))
        else:
            page.add("B", f"{name}: {page.pick('body')}")
        for _ in range(page.rng.randint(0, 3)):
            page.add("B", page.pick("body"), SPACE)
        if page.rng.random() < 0.3:
            page.add("B", page.rng.choice(["Quite.", "Thank you.", "And you?", "No.", "Order.", "Go on."]), SPACE)
    page.footer(page.rng.choice([0, 0, 3]), LINE)


def minutes(page: Layout) -> None:
    """Build wrapped minutes with numbered headings and running page numbers."""
    page.lines.append(f"# wrap {page.rng.choice([60, 66, 72, 80])}")
    page.joint = BLANK
    page.add("H", page.own_headline().upper() if page.rng.random() < 0.5 else page.own_headline())
    if page.rng.random() < 0.5:
        page.add("B", "Minutes of the meeting held on 4 February 2021")
        page.figures(page.rng.randint(2, 5))
    for number in range(1, page.rng.randint(4, 7)):
        page.add("S", f"{number}. {page.pick('section_heads')}")
        page.add("B", page.pick("body"))
        for _ in range(page.rng.randint(1, 4)):
            page.add("B", page.pick("body"), SPACE)
        if page.rng.random() < 0.3:
            page.add("F", page.rng.choice([f"Page {number} of 9", f"Page {number}", str(number), f"- {number} -"]))


def letter(page: Layout) -> None:
    """Build a letter or newsletter: a salutation, paragraphs, appeals, a close and its sender."""
    rng = page.rng
    page.joint = BLANK
    if rng.random() < 0.6:
        page.add(
            "F",
            rng.choice(["View this email in your browser", "View online", "Trouble reading this? See the web page"]),
        )
    if rng.random() < 0.7:
        page.add("H", page.own_headline())
    if rng.random() < 0.4:
        for _ in range(rng.randint(2, 4)):
            page.add("B", page.pick("addresses"), LINE)
    page.add("B", rng.choice(["Dear colleague,", "Dear supporter,", "Dear Chair", "Hello,", "Dear Sir or Madam,"]))
    for _ in range(rng.randint(2, 4)):
        page.article(rng.randint(1, 4), heads=0.3)
        if rng.random() < 0.4:
            page.add("F", rng.choice(["Give today", "GIVE NOW", "BOOK YOUR PLACE", "Find out more", "Register here >"]))
    page.add(
        "B", rng.choice(["With best wishes,", "Yours sincerely", "Yours faithfully,", "Thank you for all you do,"])
    )
    page.add(
        "B",
        rng.choice(["The policy team", "Head of research", "Director of services", "The trustees", page.pick("names")]),
    )
    if rng.random() < 0.5:
        page.add("B", rng.choice(["Chief executive", "Head of service", "For the board"]), LINE)
    page.footer(rng.choice([0, 2, 5]), LINE)


def feed(page: Layout) -> None:
    """Build a list of items, each a heading with a sentence or two, as in a digest of feeds or a press review."""
    rng = page.rng
    page.add(
        "H", rng.choice(["This week in policing", "Policy round-up", "Daily press review", "Weekly digest", "In brief"])
    )
    if rng.random() < 0.5:
        page.add("F", rng.choice(["Issue 41", "No. 7 | View online", "Edition 203 · Subscribe"]), LINE)
    more = rng.choice(["Read more", "Continue reading →", "Full story", "More >", ""])
    for _ in range(rng.randint(3, 9)):
        page.add("S", page.headline(), BLANK)
        for at in range(rng.choice([1, 1, 2, 3])):
            page.add("B", page.pick("body"), SPACE if at else LINE)
        if more:
            page.add("F", more, LINE)
    page.footer(rng.choice([0, 3, 5]), LINE)


def portal(page: Layout) -> None:
    """Build a public page: cookie notice, breadcrumbs, title, contents, sections, feedback and footer links."""
    rng = page.rng
    page.masthead(0.3)
    page.footer(rng.choice([2, 5, 8]), LINE)
    page.menu(rng.choice([2, 6]), LINE)
    if rng.random() < 0.6:
        for crumb in rng.sample(
            ["Crime and justice", "Schools and colleges", "Public safety", "Children and families"], 2
        ):
            page.add("F", crumb, LINE)
    if rng.random() < 0.5:
        page.add(
            "F", rng.choice(["Guidance", "Policy paper", "National statistics", "Press release", "Research"]), BLANK
        )
    page.add("H", page.own_headline(), rng.choice([LINE, BLANK]))
    if rng.random() < 0.4:
        page.sender()
    if rng.random() < 0.7:
        page.add("B", rng.choice(["Published 4 June 2019", "Published 12 November 2020", "Updated 7 July 2023"]), LINE)
    if rng.random() < 0.4:
        page.add(
            "F",
            rng.choice(["Applies to England", "Applies to England, Scotland and Wales", "Get emails about this page"]),
        )
    heads = rng.sample(PHRASES["section_heads"], 4)
    if rng.random() < 0.7:
        page.add("F", page.pick("contents_labels"), BLANK)
        for number, head in enumerate(heads, 1):
            page.add("F", f"{number}. {head}" if rng.random() < 0.5 else head, LINE)
    for head in heads:
        page.add("S", head, BLANK)
        page.article(rng.randint(1, 4), heads=0)
    if rng.random() < 0.4:
        page.add("S", rng.choice(["Contact", "Contacts", "Further information", "Related", "Notes", "Help"]), BLANK)
        page.add(
            "B",
            rng.choice(
                ["Write to the statistics team at the address below.", "Questions should go to the press office."]
            ),
        )
    page.footer(rng.choice([2, 6, 10]), LINE)
    page.close()


def snippet(page: Layout) -> None:
    """Build a short text without furniture: a sentence or a few lines, as pasted to have its figures read."""
    rng = page.rng
    if rng.random() < 0.5:
        page.add("B", page.pick("body"))
    for _ in range(rng.choice([0, 1, 1, 2, 4])):
        mark = rng.choice(["", "", "- ", "1. ", "• "])
        page.add("L" if mark else "B", mark + page.pick(rng.choice(["list_items", "figures", "body", "table_rows"])))
    if not page.lines:
        page.add("B", page.pick(rng.choice(["figures", "body", "headlines"])))


LAYOUTS = (
    snippet, snippet,
    letter, feed, portal, portal, feed, news, news, news, glued, glued, article, article, article, statement, digest,
    tracker, tracker, bulletin, bulletin, transcript, transcript, minutes, minutes,
)  # fmt: skip


def generate_pages(count: int, seed: int = 20211015) -> list[Page]:
    """Return `count` labelled pages, the layouts in turn; the same for the same seed."""
    pages = []
    for number in range(count):
        rng = Random(seed + number)  # noqa: S311 - texts for training, no secret
        page = Layout(rng, rng.choice([LINE, BLANK]))
        layout = LAYOUTS[number % len(LAYOUTS)]
        layout(page)
        made = parse_page("\n".join(page.lines), f"{layout.__name__}_{number:03}")
        made.is_generated = True
        pages.append(made)
    return pages
