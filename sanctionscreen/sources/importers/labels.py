"""What a source calls an identifier, turned into one of this package's types and checked.

The types are short words (`passport`, `tax_id`, `imo`); the table of labels is `labels.yaml`. A label that is
not in it makes a type of its own words, so that nothing is lost; the label stays in the note.

>>> kind_of("Tax ID No."), kind_of("Website"), kind_of("Tarjeta de Residente")
('tax_id', 'remark', 'tarjeta_de_residente')
>>> refine("registration_number", "IMO 5342883", "Company Number")
('imo_company', '5342883')
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

REMARK = "remark"
_NOISE = re.compile(r"\bno\b|[^a-z0-9]+")
_IMO = re.compile(r"(?:IMO)[ :]*(\d{7})", re.IGNORECASE)
_LEI = re.compile(r"[0-9A-Z]{18}\d{2}")


def _key(label: str) -> str:
    return _NOISE.sub("", label.lower())


@lru_cache(maxsize=1)
def table() -> dict[str, str]:
    """Every label of `labels.yaml` by its bare letters, with its type; `remark` for what is no identifier."""
    text = (files(__package__) / "labels.yaml").read_text(encoding="utf-8")
    rules = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe
    known = {_key(label): kind for kind, labels in rules["identifiers"].items() for label in labels}
    return known | {_key(label): REMARK for label in rules["remarks"]}


@lru_cache(maxsize=4096)
def known_kind(label: str) -> str | None:
    """The type of a label in the table; None for another label. `Digital Currency Address - XBT` counts."""
    return table().get(_key(label.partition(" - ")[0] if " - " in label else label))


@lru_cache(maxsize=4096)
def kind_of(label: str) -> str:
    """The identifier type of a label, or `remark` for a fact that is none."""
    return known_kind(label) or slug(label)


@lru_cache(maxsize=4096)
def slug(label: str) -> str:
    """A label's own words as a type."""
    words = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")
    return words if words[:1].isalpha() and words.isascii() else f"other_{words}".strip("_")


def refine(kind: str, value: str, label: str) -> tuple[str, str]:
    """Make the type as narrow as the number itself allows.

    OFAC gives IMO numbers under several labels: those of ships as "Vessel Registration Identification",
    those of companies (https://www.imo.org/en/OurWork/MSAS/Pages/IMO-identification-number-scheme.aspx)
    as "Company Number" or "Identification Number"; and LEI codes (ISO 17442) as "Legal Entity Number".
    """
    if match := _IMO.fullmatch(value):
        ship = kind == "imo" or "vessel" in label.lower()
        return ("imo" if ship else "imo_company"), match[1]
    if kind == "legal_entity_number":
        bare = value.replace(" ", "").upper()
        return ("lei", bare) if _LEI.fullmatch(bare) else ("registration_number", value)
    return kind, value
