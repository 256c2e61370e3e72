"""Data that one department asks another for: granted by its head, taken under the grant, each time on record."""

import io
from datetime import date, timedelta
from hashlib import sha256

import openpyxl
import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.registers import actions, queries
from mingcha.domain.registers.models import DataDelivery, DataRequest
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import registers as make

pytestmark = pytest.mark.django_db
END = date(2026, 12, 31)
ASKED = ["code", "name", "risk", "phone"]


def ask(cast, **values: object) -> DataRequest:
    given = {"register": "SUBJECTS", "fields": ASKED, "filters": {}, "purpose": "餐饮专项检查排查对象"}
    return actions.ask_for_data(cast.fire, cast.market, **{**given, **values}, by=cast.fire_handler, at=NOON)


def grant(request: DataRequest, cast, *fields: str, until: date = END) -> DataRequest:
    return actions.grant_request(request, fields=fields or ASKED, until=until, by=cast.approver, at=NOON)


def rows_of(content: bytes) -> list[tuple[object, ...]]:
    return [tuple(row) for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]


# proves S0-15
def test_data_are_asked_for_granted_taken_and_every_taking_is_on_record(cast):
    make.subject(1, name="=示范面馆", risk="C", phone="13800001234", industry="6210 正餐")
    make.subject(2, name="作废", state="VOID")
    request = grant(ask(cast), cast)
    taken = actions.take_data(request, by=cast.fire_handler, at=NOON)
    heading, row = rows_of(taken.content)
    assert heading == ("统一社会信用代码", "名称", "信用风险", "联系电话")
    assert row[1:] == ("=示范面馆", "C 较高", "13800001234")
    delivery = DataDelivery.objects.get()
    assert (delivery.rows, delivery.sha256, delivery.taken_by) == (
        1,
        sha256(taken.content).hexdigest(),
        cast.fire_handler,
    )
    assert [entry.event for entry in trail_of(request)] == [
        "registers.data_asked",
        "registers.data_granted",
        "registers.data_taken",
    ]
    assert delivery in queries.deliveries_visible_to(cast.approver)
    assert delivery not in queries.deliveries_visible_to(cast.stranger)


# proves S0-15
def test_what_the_owner_struck_out_is_not_given(cast):
    make.subject(1, phone="13800001234")
    request = grant(ask(cast), cast, "code", "name")
    taken = actions.take_data(request, by=cast.fire_handler, at=NOON)
    assert rows_of(taken.content)[0] == ("统一社会信用代码", "名称")
    assert "13800001234" not in str(rows_of(taken.content))


def test_a_request_may_be_narrowed_and_gives_the_register_of_that_day(cast):
    make.subject(1, industry="6210 正餐", category="TRADER")
    make.subject(2, industry="6110 旅游饭店", category="ENTERPRISE")
    request = grant(ask(cast, filters={"category": "TRADER", "industry": "正餐", "area": ""}), cast)
    assert request.filters == {"category": "TRADER", "industry": "正餐"}
    assert len(rows_of(actions.take_data(request, by=cast.fire_handler, at=NOON).content)) == 2
    make.subject(3, industry="6210 正餐", category="TRADER")
    assert len(rows_of(actions.take_data(request, by=cast.fire_handler, at=NOON).content)) == 3


def test_people_may_be_shared_and_their_numbers_only_where_granted_by_name(cast):
    make.inspector(cast.market, 1, phone="13800001234")
    make.inspector(cast.market, 2, state="LEFT")
    make.inspector(cast.fire, 3)
    asked = ask(cast, register="INSPECTORS", fields=["code", "name", "certificate_no", "phone"])
    request = grant(asked, cast, "code", "name")
    rows = rows_of(actions.take_data(request, by=cast.fire_handler, at=NOON).content)
    assert rows == [("名录编号", "姓名"), ("market-001", "示范人员001")]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"register": "SECRETS"}, "没有这个名录"),
        ({"fields": []}, "没有选字段"),
        ({"fields": ["search"]}, "没有字段 search"),
        ({"purpose": " "}, "没有写用途"),
        ({"filters": {"category": "FRIENDS"}}, "不认得的选项"),
        ({"filters": {"name": "x"}}, "不能用的内容"),
        ({"register": "INSPECTORS", "fields": ["code"], "filters": {"area": "A1"}}, "不能按条件"),
    ],
)
def test_what_cannot_be_asked_for_says_why(cast, values, reason):
    with pytest.raises(Refused, match=reason):
        ask(cast, **values)


def test_nobody_asks_himself_and_only_whoever_keeps_the_asking_register_asks(cast):
    with pytest.raises(Refused, match="本部门的数据不用申请"):
        given = {"register": "SUBJECTS", "fields": ["code"], "filters": {}, "purpose": "自用"}
        actions.ask_for_data(cast.market, cast.market, **given, by=cast.handler, at=NOON)
    with pytest.raises(Forbidden):
        actions.ask_for_data(cast.fire, cast.market, **given, by=cast.handler, at=NOON)


def test_only_the_owners_head_decides_once_and_within_what_was_asked(cast):
    request = ask(cast)
    for other in (cast.handler, cast.fire_approver, cast.supervisor):
        with pytest.raises(Forbidden):
            actions.grant_request(request, fields=["code"], until=END, by=other, at=NOON)
    with pytest.raises(Refused, match="超出了申请的"):
        grant(request, cast, "code", "contact")
    with pytest.raises(Refused, match="有效期已经过去"):
        grant(request, cast, until=date(2026, 11, 22))
    with pytest.raises(Refused, match="一个字段也没有同意"):
        actions.grant_request(request, fields=[], until=END, by=cast.approver, at=NOON)
    with pytest.raises(Refused, match="没有写不同意的理由"):
        actions.refuse_request(request, answer=" ", by=cast.approver, at=NOON)
    refused = actions.refuse_request(request, answer="用途不清", by=cast.approver, at=NOON)
    assert (refused.get_state_display(), refused.decided_by) == ("未同意", cast.approver)
    with pytest.raises(Refused, match="之后不能是"):
        grant(request, cast)


def test_nothing_is_taken_before_the_grant_after_its_end_or_once_it_was_taken_back(cast):
    request = ask(cast)
    with pytest.raises(Refused, match="待审批"):
        actions.take_data(request, by=cast.fire_handler, at=NOON)
    request = grant(request, cast)
    late = NOON + timedelta(days=39)
    with pytest.raises(Refused, match="已在 2026-12-31 结束"):
        actions.take_data(request, by=cast.fire_handler, at=late)
    for other in (cast.handler, cast.stranger):
        with pytest.raises(Forbidden):
            actions.take_data(request, by=other, at=NOON)
    actions.end_grant(request, reason="数据已外泄", by=cast.approver, at=NOON)
    with pytest.raises(Refused, match="已终止"):
        actions.take_data(request, by=cast.fire_handler, at=NOON)
    assert not DataDelivery.objects.exists()


def test_a_large_register_leaves_as_a_text_file(cast, monkeypatch):
    monkeypatch.setattr("mingcha.domain.registers.actions.sharing.MOST_IN_WORKBOOK", 2)
    for number in range(1, 4):
        make.subject(number, name="@示范" if number == 1 else f"示范{number}")
    taken = actions.take_data(grant(ask(cast), cast), by=cast.fire_handler, at=NOON)
    assert taken.name.endswith(".csv")
    assert "'@示范" in taken.content.decode("utf-8-sig")


def test_a_department_may_ask_those_of_its_region_and_around(cast):
    near = set(queries.owners_for(cast.fire))
    assert cast.market in near
    assert cast.fire not in near
    assert cast.stranger.department not in near
