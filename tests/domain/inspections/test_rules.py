from datetime import date

import pytest

from mingcha.domain.catalogue.models import Checkpoint, InspectionItem
from mingcha.domain.draws.models import Draw
from mingcha.domain.inspections import rules
from mingcha.domain.inspections.models import Assignment, Evidence, Finding, Inspection
from mingcha.domain.registers.models import Inspector
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON

TODAY = date(2026, 11, 23)
POINT = Checkpoint(pk=7, text="营业执照公示", photo_required=True)


def person(name: str = "甲", until: date = date(2030, 1, 1), state: str = "ACTIVE") -> Inspector:
    return Inspector(name=name, certificate_until=until, state=state)


def there(name: str = "甲", *, signed: bool = True) -> Assignment:
    return Assignment(inspector=person(name), arrived_at=NOON, signed_at=NOON if signed else None)


def test_a_draw_is_dispatched_once():
    rules.check_dispatchable(Draw(number="D-1"), visits=0)
    with pytest.raises(Refused, match="已经派发过"):
        rules.check_dispatchable(Draw(number="D-1"), visits=3)


def test_a_rehearsal_is_never_dispatched():
    with pytest.raises(Refused, match="D-YANLIAN-001 是演练，企业和人员都是虚构的，不能派发检查"):
        rules.check_dispatchable(Draw(number="D-YANLIAN-001", is_rehearsal=True), visits=0)


def test_nobody_arrives_where_a_reserve_is_visited_instead():
    with pytest.raises(Refused, match="已由备选替换"):
        rules.check_arrivable(Inspection(state="CALLED_OFF"), starts_on=TODAY, on=TODAY)


def test_an_item_that_is_not_listed_any_more_stops_the_inspection():
    item = InspectionItem(code="M-01", title="登记事项")
    assert rules.check_listed(item, item) is item
    with pytest.raises(Refused, match="“登记事项”（M-01）已不在施行的事项清单里"):
        rules.check_listed(item, None)


def test_nobody_arrives_before_the_campaign_begins():
    inspection = Inspection(state="ASSIGNED")
    rules.check_arrivable(inspection, starts_on=TODAY, on=TODAY)
    with pytest.raises(Refused, match="从11月24日起检查"):
        rules.check_arrivable(inspection, starts_on=date(2026, 11, 24), on=TODAY)


def test_nobody_arrives_after_the_visit_has_ended():
    with pytest.raises(Refused, match="已经结束"):
        rules.check_arrivable(Inspection(state="FINISHED"), starts_on=TODAY, on=TODAY)


def test_only_the_drawn_party_goes_in():
    with pytest.raises(Forbidden, match="不在这户的检查人员里"):
        rules.check_assigned(None)


def test_a_certificate_is_good_on_its_last_day_and_not_on_the_next():
    rules.check_certified(person(until=TODAY), on=TODAY)
    with pytest.raises(Refused, match="甲的执法证已于2026年11月22日到期"):
        rules.check_certified(person(until=date(2026, 11, 22)), on=TODAY)


def test_a_suspended_inspector_does_not_inspect():
    with pytest.raises(Refused, match="甲已暂停执法或已出库"):
        rules.check_certified(person(state="SUSPENDED"), on=TODAY)


def test_one_inspector_alone_does_not_start():
    rules.check_startable([person(), person("乙")], on=TODAY)
    with pytest.raises(Refused, match="等待另一名执法人员到场"):
        rules.check_startable([person()], on=TODAY)


def test_two_of_whom_one_is_not_certified_do_not_start():
    with pytest.raises(Refused, match="乙的执法证"):
        rules.check_startable([person(), person("乙", until=date(2026, 1, 1))], on=TODAY)


@pytest.mark.parametrize(
    ("state", "arrived", "words"),
    [
        ("ASSIGNED", NOON, "两名执法人员都登记到场后再填"),
        ("FINISHED", NOON, "检查单不能再改"),
        ("VISITING", None, "还没有登记到场"),
    ],
)
def test_the_sheet_is_open_only_on_the_spot(state, arrived, words):
    with pytest.raises(Refused, match=words):
        rules.check_answerable(Inspection(state=state), Assignment(arrived_at=arrived))


def test_what_fails_is_described():
    rules.check_answer(POINT, value="MEETS", note="")
    with pytest.raises(Refused, match="写明看到了什么") as refusal:
        rules.check_answer(POINT, value="FAILS", note="  ")
    assert refusal.value.field == "note-7"


def test_an_answer_is_one_of_three_words():
    with pytest.raises(Refused, match="选符合、不符合或不适用"):
        rules.check_answer(POINT, value="MAYBE", note="")


def test_a_note_fits_its_column():
    with pytest.raises(Refused, match="最多 500 字，现在 501 字"):
        rules.check_answer(POINT, value="MEETS", note="字" * 501)


def test_a_checkpoint_of_another_sheet_is_refused():
    with pytest.raises(Refused, match="没有这个要点"):
        rules.check_on_sheet(None)


def test_a_photo_proves_one_place_and_nine_are_enough():
    rules.check_photo_place(photos=8, elsewhere=None)
    with pytest.raises(Refused, match="已经附在“营业执照公示”上"):
        rules.check_photo_place(photos=0, elsewhere=Evidence(checkpoint=POINT))
    with pytest.raises(Refused, match="已有 9 张照片"):
        rules.check_photo_place(photos=9, elsewhere=None)


@pytest.mark.parametrize(
    ("value", "photos", "lack"),
    [("", 1, "还没有回答"), ("MEETS", 0, "还缺照片"), ("NOT_APPLICABLE", 0, ""), ("FAILS", 1, "")],
)
def test_what_a_checkpoint_lacks(value, photos, lack):
    assert rules.lack_of(POINT, value=value, photos=photos) == lack


def test_an_incomplete_sheet_names_its_first_gap():
    rules.check_complete([(POINT, "")])
    with pytest.raises(Refused, match="还有 2 处没有完成，先看“营业执照公示”：还缺照片"):
        rules.check_complete([(POINT, "还缺照片"), (POINT, "还没有回答")])


def test_only_people_on_the_spot_sign_while_the_visit_runs():
    rules.check_signable(Inspection(state="VISITING"), there())
    with pytest.raises(Refused, match="不在检查中"):
        rules.check_signable(Inspection(state="FINISHED"), there())
    with pytest.raises(Refused, match="没有登记到场，不能签字"):
        rules.check_signable(Inspection(state="VISITING"), Assignment(arrived_at=None))


@pytest.mark.parametrize(
    ("outcome", "signed", "opinion", "words"),
    [
        ("", "王", "", "选被检查单位的签署情况"),
        ("SIGNED", " ", "无异议", "填写被检查单位签字人的姓名"),
        ("REFUSED", "", "", "写明没有签字的原因"),
        ("ABSENT", "", " ", "写明没有签字的原因"),
        ("SIGNED", "名" * 61, "", "最多 60 字"),
    ],
)
def test_the_unit_signs_or_the_record_says_why_not(outcome, signed, opinion, words):
    with pytest.raises(Refused, match=words):
        rules.check_subject_part(outcome, signed=signed, opinion=opinion)


def test_a_refusal_with_its_reason_is_as_good_as_a_signature():
    rules.check_subject_part("REFUSED", signed="", opinion="负责人离场，门卫在场")


def test_a_visit_ends_when_everyone_who_came_has_signed():
    visiting = Inspection(state="VISITING")
    rules.check_finishable(visiting, [there(), there("乙"), Assignment(inspector=person("丙"))])
    with pytest.raises(Refused, match="还差乙签字"):
        rules.check_finishable(visiting, [there(), there("乙", signed=False)])
    with pytest.raises(Refused, match="不足两名"):
        rules.check_finishable(visiting, [there()])
    with pytest.raises(Refused, match="不在检查中"):
        rules.check_finishable(Inspection(state="FINISHED"), [there(), there("乙")])


def finding(pk: int = 1) -> Finding:
    return Finding(pk=pk, item=InspectionItem(title="登记事项"))


def test_a_result_does_not_contradict_the_answers():
    rules.check_results([finding()], results={1: ("01", "")}, answers={1: ["MEETS", "NOT_APPLICABLE"]})
    with pytest.raises(Refused, match="结果不能是“未发现问题”"):
        rules.check_results([finding()], results={1: ("01", "")}, answers={1: ["MEETS", "FAILS"]})


def test_every_item_has_a_result_of_the_code_table():
    for results in ({}, {1: ("77", "")}):
        with pytest.raises(Refused, match="选检查结果") as refusal:
            rules.check_results([finding()], results=results, answers={})
        assert refusal.value.field == "result-1"


def test_a_problem_is_described():
    with pytest.raises(Refused, match="写明发现的问题"):
        rules.check_results([finding()], results={1: ("05", " ")}, answers={})
    rules.check_results([finding()], results={1: ("04", "")}, answers={})
    with pytest.raises(Refused, match="最多 1000 字"):
        rules.check_results([finding()], results={1: ("05", "字" * 1001)}, answers={})


def test_results_are_entered_after_the_visit_by_someone_who_was_there():
    rules.check_recordable(Inspection(state="FINISHED"), there())
    with pytest.raises(Refused, match="检查结束后录入"):
        rules.check_recordable(Inspection(state="RECORDED"), there())
    with pytest.raises(Forbidden, match="谁检查、谁录入"):
        rules.check_recordable(Inspection(state="FINISHED"), Assignment(arrived_at=None))


def test_whoever_entered_a_result_does_not_confirm_it():
    recorded = Inspection(state="RECORDED", recorded_by_id=5)
    rules.check_confirmable(recorded, by_pk=6)
    with pytest.raises(Forbidden, match="不能是同一个人"):
        rules.check_confirmable(recorded, by_pk=5)
    with pytest.raises(Refused, match="没有待审核的结果"):
        rules.check_confirmable(Inspection(state="CONFIRMED"), by_pk=6)


def test_a_result_goes_back_with_a_reason():
    recorded = Inspection(state="RECORDED")
    rules.check_returnable(recorded, remark="结果与答案不符")
    with pytest.raises(Refused, match="写明要改什么"):
        rules.check_returnable(recorded, remark=" ")
    with pytest.raises(Refused, match="没有待审核的结果"):
        rules.check_returnable(Inspection(state="FINISHED"), remark="改")
