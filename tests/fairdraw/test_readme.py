"""The worked example of the README: every command, typed as it stands, prints what stands below it."""

import re
import subprocess
from pathlib import Path

import pytest

from fairdraw import spoken
from tests.fairdraw.worlds import VECTORS

README = (Path(__file__).resolve().parents[2] / "fairdraw" / "README.md").read_text()
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [tuple(each.split("\n", 1)) for block in BLOCKS for each in block.split("$ ", 1)[1].split("\n$ ")]


@pytest.mark.parametrize(("command", "printed"), COMMANDS)
def test_a_command_prints_what_stands_below_it(command: str, printed: str) -> None:
    done = subprocess.run(["bash", "-c", command], cwd=VECTORS / "object-mode", capture_output=True, text=True)
    assert (done.returncode, done.stdout.rstrip("\n"), done.stderr) == (0, printed.rstrip("\n"), "")


def test_the_words_of_the_example_are_those_of_its_rules_digest() -> None:
    words = spoken(COMMANDS[0][1].split()[0])
    assert " ".join(words) in README


def test_the_example_leads_from_the_rules_to_the_result() -> None:
    assert len(COMMANDS) == 7
    result = (VECTORS / "object-mode" / "result.tsv").read_text()
    places = [line.split() for line in result.splitlines() if line.startswith("object\tgeneral")]
    assert COMMANDS[5][1].split() == [word for place in places for word in (place[5], place[4])]
    assert "assign\t919900001RA7R8FM6H\tfire\t1\tF004" in result
    assert COMMANDS[6][1].split()[1] == "F004"
