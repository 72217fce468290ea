"""Page furniture: which segments of a page are navigation, related headlines, captions and the like."""

from __future__ import annotations

import re

from helpers.segments import Segment

FURNITURE_THRESHOLD = 0.5
LINK_LABEL = re.compile(
    r"(?:\d{1,2} min(?:ute)?s? read|Share(?: this.*)?|Read more.*|Related topics?.*|Most read.*|Sign up.*|Cookie.*"
    r"|©.*|Â©.*|Copyright.*|←.*|Completed|(?:date|published) \d{4}-\d\d-\d\d|No recommendations with this response\.)\Z",
    re.S,
)


def furniture_scores(text: str, segments: list[Segment]) -> list[float]:
    """Return for each segment the probability (0–1) that it is page furniture."""
    return [1.0 if LINK_LABEL.match(text, s.body, s.end) else 0.0 for s in segments]
