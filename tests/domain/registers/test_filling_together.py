"""Parts of one register, filled and emptied by several people at once: the kept record tells each entry once."""

import json

import pytest

from tests.domain.programs import told_by

FIRMS = 30


@pytest.fixture(scope="module")
def became(own_database) -> dict:
    """What the program says of every press."""
    return json.loads(told_by("tests.domain.registers.filling_together", address=own_database))


def test_two_parts_filled_at_once_tell_each_entry_into_the_whole_once(became):
    assert became["filling"] == ["ok", "ok"]
    assert became["filled"] == {"entries": FIRMS, "came": FIRMS, "left": 0}


def test_the_whole_and_its_parts_emptied_at_once_tell_each_leaving_once(became):
    assert became["emptying"] == ["ok"] * 4
    assert became["emptied"] == {"entries": 0, "came": FIRMS, "left": FIRMS}
    assert became["parts"] == [{"entries": 0, "came": FIRMS, "left": FIRMS}] * 2


def test_filling_parts_and_emptying_the_whole_never_wait_for_each_other_for_ever(became):
    assert became["crossing"] == ["ok"] * 4
