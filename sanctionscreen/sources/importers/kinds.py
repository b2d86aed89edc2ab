"""Whether a name with no stated kind is a person's or an organisation's, by a cautious rule.

The Entity List, the Denied Persons List and the State Department's lists do not say which of their parties
are people. A wrong kind misleads the comparison of names, so the rule claims a person only where nothing
speaks for an organisation, and every import reports how many it inferred:

1. on a list of persons, what stands in parentheses or quotation marks is left out first: a nickname;
2. a digit, an ampersand, a slash, a parenthesis, or a word of `kinds.yaml` (Ltd, Institute, Trading ...) makes
   an organisation;
3. so does a single word, a country at the end, or more than five words (eight on a list of persons);
4. `SURNAME, Given` is a person;
5. what is left is a person on a list of persons (Denied Persons, ITAR Debarred), or where the name has two to
   four words in capitals or title case and no word in capitals among words that are not.

>>> infer("Gunther Migeotte"), infer("Panda Semiconductor"), infer("Bitreit"), infer("ZAO Sparta")
('person', 'organization', 'organization', 'organization')
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

from sanctionscreen.countries import country_code
from sanctionscreen.records import Kind

_SIGNS = re.compile(r"[\d&/()\"“”+@;:#]")
_TITLES = re.compile(
    r"^(?:dr|mr|mrs|ms|general|gen|brigadier|colonel|col|major|sheikh|haji|hajji|mullah|prof)\.? ", re.IGNORECASE
)
_ASIDES = re.compile(r"\([^()]*\)|\"[^\"]*\"")
_WORDS = (2, 5)


@lru_cache(maxsize=1)
def _organisation() -> tuple[frozenset[str], tuple[str, ...]]:
    lines = yaml.safe_load((files(__package__) / "kinds.yaml").read_text(encoding="utf-8"))["organisation"]
    words = " ".join(lines).split()
    return frozenset(w for w in words if w[0] != "-"), tuple(w[1:] for w in words if w[0] == "-")


def infer(name: str, mostly: Kind | None = None) -> Kind:
    """Tell a person from an organisation.

    Args:
        name: as the list writes it.
        mostly: what the parties of the list mostly are.
    """
    if mostly == "person":
        name = _ASIDES.sub(" ", name)
    words = name.replace(",", " ").split()
    most = _WORDS[1] + 3 * (mostly == "person")
    if _SIGNS.search(name) or not _WORDS[0] <= len(words) <= most:
        return "organization"
    if any(map(_marks_organisation, _TITLES.sub("", name).replace(",", " ").split())) or _is_country(words[-1]):
        return "organization"
    if mostly == "person" or name.count(",") == 1:
        return "person"
    return "person" if _looks_like_a_person(words) else "organization"


def _is_country(word: str) -> bool:
    """Whether the word is a country; codes are family names too (Li, Hu, Sun), and Chad is a man's name."""
    return len(word) > 3 and word.lower() != "chad" and country_code(word) is not None


def _marks_organisation(word: str) -> bool:
    words, ends = _organisation()
    bare = word.lower().rstrip(".")
    return bare in words or bare.replace(".", "") in words or (len(bare) > 5 and bare.endswith(ends))


def _looks_like_a_person(words: list[str]) -> bool:
    """Two to four words, none in capitals among words that are not, none in lower case but particles."""
    if len(words) > 4 or any(not re.fullmatch(r"[^\W\d_][\w.'’`-]*", word) for word in words):
        return False
    long = [word for word in words if len(word.rstrip(".")) > 1]
    shouted = [word for word in long if word.isupper()]
    return bool(long) and (not shouted or len(shouted) == len(long))
