"""build/fairdraw.html opened from disk, as somebody who trusts neither the site nor the network would."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from fairdraw import digest_of, open_bundle, pack, spoken, verify, write_signatures
from scripts.build_offline_verifier import build
from tests.fairdraw.worlds import VECTORS
from tests.web.portal.offline_page import DESK, PHONE, Visit, deflated, files_of, published, signed, zipped

ROOT = Path(__file__).resolve().parents[3]
NAMES = sorted(path.name for path in VECTORS.iterdir())
AXE = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"

DROP = """([name, content]) => {
  const dropped = new DataTransfer();
  dropped.items.add(new File([Uint8Array.from(content)], name));
  document.querySelector("[data-choose]").dispatchEvent(new DragEvent("drop", { dataTransfer: dropped }));
}"""


@pytest.mark.parametrize("name", NAMES)
def test_every_worked_bundle_holds(visit: Callable[..., Visit], tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path, pack(files_of(name)))
    here = visit()
    assert "核验一致。您的设备独立算出了同样的结果" in here.checks(path, **published(name))
    assert here.ok == "true"
    assert verify(open_bundle(path), *published(name).values()).exit_code == 0
    assert all("✔" in text and "通过" in text for text in here.steps().values())
    shown = here.page.locator("[data-after]").first.inner_text()
    for digest in published(name).values():
        assert " ".join(spoken(digest)) in shown
        assert digest in shown.replace(" ", "")


def test_without_published_digests_it_says_that_the_bundle_only_agrees_with_itself(visit, tmp_path: Path) -> None:
    here = visit()
    verdict = here.checks(zipped(tmp_path, deflated(files_of("object-mode"))))
    assert here.ok == "null" and "没有全部与抽取前公布的摘要比对" in verdict
    assert "未比对" in here.steps()["rules-digest"] and "未比对" in here.steps()["freeze"]


def test_another_published_digest_is_a_difference(visit, tmp_path: Path) -> None:
    here = visit()
    path = zipped(tmp_path, pack(files_of("object-mode")))
    assert "核验不一致" in here.checks(path, **{**published("object-mode"), "freeze": "0" * 64})
    assert "未对上" in here.steps()["freeze"]


def test_a_published_digest_may_be_typed_in_groups_and_a_wrong_one_is_named_at_its_field(visit, tmp_path: Path) -> None:
    here = visit()
    path = zipped(tmp_path, pack(files_of("object-mode")))
    digests = published("object-mode")
    spaced = " ".join(re.findall("....", digests["rules_digest"])).upper()
    here.page.get_by_label("公布的规则摘要").fill("abc")
    here.page.get_by_role("button", name="核验").click()
    assert "公布的规则摘要应为 64 位十六进制" in here.page.locator("#rules-digest-error").inner_text()
    assert here.page.evaluate("document.activeElement.id") == "rules-digest"
    assert "核验一致" in here.checks(path, rules_digest=spaced, freeze=f"\n{digests['freeze']}\n")


def test_one_changed_inspector_is_refused_by_name(visit, tmp_path: Path) -> None:
    files = files_of("object-mode")
    lines = files["result.tsv"].decode().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith("assign\t"))
    fields = lines[at].split("\t")
    lines[at] = "\t".join([*fields[:4], "INTRUDER1\n"])
    path = zipped(tmp_path, pack({**files, "result.tsv": "".join(lines).encode()}))
    here = visit()
    assert "核验不一致" in here.checks(path, **published("object-mode"))
    assert "派 INTRUDER1" in here.page.locator("[data-differences]").inner_text()
    step = here.steps()["staff"]
    assert "✘" in step and "有 1 处不同" in step
    assert f"{fields[1]} 的 {fields[2]} 第 1 位派 {fields[4].strip()}" in step and "派 INTRUDER1" in step
    assert verify(open_bundle(path), *published("object-mode").values()).exit_code == 1


def test_nothing_chosen_is_said_in_one_sentence(visit) -> None:
    here = visit()
    here.page.get_by_role("button", name="核验").click()
    here.page.wait_for_selector("[data-verify-verdict][data-ok]")
    assert "还没有选抽取包" in here.page.locator("[data-verify-verdict]").inner_text()


def test_the_files_of_a_folder_do_as_well(visit, tmp_path: Path) -> None:
    for name, content in signed(files_of("team-mode")).items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "notes.txt").write_text("not part of it")
    here = visit()
    assert "核验一致" in here.checks(sorted(tmp_path.iterdir()), **published("team-mode"))
    assert "w1 见证人甲（人大代表）签字确认" in here.steps()["signatures"]
    remarks = here.page.locator("[data-notes]").inner_text()
    assert "notes.txt" in remarks and "包中有随机抽取记录单" in remarks


def test_a_whole_folder_can_be_chosen_and_one_with_folders_inside_is_refused(visit, tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    folder.mkdir()
    for name, content in files_of("team-mode").items():
        (folder / name).write_bytes(content)
    here = visit()
    for expected in ("核验一致", "所有文件都应直接放在最外层"):
        here.page.locator("#folder").set_input_files(folder)
        here.page.get_by_label("公布的规则摘要").fill(published("team-mode")["rules_digest"])
        here.page.get_by_label("公布的冻结摘要").fill(published("team-mode")["freeze"])
        here.page.get_by_role("button", name="核验").click()
        expect(here.page.locator("[data-verify-verdict][data-ok]")).to_contain_text(expected)
        (folder / "inner").mkdir(exist_ok=True)
        (folder / "inner" / "frame.tsv").write_bytes(b"")


def test_a_bundle_can_be_dropped_and_takes_the_verdict_on_another_away(visit, tmp_path: Path) -> None:
    here = visit()
    here.checks(zipped(tmp_path, b"rubbish"))
    content = list(pack(files_of("object-mode")))
    here.page.evaluate(DROP, ["dropped.zip", content])
    expect(here.page.locator("[data-chosen]")).to_have_text("已选：dropped.zip")
    expect(here.page.locator("[data-verify-verdict]")).to_be_hidden()
    here.page.get_by_role("button", name="核验").click()
    expect(here.page.locator("[data-verify-verdict][data-ok]")).to_contain_text("抽取包自身一致")


def test_signatures_for_another_result_are_a_difference(visit, tmp_path: Path) -> None:
    files = signed(files_of("object-mode"))
    other = write_signatures(digest_of(files["rules.json"]), "0" * 64, [])
    path = zipped(tmp_path, pack({**files, "signatures.json": other}))
    here = visit()
    assert "核验不一致" in here.checks(path, **published("object-mode"))
    assert "签字所签的结果摘要" in here.steps()["signatures"]
    assert verify(open_bundle(path), *published("object-mode").values()).exit_code == 1


def test_a_firm_finds_its_ticket_the_line_or_why_it_was_excluded(visit, tmp_path: Path) -> None:
    files = files_of("object-mode")
    here = visit()
    here.checks(zipped(tmp_path, pack(files)), **published("object-mode"))
    _, stratum, rank, _, code, ticket = files["result.tsv"].decode().splitlines()[0].split("\t")
    answer = here.looks_up(code.lower())
    assert all(part in answer for part in (f"{code}：抽中", f"第 {rank} 位", ticket, stratum, "抽取线", "sha256sum"))
    excluded, reason = files["excluded.tsv"].decode().splitlines()[0].split("\t")
    assert reason in here.looks_up(excluded)
    assert "不在名录" in here.looks_up("91990000NOWHERE001")


@pytest.mark.parametrize(
    "missing",
    ["delete window.Worker;", "window.Worker = class { constructor() { throw new Error('forbidden'); } };"],
)
def test_it_works_without_workers_and_without_the_systems_own_hashes(visit, tmp_path: Path, missing: str) -> None:
    here = visit(script=f"{missing} Object.defineProperty(globalThis.crypto, 'subtle', {{ value: undefined }});")
    assert here.page.evaluate("crypto.subtle === undefined")
    path = zipped(tmp_path, pack(files_of("object-mode")))
    assert "核验一致" in here.checks(path, **published("object-mode"))


def test_the_page_works_from_the_keyboard(visit, tmp_path: Path) -> None:
    here = visit()
    order = []
    for _ in range(6):
        here.page.keyboard.press("Tab")
        order.append(here.page.evaluate("document.activeElement.id || document.activeElement.textContent"))
    assert order == ["跳到正文", "archive", "folder", "rules-digest", "freeze", "核验"]
    here.page.locator("#archive").set_input_files(zipped(tmp_path, pack(files_of("object-mode"))))
    here.page.locator("[data-start]").focus()
    here.page.keyboard.press("Enter")
    here.page.wait_for_selector("[data-verify-verdict][data-ok]")
    assert here.page.evaluate("document.activeElement.hasAttribute('data-verify-verdict')")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_barrier_and_nothing_beside_the_screen(visit, tmp_path: Path, size: dict[str, int]) -> None:
    files = files_of("object-mode")
    here = visit(size)
    axe = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    states = (
        lambda: None,
        lambda: here.checks(zipped(tmp_path, b"rubbish")),
        lambda: here.checks(zipped(tmp_path, pack({**files, "result.tsv": b""})), **published("object-mode")),
        lambda: here.checks(zipped(tmp_path, pack(files)), **published("object-mode")),
        lambda: here.looks_up(files["result.tsv"].decode().split("\t")[4]),
    )
    for state in states:
        state()
        here.page.evaluate(axe)
        found = here.page.evaluate(AXE)["violations"]
        assert [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found] == []
        assert here.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_may_reach_nothing(visit, verifier: Path) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', verifier.read_text(encoding="utf-8"))
    assert policy and policy[1].startswith("default-src 'none'; ") and "connect-src 'none'" in policy[1]
    assert "unsafe" not in policy[1] and "http" not in policy[1]
    here = visit()
    blocked = here.page.evaluate("fetch('data:text/plain,x').then(() => 'reached', () => 'blocked')")
    assert blocked == "blocked"
    here.troubles.clear()  # the browser tells the console about what it blocked, as it should
    here.asked.clear()


def test_the_same_sources_give_the_same_page(verifier: Path, tmp_path: Path) -> None:
    build(tmp_path / "again.html")
    assert (tmp_path / "again.html").read_bytes() == verifier.read_bytes()
