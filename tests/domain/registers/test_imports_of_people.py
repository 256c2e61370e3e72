"""Reading a file of people: held against the departments, the roster and one another."""

import pytest

from tests.domain.registers.readings import Reading, doubts, faults, file_of, part
from tests.factories import registers as make

pytestmark = pytest.mark.django_db
PEOPLE = ["名录编号", "姓名", "部门", "执法证号", "有效期至", "片区", "专业"]


@pytest.fixture
def inspectors(cast):
    def read(*rows: list[str], heading: list[str] = PEOPLE) -> Reading:
        return Reading(file_of(heading, *rows), make.batch(cast.market, kind="INSPECTORS"), cast.handler)

    return read


# proves S2-15
def test_a_full_row_of_people_is_read(cast, inspectors):
    heading = [*PEOPLE, "人员类别", "岗位", "执法队伍", "可查事项", "专家", "联系电话"]
    row = ["SJ-1", "王示范", "市场监督管理局", "ZF-1", "2030-12-31", "101、102", "食品，特种设备"]
    more = ["公务员", "食品监管", "一中队", "SC-1、SC-2", "是", "0990-1234567"]
    reading = inspectors([*row, *more], heading=heading)
    assert faults(reading) == []
    named = ("name", "department_id", "certificate_no", "certificate_until", "areas", "skills")
    assert part(reading.rows[0], *named) == {
        "name": "王示范", "department_id": cast.market.pk, "certificate_no": "ZF-1",
        "certificate_until": "2030-12-31", "areas": "101,102", "skills": "食品,特种设备",
    }  # fmt: skip
    assert part(reading.rows[0], "category", "post", "team", "item_codes", "is_expert", "phone") == {
        "category": "CIVIL_SERVANT", "post": "食品监管", "team": "一中队", "item_codes": '["SC-1", "SC-2"]',
        "is_expert": True, "phone": "0990-1234567",
    }  # fmt: skip


def test_an_ended_certificate_is_a_warning_here(inspectors):
    reading = inspectors(["SJ-1", "王", "", "ZF-1", "2026-11-22"], ["SJ-2", "李", "", "ZF-2", "2026-11-23"])
    assert faults(reading) == []
    assert [(line, column) for line, column, _reason in doubts(reading)] == [(2, "有效期至")]


def test_people_clash_with_one_another_with_the_roster_and_with_other_departments(cast, inspectors):
    make.inspector(cast.market, 1, certificate_no="ZF-9")
    make.inspector(cast.fire, 1)
    reading = inspectors(
        ["SJ-1", "王", "外单位", "ZF-1", "2030-12-31"],
        ["SJ-2", "李", "", "ZF-1", "2030-12-31"],
        ["SJ-3", "赵", "", "ZF-9", "2030-12-31"],
        ["fire-001", "钱", "", "ZF-7", "2030-12-31"],
        ["market-001", "孙", "", "ZF-9", "2030-12-31"],
    )
    assert faults(reading) == [
        (2, "部门", "没有这个部门，或者不归这个账号经办"),
        (3, "执法证号", "与第 2 行重复"),
        (4, "执法证号", "已登记在编号 market-001 名下"),
        (5, "名录编号", "这个编号已经是别的部门的人员"),
        (6, "执法证号", "与第 4 行重复"),
    ]
