"""One text from the web: http or https, from public addresses alone, within limits of size, time and redirects.

By urllib3, because it can be told which address to connect to and which host's certificate to expect: a name is looked
up once a hop, checked, and the connection made to that very address, so that no second look-up can lead elsewhere.
"""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import TypeVar
from urllib.parse import unquote, urljoin, urlsplit

import urllib3

from helpers.sources.addresses import FetchError, Hop, resolve, take_apart
from helpers.sources.decoding import MAX_BYTES
from helpers.sources.formats import SUFFIXES

Result = TypeVar("Result")

SUFFIX_OF_TYPE = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md",
    "application/pdf": ".pdf",
}  # fmt: skip
SILENT_TYPES = {"", "application/octet-stream", "binary/octet-stream", "application/force-download"}
REDIRECTS = {301, 302, 303, 307, 308}
CHUNK = 65_536  # bytes
REST_SECONDS = 15.0  # without a single byte


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a server may send, how long it may take in all, how often it may point elsewhere, and where to."""

    max_bytes: int = MAX_BYTES
    seconds: float = 60.0
    redirects: int = 5
    is_local_allowed: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of a text as they were sent, the address they came from in the end, and a name for the file."""

    content: bytes
    url: str
    name: str


def fetch(url: str, limits: Limits | None = None) -> Fetched:
    """Return what a server sends for `url`; proxies are not used, because they would look names up by themselves.

    Raises
    ------
    FetchError
        When an address on the way is not http or https, or is on this machine or a private network; when a limit is
        passed; when the server fails, or sends something that is no text we read.
    """
    given = limits or Limits()
    return _within(given.seconds, url, lambda: _follow(url, given, time.monotonic() + given.seconds))


def _within(seconds: float, url: str, work: Callable[[], Result]) -> Result:
    """Return what `work` does, unless it takes longer: even looking up a name, or a header a byte at a time."""
    outcome: queue.SimpleQueue[Result | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            outcome.put(work())
        except Exception as error:  # whatever it is, it is raised again where the caller waits
            outcome.put(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        done = outcome.get(timeout=seconds + 1)
    except queue.Empty:
        raise _too_slow(url, seconds) from None
    if isinstance(done, Exception):
        raise done
    return done


def _follow(url: str, limits: Limits, deadline: float) -> Fetched:
    """Follow redirects, each checked like the first address, to a text."""
    seen = [url]
    while True:
        hop = take_apart(seen[-1])
        response = _ask(hop, resolve(hop, limits.is_local_allowed), deadline - time.monotonic())
        try:
            location = response.headers.get("Location")
            if response.status in REDIRECTS and location:
                seen.append(urljoin(hop.url, location))
                if len(seen) > limits.redirects + 1:
                    way = " → ".join(map(repr, seen[-3:]))
                    raise FetchError(f"{url!r} leads on more than {limits.redirects} times ({way}); expected a text.")
                continue
            if response.status != 200:
                raise FetchError(
                    f"{hop.url!r} answers {response.status} {response.reason or ''}".rstrip()
                    + "; expected a text. Open it in a browser, save it, and add the file."
                )
            content = _body(response, hop, limits, deadline)
            return Fetched(content, hop.url, _name(hop, content, response.headers.get("Content-Type", "")))
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise _broken(hop, error) from None
        finally:
            response.close()


def _ask(hop: Hop, address: str, seconds: float) -> urllib3.BaseHTTPResponse:
    """Return the head of an answer from exactly this address, for exactly this host."""
    rest = max(min(REST_SECONDS, seconds), 0.1)
    timeout = urllib3.Timeout(connect=rest, read=rest)
    pool: urllib3.HTTPConnectionPool
    if hop.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            address, hop.port, timeout=timeout, server_hostname=hop.host, assert_hostname=hop.host,
            cert_reqs="CERT_REQUIRED",
        )  # fmt: skip
    else:
        pool = urllib3.HTTPConnectionPool(address, hop.port, timeout=timeout)
    headers = {
        "Host": urlsplit(hop.url).netloc, "Accept": ", ".join(SUFFIX_OF_TYPE), "Accept-Encoding": "identity",
        "User-Agent": f"prevent-evidence/{version('prevent-evidence')}", "Connection": "close",
    }  # fmt: skip
    try:
        return pool.urlopen(
            "GET", hop.target, headers=headers, retries=False, redirect=False, preload_content=False,
            decode_content=False,
        )  # fmt: skip
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise _broken(hop, error) from None


def _body(response: urllib3.BaseHTTPResponse, hop: Hop, limits: Limits, deadline: float) -> bytes:
    """Return the bytes of an answer as they were sent."""
    coding = response.headers.get("Content-Encoding", "identity").lower()
    if coding not in ("identity", ""):
        raise FetchError(f"{hop.url!r} is sent packed as {coding!r}; expected plain bytes. Save it, and add the file.")
    chunks: list[bytes] = []
    size = 0
    while chunk := response.read1(CHUNK):
        size += len(chunk)
        if size > limits.max_bytes:
            raise FetchError(f"{hop.url!r} is larger than the limit of {limits.max_bytes:,} bytes; see --max-bytes.")
        if time.monotonic() > deadline:
            raise _too_slow(hop.url, limits.seconds)
        chunks.append(chunk)
    return b"".join(chunks)


def _name(hop: Hop, content: bytes, said: str) -> str:
    """Return a file name for a text by the last part of its address and the type that its server says it has."""
    kind = said.partition(";")[0].strip().lower()
    last = PurePosixPath(unquote(hop.target.partition("?")[0])).name
    named = PurePosixPath(last).suffix.lower()
    suffix = SUFFIX_OF_TYPE.get(kind)
    if kind in SILENT_TYPES or (kind == "text/plain" and named == ".md"):
        suffix = ".pdf" if content.startswith(b"%PDF-") else named if named in SUFFIXES else None
    if suffix is None:
        raise FetchError(
            f"{hop.url!r} is sent as {kind or 'no type'!r}; expected a web page, plain text or a PDF. "
            "Save it as one of them, and add the file."
        )
    stem = PurePosixPath(last).stem if re.fullmatch(r"\.[a-z]{2,5}", named) else last
    return (stem or hop.host) + suffix


def _too_slow(url: str, seconds: float) -> FetchError:
    """Return the error of a server that takes too long."""
    return FetchError(f"{url!r} took longer than {seconds:g} seconds; try again later, or see --seconds.")


def _broken(hop: Hop, error: Exception) -> FetchError:
    """Return the error of a connection that failed, in words."""
    reason = re.sub(r"^.*?(?:Connection|Pool)\(host=.*?\): ", "", str(error)) or type(error).__name__
    return FetchError(f"{hop.url!r} cannot be fetched: {reason}. Check the address, and try again.")
