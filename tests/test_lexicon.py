"""The lexicon: every list reads, a wrong name or a broken file is explained."""

from __future__ import annotations

import pytest
import yaml

from helpers import lexicon
from helpers.errors import EvidenceError
from helpers.lexicon import read_lexicon
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
