"""What is masked, who looked behind the mask, what colleagues write down."""

import pytest

from mingcha.domain.audit.models import Entry
from mingcha.domain.registers import actions, queries
from mingcha.domain.registers.rules import masked_contact, masked_phone
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import registers as make

REASON = "通知现场检查时间"


@pytest.mark.parametrize(
    ("number", "shown"),
    [("13800001234", "138******34"), ("0797-1234567", "079*******67"), ("12345", "*****"), ("", "")],
)
def test_a_telephone_shows_its_ends_only(number, shown):
    assert masked_phone(number) == shown


def test_of_a_contact_only_the_surname_is_shown():
    assert (masked_contact("欧阳修文"), masked_contact(" 王建国 "), masked_contact("")) == ("欧阳某", "王某", "")


@pytest.mark.django_db
def test_whoever_looks_says_why_and_stays_on_record(cast):
    firm = make.subject(1, contact="王建国", phone="13800001234")
    shown = actions.show_personal(firm, reason=REASON, by=cast.handler, at=NOON)
    assert (shown.contact, shown.phone) == ("王建国", "13800001234")
    entry = Entry.objects.get(event="registers.personal_shown")
    assert (entry.details, entry.about_label) == ({"code": firm.code, "reason": REASON}, firm.name)
    assert "13800001234" not in str(entry.details)
    actions.show_personal(firm, reason=REASON, by=cast.handler, at=NOON)
    assert queries.lookers_visible_to(cast.approver).count() == 2  # each look counts


@pytest.mark.django_db
def test_a_persons_telephone_is_shown_to_the_own_keeper_only(cast):
    person = make.inspector(cast.market, phone="13900001234")
    assert actions.show_personal(person, reason=REASON, by=cast.handler, at=NOON).phone == "13900001234"
    for other in (cast.fire_handler, cast.approver, cast.stranger):
        with pytest.raises(Forbidden):
            actions.show_personal(person, reason=REASON, by=other, at=NOON)
    firm = make.subject(1, phone="13800001234")
    for other in (cast.stranger, cast.approver, cast.supervisor):
        with pytest.raises(Forbidden):
            actions.show_personal(firm, reason=REASON, by=other, at=NOON)


@pytest.mark.django_db
def test_without_a_reason_or_anything_to_show_nothing_is_shown(cast):
    with pytest.raises(Refused, match="没有可以显示的"):
        actions.show_personal(make.subject(1), reason=REASON, by=cast.handler, at=NOON)
    firm = make.subject(2, phone="13800001234")
    for reason in ("", "看看"):
        with pytest.raises(Refused, match="查看理由太短"):
            actions.show_personal(firm, reason=reason, by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="看不见的字符"):
        actions.show_personal(firm, reason="通知\u200b检查", by=cast.handler, at=NOON)
    assert not Entry.objects.filter(event="registers.personal_shown").exists()


@pytest.mark.django_db
def test_who_looked_is_read_by_auditors_discipline_and_the_own_head(cast):
    firm = make.subject(1, phone="13800001234")
    actions.show_personal(firm, reason=REASON, by=cast.handler, at=NOON)
    actions.show_personal(firm, reason=REASON, by=cast.fire_handler, at=NOON)
    assert queries.lookers_visible_to(cast.auditor).count() == 2
    assert queries.lookers_visible_to(cast.discipline).count() == 2
    assert [entry.chain for entry in queries.lookers_visible_to(cast.approver)] == ["market"]
    assert not queries.lookers_visible_to(cast.handler).exists()
    assert not queries.lookers_visible_to(cast.stranger).exists()


@pytest.mark.django_db
def test_a_note_is_written_and_stays(cast):
    firm = make.subject(1)
    note = actions.write_note(firm, text=" 换了经理。\n下次走后门 ", by=cast.handler, at=NOON)
    assert list(queries.journal_of(firm)) == [note]
    assert (note.text, note.written_by) == ("换了经理。\n下次走后门", cast.handler)
    assert "经理" not in str(Entry.objects.get(event="registers.note_written").details)
    with pytest.raises(Forbidden):
        actions.write_note(firm, text="来访", by=cast.stranger, at=NOON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (" \n ", "没有写内容"),
        ("字" * 2001, "超过 2000"),
        ("看\u200b见", "看不见的字符"),
        ("负责人 11010519491231002X 已到场", "居民身份证号"),
    ],
)
def test_a_note_that_cannot_be_says_why(cast, text, reason):
    with pytest.raises(Refused, match=reason):
        actions.write_note(make.subject(1), text=text, by=cast.handler, at=NOON)
