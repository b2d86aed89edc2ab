"""Legal forms of the world at the ends of real names, and where the same letters are none."""

from __future__ import annotations

import pytest

from sanctionscreen.names import Role, parse


def legal(text, kind="organization"):
    return [token.concept for token in parse(text, kind).readings[0].tokens if token.role is Role.LEGAL]


@pytest.mark.parametrize(
    ("name", "concept"),
    [
        ("Vodafone Group plc", "public_limited"),
        ("Siemens Aktiengesellschaft", "public_limited"),
        ("Petróleos de Venezuela, S.A.", "public_limited"),
        ("TotalEnergies SE", "public_limited"),
        ("Eni S.p.A.", "public_limited"),
        ("Eni S. p. A.", "public_limited"),
        ("Koninklijke Philips N.V.", "public_limited"),
        ("AB Volvo", "public_limited"),
        ("Nokia Oyj", "public_limited"),
        ("Equinor ASA", "public_limited"),
        ("A.P. Møller - Mærsk A/S", "public_limited"),
        ("Türk Hava Yolları A.Ş.", "public_limited"),
        ("Turkiye Petrolleri Anonim Ortakligi", "public_limited"),
        ("ČEZ, a. s.", "public_limited"),
        ("PKN Orlen Spółka Akcyjna", "public_limited"),
        ("MOL Nyrt.", "public_limited"),
        ("ОАО «РЖД»", "public_limited"),
        ("Aktsionernoe Obshchestvo Almaz-Antey", "public_limited"),
        ("Public Joint Stock Company Gazprom", "public_limited"),
        ("Kabushiki Kaisha Toshiba", "public_limited"),
        ("株式会社日立製作所", "public_limited"),
        ("华为投资控股股份有限公司", "public_limited"),
        ("현대자동차 주식회사", "public_limited"),
        ("PT Pertamina", "public_limited"),
        ("Grupo Bimbo, S.A.B. de C.V.", "public_limited"),
        ("Bank Melli Iran PJSC", "public_limited"),
        ("Rolls-Royce Limited", "limited"),
        ("Bosch GmbH", "limited"),
        ("Bosch Gesellschaft mit beschränkter Haftung", "limited"),
        ("Huawei Technologies Co., Ltd.", "limited"),
        ("Huawei Tech. Co.,Ltd", "limited"),
        ("BHP Pty Ltd", "limited"),
        ("Infosys Pvt. Ltd.", "limited"),
        ("Petronas Sdn Bhd", "limited"),
        ("Grab Pte. Ltd.", "limited"),
        ("Allegro Sp. z o.o.", "limited"),
        ("Škoda spol. s r.o.", "limited"),
        ("Philips Electronics B.V.", "limited"),
        ("Mahan Travel FZE", "limited"),
        ("华为技术有限公司", "limited"),
        ("Comercial Lopez Ltda.", "limited"),
        ("Mahan Air Zweigniederlassung", "office"),
        ("Gazprom Kazakhstan TOO", "llc"),
        ("Koch Industries LLC", "llc"),
        ("Koch L.L.C.", "llc"),
        ("OOO Gazprom Export", "llc"),
        ("ООО «Газпром экспорт»", "llc"),
        ("ТОВ «Рошен»", "llc"),
        ("TOO KazMunai", "llc"),
        ("UAB Lietuva", "llc"),
        ("Sonatrach S.A.R.L.", "llc"),
        ("Ferrero S.r.l.", "llc"),
        ("Delta d.o.o.", "llc"),
        ("Bulgartabac EOOD", "llc"),
        ("Cemex S. de R.L. de C.V.", "llc"),
        ("Apple Inc.", "corporation"),
        ("Toyota Motor Corporation", "corporation"),
        ("Citibank, N.A.", "corporation"),
        ("Ford Motor Company", "company"),
        ("Smith & Co.", "company"),
        ("Gómez y Cía.", "company"),
        ("Otto GmbH & Co. KG", "limited_partnership"),
        ("Blackstone L.P.", "limited_partnership"),
        ("Linklaters LLP", "llp"),
        ("Schmidt OHG", "partnership"),
        ("ADAC e.V.", "association"),
        ("ФГУП «Почта России»", "state_enterprise"),
        ("Federal State Unitary Enterprise Rosmorport", "state_enterprise"),
    ],
)
def test_one_token_of_one_class(name, concept):
    assert legal(name) == [concept]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Maria Sa", None),
        ("Maria de Sa", "person"),
        ("MARIA DE SA", "person"),
        ("Cem As", None),
        ("Iyad ag Ghali", None),
        ("Wang Co Lin", "person"),
        ("Limited Brands", "organization"),
        ("Ag Growth Fund", "organization"),
        ("SE Asia Mining", "organization"),
        ("AS-13", "organization"),
        ("EP-MMC", "aircraft"),
        ("OOO STAR", "vessel"),
        ("Hikvision", None),
    ],
)
def test_none_where_the_letters_are_something_else(name, kind):
    assert legal(name, kind) == []


@pytest.mark.parametrize("name", ["Vale SA", "VALE SA", "vale sa", "Vale S.A.", "Vale Mining Sa", "Vale SpA"])
def test_short_forms_of_a_name_of_unknown_kind(name):
    assert legal(name, None) == ["public_limited"]
