"""Every YAML file that a user writes, read by the one reader: whatever is wrong is a line that names file and line.

What list files say of themselves is in `sources/test_sources_loading.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanctionscreen.errors import SanctionScreenError
from sanctionscreen.meaning.holdings import load_stakes
from sanctionscreen.meaning.policy import load_policy
from sanctionscreen.meaning.supply import load_suppliers
from sanctionscreen.sources.importers.table import read_mapping
from sanctionscreen.sources.official import fetch_settings, official_sources
from sanctionscreen.yamldata import YamlError, line_at, lines_of, read

READERS = (load_policy, load_stakes, load_suppliers, read_mapping, official_sources, fetch_settings)
reader = pytest.mark.parametrize("reader", READERS)


def said_of(reader: Callable[[Path], object], path: Path, content: str) -> str:
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SanctionScreenError) as error:
        reader(path)
    return str(error.value)


@reader
@pytest.mark.parametrize(
    ("content", "line", "expected"),
    [
        ('a: !!timestamp "x"\n', 1, ""),
        ('a: !!int "x"\n', 1, ""),
        ("y: 9999-99-99\n", 1, ""),
        ("y: 2020-13-45\n", 1, ""),
        ('"\\UFFFFFFFF": 1\n', 1, "not YAML: "),
        ("[" * 5000, 1, "nested more than 32 deep"),
        ("- " * 900 + "x", 1, "nested more than 32 deep"),
        ("a: 1\nb: 2\na: 3\n", 3, "'a' is given twice"),
        ("a: 1\nb: *c\n", 2, "the alias '*c' has no '&c' that ends before it"),
        ("a: 1\nb: !!python/name:os.system\n", 2, "the tag "),
        ("a: 1\n\tb: 2\n", 2, "a tab in the indentation"),
        ("a: 1\n--- \nb: 1\n", 2, "a second document begins here"),
        ("a: 1\nb: [\n", 3, "not YAML: "),
        ("\n", 1, ""),
    ],
)
def test_a_fault_names_file_and_line(
    tmp_path: Path, reader: Callable[[Path], object], content: str, line: int, expected: str
) -> None:
    path = tmp_path / "ours.yaml"
    assert said_of(reader, path, content).startswith(f"{path}:{line}: {expected}")


@reader
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.text(st.sampled_from("ab:-?[]{},#&*!|>'\"%@` \n\t01~\\U\ufeff\x00\U0001f600"), max_size=40))
def test_no_text_is_a_mistake_of_ours(tmp_path: Path, reader: Callable[[Path], object], content: str) -> None:
    """Whatever stands in a file, it is read, or told with the file's name in one line a fault."""
    path = tmp_path / "ours.yaml"
    path.write_text(content, encoding="utf-8")
    with suppress(SanctionScreenError):
        reader(path)
        return
    assert all(line.startswith(str(path)) for line in said_of(reader, path, content).split("\n"))


@pytest.mark.parametrize("parser", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
def test_a_fault_is_told_by_either_parser(parser: Callable[[str], object]) -> None:
    with pytest.raises(YamlError) as error:
        read("a: 1\na: 2\nb: !x 3\n", parser)
    assert error.value.told("x.yaml") == (
        "x.yaml:2: 'a' is given twice\nx.yaml:3: the tag '!x' is not allowed: leave it out"
    )


@pytest.mark.parametrize(
    ("place", "line"), [((), 1), (("a",), 2), (("a", "b"), 3), (("a", "none"), 2), (("none", 3), 1)]
)
def test_what_is_not_there_is_told_where_it_would_be(place: tuple[str | int, ...], line: int) -> None:
    assert line_at(lines_of("x: 1\na:\n  b: 2\n"), place) == line
