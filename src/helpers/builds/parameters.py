"""What a build is given: parameters checked against the tagged cells of the notebooks, and the plan made of them."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from helpers.errors import CallError, listing, nearest
from helpers.official.series import read_official
from helpers.paths import BUILDS, CACHE, official_folder, project_root

# What each notebook needs; those that do not need each other run side by side.
NEEDS: dict[str, tuple[str, ...]] = {
    "10_read_sources": (),
    "20_extract_statistics": ("10_read_sources",),
    "30_check_statistics": ("20_extract_statistics",),
    "40_compare_sources": ("20_extract_statistics",),
    "50_report": ("30_check_statistics", "40_compare_sources"),
}
FOLDERS = ("raw", "processed", "reports")
PERIOD = ("period_from", "period_to")
DAYS = ("as_of", *PERIOD)
LIMITS = {"furniture_threshold": (0, 1)}
PAGES = ("data", "evidence", "figures", "tables")
WRITTEN = {"processed": ("text",), "reports": PAGES, "publish": PAGES}  # folders inside those that are written to
SWEPT = (CACHE, BUILDS, "failed")  # and those in which everything may be taken away
CELL_SECONDS = 600  # a cell that takes longer has lost its way
TYPES = {"str": (str,), "int": (int,), "float": (float, int), "bool": (bool,)}
EXPECTED = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false (for papermill's -p: True or False)",
}

Known = dict[str, tuple[str, Any]]


@dataclass(frozen=True)
class Plan:
    """Everything a build needs to know, checked before anything is run; ``known`` holds each notebook's parameters."""

    notebooks: Path
    raw: Path
    processed: Path
    reports: Path
    parameters: dict[str, Any]
    known: dict[str, Known]
    cell_seconds: int


def plan_build(
    raw: Path | None = None,
    processed: Path | None = None,
    reports: Path | None = None,
    params: Path | None = None,
    cell_seconds: int = CELL_SECONDS,
    notebooks: Path | None = None,
) -> Plan:
    """Return the checked plan of a build.

    Parameters
    ----------
    raw, processed, reports : Path, optional
        Folders of source texts, tables and pages; they go before the parameters file, which goes before the defaults.
    params : Path, optional
        Parameters file, by default ``notebooks/parameters.yml``; its folders are relative to the project's top folder.
    cell_seconds : int
        Seconds that one cell may take.
    notebooks : Path, optional
        Folder of the notebooks, the project's own by default.

    Raises
    ------
    CallError
        When a parameter is unknown or has the wrong type, the folder of texts does not exist, or what is written would
        lie among the texts.
    """
    notebooks = notebooks or project_root() / "notebooks"
    missing = [name for name in NEEDS if not (notebooks / f"{name}.ipynb").is_file()]
    if missing:
        raise CallError(f"{notebooks} lacks the notebooks {missing}: run this in a checkout of the project")
    known = {name: notebook_parameters(notebooks / f"{name}.ipynb") for name in NEEDS}
    merged = {name: value for parameters in known.values() for name, value in parameters.items()}
    source = params or notebooks / "parameters.yml"
    given = read_parameters(source) if params or source.is_file() else {}
    check_parameters(given, merged, str(source))
    values = {name: default for name, (_, default) in merged.items()} | given
    chosen = dict(zip(FOLDERS, (raw, processed, reports), strict=True))
    folders = {name: path.absolute() if path else notebooks.parent / str(values[name]) for name, path in chosen.items()}
    if not folders["raw"].is_dir():
        raise CallError(f"there is no folder of source texts {str(folders['raw'])!r}; name one with --raw DIR")
    for name in FOLDERS[1:]:
        check_apart(folders["raw"], name, folders[name])
    _check_concern(str(values.get("concern", "")), folders["raw"])
    values = {name: value for name, value in values.items() if name not in FOLDERS}
    return Plan(notebooks, **folders, parameters=values, known=known, cell_seconds=cell_seconds)


def check_apart(raw: Path, name: str, written: Path) -> None:
    """Raise `CallError` when what is written to a folder would lie among the source texts and be read as one of them.

    Tables and pages may lie in a folder of their own within that of the texts: `helpers.sources.folders.list_files`
    passes by what a build wrote.

    Parameters
    ----------
    raw : Path
        Folder of source texts.
    name : str
        Which folder is written to: ``processed``, ``reports``, or ``publish``, which holds what ``reports`` does.
    written : Path
        Where it lies.
    """
    texts, folder = raw.resolve(), written.resolve()
    filled = [folder / inner for inner in (*WRITTEN[name], *SWEPT)]
    is_among = folder.is_relative_to(texts) if name == "publish" else folder == texts
    if is_among or any(texts.is_relative_to(each) for each in filled):
        raise CallError(
            f"the folder of source texts {str(raw)!r} and that of --{name} {str(written)!r} are not apart: what is "
            f"written would lie among the texts. Expected folders beside each other; name another with --{name} DIR "
            "(or --raw DIR)"
        )


def notebook_parameters(notebook: Path) -> Known:
    """Return name → (type, default) of the parameters cell of `notebook`, without running it.

    Raises
    ------
    CallError
        When there is no cell tagged ``parameters``, or a line of it is no annotated literal.
    """
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    if not tagged:
        raise CallError(f"{notebook.name} has no cell tagged 'parameters'; tag the cell that sets its parameters")
    found: Known = {}
    for line in ast.parse("".join(tagged[0]["source"])).body:
        said = ast.unparse(line)
        if not (isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and line.value):
            raise CallError(f"{notebook.name}, parameters cell: expected `name: type = literal`, found {said!r}")
        try:
            found[line.target.id] = (ast.unparse(line.annotation), ast.literal_eval(line.value))
        except ValueError:
            raise CallError(f"{notebook.name}, parameters cell: expected a plain literal, found {said!r}") from None
    return found


def read_parameters(path: Path) -> dict[str, Any]:
    """Return the content of a YAML file of parameters; days that YAML reads as dates become ISO strings again.

    Raises
    ------
    CallError
        When the file is missing, is no YAML, or is no mapping.
    """
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CallError(f"there is no parameters file {str(path)!r}; see notebooks/parameters.yml for one") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        said = str(error).replace('"<unicode string>"', "this file")
        raise CallError(f"{path} cannot be read as YAML: {said}. Write one `name: value` a line.") from None
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise CallError(f"{path} holds a {type(values).__name__}, expected a mapping: one `name: value` a line")
    return {str(name): value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def check_parameters(values: Mapping[str, Any], known: Known, where: str) -> None:
    """Raise `CallError` listing every parameter that no notebook knows, or whose value cannot be used.

    Parameters
    ----------
    values : mapping
        Name → value, as given.
    known : mapping
        Name → (type, default) of every parameter of every notebook.
    where : str
        Where the values stand, for the message.
    """
    faults = []
    for name, value in values.items():
        if name not in known:
            faults.append(f"{name!r} is no parameter. {nearest(name, known)}")
        elif not _can_be(name, value, known[name][0]):
            faults.append(f"{name!r} is {value!r}, expected {_expected(name, *known[name])}")
    begin, end = (str(values.get(name) or "") for name in PERIOD)
    if not faults and begin and end and begin > end:
        faults.append(f"'period_from' is {begin!r}, expected a day not after 'period_to', which is {end!r}")
    if faults:
        raise CallError(f"{where} has {len(faults)} wrong parameter(s):\n{listing(faults)}\nMend them and run again.")


def check_given(variables: Mapping[str, Any]) -> None:
    """Check the parameters that a notebook was given, by the cell of another front end or by hand.

    Parameters
    ----------
    variables : mapping
        The variables of the notebook, ``globals()``; those that are no parameters are passed over.

    Raises
    ------
    CallError
        When a value cannot be used, or ``concern`` is no type of concern. The message lists all of them by name.
    """
    folder = project_root() / "notebooks"
    known = {
        name: each for notebook in NEEDS for name, each in notebook_parameters(folder / f"{notebook}.ipynb").items()
    }
    given = {name: value for name, value in variables.items() if name in known}
    check_parameters(given, known, "the notebook")
    if "raw" in given:
        _check_concern(given.get("concern", ""), project_root() / given["raw"])


def _can_be(name: str, value: Any, kind: str) -> bool:
    """Return whether a parameter can have this value."""
    is_kind = isinstance(value, TYPES.get(kind, (object,))) and (kind == "bool" or not isinstance(value, bool))
    if not is_kind:
        return False
    if name in LIMITS:
        low, high = LIMITS[name]
        return bool(low <= value <= high)
    return not (name in DAYS and value) or _is_day(value)


def _expected(name: str, kind: str, default: Any) -> str:
    """Return in words what a parameter may be."""
    if name in DAYS:
        return "a day (YYYY-MM-DD) such as '2021-10-18', or '' for none"
    if name in LIMITS:
        low, high = LIMITS[name]
        return f"a number from {low} to {high}, such as {default!r}"
    if kind == "str":
        return f"words such as {default!r}" if default else "words in quotation marks, or '' for none"
    return EXPECTED.get(kind, f"{kind} as in {default!r}")


def _is_day(value: str) -> bool:
    """Return whether `value` is a day written as YYYY-MM-DD."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _check_concern(concern: str, raw: Path) -> None:
    """Raise `CallError` for a type of concern that the official tables do not know."""
    if not concern:
        return
    series = read_official(official_folder(raw))
    known = {one for measure in ("referrals", "channel_adopted") for one in series.categories_of(measure, "concern")}
    if concern not in known:
        raise CallError(f"'concern' is {concern!r}, which is no type of concern. {nearest(concern, known)}")
