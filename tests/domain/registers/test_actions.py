"""Entering, closing, suspending: who may, what refuses, what trace it leaves."""

from datetime import date
from functools import partial

import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import Avoidance, Inspector, Subject, VisitNote
from mingcha.domain.registers.queries import firm_in
from mingcha.domain.registers.rules import InspectorEntry, SubjectEntry
from mingcha.kit.action import action
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import registers as make
from tests.factories.organisation import code_for, region

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def events(row) -> list[str]:
    return [entry.event for entry in trail_of(row)]


@action
def confirmed(*, by, at, **note) -> VisitNote:
    """Stands for the later app's action that reports a visit."""
    from mingcha.domain.audit.actions import record  # noqa: PLC0415 -- only this stand-in needs it

    record("inspections.result_confirmed", by=by, at=at)
    return actions.note_visit(note.pop("subject"), **note)


def test_a_subject_is_entered_into_the_register_of_the_departments_region(cast, noon):
    subject = actions.register_subject(
        code_for(1, prefix="91").lower(),
        department=cast.market,
        name=" 青禾粮油店 ",
        risk="B",
        by=cast.handler,
        at=noon,
    )
    assert (subject.region, subject.code, subject.name) == (cast.region, code_for(1, prefix="91"), "青禾粮油店")
    assert events(subject) == ["registers.subject_registered"]


def test_a_subject_is_entered_once_a_region(cast, noon):
    make.subject(1)
    with pytest.raises(Refused, match="已有"):
        actions.register_subject(code_for(1, prefix="91"), department=cast.market, name="甲", by=cast.handler, at=noon)
    assert Subject.objects.count() == 1


# proves S0-13
def test_an_object_without_business_registration_is_entered_under_its_own_number(cast, noon):
    subject = actions.register_subject("XX-2026-001", department=cast.market, name="示范小学", by=cast.handler, at=noon)
    assert "登记编号" in subject.warning


def test_a_subject_cannot_be_entered_without_a_name(cast, noon):
    with pytest.raises(Refused, match="名称"):
        actions.register_subject("A-1", department=cast.market, name="", by=cast.handler, at=noon)


# proves S2-12
def test_a_subject_is_closed_and_reopened_with_reasons_in_its_trail(cast, noon):
    subject = make.subject(1)
    subject = actions.close_subject(subject, reason="已注销", by=cast.handler, at=noon)
    assert not subject.is_open
    subject = actions.reopen_subject(subject, reason="标错了", by=cast.handler, at=noon)
    assert subject.is_open
    assert [(entry.event, entry.details["reason"]) for entry in trail_of(subject)] == [
        ("registers.subject_closed", "已注销"),
        ("registers.subject_reopened", "标错了"),
    ]


def test_closing_twice_is_refused_and_leaves_one_entry(cast, noon):
    subject = make.subject(1)
    actions.close_subject(subject, reason="已注销", by=cast.handler, at=noon)
    with pytest.raises(Refused):
        actions.close_subject(subject, reason="已注销", by=cast.handler, at=noon)
    assert events(subject) == ["registers.subject_closed"]


def test_closing_needs_a_reason(cast, noon):
    subject = make.subject(1)
    with pytest.raises(Refused, match="没有写理由"):
        actions.close_subject(subject, reason=" ", by=cast.handler, at=noon)


@pytest.mark.parametrize("who", ["stranger", "approver", "inspector", "supervisor", "system"])
def test_whoever_does_not_keep_the_register_changes_nothing(cast, noon, who):
    by = SYSTEM if who == "system" else getattr(cast, who)
    subject, person = make.subject(1), make.inspector(cast.market, 1)
    for act in (
        lambda: actions.close_subject(subject, reason="x", by=by, at=noon),
        lambda: actions.register_subject("A-1", department=cast.market, name="甲", by=by, at=noon),
        lambda: actions.suspend_inspector(person, reason="x", by=by, at=noon),
        lambda: actions.declare_avoidance(subject, person, reason="x", by=by, at=noon),
        lambda: actions.give_login(person, cast.inspector, by=by, at=noon),
    ):
        with pytest.raises(Forbidden):
            act()
    assert list(Subject.objects.values_list("state", flat=True)) == ["OPEN"]
    assert list(Inspector.objects.values_list("state", "user")) == [("ACTIVE", None)]


def enlisted(cast, noon, **changes) -> Inspector:
    values = {
        "code": "SJ-001",
        "department": cast.market,
        "name": "王示范",
        "certificate_no": "ZF-1",
        "certificate_until": date(2030, 12, 31),
        "areas": "101，102",
        **changes,
    }
    return actions.enlist_inspector(values.pop("code"), by=cast.handler, at=noon, **values)


def test_a_person_is_enlisted(cast, noon):
    person = enlisted(cast, noon)
    assert (person.areas, person.state) == ("101,102", "ACTIVE")
    assert events(person) == ["registers.inspector_enlisted"]


# proves S1-16
def test_an_ended_certificate_may_be_enlisted_but_does_not_inspect(cast, noon):
    assert not enlisted(cast, noon, certificate_until=date(2026, 11, 22)).may_inspect(TODAY)
    assert enlisted(cast, noon, code="SJ-2", certificate_no="ZF-2").may_inspect(TODAY)


def test_codes_and_certificates_are_given_once(cast, noon):
    enlisted(cast, noon)
    with pytest.raises(Refused, match="已有 SJ-001"):
        enlisted(cast, noon, certificate_no="ZF-2")
    with pytest.raises(Refused, match="王示范（SJ-001）"):
        enlisted(cast, noon, code="SJ-002")
    assert Inspector.objects.count() == 1


def test_nobody_is_enlisted_into_a_foreign_department(cast, noon):
    with pytest.raises(Forbidden):
        enlisted(cast, noon, department=cast.fire)


# proves S2-12
def test_a_person_is_suspended_and_restored(cast, noon):
    person = make.inspector(cast.market, 1)
    assert not actions.suspend_inspector(person, reason="调离", by=cast.handler, at=noon).may_inspect(TODAY)
    with pytest.raises(Refused):
        actions.suspend_inspector(person, reason="调离", by=cast.handler, at=noon)
    assert actions.restore_inspector(person, reason="回来", by=cast.handler, at=noon).may_inspect(TODAY)
    assert events(person) == ["registers.inspector_suspended", "registers.inspector_restored"]


def test_one_account_is_one_person(cast, noon):
    one, other = make.inspectors(2, cast.market)
    assert actions.give_login(one, cast.inspector, by=cast.handler, at=noon).user == cast.inspector
    with pytest.raises(Refused, match="这个账号已经是"):
        actions.give_login(other, cast.inspector, by=cast.handler, at=noon)


def test_an_avoidance_declared_twice_is_kept_once(cast, noon):
    subject, person = make.subject(1), make.inspector(cast.market, 1)
    first = actions.declare_avoidance(subject, person, reason="近亲属任职", by=cast.handler, at=noon)
    assert actions.declare_avoidance(subject, person, reason="近亲属任职", by=cast.handler, at=noon) == first
    assert Avoidance.objects.count() == 1
    assert events(first) == ["registers.avoidance_declared"]


def test_an_avoidance_outside_the_region_is_refused(cast, noon):
    elsewhere = make.subject(1, place=cast.stranger.department.region)
    with pytest.raises(Refused, match="不在这名人员的区划内"):
        actions.declare_avoidance(
            elsewhere, make.inspector(cast.market, 1), reason="近亲属任职", by=cast.handler, at=noon
        )


def test_a_visit_is_noted_once_and_a_problem_is_not_covered_by_a_clean_part(cast, noon):
    note = {"subject": make.subject(1), "item_code": "SC-1", "department": cast.market, "on": TODAY}
    assert confirmed(clean=True, by=cast.approver, at=noon, **note).is_clean
    assert not confirmed(clean=False, by=cast.approver, at=noon, **note).is_clean
    assert not confirmed(clean=True, by=cast.approver, at=noon, **note).is_clean
    assert VisitNote.objects.count() == 1


def test_a_correction_is_for_who_keeps_that_register(cast, noon):
    subject, person = make.subject(1), make.inspector(cast.market, 1)
    avoidance = make.avoidance(subject, person)
    entry = {key: getattr(subject, key) for key in SubjectEntry.__annotations__} | {"name": "新名"}
    changed = {key: getattr(person, key) for key in InspectorEntry.__annotations__} | {"name": "新名"}
    for by in (cast.approver, cast.stranger, cast.inspector, SYSTEM):
        told = {"reason": "x", "by": by, "at": noon}
        for act in (
            partial(actions.amend_subject, subject, entry=entry, seen=subject.changed_at),
            partial(actions.amend_inspector, person, entry=changed, seen=person.changed_at),
            partial(actions.withdraw_avoidance, avoidance),
        ):
            with pytest.raises(Forbidden):
                act(**told)


def test_an_avoidance_withdrawn_meanwhile_is_not_withdrawn_again(cast, noon):
    avoidance = make.avoidance(make.subject(1), make.inspector(cast.market, 1))
    stale = Avoidance.objects.get()
    actions.withdraw_avoidance(avoidance, reason="亲属已离职", by=cast.handler, at=noon)
    with pytest.raises(Refused, match="已经撤回"):
        actions.withdraw_avoidance(stale, reason="亲属已离职", by=cast.handler, at=noon)


def test_only_an_inspecting_account_of_the_department_is_given(cast, noon):
    with pytest.raises(Refused, match="不是市场监督管理局的执法检查人员账号"):
        actions.give_login(make.inspector(cast.market, 1), cast.approver, by=cast.handler, at=noon)


def test_a_firm_known_to_city_and_county_is_named_by_the_citys_entry():
    city, county = region("960100", "示范市"), region("960101", "示范区")
    wide, narrow = make.subject(1, place=city), make.subject(1, place=county)
    assert firm_in(city, wide.code) == wide
    assert firm_in(county, wide.code) == narrow
    assert firm_in(county, "NONE-1") is None
