"""The offline page in a browser, and bundles to show it."""

import json
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, expect

import fairdraw
from fairdraw import digest_of, write_signatures
from fairdraw.bundle import BUNDLE_FILES
from tests.fairdraw.worlds import VECTORS

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 720}

Files = dict[str, bytes]


@dataclass
class Visit:
    """The page in one browser, and everything that it asked for or complained about."""

    page: Page
    asked: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def checks(self, files: Path | list[Path], *, rules_digest: str = "", freeze: str = "") -> str:
        """Choose, fill in, press 核验; the verdict."""
        self.page.locator("#archive").set_input_files(files)
        self.page.get_by_label("公布的规则摘要").fill(rules_digest)
        self.page.get_by_label("公布的冻结摘要").fill(freeze)
        self.page.get_by_role("button", name="核验").click()
        self.page.wait_for_selector("[data-verify-verdict][data-ok]", timeout=60_000)
        return self.page.locator("[data-verify-verdict]").inner_text()

    @property
    def ok(self) -> str | None:
        return self.page.locator("[data-verify-verdict]").get_attribute("data-ok")

    def steps(self) -> dict[str, str]:
        """The text of each step by its code."""
        found = self.page.locator("[data-verify-steps] li").all()
        return {str(step.get_attribute("data-step")): step.inner_text() for step in found}

    def looks_up(self, code: str) -> str:
        self.page.evaluate("document.querySelector('[data-lookup-answer]').textContent = ''")
        self.page.get_by_label("统一社会信用代码或登记编号").fill(code)
        self.page.get_by_role("button", name="查", exact=True).click()
        expect(self.page.locator("[data-lookup-answer]")).not_to_be_empty()
        return self.page.locator("section.lookup").inner_text()


def files_of(name: str) -> Files:
    return {each: (VECTORS / name / each).read_bytes() for each in BUNDLE_FILES if (VECTORS / name / each).exists()}


def published(name: str) -> dict[str, str]:
    expected = json.loads((VECTORS / name / "expected.json").read_text())
    return {"rules_digest": expected["rules_digest"], "freeze": expected["freeze"]}


def zipped(place: Path, content: bytes) -> Path:
    """A file of its own each time: a browser takes one that changed since it was chosen for lost."""
    path = place / f"bundle-{len(list(place.iterdir()))}.zip"
    path.write_bytes(content)
    return path


def deflated(files: Files) -> bytes:
    """A zip as an office computer would make it."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def signed(files: Files) -> Files:
    row = fairdraw.SignatureRow("w1", "见证人甲", "人大代表", "signed", "", "2026-11-22T10:00:00+08:00")
    signatures = write_signatures(digest_of(files["rules.json"]), digest_of(files["result.tsv"]), [row])
    return {**files, "signatures.json": signatures, "record.pdf": b"%PDF-1.7"}
