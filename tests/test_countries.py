"""Countries by every spelling of the real lists."""

from __future__ import annotations

import csv
import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.countries import country_code, country_name, english_spellings


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CN", "CN"),
        ("chn", "CN"),
        ("PRC", "CN"),
        ("China, People's Republic of", "CN"),
        ("中国", "CN"),
        ("中國", "CN"),
        ("Korea, North", "KP"),
        ("Democratic People's Republic of Korea", "KP"),
        ("D.P.R.K.", "KP"),
        ("Korea, South", "KR"),
        ("Burma", "MM"),
        ("Cote d Ivoire", "CI"),
        ("CÔTE D’IVOIRE", "CI"),
        ("Ivory Coast", "CI"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Congo, Republic of the", "CG"),
        ("Bahamas, The", "BS"),
        ("The Gambia", "GM"),
        ("Virgin Islands, British", "VG"),
        ("St. Kitts & Nevis", "KN"),
        ("Region: Crimea", "UA"),
        ("Region: Gaza", "PS"),
        ("West Bank", "PS"),
        ("Palestinian", "PS"),
        ("Macau", "MO"),
        ("Hong Kong Special Administrative Region", "HK"),
        ("Libyan Arab Jamahiriya", "LY"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Syrian Arab Republic ", "SY"),
        ("Kosovo", "XK"),
        ("xk", "XK"),
        ("Netherlands Antilles", "AN"),
        ("YUG", "YU"),
        ("U.K.", "GB"),
        ("Deutschland", "DE"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Россия", "RU"),
        ("روسيا", "RU"),
        ("ロシア", "RU"),
        ("Yemeni", "YE"),
        ("Saudi Arabian", "SA"),
        ("  united   STATES of america ", "US"),
    ],
)
def test_spellings(text, code):
    assert country_code(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ",",
        "undetermined",
        "-0-",
        "Iran or Iraq",
        "Syria Street 5",
        "Region: Kafia Kingi",
        "ZZ",
        "the",
        "x" * 10_000,
    ],
)
def test_what_is_no_country(text):
    assert country_code(text) is None


@pytest.mark.parametrize(
    ("code", "name"), [("RU", "Russia"), ("cd", "Democratic Republic of the Congo"), ("XK", "Kosovo"), ("QQ", "QQ")]
)
def test_names(code, name):
    assert country_name(code) == name


def test_every_spelling_leads_to_its_country_and_every_country_to_itself():
    spellings = list(english_spellings())
    assert [(text, code, country_code(text)) for text, code in spellings if country_code(text) != code] == []
    codes = {code for _, code in spellings}
    assert len(codes) >= 249
    assert all(country_code(country_name(code)) == country_code(code) == code for code in codes)


@given(st.text(max_size=200))
def test_any_string_gives_a_code_or_none(text):
    code = country_code(text)
    assert code is None or re.fullmatch("[A-Z]{2}", code)


@given(st.sampled_from(sorted(set(english_spellings()))), st.sampled_from([str.upper, str.lower, str.title]))
def test_case_makes_no_difference(spelling, change):
    text, code = spelling
    assert country_code(f" {change(text)} ") == code


def test_every_country_of_the_ofac_addresses(shared):
    with (shared / "data/ofac/2021-07-07/add.csv").open(encoding="latin-1", newline="") as file:
        found = {row[4].strip() for row in csv.reader(file) if len(row) > 4}
    assert {text for text in found if not country_code(text)} == {"-0-", "undetermined", "Region: Kafia Kingi"}


def test_every_country_of_the_consolidated_screening_list(shared):
    with gzip.open(shared / "data/csl/2022-05-16/consolidated.csv.gz", "rt", encoding="utf-8", newline="") as file:
        found = {
            text.strip()
            for row in csv.DictReader(file)
            for field in ("citizenships", "nationalities", "vessel_flag")
            for text in re.split("[;,]", row[field] or "")
        }
    assert {text for text in found if text and not country_code(text)} == {"None Identified"}
