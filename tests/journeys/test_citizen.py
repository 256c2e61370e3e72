"""A citizen with a phone: what was drawn, can I check it, what happened to this firm?"""

import re
import subprocess
import sys
from pathlib import Path

from tests.journeys.conftest import PHONE

ROOT = Path(__file__).resolve().parents[2]
ONLY_THESE = re.compile(
    r"/draws/[^/]+/files/(frame|excluded|roster|barred|result)\.tsv|/draws/[^/]+/files/(rules|ceremony)\.json"
)


def test_a_citizen_repeats_the_draw_on_a_phone_and_asks_about_a_firm(traveller, county):
    citizen = traveller(PHONE)
    asked: list[str] = []
    page = citizen.goes(f"/draws/{county.finished_draw}/")
    page.on("request", lambda request: asked.append(request.url.removeprefix(county.address)))
    page.get_by_role("button", name="一键核验").click()
    page.locator("[data-verify-verdict][data-ok=true]").wait_for()
    assert (
        page.locator("[data-verify-steps] > li[data-ok=true]").count()
        == page.locator("[data-verify-steps] > li").count()
    )
    assert "逐字节相同" in page.inner_text("[data-verify-verdict]")

    code = page.locator("section table code").first.inner_text().replace(" ", "")
    page.get_by_label("我的企业被抽中了吗？为什么？").fill(code)
    page.get_by_role("button", name="查", exact=True).click()
    page.get_by_text(re.compile(rf"{code}：抽中")).wait_for()
    assert f':{code}" | sha256sum' in page.inner_text("[data-lookup-proof]")

    page.get_by_label("我的企业被抽中了吗？为什么？").fill("91990000XXXXXXXXXX")
    page.get_by_role("button", name="查", exact=True).click()
    page.get_by_text("不在名录").wait_for()
    assert [url for url in asked if not url.startswith("/static/") and not ONLY_THESE.fullmatch(url)] == []
    citizen.has_no_barrier()


def test_one_changed_inspector_is_found_by_the_browser_and_by_the_offline_program(traveller, county, tmp_path):
    citizen = traveller(PHONE)

    def change_one_person(route):
        answer = route.fetch()
        lines = answer.text().split("\n")
        place = next(i for i, line in enumerate(lines) if line.startswith("assign\t"))
        fields = lines[place].split("\t")
        fields[4] = "shijian-99"
        lines[place] = "\t".join(fields)
        route.fulfill(response=answer, body="\n".join(lines))

    citizen.page.route("**/files/result.tsv", change_one_person)
    page = citizen.goes(f"/draws/{county.finished_draw}/")
    page.get_by_role("button", name="一键核验").click()
    page.locator("[data-verify-verdict][data-ok=false]").wait_for()
    assert "未对上" in page.inner_text("[data-verify-steps]")

    changed = tmp_path / "changed.zip"
    content = bytearray(county.bundle.read_bytes())
    place = content.index(b"assign\t") + 30
    content[place] ^= 1
    changed.write_bytes(bytes(content))
    program = [sys.executable, "-I", "-S", str(ROOT / "build" / "fairdraw.pyz"), "verify"]
    whole = subprocess.run([*program, str(county.bundle)], capture_output=True, text=True, check=False)
    broken = subprocess.run([*program, str(changed)], capture_output=True, text=True, check=False)
    assert whole.returncode == 0, whole.stdout + whole.stderr
    assert broken.returncode in {1, 2}
    assert "Traceback" not in broken.stdout + broken.stderr


def test_a_citizen_finds_a_firm_and_its_published_results(traveller):
    citizen = traveller(PHONE)
    page = citizen.goes("/results/")
    name = page.locator("table.list tbody tr a").first.inner_text()
    citizen.goes("/")
    page.get_by_label("企业名称或统一社会信用代码").fill(name[:8])
    page.get_by_role("button", name="查询").click()
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("heading", name=name).wait_for()
    assert "结果只反映检查当天的情况" in page.inner_text("main")
    citizen.has_no_barrier()


def test_a_list_that_is_not_public_yet_shows_counts_and_digests_only(traveller, county):
    citizen = traveller()
    page = citizen.goes("/draws/")
    unfinished = page.locator("tr", has_text="见证人入席").get_by_role("link").first
    number = unfinished.inner_text()
    unfinished.click()
    assert page.locator("#verify").count() == 0
    answer = citizen.context.request.get(f"{county.address}/draws/{number}/files/frame.tsv")
    assert (answer.status, answer.text()) == (404, "尚未公开")
