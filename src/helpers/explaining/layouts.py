"""How an explanation looks: in plain words for a terminal, as escaped HTML for a notebook."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from helpers.escaping import spelled_out, visible
from helpers.explaining.accounts import Line, NumberAccount, SentenceAccount

WIDTH = 110  # characters of a line in a terminal
FIELD, VALUE = 12, 30  # characters of the first two columns
STYLE = "text-align:left;vertical-align:top"


def plain_lines(accounts: Sequence[SentenceAccount]) -> Iterator[str]:
    """Yield the lines of an explanation in plain words."""
    for place, account in enumerate(accounts, 1):
        opening = f"{place}. {spelled_out(account.text)}"
        yield from textwrap.wrap(opening, WIDTH, subsequent_indent="   ") or [opening]
        yield f"   [{spelled_out('; '.join(account.reading))}]"
        for words, meaning in account.dates:
            yield f"   date “{spelled_out(words)}”: {meaning}"
        for number in account.numbers:
            yield f"   number “{_one_line(number.surface)}”"
            for line in number.lines:
                yield from _field_lines(line)
        for words, why in account.refused:
            yield f"   refused “{_one_line(words)}”: {why}"
        yield ""


def page_piece(accounts: Sequence[SentenceAccount]) -> str:
    """Return an explanation as a piece of HTML, everything from the text escaped."""
    return f'<div class="explanation">{"".join(map(_sentence_piece, accounts))}</div>'


def _field_lines(line: Line) -> Iterator[str]:
    """Yield the lines of one field: name, value, and the reason in a column of its own."""
    head = f"      {line.field:{FIELD}} {_one_line(line.value):{VALUE}} "
    indent = " " * (FIELD + VALUE + 8)
    first, *others = textwrap.wrap(_one_line(line.why), max(WIDTH - len(indent), 1)) or [""]
    if len(head) > len(indent):
        yield head.rstrip()
        head = indent
    yield head + first
    yield from (indent + other for other in others)


def _one_line(words: str) -> str:
    return spelled_out(" ".join(words.split()))


def _sentence_piece(account: SentenceAccount) -> str:
    notes = [f"date “{words}”: {meaning}" for words, meaning in account.dates]
    notes += [f"refused “{words}”: {why}" for words, why in account.refused]
    items = "".join(f"<li>{visible(note)}</li>" for note in notes)
    return (
        f"<p>{visible(account.text)}<br><small>{visible('; '.join(account.reading))}</small></p>"
        f"{''.join(map(_number_piece, account.numbers))}{f'<ul>{items}</ul>' if items else ''}"
    )


def _number_piece(number: NumberAccount) -> str:
    rows = "".join(
        f'<tr><th scope="row" style="{STYLE}">{visible(line.field)}</th>'
        f'<td style="{STYLE}">{visible(line.value)}</td><td style="{STYLE}">{visible(line.why)}</td></tr>'
        for line in number.lines
    )
    head = "".join(f'<th scope="col" style="{STYLE}">{name}</th>' for name in ("field", "read as", "why"))
    name = f"<strong>{visible(number.surface)}</strong> <small>{visible(number.place)}</small>"
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<details open><summary>{name}</summary>{table}</details>"
