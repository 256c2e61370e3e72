"""核对 at the desk: what a handler sees, decides and hands over."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mingcha.domain.catalogue.models import ItemList, OutsideList
from mingcha.kit.tabular import plain_heading, read_table
from mingcha.web.desk.reconciliation_words import marked
from tests.conftest import NOON
from tests.factories import organisation as people
from tests.factories import reconciliation as make

pytestmark = pytest.mark.django_db

LIST = "/desk/items/reconciliation/"
NEW = f"{LIST}new/"
SUCCESSION = "/desk/items/succession/"
HEADING = "机构代码,事项编码,事项名称,检查依据,检查方式,检查比例,检查频次\n"


@pytest.fixture(autouse=True)
def noon_at_the_desk(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def rules_of_yudu(cast):
    return make.yudu_rules(cast.region)


@pytest.fixture
def compared(cast, rules_of_yudu) -> OutsideList:
    return make.all_six(cast.market, cast.handler)


def page_of(outside_list: OutsideList, end: str = "") -> str:
    return f"{LIST}{outside_list.pk}/{end}"


def upload(client, text: str, department: str = "market", name: str = "导出.csv"):
    return client.post(NEW, {"department": department, "file": SimpleUploadedFile(name, text.encode())})


def line(cast, code: str = "M-01", title: str = "示范事项 M-01", organisation: str = "") -> str:
    return f"{organisation or cast.market.uscc},{code},{title},《示范条例》第一条,实地检查,3%,每年1次\n"


def words_of(response) -> str:
    return response.content.decode()


# proves S1-01
def test_an_export_is_read_compared_and_shown(cast, browse, rules_of_yudu):
    make.in_force(cast.market, cast.handler, ["M-01", "M-02"])
    client = browse(cast.handler)
    assert client.get(NEW).context["form"]["department"].value() == "market"
    response = upload(client, HEADING + line(cast, title="改过的名称"))
    received = OutsideList.objects.get()
    assert response["Location"] == page_of(received)
    page = words_of(client.get(page_of(received)))
    assert "<ins>改过的名称</ins>" in page
    assert received.source == "文件 导出.csv"
    assert set(received.differences.values_list("code", "kind")) == {("M-01", "TITLE"), ("M-02", "NUMBER")}


def test_every_fault_of_a_file_is_shown_and_nothing_is_kept(cast, browse, rules_of_yudu):
    response = upload(browse(cast.handler), HEADING + line(cast, code="") + line(cast, title=""))
    assert response.status_code == 422
    page = words_of(response)
    assert "2 处问题，文件没有接收" in page
    assert "实施编码" in page
    assert not OutsideList.objects.exists()


@pytest.mark.parametrize(("content", "sentence"), [("", "是空的"), ("%PDF-1.7", "PDF"), ("只有一行", "6 处问题")])
def test_what_is_no_export_is_refused_on_the_page(cast, browse, rules_of_yudu, content, sentence):
    response = upload(browse(cast.handler), content)
    assert response.status_code == 422
    assert sentence in words_of(response)


def test_a_list_that_names_nobody_is_refused_on_the_page(cast, browse, rules_of_yudu):
    text = HEADING.removeprefix("机构代码,") + line(cast).split(",", 1)[1]
    response = upload(browse(cast.handler), text)
    assert (response.status_code, "清单里没有机构代码" in words_of(response)) == (422, True)


# proves S1-12
def test_all_six_kinds_stand_side_by_side_with_their_counts(cast, browse, compared):
    response = browse(cast.handler).get(page_of(compared))
    assert [(value, number) for value, _label, number in response.context["kinds"]] == [
        ("NUMBER", 2),
        ("TITLE", 1),
        ("BASIS", 1),
        ("METHOD", 1),
        ("RATIO", 1),
        ("FREQUENCY", 1),
    ]
    page = words_of(response)
    for word in ("≠ 事项数量", "≠ 检查频次", "没有这个事项", "<ins>不低于10%</ins>", "为什么比对这几项？"):
        assert word in page
    only = browse(cast.handler).get(page_of(compared) + "?kind=RATIO")
    assert [row.difference.code for row in only.context["rows"]] == ["M-04"]


# proves S1-10
def test_other_organisations_are_shown_with_both_codes(cast, browse, rules_of_yudu):
    make.in_force(cast.market, cast.handler, ["M-01"])
    received = make.receive(cast.market, [make.row("M-01", cast.fire)], by=cast.handler)
    page = words_of(browse(cast.handler).get(page_of(received)))
    grouped = [" ".join(code[at : at + 4] for at in range(0, 18, 4)) for code in (cast.fire.uscc, cast.market.uscc)]
    assert all(code in page for code in grouped)
    assert "没有一行是本部门的" in page
    assert "都一致" not in page


# proves S1-12
def test_agreement_is_said_in_words_with_its_moment(cast, browse, rules_of_yudu):
    make.in_force(cast.market, cast.handler, ["M-01"])
    received = make.receive(cast.market, [make.row("M-01", cast.market)], by=cast.handler)
    page = words_of(browse(cast.handler).get(page_of(received)))
    assert "2026年11月23日 12:00 核对了 1 个事项，没有差异" in page
    assert "检查频次都一致" in page


# proves S1-10
def test_agreement_is_not_claimed_while_rows_stand_under_another_code(cast, browse, rules_of_yudu):
    make.in_force(cast.market, cast.handler, ["M-01", "M-02"])
    rows = [make.row("M-01", cast.market), make.row("M-02", cast.market, 3, organisation_code=people.code_for(77))]
    received = make.receive(cast.market, rows, by=cast.handler)
    page = words_of(browse(cast.handler).get(page_of(received)))
    assert "不能说两边一致" in page
    assert "都一致" not in page


def test_ticked_differences_are_decided_with_a_reason(cast, browse, compared):
    client, chosen = browse(cast.handler), compared.differences.get(kind="RATIO")
    said = {"chosen": [chosen.pk], "verdict": "KEEP_OURS", "reason": "市局文件规定"}
    assert client.post(page_of(compared), said).status_code == 302
    chosen.refresh_from_db()
    assert (chosen.verdict, chosen.reason) == ("KEEP_OURS", "市局文件规定")
    assert compared.differences.filter(verdict="OPEN").count() == 6
    assert "市局文件规定" in words_of(client.get(page_of(compared)))


def test_what_the_filter_shows_can_be_decided_whole(cast, browse, compared):
    said = {"whole": "on", "verdict": "TAKE_THEIRS", "reason": "照省里的"}
    browse(cast.handler).post(page_of(compared) + "?kind=NUMBER", said)
    assert set(compared.differences.exclude(verdict="OPEN").values_list("kind", flat=True)) == {"NUMBER"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "没有写理由"),
        ({"verdict": ""}, "没有选处理"),
        ({"chosen": []}, "没有选中差异"),
        ({"chosen": ["abc", "9" * 30, "-1"]}, "没有选中差异"),
    ],
)
def test_a_decision_that_lacks_something_keeps_what_was_typed(cast, browse, compared, changes, sentence):
    some = compared.differences.first()
    said = {"chosen": [some.pk], "verdict": "KEEP_OURS", "reason": "写好的理由", **changes}
    response = browse(cast.handler).post(page_of(compared), said)
    assert response.status_code == 422
    assert sentence in words_of(response)
    if "chosen" not in changes:
        assert any(row.ticked for row in response.context["rows"])


def test_what_was_taken_is_shown_and_written_at_one_press(cast, browse, compared):
    make.decide(compared, "TAKE_THEIRS", by=cast.handler)
    client = browse(cast.handler)
    assert "把 7 条写入草稿" in words_of(client.get(page_of(compared)))
    preview = words_of(client.get(page_of(compared, "draft/")))
    assert "新增事项" in preview
    assert "删去事项" in preview
    assert '<option value="" selected>选一个原因</option>' in preview
    left = client.post(page_of(compared, "draft/"), {"reason": "", "note": "按省系统核对"})
    assert left.status_code == 422 and "还没有选调整原因" in words_of(left)
    assert client.post(page_of(compared, "draft/"), {"reason": "PRACTICE", "note": ""}).status_code == 422
    response = client.post(page_of(compared, "draft/"), {"reason": "PRACTICE", "note": "按省系统核对"})
    draft = ItemList.objects.get(state="DRAFT")
    assert response["Location"] == f"/desk/items/lists/{draft.pk}/"
    assert "已写入第 2 版" in words_of(client.get(page_of(compared)))
    again = client.post(page_of(compared, "draft/"), {"reason": "PRACTICE", "note": "按省系统核对"})
    assert (again.status_code, "已经写入的不再重复" in words_of(again)) == (422, True)


# proves S1-12
def test_what_the_superior_system_should_mend_is_handed_over_as_a_workbook(cast, browse, compared):
    make.decide(compared, "KEEP_OURS", by=cast.handler, code__in=["M-04", "M-06", "M-08"])
    response = browse(cast.handler).get(page_of(compared, "corrections.xlsx"))
    table = read_table(response.content, headings=[plain_heading("事项编码")])
    rows = [entry.cells for entry in table.lines]
    assert [row[1] for row in rows] == ["M-04", "M-06", "M-08"]
    assert rows[0][0] == cast.market.uscc
    assert rows[0][2:6] == ("检查比例", "不低于10%", "3%", "核对过文件")
    assert (rows[1][3], rows[2][4]) == ("没有这个事项", "不应有这个事项")


# proves S1-12
def test_a_later_comparison_shows_what_was_said_before_and_what_is_settled(cast, browse, compared):
    make.decide(compared, "KEEP_OURS", by=cast.handler, kind="TITLE")
    rows = make.differing_rows(cast.market)[:-1]
    later = make.receive(cast.market, rows, by=cast.handler)
    client = browse(cast.handler)
    page = words_of(client.get(page_of(later)))
    assert "上次核对时也有，当时：本平台无误，请上级系统更正（核对过文件）" in page
    assert "已有 1 条不再存在" in page
    old = words_of(client.get(page_of(compared)))
    assert "之后又核对过" in old
    assert 'name="chosen"' not in old


def test_strangers_see_nothing_and_readers_decide_nothing(cast, browse, compared):
    for end in ("", "draft/", "corrections.xlsx"):
        assert browse(cast.stranger).get(page_of(compared, end)).status_code == 404
        assert browse().get(page_of(compared, end)).status_code == 302
    assert "market" not in [place.department.code for place in browse(cast.stranger).get(LIST).context["places"]]
    reader = browse(cast.approver)
    assert reader.get(LIST).status_code == reader.get(page_of(compared)).status_code == 200
    assert 'name="chosen"' not in words_of(reader.get(page_of(compared)))
    some = compared.differences.first().pk
    said = {"chosen": [some], "verdict": "KEEP_OURS", "reason": "x"}
    assert reader.post(page_of(compared), said).status_code == 403
    assert reader.get(page_of(compared, "draft/")).status_code == reader.get(NEW).status_code == 403
    assert browse(cast.inspector).get(LIST).status_code == browse(cast.inspector).get(SUCCESSION).status_code == 403
    assert upload(browse(cast.fire_handler), HEADING + line(cast)).status_code == 422


def test_wrong_methods_are_refused(cast, browse, compared):
    client = browse(cast.handler)
    for address in (LIST, SUCCESSION, page_of(compared, "corrections.xlsx")):
        assert client.post(address).status_code == 405
    for address in (NEW, page_of(compared), page_of(compared, "draft/")):
        assert client.delete(address).status_code == 405


@pytest.mark.parametrize("query", ["kind=X&verdict=Y&page=abc", "page=-3", "kind=%27%22", "department=%27", "page=1e9"])
def test_rubbish_in_the_address_is_passed_over(cast, browse, compared, query):
    client = browse(cast.handler)
    for address in (LIST, NEW, SUCCESSION, page_of(compared)):
        assert client.get(f"{address}?{query}").status_code == 200


def test_pages_ask_no_more_for_many_rows(cast, browse, rules_of_yudu, django_assert_max_num_queries):
    codes = [f"M-{number:03d}" for number in range(120)]
    make.in_force(cast.market, cast.handler, codes)
    rows = [make.row(code, cast.market, at, ratio_text="10%") for at, code in enumerate(codes)]
    received = make.receive(cast.market, rows, by=cast.handler)
    make.decide(received, "TAKE_THEIRS", by=cast.handler)
    client = browse(cast.handler)
    client.get(LIST)
    with django_assert_max_num_queries(45):
        assert len(client.get(page_of(received)).context["rows"]) == 50
    with django_assert_max_num_queries(25):
        client.get(LIST)
    with django_assert_max_num_queries(25):
        client.get(page_of(received, "draft/"))


def test_only_what_one_side_has_is_marked():
    assert marked("不低于3%", "不低于5%") == (
        [("不低于", False), ("3", True), ("%", False)],
        [("不低于", False), ("5", True), ("%", False)],
    )
    assert marked("实地检查", "书面审查") == ([("实地检查", True)], [("书面审查", True)])
    assert marked("", "新的") == ([("", False)], [("新的", False)])
    assert marked("长" * 601, "短") == ([("长" * 601, False)], [("短", False)])
