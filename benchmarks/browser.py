"""A visitor's browser repeats a draw: the modules of the portal's page and the offline page, with and without a worker.

python benchmarks/browser.py
"""

import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402 - the root must be known first

from benchmarks.verify import bundle  # noqa: E402
from fairdraw import ObjectMode, check_files, digest_of, freeze_digest, pack, read_ceremony  # noqa: E402
from scripts.build_offline_verifier import build  # noqa: E402

GOALS = {10_000: 3.0, 300_000: 10.0}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WITHOUT_WORKERS = "delete window.Worker;"
# How long the page could not answer a click, measured from inside.
PULSE = """
window.longest = 0;
let last = performance.now();
setInterval(() => {
  const now = performance.now();
  window.longest = Math.max(window.longest, now - last);
  last = now;
}, 10);
"""
PAGE = """<!doctype html><meta charset="utf-8"><script type="module" src="/static/portal/verify/page.js"></script>
<section id="verify" data-files="/files/" data-rules-digest="{rules}" data-freeze="{freeze}">
<button type="button" data-verify-start>start</button><p data-verify-verdict></p><ol data-verify-steps></ol>
<form data-lookup-form><input name="code"></form><p data-lookup-answer></p></section>"""
# Stops the watch when the verdict has its mark, without asking the page again and again.
TIMED = """([button]) => new Promise((resolve) => {
  const verdict = document.querySelector("[data-verify-verdict]");
  const began = performance.now();
  window.longest = 0;
  new MutationObserver(() => {
    if (verdict.dataset.ok) resolve([(performance.now() - began) / 1000, window.longest / 1000, verdict.dataset.ok]);
  }).observe(verdict, { attributes: true, attributeFilter: ["data-ok"] });
  document.querySelector(button).click();
})"""


class Sample(NamedTuple):
    """One bundle and what was published about it."""

    files: dict[str, bytes]
    rules_digest: str
    freeze: str


def main() -> None:
    for line in run():
        print(line, flush=True)


def run() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "fairdraw.html"
        build(page)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for rows, goal in GOALS.items():
            sample = sample_of(rows)
            archive = Path(folder) / f"{rows}.zip"
            archive.write_bytes(pack(sample.files))
            for script, place in (("", "in a worker"), (WITHOUT_WORKERS, "in the page")):
                yield said(f"portal page, {place}", rows, goal, on_portal(browser, sample, script))
                yield said(f"offline page, {place}", rows, goal, offline(browser, page, archive, sample, script))
        browser.close()


def said(what: str, rows: int, goal: float, measured: tuple[float, float]) -> str:
    seconds, pause = measured
    verdict = "met" if seconds <= goal else "short"
    figures = f"{seconds:.2f} s, goal {goal:.0f} s {verdict}; longest pause of the page {pause:.2f} s"
    return f"{what}, {rows:,} objects: {figures}"


def sample_of(rows: int) -> Sample:
    files = bundle([f"91990000{number:010d}" for number in range(rows)], ObjectMode({"market": 2}, 1))
    rules = check_files(files).rules
    digest = digest_of(files["rules.json"])
    return Sample(
        files, digest, freeze_digest(rules.draw, digest, read_ceremony(files["ceremony.json"], rules).commitments)
    )


def offline(browser: Browser, place: Path, archive: Path, sample: Sample, script: str) -> tuple[float, float]:
    """Seconds from the click to the verdict, reading the zip included; and the longest pause."""
    page = opened(browser, place.as_uri(), script)
    page.locator("#archive").set_input_files(archive)
    page.locator("#rules-digest").fill(sample.rules_digest)
    page.locator("#freeze").fill(sample.freeze)
    return timed(page, "[data-start]")


def on_portal(browser: Browser, sample: Sample, script: str) -> tuple[float, float]:
    """The same for the portal's modules, fetching the files from this machine included."""
    with served(sample) as address:
        return timed(opened(browser, address, script), "[data-verify-start]")


def opened(browser: Browser, address: str, script: str) -> Page:
    page = browser.new_page()
    page.add_init_script(PULSE + script)
    page.goto(address)
    return page


def timed(page: Page, button: str) -> tuple[float, float]:
    seconds, pause, ok = page.evaluate(TIMED, [button])
    page.close()
    if ok != "true":
        raise SystemExit("the bundle of the benchmark does not hold")
    return seconds, pause


@contextmanager
def served(sample: Sample) -> Iterator[str]:
    """The page, the modules and the bundle's files, on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Portal, sample))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()


class Portal(BaseHTTPRequestHandler):
    """Just as much of the portal as its verification needs."""

    def __init__(self, sample: Sample, *arguments: object) -> None:
        self.sample = sample
        super().__init__(*arguments)  # type: ignore[arg-type] # what the server hands to any of its kind

    def do_GET(self) -> None:
        kind, content = self.content_at(self.path)
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(content or b"")

    def content_at(self, path: str) -> tuple[str, bytes | None]:
        if path == "/":
            page = PAGE.format(rules=self.sample.rules_digest, freeze=self.sample.freeze)
            return "text/html; charset=utf-8", page.encode()
        if path.startswith("/static/vendor/"):
            return "text/javascript", (ROOT / "build/assets" / path.removeprefix("/static/")).read_bytes()
        if path.startswith("/static/"):
            return "text/javascript", (ROOT / "mingcha/web/portal" / path.removeprefix("/")).read_bytes()
        return "application/octet-stream", self.sample.files.get(path.removeprefix("/files/"))

    def log_message(self, *words: object) -> None:
        """Nobody reads it."""


if __name__ == "__main__":
    main()
