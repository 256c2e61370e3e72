"""What the hall and the phones compute for themselves: their tests are JavaScript and run in Node."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
SCRIPTS = Path(__file__).parent / "js"
REGISTER = REPOSITORY / "tests/web/portal/js/register.js"
TEST_FILES = sorted(path.name for path in SCRIPTS.glob("*.test.js"))
OWN = REPOSITORY / "mingcha/web/ceremony/static/ceremony"
LONGEST = 200


def test_there_are_tests_for_every_part() -> None:
    assert {name.removesuffix(".test.js") for name in TEST_FILES} == {"parts", "poll", "proof", "reload", "reveal"}


@pytest.mark.parametrize("name", TEST_FILES)
def test_the_scripts_pass_their_own_tests(name: str) -> None:
    node = shutil.which("node")
    assert node, "node is missing: install Node 20 or later"
    command = [node, f"--import={REGISTER.as_uri()}", "--test", "--test-reporter=tap", str(SCRIPTS / name)]
    ran = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=120)
    output = ran.stdout + ran.stderr
    assert ran.returncode == 0, output
    passed = re.search(r"^# pass (\d+)$", output, re.MULTILINE)
    assert passed and int(passed.group(1)) > 1, output


def test_modules_stay_small_and_the_hall_takes_its_colours_from_the_tokens() -> None:
    for script in OWN.rglob("*.js"):
        assert len(script.read_text(encoding="utf-8").splitlines()) <= LONGEST, script.name
    style = (OWN / "hall.css").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", style) == []
    assert "prefers-reduced-motion" in style
