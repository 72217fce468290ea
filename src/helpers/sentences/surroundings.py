"""What stands around each segment of a page: the second half of what tells page furniture from article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import accumulate, islice

from helpers.sentences.segments import Segment
from helpers.sentences.shapes import SHORT, Shape
from helpers.sentences.signs import Signs, read_signs

PADDING = 6  # places that the look around a segment may reach beyond the page
GRID_ROWS, GRID_WORDS = 3, 8  # rows that make a table, words that make a row of one
NAME_CAPITALS, CAPTION = 0.6, 4  # share of capitals in a name behind its first word; words of a caption, at least
SITE_NAME = 5  # words of the name of a site
TITLE = 4  # words of the headline below it, at least
MENU_PARTS = 2 / 3  # of the separators that count, in the row of links below it
RIGHTS = frozenset(["©", "copyright", "(c)"])  # words that begin the line that names who owns the page
SIGNATURE = 4  # words of who signs a letter
TOP = 4  # segments at the top among which the name of the site is looked for
SENDERS = frozenset(["from", "author", "authors", "written by", "reporting by", "posted by"])
STEM = 5  # letters by which words are compared, so that "counting" meets "counted"
TOPIC_SENTENCES = 60  # sentences of prose whose words stand for the topic of a page
NO_HEADLINE = ("separators", "dated", "byline", "item")
TELLING = 3  # telling words of a headline, at least
HEADLINE_SEARCHED = 80  # segments from the top among which the headline is looked for
PUNCTUATION = "'\"“”‘’.,:;?!()"


def describe_segments(text: str, segments: list[Segment]) -> list[tuple[str, dict[str, float]]]:
    """Return the kind of each segment and its features (see `helpers.sentences.shapes.FEATURES`) without zeros."""
    signs = read_signs()
    return Surroundings([Shape(text, segment, signs) for segment in segments], signs).describe()


class Surroundings:
    """The segments of one page, counted up so that what is near any of them is known in constant time."""

    def __init__(self, shapes: list[Shape], signs: Signs) -> None:
        self.shapes, self.signs = shapes, signs
        self.grid = self._find_grids()
        for at, shape in enumerate(shapes):
            shape.strong = shape.strong or (shape.bars > 1 and at not in self.grid and shape.is_row)
        self.rights = " ".join(" ".join(shape.words) for shape in shapes if RIGHTS.intersection(shape.words[:8]))
        self.bare = count_up(shape.bare for shape in shapes)
        self.prose = count_up(shape.prose for shape in shapes)
        self.strong = count_up(shape.strong or shape.ranked for shape in shapes)
        self.lower = count_up(shape.lower and shape.bare for shape in shapes)
        self.runs = self._bare_runs()
        self.times = Counter(shape.key for shape in shapes)
        self.stems: Counter[str] = Counter()
        for shape in islice((shape for shape in shapes if shape.prose), TOPIC_SENTENCES):
            self.stems.update({word[:STEM] for word in shape.words})
        plain = (at for at, shape in enumerate(shapes) if not (shape.strong or "separators" in shape.values))
        self.first_plain = next(plain, -1)
        self.masthead = self.first_plain if self._heads_menu(self.first_plain) else -1
        self.headline = self._find_headline(self.masthead)
        if self.headline <= self.masthead or self.shapes[self.headline].count < TITLE:
            self.masthead, self.headline = -1, self._find_headline(-1)
        pairs = (at for at in range(len(shapes) - 1, 0, -1) if shapes[at].prose and shapes[at - 1].prose)
        self.tail = next(pairs, len(shapes))  # the last place where prose follows prose
        self.foot = " ".join(" ".join(shape.words) for shape in shapes[self.tail + 1 :] if not shape.prose)
        self.blocks = self._find_blocks()

    def describe(self) -> list[tuple[str, dict[str, float]]]:
        """Return kind and features of each segment, walking down the page once."""
        in_links = under_colon = in_table = block_links = False
        calm = 0  # sentences of prose in a row
        listed: set[str] = set()  # what the links name: a heading of the same words ends a table of contents
        described = []
        for at, shape in enumerate(self.shapes):
            calm = calm + 1 if shape.prose else 0
            is_target = shape.bare and shape.key in listed
            if in_links and not is_target:
                listed.add(shape.key)
            in_links = (in_links and calm < 2 and not is_target) or shape.opens_links or shape.ranked
            if not shape.bare:
                under_colon = shape.colon
            in_table = shape.bare and (in_table or shape.heads_table) and not shape.strong
            block_links = (block_links and not shape.after_gap) or shape.opens_links
            found = self._place(at, in_links) | self._in_block(at, block_links)
            if shape.bare:
                found |= self._beside(at, in_links) | {"under_colon": under_colon, "in_table": in_table}
            shape.values.update({name: value for name, value in found.items() if value})
            described.append((shape.kind, shape.values))
        return described

    def _place(self, at: int, in_links: bool) -> dict[str, float]:
        """Return where on the page a segment stands, among prose, links and labels."""
        shape, prose, strong, count = self.shapes[at], self.prose, self.strong, len(self.shapes)
        here, after = at + PADDING, at + PADDING + 1
        later = prose[-1] - prose[after]
        near = (self.bare[here + 4] - self.bare[here - 3] - shape.bare) / 6
        found: dict[str, float] = {"prose_share_after": later / (count - at), "prose_after": min(later, 4) / 4}
        if near:
            found |= {"bare_near": near, "prose_bare_near": near * shape.prose}
        if not later and prose[here]:
            found |= {"after_prose": 1, "bare_after_prose": shape.bare}
        if not prose[here]:
            found["before_prose"] = 1
        found["prose_next"] = (prose[here + 6] - prose[after]) / 5
        found["prose_last"] = (prose[here] - prose[here - 5]) / 5
        if strong[here + 3] > strong[here - 2]:
            found["strong_before"] = (strong[here] - strong[here - 2]) / 2
            found["strong_after"] = (strong[here + 3] - strong[after]) / 2
        if not at:
            found["first"] = 1
        if at >= 0.9 * count:
            found["last_tenth"] = 1
        if at > self.tail:
            found |= {"in_tail": 1, "in_tail_glued": shape.values.get("glued", 0), "in_tail_links": in_links}
        if in_links:
            found["in_links"] = 1
            if shape.prose:
                found |= {"prose_in_links": 1, "topic": self._topic_share(shape, 1)}
        return found

    def _in_block(self, at: int, block_links: bool) -> dict[str, float]:
        """Return what a segment is in its block between empty lines, and to the line above it."""
        shape, values = self.shapes[at], self.shapes[at].values
        strong, prose = self.blocks[at]
        found: dict[str, float] = {"kept": at in self.grid, "gap": shape.after_gap, "block_prose": prose}
        found |= {} if prose else {"block_links": block_links and shape.bare, "block_strong": strong}
        if "alone" not in values and at + 1 < len(self.shapes):
            below = self.shapes[at + 1]
            behind = below.is_credit and below.bare and not (below.opens_line or "glued" in below.values)
            found["captioned"] = behind and ("opening" not in below.values or (shape.opens_line and below.closes_line))
        if at and shape.count <= SHORT:
            above = self.shapes[at - 1]
            is_label = "alone" in above.values
            found |= {
                "opened": above.opens_links and is_label and not shape.after_gap,
                "sender": above.key in SENDERS and is_label,
            }
        if at < TOP and 1 < shape.count <= SITE_NAME:
            found["foot"] = shape.key in self.foot
        return found

    def _beside(self, at: int, in_links: bool) -> dict[str, float]:
        """Return what a bare segment is to its neighbours: heading, headline, repetition, part of a run."""
        shapes, shape, values, prose = self.shapes, self.shapes[at], self.shapes[at].values, self.prose
        here = at + PADDING
        following = shapes[at + 1] if at + 1 < len(shapes) else None
        heads_prose = following is not None and following.prose
        heads_stop = following is not None and "stop" in following.values
        heads_item = following is not None and "item" in following.values and "item" not in values
        is_repeated = bool(shape.key) and self.times[shape.key] > 1
        is_headline = at == self.headline
        topic = self._topic_share(shape, 0)
        return {
            "bare_run": self.runs[at],
            "bare_run_glued": self.runs[at] * values.get("glued", 0),
            "bare_in_links": in_links,
            "lower_near": (self.lower[here + 4] - self.lower[here - 3]) / 7,
            "heads_prose": heads_prose,
            "heads_between": heads_prose and prose[here] > prose[here - 3],
            "heads_long": heads_prose and following is not None and following.count >= 12,
            "heads_stop": heads_stop,
            "heads_item": heads_item,
            "heads_item_links": heads_item and in_links,
            "label_heads_prose": heads_prose and shape.strong,
            "before_number": following is not None and "figure" in following.values,
            "signs_letter": any("letter" in other.values for other in shapes[max(0, at - 3) : at]),
            "strong_near_bare": (self.strong[here + 3] - self.strong[here - 2] - shape.strong) / 4,
            "repeated": is_repeated and shape.count >= 4,
            "repeats_in_links": is_repeated and in_links,
            "repeats_heads_prose": is_repeated and heads_prose,
            "repeats_heads_stop": is_repeated and heads_stop,
            "headline": is_headline,
            "masthead": at == self.masthead,
            "credited": bool(at) and shapes[at - 1].is_credit and shape.count >= CAPTION and "question" not in values,
            "named_below": bool(shape.key) and shape.count <= SITE_NAME and shape.key in self.rights,
            "topic": topic,
            "running": is_repeated and any(other.is_page_number for other in shapes[max(0, at - 1) : at + 2]),
            "topic_headline": topic * is_headline,
            "first_bare": not at and shape.count >= 3 and not shape.strong,
            "kept": at in self.grid
            or self._is_kept(at, topic, in_links)
            or ("section_name" in values and heads_stop and not in_links),
        }

    def _is_kept(self, at: int, topic: float, in_links: bool) -> bool:
        """Tell whether a bare segment is the document's own headline, or dates the document."""
        shape = self.shapes[at]
        if self._heads_item(at):
            return True
        if at == self.headline and (topic >= 0.2 or shape.count >= 5):
            return True
        below = self.shapes[at + 1].values if at + 1 < len(self.shapes) else {}
        if not self.prose[at + PADDING + 1] and shape.count > TITLE and not shape.strong and "dated" in below:
            return True
        is_title = at == self.first_plain and (shape.count >= 3 or (topic >= 0.5 and not at))
        if is_title and at != self.masthead:
            return True
        if at and "letter" in self.shapes[at - 1].values and shape.count <= SIGNATURE and not shape.strong:
            return True
        if (in_links and self.prose[at + PADDING]) or self.prose[-1] == self.prose[at + PADDING + 1]:
            return False  # dates a link, or the page below its text
        return shape.values.keys() >= {"dated", "alone"} and "sure" not in shape.values

    def _heads_menu(self, at: int) -> bool:
        """Tell whether the first plain segment may name a site: a short name with a menu below it."""
        if not 0 <= at < len(self.shapes) - 1:
            return False
        shape, menu = self.shapes[at], self.shapes[at + 1]
        is_name = shape.count == 1 or shape.values.get("capital_share", 0) >= NAME_CAPITALS
        is_menu = menu.strong or menu.values.get("separators", 0) >= MENU_PARTS
        return is_name and ":" not in shape.key and shape.count <= SITE_NAME and is_menu and "stop" not in menu.values

    def _heads_item(self, at: int) -> bool:
        """Tell whether a segment is "Recommendation 2" above its words, or the body that it is addressed to."""
        shapes = self.shapes
        above = next((shapes[one] for one in range(at - 1, max(-1, at - 4), -1) if not shapes[one].strong), None)
        below = next((shapes[one] for one in range(at + 1, min(len(shapes), at + 4)) if not shapes[one].strong), None)
        if below is None or below.is_section:
            return False
        is_followed = any("stop" in shape.values for shape in shapes[at + 1 : at + 4])
        return is_followed and (
            shapes[at].is_section or (above is not None and above.is_section and "stop" in below.values)
        )

    def _topic_share(self, shape: Shape, own: int) -> float:
        """Return which share of the telling words of a segment more than `own` sentences of the page's prose use."""
        shared, telling = self._topic_words(shape, own)
        return shared / telling if telling else 0.0

    def _topic_words(self, shape: Shape, own: int) -> tuple[int, int]:
        """Return how many of the telling words of a segment the page's prose uses, and how many they are."""
        plain = [word.strip(PUNCTUATION) for word in shape.words]
        telling = [word for word in plain if len(word) > 3 and word not in self.signs.function_words]
        return sum(self.stems[word[:STEM]] > own for word in telling), len(telling)

    def _find_headline(self, masthead: int) -> int:
        """Return which segment above the prose is most likely the document's headline: long, and on its topic."""
        best, most, rivals = -1, 0.0, 0
        for at, shape in enumerate(self.shapes[:HEADLINE_SEARCHED]):
            if shape.prose:
                break
            if (
                shape.bare
                and at != masthead
                and not shape.strong
                and shape.count >= 2
                and shape.values.keys().isdisjoint(NO_HEADLINE)
                and shape.values.get("label_words", 0) <= 0.5
            ):
                shared, telling = self._topic_words(shape, 0)
                topic = shared / max(telling, TELLING)
                is_dated = any({"dated", "byline"} & other.values.keys() for other in self.shapes[at + 1 : at + 3])
                likely = min(shape.count, 8) / 5 + 2 * topic + 0.5 * (not at) + 0.5 * is_dated - 0.5 * rivals
                likely -= 0.5 * ("question" in shape.values)
                rivals += shape.count >= 5 and shared > 0
                if likely > most:
                    best, most = at, likely
        return best

    def _find_grids(self) -> set[int]:
        """Return the rows of tables in columns: three or more alike with figures or many words, or two with figures."""
        rows, begin = set[int](), 0
        for at in range(len(self.shapes) + 1):
            if at < len(self.shapes) and at > begin and self.shapes[at].bars == self.shapes[begin].bars:
                continue
            run = self.shapes[begin:at]
            figures = [sum(word[0].isdigit() for word in shape.words) for shape in run]
            telling = sum(shape.count >= GRID_WORDS or held > 0 for shape, held in zip(run, figures, strict=True))
            least = 2 if run and figures[-1] >= run[0].bars > 1 else GRID_ROWS
            if len(run) >= least and run[0].bars and 2 * telling >= len(run):
                rows.update(range(begin, at))
            begin = at
        return rows

    def _find_blocks(self) -> list[tuple[float, float]]:
        """Return for each segment the shares of links and labels, and of prose, among its block between empty lines."""
        shares: list[tuple[float, float]] = []
        begin = 0
        for at in range(1, len(self.shapes) + 1):
            if at < len(self.shapes) and not self.shapes[at].after_gap:
                continue
            block = self.shapes[begin:at]
            strong = sum(one.strong for one in block) if sum(one.opens_line for one in block) > 1 else 0
            shares += [(strong / len(block), sum(one.prose for one in block) / len(block))] * len(block)
            begin = at
        return shares

    def _bare_runs(self) -> list[float]:
        """Return for each segment the length of the run of bare segments around it, as a share of eight."""
        runs = [0.0] * len(self.shapes)
        begin = 0
        for at in range(len(self.shapes) + 1):
            if at == len(self.shapes) or not self.shapes[at].bare:
                runs[begin:at] = [min(at - begin, 8) / 8] * (at - begin)
                begin = at + 1
        return runs


def count_up(marks: Iterable[bool]) -> list[int]:
    """Return how many of the marks are set before each place, padded so that looking around needs no test."""
    counts = [0] * (PADDING + 1) + list(accumulate(map(int, marks), initial=0))[1:]
    return counts + [counts[-1]] * PADDING
