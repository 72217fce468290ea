"""`prevent add`: one more source text, from a file or from the web."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from helpers.commands.application import app
from helpers.errors import CallError
from helpers.escaping import spelled_out

if TYPE_CHECKING:
    from helpers.sources.additions import Addition
    from helpers.sources.fetching import Limits

QUESTIONS = {
    "title": "Title",
    "publisher": "Publisher",
    "document_type": "Type (news, statement, debate_summary, review_record, bulletin, other)",
    "published_date": "Published on (YYYY-MM-DD)",
    "licence": "Licence, such as OGL-3.0 or CC-BY-4.0",
}


@app.command(
    short_help="Store a text and enter it in the catalogue.",
    epilog="Examples: prevent add article.pdf  ·  prevent add https://example.org/a.html --licence OGL-3.0  ·  "
    "prevent add report.html --published 2025-02-14 --raw texts",
)
def add(
    source: Annotated[str, typer.Argument(help="A file, or an http or https address.", metavar="FILE|URL")],
    raw: Annotated[Path | None, typer.Option(help="Folder of source texts (default: data/raw).", metavar="DIR")] = None,
    title: Annotated[str, typer.Option(help="Its title.")] = "",
    publisher: Annotated[str, typer.Option(help="Who published it.")] = "",
    published: Annotated[str, typer.Option(help="Day of publication.", metavar="YYYY-MM-DD")] = "",
    kind: Annotated[str, typer.Option("--type", help="Its type, such as news, statement or bulletin.")] = "",
    licence: Annotated[
        str, typer.Option(help="Its licence, such as OGL-3.0; reports show texts of others in part.")
    ] = "",
    url: Annotated[str, typer.Option(help="Where it can be found, for a file.", metavar="URL")] = "",
    note: Annotated[str, typer.Option(help="A remark for the catalogue.")] = "",
    max_bytes: Annotated[int, typer.Option(help="Largest text that is taken.", min=1)] = 20_000_000,
    seconds: Annotated[float, typer.Option(help="Longest that an address may take.", min=0.1)] = 60.0,
    is_local_allowed: Annotated[
        bool, typer.Option("--allow-local", help="Also fetch from this machine and from private networks.")
    ] = False,
) -> None:
    """Store a text as it is, and enter it in the catalogue; what cannot be read is asked for, or can be given."""
    from helpers.paths import project_root
    from helpers.sources.additions import add_source, check_description
    from helpers.sources.fetching import Limits

    given = {
        "title": title, "publisher": publisher, "published_date": published, "document_type": kind, "licence": licence,
        "url": url, "note": note,
    }  # fmt: skip
    check_description(given)
    content, name, address = _read(source, Limits(max_bytes, seconds, is_local_allowed=is_local_allowed))
    given["url"] = url or address
    folder = raw or project_root() / "data" / "raw"
    ask = _ask if sys.stdin.isatty() and sys.stderr.isatty() else None
    _tell(add_source(content, name, folder, given, datetime.now(UTC).date(), ask), raw)


def _read(source: str, limits: Limits) -> tuple[bytes, str, str]:
    """Return the bytes of a file or an address, a name for them, and the address they came from."""
    from helpers.sources.decoding import FormatError, read_bytes
    from helpers.sources.fetching import fetch

    if "://" in source:
        fetched = fetch(source, limits)
        return fetched.content, fetched.name, fetched.url
    try:
        return read_bytes(Path(source), limits.max_bytes), Path(source).name, ""
    except FormatError as error:
        raise CallError(f"{source!r}: {error}") from None


def _ask(column: str, fault_of: Callable[[str], str]) -> str:
    """Return the answer to a question, asked again until it is right; nothing when it is not known."""
    while True:
        answer: str = typer.prompt(f"{QUESTIONS[column]} [Enter: not known]", "", show_default=False, err=True).strip()
        if not (fault := fault_of(answer)):
            return answer
        typer.echo(fault, err=True)


def _tell(added: Addition, raw: Path | None) -> None:
    """Print what became of a text, and what can be done next."""
    if not added.is_new:
        typer.echo(f"{added.path} holds the same bytes already (sha256 {added.sha256}); nothing was written.")
        return
    typer.echo(f"{added.path}: sha256 {added.sha256}")
    for column, value in added.row.items():
        typer.echo(f"  {column.replace('_', ' ')}: {spelled_out(value) or 'not known'}")
    build = f"prevent build --raw {shlex.quote(str(raw))}" if raw else "prevent build"
    typer.echo(f"Its row is in the catalogue sources.csv beside it, where it can be mended. Next: {build}")
