"""The draw knows no Django, so its tests switch off what the root conftest does for the platform's tests."""

from pathlib import Path

import pytest

VECTORS = Path(__file__).parent / "vectors"


@pytest.fixture(autouse=True)
def only_actions_write() -> None:
    """No database here."""


@pytest.fixture(autouse=True)
def plain_static_files() -> None:
    """No pages here."""


@pytest.fixture(params=sorted(path.name for path in VECTORS.iterdir()))
def vector(request: pytest.FixtureRequest) -> Path:
    """The folder of one worked bundle of the protocol, one test for each."""
    return VECTORS / request.param
