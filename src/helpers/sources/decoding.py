"""Bytes to characters: reading files without waiting or overflowing, and the encodings of plain text."""

from __future__ import annotations

import codecs
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from helpers.errors import EvidenceError

MAX_BYTES = 20_000_000
CONTROL_SHARE = 0.05  # of all characters; random bytes show about 13 %, a text with a stray escape code far less
SOUND_SHARE = 0.5  # of the bytes beyond ASCII that must be sound UTF-8 for a damaged UTF-8 text to be read as one
MAX_DAMAGE = 10_000  # bytes; each costs a call
BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BINARY_STARTS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"\x7fELF": "a program",
}
HIGH_BYTES = bytes(range(0x80, 0x100))
# The five bytes that Windows-1252 leaves undefined become the C1 control of the same number, so that nothing is lost.
WINDOWS_1252 = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
INVISIBLES = re.compile(r"[\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class FormatError(EvidenceError):
    """Bytes that cannot be read as a source text; says what is wrong, what was expected and what to do."""

    def __init__(self, problem: str, expected: str, action: str) -> None:
        super().__init__(f"{problem}; expected {expected}. {action}")
        self.problem, self.expected, self.action = problem, expected, action


@dataclass(slots=True)
class Extracted:
    """A source text with its encoding, what its format says about it (``hints``) and what was odd (``fault``).

    ``text`` is what is kept as the source text; ``visible`` is, for a web page, every word of it, furniture included.
    """

    text: str
    encoding: str | None = None
    hints: dict[str, str] = field(default_factory=dict)
    visible: str = ""
    fault: str | None = None


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the bytes of a regular file, without waiting for pipes and without reading beyond `max_bytes`.

    Raises
    ------
    FormatError
        When the file is no regular file, is larger than `max_bytes`, or cannot be opened.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise FormatError("a folder, pipe, socket or device", "a regular file", "Put a file in its place.")
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as stream:
            content = stream.read(max_bytes + 1) if os.fstat(descriptor).st_size <= max_bytes else None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FormatError(
            f"cannot be opened: {reason}", "a file that this user may read", "Check that it exists and its permissions."
        ) from None
    if content is None or len(content) > max_bytes:
        raise FormatError(
            f"larger than the limit of {max_bytes:,} bytes", "a text within the limit", "Split it, or raise the limit."
        )
    return content


def decode_text(content: bytes) -> Extracted:
    """Return the text of a ``.txt`` or ``.md`` file: no character added, dropped or moved, line ends as they are.

    Tried in this order: byte-order mark (no part of the text), UTF-16 without one, UTF-8, Windows-1252.

    Parameters
    ----------
    content : bytes
        The whole file.

    Returns
    -------
    Extracted
        With ``encoding`` such that ``content.decode(encoding)`` gives the text, and ``fault`` when bytes were damaged.

    Raises
    ------
    FormatError
        When the file is empty or no text.
    """
    for start, kind in BINARY_STARTS.items():
        if content.startswith(start):
            raise FormatError(
                f"not text: {kind} by its first bytes", "plain text", "Save it as text or mend its extension."
            )
    decoded = _decode(content)
    if not decoded.text.strip():
        raise FormatError("empty", "a text", "Fetch the text again or remove the file.")
    n_controls = len(CONTROLS.findall(decoded.text))
    if n_controls > CONTROL_SHARE * len(decoded.text):
        raise FormatError(
            f"not text: {n_controls:,} of {len(decoded.text):,} characters are control codes", "plain text",
            "Save it as text or mend its extension.",
        )  # fmt: skip
    decoded.fault = decoded.fault or _oddity(decoded.text, n_controls)
    return decoded


def _decode(content: bytes) -> Extracted:
    """Decode by mark, by the pattern of zero bytes, as UTF-8, else as Windows-1252."""
    for mark, name in BOMS:
        if content.startswith(mark) and name != "utf-8-sig":
            return _damaged_or_sound(content, name)
    if wide := _wide_encoding(content):
        return _damaged_or_sound(content, wide)
    name = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"
    body = content.removeprefix(codecs.BOM_UTF8)
    try:
        return Extracted(body.decode("utf-8"), name)
    except UnicodeDecodeError:
        n_high = len(body) - len(body.translate(None, HIGH_BYTES))
        sound = body.decode("utf-8", "ignore").encode()
        n_sound = len(sound) - len(sound.translate(None, HIGH_BYTES))
        if n_sound < SOUND_SHARE * n_high or n_high - n_sound > MAX_DAMAGE:
            return Extracted(_decode_windows_1252(body), "windows-1252")
        return Extracted(body.decode("utf-8", "windows-1252"), name, fault="some bytes are not UTF-8")


def _damaged_or_sound(content: bytes, name: str) -> Extracted:
    """Decode strictly, else with U+FFFD in place of what is damaged."""
    try:
        return Extracted(content.decode(name), name)
    except UnicodeDecodeError:
        return Extracted(content.decode(name, "replace"), name, fault=f"damaged {name.upper()}")


def _wide_encoding(content: bytes) -> str | None:
    """Return the UTF-16 of a text without a mark: mostly Latin letters, so every other byte is zero."""
    half = len(content) // 2
    even, odd = content[0::2].count(0), content[1::2].count(0)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _decode_windows_1252(content: bytes) -> str:
    """Decode every byte to one character, the undefined ones as well."""
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1").translate(WINDOWS_1252)


def _replace_by_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _decode_windows_1252(error.object[error.start : error.end]), error.end


codecs.register_error("windows-1252", _replace_by_windows_1252)


def _oddity(text: str, n_controls: int) -> str | None:
    """Say which characters a reader would not see."""
    n_invisible = len(INVISIBLES.findall(text))
    if not n_controls + n_invisible:
        return None
    return f"{n_controls + n_invisible:,} control or invisible characters"


def without_surrogates(text: str) -> str:
    """Return `text` with U+FFFD for lone surrogates, which no file and no table can hold."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
