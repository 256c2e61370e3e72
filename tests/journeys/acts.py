"""What people do on the pages, one function an act; the journey strings them together."""

import os
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Page

from tests.journeys.conftest import Traveller
from tests.journeys.ways import look_again, visit

SHOTS = os.environ.get("MINGCHA_SHOTS", "")
SHANGHAI = ZoneInfo("Asia/Shanghai")
DICE = "31415926535897932384"


def shoot(page: Page, name: str) -> None:
    """Keep a picture when MINGCHA_SHOTS names a folder (how docs/screenshots is made)."""
    if SHOTS:
        page.wait_for_load_state("networkidle")
        picture = Path(SHOTS) / f"{name}.png"
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(picture), animations="disabled")


def press(page: Page, name: str) -> None:
    """Press the one button or link of that name, and wait for what it brings."""
    page.locator("button, a.btn").get_by_text(name, exact=True).first.click()
    page.wait_for_load_state()


def draft_campaign(handler: Traveller, title: str) -> str:
    """A joint campaign of two departments that starts today; returns its address."""
    page = handler.goes("/desk/plans/")
    page.get_by_role("link", name=re.compile("年度部门联合抽查计划")).first.click()
    page.locator("a.btn").get_by_text(re.compile("新建抽查任务")).first.click()
    page.get_by_label("名称", exact=True).fill(title)
    today = date.today()
    page.get_by_label("检查开始日").fill(today.isoformat())
    page.get_by_label("检查结束日").fill(date(today.year, 12, 31).isoformat())
    for department in ("市监局", "卫健局"):
        page.get_by_label(department, exact=True).check()
    for item in ("shijian-03", "weijian-02"):
        page.get_by_label(re.compile(item)).check()
    page.locator("[name=code_1]").fill("high-risk")
    page.locator("[name=label_1]").fill("信用风险高（D）")
    page.locator("[name=foreign_1]").uncheck()
    page.locator("[name=risks_1][value=D]").check()
    page.locator("[name=share_1]").fill("5")
    shoot(page, "campaign-form")
    press(page, "保存草稿")
    return page.url


def announce(handler: Traveller, draw_address: str) -> None:
    """In public: here, in ten minutes."""
    page = handler.page
    visit(page, draw_address + "announce/")
    page.get_by_label("抽取时间").fill((datetime.now(SHANGHAI) + timedelta(minutes=10)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("地点").fill("县政务服务中心三楼会议室")
    press(page, "发布公告")
    visit(page, draw_address)


def confirm_people(keeper: Traveller, login: str) -> None:
    """A department says that its people in the register are complete and up to date, unless it did so lately."""
    keeper.signs_in(login)
    page = keeper.goes("/desk/registers/inspectors/")
    page.get_by_role("link", name=re.compile("更新确认")).first.click()
    page.get_by_role("heading", name=re.compile("更新确认")).wait_for()
    button = page.get_by_role("button", name="确认名录齐全、最新")
    if button.count():
        button.click()
        page.wait_for_load_state()


def sit_down(witness: Traveller, code: str, name: str, unit: str, capacity: str) -> None:
    """A witness takes a seat on the own phone."""
    page = witness.goes("/w/")
    page.get_by_label("配对码").fill(code)
    press(page, "下一步")
    page.get_by_label("姓名").fill(name)
    page.get_by_label("单位").fill(unit)
    field = page.get_by_label("身份")
    if field.evaluate("element => element.tagName") == "SELECT":
        field.select_option(label=capacity)
    else:
        field.fill(capacity)
    press(page, "入席")


def commit_secret(witness: Traveller) -> str:
    """Make and bind the secret; returns it as the phone shows it."""
    page = witness.page
    look_again(page)
    press(page, "生成我的随机数")
    secret = page.locator("[data-secret]").first.inner_text().replace(" ", "")
    shoot(page, "witness-commit")
    press(page, "封存")
    page.get_by_text(re.compile("您已封存|各方都已封存")).first.wait_for()
    return secret


def open_secret(witness: Traveller) -> None:
    """Open what the phone kept through all reloads."""
    page = witness.page
    look_again(page)
    assert page.locator("[data-open-secret]").input_value()
    press(page, "开封")


def try_copies(officer: Traveller, draw_address: str, key: Path) -> None:
    """The discipline officer's browser opens every sealed copy before the dice."""
    page = officer.page
    visit(page, draw_address + "copies/")
    page.get_by_label("本机构的私钥文件").set_input_files(str(key))
    page.locator("button[data-confirm]:not([disabled])").wait_for()
    shoot(page, "draw-copies")
    press(page, "确认副本全部一致")
    page.wait_for_url(draw_address)  # not before that may anybody type dice


def type_dice(person: Traveller, draw_address: str, digits: str) -> None:
    page = person.page
    visit(page, draw_address + "dice/")
    page.locator("input[name=digits]").fill(digits)
    press(page, "提交我读到的数字")
    page.wait_for_url(draw_address)


def open_sealed_copy(officer: Traveller, draw_address: str, party: str, key: Path) -> None:
    """The discipline officer opens for a witness whose phone has died; the private key stays in the browser."""
    page = officer.page
    visit(page, draw_address)
    press(page, "用密封副本开封")
    page.get_by_label("本机构的私钥文件").set_input_files(str(key))
    page.wait_for_function("party => document.getElementById(`secret-${party}`).value.length === 64", arg=party)
    shoot(page, "draw-unseal")
    press(page, f"开封 {party}")


def a_photo(folder: Path, place: str) -> Path:
    """A picture as a phone takes it, large, another one each time."""
    path = folder / f"photo-{place}.jpg"
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(path, quality=80)
    return path


def fill_sheet(inspector: Traveller, photos: Path) -> None:
    """Answer every checkpoint as met, with a photo at each that asks for one."""
    page = inspector.page
    for section in range(page.locator("section article").count()):
        press(page, "继续填写检查单")
        for place, point in enumerate(page.locator("section[id^=point-]").all()):
            point.locator("input[value=MEETS]").check()
            if "（须附）" in point.inner_text():
                point.locator("input[type=file]").set_input_files(str(a_photo(photos, f"{section}-{place}")))
        shoot(page, "field-sheet")
        press(page, "保存本项")
        assert page.locator(".error-summary").count() == 0, page.locator(".error-summary").inner_text()
