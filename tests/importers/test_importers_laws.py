"""What holds for every importer, on one small hand-made file of each format."""

from __future__ import annotations

import csv
import gzip
import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from importers import importer_samples as samples

from sanctionscreen.errors import SourceError
from sanctionscreen.records import ListFile
from sanctionscreen.sources.importers import IMPORTERS, Imported, files, import_list
from sanctionscreen.sources.limits import stale_after_days
from sanctionscreen.sources.loading import load_lists
from sanctionscreen.sources.writing import write_list

EVERY = pytest.mark.parametrize("name", samples.SAMPLES)
XML = pytest.mark.parametrize(
    "name", ["ofac-xml", "ofac-advanced", "ofac-enhanced", "un", "eu-old", "eu-fsf", "uk-xml", "canada"]
)
TEXT = pytest.mark.parametrize(
    "name", ["ofac-csv", "csl", "bis-dpl", "eu-csv", "uk-csv", "uk-conlist", "opensanctions-simple", "table"]
)
#: OFAC's CSV files have no header.
HEADED = pytest.mark.parametrize(
    "name", ["csl", "bis-dpl", "eu-csv", "uk-csv", "uk-conlist", "opensanctions-simple", "table"]
)
SHEETS = pytest.mark.parametrize("name", ["uk-ods", "australia"])
JSON = pytest.mark.parametrize("name", ["csl-json", "opensanctions-ftm", "table-json"])
#: What stands between the cells of a table, where that is no comma.
SEPARATORS = {"bis-dpl": b"\t", "table": b";", "eu-csv": b";"}
ZIPPED = pytest.mark.parametrize("name", ["ofac-enhanced-zip", "uk-ods", "australia"])
HTML = b"<!DOCTYPE html>\n<html><head><title>503</title></head><body>Service unavailable</body></html>"
BOMB = b"""<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""


def run(name: str, folder: Path) -> Imported:
    sample = samples.SAMPLES[name]()
    return import_list(sample.format, sample.write(folder), **sample.keywords(folder))


def run_with(name: str, folder: Path, content: bytes) -> Imported:
    """Import the sample with other content in its main file."""
    sample = samples.SAMPLES[name]()
    path = sample.write(folder)
    path.write_bytes(content)
    return import_list(sample.format, path, **sample.keywords(folder))


def content_of(name: str) -> bytes:
    return next(iter(samples.SAMPLES[name]().files.values()))


def test_every_importer_has_a_sample() -> None:
    assert {make().format for make in samples.SAMPLES.values()} == set(IMPORTERS)


@EVERY
def test_every_party_and_name_of_a_sample_arrives(name: str, tmp_path: Path) -> None:
    sample, imported = samples.SAMPLES[name](), run(name, tmp_path)
    assert (imported.report.parties, imported.report.total_names) == (sample.parties, sample.names)
    assert len(imported.list_file.parties) == imported.report.parties
    assert imported.list_file.header.as_of == samples.AS_OF


@EVERY
def test_every_official_list_says_how_old_it_may_be(name: str, tmp_path: Path) -> None:
    header = run(name, tmp_path).list_file.header
    assert header.stale_after_days == stale_after_days().get(header.id)
    assert header.stale_after_days or name in ("table", "table-json")


@EVERY
def test_two_imports_of_one_file_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    outputs = []
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        write_list(run(name, folder).list_file, folder / "out.yaml")
        outputs.append((folder / "out.yaml").read_bytes())
    assert outputs[0] == outputs[1]


@EVERY
def test_what_an_importer_wrote_loads_back_equal(name: str, tmp_path: Path) -> None:
    imported = run(name, tmp_path)
    write_list(imported.list_file, tmp_path / "out.yaml")
    (loaded,) = load_lists([tmp_path / "out.yaml"])
    assert ListFile(header=loaded.header, parties=loaded.parties) == imported.list_file


@EVERY
def test_an_empty_file_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the file is empty"):
        run_with(name, tmp_path, b"")


@EVERY
def test_an_html_page_is_refused_and_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"an HTML page|no column"):
        run_with(name, tmp_path, HTML)


@EVERY
def test_the_file_of_another_format_is_refused_and_named(name: str, tmp_path: Path) -> None:
    other = content_of("un" if not name.startswith("un") else "csl")
    looks_like = r"the UN Security Council list \(un\)|the Consolidated Screening List \(csl\)|no column"
    with pytest.raises(SourceError, match=looks_like):
        run_with(name, tmp_path, other)


@EVERY
def test_a_file_cut_in_a_record_is_refused(name: str, tmp_path: Path) -> None:
    sample, content = samples.SAMPLES[name](), content_of(name)
    cut = content[: content.index(sample.broken) + len(sample.broken) + 3]
    with pytest.raises(SourceError):
        run_with(name, tmp_path, cut)


@EVERY
def test_a_file_that_is_not_there_is_an_error_and_so_is_a_folder(name: str, tmp_path: Path) -> None:
    sample = samples.SAMPLES[name]()
    sample.write(tmp_path)
    for path in (tmp_path / "nowhere.csv", tmp_path / "folder"):
        (tmp_path / "folder").mkdir(exist_ok=True)
        with pytest.raises(SourceError):
            import_list(sample.format, path, **sample.keywords(tmp_path))


@EVERY
def test_errors_are_one_line_and_name_the_file(name: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        run_with(name, tmp_path, b"\x00\x01\x02" * 50)
    assert "\n" not in str(caught.value)
    assert str(tmp_path) in str(caught.value)


@TEXT
def test_a_text_in_another_encoding_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"UTF-16|not utf-8"):
        run_with(name, tmp_path, content_of(name).decode("cp1252", "replace").encode("utf-16"))


@HEADED
def test_a_column_twice_or_a_header_twice_is_refused(name: str, tmp_path: Path) -> None:
    lines = content_of(name).splitlines(keepends=True)
    at = next(
        n for n, line in enumerate(lines) if b"ame" in line and b"Report" not in line and b"Updated,0" not in line
    )
    repeated = [lines[at].removeprefix(b"\xef\xbb\xbf")]
    with pytest.raises(SourceError, match="the header stands twice"):
        run_with(name, tmp_path, b"".join([*lines[: at + 1], *repeated, *lines[at + 1 :]]))
    first = lines[at].removeprefix(b"\xef\xbb\xbf").split(SEPARATORS.get(name, b","))
    twice = SEPARATORS.get(name, b",").join([first[0], *first])
    with pytest.raises(SourceError, match=r"stands twice|cells, "):
        run_with(name, tmp_path, b"".join([*lines[:at], twice, *lines[at + 1 :]]))


@XML
def test_a_document_type_and_with_it_every_entity_is_refused(name: str, tmp_path: Path) -> None:
    content = content_of(name)
    at = content.index(b"?>") + 2
    with pytest.raises(SourceError, match="declares a document type"):
        run_with(name, tmp_path, content[:at] + BOMB + content[at:])


@XML
def test_xml_in_another_encoding_than_it_says_is_refused(name: str, tmp_path: Path) -> None:
    content = content_of(name).replace(b"DOE", b"D\xd6E").replace(b"ACME", b"\xc4CME").replace(b"Doe", b"D\xf6e")
    with pytest.raises(SourceError, match="not well-formed"):
        run_with(name, tmp_path, content.replace(b"Acme", b"\xc4cme"))


@XML
def test_an_unknown_element_is_kept_and_reported(name: str, tmp_path: Path) -> None:
    closing = {"ofac-xml": b"</sdnEntry>", "ofac-advanced": b"</DistinctParty>", "ofac-enhanced": b"</entity>",
               "un": b"</INDIVIDUAL>", "eu-old": b"</ENTITY>", "eu-fsf": b"</sanctionEntity>",
               "uk-xml": b"</Designation>", "canada": b"</record>"}[name]  # fmt: skip
    content = content_of(name).replace(closing, b"<shoeSize>forty two</shoeSize>" + closing, 1)
    imported = run_with(name, tmp_path, content)
    assert any("shoe" in str(oddity).lower() for oddity in imported.report.oddities)
    assert any("forty two" in remark for party in imported.list_file.parties for remark in party.remarks)


@HEADED
def test_an_unknown_column_is_kept_and_reported(name: str, tmp_path: Path) -> None:
    separator = SEPARATORS.get(name, b",")
    lines = content_of(name).splitlines()
    at = next(
        n for n, line in enumerate(lines) if b"ame" in line and b"Report" not in line and b"Updated,0" not in line
    )
    grown = [
        *lines[:at],
        lines[at] + separator + b"Shoe size",
        *(line + separator + b"forty two" for line in lines[at + 1 :]),
    ]
    imported = run_with(name, tmp_path, b"\r\n".join(grown) + b"\r\n")
    assert "header: unknown column 'Shoe size', kept as it is" in map(str, imported.report.oddities)
    assert all("Shoe size: forty two" in party.remarks for party in imported.list_file.parties)


def rows_of(name: str) -> list[list[str]]:
    """The rows of a spreadsheet sample, by another reader."""
    if name == "australia":
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(content_of(name)))
        return [["" if cell is None else str(cell) for cell in row] for row in book.active.iter_rows(values_only=True)]
    content = samples.files_of("uk-ods", "content.xml")["content.xml"].decode()
    rows = re.findall(r"<table:table-row>(.*?)</table:table-row>", content, re.DOTALL)
    return [re.findall(r"<text:p>(.*?)</text:p>|<table:table-cell */>", row) for row in rows]


def sheet_of(name: str, rows: list[list[str]]) -> bytes:
    """A spreadsheet of these rows."""
    if name == "australia":
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return samples.workbook("Consolidated List", text.getvalue())
    content = samples.files_of("uk-ods", "content.xml")["content.xml"].decode()
    cells = ("".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row) for row in rows)
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    first, last = content.index("<table:table-row>"), content.rindex("</table:table-row>") + len("</table:table-row>")
    return samples.zip_of("content.xml", f"{content[:first]}{table}{content[last:]}".encode())


@SHEETS
def test_a_spreadsheet_with_a_column_or_a_header_twice_is_refused(name: str, tmp_path: Path) -> None:
    rows = rows_of(name)
    with pytest.raises(SourceError, match="the header stands twice"):
        run_with(name, tmp_path, sheet_of(name, [rows[0], *rows]))
    with pytest.raises(SourceError, match="stands twice: remove one"):
        run_with(name, tmp_path, sheet_of(name, [[*row, row[0]] for row in rows]))


@SHEETS
def test_an_unknown_column_of_a_spreadsheet_is_kept_and_reported(name: str, tmp_path: Path) -> None:
    head, *rest = rows_of(name)
    padded = [[*row, *[""] * (len(head) - len(row)), "forty two"] for row in rest]
    imported = run_with(name, tmp_path, sheet_of(name, [[*head, "Shoe size"], *padded]))
    assert "header: unknown column 'Shoe size', kept as it is" in map(str, imported.report.oddities)
    assert all("Shoe size: forty two" in party.remarks for party in imported.list_file.parties)


@JSON
def test_an_unknown_field_of_json_is_kept_and_reported(name: str, tmp_path: Path) -> None:
    start = {"csl-json": b"[{", "opensanctions-ftm": b'"schema":"Person","properties":{', "table-json": b"{"}[name]
    grown = content_of(name).replace(start, start + b'"shoeSize": ["forty two"], ', 1)
    imported = run_with(name, tmp_path, grown)
    assert any("shoeSize" in str(oddity) for oddity in imported.report.oddities)
    assert any("forty two" in remark for party in imported.list_file.parties for remark in party.remarks)


@JSON
def test_json_in_another_encoding_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        run_with(name, tmp_path, content_of(name).decode("utf-8").encode("utf-16"))


@pytest.mark.parametrize("name", ["uk-csv", "uk-conlist", "eu-csv"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_british_and_european_tables_are_read_in_the_encodings_they_have_had(
    name: str, encoding: str, tmp_path: Path
) -> None:
    content = content_of(name)
    text = content.decode("utf-8-sig") if name != "uk-conlist" else content.decode("cp1252")
    text = "".join(char for char in text if char.encode("cp1252", "ignore")).replace("Jon", "Jón")
    found = run_with(name, tmp_path, text.encode(encoding)).list_file
    plain = run_with(name, tmp_path, text.encode("utf-8")).list_file
    assert found.parties == plain.parties
    assert any(not one.name.isascii() for party in found.parties for one in party.names)


@TEXT
def test_gzip_is_read_as_the_plain_file_is(name: str, tmp_path: Path) -> None:
    sample = samples.SAMPLES[name]()
    plain = run(name, tmp_path)
    path = tmp_path / next(iter(sample.files))
    packed = path.with_name(f"{path.name}.gz")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    if sample.format == "table":
        return
    again = import_list(sample.format, packed, **sample.keywords(tmp_path))
    assert again.list_file.parties == plain.list_file.parties


@TEXT
def test_a_cut_gzip_file_is_refused(name: str, tmp_path: Path) -> None:
    packed = gzip.compress(content_of(name) * 20)
    with pytest.raises(SourceError, match="damaged or cut archive"):
        run_with(name, tmp_path, packed[: len(packed) // 2])


@ZIPPED
def test_a_zip_that_expands_without_measure_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_EXPANDED", 500)
    with pytest.raises(SourceError, match="expands beyond all measure"):
        run(name, tmp_path)


def test_a_gzip_that_expands_without_measure_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(content_of("csl") + b"," * (40 << 20))
    with pytest.raises(SourceError, match="expands beyond all measure"):
        run_with("csl", tmp_path, bomb)


@EVERY
def test_without_a_date_anywhere_the_import_asks_for_one(name: str, tmp_path: Path) -> None:
    sample = samples.SAMPLES[name]()
    keywords = sample.keywords(tmp_path) | {"as_of": None}
    folder = tmp_path / "lists"
    folder.mkdir()
    for stem, content in sample.files.items():
        (folder / stem).write_bytes(content)
        (tmp_path / stem).write_bytes(content)
    path = folder / next(iter(sample.files))
    if name in ("ofac-csv", "csl", "csl-json", "bis-dpl", "uk-ods", "canada", "australia", "table", "table-json"):
        with pytest.raises(SourceError, match="give --as-of YYYY-MM-DD"):
            import_list(sample.format, path, **keywords)
        dated = path.rename(path.with_name(f"{path.stem}-2024-05-03{path.suffix}"))
        assert import_list(sample.format, dated, **keywords).list_file.header.as_of == samples.AS_OF
    else:
        assert import_list(sample.format, path, **keywords).list_file.header.as_of.year in (2024, 2026)


def test_strict_makes_an_oddity_an_error_and_lets_a_clean_file_pass(tmp_path: Path) -> None:
    assert import_list("un", samples.SAMPLES["un"]().write(tmp_path), strict=True, as_of=samples.AS_OF)
    path = tmp_path / "consolidated.xml"
    path.write_bytes(path.read_bytes().replace(b"1964-07-17", b"last July"))
    with pytest.raises(SourceError, match=r"record 1 \(KPi.033\): not a date of birth: 'last July'.*1 of 1 odd"):
        import_list("un", path, strict=True, as_of=samples.AS_OF)


_CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["cut", "insert", "replace", "double", "drop"]),
        st.floats(0, 1),
        st.floats(0, 0.05),
        st.binary(max_size=6),
    ),
    min_size=1,
    max_size=4,
)


def mutate(content: bytes, changes: list[tuple[str, float, float, bytes]]) -> bytes:
    for kind, place, length, new in changes:
        at = int(place * len(content))
        end = at + max(1, int(length * len(content)))
        if kind == "cut":
            content = content[:at]
        elif kind == "insert":
            content = content[:at] + new + content[at:]
        elif kind == "replace":
            content = content[:at] + new + content[at + len(new) :]
        elif kind == "double":
            content = content[:end] + content[at:end] + content[end:]
        else:
            content = content[:at] + content[end:]
    return content


@EVERY
@settings(max_examples=40)
@given(changes=_CHANGES)
def test_a_damaged_file_raises_nothing_but_the_documented_error(
    name: str, changes: list[tuple[str, float, float, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    try:
        imported = run_with(name, folder, mutate(content_of(name), changes))
    except SourceError as error:
        assert "\n" not in str(error)  # noqa: PT017  # both outcomes are right
    else:
        write_list(imported.list_file, folder / "out.yaml")
        load_lists([folder / "out.yaml"])
