"""Loading a file: read, shown, merged; all of it or nothing."""

import csv
import io
from datetime import date

import pytest

from mingcha.domain.audit.models import Entry
from mingcha.domain.audit.queries import trail_of
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import ImportBatch, ImportRemark, Inspector, StagedSubject, Subject
from mingcha.domain.registers.queries import changes_of, staged_rows, with_differences
from mingcha.kit.digests import sha256_hex
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import registers as make
from tests.factories.organisation import code_for, unguarded

pytestmark = pytest.mark.django_db
HEADING = ["统一社会信用代码", "名称", "信用风险", "登记状态", "成立日期"]


def file_of(*rows) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("gb18030")


def code(number: int) -> str:
    return code_for(number, prefix="91")


@pytest.fixture
def read(cast, noon):
    def load(*rows, kind: str = "SUBJECTS", heading=HEADING, by=None) -> ImportBatch:
        return actions.read_file(
            kind, department=cast.market, file_name="名录.csv", content=file_of(heading, *rows),
            by=by or cast.handler, at=noon,
        )  # fmt: skip

    return load


@pytest.fixture
def merge(cast, noon):
    return lambda batch, **said: actions.merge_batch(batch, by=cast.handler, at=noon, **said)


def counts(batch: ImportBatch) -> tuple[int, int, int]:
    return batch.created, batch.changed, batch.unchanged


# proves S2-13
def test_reading_shows_what_a_merge_would_do_and_changes_nothing(read):
    make.subject(1, name="旧名", risk="B")
    make.subject(2, name="乙", risk="C")
    batch = read([code(1), "新名", "B"], [code(2), "乙", "C"], [code(3), "丙", "A"])
    assert (batch.state, counts(batch), batch.rows) == ("CHECKED", (1, 1, 1), 3)
    assert batch.found == "CSV，GB18030 编码，第 1 行为表头"
    rows = with_differences(batch, staged_rows(batch))
    assert [(row.line, row.verdict, row.before) for row in rows] == [
        (2, "CHANGED", {"name": "旧名"}),
        (3, "UNCHANGED", {}),
        (4, "CREATED", {}),
    ]
    assert list(Subject.objects.values_list("name", flat=True)) == ["旧名", "乙"]


# proves S2-13
def test_one_fault_keeps_the_whole_file_out_until_somebody_takes_the_good_rows_alone(read, merge):
    batch = read([code(1), "甲"], ["3.7E+14", "乙"], [code(3), ""])
    assert (batch.state, batch.fault_count, batch.faulty, batch.good) == ("CHECKED", 2, 2, 1)
    assert [remark.line for remark in ImportRemark.objects.filter(is_fault=True)] == [3, 4]
    with pytest.raises(Refused, match=r"2 行有问题.*先导入无误的 1 行"):
        merge(batch)
    assert not Subject.objects.exists()
    merge(batch, good_only=True)
    assert [subject.name for subject in Subject.objects.all()] == ["甲"]
    entry = Entry.objects.get(event="registers.batch_merged")
    assert (entry.details["left_out"], entry.details["created"]) == (2, 1)


def test_a_file_without_a_good_row_is_refused(read, merge):
    batch = read(["3.7E+14", "乙"], [code(3), ""])
    assert (batch.state, batch.fault_count) == ("REFUSED", 2)
    with pytest.raises(Refused, match="有错误"):
        merge(batch)
    assert [entry.event for entry in trail_of(batch)] == ["registers.file_received", "registers.batch_refused"]


def test_a_file_that_is_no_table_leaves_no_import_behind(cast, noon):
    with pytest.raises(Refused, match="PDF"):
        actions.read_file(
            "SUBJECTS", department=cast.market, file_name="x.xlsx", content=b"%PDF-1.7", by=cast.handler, at=noon
        )
    assert not ImportBatch.objects.exists()


def test_merging_brings_the_register_in_line_and_keeps_what_the_file_does_not_say(read, merge, noon):
    make.subject(1, name="旧名", risk="B", address="东街", established_on=date(2020, 1, 2))
    merge(read([code(1), "新名", "", "注销", "2020-05-18"], [code(2), "乙", "A", "", ""]))
    first, second = Subject.objects.order_by("code")
    assert (first.name, first.risk, first.address, first.state) == ("新名", "B", "东街", "CLOSED")
    assert (first.established_on, first.changed_at) == (date(2020, 5, 18), noon)
    assert (second.name, second.risk, second.state, second.established_on) == ("乙", "A", "OPEN", None)


def test_a_row_that_changes_nothing_is_not_touched(read, merge):
    make.subject(1, name="甲")
    merge(read([code(1), "甲"], [code(2), "乙"]))
    assert Subject.objects.get(code=code(1)).changed_at == make.LONG_AGO


def test_the_same_file_again_changes_nothing(read, merge):
    rows = [[code(number), f"店{number}", "B", "存续", "2020-05-18"] for number in range(1, 4)]
    merge(read(*rows))
    before = list(Subject.objects.values())
    again = read(*rows)
    assert counts(again) == (0, 0, 3)
    merge(again)
    assert list(Subject.objects.values()) == before


def test_merging_twice_is_refused_in_words(read, merge):
    batch = read([code(1), "甲"])
    merge(batch)
    with pytest.raises(Refused, match="已经合并过"):
        merge(batch)
    assert Entry.objects.filter(event="registers.batch_merged").count() == 1


def test_a_dropped_file_cannot_be_merged_and_a_merged_one_not_dropped(cast, noon, read, merge):
    dropped, merged = read([code(1), "甲"]), read([code(2), "乙"])
    actions.drop_batch(dropped, by=cast.handler, at=noon)
    assert not StagedSubject.objects.filter(batch=dropped).exists()
    with pytest.raises(Refused, match="现在是“已放弃”"):
        merge(dropped)
    merge(merged)
    with pytest.raises(Refused, match="不能再放弃"):
        actions.drop_batch(merged, by=cast.handler, at=noon)
    assert list(Subject.objects.values_list("code", flat=True)) == [code(2)]


@pytest.mark.parametrize("changed", ["created", "renamed"])
def test_what_was_changed_after_the_reading_is_not_overwritten(cast, noon, read, merge, changed):
    if changed == "renamed":
        make.subject(1, name="旧名")
    batch = read([code(1), "新名"], [code(2), "乙"])
    if changed == "created":
        actions.register_subject(code(1), department=cast.market, name="别人登记", by=cast.handler, at=noon)
    else:
        with unguarded():
            Subject.objects.update(name="别人改的", changed_at=noon)
    with pytest.raises(Refused, match="有 1 条已被改动"):
        merge(batch)
    assert list(Subject.objects.values_list("name", flat=True)) != ["新名", "乙"]
    assert Subject.objects.count() == 1
    batch.refresh_from_db()
    assert batch.may_be_merged


# proves S2-12
def test_what_an_import_changed_stays_as_the_change_log_of_the_firm(read, merge):
    subject = make.subject(1, name="旧名", risk="B")
    merge(read([code(1), "新名", "C"], [code(2), "乙", "A"]))
    merge(read([code(1), "新名", "D"]))
    merge(read([code(1), "新名", "D"]))
    told = [(row.before.get("name"), row.before.get("risk"), row.batch.file_name) for row in changes_of(subject)]
    assert told == [(None, "C", "名录.csv"), ("旧名", "B", "名录.csv")]


def test_the_trail_keeps_the_files_digest_and_the_counts(read, merge):
    content = file_of(HEADING, [code(1), "甲"])
    merge(read([code(1), "甲"]))
    entry = Entry.objects.get(event="registers.batch_merged")
    assert entry.details == {
        "kind": "SUBJECTS", "file": "名录.csv", "sha256": sha256_hex(content),
        "rows": 1, "created": 1, "changed": 0, "unchanged": 0,
    }  # fmt: skip


@pytest.mark.parametrize("who", ["stranger", "fire_handler", "approver", "inspector"])
def test_only_who_keeps_the_departments_register_loads_files(cast, noon, read, who):
    with pytest.raises(Forbidden):
        read([code(1), "甲"], by=getattr(cast, who))
    batch = read([code(1), "甲"])
    for act in (actions.merge_batch, actions.drop_batch):
        with pytest.raises(Forbidden):
            act(batch, by=getattr(cast, who), at=noon)
    assert not Subject.objects.exists()


def test_a_merge_takes_few_statements_however_many_rows(read, merge, django_assert_max_num_queries):
    batch = read(*([code(number), f"店{number}", "B", "存续", "2020-05-18"] for number in range(1, 401)))
    with django_assert_max_num_queries(40):
        merge(batch)
    assert Subject.objects.count() == 400


PEOPLE = ["名录编号", "姓名", "部门", "执法证号", "有效期至", "片区", "专业"]


def test_people_are_enlisted_and_amended_by_file(cast, read, merge):
    known = make.inspector(cast.market, 1, user=cast.inspector, state="SUSPENDED")
    batch = read(
        [known.code, "改名", "", known.certificate_no, "2031-01-01", "", ""],
        ["SJ-9", "新人", "市场监督管理局", "ZF-9", "2030-12-31", "101", "食品"],
        kind="INSPECTORS",
        heading=PEOPLE,
    )
    assert counts(batch) == (1, 1, 0)
    merge(batch)
    known.refresh_from_db()
    assert (known.name, known.certificate_until, known.state, known.user) == (
        "改名", date(2031, 1, 1), "SUSPENDED", cast.inspector,
    )  # fmt: skip
    new = Inspector.objects.get(code="SJ-9")
    assert (new.department, new.areas, new.skills, new.state) == (cast.market, "101", "食品", "ACTIVE")


def test_people_without_a_department_belong_to_the_one_that_loads(cast, read, merge):
    merge(read(["SJ-9", "新人", "", "ZF-9", "2030-12-31", "", ""], kind="INSPECTORS", heading=PEOPLE))
    new = Inspector.objects.get()
    assert (new.department, new.areas) == (cast.market, "*")


def test_a_certificate_registered_for_someone_else_meanwhile_stops_the_merge(cast, read, merge):
    batch = read(["SJ-9", "新人", "", "ZF-9", "2030-12-31", "", ""], kind="INSPECTORS", heading=PEOPLE)
    make.inspector(cast.market, 1, certificate_no="ZF-9")
    with pytest.raises(Refused, match="有 1 条已被改动"):
        merge(batch)
    assert Inspector.objects.count() == 1


def test_the_person_may_map_the_columns(cast, noon):
    batch = actions.read_file(
        "SUBJECTS", department=cast.market, file_name="x.csv", content=file_of(["号", "名"], [code(1), "甲"]),
        by=cast.handler, at=noon, columns={"号": "code", "名": "name"},
    )  # fmt: skip
    assert batch.headings == [
        {"heading": "号", "field": "统一社会信用代码"},
        {"heading": "名", "field": "名称"},
    ]
