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
    ("華為技術有限公司北京代表處", "Huawei Technologies Co., Ltd."),
    ("شعبه بانک ملی ایران", "BANK MELLI IRAN"),
    ("Rosoboronexport Subsidiary", "ROSOBORONEXPORT"),
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


#: Abbreviations, of which "elec.", "assoc." and "comm." can stand for either of two words.
ABBREVIATIONS = [
    ("United Shipbldg Corp", "JSC UNITED SHIPBUILDING CORPORATION"),
    ("Hangzhou Hikvision Dig Tech", "HANGZHOU HIKVISION DIGITAL TECHNOLOGY"),
    ("Semicond. Mfg. Int'l Corp.", "SEMICONDUCTOR MANUFACTURING INTERNATIONAL CORPORATION"),
    ("China Commun. Constr. Co. Ltd", "CHINA COMMUNICATIONS CONSTRUCTION CO LTD"),
    ("China Gen'l Nuclear Power Grp", "China General Nuclear Power Group"),
    ("Korea Mng. Dev. Trdg. Corp.", "KOREA MINING DEVELOPMENT TRADING CORPORATION"),
    ("Coml Bank of Syria", "COMMERCIAL BANK OF SYRIA"),
    ("Bco. de Venezuela", "BANCO DE VENEZUELA"),
    ("Myanmar Econ Hldgs Ltd", "Myanmar Economic Holdings Limited"),
    ("Alharamain Islamic Fdn", "AL-HARAMAIN ISLAMIC FOUNDATION"),
    ("Islamic Rep. of Iran Shpg Lines", "ISLAMIC REPUBLIC OF IRAN SHIPPING LINES"),
    ("I.R. Iran Shipping Lines", "ISLAMIC REPUBLIC OF IRAN SHIPPING LINES"),
    ("China Rlwy Construction Corp Ltd", "CHINA RAILWAY CONSTRUCTION CORPORATION LIMITED"),
    ("China Aerosp. Science & Ind. Corp", "CHINA AEROSPACE SCIENCE AND INDUSTRY CORPORATION LIMITED"),
    ("Persian Gulf Petrochem Ind Co", "PERSIAN GULF PETROCHEMICAL INDUSTRIES"),
    ("Nat. Iranian Tanker Co.", "NATIONAL IRANIAN TANKER COMPANY"),
    ("Iran Aircraft Mfg Indl Co", "IRAN AIRCRAFT MANUFACTURING INDUSTRIAL COMPANY"),
    ("Defence Inds Orgn", "DEFENSE INDUSTRIES ORGANIZATION"),
    ("Iran Elec. Ind.", "IRAN ELECTRONICS INDUSTRIES"),
    ("Iran Elec. Co", "Iran Electric Company"),
    ("China Elec Tech Group Corp", "CHINA ELECTRONICS TECHNOLOGY GROUP CORPORATION"),
    ("Green Pine Assoc. Corp.", "GREEN PINE ASSOCIATED CORPORATION"),
    ("Assoc. of Banks in Syria", "ASSOCIATION OF BANKS IN SYRIA"),
    ("Comm. Bank of Syria", "COMMERCIAL BANK OF SYRIA"),
    ("Iran Comm. Ind.", "IRAN COMMUNICATIONS INDUSTRIES"),
]


@pytest.mark.parametrize(("query", "listed"), ABBREVIATIONS)
def test_an_abbreviation_is_what_it_stands_for(query: str, listed: str) -> None:
    assert compare(query, listed).points >= weights.CUTOFF


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("Iran Electric Ind.", "IRAN ELECTRONICS INDUSTRIES"),
        ("Communication Bank of Syria", "COMMERCIAL BANK OF SYRIA"),
    ],
)
def test_what_one_abbreviation_can_stand_for_stays_apart(query: str, listed: str) -> None:
    assert compare(query, listed).points < weights.CUTOFF


#: Countries in other languages, and the regions of business.
PLACES = [
    ("Gazprom Germania GmbH", "Gazprom, OAO"),
    ("Gazprom Autriche", "Gazprom, OAO"),
    ("Gazprom Česko s.r.o.", "Gazprom, OAO"),
    ("Gazprom Benelux BV", "Gazprom, OAO"),
    ("Gazprom Ibérica SA", "Gazprom, OAO"),
    ("Gazprom DACH GmbH", "Gazprom, OAO"),
    ("Gazprom EMEA Ltd", "Gazprom, OAO"),
    ("Gazprom APAC Pte Ltd", "Gazprom, OAO"),
    ("Gazprom LatAm SA", "Gazprom, OAO"),
    ("Gazprom CIS LLC", "Gazprom, OAO"),
    ("Gazprom Baltics UAB", "Gazprom, OAO"),
    ("Gazprom Adria d.o.o.", "Gazprom, OAO"),
    ("Gazprom Kazakhstan TOO", "Gazprom, OAO"),
    ("Gazprom Spagna Srl", "Gazprom, OAO"),
    ("Gazprom Suiza SA", "Gazprom, OAO"),
    ("Gazprom Brésil", "Gazprom, OAO"),
    ("Banco Commerciale di Siria", "COMMERCIAL BANK OF SYRIA"),
    ("DPRK Daesong Bank", "KOREA DAESONG BANK"),
    ("Choson Daesong Bank", "KOREA DAESONG BANK"),
    ("DPR Korea Daesong Bank", "KOREA DAESONG BANK"),
]


@pytest.mark.parametrize(("query", "listed"), PLACES)
def test_a_place_is_one_in_every_language(query: str, listed: str) -> None:
    assert compare(query, listed).points >= weights.CUTOFF


def test_either_korea_is_korea_and_neither_is_the_other() -> None:
    assert compare("South Korea Daesong Bank", "KOREA DAESONG BANK").points >= weights.CUTOFF
    assert compare("South Korea Daesong Bank", "DPRK DAESONG BANK").points < weights.CUTOFF


#: Trades and institutions in other languages.
LANGUAGES = [
    ("شرکت ملی نفتکش ایران", "NATIONAL IRANIAN TANKER COMPANY"),
    ("هواپیمایی ماهان", "MAHAN AIR"),
    ("شرکت هواپیمایی کاسپین", "CASPIAN AIRLINES"),
    ("بانک مرکزی جمهوری اسلامی ایران", "CENTRAL BANK OF THE ISLAMIC REPUBLIC OF IRAN"),
    ("دانشگاه صنعتی شریف", "SHARIF UNIVERSITY OF TECHNOLOGY"),
    ("السورية للطيران", "SYRIAN AIR"),
    ("المصرف التجاري السوري", "COMMERCIAL BANK OF SYRIA"),
    ("Махан Эйр", "MAHAN AIR"),
    ("АКБ Новикомбанк", "NOVIKOMBANK"),
    ("AKB Novikombank", "NOVIKOMBANK"),
    ("조선 대성 은행", "KOREA DAESONG BANK"),
    ("Daesong Unhaeng", "DAESONG BANK"),
    ("北京航空航天大学", "Beijing University of Aeronautics and Astronautics"),
    ("中国航天科技集团", "CHINA AEROSPACE SCIENCE AND TECHNOLOGY CORPORATION"),
    ("中国航天科工集团有限公司", "CHINA AEROSPACE SCIENCE AND INDUSTRY CORPORATION LIMITED"),
    ("中国交通建设股份有限公司", "CHINA COMMUNICATIONS CONSTRUCTION COMPANY LIMITED"),
    ("中国联合网络通信集团", "CHINA UNITED NETWORK COMMUNICATIONS GROUP CO., LTD."),
    ("西北工业大学", "Northwestern Polytechnical University"),
    ("哈尔滨工业大学", "Harbin Institute of Technology"),
    ("北京理工大学", "Beijing Institute of Technology"),
    ("大连理工大学", "Dalian University of Technology"),
    ("Mahan Airways", "MAHAN AIR"),
    ("Qeshm Fars Airlines", "QESHM FARS AIR"),
    ("Mahan Fluggesellschaft", "MAHAN AIR"),
    ("Kalashnikov Group", "KALASHNIKOV CONCERN"),
]


@pytest.mark.parametrize(("query", "listed"), LANGUAGES)
def test_a_trade_is_one_in_every_language(query: str, listed: str) -> None:
    assert compare(query, listed).points >= weights.CUTOFF


def test_institutes_of_one_city_stay_apart() -> None:
    asked, known = "Beijing University of Technology", "Beijing Institute of Technology"
    assert compare(asked, known).points < weights.CUTOFF
