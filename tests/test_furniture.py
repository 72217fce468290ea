"""Page furniture: found on pages of many layouts, and never at the cost of the article."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from helpers.sentences.furniture import MODEL, read_model
from helpers.sentences.segments import split_segments
from helpers.sentences.shapes import FEATURES, KINDS
from helpers.sentences.splitting import split_sentences
from helpers.sentences.surroundings import describe_segments

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "tests" / "texts").glob("furniture_*.page"))
SHARED = ROOT.parent / "shared"


def load(name: str) -> ModuleType:
    """Return a module of the training folder, which is no package."""
    spec = spec_from_file_location(name, ROOT / "training" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


pages = load("pages")


def furniture_of(text: str) -> set[int]:
    """Return the characters judged to be furniture, white space aside."""
    return {
        at
        for sentence in split_sentences(text, "page")
        if sentence.role == "furniture"
        for at in range(sentence.span_start, sentence.span_end)
        if not text[at].isspace()
    }


def test_pages_of_many_layouts_reach_the_floor() -> None:
    right = found = wanted = lost = article = 0
    for path in PAGES:
        page = pages.read_page(path)
        mine = furniture_of(page.text)
        letters = sum(not letter.isspace() for letter in page.text)
        right, found, wanted = right + len(mine & page.furniture), found + len(mine), wanted + len(page.furniture)
        lost, article = lost + len(mine - page.furniture), article + letters - len(page.furniture)
    assert len(PAGES) >= 20
    assert right / found >= 0.98
    assert right / wanted >= 0.95
    assert lost / article <= 0.008


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_sentences_of_the_article_begin_where_the_page_says(path: Path) -> None:
    page = pages.read_page(path)
    mine = [sentence.span_start for sentence in split_sentences(page.text, "page") if sentence.role != "furniture"]
    mine = [start for start in mine if start not in page.furniture]
    missed = [start for start in page.starts if not any(abs(start - other) <= 3 for other in mine)]
    assert len(missed) <= 1, [page.text[start : start + 50] for start in missed]
    assert len(mine) <= len(page.starts)


@pytest.mark.parametrize(
    "figure", ["That is 11%.", "It was 412.", "He was 17.", "The youngest was six.", "None was charged."]
)
def test_a_short_sentence_of_the_article_is_never_furniture(figure: str) -> None:
    for path in PAGES:
        page = pages.read_page(path)
        body = next(start for start, _, role in page.spans if role == "body")
        if page.text[body - 1 : body] != "\n":
            continue
        text = f"{page.text[:body]}{figure}\n\n{page.text[body:]}"
        [sentence] = [row for row in split_sentences(text, "page") if row.span_start == body]
        assert sentence.role != "furniture", path.stem


def test_the_rank_of_a_glued_headline_belongs_to_it() -> None:
    text = (
        "It ended there.It was over.Most read1Storm hits coast2Bank cuts rates3UK court frees man4Is tea good for you?"
    )
    sentences = split_sentences(text, "page")
    assert [row.text for row in sentences if row.role == "furniture"][-4:] == [
        "1Storm hits coast", "2Bank cuts rates", "3UK court frees man", "4Is tea good for you?",
    ]  # fmt: skip


def test_a_site_that_speaks_of_itself_is_no_article() -> None:
    article = "The council said that 41 people were referred last year.\nThat was nine more than in the year before.\n"
    talk = [
        "The Marden Echo",
        "News Sport What's On Jobs Property Public Notices",
        "Have you been affected by the issues raised in this story?",
        "Please log in or register to post a comment.",
        "You can change your cookie settings at any time.",
    ]
    text = "\n".join([*talk[:2], "Referrals to the council's scheme rise again", article * 3, *talk[2:]])
    found = [row.text for row in split_sentences(text, "page") if row.role == "furniture"]
    assert found == talk


@pytest.mark.parametrize(
    "line",
    [
        "READ MORE: Woman, 37, fined over crash on ring road",
        "Read next: Man, 60, missing after trip to the coast",
        "Jane Doe is the author of The Long Way Round (£14.99)",
        "2 John Roe is the author of Nine Doors (Marsh Books, £20)",
        "[00:07:12]",
        "[applause]",
        "Calls cost your usual network rate",
        "Become a supporter for £4 a month and read it first",
        "Issue 12 · Monday 3 February 2020",
    ],
)
def test_a_teaser_or_a_blurb_amid_the_article_is_furniture(line: str) -> None:
    article = "The council said that 41 people were referred last year. That was nine more than in the year before."
    text = f"Referrals to the scheme rise again\n\n{article}\n\n{line}\n\nThe police made 12 of the referrals.\n"
    assert [row.text for row in split_sentences(text, "page") if row.role == "furniture"] == [line]


@pytest.mark.parametrize(
    "line", ["She is the author of the report.", "The council wants to read more: about 41 files."]
)
def test_a_sentence_about_an_author_or_reading_is_none(line: str) -> None:
    article = "The council said that 41 people were referred last year. That was nine more than in the year before."
    text = f"Referrals to the scheme rise again\n\n{article}\n\n{line}\n\nThe police made 12 of the referrals.\n"
    assert [row.text for row in split_sentences(text, "page") if row.role == "furniture"] == []


def test_a_date_below_the_headline_is_a_line_of_its_own() -> None:
    lines = [
        "They had the chance to stop him, says mother of one of the victims",
        "13th December 2024",
        "The mother of a woman killed in the attack has spoken of her anger after",
        "a report into the case laid bare a string of mistakes, and said that she",
        "had waited for more than three years for an answer to the questions that",
        "the family had put to the council, to the police and to the college.",
    ]
    starts = [row.text for row in split_sentences("\n".join(lines), "page")]
    assert starts[:2] == lines[:2]


def test_the_threshold_decides_what_is_furniture() -> None:
    text = pages.read_page(PAGES[0]).text
    strict = split_sentences(text, "page", furniture_threshold=0.999)
    loose = split_sentences(text, "page", furniture_threshold=0.0)
    assert {row.role for row in loose} == {"furniture"}
    assert sum(row.role == "furniture" for row in strict) < len(strict)


def test_the_model_weighs_every_feature_of_every_kind() -> None:
    model = read_model()
    for kind in KINDS:
        assert set(model["first"][kind]) == {"intercept", *FEATURES}
    text = pages.read_page(PAGES[0]).text
    assert all(set(values) <= set(FEATURES) for _, values in describe_segments(text, split_segments(text)))


def test_cross_validated_figures_are_shipped_with_the_model() -> None:
    figures = read_model()["cross_validation"]
    assert figures["pages"] >= 60
    assert figures["all"]["f1"] >= 0.885
    assert figures["by_hand"]["f1"] >= 0.92
    assert figures["all"]["article_lost"] <= 0.012


def test_reading_a_text_needs_no_scikit_learn() -> None:
    code = (
        "import sys; from helpers.sentences.splitting import split_sentences;"
        "split_sentences('It rose. It fell.', 'x');"
        "print([name for name in ('sklearn', 'numpy', 'pandas', 'ftfy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.corpus
def test_training_again_finds_the_weights_that_are_shipped(tmp_path: Path) -> None:
    target = tmp_path / "model.json"
    subprocess.run(
        [sys.executable, "training/train_furniture.py", str(target)], cwd=ROOT, check=True, capture_output=True
    )
    assert json.loads(target.read_bytes()) == json.loads(MODEL.read_bytes())


def test_a_labelled_page_with_a_broken_line_is_refused_with_its_number() -> None:
    with pytest.raises(ValueError, match="line 2"):
        pages.parse_page("=B It rose.\nno mark here\n", "broken")


@pytest.mark.skipif(not (SHARED / "gold" / "seeds").is_dir(), reason="../shared/gold/seeds is not there")
def test_real_pages_reach_the_target() -> None:
    with (SHARED / "gold" / "seeds" / "furniture.csv").open(newline="", encoding="utf-8") as stream:
        gold = list(csv.DictReader(stream))
    right = found = wanted = 0
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        spans = [(int(row["span_start"]), int(row["span_end"])) for row in gold if row["document"] == path.name]
        theirs = {at for start, end in spans for at in range(start, end) if not text[at].isspace()}
        mine = furniture_of(text)
        right, found, wanted = right + len(mine & theirs), found + len(mine), wanted + len(theirs)
    assert 2 * right / (found + wanted) >= 0.98


def lines_of_furniture(text: str) -> list[str]:
    return [one.text for one in split_sentences(text, "d") if one.role == "furniture"]


BODY = (
    "The council said on Monday that 41 people had been referred last year, most of them by their schools.\n\n"
    "It was too early to say why, the chair of the board told members, but the rise had not come as a surprise.\n\n"
)


@pytest.mark.parametrize(
    "line",
    [
        "Implemented · March 2024", "Accepted · due June 2026", "Completed in 2023",
        "AI-generated summary. May contain errors.",
        "Lords · 3 June 2024 · 41 minutes · Watch on Parliament TV · Hansard vol. 838, col. 77",
        "12.44 GMT", "00:07:24", "Cabinet 4.6.21 – Page 2 of 9", "Chapter 3 | 27", "~~~~~~~~",
        "Agenda item 6", "Contact officer: Una Lowe", "Sign up to the Morning Round newsletter",
        "Pupils at the town's college – Photograph: Jo Vane/Southern Press",
        "The town hall in Corn Street, Marsh. Photograph: Jo Vane/SP", "Town Hall, Marsh. (Image: SNS)",
        ">> SIGN OUR LETTER: 4,310 names so far! <<", "Subscribe Sign in",
        "Sign up for our Morning Round newsletter to keep up with the news of the county and beyond.",
        "Statement UIN HCWS100", "Written questions, answers and statements",
    ],
)  # fmt: skip
def test_lines_that_no_article_has_are_furniture(line: str) -> None:
    found = " ".join(lines_of_furniture(f"Referrals rise again in the county\n\n{BODY}{line}\n\n{BODY}"))
    assert found == line


@pytest.mark.parametrize(
    "line",
    [
        "Accepted by the panel in March, he met his mentor on Fridays.",
        "Published 4 May 2022 · Last updated 2 June 2023 · Commissioned by NHS England",
        "Implemented in 2015, the duty covers schools, colleges and prisons.",
        "Chapter 3 of the report, on page 27 of 90, says that the file was thin.",
        "The case was shut at 12.44 GMT that day.",
        "The panel never asked to see the picture: it had heard enough.",
    ],
)
def test_lines_much_like_them_stay(line: str) -> None:
    assert lines_of_furniture(f"Referrals rise again in the county\n\n{line}\n\n{BODY}") == []


def test_a_table_in_columns_parted_by_blanks_stays_and_so_does_what_follows_it() -> None:
    rows = "Ref  Owner  State\n1  Tarn Council  Implemented\n2  Police Board  Proposed\n3  Health Trust  Accepted\n"
    note = "Two of these were late, and the board has asked why that is so.7\n\nBack to top\nChapter 3 | 28\n"
    assert lines_of_furniture(f"Referrals rise again\n\n{BODY}{rows}{note}") == ["Back to top", "Chapter 3 | 28"]


@pytest.mark.parametrize(
    "rows", ["Concern   2019   2020\nIslamist   1,404   1,487", "Year | Referrals | Adopted\n2019 | 5,737 | 556"]
)
def test_a_table_of_one_row_below_its_head_stays(rows: str) -> None:
    assert lines_of_furniture(f"Referrals rise again\n\n{BODY}{rows}\n\n{BODY}") == []


def test_links_go_as_far_as_their_block() -> None:
    links = (
        "Related articles\nMinister: I knew nothing of it\nPupil, 14, held over a song\nAnalysis: the £4m riddle\n\n"
    )
    found = lines_of_furniture(f"Referrals rise again in the county\n\n{BODY}{links}What comes next\n\n{BODY}")
    assert found == links.split("\n")[:4]


def test_a_site_is_named_above_its_menu_and_a_sender_below_his_label() -> None:
    top = "Marsh Valley Council\nNews | Bins | Council tax | Contact us\nHome > News\n"
    text = f"{top}Referrals rise again in the county\nFrom:\nHome Office and Ivo Trent MP\n{BODY}"
    assert lines_of_furniture(text) == [*top.strip().split("\n"), "From:", "Home Office and Ivo Trent MP"]


def test_a_caption_goes_with_the_credit_in_capitals_behind_it() -> None:
    caption = "The library in Corn Street, where the attack began. JO VANE/SOUTHERN PRESS"
    found = " ".join(lines_of_furniture(f"Referrals rise again in the county\n\n{caption}\n\n{BODY}"))
    assert found == caption
