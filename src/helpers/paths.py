"""Where things live in the project: the only module that knows folders. It imports no other module of ours."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
LEXICON = PACKAGE / "lexicon"
TEMPLATES = PACKAGE / "templates"
BUILDS = ".builds"  # folder beside the pages, in which each build lies
CACHE = ".build"  # folder beside the tables; whoever deletes it loses time, nothing else


def project_root(start: Path | None = None) -> Path:
    """Return the project folder: the nearest at or above `start` that holds ``notebooks/`` and ``pyproject.toml``.

    Parameters
    ----------
    start : Path, optional
        Where to begin looking; the working directory by default, so that a notebook finds the project it lies in.

    Returns
    -------
    Path
        The project folder; when none is found, the checkout that this package was installed from.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "notebooks").is_dir() and (folder / "pyproject.toml").is_file():
            return folder
    return PACKAGE.parents[1]


def official_folder(raw: Path | None = None) -> Path:
    """Return the folder of official figures: ``official/`` beside the source texts if any, else the project's own."""
    if raw is not None and (raw / "official").is_dir():
        return raw / "official"
    return project_root() / "data" / "raw" / "official"
