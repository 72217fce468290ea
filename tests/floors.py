"""Floors under the figures of the gold: kept in ``tests/gold/floors.json``, and never lowered silently.

A floor is the figure with three decimals, rounded down; for false hits it is the most that is allowed. With the floors
stand the checksum and the row counts of the gold that they were measured on.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from matching import Figure

FLOORS = Path(__file__).resolve().parent / "gold" / "floors.json"


def floor_of(figure: Figure) -> float:
    """Return what is pinned for a figure: three decimals rounded down, or for false hits the most that is allowed."""
    return float(figure.right) if figure.kind == "hits" else math.floor(figure.value * 1000 + 1e-9) / 1000


def read_floors(path: Path = FLOORS) -> dict[str, Any]:
    """Return the pinned floors, empty when nothing was pinned yet."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def faults(name: str, figures: dict[str, Figure], found: dict[str, Any], pinned: dict[str, Any]) -> list[str]:
    """Return what breaks the gate: a figure below its floor, a figure that is gone, gold that is not the pinned one."""
    if name not in pinned:
        return [f"{name}: nothing is pinned yet; run `python tests/scoring.py {name} --pin`"]
    old = pinned[name]
    out = []
    if {key: found[key] for key in ("sha256", "rows")} != {key: old[key] for key in ("sha256", "rows")}:
        rows = {
            table: (old["rows"].get(table, 0), found["rows"].get(table, 0)) for table in old["rows"] | found["rows"]
        }
        changed = {table: f"{a} → {b} rows" for table, (a, b) in rows.items() if a != b}
        out.append(
            f"{name}: texts or gold changed since they were pinned ({changed or 'same number of rows'}); pin again"
        )
    for key, floor in old["floors"].items():
        if key not in figures:
            out.append(f"{name}: {key} is pinned at {floor} but is not measured any more")
        elif is_worse(figures[key], floor):
            out.append(f"{name}: {key} is {figures[key]}, worse than its floor {floor}")
    out += [f"{name}: {key} has no floor; pin again" for key in figures if key not in old["floors"]]
    return out


def is_worse(figure: Figure, floor: float) -> bool:
    """Return whether a figure lies on the wrong side of its floor (for false hits: above the most allowed)."""
    return figure.right > floor if figure.kind == "hits" else figure.value + 1e-9 < floor


def pin(
    name: str, figures: dict[str, Figure], found: dict[str, Any], pinned: dict[str, Any], allow_lower: bool
) -> list[str]:
    """Write a corpus's figures into `pinned`; return what would sink instead, unless that is allowed."""
    floors = pinned.get(name, {}).get("floors", {})
    rows = pinned.get(name, {}).get("rows", {})
    sinking = [
        f"{key}: {floors[key]} → {floor_of(figures[key])}"
        for key in floors
        if key in figures and is_worse(figures[key], floors[key])
    ]
    sinking += [f"{key}: {floors[key]} → not measured" for key in floors if key not in figures]
    sinking += [
        f"gold {key}: {rows[key]} → {found['rows'].get(key, 0)} rows"
        for key in rows
        if found["rows"].get(key, 0) < rows[key]
    ]
    if sinking and not allow_lower:
        return [f"{name}: {line}" for line in sinking]
    pinned[name] = found | {"floors": {key: floor_of(figure) for key, figure in sorted(figures.items())}}
    return []


def write_floors(pinned: dict[str, Any], path: Path = FLOORS) -> None:
    """Write the floors of all corpora."""
    path.write_text(json.dumps(pinned, indent=1, sort_keys=True) + "\n", encoding="utf-8")
