"""Two workers at once, on the database that the tests run on."""

import json

from tests.domain.programs import told_by


def test_two_workers_take_a_row_once_and_neither_waits_for_the_other(own_database):
    told = json.loads(told_by("tests.domain.outlets.workers", address=own_database))
    assert (told["became"], told["tries"]) == (["Refused", "ok"], 1)
    assert told["waited"] != told["has_skip"]  # SQLite has one writer, who waits for the other
    assert told["overtaking"] == "ok"
    assert told["waiting"] == [2, 2]
