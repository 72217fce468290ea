"""Bytes of plain and compressed files as they flow: lines without end and archives without bottom do no harm."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, cast

from helpers.sources.decoding import FormatError

COMPRESSED = (".gz", ".zst")
READ_AHEAD = 1 << 16  # bytes; what was read ahead is lost where an archive breaks off


def plain_name(name: str) -> str:
    """Return a file name without the suffix of its compression.

    Examples
    --------
    >>> plain_name("news.jsonl.gz"), plain_name("news.jsonl")
    ('news.jsonl', 'news.jsonl')
    """
    return name[: -len(PurePosixPath(name).suffix)] if name.lower().endswith(COMPRESSED) else name


def open_stream(path: Path) -> IO[bytes]:
    """Open a file for reading its bytes, unpacked where its name says that it is compressed.

    Raises
    ------
    FormatError
        When it cannot be opened. What is broken further on shows in `read_lines` and `read_whole`.
    """
    try:
        if path.name.lower().endswith(".zst"):
            import pyarrow  # slow to import, and only needed for this kind

            return io.BufferedReader(pyarrow.input_stream(str(path), compression="zstd"), READ_AHEAD)
        if path.name.lower().endswith(".gz"):
            return cast("IO[bytes]", gzip.open(path))
        return path.open("rb", buffering=READ_AHEAD)
    except OSError as error:
        reason = error.strerror or str(error)
        expected = "a file that this user may read"
        raise FormatError(
            f"cannot be opened: {reason}", expected, "Check that it exists and its permissions."
        ) from None


def read_lines(stream: IO[bytes], max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield number (from 1) and bytes of every line that is not blank; ``None`` for one of more than `max_bytes`.

    Raises
    ------
    FormatError
        When the stream breaks off; says after which line.
    """
    number = 0
    try:
        while line := stream.readline(max_bytes + 1):
            number += 1
            if len(line) > max_bytes and not line.endswith(b"\n"):
                while (rest := stream.readline(READ_AHEAD)) and not rest.endswith(b"\n"):
                    pass
                yield number, None
            elif line.strip():
                yield number, line
    except (OSError, EOFError, ValueError) as error:  # how gzip and zstd say that an archive is cut or damaged
        raise _broken(f"broken after line {number:,}", error) from None


def read_whole(path: Path, max_bytes: int) -> bytes:
    """Return all bytes of a compressed file.

    Raises
    ------
    FormatError
        When it cannot be opened, is damaged, or holds more than `max_bytes`.
    """
    try:
        with open_stream(path) as stream:
            content = stream.read(max_bytes + 1)
    except (OSError, EOFError, ValueError) as error:
        raise _broken("a broken archive", error) from None
    if len(content) > max_bytes:
        raise FormatError(
            f"larger than the limit of {max_bytes:,} bytes", "a text within the limit", "Split it, or raise the limit."
        )
    return content


def _broken(where: str, error: Exception) -> FormatError:
    """Return the error of a stream that cannot be read to its end."""
    return FormatError(f"{where}: {error}", "a complete file", "Fetch it again; what stood before the break was read.")
