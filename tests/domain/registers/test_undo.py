"""Taking a merged file back: the register stands exactly as before, or the file stays and says why."""

from datetime import timedelta

import pytest

from mingcha.domain.audit.actions import record
from mingcha.domain.audit.models import Entry
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import ImportBatch, Inspector, ItemLink, LinkHold, StagedSubject, Subject
from mingcha.domain.registers.queries import changes_of, what_rests_on
from mingcha.kit.action import action
from mingcha.kit.errors import Forbidden, Refused
from tests.domain.registers.readings import file_of
from tests.factories import registers as make
from tests.factories.organisation import code_for, unguarded

pytestmark = pytest.mark.django_db
HEADING = ["统一社会信用代码", "名称", "信用风险", "成立日期"]
PEOPLE = ["名录编号", "姓名", "执法证号", "有效期至"]


def code(number: int) -> str:
    return code_for(number, prefix="91")


def register() -> list[dict]:
    return list(Subject.objects.order_by("code").values())


@pytest.fixture
def merged(cast, noon):
    def load(*rows, kind: str = "SUBJECTS", heading=HEADING) -> ImportBatch:
        batch = actions.read_file(
            kind, department=cast.market, file_name="名录.csv", content=file_of(heading, *rows),
            by=cast.handler, at=noon,
        )  # fmt: skip
        return actions.merge_batch(batch, by=cast.handler, at=noon)

    return load


@pytest.fixture
def undo(cast, noon):
    return lambda batch, **said: actions.undo_batch(batch, **{"by": cast.handler, "at": noon, **said})


def test_the_register_is_exactly_what_it_was(merged, undo):
    make.subject(1, name="旧名", risk="B")
    make.subject(2, name="乙")
    before = register()
    batch = merged([code(1), "新名", "C", "2020-05-18"], [code(2), "乙", "", ""], [code(3), "丙", "A", ""])
    assert register() != before
    undo(batch)
    assert register() == before
    batch.refresh_from_db()
    assert (batch.state, StagedSubject.objects.filter(batch=batch).exists()) == ("UNDONE", False)
    assert changes_of(Subject.objects.get(code=code(1))) == []
    entry = Entry.objects.get(event="registers.batch_undone")
    assert (entry.details["gone"], entry.details["back"]) == (1, 1)


def test_what_a_rule_linked_goes_with_the_file_and_what_a_person_linked_keeps_it(cast, merged, undo):
    batch = merged([code(1), "甲", "", ""], [code(2), "乙", "", ""])
    first, second = Subject.objects.order_by("code")
    make.link(first, cast.market, "M-01", by_hand=False)
    theirs = make.link(second, cast.market, "M-01", by_hand=True)
    with pytest.raises(Refused, match="乙"):
        undo(batch)
    assert ItemLink.objects.count() == 2
    with unguarded():
        theirs.delete()
    undo(batch)
    assert not Subject.objects.exists()


def test_what_a_rule_linked_stays_while_a_draw_holds_the_item(cast, noon, merged, undo):
    batch = merged([code(1), "甲", "", ""])
    make.link(Subject.objects.get(), cast.market, "M-01", by_hand=False)
    with unguarded():
        held = LinkHold.objects.create(department=cast.market, item_code="M-01", held_for="D-1", since=noon)
    with pytest.raises(Refused, match="抽取 D-1 已冻结，派发前不能减少事项 M-01 的关联"):
        undo(batch)
    assert ItemLink.objects.count() == 1
    with unguarded():
        held.delete()
    undo(batch)
    assert not Subject.objects.exists()


def test_it_is_taken_back_once(merged, undo):
    batch = undo(merged([code(1), "甲", "", ""]))
    with pytest.raises(Refused, match="已经撤销过"):
        undo(batch)


@pytest.mark.parametrize(("hours", "refused"), [(24, False), (25, True)])
def test_it_is_taken_back_within_a_day(merged, undo, noon, hours, refused):
    batch = merged([code(1), "甲", "", ""])
    if refused:
        with pytest.raises(Refused, match="超过 24 小时"):
            undo(batch, at=noon + timedelta(hours=hours))
    else:
        undo(batch, at=noon + timedelta(hours=hours))
    assert Subject.objects.exists() == refused


def test_what_was_not_merged_cannot_be_taken_back(cast, noon, undo):
    with pytest.raises(Refused, match="没有可以撤销的"):
        undo(make.batch(cast.market))


def _amended(cast, noon):
    with unguarded():
        Subject.objects.filter(code=code(1)).update(name="又改", changed_at=noon + timedelta(minutes=1))


def _visited(cast, noon):
    make.note(Subject.objects.get(code=code(3)), cast.market, on=noon.date())


def _confirmed(cast, noon):
    make.confirmed(cast, cast.market, at=noon + timedelta(hours=2))


def _drawn(cast, noon):
    @action
    def freeze() -> None:
        record("draw.frozen", None, by=cast.handler, at=noon + timedelta(minutes=1))

    freeze()


@pytest.mark.parametrize(
    "later",
    [
        (_amended, "之后又改过"),
        (_visited, r"示范丙.*已有"),
        (_confirmed, "确认过这个名录"),
        (_drawn, "已冻结名录"),
    ],
    ids=lambda later: later[0].__name__,
)
def test_whatever_rests_on_it_keeps_it_and_is_named(cast, noon, merged, undo, later):
    make.subject(1, name="旧名")
    batch = merged([code(1), "新名", "", ""], [code(3), "示范丙", "", ""])
    use, named = later
    use(cast, noon)
    after = register()
    with pytest.raises(Refused, match=named):
        undo(batch)
    assert register() == after
    assert what_rests_on(batch)


def test_another_departments_draw_elsewhere_does_not_keep_it(cast, noon, merged, undo):
    batch = merged([code(1), "甲", "", ""])

    @action
    def freeze() -> None:
        record("draw.frozen", None, by=cast.stranger, at=noon + timedelta(minutes=1))

    freeze()
    undo(batch)
    assert not Subject.objects.exists()


def test_people_are_taken_back_unless_they_have_an_account(cast, noon, merged, undo):
    person = make.inspector(cast.market, 1, name="旧名")
    before = list(Inspector.objects.values())
    row = [person.code, "新名", person.certificate_no, "2031-01-01"]
    undo(merged(row, ["SJ-9", "新人", "ZF-9", "2030-12-31"], kind="INSPECTORS", heading=PEOPLE))
    assert list(Inspector.objects.values()) == before
    batch = merged(row, ["SJ-9", "新人", "ZF-9", "2030-12-31"], kind="INSPECTORS", heading=PEOPLE)
    with unguarded():
        Inspector.objects.filter(code="SJ-9").update(user=cast.inspector)
    with pytest.raises(Refused, match="已关联账号"):
        undo(batch)


@pytest.mark.parametrize("who", ["stranger", "fire_handler", "approver"])
def test_only_who_keeps_the_register_takes_it_back(cast, merged, undo, who):
    batch = merged([code(1), "甲", "", ""])
    with pytest.raises(Forbidden):
        undo(batch, by=getattr(cast, who))
