"""A pytest plugin: the lists to test against, loaded once for a run.

    pytest --sanctionscreen-lists lists/ --sanctionscreen-lists sdn.yaml

`sanctionscreen_screener` is a `Screener` of those lists, and `sanctionscreen_listed` a hypothesis strategy of their
parties (which needs the extra `testing`). Without the option they are the lists that ship with the package.

    def test_the_form_refuses_hikvision(sanctionscreen_screener):
        assert sanctionscreen_screener.screen("Hikvison").hits

pytest loads this module whenever the package is installed, so it imports nothing else until a fixture is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from sanctionscreen.records import ListedParty
    from sanctionscreen.screening import Screener


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--sanctionscreen-lists`."""
    parser.getgroup("sanctionscreen").addoption(
        "--sanctionscreen-lists",
        action="append",
        default=[],
        metavar="PATH",
        help="folder, list file or compiled snapshot to screen against; may be given several times "
        "(default: the lists that ship with sanctionscreen)",
    )


def _lists(config: pytest.Config) -> tuple[str, ...]:
    return tuple(config.getoption("sanctionscreen_lists"))


@pytest.fixture(scope="session")
def sanctionscreen_screener(pytestconfig: pytest.Config) -> Screener:
    """A screener of the lists given by `--sanctionscreen-lists`; a list that cannot be loaded fails the test."""
    from sanctionscreen.errors import SanctionScreenError  # pytest starts without it
    from sanctionscreen.screening import Screener  # pytest starts without it

    try:
        return Screener.load(*_lists(pytestconfig))
    except SanctionScreenError as error:
        return pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def sanctionscreen_listed(pytestconfig: pytest.Config) -> SearchStrategy[ListedParty]:
    """A strategy of the parties on those lists, for `hypothesis.data().draw`."""
    from sanctionscreen.testing import listed_parties  # pytest starts without hypothesis

    return listed_parties(*_lists(pytestconfig))
