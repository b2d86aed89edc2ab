"""Where a party is, by what is known of it: regions with rules of their own in its name, address and countries.

A vendor on no list may still be at a place that no list has to name: goods from Xinjiang are presumed made with
forced labour (Pub. L. 117-78, 23 December 2021, https://www.govinfo.gov/link/plaw/117/public/78), and with some
territories nearly all trade is forbidden. `sanctionscreen.meaning.places` has the names and the rules with their
sources. As much of a name is read as is screened, and `MAX_ADDRESS` characters of an address. The name of a person
is not read, since people are called after places. Information, not legal advice.

>>> mill = Party(name="Quiet Mill Ltd", address="5 Beijing Road, Urumqi")
>>> [(found.field, found.place, found.effects[0].effect) for found in whereabouts(mill, date(2024, 1, 1))]
[('address', 'Urumqi', 'import_presumption')]
>>> whereabouts(mill, date(2020, 1, 1))
()
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sanctionscreen.countries import country_name
from sanctionscreen.hits import PlaceFound
from sanctionscreen.meaning.places import RegionFind, region_effects, regions_in
from sanctionscreen.names.normalise import MAX_LENGTH
from sanctionscreen.records import Party

#: Characters of an address that are read; more than this is no address.
MAX_ADDRESS = 2_000


def whereabouts(party: Party, as_of: date) -> tuple[PlaceFound, ...]:
    """Find the regions that a party's name, address and countries name and that have a rule in force on a day.

    Each region is told once for each of the three, by its first place.
    """
    finds = _finds(party)
    if not finds:
        return ()
    found = {(field, find.region): find for field, find in reversed(finds)}
    told = (_told(field, find, as_of) for (field, _), find in reversed(found.items()))
    return tuple(one for one in told if one.effects)


def _finds(party: Party) -> list[tuple[str, RegionFind]]:
    finds = [] if party.kind == "person" else [("name", find) for find in regions_in(party.name[:MAX_LENGTH])]
    if party.address:
        finds += [("address", find) for find in regions_in(party.address[:MAX_ADDRESS])]
    return finds + [("country", find) for code in party.all_countries for find in _of_country(code)]


@lru_cache(maxsize=300)
def _of_country(code: str) -> tuple[RegionFind, ...]:
    return regions_in(country_name(code))


def _told(field: str, find: RegionFind, as_of: date) -> PlaceFound:
    return PlaceFound(
        field=field,  # type: ignore[arg-type]  # one of the three above
        region=find.region,
        title=find.title,
        place=find.place,
        text=find.span.text,
        effects=tuple(effect for effect in region_effects(find, as_of) if effect.in_force),
    )
