"""What each format's fields become: the small samples, fact by fact, and what is odd in them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from importers import importer_samples as samples

from sanctionscreen.errors import SourceError
from sanctionscreen.records import ListedParty
from sanctionscreen.sources.importers import Imported, import_list


def run(name: str, folder: Path, *changes: tuple[str, str], encoding: str = "utf-8") -> Imported:
    """Import a sample, with texts of its main file replaced."""
    sample = samples.SAMPLES[name]()
    path = sample.write(folder)
    for old, new in changes:
        content = path.read_bytes()
        assert old.encode(encoding) in content
        path.write_bytes(content.replace(old.encode(encoding), new.encode(encoding), 1))
    return import_list(sample.format, path, **sample.keywords(folder))


def party(imported: Imported, own: str) -> ListedParty:
    return next(one for one in imported.list_file.parties if one.id == own)


def short(records: Any) -> list[dict[str, Any]]:
    return [record.model_dump(mode="json", exclude_defaults=True) for record in records]


def test_ofac_csv_places_every_fact_of_the_remarks(tmp_path: Path) -> None:
    imported = run("ofac-csv", tmp_path)
    doe = party(imported, "ofac-37")
    assert short(doe.identifiers) == [
        {"type": "passport", "value": "G737411", "country": "TN", "issued": "1990-10-24", "expires": "1997-09-20"},
        {"type": "tax_id", "value": "7702235133", "country": "RU", "note": "Tax ID No.", "valid": True},
        {"type": "crypto_wallet", "value": "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h",
         "note": "Digital Currency Address - XBT"},
        {"type": "passport", "value": "X1", "country": "IQ"},
    ]  # fmt: skip
    assert [str(day) for day in doe.birth_dates] == ["1951~", "1952-12-10"]
    assert (doe.kind, doe.gender, doe.birth_places, doe.titles) == ("person", "male", ("Giza, Egypt",), ("Director",))
    assert [(one.list, one.program, one.reference) for one in doe.listings] == [
        ("sdn", "SDGT", "37"), ("sdn", "IFSR", "37"),
    ]  # fmt: skip
    assert doe.remarks == ("nationality: Iran", "citizen: Iran", "Website www.example.com", "likes chess")
    assert imported.report.unplaced == 1
    assert imported.report.rows == 3 + 3 + 2 + 1


def test_ofac_csv_ties_names_and_aliases(tmp_path: Path) -> None:
    imported = run("ofac-csv", tmp_path)
    airline, ship = party(imported, "ofac-36"), party(imported, "ofac-38")
    assert short(airline.relations) == [{"type": "linked_to", "party": "ofac-37"}]
    assert short(airline.names)[1:] == [
        {"name": "AA", "quality": "weak"}, {"name": "ACME AIR"}, {"name": "NEW ACME", "note": "n.k.a.; since 2001"},
    ]  # fmt: skip
    assert short(party(imported, "ofac-37").names)[1:] == [
        {"name": "ROE, John", "type": "fka", "family": "ROE", "given": "John"}, {"name": "Johnny", "quality": "weak"},
    ]  # fmt: skip
    assert short(ship.relations) == [{"type": "owned_by", "party": "ofac-36", "note": "vessel owner"}]
    assert [one["type"] for one in short(ship.identifiers)] == ["call_sign", "imo", "mmsi"]
    assert (ship.kind, ship.countries) == ("vessel", ("PA",))


@pytest.mark.parametrize(
    ("gone", "mark"),
    [
        ([], "List"),
        (["alt.csv"], "List (incomplete: no aliases)"),
        (["add.csv"], "List (incomplete: no addresses)"),
        (["alt.csv", "add.csv", "sdn_comments.csv"], "List (incomplete: no aliases, no addresses)"),
    ],
)
def test_ofac_csv_reads_a_folder_and_reports_companions_that_are_not_there(
    gone: list[str], mark: str, tmp_path: Path
) -> None:
    path = samples.SAMPLES["ofac-csv"]().write(tmp_path)
    for name in gone:
        (tmp_path / name).unlink()
    of = {"alt.csv": "aliases", "add.csv": "addresses"}
    notes = [f"no {name} beside sdn.csv: its {of[name]} are not in this import" for name in gone if name in of]
    for given in (tmp_path, path):
        imported = import_list("ofac-csv", given, as_of=samples.AS_OF)
        header = imported.list_file.header
        assert (imported.report.notes, imported.report.oddities) == (notes, [])
        assert header.title == f"OFAC Specially Designated Nationals and Blocked Persons {mark}"
        assert header.remarks == ("; ".join(notes) or None)


def test_ofac_csv_reads_the_consolidated_set_under_its_own_list_ids(tmp_path: Path) -> None:
    row = '9639,"HANIYA, Ismail","individual","NS-PLC] [FSE-IR] [SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    (tmp_path / "cons_prim-2018-04-06.csv").write_text(row)
    (tmp_path / "CONS_ALT-2018-04-06.CSV").write_text('9639,1,"aka","HANIYA, I.",-0- \r\n')
    imported = import_list("ofac-csv", tmp_path)
    assert imported.list_file.header.id == "ofac-cons"
    (only,) = imported.list_file.parties
    assert [one.list for one in only.listings] == ["plc", "fse", "ofac-cons"]
    assert only.names[1].name == "HANIYA, I."


def test_ofac_csv_takes_any_file_name_and_names_the_one_to_choose(tmp_path: Path) -> None:
    sample = samples.SAMPLES["ofac-csv"]()
    (tmp_path / "mine.csv").write_bytes(sample.files["sdn.csv"])
    mine = import_list("ofac-csv", tmp_path / "mine.csv", as_of=samples.AS_OF)
    assert mine.list_file.header.id == "ofac-sdn"
    assert mine.list_file.header.title.endswith("(incomplete: no aliases, no addresses)")
    assert mine.report.notes[0] == "mine.csv is not named sdn.csv or cons_prim.csv: its aliases are not looked for"
    with pytest.raises(SourceError, match=r"no sdn\.csv and no cons_prim\.csv in this folder"):
        import_list("ofac-csv", tmp_path)
    sample.write(tmp_path)
    (tmp_path / "cons_prim.csv").write_bytes(sample.files["sdn.csv"])
    with pytest.raises(SourceError, match=r"cons_prim\.csv, sdn\.csv in this folder: name the file to import"):
        import_list("ofac-csv", tmp_path)


@pytest.mark.parametrize(
    ("changed", "old", "new", "message"),
    [
        ("sdn.csv", '"individual"', '"robot"', "row 2: unknown type 'robot', taken for an organization"),
        ("sdn.csv", "DOB circa 1951", "DOB long ago", "row 2: not a date of birth: 'long ago', kept in the remarks"),
        ("sdn.csv", "citizen Iran", "citizen Atlantis", "row 2: unknown country 'Atlantis', kept as it is"),
        ("alt.csv", '"fka"', '"pka"', "row 2: unknown kind of alias 'pka', taken for a.k.a."),
        ("alt.csv", "37,13", "99,13", "alt.csv row 2: belongs to 99, which sdn.csv does not have"),
    ],
)
def test_ofac_csv_reports_what_is_odd(changed: str, old: str, new: str, message: str, tmp_path: Path) -> None:
    path = samples.SAMPLES["ofac-csv"]().write(tmp_path)
    file = tmp_path / changed
    file.write_bytes(file.read_bytes().replace(old.encode(), new.encode()))
    report = import_list("ofac-csv", path, as_of=samples.AS_OF).report
    assert message in map(str, report.oddities)
    with pytest.raises(SourceError, match="oddities"):
        import_list("ofac-csv", path, as_of=samples.AS_OF, strict=True)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("38,", "37,", "row 3: a second row 37"),
        ("38,", "x,", "row 3: 12 columns from 'x', 12 from a number are wanted"),
        ('"Bulk Carrier",', "", "row 3: 11 columns"),
    ],
)
def test_ofac_csv_refuses_a_damaged_row(old: str, new: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=message):
        run("ofac-csv", tmp_path, (old, new))


def test_ofac_xml_places_features_and_documents(tmp_path: Path) -> None:
    imported = run("ofac-xml", tmp_path)
    acme, doe = imported.list_file.parties
    assert [one["type"] for one in short(acme.identifiers)] == ["tax_id", "swift_bic", "call_sign"]
    assert "Gender: Unspecified" in acme.remarks
    assert [one.model_dump(exclude_defaults=True) for one in acme.addresses] == [
        {
            "street": "PO Box 1, Level 2",
            "city": "Havana",
            "postal_code": "10100",
            "country": "CU",
            "country_text": "Cuba",
        }
    ]
    assert {one.type: one.party for one in acme.relations} == {"owned_by": "ofac-37", "linked_to": "ofac-37"}
    assert (doe.countries, str(doe.birth_dates[0]), doe.titles) == (("IR", "IQ"), "1951~", ("Director",))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<Record_Count>2<", "<Record_Count>3<", "publshInformation: says 3 records, 2 are in the file"),
        ("<sdnType>Entity<", "<sdnType>Robot<", "entry 36: unknown type 'Robot', taken for an organization"),
        ("<type>f.k.a.<", "<type>p.k.a.<", "entry 36: unknown kind of alias 'p.k.a.', taken for a.k.a."),
    ],
)
def test_ofac_xml_reports_what_is_odd(old: str, new: str, message: str, tmp_path: Path) -> None:
    assert message in map(str, run("ofac-xml", tmp_path, (old, new)).report.oddities)


#: What is left where more than the number was searched for.
_WITHOUT = {",7088": ",", "14;EU": ";EU", ' Id="2" Type="E"': ' Type="E"', 'logicalId="14"><regulation': "><regulation"}


@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("ofac-xml", "<uid>36</uid>"),
        ("ofac-advanced", 'FixedRef="36"'),
        ("ofac-enhanced", 'id="36"'),
        ("un", "<DATAID>110</DATAID>"),
        ("eu-old", ' Id="2" Type="E"'),
        ("eu-fsf", 'logicalId="14"><regulation'),
        ("eu-csv", "14;EU"),
        ("uk-xml", "<UniqueID>RUS0003</UniqueID>"),
        ("uk-csv", '"RUS0003"'),
        ("uk-conlist", ",7088"),
        ("canada", "<Item>2</Item>"),
    ],
)
def test_a_record_without_its_number_is_damage(name: str, old: str, tmp_path: Path) -> None:
    encoding = "cp1252" if name == "uk-conlist" else "utf-8"
    with pytest.raises(SourceError, match="damaged, download the file again"):
        run(name, tmp_path, (old, _WITHOUT.get(old, "")), encoding=encoding)


def test_ofac_advanced_follows_its_references(tmp_path: Path) -> None:
    imported = run("ofac-advanced", tmp_path)
    acme, doe = imported.list_file.parties
    assert short(acme.names) == [
        {"name": "ACME", "type": "primary", "script": "Latn"},
        {"name": "АКМЕ", "script": "Cyrl", "note": "primary name"},
        {"name": "AA", "quality": "weak", "note": "Tengwar"},
    ]
    assert short(acme.listings) == [
        {"list": "ssi", "program": "UKRAINE-EO13662", "authority": "Executive Order 13662 (Ukraine)",
         "published": "2014-09-12", "reference": "36",
         "remarks": "13662 Sectoral Directive 1; E.O. 13662: Subject to Directive 1"},
    ]  # fmt: skip
    assert short(acme.relations) == [{"type": "controlled_by", "party": "ofac-37", "note": "Owned or Controlled By"}]
    assert "Favourite colour green" in acme.remarks
    assert short(doe.identifiers) == [
        {
            "type": "passport",
            "value": "G737411",
            "country": "RU",
            "expires": "2030-01-02",
            "note": "Consulate; Fraudulent",
        }
    ]
    assert (str(doe.birth_dates[0]), doe.gender, doe.countries, doe.titles) == ("1951~", "male", ("RU",), ("Director",))
    assert short(doe.relations) == [{"type": "linked_to", "name": "OFAC 99", "note": "Dreams of"}]
    assert [(one.list, one.program) for one in doe.listings] == [("sdn", "SDGT"), ("sdn", "IFSR")]
    assert list(map(str, imported.report.oddities)) == ["party 37: unknown kind of tie 'Dreams of', taken for a link"]


def test_ofac_advanced_names_parties_that_no_entry_lists(tmp_path: Path) -> None:
    imported = run("ofac-advanced", tmp_path, ('ProfileID="36" ListID', 'ProfileID="35" ListID'))
    assert party(imported, "ofac-36").listings[0].program == "unknown"
    assert "party 36: no sanctions entry in the file is this party's" in " ".join(map(str, imported.report.oddities))


@pytest.mark.parametrize(
    ("file", "list_id"), [("sdn_x.xml", "ofac-sdn"), ("cons_x.xml", "ofac-cons"), ("x.xml", "ofac-sdn")]
)
def test_ofac_advanced_knows_its_list_by_name_or_entries(file: str, list_id: str, tmp_path: Path) -> None:
    path = samples.SAMPLES["ofac-advanced"]().write(tmp_path)
    assert import_list("ofac-advanced", path.rename(tmp_path / file)).list_file.header.id == list_id


def test_ofac_enhanced_gives_each_list_its_program_and_dates(tmp_path: Path) -> None:
    imported = run("ofac-enhanced", tmp_path)
    acme, doe = imported.list_file.parties
    assert imported.list_file.header.id == "ofac-cons"
    assert [one.model_dump(exclude_defaults=True) for one in acme.listings] == [
        {"list": "cmic", "program": "CMIC-EO13959", "authority": "Executive Order 14032 (CMIC)",
         "published": date(2021, 6, 3), "effective_date": date(2021, 8, 2), "divest_by": date(2022, 6, 3),
         "reference": "36", "remarks": "CMIC Executive Order"},
        {"list": "sdn", "program": "RUSSIA-EO14024", "authority": "Executive Order 14024 (Russia)",
         "published": date(2022, 4, 6), "reference": "36", "remarks": "Executive Order 14024 Directive 2"},
    ]  # fmt: skip
    assert "Effective Date (EO 14024 Directive 2): 26 Mar 2022" in acme.remarks
    assert short(acme.names)[1:] == [
        {"name": "海康威视", "script": "Hans", "note": "primary name"},
        {"name": "ACMË", "note": "primary name; Tengwar"},
        {"name": "AA", "quality": "weak", "script": "Latn", "note": "N.K.A."},
    ]
    assert short(acme.identifiers)[1] == {
        "type": "uscc", "value": "91330000733796106P", "country": "CN", "issued": "2001", "expires": "2030-01-01",
        "note": "Unified Social Credit Code (USCC); marked not valid", "valid": True,
    }  # fmt: skip
    assert short(acme.relations) == [
        {"type": "controlled_by", "party": "ofac-37", "note": "Owned or Controlled By"},
        {"type": "acts_for", "name": "NOBODY", "note": "Acting for or on behalf of"},
    ]
    assert doe.listings[0].list == "plc"


def test_ofac_enhanced_reports_an_unknown_type(tmp_path: Path) -> None:
    report = run("ofac-enhanced", tmp_path, (">Entity<", ">Robot<")).report
    assert list(map(str, report.oddities)) == ["entity 36: unknown type 'Robot', taken for an organization"]


def test_a_relation_to_a_party_without_a_name_keeps_the_name_only(tmp_path: Path) -> None:
    imported = run("ofac-enhanced", tmp_path, ("<formattedFullName>DOE, John</formattedFullName>", ""))
    (acme,) = imported.list_file.parties
    assert short(acme.relations)[0] == {"type": "controlled_by", "name": "DOE, John", "note": "Owned or Controlled By"}
    assert list(map(str, imported.report.oddities)) == [
        "entity 37: ofac-37 has no name: left out, as nothing can match it"
    ]


def test_csl_makes_one_party_of_the_rows_of_one_ofac_number(tmp_path: Path) -> None:
    imported = run("csl", tmp_path)
    bank = party(imported, "csl-36")
    assert [(one.list, one.program, one.effective_date) for one in bank.listings] == [
        ("cap", "RUSSIA-EO14024", date(2022, 3, 26)), ("sdn", "RUSSIA-EO14024", None),
    ]  # fmt: skip
    assert short(bank.names) == [{"name": "ACME BANK", "type": "primary"}, {"name": "ACME BANK AO"}]
    assert [one.value for one in bank.identifiers] == ["7702235133"]
    assert [one.name for one in bank.relations] == ["DOE", "ROE"]
    assert bank.remarks == ("Website www.acme.ru", "odd one", "Nationality of Registration: Russia")
    assert imported.report.notes[0] == "1 rows are a further listing of a party with the same OFAC number"


def test_csl_keeps_notice_licence_and_clauses(tmp_path: Path) -> None:
    imported = run("csl", tmp_path)
    optics, denied, fulmen, *_ = imported.list_file.parties
    assert short(optics.listings)[0] == {
        "list": "el", "program": "EL", "authority": "15 CFR 744.11 and Supplement No. 4 to part 744",
        "citation": "84 FR 54002", "effective_date": "2019-10-09", "licence_requirement": "For all items",
        "licence_policy": "Presumption of denial", "source_url": "http://example.com/el",
    }  # fmt: skip
    assert [one.name for one in optics.names] == ["Acme Optics Co.", "Acme Lens", "Optik Acme", "AO"]
    assert [(one.text, one.country) for one in optics.addresses] == [
        ("1 Road, Hangzhou", "CN"),
        ("2 Street, Beijing", "CN"),
    ]
    assert (denied.kind, denied.listings[0].end_date, denied.listings[0].remarks) == (
        "person", date(2030, 7, 19), "standard order: Y",
    )  # fmt: skip
    assert (fulmen.primary_name, fulmen.listings[0].program) == ("Fulmen Works", "INKSNA")
    assert fulmen.listings[0].remarks == "and any successor, sub-unit, or subsidiary thereof"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",36,Entity,", ",36,Robot,", "row 5: unknown type 'Robot', inferred organization"),
        ("Entity List (EL)", "Naughty List (NL)", "row 2: unknown list 'Naughty List (NL) - Bureau of Industry"),
        ("2019-10-09", "someday", "row 2: not a day: 'someday', kept in the remarks"),
        ("2030-07-19", "2010-07-19", "row 3: ends on 2010-07-19, before it began on 2015-05-11"),
    ],
)
def test_csl_reports_what_is_odd(old: str, new: str, message: str, tmp_path: Path) -> None:
    assert message in " | ".join(map(str, run("csl", tmp_path, (old, new)).report.oddities))


def test_csl_notes_a_lost_letter_and_tells_rows_of_one_id_apart(tmp_path: Path) -> None:
    imported = run("csl", tmp_path, ("Acme Lens", "Acm? Lens"), ("aa11bb22cc34,Denied", "aa11bb22cc33,Entity List"))
    assert "1 rows have a '?' inside a name, where the source lost a letter" in imported.report.notes
    ids = [one.id for one in imported.list_file.parties[:2]]
    assert ids == ["csl-el-aa11bb22cc", "csl-el-aa11bb22cc33"]


def test_csl_reads_a_label_with_a_semicolon_in_its_value_in_the_new_order(tmp_path: Path) -> None:
    old = '"Tax ID No., 7702235133, RU; '
    new = '"Secondary sanctions risk:, section 1; section 2; Tax ID No., 7702235133, RU; '
    bank = party(run("csl", tmp_path, (old, new)), "csl-36")
    assert "Secondary sanctions risk: section 1; section 2" in bank.remarks


def test_csl_refuses_json_of_another_shape(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"results": [1, 2]}')
    with pytest.raises(SourceError, match="not the Consolidated Screening List"):
        import_list("csl", tmp_path / "x.json", as_of=samples.AS_OF)


def test_bis_dpl_joins_addresses_and_reports_a_bad_day(tmp_path: Path) -> None:
    imported = run("bis-dpl", tmp_path, ('"08/24/2022"', '"24/08/2022"'))
    doe, acme = imported.list_file.parties
    assert [one.country for one in doe.addresses] == ["US", "CU"]
    assert (doe.kind, acme.kind) == ("person", "organization")
    assert doe.listings[0].effective_date == date(2003, 6, 19)
    assert "effective_date: 24/08/2022" in acme.remarks
    assert list(map(str, imported.report.oddities)) == ["row 4: not a day: '24/08/2022', kept in the remarks"]


def test_un_keeps_quality_script_and_notes(tmp_path: Path) -> None:
    imported = run("un", tmp_path)
    ri, committee = imported.list_file.parties
    assert short(ri.names) == [
        {"name": "RI WON HO", "type": "primary"},
        {"name": "리원호", "note": "original script"},
        {"name": "Ri Won-Ho"},
        {"name": "Ri", "quality": "weak", "note": "used in 1999; born 1980"},
    ]
    assert [str(day) for day in ri.birth_dates] == ["1964-07-17", "1963~", "1965/1969"]
    assert short(ri.identifiers) == [
        {"type": "passport", "value": "381310014", "country": "JO", "issued": "2009-08-31", "note": "Amman"}
    ]
    assert "Passport; number not known" in ri.remarks
    assert (ri.countries, ri.gender, ri.titles) == (("KP",), "male", ("Mr", "Official"))
    assert committee.names[1].type == "fka"
    assert ("Hang", "strong") in imported.report.names


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<QUALITY>Good<", "<QUALITY>Fair<", "unknown quality of an alias 'Fair', taken for good"),
        ("<LISTED_ON>2016-11-30<", "<LISTED_ON>once<", "not a day: 'once', kept in the remarks"),
    ],
)
def test_un_reports_what_is_odd(old: str, new: str, message: str, tmp_path: Path) -> None:
    report = run("un", tmp_path, (old, new)).report
    assert list(map(str, report.oddities)) == [f"record 1 (KPi.033): {message}"]


def test_eu_old_schema_reads_typed_numbers_and_sources(tmp_path: Path) -> None:
    doe, bank = run("eu-old", tmp_path).list_file.parties
    assert short(doe.identifiers) == [
        {"type": "passport", "value": "AD001095", "country": "ZW", "note": "passport-National passport; ((passport))"}
    ]
    assert [str(day) for day in doe.birth_dates] == ["1957~"]
    assert doe.names[0].source == "898/2005 (OJ L153)"
    assert (doe.names[1].language, doe.names[1].source) == ("bg", None)
    assert doe.listings[0].citation == "151/2012 (OJ L49)"
    assert short(bank.addresses)[0]["note"] == "PHONE[042]"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("eu-old", 'Type="E"', 'Type="X"', "entity 2: unknown type 'X', taken for an organization"),
        ("eu-old", "2012-02-21", "2012", "entity 1: not a day: '2012', kept in the remarks"),
        ("eu-fsf", 'code="enterprise"', 'code="robot"', "entity 14: unknown type 'robot', taken for an organization"),
        ("eu-csv", "14;EU.27.28;;;;;E;", "14;EU.27.28;;;;;X;", "row 8: unknown type 'X', taken for an organization"),
    ],
)
def test_eu_reports_what_is_odd(name: str, old: str, new: str, message: str, tmp_path: Path) -> None:
    assert message in map(str, run(name, tmp_path, (old, new)).report.oddities)


def test_eu_fsf_reads_attributes_and_keeps_the_rest(tmp_path: Path) -> None:
    doe, acme = run("eu-fsf", tmp_path).list_file.parties
    assert short(doe.names) == [
        {"name": "John Q Doe", "type": "primary", "language": "en", "family": "Doe", "given": "John Q"},
        {"name": "Johnny", "quality": "weak", "note": "remark: in prison"},
    ]
    assert [str(day) for day in doe.birth_dates] == ["1937-04-28~", "1938", "1940/1942"]
    assert "date of birth 1938: calendar ISLAMIC" in doe.remarks
    assert short(doe.listings) == [
        {"program": "IRQ", "citation": "1210/2003 (OJ L169)", "published": "2003-07-08", "effective_date": "2003-07-07",
         "reference": "EU.27.28", "source_url": "http://example.com/l169"},
    ]  # fmt: skip
    assert short(acme.addresses) == [
        {"street": "Arbat 1, PO box 7", "city": "Moscow", "postal_code": "1", "country": "RU",
         "country_text": "RUSSIAN FEDERATION", "note": "contactInfo: fax"},
    ]  # fmt: skip


def test_an_eu_entity_without_a_regulation_is_listed_and_odd(tmp_path: Path) -> None:
    changed = run("eu-fsf", tmp_path, ('<regulation publicationDate="2014', '<regulationSummary publicationDate="2014'),
                  ("<publicationUrl/></regulation>", "<publicationUrl/></regulationSummary>"))  # fmt: skip
    assert short(party(changed, "eu-14").listings) == [{"program": "EU", "reference": "14"}]
    assert list(map(str, changed.report.oddities)) == ["entity 14: no regulation states this entity's programme"]


def test_eu_csv_reads_windows_encoding_too(tmp_path: Path) -> None:
    path = samples.SAMPLES["eu-csv"]().write(tmp_path)
    path.write_bytes(path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8").encode("cp1252"))
    doe = import_list("eu", path).list_file.parties[0]
    assert doe.primary_name == "John Doé"
    assert short(doe.identifiers) == [{"type": "passport", "value": "A-1", "note": "nameOnDocument: J Doe"}]


def test_uk_table_joins_the_rows_of_one_id(tmp_path: Path) -> None:
    doe, ship, acme = run("uk-csv", tmp_path).list_file.parties
    assert short(doe.names) == [
        {"name": "John Q DOE", "type": "primary", "family": "DOE", "given": "John Q"},
        {"name": "Jon DOE", "quality": "weak", "family": "DOE", "given": "Jon"},
        {"name": "Джон Доу", "script": "Cyrl", "language": "ru"},
    ]
    assert ([str(day) for day in doe.birth_dates], doe.countries, doe.gender) == (["1963"], ("RU",), "male")
    assert len(doe.listings) == 1
    assert doe.remarks == ("nationality: Russia", "UK statement of reasons: Because.", "Café owner")
    assert (ship.kind, ship.identifiers[0].value, ship.countries) == ("vessel", "9187629", ("PA",))
    assert short(acme.relations) == [{"type": "subsidiary_of", "name": "Acme Group"}]


def test_uk_xml_reads_the_same_fields_from_elements(tmp_path: Path) -> None:
    doe, _ = run("uk-xml", tmp_path).list_file.parties
    assert [str(day) for day in doe.birth_dates] == ["1963", "1964-02-01"]
    assert short(doe.identifiers) == [{"type": "passport", "value": "X1", "note": "expired"}]
    assert short(doe.names)[2] == {"name": "Джон Доу", "note": "Runes; Elvish"}
    assert short(doe.addresses) == [{"text": "1 Road", "country": "RU", "country_text": "Russia"}]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("uk-csv", '"Ship"', '"Robot"', "row 6: unknown type 'Robot', taken for an organization"),
        ("uk-csv", '"24/02/2022"', '"soon"', "row 3: not a day: 'soon', kept in the remarks"),
        ("uk-conlist", "Individual,Prime", "Robot,Prime", "row 3: unknown type 'Robot', taken for an organization"),
        ("uk-conlist", "Prime Alias", "Nickname", "row 3: unknown kind of alias 'Nickname', taken for a.k.a."),
        ("uk-conlist", "24/04/2002", "once", "row 3: not a day: 'once', kept in the remarks"),
    ],
)
def test_uk_reports_what_is_odd(name: str, old: str, new: str, message: str, tmp_path: Path) -> None:
    assert message in map(str, run(name, tmp_path, (old, new)).report.oddities)


def test_conlist_reads_numbered_cells_and_documents_in_words(tmp_path: Path) -> None:
    doe, acme = run("uk-conlist", tmp_path).list_file.parties
    assert (doe.birth_places, doe.countries) == (("Tripoli",), ("LY", "TN"))
    assert short(doe.identifiers) == [
        {"type": "passport", "value": "G827238", "country": "TN",
         "note": "G827238 (Tunisian). Issued on 1 June 1996. Expired on 31.05.2001"},
    ]  # fmt: skip
    assert "National Identifier number: Ration card" in doe.remarks
    assert doe.addresses[0].text == "1 Road, Café"
    assert short(acme.names) == [{"name": "OLD ACME", "type": "primary", "note": "f.k.a."}]


def test_canada_parts_aliases_and_languages(tmp_path: Path) -> None:
    university, doe, ship = run("canada", tmp_path).list_file.parties
    assert short(university.names) == [
        {"name": "Acme Medical Sciences University", "type": "primary"},
        {"name": "Université des sciences médicales Acme", "language": "fr"},
        {"name": "Acme Holdings Pte. Ltd."},
        {"name": "Acme Co., Limited"},
    ]
    assert short(doe.names)[1:] == [
        {"name": "Andrei", "quality": "weak", "note": "part of a name"}, {"name": "Andrii DOU"},
    ]  # fmt: skip
    assert [str(day) for day in doe.birth_dates] == ["1972-08-10", "1972-08-11"]
    assert (ship.id, ship.kind, ship.identifiers[0].type) == ("ca-jvcfor-1-part-2-3", "vessel", "imo")
    assert ship.listings[0].effective_date == date(2024, 1, 2)
    report = run("canada", tmp_path, ("2024-01-02", "soon")).report
    assert list(map(str, report.oddities)) == ["record 3: not a day: 'soon', kept in the remarks"]


def test_australia_joins_the_names_of_one_reference(tmp_path: Path) -> None:
    doe, ship = run("australia", tmp_path).list_file.parties
    assert short(doe.names)[1:] == [{"name": "Jon Doe", "quality": "weak"}, {"name": "جون", "note": "original script"}]
    assert [str(day) for day in doe.birth_dates] == ["1963~", "1972-01-30", "1955/1958"]
    assert doe.countries == ("IQ", "SY")
    assert short(doe.listings) == [
        {"program": "1267", "citation": "Regulations 2008", "effective_date": "2001-10-26", "reference": "1",
         "remarks": "Targeted Financial Sanction: Yes; Travel Ban: Yes"},
    ]  # fmt: skip
    assert (ship.kind, ship.listings[0].effective_date) == ("vessel", date(2018, 3, 5))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",Vessel,", ",Robot,", "row 5: unknown type 'Robot', taken for an organization"),
        (",Alias,", ",Nickname,", "row 3: unknown kind of name 'Nickname', taken for an alias"),
        ("05/03/2018", "soon", "row 5: not a day: 'soon', kept in the remarks"),
    ],
)
def test_australia_reports_what_is_odd(old: str, new: str, message: str, tmp_path: Path) -> None:
    text = samples.files_of("australia", "rows.csv")["rows.csv"].decode()
    path = tmp_path / "au.xlsx"
    path.write_bytes(samples.workbook("Consolidated List", text.replace(old, new, 1)))
    report = import_list("australia", path, as_of=samples.AS_OF).report
    assert list(map(str, report.oddities)) == [message]


def test_australia_needs_a_reference_in_every_row(tmp_path: Path) -> None:
    text = samples.files_of("australia", "rows.csv")["rows.csv"].decode()
    path = tmp_path / "au.xlsx"
    path.write_bytes(samples.workbook("Consolidated List", text.replace("1a,", "one,", 1)))
    with pytest.raises(SourceError, match="row 3: no Reference"):
        import_list("australia", path, as_of=samples.AS_OF)


def test_opensanctions_simple_table(tmp_path: Path) -> None:
    imported = run("opensanctions-simple", tmp_path)
    acme, doe = imported.list_file.parties
    assert imported.list_file.header.as_of == samples.AS_OF
    assert [one["type"] for one in short(acme.identifiers)] == ["imo_company", "other_id"]
    assert [one.program for one in acme.listings] == ["UA-WS", "UA-X"]
    assert (doe.kind, doe.countries) == ("person", ("RU", "BY"))
    assert imported.report.notes == ["1 records of schema CryptoWallet are no parties to be screened: not imported"]
    assert import_list("opensanctions", tmp_path / "targets.simple.csv").list_file.header.as_of == date(2026, 3, 13)


def test_opensanctions_entities_hang_on_their_party(tmp_path: Path) -> None:
    imported = run("opensanctions-ftm", tmp_path)
    doe, acme = imported.list_file.parties
    assert short(doe.names) == [
        {"name": "John Doe", "type": "primary"}, {"name": "J. Doe"}, {"name": "Джон Доу"},
        {"name": "Johnny", "quality": "weak"}, {"name": "Jon Roe", "type": "fka"},
    ]  # fmt: skip
    assert short(doe.listings) == [
        {"program": "US-X", "authority": "OFAC", "published": "2022-02-25", "effective_date": "2022-02-24",
         "end_date": "2023-01-01", "remarks": "reason: Because", "source_url": "http://example.com"},
    ]  # fmt: skip
    assert [one.value for one in doe.identifiers] == ["X1", "Y2"]
    assert short(acme.relations) == [
        {"type": "owned_by", "party": "os-P1", "note": "percentage: 51"},
        {"type": "owned_by", "name": "Q9", "note": "startDate: 2001"},
    ]
    assert short(acme.addresses) == [{"text": "Arbat 1, Moscow", "country": "RU", "country_text": "ru"}]
    assert list(map(str, imported.report.oddities)) == ["line 3: unknown entity 'Zed', kept as it is"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[1]", "not an OpenSanctions export: it looks like JSON"),
        ('{"id": "x"}', "not an OpenSanctions export"),
        ('{"schema": "Person", "properties": []}', "not an OpenSanctions export"),
        ("{" * 100_000, "not JSON|beyond measure"),
        ('{"a":' * 100_000, "beyond measure"),
        ('{"a": ' + "1" * 5000 + "}", "beyond measure"),
    ],
)
def test_opensanctions_refuses_other_json(line: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(line)
    with pytest.raises(SourceError, match=message):
        import_list("opensanctions", tmp_path / "x.json", as_of=samples.AS_OF)


def test_table_by_its_mapping(tmp_path: Path) -> None:
    imported = run("table", tmp_path)
    acme, doe = imported.list_file.parties
    assert short(acme.names) == [
        {"name": "Acme Ltd", "type": "primary"}, {"name": "Acme"}, {"name": "AC ME"},
        {"name": "AA", "quality": "weak"}, {"name": "Acme Limited"},
    ]  # fmt: skip
    assert short(acme.listings) == [{"program": "watch", "effective_date": "2021-02-05"}]
    assert (doe.kind, doe.countries, str(doe.birth_dates[0])) == ("person", ("IR",), "1963")
    assert imported.list_file.header.title == "Our watch list"


def test_table_reads_excel_too(tmp_path: Path) -> None:
    sample = samples.SAMPLES["table"]()
    sample.write(tmp_path)
    text = sample.files["watch.csv"].decode().replace(";", ",").replace('"Acme, AC ME"', '"Acme; AC ME"')
    (tmp_path / "watch.xlsx").write_bytes(samples.workbook("Any", text))
    imported = import_list("table", tmp_path / "watch.xlsx", **sample.keywords(tmp_path))
    assert imported.report.parties == 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name: Company", "nmae: Company", "columns.name: Field required|columns.nmae"),
        ("  remarks: Why", "  remraks: Why", "columns.remraks: Extra inputs are not permitted: did you mean 'remarks'"),
        ("name: Company", "name: Firm", "no column 'Firm'"),
        ("name: Company", "name: Compny", "no column 'Compny': did you mean 'Company'"),
        ("kind: Kind", "kind: {column: Kind, value: x}", "columns.kind: give a column, or a value, not both"),
        ("header:", "delimiter: ab\nheader:", "delimiter: a delimiter is one character"),
        ("name: Company", "name: *company", r"m\.yaml:\d+: the alias '\*company' has no"),
        ("id: Nr", "id: Nr\n  id: Nr", r"m\.yaml:\d+: 'id' is given twice"),
        ("header: {", "header: [", r"m\.yaml:1: not YAML"),
        ("id: watch-list", "id: Watch List", "String should match pattern"),
    ],
)
def test_table_refuses_a_wrong_mapping(old: str, new: str, message: str, tmp_path: Path) -> None:
    sample = samples.SAMPLES["table"]()
    path = sample.write(tmp_path)
    mapping = tmp_path / "m.yaml"
    assert old in mapping.read_text()
    mapping.write_text(mapping.read_text().replace(old, new, 1))
    with pytest.raises(SourceError, match=message) as caught:
        import_list(sample.format, path, **sample.keywords(tmp_path))
    assert "\n" not in str(caught.value)


def test_table_needs_a_mapping_of_a_page_of_text(tmp_path: Path) -> None:
    path = samples.SAMPLES["table"]().write(tmp_path)
    with pytest.raises(SourceError, match="give --mapping"):
        import_list("table", path)
    (tmp_path / "m.yaml").write_text("# " + "x" * 70_000)
    with pytest.raises(SourceError, match="longer than any mapping file"):
        import_list("table", path, mapping=tmp_path / "m.yaml")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("1;Acme Limited", ";Acme Limited", "row 3: no id: every row needs one"),
        (";Person;", ";Robot;", "row 4: unknown kind 'Robot', taken for an organization"),
        (
            "1;Acme Limited;Company;;;;;;05/02/2021",
            "1;Acme Limited;Company;;;;;;soon",
            "row 3: not a day: 'soon', kept",
        ),
    ],
)
def test_table_reports_what_is_odd_or_missing(old: str, new: str, message: str, tmp_path: Path) -> None:
    sample = samples.SAMPLES["table"]()
    path = sample.write(tmp_path)
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(SourceError, match=message):
        import_list("table", path, strict=True, **sample.keywords(tmp_path))


#: What the mapping says of dates, the text, the day that is read or None, and what is odd.
DATES = [
    ("day_first", "03/04/2025", "2025-04-03", ""),
    ("month_first", "03/04/2025", "2025-03-04", ""),
    ("month_first", "13/04/2025", None, "not a day: '13/04/2025', kept in the remarks"),
    (
        "",
        "03/04/2025",
        None,
        "'03/04/2025' may be 2025-04-03 or 2025-03-04: say 'dates: day_first' or 'dates: month_first'",
    ),
    ("", "3.4.2025", None, "'3.4.2025' may be 2025-04-03 or 2025-03-04"),
    ("", "04/04/2025", "2025-04-04", ""),
    ("", "13/04/2025", "2025-04-13", ""),
    ("", "04/13/2025", "2025-04-13", ""),
    ("", "2025-04-03", "2025-04-03", ""),
    ("", "3 April 2025", "2025-04-03", ""),
    ("", "April 3, 2025", "2025-04-03", ""),
]


@pytest.mark.parametrize(("dates", "text", "day", "odd"), DATES)
def test_table_leaves_out_a_date_that_may_be_either_of_two_days(
    dates: str, text: str, day: str | None, odd: str, tmp_path: Path
) -> None:
    sample = samples.SAMPLES["table"]()
    path = sample.write(tmp_path)
    mapping = tmp_path / "m.yaml"
    mapping.write_text(mapping.read_text().replace("dates: day_first", f"dates: {dates}" if dates else ""))
    path.write_text(f"Nr;Company;Kind;Also;Nickname;Country;Born;VAT;Since;Why\n1;Jo Doe;Person;;;;{text};;{text};\n")
    imported = import_list("table", path, **sample.keywords(tmp_path))
    (party,) = imported.list_file.parties
    listing = party.listings[0]
    assert (listing.effective_date and str(listing.effective_date)) == day
    assert [one.earliest.isoformat() for one in party.birth_dates] == ([day] if day else [])
    told = [str(one) for one in imported.report.oddities]
    if odd.startswith("not a day"):
        assert told == [f"row 2: not a date of birth: {text!r}, kept in the remarks", f"row 2: {odd}"]
    else:
        assert [one.startswith(f"row 2: {odd}") for one in told] == [True, True] * bool(odd)
    kept = () if day else (f"date of birth: {text}", f"effective_date: {text}")
    assert party.remarks == kept


@pytest.mark.parametrize(
    ("dates", "as_of"), [("dates: day_first", "2025-04-03"), ("dates: month_first", "2025-03-04"), ("", None)]
)
def test_table_reads_the_date_of_the_data_as_the_mapping_says(dates: str, as_of: str | None, tmp_path: Path) -> None:
    path = samples.SAMPLES["table"]().write(tmp_path)
    mapping = tmp_path / "m.yaml"
    said = mapping.read_text().replace("dates: day_first", dates)
    mapping.write_text(said.replace("header: {", "header: {as_of: 03/04/2025, "))
    if as_of:
        header = import_list("table", path, mapping=mapping).list_file.header
        assert str(header.as_of) == as_of
    else:
        with pytest.raises(SourceError, match=r"m\.yaml: header\.as_of: '03/04/2025' may be 2025-04-03 or 2025-03-04"):
            import_list("table", path, mapping=mapping)


def test_the_example_of_every_sample_is_in_its_report_as_json(tmp_path: Path) -> None:
    """Reports can be written as JSON: their counts have plain keys."""
    report = run("un", tmp_path).report
    assert json.loads(json.dumps({" ".join(key): count for key, count in report.names.items()})) == {
        "Latn strong": 4, "Latn weak": 1, "Hang strong": 1,
    }  # fmt: skip


def test_what_hangs_on_a_party_of_opensanctions_is_kept_whole(tmp_path: Path) -> None:
    """Second values, days that are less than a day, and properties that no field holds."""
    hanging = [
        {"schema": "Sanction", "properties": {"entity": ["P"], "programId": ["US-X", "US-Y"], "program": ["Order 1"],
         "startDate": ["2014"], "listingDate": ["2014-03-02"], "country": ["us"]}},
        {"schema": "Passport", "properties": {"holder": ["P"], "number": ["X1", "X2"], "authority": ["Perm"]}},
        {"schema": "Address", "properties": {"things": ["P"], "city": ["Perm"], "postOfficeBox": ["7"]}},
    ]  # fmt: skip
    party = {"id": "P", "schema": "Person", "caption": "John Doe", "properties": {}, "datasets": ["d"]}
    path = tmp_path / "entities.ftm.json"
    path.write_text("\n".join(json.dumps(one) for one in (party, *hanging)), encoding="utf-8")
    (found,) = import_list("opensanctions", path, as_of=samples.AS_OF).list_file.parties
    (listing,) = found.listings
    assert (listing.program, listing.published, listing.effective_date) == ("US-X", date(2014, 3, 2), None)
    assert listing.remarks == "programId: US-Y; program: Order 1; startDate: 2014; country: us"
    assert [one.value for one in found.identifiers] == ["X1"]
    assert found.addresses[0].note == "postOfficeBox: 7"
    assert "Other identification number X1: number: X2; authority: Perm" in found.remarks
