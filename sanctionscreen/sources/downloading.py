"""One official file, fetched: only if it changed, within bounds, whole or not at all.

Requests are conditional (RFC 9110, section 13: `If-None-Match`, `If-Modified-Since`), over TLS that is always
verified, through the proxy of the environment (`HTTPS_PROXY`) or of the settings. What may pass is tried again, each
time after twice the pause: no connection, a timeout, an answer of 429 or 5xx. What will not pass is told at once: a
wrong certificate, an answer of 4xx. A mirror is a folder, or an address, with a folder for each source. When a
file of a folder was written shows that it has changed, and never of which day its data is.

>>> import tempfile
>>> file = SourceFile(name="list.csv", address="https://lists.example/list.csv")
>>> with tempfile.TemporaryDirectory() as folder, fetching(Fetching(mirror=folder)) as fetch:
...     fetch("ours", file, Path(folder) / "x", Seen(), 1)
Traceback (most recent call last):
sanctionscreen.errors.SourceError: ...: no such file in the mirror
"""

from __future__ import annotations

import importlib
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import Any

from sanctionscreen._version import __version__
from sanctionscreen.errors import InputError, SourceError
from sanctionscreen.extras import needed
from sanctionscreen.sources.official import SourceFile

_MEGABYTE = 1 << 20
_BLOCK = 1 << 16
#: Answers that may pass (RFC 9110, section 15; RFC 6585 for 429).
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class Fetching:
    """How files are fetched.

    Attributes:
        mirror: a folder or an address that holds, for each source, a folder of its id with its files.
        proxy: the address of a proxy; that of the environment if not given.
        timeout: how long to wait for a connection or for the next bytes, in seconds.
        deadline: how long one file may take in all, in seconds.
        tries: how often a file is tried.
        pause: before the second try, in seconds; twice as long before each further one.
        as_of: the day that the files of a mirror are of, where they do not say it.

    Raises:
        InputError: for a day where the mirror is no folder.

    >>> Fetching(as_of=date(2022, 5, 16))
    Traceback (most recent call last):
    sanctionscreen.errors.InputError: as of 2022-05-16: goes with a mirror that is a folder (--mirror DIR): what is \
downloaded is of the day that its publisher says
    """

    mirror: str | None = None
    proxy: str | None = None
    timeout: float = 30.0
    deadline: float = 1800.0
    tries: int = 4
    pause: float = 1.0
    as_of: date | None = None

    def __post_init__(self) -> None:
        if self.as_of and not self.folder:
            why = "what is downloaded is of the day that its publisher says"
            raise InputError(f"as of {self.as_of}: goes with a mirror that is a folder (--mirror DIR): {why}")

    @property
    def folder(self) -> Path | None:
        """The mirror, where it is a folder."""
        return Path(self.mirror) if self.mirror and "://" not in self.mirror else None


@dataclass(frozen=True, slots=True)
class Seen:
    """What the publisher said of the edition at hand: nothing, if there is none.

    Of a file in a folder, `etag` is its size and when it was written, and nobody says when it was last modified.
    """

    etag: str = ""
    last_modified: str = ""

    @property
    def day(self) -> date | None:
        """The day on which the file was changed, as far as the publisher says."""
        try:
            return parsedate_to_datetime(self.last_modified).date()
        except ValueError:
            return None


#: Source, file, where to put it, what was seen of it, the most megabytes: what is seen now, None where unchanged.
Fetch = Callable[[str, SourceFile, Path, Seen, int], Seen | None]


class _PassingError(Exception):
    """Something that may go better the next time."""


@contextmanager
def fetching(how: Fetching) -> Iterator[Fetch]:
    """Give what fetches a file; connections are closed at the end.

    Raises:
        MissingExtraError: without httpx, unless the mirror is a folder.
        SourceError: when the proxy's address cannot be used.
    """
    if how.folder:
        yield partial(_copy, how.folder)
        return
    with _client(how) as client:
        yield partial(_download, client, how)


def _copy(mirror: Path, source: str, file: SourceFile, target: Path, seen: Seen, megabytes: int) -> Seen | None:
    origin = mirror / source / file.name
    try:
        about = origin.stat()
    except OSError as error:
        raise SourceError(f"{origin}: no such file in the mirror") from error
    now = Seen(f"{about.st_size}-{about.st_mtime_ns}")
    if now == seen:
        return None
    with origin.open("rb") as content:
        _write(iter(partial(content.read, _BLOCK), b""), target, origin, megabytes, float("inf"))
    return now


def _client(how: Fetching) -> Any:
    httpx = needed("httpx", "downloading official lists", "update")
    try:
        return httpx.Client(
            timeout=how.timeout,
            proxy=how.proxy,
            follow_redirects=True,
            headers={"User-Agent": f"sanctionscreen/{__version__}", "Accept-Encoding": "gzip, deflate"},
            event_hooks={"response": [_stay_on_tls]},
        )
    except (ValueError, httpx.InvalidURL) as error:  # its address may hold a password, so it is not repeated
        raise SourceError("the proxy has no address that can be used: write it as http://proxy.example:3128") from error


def _stay_on_tls(response: Any) -> None:
    """No publisher may lead from TLS to an open connection."""
    if not response.has_redirect_location or response.url.scheme != "https":
        return
    then = response.url.join(response.headers["location"])
    if then.scheme != "https":
        raise SourceError(f"{response.url}: leads to {then}, which is not over TLS: refused")


def _download(
    client: Any, how: Fetching, source: str, file: SourceFile, target: Path, seen: Seen, megabytes: int
) -> Seen | None:
    address = f"{how.mirror.rstrip('/')}/{source}/{file.name}" if how.mirror else file.address
    until = time.monotonic() + how.deadline
    why = ""
    for attempt in range(how.tries):
        if attempt:
            time.sleep(min(how.pause * 2 ** (attempt - 1), _LONGEST_PAUSE))
        try:
            return _once(client, address, target, seen, megabytes, until)
        except _PassingError as error:
            why = str(error)
    raise SourceError(f"{address}: {why}; tried {how.tries} times")


def _once(client: Any, address: str, target: Path, seen: Seen, megabytes: int, until: float) -> Seen | None:
    """One try. Whatever httpx raises is told as one line, or as something that may pass."""
    httpx = importlib.import_module("httpx")
    try:
        with client.stream("GET", address, headers=_conditions(seen)) as response:
            if response.status_code == httpx.codes.NOT_MODIFIED and seen != Seen():
                return None
            _check(response, address)
            _write(response.iter_bytes(_BLOCK), target, address, megabytes, until)
            return Seen(response.headers.get("etag", ""), response.headers.get("last-modified", ""))
    except httpx.TransportError as error:
        if _of_certificate(error):
            raise SourceError(f"{address}: its certificate is not to be trusted: {error}") from error
        raise _PassingError(f"{type(error).__name__}: {error}") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SourceError(f"{address}: {error}") from error


def _conditions(seen: Seen) -> Mapping[str, str]:
    named = {"If-None-Match": seen.etag, "If-Modified-Since": seen.last_modified}
    return {name: value for name, value in named.items() if value}


def _check(response: Any, address: str) -> None:
    code = response.status_code
    if code in _PASSING:
        raise _PassingError(f"answered {code}")
    if code != 200:
        moved = "if it has moved, set its new address in a file of your own (--sources)"
        raise SourceError(f"{address}: answered {code}: {moved}")


def _of_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _write(blocks: Iterator[bytes], target: Path, address: object, megabytes: int, until: float) -> None:
    size = 0
    with target.open("wb") as file:
        for block in blocks:
            size += len(block)
            if size > megabytes * _MEGABYTE:
                raise SourceError(f"{address}: longer than {megabytes} MB (max_megabytes): refused")
            if time.monotonic() > until:
                raise SourceError(f"{address}: too slow: not whole after the time allowed")
            file.write(block)
