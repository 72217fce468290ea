"""Speakers: which full name a surname, an office or a pronoun means in one text, and who has spoken so far."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from dataclasses import dataclass, field

from helpers.speech.mentions import APPOSITION_AFTER, SEPARATOR, Mention, last_clause
from helpers.speech.persons import PREPOSITION, as_role, is_place_of_office, split_person, words

CAPITAL = r"(?:(?:Mc|Mac|De|Le|Al-|al-|O['’]|D['’])?[A-ZÀ-Þ][a-zß-ÿ]+(?:-[A-Z][a-z]+)*|[A-Z]\.)"
RUN = re.compile(rf"{CAPITAL}(?:[  ](?:(?:de|van|von|bin|ibn|al|el|der|of)[  ])?(?:{CAPITAL}|[A-Z]{{2,5}}\b))+")
ENDS = re.compile(r"[.!?“”\"]")
BRACKET_AFTER = re.compile(r"\s*\(([^()\n]{2,60})\)")
DESCRIBED = re.compile(
    r"the (?:[\w-]+ )?(?:\d\d-year-old|\w+-(?:mother|father|boss|soldier|officer|pupil)|\w+(?:-of-\w+))"
)
PARTED = re.compile(r"[,;:“”\"‘]|\b(?:and|but|while|whilst|though)\b")
DESCRIBED_REACH = 700  # characters back to the speaker whom "the 44-year-old" can mean
PRONOUN_REACH = 3000  # characters back to the speaker whom a pronoun can mean


@dataclass(slots=True)
class Named:
    """A full name at one place of the text."""

    start: int
    name: str
    title: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What a text tells of one surname: its full names in order, their first offices, the pronoun its titles allow."""

    full: list[Named]
    roles: dict[str, str]
    gender: str


def _start_of(named: Named) -> int:
    """Return where a name stands."""
    return named.start


@dataclass(slots=True)
class Speakers:
    """The people of one text: its full names, and who has spoken so far."""

    text: str
    spoken: list[tuple[int, Mention]] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    topic: Mention | None = None
    introduced: Mention | None = None
    body: Mention | None = None
    turn: str | None = None
    is_digest: bool = False
    _pronouns: dict[str, str] = field(default_factory=dict)
    _surnames: dict[str, list[Named]] | None = None
    _summed: dict[str, Known] = field(default_factory=dict)
    _given: dict[str, list[Named]] = field(default_factory=dict)
    _officers: dict[str, list[Named]] = field(default_factory=dict)

    def resolve(self, mention: Mention | None, at: int, is_told: bool = False) -> Mention | None:
        """Return the speaker whom `mention` at `at` means, None in doubt; he or she spoke, unless it `is_told`."""
        found = mention
        if mention is None:
            return None
        if mention.kind == "pronoun":
            found = self._of_pronoun(mention.name, at)
        elif mention.kind == "person":
            found = self._of_name(mention, at)
        elif mention.kind == "office":
            found = self._of_office(mention, at)
        elif mention.kind == "other":
            found = self._of_description(mention, at)
        if found and not is_told:
            insort(self.spoken, (at, found), key=lambda entry: entry[0])
            self.topic = self.introduced = None
        return found

    def latest(self, at: int, reach: int) -> Mention | None:
        """Return who spoke last before `at`, not more than `reach` characters back."""
        place = bisect_right(self.spoken, at, key=lambda entry: entry[0]) - 1
        return self.spoken[place][1] if place >= 0 and at - self.spoken[place][0] <= reach else None

    def is_new(self, name: str, at: int) -> bool:
        """Say whether the text names this person for the first time at or behind `at`."""
        named = self._named(name.split()[-1])
        return bool(named) and named[0].start >= at

    def _of_pronoun(self, pronoun: str, at: int) -> Mention | None:
        """Return the nearest earlier speaker whom a pronoun can mean."""
        if pronoun == "it":
            latest = self.latest(at, PRONOUN_REACH)
            return latest if latest and latest.kind in ("work", "body") else self.body
        if pronoun not in ("he", "she"):
            return None
        near = [one for one in (self.topic, self.introduced) if one and one.kind == "person"]
        candidates = [one if one is self.introduced and " " not in one.name else self._of_name(one, at) for one in near]
        last = bisect_right(self.spoken, at, key=lambda entry: entry[0])
        spoken = self.spoken[max(0, last - 20) : last]
        candidates += [mention for start, mention in reversed(spoken) if at - start <= PRONOUN_REACH]
        if self.introduced and self.introduced.kind == "office":
            candidates.append(self._of_office(self.introduced, at))
        for mention in candidates:
            if self.turn and mention.name.split()[-1] == self.turn.split()[-1]:
                continue  # who has the floor speaks of somebody else
            if mention.kind in ("person", "office", "other") and self._gender(mention) in (pronoun, "any"):
                self._pronouns.setdefault(mention.name, pronoun)
                return mention
        return None

    def _gender(self, mention: Mention) -> str:
        """Return the pronoun that a speaker's title allows, ``any`` when none is known."""
        if mention.kind != "person" or mention.name in self._pronouns:
            return self._pronouns.get(mention.name, "any")
        gender = words().titles.get(mention.title or "", "any")
        return gender if gender != "any" else self._known(mention.name.split()[-1]).gender

    def _of_name(self, mention: Mention, at: int) -> Mention:
        """Return the person with the full name that the text gives and the office stated with it."""
        known = self._known(mention.name.split()[-1])
        full = mention.name
        if not known.full and " " not in full and (given := self._of_given_name(mention, at)):
            return given
        if known.full and " " not in mention.name:
            full = known.full[max(0, bisect_right(known.full, at, key=_start_of) - 1)].name
        role = mention.role or known.roles.get(full)
        if " " in full and not (mention.title and " of " in full):  # "Baroness Doe of Calder" is named by her title
            return Mention("person", full, mention.title, role)
        if mention.title:
            return Mention("person", f"{mention.title} {full}", mention.title, role)
        if mention.role:
            return mention
        return Mention("body", full)  # a single word that is no known surname ("Liberty said")

    def _of_given_name(self, mention: Mention, at: int) -> Mention | None:
        """Return the person last named before `at` whose given name a mention is ("Sir Anthony", "Kieran")."""
        named = self._given.get(mention.name, [])
        place = bisect_right(named, at, key=_start_of) - 1
        if place < 0 or (mention.title and named[place].title not in (mention.title, None)):
            return None
        found = named[place]
        role = found.role or self._known(found.name.split()[-1]).roles.get(found.name)
        is_peer = found.title is not None and " of " in found.name
        return Mention("person", f"{found.title} {found.name}" if is_peer else found.name, found.title, role)

    def _of_office(self, mention: Mention, at: int) -> Mention:
        """Return the last person named with this office before `at`, an earlier speaker in it, or the office itself."""
        if not mention.name.startswith("the "):
            return mention
        wanted = PREPOSITION.split(mention.name.casefold(), maxsplit=1)[0].split()[1:]
        if not wanted:
            return mention
        self._named("")
        officers = self._officers.get(wanted[-1], [])
        earlier_ones = bisect_right(officers, at, key=_start_of)
        for named in reversed(officers[max(0, earlier_ones - 20) : earlier_ones]):
            tokens = (named.role or "").casefold().split()
            if set(wanted) <= set(tokens) and ("former" not in tokens or "former" in wanted):
                return Mention("person", named.name, named.title, named.role)
        for start, earlier in reversed([] if PREPOSITION.search(mention.name) else self.spoken[-10:]):
            if earlier.kind == "office" and set(wanted) <= set(earlier.name.casefold().split()):
                return earlier
            if (
                earlier.kind == "person"
                and start <= at
                and self._titles(earlier) & words().holders.get(wanted[-1], set())
            ):
                return earlier
        return mention

    def _of_description(self, mention: Mention, at: int) -> Mention:
        """Return the latest speaker for "the 44-year-old" and the like, which names nobody new."""
        latest = self.latest(at, DESCRIBED_REACH) if DESCRIBED.match(mention.name) else None
        return latest if latest and latest.kind == "person" else mention

    def _titles(self, person: Mention) -> set[str]:
        """Return the titles that the text gives a person."""
        surname = person.name.split()[-1]
        titles = {named.title for named in self._named(surname) if named.name in (surname, person.name)}
        return {title for title in (*titles, person.title) if title}

    def _known(self, surname: str) -> Known:
        """Return what the text tells of a surname."""
        if surname not in self._summed:
            named = self._named(surname)
            full = [found for found in named if " " in found.name]
            genders = (words().titles.get(found.title or "", "any") for found in named)
            roles = {found.name: found.role for found in reversed(full) if found.role}
            self._summed[surname] = Known(full, roles, next((gender for gender in genders if gender != "any"), "any"))
        return self._summed[surname]

    def _named(self, surname: str) -> list[Named]:
        """Return every place that gives a full or titled name with this surname; the text is read once."""
        if self._surnames is None:
            self._surnames = {}
            for match in RUN.finditer(self.text):
                self._note(match)
        return self._surnames.get(surname, [])

    def _note(self, match: re.Match[str]) -> None:
        """Keep the person named in one run of capitalised words."""
        assert self._surnames is not None  # noqa: S101
        title, name, rest = split_person(match.group().split())
        if not name or (len(name) < 2 and not title):
            return
        start = match.start()
        line = self.text[max(0, start - 60) : start].rpartition("\n")[2]
        before = SEPARATOR.split(ENDS.split(line)[-1])[-1].strip()
        words_before = " ".join([last_clause(before), *rest]).strip()
        if self.text[start - 1 : start] == "(" or (not title and is_place_of_office(words_before.split())):
            return  # a party, or the place of an office
        role = as_role(words_before)
        if not role and (
            after := BRACKET_AFTER.match(self.text, match.end()) or APPOSITION_AFTER.match(self.text, match.end())
        ):
            role = as_role(after.group(1), is_apposed=after.re is APPOSITION_AFTER)
        named = Named(start, " ".join(name), title, role)
        self._surnames.setdefault(name[-1], []).append(named)
        if len(name) > 1:
            self._given.setdefault(name[0], []).append(named)
        for token in {word.casefold().strip(",()") for word in (role or "").split()} & words().offices:
            self._officers.setdefault(token, []).append(named)


def is_part_of_speech(teller: Mention | None, between: str, mention: Mention) -> bool:
    """Say whether a verb with the subject `mention` is in a person's words ("she said the fall reflects")."""
    is_of_person = teller is not None and teller.kind == "person"
    return is_of_person and mention.kind in ("other", "office", "body") and not PARTED.search(between)
