"""Check digits of identifiers, by python-stdnum (https://arthurdejong.org/python-stdnum/) where it is installed.

A number that fails is kept and marked: lists hold misprints, and a misprint is what the list says. Where
python-stdnum does not know the kind of number, or is not installed, nothing is said (None).

>>> check("lei", "213800KUD8LAJWSQ9D15"), check("lei", "213800KUD8LAJWSQ9D16"), check("passport", "X1")
(True, False, None)
"""

from __future__ import annotations

import importlib
from functools import lru_cache
from types import ModuleType

#: Type and country (or none) to the module that knows the number.
_MODULES: dict[tuple[str, str | None], str] = {
    ("lei", None): "stdnum.lei",
    ("imo", None): "stdnum.imo",
    ("isin", None): "stdnum.isin",
    ("swift_bic", None): "stdnum.bic",
    ("uscc", None): "stdnum.cn.uscc",
    ("tax_id", "RU"): "stdnum.ru.inn",
    ("tax_id", "MX"): "stdnum.mx.rfc",
    ("tax_id", "IT"): "stdnum.it.codicefiscale",
    ("tax_id", "AR"): "stdnum.ar.cuit",
    ("vat_number", "BE"): "stdnum.be.vat",
    ("vat_number", "NL"): "stdnum.nl.btw",
    ("vat_number", "BG"): "stdnum.bg.vat",
    ("vat_number", "CH"): "stdnum.ch.vat",
}
#: Numbers that a broader type may hold: one that passes is valid, one that fails may be another number.
_PERHAPS: dict[tuple[str, str | None], str] = {
    ("registration_number", "RU"): "stdnum.ru.ogrn",
    ("registration_number", "CN"): "stdnum.cn.uscc",
    ("tax_id", "CN"): "stdnum.cn.uscc",
    ("tax_id", "BY"): "stdnum.by.unp",
    ("tax_id", "CO"): "stdnum.co.nit",
    ("tax_id", "PE"): "stdnum.pe.ruc",
    ("tax_id", "BR"): "stdnum.br.cnpj",
    ("tax_id", "VE"): "stdnum.ve.rif",
    ("national_id", "MX"): "stdnum.mx.curp",
    ("national_id", "TR"): "stdnum.tr.tckimlik",
    ("national_id", "BR"): "stdnum.br.cpf",
    ("national_id", "ES"): "stdnum.es.dni",
    ("tax_id", "TR"): "stdnum.tr.vkn",
    ("national_id", "ZA"): "stdnum.za.idnr",
    ("national_id", "CN"): "stdnum.cn.ric",
    ("national_id", "EC"): "stdnum.ec.ci",
}
_LONGEST = 64


@lru_cache(maxsize=65536)
def check(kind: str, value: str, country: str | None = None) -> bool | None:
    """Tell whether the check digits of an identifier fit; None where nobody can tell."""
    if not value.isascii() or len(value) > _LONGEST:
        return None
    if module := _module(_MODULES.get((kind, country)) or _MODULES.get((kind, None))):
        return _passes(module, value)
    if module := _module(_PERHAPS.get((kind, country))):
        return _passes(module, value) or None
    return None


def _passes(module: ModuleType, value: str) -> bool:
    try:
        return bool(module.is_valid(value))
    except Exception:  # noqa: BLE001  # some of its modules raise KeyError on numbers they half know
        return False


@lru_cache(maxsize=64)
def _module(name: str | None) -> ModuleType | None:
    try:
        return importlib.import_module(name) if name else None
    except ImportError:
        return None
