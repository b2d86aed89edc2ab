"""Names of plain words: which are, and that they are read as step by step."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctionscreen.names.lexicon import latin_words
from sanctionscreen.names.misspelt import phrase_words
from sanctionscreen.names.name import Role
from sanctionscreen.names.parsing import parsed
from sanctionscreen.names.plain import plain_name
from sanctionscreen.testing import hostile_text

KINDS = st.sampled_from([None, "person", "organization", "vessel", "aircraft"])
_CASES = st.sampled_from([str.title, str.upper, str.lower, str.capitalize, str.swapcase, str])
_ROLES = {
    role: sorted(w for w, known in latin_words().words.items() if role in [s.role for s in known]) for role in Role
}
#: Words of every role, words of phrases, misspelt ones, and what only the letters make unusual.
_WORDS = st.one_of(
    *[st.sampled_from(words) for words in _ROLES.values() if words],
    st.sampled_from(sorted(latin_words().phrases)),
    st.tuples(st.sampled_from(sorted(phrase_words())), st.integers(0, 9)).map(
        lambda w: w[0][: w[1]] + w[0][w[1] + 1 :]
    ),
    st.sampled_from(
        [
            "bergmann",
            "hikvision",
            "petrov",
            "ivanovich",
            "abdul",
            "rahman",
            "aldin",
            "aka",
            "xiv",
            "www",
            "JC",
            "KOMlD",
            "AlR",
            "DUBAl",
            "Al",
            "USlink",
        ]
    ),
    st.text(string.ascii_letters, min_size=1, max_size=8),
)
_SEAMS = st.sampled_from([*[" "] * 9, ", ", ". ", "., ", ",", ".", "  ", "-", "/", " & ", "'", ""])
NAMES = st.lists(st.tuples(_WORDS, _CASES, _SEAMS), min_size=1, max_size=6).map(
    lambda words: "".join(case(word) + seam for word, case, seam in words).removesuffix(" ")
)


@pytest.mark.parametrize(
    "text",
    [
        "Bergmann Logistik GmbH",
        "Live Ventures, Inc.",
        "Ivan Petrov",
        "BERGMANN ELECTRIC SYSTEMS LTD.",
        "Orla Mining Ltd",
        "Al Bill GmbH",
    ],
)
def test_ordinary_names_are_plain(text):
    assert plain_name(text, None) == parsed(text, None)


@given(NAMES, KINDS)
@settings(max_examples=500)
def test_a_plain_name_is_read_as_step_by_step(text, kind):
    assert plain_name(text, kind) in (None, parsed(text, kind))


@given(hostile_text(), KINDS)
def test_so_is_any_text_that_is_taken_for_one(text, kind):
    assert plain_name(text, kind) in (None, parsed(text, kind))
