"""Dates of OFAC's Advanced XML: year, month and day in elements, periods from one day to another."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from sanctionscreen.dates import PartialDate
from sanctionscreen.sources.importers.cleaning import clean
from sanctionscreen.sources.importers.datetexts import spelled
from sanctionscreen.sources.importers.xmlfiles import leaves


def period(record: Element) -> str:
    """The dates of a `DatePeriod` as `PartialDate` writes them; empty where they are not whole.

    >>> from xml.etree.ElementTree import fromstring
    >>> day = "<From><Year>1962</Year><Month>{0}</Month><Day>{1}</Day></From>"
    >>> year = "<Start>" + day.format(1, 1) + "</Start><End>" + day.format(12, 31).replace("From", "To") + "</End>"
    >>> period(fromstring(f"<x><DatePeriod>{year}</DatePeriod></x>"))
    '1962'
    """
    dates = record.find("DatePeriod")
    start, end = (dates.find("Start"), dates.find("End")) if dates is not None else (None, None)
    first = point(start.find("From")) if start is not None else None
    last = (point(end.find("To")) if end is not None else None) or first
    if not first or not last:
        return clean("/".join(filter(None, (first, last))))
    text = _shortest(first, last)
    return f"{text}~" if start is not None and start.get("Approximate") == "true" else text


def _shortest(first: str, last: str) -> str:
    """`1962` for the whole of that year, the day where both are one, else the range."""
    if first == last:
        return first
    if first[4:] == "-01-01" and last[4:] == "-12-31":
        return first[:4] if first[:4] == last[:4] else f"{first[:4]}/{last[:4]}"
    whole = PartialDate.parse(first[:7]) if first.endswith("-01") else None
    return first[:7] if whole and str(whole.latest) == last else f"{first}/{last}"


def point(element: Element | None) -> str | None:
    """Year, month and day below an element."""
    said = leaves(element) if element is not None else {}
    parts = [said.get(name, "0") for name in ("Year", "Month", "Day")]
    if "Year" not in said or not all(part.isdecimal() and len(part) <= 4 for part in parts):
        return None
    return spelled(*parts)
