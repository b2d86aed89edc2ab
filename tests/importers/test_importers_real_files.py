"""Every party and name of the real files, counted by another route: plain csv, plain XML, regular expressions."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sanctionscreen.errors import SourceError
from sanctionscreen.records import ListedParty, ListFile
from sanctionscreen.sources.importers import Imported, import_list
from sanctionscreen.sources.loading import load_lists
from sanctionscreen.sources.writing import write_list

Names = dict[str, set[str]]

#: Format, file, and the date it is of.
FILES = {
    "sdn 2021": ("ofac-csv", "ofac/2021-07-07", date(2021, 7, 7)),
    "sdn 2024": ("ofac-csv", "ofac/2024-05-03/sdn.csv.gz", date(2024, 5, 3)),
    "cons csv": ("ofac-csv", "ofac/consolidated/cons_prim-2018-04-06.csv", date(2018, 4, 6)),
    "cons xml": ("ofac-xml", "ofac/consolidated/consolidated-2018-04-06.xml", date(2018, 4, 6)),
    "cons advanced": ("ofac-advanced", "ofac/consolidated/cons_advanced-2020-03-17.xml", date(2020, 3, 17)),
    "sdn advanced": ("ofac-advanced", "ofac/consolidated/sdn_advanced-sample-2024-02-23.xml", date(2024, 2, 23)),
    "cons enhanced": ("ofac-enhanced", "ofac/consolidated/cons_enhanced-2025-01-10.zip", date(2025, 1, 10)),
    "csl": ("csl", "csl/2022-05-16/consolidated.csv.gz", date(2022, 5, 16)),
    "dpl": ("bis-dpl", "bis/2023-11-30/dpl.txt", date(2023, 11, 30)),
    "un": ("un", "un/2020-03-20/consolidated.xml", date(2020, 3, 20)),
    "eu": ("eu", "eu/2016-02-11/global_v0.xml", date(2016, 2, 11)),
    "uk": ("uk", "uk/FCDO_SL-2025-08-11.ods", date(2025, 8, 11)),
    "conlist": ("uk", "uk/ConList-sample-2016-02-17.csv", date(2016, 2, 12)),
    "canada": ("canada", "canada/2020-04-15/sema-lmes.xml", date(2020, 4, 15)),
    "ftm": ("opensanctions", "opensanctions/entities.ftm-sample.json", date(2024, 3, 14)),
}
EVERY = pytest.mark.parametrize("name", FILES)


@cache
def imported(data: Path, name: str) -> Imported:
    format_id, file, _ = FILES[name]
    return import_list(format_id, data / file)


def plain(text: str | None) -> str:
    return " ".join((text or "").replace("\x92", "’").split())


def names_of(parties: tuple[ListedParty, ...]) -> Names:
    return {party.id: {name.name for name in party.names} for party in parties}


def csv_rows(path: Path, encoding: str = "utf-8", delimiter: str = ",") -> list[list[str]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=delimiter))


def tree(source: Path | bytes) -> ET.Element:
    root = ET.fromstring(  # noqa: S314  # a file of the shared folder, not of a stranger
        source if isinstance(source, bytes) else source.read_bytes()
    )
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


WEAK = re.compile(r"(?:^|; )(?:alt\. )?[afn]\.k\.a\. '(.+?)'(?=;|\.?$)")


def ofac_csv(path: Path) -> Names:
    names: Names = {}
    for row in csv_rows(path):
        if len(row) == 12:
            names[f"ofac-{row[0]}"] = {plain(row[1]), *(plain(weak) for weak in WEAK.findall(row[11]))}
    alt = path.with_name("alt.csv")
    for row in csv_rows(alt) if alt.exists() else []:
        if len(row) == 5:
            names[f"ofac-{row[0]}"].add(plain(row[3]))
    return names


def ofac_xml(path: Path) -> Names:
    names: Names = {}
    for entry in tree(path).iter("sdnEntry"):
        found = [entry, *entry.iter("aka")]
        parts = [[plain(e.findtext("lastName")), plain(e.findtext("firstName"))] for e in found]
        names[f"ofac-{entry.findtext('uid')}"] = {", ".join(filter(None, part)) for part in parts}
    return names


def ofac_advanced(path: Path) -> Names:
    """Names as bags of words: which part is the family name does not matter here."""
    names: Names = {}
    for party in tree(path).iter("DistinctParty"):
        documented = [[plain(v.text) for v in name.iter("NamePartValue")] for name in party.iter("DocumentedName")]
        names[f"ofac-{party.get('FixedRef')}"] = {bag(" ".join(parts)) for parts in documented}
    return names


def bag(name: str) -> str:
    return " ".join(sorted(name.replace(",", " ").split()))


def ofac_enhanced(path: Path) -> Names:
    with zipfile.ZipFile(path) as archive:
        root = tree(archive.read(archive.namelist()[0]))
    return {
        f"ofac-{entity.get('id')}": {plain(full.text) for full in entity.iter("formattedFullName")}
        for entity in root.iter("entity")
    }


def csl(path: Path) -> Names:
    header, *rows = csv_rows(path)
    names: Names = defaultdict(set)
    for number, cells in enumerate(rows):
        row = dict(zip(header, cells, strict=True))
        own = plain(row["name"]).partition(" and any successor")[0].rstrip(",;")
        others = [plain(part).removeprefix("and ").rstrip(",") for part in row["alt_names"].split(";")]
        names[row["entity_number"] or f"row {number}"] |= {own, *filter(None, others)}
    return names


def dpl(path: Path) -> Names:
    names: Names = defaultdict(set)
    for row in csv_rows(path, delimiter="\t")[1:]:
        names[f"{re.sub(r'[^a-z0-9]+', ' ', row[0].lower()).strip()} {row[6]}"].add(plain(row[0]))
    return names


def un(path: Path) -> Names:
    names: Names = {}
    for tag in ("INDIVIDUAL", "ENTITY"):
        for party in tree(path).iter(tag):
            parts = [plain(party.findtext(f"{n}_NAME")) for n in ("FIRST", "SECOND", "THIRD", "FOURTH")]
            others = [plain(e.text) for e in (*party.iter("ALIAS_NAME"), *party.iter("NAME_ORIGINAL_SCRIPT"))]
            names[f"un-{party.findtext('DATAID')}"] = {" ".join(filter(None, parts)), *filter(None, others)}
    return names


def eu(path: Path) -> Names:
    return {
        f"eu-{entity.get('Id')}": {plain(whole.text) for whole in entity.iter("WHOLENAME")}
        for entity in tree(path).iter("ENTITY")
    }


def uk(path: Path) -> Names:
    with zipfile.ZipFile(path) as archive:
        text = archive.read("content.xml").decode("utf-8-sig")
    names: Names = {}
    for row in re.findall(r"<table:table-row.*?</table:table-row>", text, re.DOTALL)[1:]:
        cells = [plain(cell) for cell in re.findall(r"<text:p>(.*?)</text:p>", row, re.DOTALL)]
        if len(cells) == 8 and cells[2]:
            names[f"uk-{cells[0]}"] = {cells[2].replace("&amp;", "&").replace("&apos;", "'").replace("&quot;", '"')}
    return names


def conlist(path: Path) -> Names:
    names: Names = defaultdict(set)
    for row in csv_rows(path, "cp1252")[2:]:
        names[f"uk-ofsi-{row[-1]}"].add(plain(" ".join([*row[1:6], row[0]])))
    return names


def ftm(path: Path) -> Names:
    names: Names = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["target"]:
            said = record["properties"]
            kinds = ("name", "alias", "weakAlias", "previousName")
            names[f"os-{record['id']}"] = {plain(text) for kind in kinds for text in said.get(kind, [])}
    return names


COUNTED: dict[str, Callable[[Path], Names]] = {
    "sdn 2021": lambda path: ofac_csv(path / "sdn.csv"),
    "sdn 2024": ofac_csv,
    "cons csv": ofac_csv,
    "cons xml": ofac_xml,
    "cons enhanced": ofac_enhanced,
    "un": un,
    "eu": eu,
    "uk": uk,
    "conlist": conlist,
    "ftm": ftm,
}


@pytest.mark.parametrize("name", COUNTED)
def test_every_party_has_exactly_the_names_that_the_file_gives_it(name: str, shared: Path) -> None:
    data = shared / "data"
    assert names_of(imported(data, name).list_file.parties) == dict(COUNTED[name](data / FILES[name][1]))


@pytest.mark.parametrize("name", ["cons advanced", "sdn advanced"])
def test_every_party_of_the_advanced_files_has_its_names(name: str, shared: Path) -> None:
    found = names_of(imported(shared / "data", name).list_file.parties)
    bags = {own: {bag(text) for text in names} for own, names in found.items()}
    assert bags == ofac_advanced(shared / "data" / FILES[name][1])


def test_every_party_of_the_consolidated_screening_list_has_its_names(shared: Path) -> None:
    expected = csl(shared / "data" / FILES["csl"][1])
    parties = imported(shared / "data", "csl").list_file.parties
    found = {
        (party.listings[0].reference or f"row {number}"): {name.name for name in party.names}
        for number, party in enumerate(parties)
    }
    by_reference = {own: names for own, names in expected.items() if not own.startswith("row ")}
    assert {own: names for own, names in found.items() if not own.startswith("row ")} == by_reference
    rows = sorted(sorted(names) for own, names in found.items() if own.startswith("row "))
    assert rows == sorted(sorted(names) for own, names in expected.items() if own.startswith("row "))
    assert len(parties) == len(expected) == 14048


def test_every_row_of_the_consolidated_screening_list_has_its_listing(shared: Path) -> None:
    header, *rows = csv_rows(shared / "data" / FILES["csl"][1])
    expected: dict[str, set[str]] = defaultdict(set)
    for number, cells in enumerate(rows):
        row = dict(zip(header, cells, strict=True))
        short = row["source"].split("(")[1].split(")")[0].replace("NS-MBS List", "MBS")
        expected[short].add(row["entity_number"] or f"row {number}")
    listed: dict[str, set[str]] = defaultdict(set)
    for party in imported(shared / "data", "csl").list_file.parties:
        for listing in party.listings:
            listed[(listing.list or "").upper()].add(party.id)
    assert {name: len(parties) for name, parties in listed.items()} == {
        name: len(rows) for name, rows in expected.items()
    }


def test_every_denied_person_has_its_names_and_addresses(shared: Path) -> None:
    expected = dpl(shared / "data" / FILES["dpl"][1])
    parties = imported(shared / "data", "dpl").list_file.parties
    assert len(parties) == len(expected)
    assert {name.name for party in parties for name in party.names} == set().union(*expected.values())


def test_every_canadian_record_has_its_names(shared: Path) -> None:
    records = list(tree(shared / "data" / FILES["canada"][1]).iter("record"))
    parties = imported(shared / "data", "canada").list_file.parties
    assert len(parties) == len(records) == 1369
    for record, party in zip(records, parties, strict=True):
        said = [plain(record.findtext(tag)) for tag in ("Entity", "GivenName", "LastName", "Aliases")]
        words = sorted(re.findall(r"[^\s,/]+", " ".join(said)))
        assert sorted(re.findall(r"[^\s,/]+", " ".join(name.name for name in party.names))) == words


def test_every_address_and_alias_row_of_ofac_is_on_its_party(shared: Path) -> None:
    expected: dict[str, int] = defaultdict(int)
    for row in {(row[0], *row[2:]) for row in csv_rows(shared / "data/ofac/2021-07-07/add.csv") if len(row) == 6}:
        expected[f"ofac-{row[0]}"] += any(cell.strip() != "-0-" for cell in row[1:4])
    parties = imported(shared / "data", "sdn 2021").list_file.parties
    found = {party.id: len(party.addresses) for party in parties if party.addresses}
    assert found == {own: count for own, count in expected.items() if count}


#: Words of the remarks that become something else: labels, months, the words of dates.
_BECOME = """
dob pob alt a k f n circa to issued expires expire nationality citizen of registration gender male female linked
digital currency address jan feb mar apr may jun jul aug sep oct nov dec january february march april june july
august september october november december executive order directive determination listing date number gazette
government swift bic tail code chinese commercial residency un locode effective imo vessel flag
"""
BECOME = set(_BECOME.split())


def words_of(party: ListedParty, names: dict[str, str]) -> set[str]:
    tied = " ".join(names[relation.party] for relation in party.relations if relation.party)
    said = json.dumps(party.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)
    return set(re.findall(r"\w+", f"{said} {tied}".lower()))


@pytest.mark.parametrize("name", ["sdn 2021", "sdn 2024", "cons csv"])
def test_no_word_of_ofac_remarks_is_lost(name: str, shared: Path) -> None:
    path = shared / "data" / FILES[name][1]
    remarks = {
        f"ofac-{row[0]}": row[11].replace("-0- ", "")
        for row in csv_rows(path / "sdn.csv" if path.is_dir() else path)
        if len(row) == 12
    }
    parties = imported(shared / "data", name).list_file.parties
    names = {party.id: party.primary_name for party in parties}
    for party in parties:
        without_countries = re.sub(r" \([A-Z][^()]+\)(?=;|\.?$| issued| expires)", "", remarks[party.id])
        said = set(re.findall(r"\w+", without_countries.lower()))
        lost = {word.lstrip("0") for word in said - words_of(party, names) - BECOME}
        assert not lost - words_of(party, names), (party.id, lost, remarks[party.id])


@EVERY
def test_the_date_of_the_data_is_known(name: str, shared: Path) -> None:
    assert imported(shared / "data", name).list_file.header.as_of == FILES[name][2]


@EVERY
def test_the_report_agrees_with_the_parties(name: str, shared: Path) -> None:
    result = imported(shared / "data", name)
    parties = result.list_file.parties
    assert result.report.parties == len(parties)
    assert result.report.total_names == sum(len(party.names) for party in parties)
    assert result.report.identifiers.total() == sum(len(party.identifiers) for party in parties)
    assert all(party.names[0].type == "primary" for party in parties)


@pytest.mark.parametrize("name", ["cons csv", "cons enhanced", "dpl", "un", "eu", "conlist", "canada"])
def test_a_real_list_loads_back_equal_and_is_the_same_bytes_twice(name: str, shared: Path, tmp_path: Path) -> None:
    format_id, file, _ = FILES[name]
    outputs = []
    for _ in range(2):
        list_file = import_list(format_id, shared / "data" / file).list_file
        write_list(list_file, tmp_path / "out.yaml")
        outputs.append((tmp_path / "out.yaml").read_bytes())
    (loaded,) = load_lists([tmp_path / "out.yaml"])
    assert outputs[0] == outputs[1]
    assert ListFile(header=loaded.header, parties=loaded.parties) == list_file


def test_the_current_header_of_the_consolidated_screening_list(shared: Path) -> None:
    path = shared / "data/csl/consolidated-current-header-sample.csv"
    with pytest.raises(SourceError, match="give --as-of"):
        import_list("csl", path)
    result = import_list("csl", path, as_of=date(2025, 1, 1))
    parties = {party.primary_name: party for party in result.list_file.parties}
    assert len(parties) == 13
    assert parties["RIM, Ryong Nam"].identifiers[0].model_dump(exclude_defaults=True) == {
        "type": "passport", "value": "836238033", "country": "KP",
    }  # fmt: skip
    cetc = next(party for name, party in parties.items() if "CETC 13" in name)
    assert len(cetc.names) == 7
    assert {address.country for address in cetc.addresses} == {"CN"}


def test_a_sample_that_was_cut_in_a_record_is_refused_and_reads_when_mended(shared: Path, tmp_path: Path) -> None:
    path = shared / "data/opensanctions/targets.simple-sample.csv"
    with pytest.raises(SourceError, match="broken or cut short"):
        import_list("opensanctions", path)
    text = path.read_text(encoding="utf-8")
    mended = tmp_path / "targets.simple.csv"
    mended.write_text(text[: text.rindex('\n"NK-') + 1], encoding="utf-8")
    rows = csv_rows(mended)[1:]
    result = import_list("opensanctions", mended)
    expected = {
        f"os-{row[0]}": {plain(row[2]), *filter(None, map(plain, next(csv.reader([row[3]], delimiter=";"), [])))}
        for row in rows
    }
    assert names_of(result.list_file.parties) == expected


def kinds_inferred(parties: tuple[ListedParty, ...], list_id: str) -> Iterator[tuple[str, str]]:
    return ((party.primary_name, party.kind) for party in parties if party.listings[0].list == list_id)


def test_kinds_are_inferred_cautiously(shared: Path) -> None:
    """At most one in fifty persons of the Entity List is none: looked through by hand, 2022-05-16."""
    kinds = dict(kinds_inferred(imported(shared / "data", "csl").list_file.parties, "el"))
    for name in ("Gunther Migeotte", "Habib ur Rahman", "Wang Wei", "Denis A Kizha", "Mohd Zamri bin Mazleh"):
        assert kinds[name] == "person"
    for name in ("Huawei Cuba", "Panda Semiconductor", "Bitreit", "Tsinghua University", "ZAO Sparta"):
        assert kinds.get(name, "organization") == "organization"
    assert 300 <= list(kinds.values()).count("person") <= 400
