"""The copy check of the discipline officer's browser, run in Node with real boxes."""

import re
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[2]
ROOTS = HERE.parent / "portal" / "js" / "register.js"


def test_the_copy_check_passes_its_own_tests() -> None:
    node = shutil.which("node")
    assert node, "node is missing: install Node 20 or later, the copy check cannot be tested without it"
    command = [node, f"--import={ROOTS.as_uri()}", "--test", "--test-reporter=tap", str(HERE / "js" / "copies.test.js")]
    ran = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=120)
    output = ran.stdout + ran.stderr
    assert ran.returncode == 0, output
    found = re.search(r"^# pass (\d+)$", output, re.MULTILINE)
    assert found and int(found.group(1)) >= 10, output
    assert re.search(r"^# skipped 0$", output, re.MULTILINE), output
