"""Read files one after another as `prevent extract` does, in a process of its own: seconds by stage and peak memory.

``reading.py FILE.json`` takes a list of paths and prints one line of JSON.
"""

import json
import sys
import time
from collections import defaultdict
from importlib import import_module
from pathlib import Path

from memory import peak_memory_mb

from helpers import reading
from helpers.sources.files import read_file

LATE = (
    ("findings.reviews", "find_findings"),
    ("statistics.events", "find_events"),
    ("statistics.extraction", "extract_statistics"),
)


def timed(stage, seconds, function):
    """Return a function that adds the time it takes to its stage."""

    def run(*arguments, **options):
        begun = time.perf_counter()
        try:
            return function(*arguments, **options)
        finally:
            seconds[stage] += time.perf_counter() - begun

    return run


def time_stages(seconds):
    """Have every stage that `read_document` calls timed: the functions it takes from other modules, named by module.

    Those that it only loads when it is called are timed where they are.
    """
    for module, name in LATE:
        home = import_module(f"helpers.{module}")
        setattr(home, name, timed(module, seconds, getattr(home, name)))
    for name, function in list(vars(reading).items()):
        module = getattr(function, "__module__", "") or ""
        if (
            callable(function)
            and not isinstance(function, type)
            and module.startswith("helpers.")
            and module != reading.__name__
        ):
            setattr(reading, name, timed(module.removeprefix("helpers."), seconds, function))


def main():
    seconds = defaultdict(float)
    time_stages(seconds)
    paths = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    reading.read_document("In 2019/20, 6,287 people were referred.", read_file(Path(paths[0])).document)  # first use
    seconds.clear()
    begun, characters, found = time.perf_counter(), 0, 0
    for path in paths:
        opened = time.perf_counter()
        source = read_file(Path(path))
        seconds["sources"] += time.perf_counter() - opened
        found += len(reading.read_document(source.text, source.document).statistics)
        characters += len(source.text)
    total = time.perf_counter() - begun
    counts = {"texts": len(paths), "characters": characters, "statistics": found}
    print(json.dumps(counts | {"seconds": total, "memory_mb": peak_memory_mb(), "stages": seconds}))


if __name__ == "__main__":
    main()
