"""The texts that are measured: the sample corpus as plain text, and many-fold copies that all differ."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.sources.files import read_folder

# Numbers in a text: years and short ordinals keep their digits, so that a varied text still reads as one of its kind.
DIGITS = re.compile(r"(?<![\d/])\d+(?:,\d{3})*(?![\d/]|st\b|nd\b|rd\b|th\b)")
YEAR = re.compile(r"(?:19|20)\d\d$")
CAPITALISED = re.compile(r"\b(?:Northgate|Wexcombe|Harlow|Aldgate)\b")
TOWNS = ("Northgate", "Eastbury", "Marlow Heath", "Kingsford", "Oakhampton", "Wilderby", "Saltmarsh", "Thornley")
PASSAGE = re.compile(r"[^\n]+")
LEAST = 80  # characters of a line that counts as a paragraph
VARIED = 7  # digits that vary in a paragraph at least, so that hardly two texts of a million are the same
STOP = re.compile(r"(?<=[.!?])[\"”’)]*\s+")


def sample_texts(raw: Path) -> dict[str, str]:
    """Return the source text of every document of a folder by its id, HTML and PDF as the text taken out of them."""
    texts, _ = read_folder(raw)
    return {source.document.document_id: source.text for source in texts}


def vary(text: str, seed: int) -> str:
    """Return a text of the same kind and length, with other numbers, another town and its paragraphs in another order.

    So that no copy profits from what was remembered of another. Seed 0 returns the text itself.
    """
    if not seed:
        return text
    chance = random.Random(f"{seed}:{len(text)}")

    def other(match: re.Match[str]) -> str:
        digits = match[0]
        if YEAR.match(digits):
            return digits
        return re.sub(r"\d", lambda digit: str(chance.randint(1, 9)) if digit[0] != "0" else "0", digits)

    lines = text.split("\n")
    body = lines[2:]
    chance.shuffle(body)
    varied = DIGITS.sub(other, "\n".join(lines[:2] + body))
    return CAPITALISED.sub(TOWNS[seed % len(TOWNS)], varied)


def many_fold(texts: dict[str, str], times: int) -> Iterator[tuple[str, str]]:
    """Yield name and text of `times` varied copies of every text."""
    for copy in range(times):
        for name, text in texts.items():
            yield f"{name}-{copy:03}", vary(text, copy)


def write_paragraphs(texts: dict[str, str], count: int, path: Path) -> Path:
    """Write `count` varied paragraph-sized texts as JSON Lines, the same in every run: two paragraphs of a text.

    Numbers (years apart), towns, choice and order of the paragraphs vary, and so do the days of publication.
    """
    bodies = []
    for text in texts.values():
        lines = [line.strip() for line in text.split("\n") if len(line) > LEAST]
        numbered = [line for line in lines if varied_digits(line) >= VARIED]
        bodies += [(numbered, lines)] if numbered and len(lines) > 1 else []
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for number in range(count):
            chance = random.Random(f"paragraph {number}")
            numbered, lines = chance.choice(bodies)
            first = chance.choice(numbered)
            pair = [first, chance.choice([line for line in lines if line != first])]
            chance.shuffle(pair)
            text = vary_paragraph("\n\n".join(pair), chance)
            day = f"{chance.randint(2018, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            record = {"id": f"text-{number:07}", "published_date": day, "text": text}
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def varied_digits(line: str) -> int:
    """Return how many digits `vary_paragraph` would change."""
    numbers = (found[0] for found in DIGITS.finditer(line))
    return sum(digit in "123456789" for number in numbers if not YEAR.match(number) for digit in number)


def vary_paragraph(text: str, chance: random.Random) -> str:
    """Return a text with other digits in its numbers and another town in place of each."""
    digits = iter(str(chance.getrandbits(400)).replace("0", ""))

    def other(match: re.Match[str]) -> str:
        if YEAR.match(match[0]):
            return match[0]
        return "".join(next(digits, "7") if letter in "123456789" else letter for letter in match[0])

    town = chance.choice(TOWNS)
    return CAPITALISED.sub(lambda _: town, DIGITS.sub(other, text))


def split_passages(text: str) -> list[tuple[int, str]]:
    """Return lines, and sentences of long lines, with their offsets: what systems get that slow down in long texts."""
    found = []
    for line in PASSAGE.finditer(text):
        start = line.start()
        for stop in STOP.finditer(text, line.start(), line.end()):
            found.append((start, text[start : stop.end()]))
            start = stop.end()
        found.append((start, text[start : line.end()]))
    return [(start, passage) for start, passage in found if passage.strip()]


def write_files(texts: Iterable[tuple[str, str]], folder: Path) -> list[Path]:
    """Write texts as files and return their paths."""
    folder.mkdir(parents=True)
    paths = []
    for name, text in texts:
        paths.append(folder / f"{name}.txt")
        paths[-1].write_text(text, encoding="utf-8", newline="")
    return paths


def write_corpus(texts: Iterable[tuple[str, str]], path: Path) -> Path:
    """Write texts with their passages as the JSON that `adapters.py` reads."""
    documents = [{"name": name, "text": text, "passages": split_passages(text)} for name, text in texts]
    path.write_text(json.dumps(documents), encoding="utf-8")
    return path
