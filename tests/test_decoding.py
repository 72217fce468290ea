"""Bytes to characters: nothing added, dropped or moved, whatever the encoding; nothing that is no text."""

from __future__ import annotations

import codecs
import os
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.sources.decoding import FormatError, decode_text, read_bytes, without_surrogates

WORDS = "The café’s lead saw “512” cases – 7%.\r\nCost: £40m\rDone.\n"
letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])


def with_words(text: str) -> str:
    return f"Twelve people were referred. {text}"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (WORDS.encode(), "utf-8"),
        (codecs.BOM_UTF8 + WORDS.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "utf-16"),
        (WORDS.encode("utf-16-le"), "utf-16-le"),
        (WORDS.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + WORDS.encode("utf-32-le"), "utf-32"),
        (WORDS.encode("cp1252"), "windows-1252"),
    ],
)
def test_every_encoding_gives_the_same_characters_and_line_ends(content, encoding):
    decoded = decode_text(content)
    assert (decoded.text, decoded.encoding, decoded.fault) == (WORDS, encoding, None)


def test_the_undefined_bytes_of_windows_1252_keep_their_number():
    text = decode_text(b"caf\xe9 " * 40 + b"\x81 \x8d \x8f \x90 \x9d").text
    assert text == "café " * 40 + "\x81 \x8d \x8f \x90 \x9d"


def test_a_mark_is_no_part_of_the_text_but_a_second_one_is():
    assert decode_text(codecs.BOM_UTF8 + "\ufeffTwo".encode()).text == "\ufeffTwo"


def test_a_damaged_utf8_text_is_still_read_as_one():
    content = "“Twelve” – thirteen – “fourteen” – café".encode()[:-1] + b" \x93six\x94"
    decoded = decode_text(content)
    assert decoded.text == "“Twelve” – thirteen – “fourteen” – cafÃ “six”"
    assert decoded.fault == "some bytes are not UTF-8"


def test_damaged_utf16_is_read_up_to_the_damage_and_said():
    decoded = decode_text(codecs.BOM_UTF16_LE + "512 cases\ud800 more".encode("utf-16-le", "surrogatepass") + b"x")
    assert decoded.text == "512 cases\ufffd more\ufffd"
    assert decoded.fault == "damaged UTF-16"


def test_invisible_characters_stay_and_are_counted():
    decoded = decode_text("Refer\u200brals rose\u202e by 10% in the\x07 year to March 2020".encode())
    assert "\u200b" in decoded.text
    assert decoded.fault == "3 control or invisible characters"


def test_emoji_and_ordinary_white_space_are_nothing_odd():
    assert decode_text("👩‍👩‍👧 512\u00a0cases\t7%\n".encode()).fault is None


@pytest.mark.parametrize("content", [b"", b" \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u2003".encode()])
def test_a_text_without_words_is_empty(content):
    with pytest.raises(FormatError, match="empty; expected a text"):
        decode_text(content)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 text",
        b"PK\x03\x04text",
        b"\x89PNG\r\n",
        b"{\\rtf1 text}",
        b"\x7fELF" + b"\0" * 99,
        bytes(range(256)) * 9,
    ],
)
def test_a_binary_named_as_text_is_refused(content):
    with pytest.raises(FormatError, match="not text: "):
        decode_text(content)


@given(st.binary(max_size=400))
@example(b"\xff\xfe\xd8")
@example(b"\xff\xfe\0\0\0")
@example(b"\xef\xbb\xbf\xff")
@example(b"a\0b\0\xd8")
def test_any_bytes_are_read_or_refused(content):
    try:
        decoded = decode_text(content)
    except FormatError:
        return
    assert decoded.text == decoded.text.encode().decode()
    if decoded.fault is None and decoded.encoding != "windows-1252":
        assert decoded.text == content.decode(decoded.encoding)


@given(st.text(letters), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_unicode_texts_come_back_character_by_character(text, encoding):
    assert decode_text(with_words(text).encode(encoding)).text == with_words(text)


@given(st.binary(max_size=300))
def test_windows_1252_is_one_character_a_byte(content):
    latin = bytes(byte for byte in content if byte >= 32) + b"\xe9 caf\xe9 \xe9t\xe9 na\xefve" * 9
    decoded = decode_text(with_words("").encode() + latin)
    if decoded.encoding == "windows-1252":
        assert len(decoded.text) == len(with_words("")) + len(latin)


@given(st.text(st.characters()))
def test_text_without_surrogates_can_be_stored_and_keeps_its_length(text):
    clean = without_surrogates(text)
    clean.encode()
    assert without_surrogates(clean) == clean
    assert len(clean) <= len(text)


def test_a_file_beyond_the_limit_is_not_read(tmp_path):
    path = tmp_path / "long.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000_000)  # a hole, so that it takes no room
    started = time.process_time()
    with pytest.raises(FormatError, match="larger than the limit of 20,000,000 bytes"):
        read_bytes(path)
    assert time.process_time() - started < 1


def test_a_file_at_the_limit_is_read(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"12345")
    assert read_bytes(tmp_path / "a.txt", 5) == b"12345"
    with pytest.raises(FormatError, match="larger than the limit"):
        read_bytes(tmp_path / "a.txt", 4)


def test_a_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(FormatError, match="a folder, pipe, socket or device"):
        read_bytes(tmp_path / "pipe.txt")


@pytest.mark.parametrize("name", ["missing.txt", "nul\0byte.txt"])
def test_a_path_that_cannot_be_opened_is_explained(tmp_path, name):
    with pytest.raises(FormatError, match=r"cannot be opened: .*Check that it exists"):
        read_bytes(tmp_path / name)
