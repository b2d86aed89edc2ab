"""The parts that importers share: text, dates, labels, check digits, kinds, files, tables, spreadsheets."""

from __future__ import annotations

import gc
import io
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importers import importer_samples as samples

from sanctionscreen.errors import MissingExtraError, SourceError
from sanctionscreen.sources.importers import IMPORTERS, ImportReport, Oddity, checks, files, import_list, sheets
from sanctionscreen.sources.importers.base import Options, as_of, finish
from sanctionscreen.sources.importers.building import build_all, tie_all
from sanctionscreen.sources.importers.checks import check
from sanctionscreen.sources.importers.cleaning import clean, script_of
from sanctionscreen.sources.importers.csl_facts import Fact, facts
from sanctionscreen.sources.importers.datetexts import partial_date, whole_date
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.kinds import infer
from sanctionscreen.sources.importers.known import known_names
from sanctionscreen.sources.importers.labels import kind_of, known_kind, refine, slug
from sanctionscreen.sources.importers.ofac_remarks import document, read_remarks
from sanctionscreen.sources.importers.periods import period
from sanctionscreen.sources.importers.sheets import ods_cells, xlsx_cells
from sanctionscreen.sources.importers.sniffing import in_words, looks_like
from sanctionscreen.sources.importers.tables import Table, csv_cells
from sanctionscreen.sources.importers.us_lists import list_id, list_of_program, programs_of, us_lists
from sanctionscreen.sources.importers.xmlfiles import records
from sanctionscreen.tabular.excel import write_workbook


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 Dec 1948", "1948-12-10"),
        ("1948", "1948"),
        ("Dec 1948", "1948-12"),
        ("circa 1951", "1951~"),
        ("circa 07 Jul 1966", "1966-07-07~"),
        ("1951 to 1953", "1951/1953"),
        ("circa 1979-1982", "1979/1982~"),
        ("01 Jan 1961 to 31 Dec 1962", "1961-01-01/1962-12-31"),
        ("Mar 1962 to Feb 1963", "1962-03/1963-02"),
        ("05/02/1969", "1969-02-05"),
        ("00/00/1963", "1963"),
        ("dd/mm/1963", "1963"),
        ("dd/02/1963", "1963-02"),
        ("Between 1955 and 1958", "1955/1958"),
        ("Approximately 1963", "1963~"),
        ("c. 1963", "1963~"),
        ("1964-07-17", "1964-07-17"),
        ("1964-7-1", "1964-07-01"),
        ("2026-03-13T05:41:01", "2026-03-13"),
        ("June 3, 2021", "2021-06-03"),
        ("3rd of May", None),
        ("31 Feb 1962", None),
        ("0000", None),
        ("1962 to 1961", None),
        ("13/13/1963", None),
        ("Foo 1962", None),
        ("Foo 3, 1962", None),
        ("", None),
        ("1962 to 1963 to 1964", None),
        ("1957~", "1957~"),
        ("1962-13", None),
        ("x" * 200, None),
        ("29-06-2012", "2012-06-29"),
    ],
)
def test_dates_keep_their_precision(text: str, expected: str | None) -> None:
    found = partial_date(text)
    assert (str(found) if found else None) == expected


def test_slashed_dates_are_american_on_request() -> None:
    assert str(partial_date("02/11/2022", month_first=True)) == "2022-02-11"
    assert whole_date("02/11/2022") == date(2022, 11, 2)
    assert whole_date("Nov 2022") is whole_date("circa 02/11/2022") is None


@given(st.text(max_size=80))
def test_no_text_makes_a_date_fail(text: str) -> None:
    found = partial_date(text)
    assert found is None or found.earliest <= found.latest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, ""),
        ("", ""),
        (" a\t b\r\n", "a b"),
        ("a\x00b", "ab"),
        ("Xi\x92an", "Xi’an"),
        ("a\u200bb", "a\u200bb"),
        ("\ud800x", "x"),
        ("习近平", "习近平"),
        ("a\u00a0b", "a b"),
        ("\x81", ""),
    ],
)
def test_text_is_one_clean_line(text: str | None, expected: str) -> None:
    assert clean(text) == expected


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("ACME 7", "Latn"),
        ("Öz", "Latn"),
        ("Хиквижн", "Cyrl"),
        ("ACME Хик", "Cyrl"),
        ("海康", "Hani"),
        ("习近平 Xi", "Hani"),
        ("جون", "Arab"),
        ("리원호", "Hang"),
        ("ᚠᚢᚦ", "Zyyy"),
        ("–", "Latn"),
    ],
)
def test_scripts_are_told_apart(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Tax ID No.", "tax_id"),
        ("R.F.C.", "tax_id"),
        ("NIT #", "tax_id"),
        ("C.U.R.P.", "national_id"),
        ("Website", "remark"),
        ("Digital Currency Address - XBT", "crypto_wallet"),
        ("Número de pasaporte", "passport"),
        ("Tarjeta de Residente", "tarjeta_de_residente"),
        ("№ 7", "other_7"),
        ("Паспорт", "other"),
        ("Secondary sanctions risk:", "remark"),
    ],
)
def test_labels_become_types(label: str, kind: str) -> None:
    assert kind_of(label) == kind


def test_a_label_that_nobody_knows_is_none_and_slugs_are_types() -> None:
    assert known_kind("Shoe size") is None
    assert slug("Organization Code") == "organization_code"


@pytest.mark.parametrize(
    ("kind", "value", "label", "refined"),
    [
        ("imo", "IMO 9187629", "Vessel Registration Identification", ("imo", "9187629")),
        ("national_id", "IMO 5342883", "Identification Number", ("imo_company", "5342883")),
        ("legal_entity_number", "851683897", "Legal Entity Number", ("registration_number", "851683897")),
        ("legal_entity_number", "253400XX5U3XALBF5728", "Legal Entity Number", ("lei", "253400XX5U3XALBF5728")),
        ("passport", "X1", "Passport", ("passport", "X1")),
    ],
)
def test_a_number_can_make_its_type_narrower(kind: str, value: str, label: str, refined: tuple[str, str]) -> None:
    assert refine(kind, value, label) == refined


@pytest.mark.parametrize(
    ("kind", "value", "country", "valid"),
    [
        ("imo", "9187629", None, True),
        ("imo", "9187628", None, False),
        ("tax_id", "7702235133", "RU", True),
        ("tax_id", "7702235134", "RU", False),
        ("tax_id", "7702235133", None, None),
        ("lei", "213800KUD8LAJWSQ9D15", "DE", True),
        ("uscc", "91330000733796106P", "CN", True),
        ("registration_number", "1027700132195", "RU", True),
        ("registration_number", "123", "RU", None),
        ("national_id", "000000197001010000", "CN", None),
        ("passport", "X1", "RU", None),
        ("imo", "٩١٨٧٦٢٩", None, None),
        ("imo", "1" * 99, None, None),
    ],
)
def test_check_digits_mark_and_never_drop(kind: str, value: str, country: str | None, valid: bool | None) -> None:
    assert check(kind, value, country) is valid


def test_without_python_stdnum_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "stdnum.imo", None)
    checks._module.cache_clear()
    check.cache_clear()
    assert check("imo", "9187629") is None
    checks._module.cache_clear()
    check.cache_clear()


@given(
    st.sampled_from(["imo", "lei", "tax_id", "uscc", "national_id", "vat_number"]),
    st.text(max_size=30),
    st.sampled_from(["RU", "CN", "MX", "IT", "BE", "TR", None]),
)
def test_no_number_makes_the_check_fail(kind: str, value: str, country: str | None) -> None:
    assert check(kind, value, country) in (True, False, None)


@pytest.mark.parametrize(
    ("name", "mostly", "kind"),
    [
        ("Gunther Migeotte", None, "person"),
        ("DOE, John", None, "person"),
        ("Dr. Artush Parsi", None, "person"),
        ("H. Farahani", None, "person"),
        ("WANG WEI", None, "person"),
        ("John Q. Doe", "person", "person"),
        ("COLONEL ELYAZGI", "person", "person"),
        ('IHSAN "SAMMY" ELASHI', "person", "person"),
        ("Panda Semiconductor", None, "organization"),
        ("Bitreit", None, "organization"),
        ("Huawei Cuba", None, "organization"),
        ("OJSC TSRY", None, "organization"),
        ("MPI Volna", None, "organization"),
        ("Acme & Sons", None, "organization"),
        ("one two three four five six", None, "organization"),
        ("Acme Trading LLC", "person", "organization"),
        ("el nino", None, "person"),
        ("A. B.", None, "organization"),
        ("Foo -bar", None, "organization"),
        ("Michael Chad", None, "person"),
    ],
)
def test_kinds_are_claimed_with_caution(name: str, mostly: str | None, kind: str) -> None:
    assert infer(name, mostly) == kind  # type: ignore[arg-type]  # a kind


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            "G737411 (Tunisia) issued 24 Oct 1990 expires 20 Sep 1997",
            ("G737411", "Tunisia", "24 Oct 1990", "20 Sep 1997", ""),
        ),
        ("186785 (Abogado) (Colombia)", ("186785", "Colombia", "", "", "(Abogado)")),
        ("22839 (Jalisco)", ("22839", "", "", "", "(Jalisco)")),
        ("X1 (Iraq) issued in Amman", ("X1", "Iraq", "", "", "issued in Amman")),
        ("(5777731)", ("(5777731)", "", "", "", "")),
        (
            "E1 (Congo, Democratic Republic of the) expires Jan 2007",
            ("E1", "Congo, Democratic Republic of the", "", "Jan 2007", ""),
        ),
    ],
)
def test_documents_are_taken_apart(value: str, expected: tuple[str, ...]) -> None:
    assert document("Passport", value)[1:] == expected


def remarks_of(text: str) -> Draft:
    draft = Draft(ImportReport("x"), "row 1", "x", "person")
    draft.name("X", "primary")
    draft.listing(program="UKRAINE-EO13662")
    draft.listing(program="CMIC-EO13959", list="cmic")
    read_remarks(draft, text)
    return draft


@pytest.mark.parametrize(
    ("remarks", "kept"),
    [
        ("(Linked To: A; Linked To: B (OF C))", ()),
        ("Listing Date (CMIC): 03 Jun 2021; Effective Date (CMIC) 02 Aug 2021", ()),
        ("Listing Date (CMIC): 03 Jun 2021; Listing Date (CMIC): 04 Jun 2021", ("Listing Date (CMIC): 04 Jun 2021",)),
        ("Executive Order 13662 Directive Determination - Subject to Directive 1", ()),
        (
            "Executive Order 99999 Directive Determination - Subject to Directive 1",
            ("Executive Order 99999 Directive Determination - Subject to Directive 1",),
        ),
        ("n.k.a. 'NEW'; a.k.a. OLD", ("a.k.a. OLD",)),
        ("Passport", ("Passport",)),
        ("Gender Unknown", ("Gender: Unknown",)),
    ],
)
def test_remarks_keep_what_has_no_place(remarks: str, kept: tuple[str, ...]) -> None:
    assert remarks_of(remarks).build().remarks == kept


def test_a_contradicting_gender_is_kept_in_words() -> None:
    party = remarks_of("Gender Male; Gender Female; Gender Male").build()
    assert (party.gender, party.remarks) == ("male", ("Gender: Female",))


@given(st.text(alphabet="DOBPak. ;'()-0123456789abcINaissuedexpires:", max_size=80))
def test_no_remark_is_lost_or_fails(text: str) -> None:
    party = remarks_of(text).build()
    said = party.model_dump_json()
    assert all(word in said for word in text.replace(";", " ").split() if word.isdigit() and len(word) > 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RU, 7736640919, Tax ID No.", [Fact("Tax ID No.", "7736640919", "RU")]),
        ("Tax ID No., 7736640919, RU", [Fact("Tax ID No.", "7736640919", "RU")]),
        (
            "MM, 2017-01-16, 110364903, Registration Number",
            [Fact("Registration Number", "110364903", "MM", "2017-01-16")],
        ),
        (
            "PA, 467323, Doc. 694710, Public Registration Number",
            [Fact("Public Registration Number", "467323, Doc. 694710", "PA")],
        ),
        ("one; two, Secondary sanctions risk:", [Fact("Secondary sanctions risk:", "one; two")]),
        ("Secondary sanctions risk:, one; two", [Fact("Secondary sanctions risk:", "one; two")]),
        ("nonsense", [Fact("", "nonsense")]),
        (
            "Male, Gender; 02 Aug 2021, Effective Date (CMIC)",
            [Fact("Gender", "Male"), Fact("Effective Date (CMIC)", "02 Aug 2021")],
        ),
        (
            "Passport, X1, TN, issued 1990-10-24, expires 1997-09-20",
            [Fact("Passport", "X1", "TN", "", "1990-10-24", "1997-09-20")],
        ),
    ],
)
def test_csl_facts_in_both_orders(text: str, expected: list[Fact]) -> None:
    assert facts(text) == expected


DAY = "<{0}><Year>{1}</Year><Month>{2}</Month><Day>{3}</Day></{0}>"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ((1962, 1, 1), (1962, 12, 31), "1962"),
        ((1962, 3, 1), (1962, 3, 31), "1962-03"),
        ((1962, 3, 5), (1962, 3, 5), "1962-03-05"),
        ((1955, 1, 1), (1958, 12, 31), "1955/1958"),
        ((1955, 2, 1), (1958, 3, 4), "1955-02-01/1958-03-04"),
        ((1962, "", ""), (1962, "", ""), "1962"),
        (("x", 1, 1), ("", 1, 1), ""),
    ],
)
def test_periods_are_written_as_short_as_they_are_exact(
    start: tuple[object, ...], end: tuple[object, ...], expected: str
) -> None:
    days = f"<Start>{DAY.format('From', *start)}</Start><End>{DAY.format('To', *end)}</End>"
    xml = f"<x><DatePeriod>{days}</DatePeriod></x>"
    assert period(fromstring(xml)) == expected  # noqa: S314  # made here


def test_every_us_list_has_an_id_and_an_authority() -> None:
    assert len({row["id"] for row in us_lists()}) == len(us_lists()) == 13
    assert list_id("a list of friends") is None
    assert programs_of("NPWMD] [IFSR") == programs_of("NPWMD; IFSR") == ["NPWMD", "IFSR"]
    assert list_of_program("UKRAINE-EO13662", "sdn") == "sdn"


def draft_of(report: ImportReport, own: str = "a", name: str = "ACME") -> Draft:
    draft = Draft(report, f"row {own}", own, "organization")
    draft.name(name, "primary")
    draft.listing(program="P")
    return draft


def test_a_draft_says_where_the_record_is_damaged() -> None:
    report = ImportReport("x", files=["x.csv"])
    draft = Draft(report, "row 7", "a b", "organization")
    draft.name("ACME")
    draft.listing(program="P")
    with pytest.raises(SourceError, match=r"x\.csv: row 7: id: .*the record is damaged"):
        draft.build()


def test_an_address_that_only_notes_something_is_a_remark_and_repeats_are_dropped() -> None:
    draft = draft_of(ImportReport("x"))
    draft.address(note="in hiding")
    draft.address("Iran", city="Tehran")
    draft.address("Iran", city="Tehran")
    draft.identifier("Passport", "")
    draft.identifier("Website", "x.com", "Iran", note="old")
    draft.identifier("Passport", "X1", "Atlantis", issued="long ago")
    party = draft.build()
    assert party.remarks == ("in hiding", "Website x.com (Iran) old")
    assert len(party.addresses) == 1
    assert party.identifiers[0].note == "Atlantis; long ago"


def test_ties_are_to_the_one_bearer_of_a_name_and_never_to_oneself() -> None:
    report = ImportReport("x")
    first, twin, other, tied = (
        draft_of(report, own, name) for own, name in [("a", "ACME"), ("b", "TWIN"), ("c", "TWIN"), ("d", "S.A.")]
    )
    for name in ("ACME", "TWIN", "S.A", "NOBODY"):
        tied.relation("linked_to", name)
    tie_all([first, twin, other, tied])
    assert [(one.party, one.name) for one in tied.build().relations] == [
        ("a", None),
        (None, "TWIN"),
        (None, "S.A"),
        (None, "NOBODY"),
    ]


def test_two_records_of_one_id_are_damage() -> None:
    report = ImportReport("x")
    with pytest.raises(SourceError, match="row a: a second record a"):
        build_all([draft_of(report), draft_of(report)])


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("sdn-2021-07-07.csv", date(2021, 7, 7)),
        ("20210707-sdn.csv", date(2021, 7, 7)),
        ("2021-07-07/sdn.csv", date(2021, 7, 7)),
        ("2021-13-45/x-2020-01-02.csv", date(2020, 1, 2)),
    ],
)
def test_the_date_of_the_data_is_in_the_name(path: str, day: date) -> None:
    assert as_of(Path(path), Options()) == day
    assert as_of(Path(path), Options(), date(2000, 1, 1)) == date(2000, 1, 1)
    assert as_of(Path(path), Options(as_of=date(1999, 1, 1)), date(2000, 1, 1)) == date(1999, 1, 1)


def test_a_name_with_an_impossible_date_has_none() -> None:
    with pytest.raises(SourceError, match="give --as-of"):
        as_of(Path("/2021-13-45/sdn.csv"), Options())


def test_a_list_without_parties_or_with_a_wrong_header_is_refused() -> None:
    with pytest.raises(SourceError, match="no party in it"):
        finish(Path("x.csv"), {}, [], ImportReport("x"))
    party = draft_of(ImportReport("x")).build()
    with pytest.raises(SourceError, match=r"x\.csv: Field required"):
        finish(Path("x.csv"), {"id": "x"}, [party], ImportReport("x"))


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"<html>", "an HTML page"),
        (b"\xef\xbb\xbf<!-- x --><!doctype HTML>", "an HTML page"),
        (b"%PDF-1.7", "a PDF"),
        (b"\xd0\xcf\x11\xe0....", "an old Excel file"),
        (b"<?xml?><!-- c --><ns:sdnList>", "(ofac-xml)"),
        (b"<note>", "root <note>"),
        (b"<", "XML"),
        (b'{"a": 1}', "JSON"),
        (b"36,-0- ,x", "(ofac-csv)"),
        (b"hello", "something else"),
        (b"Name 6,Name 1,", "(uk)"),
        (b'"Name"\t"Street_Address"', "(bis-dpl)"),
        (b"x;Entity_LogicalId;", "(eu)"),
    ],
)
def test_what_a_file_looks_like(start: bytes, words: str) -> None:
    assert words in in_words(start)


def test_what_an_archive_looks_like(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    for member, words in (("content.xml", "OpenDocument"), ("xl/workbook.xml", "Excel"), ("x.txt", "a zip archive")):
        path.write_bytes(samples.zip_of(member, b"x"))
        assert words in looks_like(path)


def test_a_zip_with_two_files_of_a_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", "<a/>")
        archive.writestr("b.xml", "<b/>")
    path.write_bytes(packed.getvalue())
    with pytest.raises(SourceError, match=r"2 files in the archive end in '\.xml', one is wanted"):
        list(records(path, "a", ("a",), "a list"))


def test_a_cut_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    content = samples.SAMPLES["ofac-enhanced-zip"]().files["cons_enhanced.zip"]
    path.write_bytes(content[:200] + bytes(80) + content[280:])
    with pytest.raises(SourceError, match="damaged or cut archive"):
        import_list("ofac-enhanced", path)


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    content = bytearray(samples.zip_of("x.xml", b"<sanctionsData/>"))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "x.zip").write_bytes(bytes(content))
    with pytest.raises(SourceError, match=r"cannot be read: .*encrypted"):
        import_list("ofac-enhanced", tmp_path / "x.zip")


def test_a_comment_without_end_before_the_root_is_not_read_forever(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(b"<?xml version='1.0'?><!-- " + b"x" * (1 << 19) + b" --><CONSOLIDATED_LIST/>")
    with pytest.raises(SourceError, match="not the UN Security Council list"):
        import_list("un", path)


def test_elements_are_found_under_any_prefix_and_in_other_encodings(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    text = "<?xml version='1.0' encoding='utf-16'?><p:l xmlns:p='urn:x'><p:r><p:n>é</p:n></p:r></p:l>"
    path.write_bytes(text.encode("utf-16"))
    assert [record.findtext("n") for record in records(path, "l", ("r",), "a list")] == ["é"]


@pytest.mark.parametrize("deep", [10_000, 200_000])
def test_elements_in_elements_without_end_are_an_error_or_no_party(deep: int, tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(
        b"<CONSOLIDATED_LIST><INDIVIDUAL>" + b"<a>" * deep + b"</a>" * deep + b"</INDIVIDUAL></CONSOLIDATED_LIST>"
    )
    with pytest.raises(SourceError):
        import_list("un", path, as_of=samples.AS_OF)


def table(*rows: list[str], padded: bool = False) -> list[dict[str, str]]:
    expected = Table(Path("x.csv"), "a list", frozenset({"a", "b"}), frozenset({"a"}), padded)
    return [row.cells for row in expected.rows(rows, ImportReport("x"))]


def test_tables_are_read_by_name_below_a_preamble() -> None:
    assert table(["Report"], [], ["b", "a"], [], ["1", "2"]) == [{"b": "1", "a": "2"}]
    assert table(["a", "b", ""], ["1"], ["1", "2", "", ""], padded=True) == [{"a": "1", "b": ""}, {"a": "1", "b": "2"}]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["a", "a"]], "column 'a' stands twice"),
        ([["a", "b"], ["a", "b"]], "row 2: the header stands twice"),
        ([["a", "b"], ["1", "2", "3"]], "row 2: 3 cells, 2 are wanted"),
    ],
)
def test_tables_with_a_wrong_shape_are_refused(rows: list[list[str]], message: str) -> None:
    with pytest.raises(SourceError, match=message):
        table(*rows)


def test_a_padded_row_keeps_no_cell_beyond_the_header() -> None:
    with pytest.raises(SourceError, match="3 cells, 2 are wanted"):
        table(["a", "b"], ["1", "2", "3"], padded=True)


def test_a_repeated_cell_of_a_spreadsheet_is_repeated_within_bounds(tmp_path: Path) -> None:
    path = tmp_path / "x.ods"
    xml = (
        "<o:document-content xmlns:o='o' xmlns:table='t' xmlns:text='x'><table:table-row><table:table-cell "
        "table:number-columns-repeated='{}'><text:p>a<text:s/>b</text:p><text:p>c</text:p></table:table-cell>"
        "<table:other/></table:table-row></o:document-content>"
    )
    for said, times in (("3", 3), ("99999999999", 1), ("1000000", 256), ("x", 1)):
        path.write_bytes(samples.zip_of("content.xml", xml.format(said).encode()))
        assert list(ods_cells(path, "a list")) == [["ab\nc"] * times]


def test_excel_without_its_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = samples.SAMPLES["australia"]().write(tmp_path)
    monkeypatch.setitem(sys.modules, "openpyxl.reader.excel", None)
    with pytest.raises(MissingExtraError, match=r"sanctionscreen\[excel\]"):
        import_list("australia", path, as_of=samples.AS_OF)


def test_excel_that_is_none_or_declares_a_document_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"Reference,Name")
    with pytest.raises(SourceError, match="not a list: it looks like"):
        list(xlsx_cells(path, "a list"))
    path.write_bytes(samples.zip_of("xl/workbook.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"))
    with pytest.raises(SourceError, match=r"xl/workbook\.xml declares a document type"):
        list(xlsx_cells(path, "a list"))
    path.write_bytes(samples.zip_of("xl/workbook.xml", b"<x/>"))
    with pytest.raises(SourceError, match="a damaged Excel workbook"):
        list(xlsx_cells(path, "a list"))


def test_cells_of_a_workbook_are_text(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(samples.workbook("One", "a,7,2001-10-26,\n"))
    assert list(xlsx_cells(path, "a list", "Two")) == [["a", "7", "2001-10-26"]]
    assert sheets._xlsx_text(1.5) == "1.5"
    assert sheets._xlsx_text(2.0) == "2"


@pytest.mark.parametrize(
    ("sheet", "why"),
    [
        ('<row r="1"><c r="A1"><f>A2</f></c></row>', "row 1: the formula '=A2' has no stored value: open it in Excel"),
        ('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>', "row 1 stands after row 2"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "has two cells in one place"),
    ],
)
def test_no_cell_of_a_workbook_is_lost(tmp_path: Path, sheet: str, why: str) -> None:
    path = tmp_path / "x.xlsx"
    write_workbook(path, ("a",), [[1]])
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    name = next(one for one in parts if one.endswith("sheet1.xml"))
    begin, _, _ = parts[name].decode().partition("<row")
    parts[name] = f"{begin}{sheet}</sheetData></worksheet>".encode()
    with zipfile.ZipFile(path, "w") as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    with pytest.raises(SourceError, match=re.escape(why)):
        list(xlsx_cells(path, "a list"))


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ('1,"a\n2,b\n3,c"\n4,d\n', "a"),
        ('1,a\n2,"stray\n3,b\n4,c""\n5,d"\n', "stray"),
    ],
)
def test_a_row_that_swallowed_others_is_refused(tmp_path: Path, text: str, begin: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER + text, encoding="utf-8")
    with pytest.raises(SourceError, match=f"the cell that begins with '{begin}' holds lines like rows of the table"):
        list(csv_cells(path))


def test_a_cell_of_several_lines_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER + '1,"5 Road\nParis, France"\n2,"a\nb"\n', encoding="utf-8")
    assert list(csv_cells(path))[1:] == [["1", "5 Road\nParis, France"], ["2", "a\nb"]]


def test_a_file_that_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"x: cannot be read: No such file"), files.faults(Path("x")):
        (tmp_path / "nowhere").open()


def test_an_unknown_format_names_the_nearest_and_all() -> None:
    with pytest.raises(SourceError, match="no format 'zzz': All: ofac-csv, "):
        import_list("zzz", "x")


def test_importers_load_their_modules_only_when_used() -> None:
    program = (
        "import sys, sanctionscreen.sources.importers as i; assert len(i.IMPORTERS) == 13; "
        "own = 'sanctionscreen.sources.importers.'; "
        "print([m for m in sys.modules if m.startswith(own) or m in ('stdnum', 'openpyxl')])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "['sanctionscreen.sources.importers.base']"
    assert all(importer.title for importer in IMPORTERS.values())


def test_the_collector_runs_again_after_an_import(tmp_path: Path) -> None:
    path = samples.SAMPLES["un"]().write(tmp_path)
    import_list("un", path)
    assert gc.isenabled()
    gc.disable()
    try:
        import_list("un", path)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_report_counts_and_an_oddity_reads_well() -> None:
    report = ImportReport("x")
    report.unknown("column", "Shoe size", "header")
    report.unknown("column", "Shoe size", "row 9")
    assert report.oddities == [Oddity("header", "unknown column 'Shoe size', kept as it is")]
    assert report.total_names == 0


def test_a_part_of_the_table_of_names_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        known_names("nothing")


HEADER = "id,name\n"


@pytest.mark.parametrize(
    ("text", "rows", "cut"),
    [
        ("1,a\n2,b\n", 2, 0),
        ("1,a\n2,b\n\n", 2, 0),
        ("1,a\n2,b", 2, 0),
        ("1,a\n2", 1, 3),
        ('1,a\n\n2,"b\nc', 1, 4),
        ('"1', 0, 2),
    ],
)
def test_a_table_that_was_cut_short_is_read_as_far_as_it_goes(tmp_path: Path, text: str, rows: int, cut: int) -> None:
    path, report = tmp_path / "a.csv", ImportReport("x")
    path.write_text(HEADER + text, encoding="utf-8")
    known = frozenset({"id", "name"})
    found = list(Table(path, "a list", known, known, partial=True).rows(csv_cells(path), report))
    assert (len(found), report.cut_short, len(report.oddities)) == (rows, cut, bool(cut))
    if cut:
        with pytest.raises(SourceError, match="cut short"):
            list(Table(path, "a list", known, known).rows(csv_cells(path), report))


@pytest.mark.parametrize(
    ("cut", "missing", "title"),
    [
        (0, [], "Ours"),
        (7, [], "Ours (incomplete: cut short)"),
        (0, ["aliases"], "Ours (incomplete: no aliases)"),
        (7, ["aliases", "addresses"], "Ours (incomplete: cut short, no aliases, no addresses)"),
    ],
)
def test_the_title_of_a_list_says_what_keeps_it_from_being_whole(cut: int, missing: list[str], title: str) -> None:
    report = ImportReport("x", cut_short=cut)
    party = Draft(report, "row 1", "x-1", "organization")
    party.name("Acme", "primary")
    party.listing(program="P")
    for part in missing:
        report.lacks(part, f"there are no {part}")
    said = {"id": "x", "authority": "A", "publisher": "P", "licence": "L", "as_of": date(2024, 5, 3), "title": "Ours"}
    header = finish(Path("x.csv"), said, [party.build()], report).list_file.header
    assert header.title == title
    assert [part for part in ("row 7", *missing) if part not in (header.remarks or "")] == (
        ["row 7"] if not cut else []
    )
    assert report.notes == [f"there are no {part}" for part in missing]


def test_a_row_of_another_length_that_is_not_the_last_is_damage_all_the_same(tmp_path: Path) -> None:
    path, known = tmp_path / "a.csv", frozenset({"id", "name"})
    path.write_text(HEADER + "1\n2,b\n", encoding="utf-8")
    with pytest.raises(SourceError, match="row 2: 1 cells, 2 are wanted"):
        list(Table(path, "a list", known, known, partial=True).rows(csv_cells(path), ImportReport("x")))


def test_records_are_given_whole_wherever_a_block_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xml"
    rows = "".join(f"<part><row n='{n}'><cell>{n} é</cell></row><other/></part><p:row n='x{n}'/>" for n in range(40))
    path.write_text(f"<list xmlns='urn:a' xmlns:p='urn:b'>{rows}</list>", encoding="utf-8")
    wanted = [(n, f"{row} é" if n == f"{row}" else None) for row in range(40) for n in (f"{row}", f"x{row}")]
    for size in (64, 65, 117, 1000, 1 << 16):
        monkeypatch.setattr("sanctionscreen.sources.importers.xmlfiles._BLOCK", size)
        found = records(path, "list", ("row",), "a list")
        assert [(row.get("n"), row.findtext("cell")) for row in found] == wanted


def test_elements_without_end_inside_one_another_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<list>" + "<a>" * 300_000, encoding="utf-8")
    with pytest.raises(SourceError, match="elements nested more than 64 deep"):
        list(records(path, "list", ("row",), "a list"))


# The peak that `getrusage` tells begins with that of the process it was started from; /proc tells its own.
_MEMORY = """
import pathlib, sys
from sanctionscreen.sources.importers import import_list
report = import_list("ofac-advanced", sys.argv[1]).report
peak = pathlib.Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(report.parties, report.total_names, int(peak) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is told by /proc, on Linux only")
def test_a_file_of_120_megabytes_is_imported_within_400(shared: Path, tmp_path: Path) -> None:
    """Made from the real file by repetition, every party with numbers of its own."""
    import re

    text = (shared / "data/ofac/consolidated/cons_advanced-2020-03-17.xml").read_text(encoding="utf-8")
    own = re.compile(
        r"\b(ID|FixedRef|ProfileID|IdentityID|LocationID|FeatureVersionID|NamePartGroupID|From-ProfileID|To-ProfileID)"
        r'="(\d+)"'
    )
    path, times = tmp_path / "sdn_advanced-2024-01-01.xml", 45
    with path.open("w", encoding="utf-8") as file:
        done = 0
        for section in ("Locations", "IDRegDocuments", "DistinctParties", "ProfileRelationships", "SanctionsEntries"):
            start, end = text.index(f"<{section}>") + len(section) + 2, text.index(f"</{section}>")
            file.write(text[done:start])
            for number in range(times):
                file.write(
                    own.sub(lambda found, k=number: f'{found[1]}="{int(found[2]) + k * 10**9}"', text[start:end])
                )
            done = end
        file.write(text[done:])
    assert path.stat().st_size > 120_000_000
    found = subprocess.run([sys.executable, "-c", _MEMORY, str(path)], capture_output=True, text=True, check=True)
    parties, names, megabytes = map(int, found.stdout.split())
    assert (parties, names) == (375 * times, 1289 * times)
    assert megabytes < 400
