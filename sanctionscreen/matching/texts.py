"""The texts of an index's terms, as they are stored: one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sanctionscreen.matching.layout import Array, view


class Texts:
    """The texts of terms, cut out of one long text when they are asked for."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._text = arrays["term_text"].tobytes().decode("utf-8")
        self._starts = view(arrays["term_start"])

    def __getitem__(self, term: int) -> str:
        """The text of one term."""
        return self._text[self._starts[term] : self._starts[term + 1]]

    def of(self, terms: Iterable[int]) -> list[str]:
        """The texts of many terms."""
        text, starts = self._text, self._starts
        return [text[starts[term] : starts[term + 1]] for term in terms]
