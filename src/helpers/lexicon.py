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
