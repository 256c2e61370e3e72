"""One change of a list from its draft to the public page; a rough file into the register and out again."""

import re

from tests.journeys.acts import press, shoot
from tests.journeys.conftest import PHONE, County, Traveller
from tests.journeys.ways import visit

# As pasted from a spreadsheet: two good rows, a code too short, one that the spreadsheet has spoilt, a row of sums.
PASTED = """统一社会信用代码\t名称\t地址\t涉外
92990000MA99000017\t明察示范县𬱖䶮粮油店\t东街 1 号\t否
92990000MA9900003D\t明察示范县阿依古丽·买买提餐馆\t东街 2 号\t否
9\t明察示范县短码店\t东街 3 号\t否
9.2E+17\t明察示范县变形店\t东街 4 号\t否
合计\t4\t\t"""


def test_one_change_of_a_list_walks_from_the_draft_to_the_public_page(traveller):
    handler, reviewer, head, recipient = traveller(), traveller(), traveller(), traveller()
    handler.signs_in("nongye-jingban")
    edition = changed_edition(handler)
    reviewer.signs_in("fazhi")
    visit(reviewer.page, edition)
    press(reviewer.page, "审阅并签意见")
    shoot(reviewer.page, "list-review")
    press(reviewer.page, "同意，法制审核通过")
    head.signs_in("nongye-fuzeren")
    visit(head.page, edition)
    press(head.page, "审阅并签意见")
    press(head.page, "同意，负责人审批通过")
    filing = filed(handler)
    recipient.signs_in("beian")
    visit(recipient.page, filing)
    recipient.page.get_by_label("备案号").fill("示市监备〔2026〕131号")
    press(recipient.page, "接收备案")
    shoot(recipient.page, "filing")
    visit(head.page, edition)
    press(head.page, "公布施行")
    press(head.page, "公布施行")
    head.page.get_by_text("施行中").first.wait_for()
    citizen_compares(traveller(PHONE))


def changed_edition(handler: Traveller) -> str:
    """The next edition of the department's list, one ratio raised, with its reason, handed in; its address."""
    page = handler.goes("/desk/items/")
    press(page, "拟定新一版")
    edition = page.url
    page.get_by_role("link", name="农药经营的监督检查").first.click()
    press(page, "修改事项")
    page.get_by_label("抽查比例").fill("不低于15%")
    press(page, "保存")
    visit(page, edition)
    press(page, "写明整版的调整原因和依据")
    page.get_by_label("调整原因").select_option("PRACTICE")
    page.get_by_label("调整依据").fill("上年抽查发现的问题多")
    press(page, "保存")
    visit(page, edition)
    shoot(page, "list-changed")
    press(page, "提交审核")
    return edition


def filed(handler: Traveller) -> str:
    """What the rules want filed is sent; the filing's address."""
    page = handler.goes("/desk/filings/?state=PREPARED")
    page.get_by_role("link", name=re.compile("农业农村局事项清单第2版")).first.click()
    press(page, "报送市场监管部门")
    return page.url


def citizen_compares(citizen: Traveller) -> None:
    """The phone shows both editions with the reason of the change."""
    page = citizen.goes("/items/compare/?department=nongye")
    page.get_by_text("不低于15%").first.wait_for()
    assert "上年抽查发现的问题多" in page.inner_text("main")
    citizen.has_no_barrier()
    shoot(page, "list-compared")


def test_a_rough_block_from_a_spreadsheet_goes_in_as_far_as_it_is_good_and_out_again(traveller, county: County):
    handler = traveller()
    handler.signs_in("nongye-jingban")
    page = handler.goes("/desk/registers/imports/new/")
    page.get_by_label("或者粘贴").fill(PASTED)
    press(page, "读取文件")
    page.get_by_text("先导入没有问题的 2 行（其中 1 行有提醒）").first.wait_for()
    handler.has_no_barrier()
    shoot(page, "import-preview")
    batch = page.url
    visit(page, batch + "?show=faulty")
    for fault in ("科学计数法", "只能有 2 至 64 个半角"):
        page.get_by_text(fault).first.wait_for()
    visit(page, batch)
    press(page, "先导入没有问题的 2 行（其中 1 行有提醒）")
    page.get_by_text("已合并").first.wait_for()
    assert found(handler, "阿依古丽·买买提") == found(handler, "aygl") == 1
    assert found(handler, "短码店") == 0
    with page.expect_download() as problems:
        visit(page, batch)
        page.get_by_role("link", name="下载问题行").click()
    assert problems.value.suggested_filename.endswith((".csv", ".xlsx"))
    visit(page, batch)
    press(page, "撤销本次导入")
    shoot(page, "import-undo")
    press(page, "撤销本次导入")
    page.get_by_text("已撤销").first.wait_for()
    assert found(handler, "阿依古丽·买买提") == 0


def found(handler: Traveller, words: str) -> int:
    """How many rows the register shows for these words."""
    page = handler.goes(f"/desk/registers/?q={words}")
    return page.locator("table.list tbody tr", has_text="明察示范县").count()
