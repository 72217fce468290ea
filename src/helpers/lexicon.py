"""The lexicon as data: one YAML file a list, read once."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from helpers.errors import EvidenceError, nearest
from helpers.paths import LEXICON

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one reads ten times as fast, where it was built


@cache
def read_lexicon(name: str) -> Any:
    """Return the content of ``lexicon/<name>.yml`` (lists and mappings as written there; do not change it).

    Raises
    ------
    EvidenceError
        When there is no such list or it is not valid YAML.
    """
    path = LEXICON / f"{name}.yml"
    try:
        with path.open("rb") as stream:
            return LOADER(stream).get_single_data()
    except FileNotFoundError:
        hint = nearest(name, (found.stem for found in LEXICON.glob("*.yml")))
        raise EvidenceError(f"there is no lexicon {name!r} (looked for {path}). {hint}") from None
    except yaml.YAMLError as error:
        raise EvidenceError(f"{path} is not valid YAML: {error}. Mend the line named here and run again.") from None


def fill_pieces(pattern: str, pieces: dict[str, str]) -> str:
    """Return a pattern with the pieces named in it (``{MONTH}``) filled in; quantifiers such as ``{2}`` stay.

    Examples
    --------
    >>> fill_pieces("{YEAR}-{YEAR}, a{2}", {"YEAR": "20[0-9]{2}"})
    '20[0-9]{2}-20[0-9]{2}, a{2}'
    """
    for name, piece in pieces.items():
        pattern = pattern.replace(f"{{{name}}}", piece)
    return pattern


def read_pieces(name: str, pieces: dict[str, str] | None = None) -> dict[str, str]:
    """Return the pieces that the patterns of ``lexicon/<name>.yml`` are built from, after those given.

    A piece is a pattern, which may hold earlier pieces, or a list of words of which any will do.
    """
    filled = dict(pieces or {})
    for piece, written in read_lexicon(name).get("pieces", {}).items():
        pattern = written if isinstance(written, str) else f"(?:{'|'.join(written)})"
        filled[piece] = fill_pieces(pattern, filled)
    return filled


def read_forms(name: str, pieces: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """Return form and pattern of all patterns of ``lexicon/<name>.yml``, in its order, with all pieces filled in."""
    filled = read_pieces(name, pieces)
    return [
        (entry["form"], fill_pieces(pattern, filled))
        for entry in read_lexicon(name)["forms"]
        for pattern in entry["patterns"]
    ]
