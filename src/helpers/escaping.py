"""Words from strangers made safe to show: escaped for HTML, hidden characters spelled out."""

from __future__ import annotations

import html
import re

# Characters that hide or reorder the text around them: C0/C1 controls, bidirectional marks and embeddings, zero-width,
# separators of lines, soft hyphens, tags.
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def spelled_out(text: str) -> str:
    """Return `text` with its hidden and direction-changing characters named instead."""
    return HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def visible(text: str) -> str:
    """Return `text` escaped for HTML, with hidden and direction-changing characters spelled out.

    Examples
    --------
    >>> visible("<b>\u202egnp")
    '&lt;b&gt;[U+202E]gnp'
    """
    return html.escape(spelled_out(text))
