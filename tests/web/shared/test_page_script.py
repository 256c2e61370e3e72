"""page.js: each button once, unless the answer is a file and the page stays."""

import json
import shutil
import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).parents[3]

SCRIPT = REPOSITORY / "mingcha/web/shared/static/shared/page.js"
# Two forms are sent, the clock is run, and both are sent again: which of the four were stopped?
DRIVER = """
const late = [];
const form = (marks) => ({ dataset: marks, addEventListener(_name, act) { this.act = act; } });
const forms = [form({}), form({ download: "" })];
globalThis.setTimeout = (act) => late.push(act);
globalThis.addEventListener = () => {};
globalThis.document = {
  querySelector: () => null,
  querySelectorAll: (wanted) => (wanted.startsWith("form[method") ? forms : []),
};
await import(process.argv[1]);
const stopped = [];
const send = (one) => { let held = false; one.act({ preventDefault: () => { held = true; } }); stopped.push(held); };
forms.forEach(send);
forms.forEach(send);
late.forEach((act) => act());
forms.forEach(send);
console.log(JSON.stringify(stopped));
"""


def test_a_download_may_be_asked_for_again_and_any_other_form_only_once():
    node = shutil.which("node")
    assert node, "node is missing: install Node 20 or later"
    done = subprocess.run(
        [node, "--input-type=module", "-e", DRIVER, SCRIPT.as_uri()],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert json.loads(done.stdout) == [False, False, True, True, True, False]
