"""Two workers at once, on the database that the tests run on."""

import json
import os
import subprocess
import sys

from tests.domain import test_together as together

address = together.address


def test_two_workers_take_a_row_once_and_neither_waits_for_the_other(address):
    answer = subprocess.run(
        [sys.executable, "-m", "tests.domain.outlets.workers"],
        env={**os.environ, "MINGCHA_DATABASE": address},
        cwd=together.ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr[-2000:]
    told = json.loads(answer.stdout)
    assert (told["became"], told["tries"]) == (["Refused", "ok"], 1)
    assert told["waited"] != told["has_skip"]  # SQLite has one writer, who waits for the other
    assert told["overtaking"] == "ok"
    assert told["waiting"] == [2, 2]
