"""From a campaign on a desk to a published result: handler, supervisor, witnesses, dice, inspectors, head, citizen."""

import re
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.acts import (
    DICE,
    announce,
    commit_secret,
    confirm_people,
    draft_campaign,
    fill_sheet,
    open_sealed_copy,
    open_secret,
    press,
    shoot,
    sit_down,
    try_copies,
    type_dice,
)
from tests.journeys.conftest import PHONE, Traveller
from tests.journeys.ways import look_again, visit

TITLE = "高风险食品单位联合抽查（全程）"


def test_the_straight_line(traveller, county, tmp_path):
    handler, supervisor = traveller(), traveller()
    handler.signs_in("shijian-jingban")
    supervisor.signs_in("shenpi")
    approve(handler, supervisor, draft_campaign(handler, TITLE))

    confirm_people(traveller(), "weijian-jingban")
    witnesses = [traveller(PHONE), traveller(PHONE)]
    discipline = traveller()
    discipline.signs_in("jijian")
    head = traveller()
    head.signs_in("shijian-fuzeren")
    draw = hold_ceremony(handler, discipline, head, witnesses)

    visit_and_record(traveller, handler, tmp_path)
    firm = confirm(head)
    county.work()
    citizen_sees_it(traveller(PHONE), draw, firm)


def approve(handler: Traveller, supervisor: Traveller, campaign: str) -> None:
    press(handler.page, "送审任务")
    visit(supervisor.page, campaign)
    shoot(supervisor.page, "campaign-approval")
    press(supervisor.page, "批准")
    supervisor.page.get_by_text("待抽取").first.wait_for()
    visit(handler.page, campaign)


def hold_ceremony(handler: Traveller, discipline: Traveller, head: Traveller, witnesses: list[Traveller]) -> str:
    """Every phase on its own screens; returns the public number."""
    page = handler.page
    address = bind_everyone(handler, witnesses)
    try_copies(discipline, address, discipline.county.sealing_key)
    type_dice(handler, address, DICE[:-1] + "0")
    type_dice(head, address, DICE)
    assert "第 20 位" in head.page.inner_text("main")
    type_dice(handler, address, DICE)
    open_secret(witnesses[0])
    witnesses[1].context.close()  # this phone has died: its sealed copy opens instead
    open_sealed_copy(discipline, address, "w2", discipline.county.sealing_key)
    visit(page, address)
    page.get_by_text("结果已产生").first.wait_for()
    sign(head, address, "代表承办机构签字…")
    sign(discipline, address, "代表纪检监察机构签字…")
    visit(page, address)
    shoot(page, "draw-signed")
    press(page, "生效并派发")
    visit(page, address)
    page.get_by_text("已生效").first.wait_for()
    shoot(page, "draw-in-force")
    return re.search(r"\d{6}-\d{4}-[a-z]+-\d+", page.inner_text("h1")).group()


def bind_everyone(handler: Traveller, witnesses: list[Traveller]) -> str:
    """Seats, freeze, secrets; returns the address of the draw's page."""
    page = handler.page
    press(page, "抽取")
    press(page, "取号，进入抽取")
    address = page.url
    announce(handler, address)
    code = page.locator("dt:has-text('配对码') + dd").inner_text().replace(" ", "")
    shoot(page, "draw-seats")
    sit_down(witnesses[0], code, "代为民", "示范县人大", "人大代表")
    sit_down(witnesses[1], code, "证如实", "示范公证处", "公证人员")
    visit(page, address)
    page.get_by_text("冻结名单…").click()
    shoot(page, "draw-freeze")
    press(page, "冻结名单")
    secrets = [commit_secret(witness) for witness in witnesses]
    assert secrets[0] != secrets[1]
    shoot(witnesses[0].page, "witness-bound")

    return address


def sign(person: Traveller, address: str, button: str) -> None:
    visit(person.page, address)
    press(person.page, button)
    person.page.get_by_label("签字确认").first.check()
    shoot(person.page, "draw-sign")
    press(person.page, "提交签字意见")


def visit_and_record(traveller, handler: Traveller, photos: Path) -> None:
    """The two drawn inspectors of the lead department go to its first firm."""
    page = list_of(handler, "ASSIGNED")
    page.locator("tr", has_text=TITLE).filter(has_text="市监局").get_by_role("link").first.click()
    names = page.locator("dt:has-text('检查人员') + dd > div").all_inner_texts()
    firm = page.inner_text("h1").splitlines()[0].split(" ")[0]
    logins = [login_of(handler, name.split()[0]) for name in names]
    people = [traveller(PHONE) for _ in logins]
    for person, login in zip(people, logins, strict=True):
        person.signs_in(login)
        shoot(person.page, "field-today")
        task = person.page.locator("article", has_text=TITLE).filter(has_text=firm)
        task.get_by_role("link").first.click()
        press(person.page, "我已到场")
    first, second = people
    look_again(first.page)
    fill_sheet(first, photos)
    first.has_no_barrier()
    for person in (first, second):
        look_again(person.page)
        press(person.page, "核对并签字")
        if person is first:
            person.page.get_by_text("签字", exact=True).first.click()
            person.page.get_by_label(re.compile("签字人|姓名")).first.fill("现场负责人（演示）")
        press(person.page, "我签字")
    press(second.page, "去结束检查")
    shoot(second.page, "field-finish")
    press(second.page, "检查结束")
    shoot(second.page, "field-finished")
    press(second.page, "现在录入结果")
    for field in second.page.locator("select").all():
        field.select_option(label="未发现问题")
    press(second.page, "录入结果")
    second.page.get_by_text("等待负责人审核").wait_for()


def list_of(person: Traveller, state: str) -> Page:
    """The inspections of this campaign in a state."""
    page = person.goes("/desk/inspections/")
    campaign = page.locator("select[name=campaign] option", has_text=TITLE).get_attribute("value")
    return person.goes(f"/desk/inspections/?state={state}&campaign={campaign}")


def login_of(handler: Traveller, name: str) -> str:
    """The roster code of a person is also the demo's account name."""
    page = handler.context.new_page()
    visit(page, f"{handler.county.address}/desk/registers/inspectors/?q={name}")
    code = re.search(r"[a-z]+-\d\d", page.locator("tr", has_text=name).first.inner_text()).group()
    page.close()
    return code


def confirm(head: Traveller) -> str:
    page = list_of(head, "RECORDED")
    page.locator("tr", has_text=TITLE).get_by_role("link").first.click()
    firm = page.inner_text("h1").splitlines()[0].split(" ")[0]
    shoot(page, "inspection-confirm")
    press(page, "审核通过")
    press(page, "审核通过并公示")
    return firm


def citizen_sees_it(citizen: Traveller, draw: str, firm: str) -> None:
    page = citizen.goes("/results/")
    page.get_by_role("link", name=firm).first.click()
    page.get_by_role("heading", name=firm).wait_for()
    assert "未发现问题" in page.inner_text("main")
    shoot(page, "portal-firm")
    citizen.goes(f"/v/{draw}/")
    page.get_by_role("button", name="一键核验").click()
    page.locator("[data-verify-verdict][data-ok=true]").wait_for()
    shoot(page, "portal-verify")
