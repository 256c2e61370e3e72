"""The whole ceremony on its own screens: console, hall, three phones, two officers; once in peace as a rehearsal, once
as the real draw with the power cut at every phase and in the middle of acts."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.acts import (
    DICE,
    announce,
    commit_secret,
    confirm_people,
    open_secret,
    press,
    shoot,
    sit_down,
    try_copies,
    type_dice,
)
from tests.journeys.conftest import HALL, PHONE, County, Traveller
from tests.journeys.ways import look_again, visit

CAMPAIGN = "餐饮与医疗机构卫生联合抽查"
WITNESSES = (
    ("代为民", "示范县人大", "人大代表"),
    ("证如实", "示范公证处", "公证人员"),
    ("想看看", "个人", "群众代表"),
)
LAST = 8


@dataclass
class Ceremony:
    """Everybody in the room, and whether the power fails."""

    county: County
    handler: Traveller
    head: Traveller
    discipline: Traveller
    hall: Traveller
    phones: list[Traveller]
    power_fails: bool
    address: str = ""
    number: str = ""
    seen: list[int] = field(default_factory=list)

    @property
    def everyone(self) -> list[Traveller]:
        return [self.handler, self.head, self.discipline, self.hall, *self.phones]

    def stands_at(self, phase: int) -> None:
        """Every screen shows the phase, also after the power failed and everything was loaded again."""
        if self.power_fails:
            self.county.loses_power()
            for person in self.everyone:
                look_again(person.page)
        step = self.hall.page.locator(f"[data-steps] li[aria-current=step]:has-text('{phase} ')")
        step.wait_for(timeout=30_000)
        visit(self.handler.page, self.address)
        assert self.handler.page.locator("ol.stages li.done").count() in (phase - 1, phase, LAST)
        phone = self.phones[0].page
        visit(phone, f"{self.county.address}/w/{self.number}/")
        assert f"第 {phase} 步" in phone.inner_text("main")
        self.seen.append(phase)
        for who, page in (("hall", self.hall.page), ("console", self.handler.page), ("phone", phone)):
            self.shows(page, f"{phase}-{who}")

    def shows(self, page: Page, name: str) -> None:
        """A picture of the real draw; the rehearsal looks the same."""
        if self.power_fails:
            shoot(page, f"ceremony/{name}")

    def survives(self, page: Page, button: str, fill: Callable[[], None] = lambda: None) -> None:
        """Fill in and press; when the power fails in that moment, look, and do it again where nothing happened."""
        fill()
        if not self.power_fails:
            press(page, button)
            return
        address = page.url
        page.locator("button, a.btn").get_by_text(button, exact=True).first.click(no_wait_after=True)
        self.county.loses_power()
        visit(page, address)
        again = page.locator("button, a.btn").get_by_text(button, exact=True)
        if again.count():
            fill()
            press(page, button)


@pytest.fixture
def hold(traveller, county: County) -> Callable[..., Ceremony]:
    """The people come into the room."""

    def hold(*, power_fails: bool) -> Ceremony:
        handler, head, discipline = traveller(), traveller(), traveller()
        handler.signs_in("shijian-jingban")
        head.signs_in("shijian-fuzeren")
        discipline.signs_in("jijian")
        phones = [traveller(PHONE) for _witness in WITNESSES]
        return Ceremony(county, handler, head, discipline, traveller(HALL), phones, power_fails)

    return hold


def test_a_rehearsal_walks_through_every_phase_on_every_screen(hold):
    room = hold(power_fails=False)
    page = room.handler.goes("/desk/draws/?kind=rehearsals")
    page.locator("tr", has_text=CAMPAIGN).get_by_role("button", name="开始演练").click()
    page.wait_for_url(re.compile(r"/desk/draws/\d+/"))
    walk(room)
    assert "演练" in room.hall.page.inner_text("header")
    assert room.seen == [1, 2, 3, 4, 5, 6, 7]


def test_the_real_draw_survives_the_power_failing_at_every_phase(hold, traveller):
    """kill -9 of server and worker at every phase, and while acts are under way: nothing twice, nothing lost."""
    confirm_people(traveller(), "weijian-jingban")
    room = hold(power_fails=True)
    page = room.handler.goes("/desk/campaigns/")
    page.get_by_role("link", name=CAMPAIGN).first.click()
    press(page, "抽取")
    press(page, "取号，进入抽取")
    page.wait_for_url(re.compile(r"/desk/draws/\d+/"))
    announce(room.handler, page.url)
    walk(room)
    visit(room.handler.page, room.address)
    room.survives(room.handler.page, "生效并派发")
    visit(room.handler.page, room.address)
    room.handler.page.get_by_text("已生效").first.wait_for()
    room.stands_at(8)
    citizen_verifies(traveller(PHONE), room.number)


def walk(room: Ceremony) -> None:
    """From the open room to the signatures."""
    room.address = room.handler.page.url
    room.number = re.search(r"\d{6}-\d{4}-[A-Za-z0-9-]+", room.handler.page.inner_text("h1")).group()
    take_seats(room)
    freeze_and_bind(room)
    throw(room)
    for phone in room.phones:
        visit(phone.page, f"{room.county.address}/w/{room.number}/")
        open_secret(phone)
    room.hall.page.locator("[data-steps] li[aria-current=step]:has-text('6 ')").wait_for(timeout=60_000)
    room.shows(room.hall.page, "6-hall-rows")
    fills_the_wall(room.hall.page)
    room.stands_at(6)
    sign(room)


def take_seats(room: Ceremony) -> None:
    code = room.handler.page.locator("dt:has-text('配对码') + dd").inner_text().replace(" ", "")
    page = room.hall.goes(f"/w/{room.number}/hall/")
    page.get_by_label("配对码").fill("WRONG234")
    press(page, "打开大屏")
    assert "配对码不对" in page.inner_text("main")
    page.get_by_label("配对码").fill(code)
    press(page, "打开大屏")
    for phone, who in zip(room.phones, WITNESSES, strict=True):
        sit_down(phone, code, *who)
    room.stands_at(1)


def freeze_and_bind(room: Ceremony) -> None:
    page = room.handler.page
    visit(page, f"{room.address}freeze/")
    room.survives(page, "冻结名单")
    room.stands_at(2)
    secrets = {commit_secret(phone) for phone in room.phones[:2]}
    if room.power_fails:
        room.county.loses_power()
    secrets.add(commit_secret(room.phones[2]))
    assert len(secrets) == len(room.phones)
    room.stands_at(3)
    try_copies(room.discipline, room.address, Path(room.county.sealing_key))
    room.stands_at(4)


def throw(room: Ceremony) -> None:
    """Different digits first; then the same."""
    type_dice(room.handler, room.address, DICE[:-1] + "0")
    type_dice(room.head, room.address, DICE)
    assert "第 20 位" in room.head.page.inner_text("main")
    type_dice(room.handler, room.address, DICE)
    room.stands_at(5)


def fills_the_wall(hall: Page) -> None:
    """Once the rows have rolled in or were skipped: as many firms as fit, and none of them cut off."""
    hall.locator("button.skip, .firms li").first.wait_for()
    if hall.locator("button.skip").count():
        hall.locator("button.skip").click()
    hall.locator(".firms li").first.wait_for()
    wall, rows = hall.locator(".firms").bounding_box(), hall.locator(".firms li").all()
    each = max(row.bounding_box()["height"] for row in rows)
    below = rows[-1].bounding_box()
    left = wall["y"] + wall["height"] - below["y"] - below["height"]
    assert left >= -1
    assert left < 2 * each or hall.locator(".turn").is_hidden()


def sign(room: Ceremony) -> None:
    phone = room.phones[1].page
    look_again(phone)

    def fill() -> None:
        for tick in phone.locator("[data-part=sign] input[type=checkbox]").all():
            tick.check()
        phone.get_by_label("签字确认").check()
        room.shows(phone, "6-phone-signing")

    room.survives(phone, "提交意见", fill)
    room.hall.page.locator("main", has_text="证如实").wait_for()
    for person, seat in ((room.head, "agency"), (room.discipline, "discipline")):
        page = person.page
        visit(page, f"{room.address}sign/{seat}/")
        page.get_by_label("签字确认").first.check()
        press(page, "提交签字意见")
    visit(room.handler.page, room.address)
    room.handler.page.get_by_text("签字齐全").first.wait_for()
    room.stands_at(7)


def citizen_verifies(citizen: Traveller, number: str) -> None:
    """On the phone, without scrolling: one button repeats everything."""
    page = citizen.goes(f"/v/{number}/")
    button = page.get_by_role("button", name="一键核验")
    assert button.bounding_box()["y"] < PHONE["height"]
    button.click()
    page.locator("[data-verify-verdict][data-ok=true]").wait_for()
    shoot(page, "ceremony/9-citizen")
