"""The lexicon: every list reads, a wrong name or a broken file is explained."""

from __future__ import annotations

import pytest
import yaml

from helpers import lexicon
from helpers.errors import EvidenceError
from helpers.lexicon import check_patterns, read_lexicon
from helpers.paths import LEXICON


@pytest.fixture
def lists(tmp_path, monkeypatch):
    """A lexicon of one valid and three broken lists."""
    (tmp_path / "verbs.yml").write_text("- said\n- sagte “ja”\n", encoding="utf-8")
    (tmp_path / "broken.yml").write_text("verbs: [said\n")
    (tmp_path / "bytes.yml").write_bytes(b"- \xff\xfe\xfa\n")
    (tmp_path / "hostile.yml").write_text("!!python/object/apply:os.getcwd []\n")
    monkeypatch.setattr(lexicon, "LEXICON", tmp_path)
    read_lexicon.cache_clear()
    yield tmp_path
    read_lexicon.cache_clear()


def unique_keys(node: yaml.Node) -> bool:
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        return len(keys) == len(set(keys)) and all(unique_keys(value) for _, value in node.value)
    return not isinstance(node, yaml.SequenceNode) or all(unique_keys(child) for child in node.value)


def test_every_list_of_the_project_reads_and_holds_something():
    names = sorted(path.stem for path in LEXICON.glob("*.yml"))
    assert names
    assert [name for name in names if not read_lexicon(name)] == []


def test_no_key_of_the_project_is_written_twice():
    trees = {path.stem: yaml.compose(path.read_text(encoding="utf-8")) for path in LEXICON.glob("*.yml")}
    assert [name for name, tree in trees.items() if not unique_keys(tree)] == []


def test_a_list_is_read_as_it_is_written_and_once(lists):
    assert read_lexicon("verbs") == ["said", "sagte “ja”"]
    (lists / "verbs.yml").unlink()
    assert read_lexicon("verbs") == ["said", "sagte “ja”"]


def test_an_unknown_list_gets_the_nearest_name(lists):
    with pytest.raises(EvidenceError, match=r"no lexicon 'verb'.*Did you mean 'verbs'\?"):
        read_lexicon("verb")


@pytest.mark.parametrize("name", ["broken", "bytes", "hostile"])
def test_a_broken_list_is_named_and_never_executed(lists, name):
    with pytest.raises(EvidenceError, match=rf"{name}\.yml is not valid YAML"):
        read_lexicon(name)


@pytest.mark.parametrize(
    ("name", "entries", "fault"),
    [
        ("measures", "- measur: calls\n  noun: [calls]\n", r"entry 1: 'measur' is no key\. Did you mean 'measure'\?"),
        ("measures", "- measure: calls\n", r"entry 1 \(calls\) names no words"),
        ("measures", "- measure: calls\n  noun: calls?\n", r"entry 1 \(calls\): 'noun' is 'calls\?', expected a list"),
        ("measures", "calls: [calls]\n", "expected a list of entries that each begin with `- measure:`"),
        ("categories", "- dimension: work\n", r"entry 1 \(work\) has no 'categories'"),
        ("categories", "- dimension: work\n  categories: {idle: [jobless]}\n", "idle is .*'always' and 'beside'"),
        ("categories", "- dimension: work\n  categories: {idle: {allways: [x]}}\n", "Did you mean 'always'"),
    ],
)
def test_an_entry_of_a_wrong_shape_is_named_with_what_is_expected(lists, name, entries, fault):
    (lists / f"{name}.yml").write_text(entries)
    with pytest.raises(EvidenceError, match=rf"{name}\.yml has entries of a wrong shape:\n(.*\n)*?  - .*{fault}"):
        read_lexicon(name)


def test_a_pattern_that_is_no_regular_expression_is_named(lists):
    (lists / "measures.yml").write_text("- measure: calls\n  noun: ['calls(']\n")
    (lists / "categories.yml").write_text("[]")
    with pytest.raises(EvidenceError, match=r"measures\.yml has wrong patterns:\n  - entry 1 \(calls\), 'noun'"):
        check_patterns()


def test_every_pattern_of_the_project_is_a_regular_expression():
    check_patterns()
