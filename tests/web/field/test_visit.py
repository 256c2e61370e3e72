"""The whole way on the phone: 到场, 检查单, 签字, 结束, 录入结果."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mingcha.domain.inspections.models import Answer, Evidence, Inspection
from mingcha.domain.inspections.queries import sections_of
from mingcha.domain.plans.models import Campaign
from mingcha.domain.registers.models import Inspector
from tests.conftest import NOON
from tests.factories import inspections as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon_on_every_page(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def there(cast):
    return make.world(cast, joint=True)


@pytest.fixture
def phones(there, browse):
    return [browse(person) for person in there.people]


def at(name: str, inspection: Inspection, *more: int) -> str:
    return reverse(f"field:{name}", args=[inspection.pk, *more])


def text(answer) -> str:
    return answer.content.decode()


def page(phone, inspection: Inspection) -> str:
    return text(phone.get(at("visit", inspection)))


def now(inspection: Inspection) -> str:
    return Inspection.objects.get(pk=inspection.pk).state


def filled(section, **values) -> dict:
    """What the form of one item sends."""
    sent = {f"value-{line.checkpoint.pk}": "MEETS" for line in section.lines}
    sent |= {
        f"photo-{line.checkpoint.pk}": SimpleUploadedFile(
            f"{line.checkpoint.pk}.jpg", make.photo(f"#{line.checkpoint.pk:06x}")
        )
        for line in section.lines
        if line.checkpoint.photo_required
    }
    return sent | values


def test_a_visit_from_the_door_to_the_recorded_result(there, phones):
    inspection = make.dispatched(there)
    first, second = phones
    assert "我已到场" in page(first, inspection)
    first.post(at("visit_arrive", inspection))
    assert "等待另一名执法人员到场" in page(first, inspection)
    second.post(at("visit_arrive", inspection))
    assert now(inspection) == "VISITING"
    for section in sections_of(inspection):
        assert first.get(at("section", inspection, section.finding.pk)).status_code == 200
        answer = first.post(at("section", inspection, section.finding.pk), filled(section))
        assert answer.status_code == 302
    assert "核对并签字" in page(first, inspection)
    words = {"subject_outcome": "SIGNED", "subject_signed": "示范负责人", "subject_opinion": "无异议"}
    assert first.post(at("visit_sign", inspection), words).status_code == 302
    assert "还差" in page(first, inspection)
    assert "示范负责人" in text(second.get(at("visit_sign", inspection)))
    assert second.post(at("visit_sign", inspection)).status_code == 302
    before = text(first.get(at("visit_finish", inspection)))
    assert "48 小时的录入时限从这一刻开始" in before
    assert "检查结束</button>" in before
    answer = first.post(at("visit_finish", inspection))
    assert answer.url == at("visit_finished", inspection)
    after = text(first.get(answer.url))
    assert "加 48 小时（含周末和节假日）" in after
    results = {f"result-{finding.pk}": "01" for finding in inspection.findings.all()}
    assert first.post(at("result_record", inspection), results).status_code == 302
    assert now(inspection) == "RECORDED"
    assert "等待负责人审核" in page(first, inspection)


def test_the_button_is_not_offered_before_the_first_day(there, phones):
    inspection = make.dispatched(there)
    with unguarded():
        Campaign.objects.update(starts_on=date(2026, 11, 24))
    shown = page(phones[0], inspection)
    assert "2026年11月24日开始检查" in shown
    assert "我已到场</button>" not in shown
    refused = phones[0].post(at("visit_arrive", inspection))
    assert (refused.status_code, "从11月24日起检查" in text(refused)) == (409, True)


def test_an_expired_certificate_is_told_at_the_door(there, phones):
    inspection = make.dispatched(there)
    with unguarded():
        Inspector.objects.filter(user=there.people[0]).update(certificate_until=date(2026, 11, 22))
    refused = phones[0].post(
        at("visit_arrive", inspection), headers={"referer": f"http://testserver{at('visit', inspection)}"}, follow=True
    )
    assert "执法证已于2026年11月22日到期" in text(refused)
    assert now(inspection) == "ASSIGNED"


def test_an_unfinished_item_is_saved_as_far_as_it_is(there, phones):
    inspection = make.started(there)
    section = sections_of(inspection)[0]
    only = section.lines[0].checkpoint.pk
    answer = phones[0].post(at("section", inspection, section.finding.pk), {f"value-{only}": "MEETS"}, follow=True)
    assert "已答 1/2" in text(answer)


def test_what_fails_without_a_description_stays_on_the_page(there, phones):
    inspection = make.started(there)
    section = sections_of(inspection)[0]
    first, second = (line.checkpoint.pk for line in section.lines)
    sent = {f"value-{first}": "FAILS", f"value-{second}": "MEETS", f"note-{second}": "照登记"}
    answer = phones[0].post(at("section", inspection, section.finding.pk), sent)
    assert answer.status_code == 422
    assert "写明看到了什么" in text(answer)
    assert "照登记" in text(answer)
    assert not Answer.objects.exists()


def test_a_description_without_a_choice_is_asked_about(there, phones):
    inspection = make.started(there)
    section = sections_of(inspection)[0]
    answer = phones[0].post(
        at("section", inspection, section.finding.pk), {f"note-{section.lines[0].checkpoint.pk}": "字"}
    )
    assert (answer.status_code, "还要选符合" in text(answer)) == (422, True)


def test_a_bad_photo_is_told_and_the_answers_are_kept(there, phones):
    inspection = make.started(there)
    section = sections_of(inspection)[0]
    bad = SimpleUploadedFile("1.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64)
    sent = filled(section, **{f"photo-{section.lines[0].checkpoint.pk}": bad})
    answer = phones[0].post(at("section", inspection, section.finding.pk), sent)
    assert answer.status_code == 422
    assert "答案已保存，照片没有：这张照片是 HEIC 格式" in text(answer)
    assert (Answer.objects.count(), Evidence.objects.count()) == (2, 0)


def test_pressing_everything_twice_does_nothing_twice(there, phones):
    inspection = make.signed(there)
    first = phones[0]
    section = sections_of(inspection)[0]
    same = {f"value-{line.checkpoint.pk}": line.value for line in section.lines}
    for address, sent in (
        (at("visit_arrive", inspection), {}),
        (at("section", inspection, section.finding.pk), same),
        (at("visit_sign", inspection), {}),
    ):
        assert first.post(address, sent).status_code == 302
    inspection.refresh_from_db()
    assert [row.signed_at for row in inspection.assignments.all()] == [NOON, NOON]
    first.post(at("visit_finish", inspection))
    again = first.post(at("visit_finish", inspection))
    assert (again.status_code, "不能再点" in text(again)) == (409, True)


def test_after_the_end_the_sheet_leads_back_to_the_visit(there, phones):
    inspection = make.finished(there)
    section = sections_of(inspection)[0]
    for name, more in (("section", [section.finding.pk]), ("visit_sign", []), ("visit_finish", [])):
        assert phones[0].get(at(name, inspection, *more)).url == at("visit", inspection)
    late = phones[0].post(
        at("section", inspection, section.finding.pk),
        {f"value-{section.lines[0].checkpoint.pk}": "FAILS", f"note-{section.lines[0].checkpoint.pk}": "字"},
    )
    assert (late.status_code, "检查单不能再改" in text(late)) == (422, True)


def test_the_end_is_not_offered_before_everyone_has_signed(there, phones):
    inspection = make.started(there)
    assert phones[0].get(at("visit_finish", inspection)).url == at("visit", inspection)
    assert phones[0].get(at("visit_finished", inspection)).url == at("visit", inspection)
    assert phones[0].get(at("result_record", inspection)).url == at("visit", inspection)


def test_an_incomplete_sheet_shows_what_is_missing_and_no_signature_button(there, phones):
    inspection = make.started(there)
    shown = text(phones[0].get(at("visit_sign", inspection)))
    assert "还有 4 处没有完成" in shown
    assert "我签字" not in shown


def test_a_refusal_of_the_unit_needs_its_reason(there, phones):
    inspection = make.started(there)
    make.fill(inspection)
    answer = phones[0].post(at("visit_sign", inspection), {"subject_outcome": "REFUSED"})
    assert (answer.status_code, "写明没有签字的原因" in text(answer)) == (422, True)


def test_a_contradicting_result_stays_on_the_page(there, phones):
    inspection = make.finished(there, value="FAILS", note="未公示")
    results = {f"result-{finding.pk}": "01" for finding in inspection.findings.all()}
    answer = phones[0].post(at("result_record", inspection), results)
    assert (answer.status_code, "结果不能是“未发现问题”" in text(answer)) == (422, True)
    assert now(inspection) == "FINISHED"


def test_a_photo_is_served_to_the_party_only(there, cast, browse, phones):
    inspection = make.signed(there)
    photo = reverse("field:photo", args=[inspection.evidence.all()[0].pk])
    answer = phones[1].get(photo)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")
    for person in (there.fire[0], cast.stranger):
        assert browse(person).get(photo).status_code == 404
    assert browse().get(photo).status_code == 302


@pytest.mark.parametrize("name", ["visit", "visit_sign", "visit_finish", "visit_finished", "result_record"])
def test_other_peoples_visits_are_not_found(there, cast, browse, name):
    inspection = make.signed(there)
    for person in (there.fire[0], cast.handler, cast.stranger):
        assert browse(person).get(at(name, inspection)).status_code == 404


def test_a_section_of_another_inspection_is_not_found(there, phones):
    inspection = make.started(there)
    foreign = Inspection.objects.exclude(pk=inspection.pk)[0].findings.all()[0]
    assert phones[0].get(at("section", inspection, foreign.pk)).status_code == 404


def test_looking_never_changes_anything(there, phones):
    inspection = make.dispatched(there)
    assert phones[0].get(at("visit_arrive", inspection)).status_code == 405
    assert phones[0].delete(at("visit", inspection)).status_code == 405
    assert now(inspection) == "ASSIGNED"
