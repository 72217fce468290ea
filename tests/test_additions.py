"""`prevent add`: bytes as they are, a row in the catalogue, nothing overwritten, nothing asked of where it must not."""

from __future__ import annotations

import hashlib
import ipaddress
import os
import socket
import subprocess
import sys
import threading
import time
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import CallError, CatalogueError, EvidenceError
from helpers.sources import addresses
from helpers.sources.additions import add_source, fault_of
from helpers.sources.addresses import FetchError, is_public
from helpers.sources.catalogue import read_catalogue
from helpers.sources.fetching import Limits, fetch
from helpers.sources.files import SourceError, read_folder

TODAY = date(2026, 11, 22)
TEXT = (
    b"Fewer people were referred last year\n\nPublished 14 February 2025\n\nIn 2019/20, 6,287 people were referred.\n"
)
PAGE = b"<html><head><title>A page</title></head><body><p>In 2019/20, 6,287 people were referred.</p></body></html>"
ANSWERS = {
    "/page.html": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
    "/news/2025": (200, {"Content-Type": "text/html"}, PAGE),
    "/report.pdf": (200, {"Content-Type": "application/octet-stream"}, b"%PDF-1.4 not really"),
    "/notes.md": (200, {"Content-Type": "text/plain"}, TEXT),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/zipped": (200, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, b"\x1f\x8b"),
    "/missing": (404, {}, b"nothing here"),
    "/moved": (302, {"Location": "/page.html#part"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/away": (302, {"Location": "file:///etc/passwd"}, b""),
    "/inside": (307, {"Location": "http://127.0.0.2:1/secret"}, b""),
    "/cut": (200, {"Content-Type": "text/plain", "Content-Length": "1000"}, TEXT),
}


class Handler(BaseHTTPRequestHandler):
    """Answers from the table above, and three that never come to an end."""

    def do_GET(self):
        endless = {"/endless": (b"x" * 65_536, 0.0), "/slow": (b"x", 0.05)}
        if self.path == "/stuck":
            self.wfile.write(b"HTTP/1.0 200 OK\r\n")
            self.drip(b"X-Header: x\r\n", 0.05)
        elif self.path in endless:
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.drip(*endless[self.path])
        else:
            status, headers, body = ANSWERS[self.path]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    def drip(self, part: bytes, seconds: float):
        until = time.monotonic() + 10
        try:
            while time.monotonic() < until:
                self.wfile.write(part)
                self.wfile.flush()
                time.sleep(seconds)
        except OSError:
            self.close_connection = True

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def server():
    """The address of a server on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


def allowed(**limits) -> Limits:
    return Limits(is_local_allowed=True, **limits)


def test_bytes_are_fetched_as_they_are_and_named_by_address_and_type(server):
    for path, name in {"/page.html": "page.html", "/news/2025": "2025.html", "/notes.md": "notes.md"}.items():
        fetched = fetch(server + path, allowed())
        assert (fetched.content, fetched.name, fetched.url) == (ANSWERS[path][2], name, server + path)
    assert fetch(f"{server}/report.pdf", allowed()).name == "report.pdf"


def test_redirect_is_followed_and_the_last_address_kept(server):
    assert fetch(f"{server}/moved", allowed()).url == f"{server}/page.html"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/round", "leads on more than 5 times"), ("/away", "no web address"), ("/missing", "answers 404"),
        ("/picture", "is sent as 'image/png'"), ("/zipped", "packed as 'gzip'"), ("/cut", "cannot be fetched"),
        ("/endless", "larger than the limit of 1,000,000 bytes"),
    ],
)  # fmt: skip
def test_what_is_no_text_within_limits_is_refused(server, path, said):
    with pytest.raises(FetchError, match=said):
        fetch(server + path, allowed(max_bytes=1_000_000))


@pytest.mark.parametrize("path", ["/slow", "/stuck"])
def test_a_server_that_drips_is_left(server, path):
    began = time.monotonic()
    with pytest.raises(FetchError, match=r"took longer than 0\.3 seconds"):
        fetch(server + path, allowed(seconds=0.3))
    assert time.monotonic() - began < 8


@pytest.mark.parametrize(
    "url", ["ftp://example.org/a", "file:///etc/passwd", "//example.org/a", "https://", "http://a:b@example.org/",
            "http://[::1", "javascript:alert(1)//", "http://example.org:99999/"],
)  # fmt: skip
def test_only_web_addresses_without_passwords_are_asked(url):
    with pytest.raises(FetchError):
        fetch(url)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "0.0.0.0"])
def test_this_machine_is_asked_only_when_allowed(server, host):
    port = server.rsplit(":", 1)[1]
    with pytest.raises(FetchError, match=r"this machine or a private network|cannot be found"):
        fetch(f"http://{host}:{port}/page.html")


@pytest.mark.parametrize(
    "address", ["10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "127.8.8.8", "0.0.0.0",
                "224.0.0.1", "255.255.255.255", "240.0.0.1", "::", "::1", "fe80::1", "fc00::1", "fec0::1", "ff02::1",
                "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1", "192.0.2.1"],
)  # fmt: skip
def test_private_addresses_are_told_however_they_are_wrapped(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_told(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.fixture
def first_host_is_public(monkeypatch):
    """Take 127.0.0.1 for an address on the internet, so that what follows it can be tried."""
    real = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda one: str(one) == "127.0.0.1" or real(one))


@pytest.mark.usefixtures("first_host_is_public")
def test_every_hop_is_checked(server):
    with pytest.raises(
        FetchError, match=r"'http://127\.0\.0\.2:1/secret' leads to 127\.0\.0\.2, which is this machine"
    ):
        fetch(f"{server}/inside")


@pytest.mark.usefixtures("first_host_is_public")
def test_a_name_is_looked_up_once_and_that_address_connected_to(server, monkeypatch):
    asked = []
    real = socket.getaddrinfo

    def rebinding(host, port, *arguments, **options):
        if host != "rebinding.example":
            return real(host, port, *arguments, **options)
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert fetch(f"http://rebinding.example:{server.rsplit(':', 1)[1]}/page.html").content == PAGE
    assert asked == ["rebinding.example"]


@pytest.mark.usefixtures("first_host_is_public")
def test_a_host_with_one_private_address_is_refused(monkeypatch):
    found = [(2, 1, 6, "", ("127.0.0.1", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(FetchError, match=r"leads to 10\.0\.0\.1"):
        fetch("http://two.example/")


def test_text_is_stored_with_a_row_and_read_by_a_build(raw):
    added = add_source(TEXT, "my news.txt", raw, {"licence": "OGL-3.0", "document_type": "news"}, TODAY)
    assert added.path == raw / "my_news.txt"
    assert added.path.read_bytes() == TEXT
    row = read_catalogue(raw)["my_news.txt"]
    assert (row.document_id, row.licence, row.published_date) == ("my_news", "OGL-3.0", date(2025, 2, 14))
    assert row.title == "Fewer people were referred last year"
    assert row.note == f"Added 2026-11-22, sha256 {hashlib.sha256(TEXT).hexdigest()}"
    texts, problems = read_folder(raw)
    assert [(text.document.document_id, text.document.document_type) for text in texts] == [("my_news", "news")]
    assert problems == []
    assert sorted(path.name for path in raw.iterdir()) == ["my_news.txt", "sources.csv"]


def test_same_bytes_twice_change_nothing(raw):
    first = add_source(TEXT, "a.txt", raw, {}, TODAY)
    before = (raw / "sources.csv").read_bytes()
    again = add_source(TEXT, "b.txt", raw, {"title": "Another"}, TODAY)
    assert (first.is_new, again.is_new, again.path) == (True, False, raw / "a.txt")
    assert (raw / "sources.csv").read_bytes() == before
    assert not (raw / "b.txt").exists()


def test_nothing_is_overwritten_and_names_are_numbered(raw):
    (raw / "A.TXT").write_bytes(b"mine")
    names = [add_source(TEXT + bytes([65 + number]), "a.txt", raw, {}, TODAY).path.name for number in range(3)]
    assert names == ["a-2.txt", "a-3.txt", "a-4.txt"]
    assert (raw / "A.TXT").read_bytes() == b"mine"


@given(st.text(max_size=30))
def test_no_name_leads_out_of_the_folder(tmp_path_factory, name):
    raw = tmp_path_factory.mktemp("raw")
    added = add_source(TEXT, f"{name}x.txt", raw, {}, TODAY)
    assert added.path.parent == raw
    assert added.path.name in {one.name for one in raw.iterdir()}
    assert len(read_folder(raw)[0]) == 1


HEADER = "document_id,file,title,publisher,document_type,published_date,url,licence,note"


@pytest.mark.parametrize(
    ("old", "ends"),
    [
        (f"{HEADER},mine\r\nx,x.txt,,,,,,,,y\r\n".encode(), b",\r\n"),
        (b"\xef\xbb\xbf" + HEADER.encode(), b"\n"),
        (f"{HEADER}\nx,x.txt,Caf\u00e9,,,,,,\n".encode("cp1252"), b"\n"),
    ],
)
def test_rows_of_others_stay_as_they_are(raw, old, ends):
    (raw / "sources.csv").write_bytes(old)
    add_source(TEXT, "new.txt", raw, {}, TODAY)
    now = (raw / "sources.csv").read_bytes()
    kept = old if b"\xe9" not in old else old.decode("cp1252").encode()
    assert now.startswith(kept)
    assert now.endswith(ends)
    assert "new.txt" in read_catalogue(raw)


def test_title_that_a_spreadsheet_would_run_is_kept_from_it_and_read_as_it_is(raw):
    add_source(TEXT, "a.txt", raw, {"title": "=1+1"}, TODAY)
    assert b", =1+1," in (raw / "sources.csv").read_bytes()
    assert read_catalogue(raw)["a.txt"].title == "=1+1"


def test_all_wrong_values_are_told_at_once_and_nothing_is_written(raw):
    wrong = {"document_type": "newz", "published_date": "2025-02-30", "url": "javascript:x"}
    with pytest.raises(CallError, match=r"(?s)3 of the options.*Did you mean 'news'.*2025-02-30.*https://"):
        add_source(TEXT, "a.txt", raw, wrong, TODAY)
    assert list(raw.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "name"), [(b"", "a.txt"), (b"%PDF-1.4", "a.pdf"), (b"PK\x03\x04", "a.txt"), (TEXT, "a.docx")]
)
def test_what_cannot_be_read_is_not_stored(raw, content, name):
    with pytest.raises((SourceError, CallError)):
        add_source(content, name, raw, {}, TODAY)
    assert list(raw.iterdir()) == []


def test_a_wrong_catalogue_is_left_alone(raw):
    (raw / "sources.csv").write_text("file\nx.txt\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"no column .*'title'"):
        add_source(TEXT, "a.txt", raw, {}, TODAY)
    assert [path.name for path in raw.iterdir()] == ["sources.csv"]


def test_two_commands_do_not_lose_each_others_row(raw):
    def add(number):
        while True:
            try:
                return add_source(TEXT + str(number).encode(), "a.txt", raw, {}, TODAY)
            except CallError as busy:
                assert "another command is adding" in str(busy)  # noqa: PT017
                time.sleep(0.01)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_catalogue(raw)) == 8
    assert {row.file for row in read_catalogue(raw).values()} == {path.name for path in raw.glob("*.txt")}


def test_what_cannot_be_read_is_asked_for_until_the_answer_is_right(raw):
    asked = []

    def ask(column, fault):
        asked.append(column)
        return "2025-02-14" if column == "published_date" else ""

    row = add_source(b"6,287 people.", "a.txt", raw, {"title": "T"}, TODAY, ask).row
    assert asked == ["publisher", "document_type", "published_date", "licence"]
    assert row["published_date"] == "2025-02-14"
    assert fault_of("published_date", "14 February") == (
        "published_date '14 February': expected a real day as YYYY-MM-DD, such as 2025-02-14, or nothing"
    )


def prevent(*arguments: str) -> subprocess.CompletedProcess:
    command = [str(Path(sys.executable).with_name("prevent")), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL)


def test_command_adds_a_file_and_an_address(raw, server, tmp_path):
    (tmp_path / "news.txt").write_bytes(TEXT)
    ran = prevent("add", str(tmp_path / "news.txt"), "--raw", str(raw), "--type", "news", "--licence", "CC0-1.0")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "published date: 2025-02-14" in ran.stdout
    assert ran.stdout.endswith(f"Next: prevent build --raw {raw}\n")
    again = prevent("add", str(tmp_path / "news.txt"), "--raw", str(raw))
    assert "holds the same bytes already" in again.stdout
    refused = prevent("add", f"{server}/page.html", "--raw", str(raw))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.endswith("say so with --allow-local.\n")
    assert prevent("add", f"{server}/page.html", "--raw", str(raw), "--allow-local").returncode == 0
    assert read_catalogue(raw)["page.html"].url == f"{server}/page.html"
    assert prevent("add", str(tmp_path / "none.txt"), "--raw", str(raw)).returncode == 2
    assert prevent("add", "ftp://example.org/a.txt", "--raw", str(raw)).returncode == 1


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user who is kept from writing")
def test_folder_that_cannot_be_written_to_is_told(raw):
    raw.chmod(0o500)
    with pytest.raises(EvidenceError, match="cannot write to"):
        add_source(TEXT, "a.txt", raw, {}, TODAY)
    raw.chmod(0o700)
