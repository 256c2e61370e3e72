"""The browser reads a digest aloud with the same words as Python, from its own copy of the list."""

import json
from pathlib import Path
from random import Random

from fairdraw import spoken
from tests.web.portal.test_browser_draw import run_node

SPEAK = """
import { readFileSync } from "node:fs";
import { spoken } from "./mingcha/web/portal/static/portal/verify/spoken.js";
const refused = (text) => { try { spoken(text); return false; } catch { return true; } };
const [digests, rubbish] = JSON.parse(readFileSync(process.argv[1], "utf8"));
process.stdout.write(JSON.stringify([digests.map(spoken), rubbish.map(refused)]));
"""
RUBBISH = ["", "0" * 63, "0" * 65, "G" * 64, "A" * 64, "0" * 64 + "\n"]


def test_the_browser_speaks_the_same_words_and_refuses_the_same_rubbish(tmp_path: Path) -> None:
    chance = Random(20260701)
    # Every one of the 4,096 words, and digests of any bits.
    digests = [f"{number:03x}{chance.getrandbits(244):061x}" for number in range(4096)]
    asked = tmp_path / "asked.json"
    asked.write_text(json.dumps([digests, RUBBISH]))
    ran = run_node("--input-type=module", "--eval", SPEAK, str(asked))
    assert ran.returncode == 0, ran.stderr
    words, refused = json.loads(ran.stdout)
    assert [tuple(each) for each in words] == [spoken(digest) for digest in digests]
    assert refused == [True] * len(RUBBISH)
