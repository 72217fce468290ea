"""The arrows of the house: modules in order, short, documented; notebooks that tell a story and hold no machinery."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT

import helpers

PACKAGE = ROOT / "src" / "helpers"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MODULE_LINES = 300
FUNCTION_LINES = 50  # its docstring apart
CODE_CELLS = 12
CELL_LINES = 15
STAGES = [
    "00_start_here",
    "10_read_sources",
    "20_extract_statistics",
    "30_check_statistics",
    "40_compare_sources",
    "50_report",
]
SLOW_TO_IMPORT = ("matplotlib", "pandas", "pandera", "pyarrow", "sklearn")


def module_order() -> list[str]:
    """The modules in the order that the package's docstring lists by stage: the one place where it is written."""
    listed = (helpers.__doc__ or "").split("\n\n")[-1]
    names = []
    for stage in re.split(r"\n(?! )", listed.strip()):
        package, modules = stage.split(":")
        names += [f"{package}.{module}".removeprefix("helpers.") for module in re.findall(r"\w+", modules)]
    return names


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def helpers_imported(path: Path) -> Iterator[str]:
    """The modules of ours that a module imports, anywhere in its text."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (
                alias.name.removeprefix("helpers.") for alias in node.names if alias.name.startswith("helpers.")
            )
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "helpers":
            package = node.module.removeprefix("helpers").removeprefix(".")
            yield from (f"{package}.{alias.name}".removeprefix(".") for alias in node.names)
            yield package


def is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from filter(is_function, ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    first = node.body[0]
    documented = ast.get_docstring(node) is not None
    return node.end_lineno - node.lineno + 1 - (first.end_lineno - first.lineno + 1 if documented else 0)


def test_every_module_has_its_place_in_the_order():
    order = module_order()
    assert len(order) == len(set(order)) > 20
    assert [name_of(path) for path in MODULES if name_of(path) not in order] == []


def test_the_readme_prints_the_same_order():
    listed = (helpers.__doc__ or "").split("\n\n")[-1].strip()
    assert listed in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_order_names_only_modules_that_exist():
    assert [name for name in module_order() if not (PACKAGE / f"{name.replace('.', '/')}.py").is_file()] == []


def test_modules_import_only_from_those_before_them():
    order = module_order()
    place = {name: index for index, name in enumerate(order)}
    faults = [
        f"{name_of(path)} imports {imported}"
        for path in MODULES
        for imported in helpers_imported(path)
        if imported in place and place[imported] >= place.get(name_of(path), len(order))
    ]
    assert faults == []


def test_modules_never_reach_for_their_siblings_relatively():
    relative = [
        name_of(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_modules_and_functions_are_short():
    long = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in long.items() if lines > MODULE_LINES} == {}
    long = {f"{name_of(path)}.{node.name}": length(node) for path in MODULES for node in functions(path)}
    assert {name: lines for name, lines in long.items() if lines > FUNCTION_LINES} == {}


def test_every_module_and_public_function_is_documented():
    silent = []
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        defined = [tree, *classes, *(node for owner in [tree, *classes] for node in owner.body if is_function(node))]
        public = [node for node in defined if not getattr(node, "name", "").startswith("_")]
        silent += [f"{name_of(path)}.{getattr(each, 'name', '')}" for each in public if not ast.get_docstring(each)]
    assert silent == []


def test_no_module_is_a_drawer_for_everything():
    assert {path.stem for path in MODULES} & {"utils", "util", "misc", "common", "tools", "helpers"} == set()


def test_reading_a_text_imports_nothing_slow():
    ask = f"import sys, helpers.reading; print(sorted(sys.modules.keys() & set({SLOW_TO_IMPORT!r})))"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    assert (answer.stdout.strip(), answer.stderr) == ("[]", "")


def test_there_is_a_notebook_for_every_stage():
    assert [path.stem for path in NOTEBOOKS] == STAGES


@pytest.fixture(params=STAGES)
def cells(request):
    """The cells of each notebook in turn."""
    return nbformat.read(ROOT / "notebooks" / f"{request.param}.ipynb", as_version=4).cells


def code_cells(cells: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    return [cell for cell in cells if cell.cell_type == "code"]


def test_notebook_opens_with_what_it_reads_and_writes(cells):
    assert cells[0].cell_type == "markdown"
    assert {"Reads", "Writes"} <= set(re.findall(r"\w+", cells[0].source))
    assert cells[0].source.startswith("# ")


def test_notebook_parameters_are_commented_literals_in_the_second_cell(cells):
    assert "parameters" in cells[1].metadata.get("tags", [])
    assert all("parameters" not in cell.metadata.get("tags", []) for cell in cells[2:])
    lines = cells[1].source.splitlines()
    for statement in ast.parse(cells[1].source).body:
        assert isinstance(statement, ast.Assign | ast.AnnAssign), ast.unparse(statement)
        ast.literal_eval(statement.value)
        assert "#" in " ".join(lines[max(statement.lineno - 2, 0) : statement.end_lineno]), ast.unparse(statement)


def test_notebook_is_short(cells):
    code = code_cells(cells)
    assert len(code) <= CODE_CELLS
    assert {cell.source: lines for cell in code if (lines := len(cell.source.splitlines())) > CELL_LINES} == {}


def test_notebook_holds_no_machinery(cells):
    for cell in code_cells(cells):
        nodes = list(ast.walk(ast.parse(cell.source)))  # a line with % or ! does not parse
        machinery = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Try | ast.TryStar
        assert not [ast.unparse(node) for node in nodes if isinstance(node, machinery)]
        assert "sys.path" not in {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute)}
        words = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        assert not [word for word in words if re.match(r"[/~]\w|[A-Z]:\\|https?://", word)]


def test_notebook_is_stored_without_outputs(cells):
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code_cells(cells))
