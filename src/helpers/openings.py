"""What a pattern cannot do without: the letters that whatever fits it begins with, and letters that it must hold.

To find them takes longer than to read a page, so those of our own patterns are kept in a file, each under the hash of
its pattern: for a pattern that has changed there is nothing there, and they are found anew. The file is written by
``python training/keep_openings.py``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from hashlib import sha256
from re import _parser  # type: ignore[attr-defined]  # the one place where Python tells how a pattern is built
from typing import Any, NamedTuple

from helpers.paths import LEXICON

KEPT = LEXICON / "openings.json"

LONGEST = 6  # letters of an opening
WIDEST = 12  # signs of a set beyond which an opening counts as unknown, and needles that are worth looking for
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")  # an opening does not tell numbers apart: each is a 0
BLOT = "▒"  # stands for every character of a date that a number must not be taken from
_PART = re.compile(r"[.,]?0")
_INSIDE = {"SUBPATTERN": -1, "MAX_REPEAT": 2, "MIN_REPEAT": 2, "POSSESSIVE_REPEAT": 2, "ASSERT": 1}  # where nodes lie

asked: set[str] = set()  # the patterns whose needs were asked for so far


class Needs(NamedTuple):
    """What a pattern cannot do without: see `openings_of` and `needles_of`."""

    openings: frozenset[str]
    needles: frozenset[str]


def needs_of(pattern: str) -> Needs:
    """Return what a pattern cannot do without, as it is kept where it is."""
    asked.add(pattern)
    kept = _kept().get(key_of(pattern))
    return Needs(*map(frozenset, kept)) if kept else Needs(openings_of(pattern), needles_of(pattern))


def key_of(pattern: str) -> str:
    """Return under which hash the needs of a pattern are kept."""
    return sha256(f"{LONGEST} {WIDEST} {pattern}".encode()).hexdigest()[:16]


@cache
def _kept() -> dict[str, list[list[str]]]:
    """Return openings and needles by the hash of their pattern."""
    kept: dict[str, list[list[str]]] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    return kept


def openings_of(pattern: str) -> frozenset[str]:
    """Return the letters that whatever fits a pattern begins with: small letters, 0 for a number, "" when unknown.

    Examples
    --------
    >>> [sorted(openings_of(pattern)) for pattern in ("(?:more|fewer) than", "[0-9]+(?:%| p)", "[a-z]+ed")]
    [['fewer ', 'more t'], ['0 p', '0%'], ['']]
    """
    return _shortest(set().union(*_openings(_parsed(pattern))))


def needles_of(pattern: str) -> frozenset[str]:
    """Return small letters of which whatever fits a pattern holds at least one; none when unknown.

    Examples
    --------
    >>> sorted(needles_of("[0-9]+(?: per ?cent|%)")), sorted(needles_of("[a-z]+ed"))
    ([' per', '%'], ['ed'])
    """
    return _needles(_parsed(pattern))


@lru_cache(maxsize=1)
def _parsed(pattern: str) -> list[Any]:
    """Return the nodes of a pattern."""
    return list(_parser.parse(pattern).data)


def _shortest(openings: set[str]) -> frozenset[str]:
    """Return openings without those that begin with another one."""
    return frozenset(one for one in openings if not any(one[:length] in openings for length in range(len(one))))


def _openings(nodes: Iterable[Any]) -> tuple[set[str], set[str]]:
    """Return the openings of a sequence of nodes: those that are complete, and those that what follows goes on."""
    done: set[str] = set()
    open_ones = {""}
    for kind, value in nodes:
        ended, added = _openings_of_node(str(kind), value)
        done |= {_joined(one, more) for one in open_ones for more in ended}
        longer = {_joined(one, more) for one in open_ones for more in added}
        open_ones = {one for one in longer if len(one) < LONGEST}
        done |= longer - open_ones
        if not open_ones:
            break
    return done, open_ones


def _joined(one: str, more: str) -> str:
    """Return an opening with what follows it; parts of a number make one number."""
    both = one + more
    return (NUMBER.sub("0", both) if "0" in both else both)[:LONGEST]


def _openings_of_node(kind: str, value: Any) -> tuple[set[str], set[str]]:
    """Return the complete and the open openings of one node of a parsed pattern."""
    if kind in ("ASSERT", "ASSERT_NOT", "AT"):
        return set(), {""}
    if kind == "LITERAL":
        return set(), {_sign(value)}
    if kind == "IN":
        signs = _signs(value)
        return (set(), signs) if signs else ({""}, set())
    if kind == "BRANCH":
        both = [_openings(nodes) for nodes in value[1]]
        return set().union(*(done for done, _ in both)), set().union(*(open_ones for _, open_ones in both))
    if kind in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _openings(value[-1] if kind == "SUBPATTERN" else value)
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, nodes = value
        done, once = _openings(nodes)
        if most > 1 and not all(map(_PART.fullmatch, once)):
            done, once = done | once, set()
        return done, once | ({""} if least == 0 else set())
    return {""}, set()


def _signs(items: Iterable[Any]) -> set[str]:
    """Return the signs of a set, none when they are too many."""
    signs: set[str] = set()
    for kind, value in items:
        if str(kind) == "LITERAL":
            signs.add(_sign(value))
        elif str(kind) == "RANGE" and value[1] - value[0] < WIDEST:
            signs |= {_sign(code) for code in range(value[0], value[1] + 1)}
        elif str(value) == "CATEGORY_DIGIT":
            signs.add("0")
        else:
            return set()
    return signs if len(signs) <= WIDEST else set()


def _sign(code: int) -> str:
    """Return the sign of a character in an opening."""
    return "0" if chr(code).isdecimal() or chr(code) == BLOT else chr(code).lower()


def _needles(nodes: Iterable[Any]) -> frozenset[str]:
    """Return the most telling needles of a sequence of nodes: the longest, of which there are not too many."""
    run = ""
    found: list[frozenset[str]] = []
    for kind, value in nodes:
        if str(kind) == "LITERAL":
            run += chr(value).lower()
            continue
        found.append(frozenset([run]))
        run = ""
        if str(kind) == "BRANCH":
            branches = [_needles(branch) for branch in value[1]]
            found.append(_shortest_needles(branches) if all(branches) else frozenset())
        elif str(kind) == "ATOMIC_GROUP":
            found.append(_needles(value))
        elif str(kind) in _INSIDE and not ("REPEAT" in str(kind) and value[0] == 0):
            found.append(_needles(value[_INSIDE[str(kind)]]))
    found.append(frozenset([run]))
    telling = [needles for needles in found if needles and len(needles) <= WIDEST and all(map(_is_telling, needles))]
    return max(telling, key=lambda needles: (min(4, *map(len, needles)), -len(needles)), default=frozenset())


def _shortest_needles(branches: list[frozenset[str]]) -> frozenset[str]:
    """Return the needles of several branches without those that hold another one."""
    needles = frozenset[str]().union(*branches)
    return frozenset(one for one in needles if not any(other in one for other in needles if other != one))


def _is_telling(needle: str) -> bool:
    return len(needle.strip()) > 1 or (needle.strip() != "" and not needle.strip().isalnum())
