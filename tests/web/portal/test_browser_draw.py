"""The browser's own verification of a draw: its tests are JavaScript, run in Node and, for the page, in Chromium."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from nacl.public import Box, PrivateKey, PublicKey

REPOSITORY = Path(__file__).resolve().parents[3]
SCRIPTS = Path(__file__).parent / "js"
TEST_FILES = sorted(path.name for path in SCRIPTS.glob("*.test.js"))

SEAL = """
import nacl from "tweetnacl";
import { seal } from "./mingcha/web/ceremony/static/ceremony/seal.js";
const [secret, publicKey] = process.argv.slice(1);
process.stdout.write(seal(nacl, secret, publicKey));
"""


def run_node(*arguments: str) -> subprocess.CompletedProcess[str]:
    node = shutil.which("node")
    assert node, "node is missing: install Node 20 or later, the browser's verification cannot be tested without it"
    return subprocess.run([node, *arguments], cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=300)


def counted(word: str, output: str) -> int:
    found = re.search(rf"^# {word} (\d+)$", output, re.MULTILINE)
    assert found, output
    return int(found.group(1))


def test_there_are_javascript_tests_for_every_part() -> None:
    parts = {"changes", "hashes", "lookup", "lottery", "page", "refusals", "vectors", "witness"}
    assert {name.removesuffix(".test.js") for name in TEST_FILES} >= parts


@pytest.mark.parametrize("name", TEST_FILES)
def test_the_browsers_verification_passes_its_own_tests(name: str) -> None:
    register = f"--import={(SCRIPTS / 'register.js').as_uri()}"
    ran = run_node(register, "--test", "--test-reporter=tap", str(SCRIPTS / name))
    output = ran.stdout + ran.stderr
    assert ran.returncode == 0, output
    assert counted("pass", output) > 0 and counted("skipped", output) == 0


def test_what_a_phone_seals_the_server_side_library_can_open() -> None:
    private = PrivateKey.generate()
    secret = "0123456789abcdef" * 4
    ran = run_node("--input-type=module", "--eval", SEAL, secret, bytes(private.public_key).hex())
    assert ran.returncode == 0, ran.stderr
    raw = bytes.fromhex(ran.stdout)
    opened = Box(private, PublicKey(raw[:32])).decrypt(raw[56:], raw[32:56])
    assert opened.decode("ascii") == secret
