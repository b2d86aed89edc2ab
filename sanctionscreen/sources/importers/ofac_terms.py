"""The words that OFAC's three XML formats share: scripts, kinds of party, ties, features.

The values are the reference lists that each Advanced and Enhanced file carries; the formats are described at
https://ofac.treasury.gov/specially-designated-nationals-list-data-formats-data-schemas .

>>> SCRIPTS["Chinese Simplified"], KINDS["Entity"], RELATIONS["Acting for or on behalf of"]
('Hans', 'organization', 'acts_for')
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sanctionscreen.records import Kind, NameType, RelationType
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.labels import known_kind
from sanctionscreen.sources.importers.ofac_remarks import place
from sanctionscreen.sources.importers.us_lists import list_id, list_of_program, place_fact

#: ISO 15924 codes of the scripts that OFAC names.
SCRIPTS = {
    "Latin": "Latn", "Cyrillic": "Cyrl", "Arabic": "Arab", "Chinese Simplified": "Hans",
    "Chinese Traditional": "Hant", "Armenian": "Armn", "Georgian": "Geor", "Greek": "Grek", "Hebrew": "Hebr",
    "Japanese": "Jpan", "Korean": "Kore",
}  # fmt: skip
KINDS: dict[str, Kind] = {
    "Individual": "person", "Entity": "organization", "Vessel": "vessel", "Aircraft": "aircraft",
}  # fmt: skip
ALIASES: dict[str, NameType] = {
    "A.K.A.": "aka", "F.K.A.": "fka", "N.K.A.": "aka", "Name": "primary",
    "a.k.a.": "aka", "f.k.a.": "fka", "n.k.a.": "aka",
}  # fmt: skip
#: OFAC's kinds of tie; the words themselves are kept in the note, as some say more than one thing.
RELATIONS: dict[str, RelationType] = {
    "Acting for or on behalf of": "acts_for",
    "Associate Of": "linked_to",
    "Family member of": "family_of",
    "Leader or official of": "leader_of",
    "Owned or Controlled By": "controlled_by",
    "Owns, controls, or operates": "parent_of",
    "Principal Executive Officer": "leader_of",
    "Property in the interest of": "owned_by",
    "Providing support to": "linked_to",
    "playing a significant role in": "linked_to",
}
_FEATURES = {
    "Birthdate": "dob",
    "Place of Birth": "pob",
    "Gender": "gender",
    "Nationality Country": "nationality",
    "Citizenship Country": "citizen",
    "Vessel Flag": "vessel flag",
    "Nationality of Registration": "nationality of registration",
}


def relation(draft: Draft, kind: str, name: str, party: str | None) -> None:
    """Add a tie of one of OFAC's kinds; an unknown kind is a link, and odd."""
    if kind not in RELATIONS:
        draft.odd(f"unknown kind of tie {kind!r}, taken for a link")
    draft.relation(RELATIONS.get(kind, "linked_to"), name, party, note=kind)


def feature(draft: Draft, label: str, value: str, note: str = "") -> None:
    """Place a feature: a fact of the person, of the listing, an identifier, or a remark with its label."""
    label, label_colon = label.strip().rstrip(":"), label.strip()
    noted = f"{value} ({note.strip('()')})" if note else value
    if label in _FEATURES:
        place(draft, _FEATURES[label], value)
        draft.remark(f"{label}: {noted}" if note else "")
    elif label == "Title":
        draft.title(noted)
    elif place_fact(draft, label, value):
        draft.remark(f"{label}: {noted}" if note else "")
    elif known_kind(label) not in (None, "remark"):
        draft.identifier(label, value, note=note)
    else:
        draft.remark(f"{label_colon} {noted}")


def measure(draft: Draft, words: str) -> None:
    """Put what an entry does (`Block`, `13662 Sectoral Directive 1`) into the remarks of its listings."""
    number = next((word for word in words.split() if word.isdigit() and len(word) == 5), "")
    programs = [fields["program"] for fields in draft.listings]
    fitting = [n for n, program in enumerate(programs) if number and number in program]
    fitting = fitting or [n for n, program in enumerate(programs) if program.split("-")[0] in words.split()]
    for chosen in fitting or range(len(draft.listings)):
        draft.listing_remark(chosen, words)


def listings(
    draft: Draft, lists: Mapping[str, date | None], programs: list[tuple[str, str | None]], reference: str
) -> None:
    """Spread programs over the lists that name the party.

    OFAC's XML names both, but not which program put the party on which list. A program that belongs to one
    list goes there; the others go to every list that no program belongs to.

    Args:
        draft: the party.
        lists: titles of the lists, with the day each published the entry, or None.
        programs: each with its authority, or None.
        reference: OFAC's number.
    """
    days = {list_id(title) or title: day for title, day in lists.items() if title != "Consolidated List"}
    homes = {program: list_of_program(program, "") for program, _ in programs}
    claimed = set(homes.values())
    free = [one for one in days if one not in claimed] or list(days)
    for program, authority in programs:
        for one in [homes[program]] if homes[program] in days else free or ["ofac-cons"]:
            fields = {"list": one, "program": program, "authority": authority, "reference": reference}
            draft.listing(published=days.get(one), **fields)
