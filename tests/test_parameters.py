"""Parameters: read without running anything, and wrong ones named with the nearest right one."""

from __future__ import annotations

import ast
import json

import nbformat
import pytest
from conftest import ROOT
from nbformat.v4 import new_code_cell, new_notebook

from helpers.builds.parameters import (
    NEEDS,
    check_given,
    check_parameters,
    notebook_parameters,
    plan_build,
    read_parameters,
)
from helpers.errors import CallError
from helpers.sentences.furniture import FURNITURE_THRESHOLD
from helpers.sources.folders import list_files

NOTEBOOKS = ROOT / "notebooks"
KNOWN = {
    "as_of": ("str", ""), "concern": ("str", ""), "excerpts_only": ("bool", True),
    "furniture_threshold": ("float", 0.5), "period_from": ("str", ""), "period_to": ("str", ""),
    "raw": ("str", "data/raw"),
}  # fmt: skip


def write_params(tmp_path, text: str):
    path = tmp_path / "params.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_unknown_parameter_names_the_nearest_known_one():
    with pytest.raises(CallError, match=r"'as_off' is no parameter\. Did you mean 'as_of'\?"):
        check_parameters({"as_off": ""}, KNOWN, "params.yml")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("furniture_threshold", "high", "expected a number from 0 to 1, such as 0.5"),
        ("furniture_threshold", True, "expected a number from 0 to 1"),
        ("furniture_threshold", 7, "expected a number from 0 to 1"),
        ("furniture_threshold", float("nan"), "expected a number from 0 to 1"),
        ("raw", 3, "expected words such as 'data/raw'"),
        ("raw", None, "expected words such as 'data/raw'"),
        ("concern", 3, "expected words in quotation marks, or '' for none"),
        ("excerpts_only", "true", "expected true or false"),
        ("as_of", "2021-13-01", "expected a day"),
        ("as_of", "yesterday", "expected a day"),
        ("as_of", 2020, r"expected a day \(YYYY-MM-DD\) such as '2021-10-18', or '' for none"),
        ("as_of", "20211018", "expected a day"),
    ],
)
def test_mistyped_parameter_names_value_and_type(name, value, expected):
    with pytest.raises(CallError, match=f"'{name}' is .*{expected}"):
        check_parameters({name: value}, KNOWN, "params.yml")


def test_all_faults_are_listed_at_once():
    with pytest.raises(CallError, match=r"3 wrong parameter(?s:.*)'rawe'(?s:.*)'as_of'(?s:.*)'raw' is 1"):
        check_parameters({"rawe": "", "as_of": "x", "raw": 1}, KNOWN, "params.yml")


def test_whole_number_will_do_for_a_fraction():
    check_parameters({"furniture_threshold": 1, "as_of": "2021-10-18"}, KNOWN, "params.yml")


def test_days_that_yaml_reads_as_dates_are_taken_as_written(tmp_path):
    assert read_parameters(write_params(tmp_path, "as_of: 2021-10-18\n")) == {"as_of": "2021-10-18"}


def test_empty_file_holds_no_parameters(tmp_path):
    assert read_parameters(write_params(tmp_path, "# nothing\n")) == {}


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words", "a: [1\n", "a: !!python/object/apply:os.system ['true']"])
def test_file_that_is_no_mapping_is_refused(tmp_path, text):
    with pytest.raises(CallError, match=r"params\.yml"):
        read_parameters(write_params(tmp_path, text))


def test_fault_in_yaml_is_placed_in_the_file(tmp_path):
    with pytest.raises(CallError, match=r"params\.yml cannot be read as YAML(?s:.*)in this file, line 2, column 4"):
        read_parameters(write_params(tmp_path, "as_of: [1\nraw: 2\n"))


def test_a_period_that_ends_before_it_begins_is_a_wrong_call():
    with pytest.raises(CallError, match="'period_from' is '2021-04-01', expected a day not after 'period_to'"):
        check_parameters({"period_from": "2021-04-01", "period_to": "2020-03-31"}, KNOWN, "params.yml")


def test_missing_file_is_named(tmp_path):
    with pytest.raises(CallError, match=r"there is no parameters file .*none\.yml"):
        read_parameters(tmp_path / "none.yml")


@pytest.mark.parametrize("code", ["raw = 'x'", "raw: str = str(1)", "import os", "raw: str"])
def test_parameters_cell_must_hold_annotated_literals(tmp_path, code):
    notebook = tmp_path / "n.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(code, metadata={"tags": ["parameters"]})]), notebook)
    with pytest.raises(CallError, match=r"n\.ipynb, parameters cell"):
        notebook_parameters(notebook)


def test_notebook_without_parameters_cell_is_refused(tmp_path):
    notebook = tmp_path / "n.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("raw: str = 'x'")]), notebook)
    with pytest.raises(CallError, match="no cell tagged 'parameters'"):
        notebook_parameters(notebook)


def test_parameters_file_of_scheduled_runs_is_in_step_with_the_notebooks():
    merged = {
        name: default
        for notebook in NEEDS
        for name, (_, default) in notebook_parameters(NOTEBOOKS / f"{notebook}.ipynb").items()
    }
    assert read_parameters(NOTEBOOKS / "parameters.yml") == merged


def test_notebooks_agree_on_types_and_defaults():
    seen: dict[str, tuple[str, object]] = {}
    for notebook in NEEDS:
        for name, described in notebook_parameters(NOTEBOOKS / f"{notebook}.ipynb").items():
            assert seen.setdefault(name, described) == described, f"{notebook}: {name}"


def test_furniture_threshold_of_the_notebook_is_that_of_the_stage():
    assert notebook_parameters(NOTEBOOKS / "10_read_sources.ipynb")["furniture_threshold"][1] == FURNITURE_THRESHOLD


def test_options_go_before_the_file_and_the_file_before_defaults(tmp_path):
    params = write_params(tmp_path, "raw: notebooks\nprocessed: elsewhere\nas_of: 2020-01-01\n")
    plan = plan_build(raw=ROOT / "data" / "raw", params=params)
    assert plan.raw == ROOT / "data" / "raw"
    assert plan.processed == ROOT / "elsewhere"
    assert plan.reports == ROOT / "reports"
    assert plan.parameters["as_of"] == "2020-01-01"
    assert plan.parameters["furniture_threshold"] == 0.5


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"furniture_threshold": "high"}, "'furniture_threshold' is 'high', expected a number from 0 to 1"),
        ({"as_of": "2021-99-01", "raw": "data/raw"}, "'as_of' is '2021-99-01', expected a day"),
        ({"concern": "islamic", "raw": "data/raw"}, "'concern' is 'islamic', which is no type of concern"),
    ],
)
def test_notebooks_check_what_they_are_given_as_a_build_does(given, said):
    with pytest.raises(CallError, match=said):
        check_given(given | {"pd": object(), "_": None})


@pytest.mark.parametrize("name", NEEDS)
def test_notebooks_check_their_parameters_before_anything_else(name):
    cells = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    first = [cell for cell in cells if cell["cell_type"] == "code"][1]
    begun = [line for line in ast.parse("".join(first["source"])).body if not isinstance(line, ast.ImportFrom)]
    assert ast.unparse(begun[0]) == "check_given(globals())"


def test_missing_folder_of_texts_is_a_wrong_call(tmp_path):
    with pytest.raises(CallError, match="there is no folder of source texts"):
        plan_build(raw=tmp_path / "none")


def test_unknown_type_of_concern_is_a_wrong_call(tmp_path):
    params = write_params(tmp_path, "concern: islamic\n")
    with pytest.raises(CallError, match=r"'islamic', which is no type of concern\. Did you mean 'islamist'\?"):
        plan_build(raw=ROOT / "data" / "raw", params=params)


@pytest.mark.parametrize("name", ["processed", "reports"])
def test_tables_and_pages_cannot_lie_among_the_texts(tmp_path, name):
    folders = {"raw": tmp_path, "processed": tmp_path.parent, "reports": tmp_path.parent, name: tmp_path}
    with pytest.raises(CallError, match=rf"(?s){tmp_path}.*--{name} .*beside each other; name another with --{name}"):
        plan_build(**folders)


@pytest.mark.parametrize("mark", [".build", ".builds"])
def test_what_a_build_wrote_within_the_folder_of_texts_is_no_text(tmp_path, mark):
    (tmp_path / "out" / mark).mkdir(parents=True)
    (tmp_path / "out" / "text").mkdir()
    for name in ("a.txt", "out/notes.txt", "out/text/a.txt"):
        (tmp_path / name).write_text("In 2019/20, 6,287 people were referred.", encoding="utf-8")
    assert list_files(tmp_path) == (["a.txt"], [])
    assert plan_build(tmp_path, tmp_path / "out", tmp_path / "out").processed == tmp_path / "out"


@pytest.mark.parametrize(("name", "place"), [("processed", "text"), ("reports", "data"), ("reports", "failed/0a")])
def test_texts_cannot_lie_where_tables_and_pages_are_written(tmp_path, name, place):
    (tmp_path / place).mkdir(parents=True)
    apart = tmp_path.parent / "apart"
    with pytest.raises(CallError, match=f"--{name} .* are not apart"):
        plan_build(**{"raw": tmp_path / place, "processed": apart, "reports": apart, name: tmp_path})


def test_texts_may_lie_beside_what_is_written_in_one_folder(tmp_path):
    (tmp_path / "raw").mkdir()
    assert plan_build(tmp_path / "raw", tmp_path, tmp_path / "reports").raw == tmp_path / "raw"


def test_a_link_does_not_hide_that_folders_are_the_same(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "link").symlink_to("raw")
    with pytest.raises(CallError, match="are not apart"):
        plan_build(tmp_path / "raw", tmp_path / "link", tmp_path / "reports")
