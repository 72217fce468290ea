"""The nouns that numbers count: printed, or left out because a number near it prints them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.numbers.clauses import Ground, Mention
from helpers.numbers.cues import Cue
from helpers.numbers.nouns import counted_before, is_official
from helpers.seldom import Seldom

LISTED = ("recommendations", "issues", "failings", "findings")
_GROUP_OF = re.compile(
    r"\b(?:team|group|panel|committee|family|crowd|crew|board|unit|squad|staff|workforce|force) of"
    r" (?:just |only |about |some )?$",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\bn(?:ot|['’]t) \S+ ([a-z]+s),? but (?:\w+ ){0,2}$")  # "not four officers but seven"
_LISTED_BEFORE = Seldom(rf"\b({'|'.join(LISTED)})\b[^.]*$", re.IGNORECASE)
_HARMED = re.compile(r"\b(?:killed|murdered|injured|hurt|wounded|stabbed|arrested|jailed|convicted) $", re.IGNORECASE)
_RELATIVE = re.compile(r", (?:which|who|whose|where)\b")
_ALL = re.compile(r"\b(?:all|remaining|other|first|last)\s$", re.IGNORECASE)


@dataclass(slots=True)
class CountedNouns:
    """What the numbers of a text counted last."""

    noun: str = ""
    sentence: int = -9  # in which it was printed
    list_noun: str = ""  # recommendations or issues, once counted

    def fill(self, mentions: list[Mention], measures: list[Cue], index: int) -> None:
        """Give a number without a noun the noun it is counted with before ("one session … instead of two")."""
        counted = [mention for mention in mentions if mention.candidate.kind in ("count", "ratio")]
        later = [""]
        for mention in reversed(counted):
            later.append(mention.noun or later[-1])
        earlier = ""
        first = next((cue.end for cue in measures if is_official(cue.measure)), None)
        for mention, following in zip(counted, reversed(later[:-1]), strict=True):
            if mention.noun:
                self.noun, self.sentence = mention.noun, index
                self.list_noun = mention.noun if mention.noun in LISTED else self.list_noun
            elif not mention.unit and (listed := _LISTED_BEFORE.search(mention.before)):
                mention.noun = mention.unit = self.list_noun = listed[1].lower()
            elif not mention.unit and (denied := _DENIED.search(mention.before)):
                mention.noun = mention.unit = denied[1]
            elif not mention.unit:
                has_subject = first is not None and first <= mention.start
                last = self.noun if index - self.sentence <= 1 and not measures else ""
                own = counted_before(mention.before, mention.before_modifier, mention.after)
                last = own or last
                mention.noun = earlier or ("" if has_subject else _noun_of(mention, following, last))
                if self.list_noun and _ALL.search(mention.before[-12:]) and mention.candidate.number.value < 100:
                    mention.noun = self.noun = self.list_noun
                    self.sentence = index
                mention.unit = mention.noun
                mention.grounds["unit"] = Ground("what the numbers around it count", held="noun" if last else "")
                is_team = _GROUP_OF.search(mention.before[-24:])  # "a team of four" counts people of its own
                mention.is_elided = not is_team and not own
            earlier = mention.noun or earlier


def _noun_of(mention: Mention, following: str, last: str) -> str:
    if _GROUP_OF.search(mention.before[-24:]) or _HARMED.search(mention.before_modifier[-14:]):
        return "people"
    if following == "times" or _RELATIVE.search(mention.after):
        return last  # "Five were adopted by the panel, which has met ten times"
    return following if following and mention.candidate.number.value < 20 else last
