"""Updates against a server on this machine that misbehaves as publishers do."""

from __future__ import annotations

import errno
import gzip
import os
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from sanctionscreen.errors import InputError, ListError, MissingExtraError, SourceError
from sanctionscreen.screening import Screener
from sanctionscreen.snapshot import Snapshot
from sanctionscreen.sources import archive, switching
from sanctionscreen.sources.downloading import Fetching, Seen
from sanctionscreen.sources.importers import IMPORTERS
from sanctionscreen.sources.loading import bundled_lists, load_lists
from sanctionscreen.sources.locking import locked
from sanctionscreen.sources.official import Source, fetch_settings, official_sources
from sanctionscreen.sources.switching import settle, switch
from sanctionscreen.updating import Outcome, compile_lists, update

pytest.importorskip("httpx")

MAPPING = """
header: {id: ours, title: Ours, authority: us, publisher: us, licence: internal}
columns: {id: Nr, name: Company, kind: {value: organization}, program: {value: P}}
"""
DAY = date(2022, 5, 16)
FIRST, LATER = "Mon, 02 Mar 2026 10:00:00 GMT", "Tue, 03 Mar 2026 10:00:00 GMT"


def table(count: int, word: str = "Company") -> bytes:
    return "\n".join(["Nr,Company", *(f"{n},{word} Quillfeather {n}" for n in range(count))]).encode() + b"\n"


@dataclass
class Publisher:
    """What the server answers, and what it was asked."""

    body: bytes = field(default_factory=lambda: table(20))
    etag: str = '"1"'
    modified: str = FIRST
    codes: list[int] = field(default_factory=list)
    slow: float = 0.0
    cut: int = 0
    location: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""


def handler(publisher: Publisher) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            publisher.asked.append({key.lower(): value for key, value in self.headers.items()})
            time.sleep(publisher.slow)
            code = publisher.codes.pop(0) if publisher.codes else 200
            if code == 200 and self.headers.get("If-None-Match") == publisher.etag:
                code = 304
            self.send_response(code)
            self.send_header("ETag", publisher.etag)
            self.send_header("Last-Modified", publisher.modified)
            if publisher.location:
                self.send_header("Location", publisher.location)
            self.send_header("Content-Length", str(len(publisher.body) if code == 200 else 0))
            self.end_headers()
            if code == 200:
                self.wfile.write(publisher.body[: -publisher.cut or None])

    return Handler


@pytest.fixture
def serve() -> Iterator[Callable[..., Publisher]]:
    servers = []

    def start(tls: ssl.SSLContext | None = None, **said: Any) -> Publisher:
        publisher = Publisher(**said)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler(publisher))
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        publisher.url = f"http{'s' if tls else ''}://127.0.0.1:{server.server_address[1]}"
        return publisher

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def source(tmp_path: Path) -> Source:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(MAPPING, encoding="utf-8")
    file = {"name": "ours.csv", "address": "https://lists.example/ours.csv"}
    return Source.model_validate({"id": "ours", "format": "table", "files": [file], "mapping": mapping})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "official"


def how(publisher: Publisher, **said: Any) -> Fetching:
    return replace(Fetching(mirror=publisher.url, timeout=5.0, tries=2, pause=0.01), **said)


def one(source: Source, folder: Path, fetching: Fetching, **said: Any) -> Outcome:
    (outcome,) = update([source], folder, fetching, **said)
    return outcome


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_first_update_makes_list_snapshot_and_archive(
    serve: Callable[..., Publisher], source: Source, folder: Path
) -> None:
    outcome = one(source, folder, how(serve()))
    assert (outcome.what, outcome.why, outcome.changes) == ("new", "", None)
    (kept,) = archive.editions(folder / "archive")
    assert sorted(files(folder)) == sorted(
        [".lock", "lists/ours.yaml", "lists.snapshot", "state.json", str(kept.path.relative_to(folder))]
    )
    (loaded,) = load_lists([folder / "lists"])
    assert (str(loaded.header.as_of), len(loaded.parties), loaded.header.stale_after_days) == ("2026-03-02", 20, 30)
    result = Screener.load(folder / "lists.snapshot").screen("Company Quillfeather 7")
    assert result.hits[0].listed_party.primary_name == "Company Quillfeather 7"
    assert [used.checksum for used in result.lists] == [loaded.checksum]
    assert archive.edition(folder / "archive", "ours", result.lists[0].checksum) == kept.path


def test_what_has_not_changed_is_not_sent_again(serve: Callable[..., Publisher], source: Source, folder: Path) -> None:
    publisher = serve()
    one(source, folder, how(publisher))
    before = files(folder)
    assert one(source, folder, how(publisher)).what == "unchanged"
    assert files(folder) == before
    assert "if-none-match" not in publisher.asked[0]
    assert (publisher.asked[1]["if-none-match"], publisher.asked[1]["if-modified-since"]) == ('"1"', FIRST)


@pytest.mark.parametrize("state", [b"", b"[]", b"{", b'{"ours": {"of": ["other"]}}'])
def test_a_damaged_state_only_means_that_all_is_sent_again(
    serve: Callable[..., Publisher], source: Source, folder: Path, state: bytes
) -> None:
    publisher = serve()
    one(source, folder, how(publisher))
    (folder / "state.json").write_bytes(state)
    assert one(source, folder, how(publisher)).what == "unchanged"
    assert "if-none-match" not in publisher.asked[1]


def test_a_new_edition_replaces_the_old_one_and_both_are_kept(
    serve: Callable[..., Publisher], source: Source, folder: Path
) -> None:
    publisher = serve()
    one(source, folder, how(publisher))
    publisher.body, publisher.etag, publisher.modified = table(21), '"2"', LATER
    outcome = one(source, folder, how(publisher))
    assert outcome.what == "updated"
    assert outcome.changes
    assert [line.name for line in outcome.changes.added] == ["Company Quillfeather 20"]
    first, later = archive.editions(folder / "archive")
    assert (str(first.as_of), str(later.as_of)) == ("2026-03-02", "2026-03-03")
    assert archive.editions_on(folder / "archive", first.as_of) == (first.path,)
    assert len(Snapshot.open(folder / "lists.snapshot")) == 21
    assert len(load_lists(archive.editions_on(folder / "archive", first.as_of))[0].parties) == 20


def test_what_passes_is_tried_again(serve: Callable[..., Publisher], source: Source, folder: Path) -> None:
    publisher = serve(codes=[500])
    assert one(source, folder, how(publisher)).what == "new"
    assert len(publisher.asked) == 2


#: What the publisher does, how it is asked, and the reason that is given.
TROUBLE: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "down": ({"codes": [500, 503]}, {}, "answered 503; tried 2 times"),
    "gone": ({"codes": [404]}, {}, "answered 404: if it has moved, set its new address"),
    "slow": ({"slow": 0.5}, {"timeout": 0.1}, "ReadTimeout"),
    "dripping": ({}, {"deadline": -1.0}, "too slow"),
    "cut short": ({"body": table(25), "cut": 200}, {}, "tried 2 times"),
    "empty": ({"body": b""}, {}, "the file is empty"),
    "no rows": ({"body": b"Nr,Company\n"}, {}, "no party in it"),
    "a page": ({"body": b"<!DOCTYPE html><html><body>Sorry</body></html>"}, {}, "ours.csv"),
    "shrunk": ({"body": table(17)}, {}, "has 17 parties, less than 90% of the 20 at hand"),
    "older": ({"modified": "Sun, 01 Mar 2026 10:00:00 GMT", "body": table(21)}, {}, "older than the edition at hand"),
    "too long": ({"body": b"x" * (1 << 20) + b"y"}, {}, "longer than 1 MB"),
    "a bomb": ({"body": gzip.compress(b"\0" * (1 << 27))}, {}, "ours.csv"),
    "in circles": ({"codes": [302] * 50, "location": "/again"}, {}, "redirects"),
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_trouble_leaves_the_old_edition_where_it_is(
    serve: Callable[..., Publisher], source: Source, folder: Path, trouble: str
) -> None:
    small = source.model_copy(update={"max_megabytes": 1})
    one(small, folder, how(serve()))
    before = files(folder)
    said, settings, why = TROUBLE[trouble]
    outcome = one(small, folder, how(serve(**{"etag": '"2"', "modified": LATER, **said}), **settings))
    assert outcome.what == "kept"
    assert why in outcome.why
    assert "\n" not in outcome.why
    assert outcome.current
    assert files(folder) == before
    assert outcome.stale


def test_without_an_old_edition_trouble_leaves_nothing(
    serve: Callable[..., Publisher], source: Source, folder: Path
) -> None:
    outcome = one(source, folder, how(serve(codes=[404])))
    assert (outcome.what, outcome.current, outcome.age_days, outcome.stale) == ("failed", None, None, False)
    assert files(folder).keys() == {".lock"}


def test_another_list_in_its_place_is_refused(serve: Callable[..., Publisher], source: Source, folder: Path) -> None:
    outcome = one(source.model_copy(update={"id": "theirs"}), folder, how(serve()))
    assert (outcome.what, outcome.why) == ("failed", "what was downloaded is the list ours, not theirs")


def test_names_that_went_are_noticed_where_no_party_did(
    serve: Callable[..., Publisher], source: Source, folder: Path
) -> None:
    named = MAPPING.replace("name: Company", "name: Company, aliases: {column: Also, split: '|'}")
    assert source.mapping
    source.mapping.write_text(named, encoding="utf-8")
    rows = [f"{n},Company Quillfeather {n},Q{n}|R{n}" for n in range(20)]
    publisher = serve(body="\n".join(["Nr,Company,Also", *rows]).encode())
    assert one(source, folder, how(publisher)).what == "new"
    bare = "\n".join(["Nr,Company,Also", *(row.rpartition(",")[0] + "," for row in rows)]).encode()
    publisher.body, publisher.etag, publisher.modified = bare, '"2"', LATER
    assert "has 20 names, less than 90% of the 60" in one(source, folder, how(publisher)).why


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate that nobody has signed but itself."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed: it makes the certificate of this test")
    folder = tmp_path_factory.mktemp("tls")
    key, chain = folder / "key.pem", folder / "chain.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", chain],
        check=True, capture_output=True,
    )  # fmt: skip
    return key, chain


def tls_of(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate[1], certificate[0])
    return context


def test_a_wrong_certificate_is_refused_at_once(
    serve: Callable[..., Publisher], source: Source, folder: Path, certificate: tuple[Path, Path]
) -> None:
    publisher = serve(tls=tls_of(certificate))
    outcome = one(source, folder, how(publisher))
    assert outcome.what == "failed"
    assert "its certificate is not to be trusted" in outcome.why
    assert publisher.asked == []


def test_a_certificate_that_the_system_trusts_is_taken(
    serve: Callable[..., Publisher],
    source: Source,
    folder: Path,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[1]))
    assert one(source, folder, how(serve(tls=tls_of(certificate)))).what == "new"


@pytest.mark.parametrize(("secure", "what"), [(False, "failed"), (True, "new")])
def test_nothing_leads_from_tls_to_an_open_connection(
    serve: Callable[..., Publisher],
    source: Source,
    folder: Path,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    secure: bool,
    what: str,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[1]))
    there = serve(tls=tls_of(certificate) if secure else None)
    here = serve(tls=tls_of(certificate), codes=[302], location=f"{there.url}/ours.csv")
    outcome = one(source, folder, how(here))
    assert (outcome.what, "not over TLS" in outcome.why, bool(there.asked)) == (what, not secure, secure)


@pytest.mark.parametrize(
    "place", ["sanctionscreen.sources.writing.os.fsync", "sanctionscreen.sources.downloading._write"]
)
def test_a_full_disk_leaves_the_old_edition(
    serve: Callable[..., Publisher], source: Source, folder: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    publisher = serve()
    one(source, folder, how(publisher))
    before = files(folder)
    publisher.body, publisher.etag, publisher.modified = table(21), '"2"', LATER

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(place, full)
        outcome = one(source, folder, how(publisher))
    assert (outcome.what, "No space left on device" in outcome.why) == ("kept", True)
    assert files(folder) == before
    assert one(source, folder, how(publisher)).what == "updated"


KILLED = """
import os, signal, sys
from pathlib import Path
from sanctionscreen import snapshot, updating
from sanctionscreen.sources import archive, downloading, loading, switching, writing
from sanctionscreen.sources.downloading import Fetching, Seen
from sanctionscreen.sources.official import official_sources

folder, own, mirror, where, after = sys.argv[1:]
left = int(after)
def die(*said, **named):
    global left
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return meant(*said, **named)
module, _, name = where.rpartition(".")
target = {"downloading": downloading, "updating": updating, "archive": archive, "os": os,
          "Path": Path, "Snapshot": snapshot.Snapshot, "switching": switching}[module]
meant = getattr(target, name)
setattr(target, name, die)
source = official_sources(Path(own))["ours"]
updating.update([source], Path(folder), Fetching(mirror=mirror))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(
    ("where", "after", "decided"),
    [
        ("downloading._check", 0, False),
        ("os.fsync", 0, False),
        ("archive.store", 0, False),
        ("updating.replace_file", 0, False),
        ("Snapshot.of", 0, False),
        ("switching.switch", 0, False),
        ("switching.settle", 1, True),
        *(("switching._take_place", done, True) for done in range(4)),
    ],
)
def test_killed_at_any_moment_the_next_update_finds_a_whole_set(
    serve: Callable[..., Publisher], source: Source, folder: Path, tmp_path: Path, where: str, after: int, decided: bool
) -> None:
    publisher = serve()
    one(source, folder, how(publisher))
    publisher.body, publisher.etag, publisher.modified = table(21), '"2"', LATER
    own = tmp_path / "sources.yaml"
    own.write_text(
        "sources:\n- {id: ours, format: table, files: [{name: ours.csv, address: 'https://lists.example/ours.csv'}],"
        f" mapping: '{source.mapping}'}}\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, "-c", KILLED, folder, own, publisher.url, where, str(after)], check=False)
    assert done.returncode == -signal.SIGKILL
    (loaded,), compiled = load_lists([folder / "lists"]), Snapshot.open(folder / "lists.snapshot")
    assert {len(loaded.parties), len(compiled)} <= ({20, 21} if decided else {20})
    asked = len(publisher.asked)
    publisher.codes = [500, 500] if decided else []
    assert one(source, folder, how(publisher)).what == ("kept" if decided else "updated")
    assert len(publisher.asked) > asked
    (loaded,), compiled = load_lists([folder / "lists"]), Snapshot.open(folder / "lists.snapshot")
    assert (len(loaded.parties), len(compiled), compiled.lists[0].checksum) == (21, 21, loaded.checksum)
    assert len(archive.editions(folder / "archive")) == 2
    assert not [name for name in files(folder) if ".at-work-" in name or ".decided" in name]


def test_lists_that_cannot_be_compiled_together_leave_everything_as_it_was(
    serve: Callable[..., Publisher], source: Source, folder: Path
) -> None:
    publisher = serve()
    one(source, folder, how(publisher))
    (folder / "lists" / "own.yaml").write_bytes((folder / "lists" / "ours.yaml").read_bytes())
    before = files(folder)
    publisher.body, publisher.etag, publisher.modified = table(21), '"2"', LATER
    with pytest.raises(ListError, match="the list id 'ours' is that of"):
        one(source, folder, how(publisher))
    assert files(folder) == before


def test_a_folder_that_cannot_be_renamed_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "a.txt").touch()
    with pytest.raises(SourceError, match="cannot be written: No such file"):
        switch(tmp_path / "new", tmp_path / "nowhere")
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "a.txt" / "full").touch()
    with pytest.raises(SourceError, match="cannot be written"):
        switch(tmp_path / "new", tmp_path)
    shutil.rmtree(tmp_path / "a.txt")
    settle(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("done", range(3))
def test_an_interrupt_comes_too_late_for_what_is_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    new, left, real = tmp_path / "new", [done], switching._take_place
    new.mkdir()
    for name in "abc":
        (new / name).write_text("new", encoding="utf-8")
        (tmp_path / name).write_text("old", encoding="utf-8")

    def interrupted(path: Path, target: Path) -> None:
        left[0] -= 1
        if left[0] == -1:
            raise KeyboardInterrupt
        real(path, target)

    monkeypatch.setattr(switching, "_take_place", interrupted)
    switch(new, tmp_path)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == dict.fromkeys("abc", "new")


def test_two_updates_at_once_do_not_corrupt_one_another(
    serve: Callable[..., Publisher], source: Source, folder: Path
) -> None:
    publishers = [serve(body=table(20 + n), etag=f'"{n}"') for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda publisher: one(source, folder, how(publisher)), publishers))
    assert {outcome.what for outcome in outcomes} <= {"new", "updated", "kept", "unchanged"}
    (loaded,) = load_lists([folder / "lists"])
    assert [compiled.checksum for compiled in Snapshot.open(folder / "lists.snapshot").lists] == [loaded.checksum]


def test_a_folder_that_another_update_works_in_is_left_alone(tmp_path: Path) -> None:
    with (
        locked(tmp_path),
        pytest.raises(SourceError, match="another update is at work here"),
        locked(tmp_path, wait=0.2),
    ):
        pytest.fail("two hold one lock")


def test_a_folder_that_cannot_be_made_or_locked_is_one_line(source: Source, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SourceError, match="file"):
        update([source], tmp_path / "file" / "x", Fetching(mirror=str(tmp_path)))
    with pytest.raises(SourceError, match="cannot be locked"), locked(tmp_path / "nowhere"):
        pytest.fail("locked what is not there")


def test_a_rehearsal_changes_nothing(serve: Callable[..., Publisher], source: Source, folder: Path) -> None:
    publisher = serve()
    assert one(source, folder, how(publisher), rehearse=True).what == "new"
    assert not folder.exists()
    one(source, folder, how(publisher))
    before = files(folder)
    publisher.body, publisher.etag, publisher.modified = table(20, "Firm"), '"2"', LATER
    outcome = one(source, folder, how(publisher), rehearse=True)
    assert outcome.what == "updated"
    assert outcome.changes
    assert len(outcome.changes.changed) == 20
    assert files(folder) == before


def test_a_mirror_may_be_a_folder(source: Source, folder: Path, tmp_path: Path) -> None:
    mirror = tmp_path / "mirror"
    (mirror / "ours").mkdir(parents=True)
    (mirror / "ours" / "ours.csv").write_bytes(table(20))
    there = Fetching(mirror=str(mirror), as_of=DAY)
    assert [one(source, folder, there).what for _ in range(2)] == ["new", "unchanged"]
    (mirror / "ours" / "ours.csv").unlink()
    assert "no such file in the mirror" in one(source, folder, there).why


@pytest.fixture
def on_a_stick(source: Source, tmp_path: Path) -> Path:
    """A mirror in a folder, copied today, of files that do not say of when they are."""
    file = tmp_path / "mirror" / source.id / "ours.csv"
    file.parent.mkdir(parents=True)
    file.write_bytes(table(20))
    return file


def test_files_of_a_folder_are_never_dated_by_when_they_were_copied(
    source: Source, folder: Path, on_a_stick: Path
) -> None:
    there = Fetching(mirror=str(on_a_stick.parents[1]))
    outcome = one(source, folder, there)
    why = "mirror/ours.csv: the file does not say of when it is: give --as-of YYYY-MM-DD"
    assert (outcome.what, outcome.why, files(folder).keys()) == ("failed", why, {".lock"})
    outcome = one(source, folder, replace(there, as_of=DAY))
    assert outcome.current
    assert (outcome.what, outcome.current.header.as_of) == ("new", DAY)
    assert one(source, folder, there).what == "unchanged"
    on_a_stick.write_bytes(table(21))
    outcome = one(source, folder, there)
    assert outcome.current
    assert (outcome.what, outcome.why, outcome.current.header.as_of) == ("kept", why, DAY)


#: The day that is given the second time, of the very same files; what becomes of them, and of which day they are then.
SAID_AGAIN = [
    (None, "unchanged", "2022-05-16"),
    (date(2022, 5, 16), "unchanged", "2022-05-16"),
    (date(2022, 5, 18), "updated", "2022-05-18"),
    (date(2022, 5, 14), "kept", "2022-05-16"),
]


@pytest.mark.parametrize(("day", "what", "as_of"), SAID_AGAIN)
def test_the_day_of_a_mirror_may_be_said_again(
    source: Source, folder: Path, on_a_stick: Path, day: date | None, what: str, as_of: str
) -> None:
    there = Fetching(mirror=str(on_a_stick.parents[1]), as_of=DAY)
    one(source, folder, there)
    outcome = one(source, folder, replace(there, as_of=day))
    assert outcome.current
    assert (outcome.what, str(outcome.current.header.as_of)) == (what, as_of)


def test_what_a_file_says_of_its_day_stands_over_what_is_said_of_the_mirror(
    source: Source, folder: Path, on_a_stick: Path
) -> None:
    assert source.mapping
    source.mapping.write_text(MAPPING.replace("id: ours,", "id: ours, as_of: 2021-07-07,"), encoding="utf-8")
    outcome = one(source, folder, Fetching(mirror=str(on_a_stick.parents[1]), as_of=DAY))
    assert outcome.current
    assert str(outcome.current.header.as_of) == "2021-07-07"


@pytest.mark.parametrize("mirror", [None, "https://mirror.example/lists"])
def test_a_day_is_only_for_a_mirror_that_is_a_folder(mirror: str | None) -> None:
    with pytest.raises(InputError, match=r"^as of 2022-05-16: goes with a mirror that is a folder \(--mirror DIR\)"):
        Fetching(mirror=mirror, as_of=DAY)


def test_a_proxy_is_used_where_one_is_named(serve: Callable[..., Publisher], source: Source, folder: Path) -> None:
    proxy = serve()
    through = Fetching(mirror="http://mirror.example", proxy=proxy.url, tries=1)
    assert one(source, folder, through).what == "new"
    assert [asked["host"] for asked in proxy.asked] == ["mirror.example"]
    with pytest.raises(SourceError, match="the proxy has no address that can be used") as error:
        update([source], folder, Fetching(proxy="gopher://user:secret@proxy.example"))
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy"])
def test_the_proxy_of_the_environment_is_used(
    serve: Callable[..., Publisher], source: Source, folder: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    proxy = serve()
    monkeypatch.setenv(variable, proxy.url)
    assert one(source, folder, Fetching(mirror="http://mirror.example", tries=1)).what == "new"
    assert [asked["host"] for asked in proxy.asked] == ["mirror.example"]


def test_one_file_of_several_that_changed_brings_the_others(folder: Path, tmp_path: Path) -> None:
    mirror, sample = tmp_path / "mirror", Path(__file__).parent / "importers" / "samples" / "ofac-csv"
    (mirror / "ofac-sdn").mkdir(parents=True)
    names = ("sdn.csv", "alt.csv", "add.csv")
    for name in names:
        shutil.copy(sample / name, mirror / "ofac-sdn" / name)
    own = tmp_path / "sources.yaml"
    listed = ", ".join(f"{{name: {name}, address: 'https://lists.example/{name}'}}" for name in names)
    own.write_text(f"sources:\n- {{id: ofac-sdn, format: ofac-csv, files: [{listed}]}}\n", encoding="utf-8")
    source, there = official_sources(own)["ofac-sdn"], Fetching(mirror=str(mirror), as_of=DAY)
    before = one(source, folder, there)
    main = mirror / "ofac-sdn" / "sdn.csv"
    main.write_bytes(main.read_bytes().replace(b"likes chess", b"likes draughts"))
    after = one(source, folder, there)
    assert before.current
    assert after.current
    assert (before.what, after.what) == ("new", "updated")
    assert [party.names for party in after.current.parties] == [party.names for party in before.current.parties]
    assert after.changes
    assert len(after.changes.changed) == 1


def test_a_snapshot_of_other_editions_is_compiled_again(
    serve: Callable[..., Publisher], source: Source, folder: Path
) -> None:
    one(source, folder, how(serve()))
    made = (folder / "lists.snapshot").stat().st_mtime_ns
    compile_lists(folder)
    assert (folder / "lists.snapshot").stat().st_mtime_ns == made
    compile_lists(folder, merge=False)
    assert not Snapshot.open(folder / "lists.snapshot").merged
    (folder / "lists.snapshot").write_bytes(b"damaged")
    compile_lists(folder)
    assert Snapshot.open(folder / "lists.snapshot").merged


def test_httpx_is_asked_for_where_it_is_needed(source: Source, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(MissingExtraError, match=r"sanctionscreen\[update\]"):
        update([source], folder)


def test_a_damaged_list_at_hand_is_not_replaced(serve: Callable[..., Publisher], source: Source, folder: Path) -> None:
    (folder / "lists").mkdir(parents=True)
    (folder / "lists" / "ours.yaml").write_text("header: {}", encoding="utf-8")
    outcome = one(source, folder, how(serve()), rehearse=True)
    assert outcome.what == "failed"
    assert "ours.yaml:1" in outcome.why


# --- sources ---------------------------------------------------------------------------------------------


def test_every_source_that_ships_is_whole() -> None:
    sources = official_sources()
    assert set(sources) >= {"ofac-sdn", "ofac-cons", "csl", "un-sc", "eu-fsf", "uk-fcdo", "ca-sema", "au-dfat"}
    for source in sources.values():
        assert all(file.address.startswith("https://") for file in source.files)
        assert 0.5 <= source.minimum_share <= 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "yaml:1: wants 'sources:'"),
        ("sources: x", "yaml:1: wants under 'sources:' a list"),
        ("sources:\n- x", "yaml:2: wants under 'sources:' a list"),
        ("sources:\n- id: csl\n- id: csl", "yaml:3: the source 'csl' is given twice"),
        ("souces: []", "nothing else beside them"),
        ("fetching: {prxy: 'http://a.example'}", "fetching.prxy: "),
        ("fetching:\n  tries: 0", "yaml:2: fetching.tries: "),
        ("a: [", "not YAML"),
        ("sources: [{id: csl, format: cls}]", "no format 'cls'"),
        ("sources:\n- id: csl\n  minimum_share: 2", "yaml:3: source 'csl': minimum_share: "),
        ("sources: [{id: csl, files: [{name: ../x, address: 'https://a.example/'}]}]", "files.0.name"),
        ("sources: [{id: csl, files: [{name: x, address: 'http://a.example/'}]}]", "files.0.address"),
        ("sources: [{id: new}]", "source 'new': format"),
    ],
)
def test_a_file_of_sources_with_a_fault_is_one_line(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"^[^\n]*$") as raised:
        [reader(own) for reader in (official_sources, fetch_settings)]
    assert said in str(raised.value)
    assert str(own) in str(raised.value)


def test_a_file_of_ones_own_says_how_files_are_fetched(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("fetching: {mirror: /media/lists, tries: 2, pause: 0}", encoding="utf-8")
    assert fetch_settings(own) == {"mirror": "/media/lists", "tries": 2, "pause": 0}
    assert official_sources(own) == official_sources()
    assert fetch_settings() == {}
    assert Fetching(**fetch_settings(own)).tries == 2


def test_a_file_of_ones_own_replaces_what_it_names(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("sources: [{id: csl, stale_after_days: 3}]", encoding="utf-8")
    assert official_sources(own)["csl"] == official_sources()["csl"].model_copy(update={"stale_after_days": 3})
    with pytest.raises(SourceError, match="cannot be read"):
        official_sources(tmp_path / "none.yaml")


def test_an_edition_that_is_not_in_the_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no edition 123456789abc of csl"):
        archive.edition(tmp_path, "csl", "123456789abcdef")
    with pytest.raises(SourceError, match="no such folder"):
        archive.editions(tmp_path / "none")


@pytest.mark.parametrize(("said", "day"), [(FIRST, "2026-03-02"), ("", "None"), ("yesterday", "None")])
def test_the_day_of_a_file_is_what_the_publisher_says(said: str, day: str) -> None:
    assert str(Seen(last_modified=said).day) == day


def test_an_archive_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (loaded, *_) = load_lists([bundled_lists()])
    with pytest.raises(SourceError, match="file"):
        archive.store(loaded, tmp_path / "file")


# --- real files ------------------------------------------------------------------------------------------

#: Source, format that this older file has, the file, its name for that format.
REAL = [
    ("un-sc", "un", "un/2020-03-20/consolidated.xml", "consolidated.xml"),
    ("ca-sema", "canada", "canada/2020-04-15/sema-lmes.xml", "sema-lmes.xml"),
    ("eu-fsf", "eu", "eu/2016-02-11/global_v0.xml", "global.xml"),
]


@pytest.mark.parametrize(("source_id", "format_id", "file", "name"), REAL, ids=[row[0] for row in REAL])
def test_real_files_from_the_local_server(
    serve: Callable[..., Publisher], shared: Path, folder: Path, source_id: str, format_id: str, file: str, name: str
) -> None:
    publisher = serve(body=(shared / "data" / file).read_bytes())
    real = Source.model_validate(
        {"id": source_id, "format": format_id, "files": [{"name": name, "address": "https://lists.example/x"}]}
    )
    assert [one(real, folder, how(publisher)).what for _ in range(2)] == ["new", "unchanged"]
    publisher.body, publisher.etag = publisher.body[: len(publisher.body) // 2], '"2"'
    assert one(real, folder, how(publisher)).what == "kept"


# --- the pages about them --------------------------------------------------------------------------------

PAGES = Path(__file__).resolve().parents[1] / "docs" / "reference" / "lists"


def test_every_source_and_format_has_a_page_with_its_addresses() -> None:
    pages = "\n".join(path.read_text(encoding="utf-8") for path in PAGES.glob("*.md"))
    for source in official_sources().values():
        assert f"`{source.id}`" in pages
        for file in source.files:
            assert f"<{file.address}>" in pages
    assert [one for one in IMPORTERS if f"`{one}`" not in pages] == []


def test_every_page_of_a_list_names_its_licence() -> None:
    for path in PAGES.glob("*.md"):
        page = path.read_text(encoding="utf-8")
        assert any(word in page for word in ("Public domain", "CC BY", "Open Government Licence", "Terms", "terms"))
