"""`prevent schedule`: a definition of a daily build for cron, systemd or GitHub, ready to be used."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from helpers.commands.application import app
from helpers.commands.output import print_lines
from helpers.errors import CallError

NAME = "prevent-evidence"
MOMENT = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@app.command(
    short_help="Print the definition of a daily build.",
    epilog="Examples: prevent schedule --cron --at 06:30  ·  prevent schedule --systemd --raw texts --reports out",
)
def schedule(
    is_cron: Annotated[bool, typer.Option("--cron", help="A line for crontab.")] = False,
    is_systemd: Annotated[bool, typer.Option("--systemd", help="A service and its timer.")] = False,
    is_github: Annotated[bool, typer.Option("--github", help="A workflow for GitHub Actions and Pages.")] = False,
    at: Annotated[str, typer.Option(help="Time of day (for GitHub in UTC).", metavar="HH:MM")] = "06:00",
    publish: Annotated[
        Path | None, typer.Option(help="Folder of a web server to publish the pages in.", metavar="DIR")
    ] = None,
    raw: Annotated[Path | None, typer.Option(help="Folder of source texts, as for build.", metavar="DIR")] = None,
    processed: Annotated[Path | None, typer.Option(help="Folder of the tables, as for build.", metavar="DIR")] = None,
    reports: Annotated[Path | None, typer.Option(help="Folder of the pages, as for build.", metavar="DIR")] = None,
    log: Annotated[
        Path | None, typer.Option(help="Log file (default: schedule.log in the folder of the pages).", metavar="FILE")
    ] = None,
    params: Annotated[list[Path] | None, typer.Option(help="Parameters files, as for build.", metavar="FILE")] = None,
) -> None:
    """Print the definition of a daily build, with its log, its lock and its exit status."""
    from helpers.paths import project_root

    if is_cron + is_systemd + is_github != 1:
        raise CallError("name one of --cron, --systemd and --github")
    moment = MOMENT.fullmatch(at)
    if not moment:
        raise CallError(f"--at is {at!r}, expected a time of day such as 06:30")
    hour, minute = int(moment[1]), int(moment[2])
    root = project_root()
    folders = {"--raw": raw, "--processed": processed, "--reports": reports}
    options = ["build", "--wait", *_folder_options(folders, root, is_github)]
    for file in params or []:
        _check_there(file, root, is_github, "parameters file", "see notebooks/parameters.yml for one")
        options += ["--params", str(file if is_github else file.absolute())]
    if is_github:
        return print_lines(
            _workflow(hour, minute, options, str(processed or "data/processed"), str(reports or "reports"))
        )
    if publish:
        options += ["--publish", str(publish.absolute())]
    command = [str(Path(sys.executable).with_name("prevent")), *options]
    kept = (log or (reports or root / "reports") / "schedule.log").absolute()
    print_lines(_cron(hour, minute, root, command, kept) if is_cron else _units(hour, minute, root, command, kept))


def _folder_options(folders: dict[str, Path | None], root: Path, is_github: bool) -> list[str]:
    """Return the options of `prevent build` for the folders that were named; the one of texts must be there."""
    options = []
    for name, folder in folders.items():
        if folder is None:
            continue
        if name == "--raw":
            _check_there(folder, root, is_github, "folder of source texts", "name another with --raw DIR")
        elif is_github and folder.is_absolute():
            raise CallError(f"{name} is {str(folder)!r}, expected a folder relative to the repository, for GitHub")
        options += [name, str(folder if is_github else folder.absolute())]
    return options


def _check_there(path: Path, root: Path, is_github: bool, what: str, hint: str) -> None:
    """Raise `CallError` unless a path of the call is there: seen from here, or for GitHub inside the repository."""
    if is_github and path.is_absolute():
        raise CallError(f"{str(path)!r} is no place on GitHub's machine; name the {what} relative to the repository")
    if not (root / path if is_github else path).exists():
        where = f" in {str(root)!r}" if is_github else ""
        raise CallError(f"there is no {what} {str(path)!r}{where}; {hint}")


def _cron(hour: int, minute: int, root: Path, command: list[str], log: Path) -> list[str]:
    """Return a line for crontab; what it prints, which cron sends by mail, is only that a build failed."""
    kept = shlex.quote(str(log))
    begin = f"cd {shlex.quote(str(root))} && mkdir -p {shlex.quote(str(log.parent))}"
    run = f"{begin} && {shlex.join(command)} >> {kept} 2>&1"
    told = shlex.quote(f"prevent build failed, see {log}")
    line = f"{run} || {{ status=$?; echo {told}; exit $status; }}"
    return [f"{minute} {hour} * * * {line}".replace("%", r"\%")]  # cron takes a bare % for a line end


def _units(hour: int, minute: int, root: Path, command: list[str], log: Path) -> list[str]:
    """Return a service and a timer for systemd, each under a comment with the name of its file."""
    kept, above = (shlex.quote(str(path)) for path in (log, log.parent))
    script = f"mkdir -p {above} && exec {shlex.join(command)} >> {kept} 2>&1"  # systemd would open the log before that
    started = " ".join(
        '"' + part.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$") + '"'
        for part in ("/bin/sh", "-c", script)
    )
    folder = str(root).replace("%", "%%")
    return f"""\
# /etc/systemd/system/{NAME}.service
[Unit]
Description=Build the reports on Prevent statistics

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart={started}
Nice=10
TimeoutStartSec=6h

# /etc/systemd/system/{NAME}.timer
[Unit]
Description=Build the reports on Prevent statistics every day

[Timer]
OnCalendar=*-*-* {hour:02d}:{minute:02d}:00
Persistent=true

[Install]
WantedBy=timers.target

# To start: systemctl daemon-reload && systemctl enable --now {NAME}.timer""".splitlines()


def _workflow(hour: int, minute: int, options: list[str], processed: str, reports: str) -> list[str]:
    """Return a workflow that builds, keeps log and reports in any case, and publishes the pages when all went well."""
    command = shlex.join(["prevent", *options, "--publish", "site"])
    return f"""\
# .github/workflows/{NAME}.yml
name: Reports on Prevent statistics
on:
  schedule:
    - cron: "{minute} {hour} * * *"
  workflow_dispatch:
permissions:
  contents: read
  pages: write
  id-token: write
concurrency:
  group: {NAME}
  cancel-in-progress: false
jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    environment:
      name: github-pages
      url: ${{{{ steps.deploy.outputs.page_url }}}}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/cache@v4
        with:
          path: |
            {reports}
            {processed}
          key: {NAME}-${{{{ github.run_id }}}}
          restore-keys: {NAME}-
      - run: make .venv/.ready
      - shell: bash
        run: .venv/bin/{command} 2>&1 | tee schedule.log
      - if: always()
        uses: actions/upload-artifact@v4
        with:
          name: reports
          path: |
            schedule.log
            {reports}
      - uses: actions/upload-pages-artifact@v3
        with:
          path: site
      - id: deploy
        uses: actions/deploy-pages@v4""".splitlines()
