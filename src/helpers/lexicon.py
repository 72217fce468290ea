"""The lexicon as data: one YAML file a list, read once."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from helpers.errors import EvidenceError
from helpers.paths import LEXICON


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
        with path.open(encoding="utf-8") as stream:
            return yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except FileNotFoundError:
        known = ", ".join(sorted(found.stem for found in LEXICON.glob("*.yml")))
        raise EvidenceError(f"there is no lexicon {path}; known: {known}") from None
    except yaml.YAMLError as error:
        raise EvidenceError(f"{path} is not valid YAML: {error}. Mend the line named here and run again.") from None
