"""What the tables of words find: names of listed parties as vendors write them, group by group."""

from __future__ import annotations

import pytest

from sanctionscreen import compare
from sanctionscreen.matching import weights

#: An office, a branch or a department of a company is no other company.
OFFICES = [
    ("Rosoboronexport Representative Office in India", "ROSOBORONEXPORT"),
    ("Rosoboronexport Liaison Office", "ROSOBORONEXPORT"),
    ("Филиал Рособоронэкспорт", "ROSOBORONEXPORT"),
    ("VTB Bank (PJSC) - Representative Office in India", "JSC VTB BANK"),
    ("Gazprom Niederlassung Berlin", "Gazprom, OAO"),
    ("Gazprom Vertretung Deutschland", "Gazprom, OAO"),
    ("Gazprom Oficina de Representación Caracas", "Gazprom, OAO"),
    ("Gazprom Bureau de représentation Paris", "Gazprom, OAO"),
    ("Gazprom Ufficio di rappresentanza Milano", "Gazprom, OAO"),
    ("Gazprom Subsidiary India", "Gazprom, OAO"),
    ("Gazprom Temsilciliği Ankara", "Gazprom, OAO"),
    ("Gazprom İstanbul Şubesi", "Gazprom, OAO"),
    ("Hikvision Deutschland Vertriebs GmbH", "HIKVISION"),
    ("Mahan Air Sucursal España", "MAHAN AIR"),
    ("Mahan Air Accounts Payable", "MAHAN AIR"),
    ("Banque Melli Iran, Succursale de Paris", "BANK MELLI IRAN"),
    ("华为技术有限公司北京分公司", "Huawei Technologies Co., Ltd."),
    ("华为技术有限公司北京代表处", "Huawei Technologies Co., Ltd."),
]


@pytest.mark.parametrize(("query", "listed"), OFFICES)
def test_a_listed_name_is_found(query: str, listed: str) -> None:
    assert compare(query, listed).points >= weights.CUTOFF


#: A firm of a trade is no person, nor is a trade a brand.
TRADES = [
    ("Hikvision do Brasil Comércio de Equipamentos de Segurança Ltda", "HIKVISION"),
    ("Mahan Air Maintenance", "MAHAN AIR"),
]


@pytest.mark.parametrize(("query", "listed"), TRADES)
def test_a_trade_beside_a_listed_name_is_only_a_trade(query: str, listed: str) -> None:
    assert compare(query, listed).points >= weights.CUTOFF


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("John Lee Plumbing", "LEE, John"),
        ("Kim Chol Dry Cleaning", "KIM, Chol"),
        ("Ali Hassan Roofing", "HASSAN, Ali"),
    ],
)
def test_a_firm_of_a_trade_is_no_person(query: str, listed: str) -> None:
    assert compare(query, listed).points < weights.CUTOFF
