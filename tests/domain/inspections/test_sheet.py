from pathlib import Path

import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.inspections import actions, rules
from mingcha.domain.inspections.models import Evidence
from mingcha.domain.inspections.queries import sections_of
from mingcha.kit.action import current_action
from mingcha.kit.digests import sha256_hex
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import inspections as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(cast):
    return make.world(cast)


@pytest.fixture
def inspection(there):
    return make.started(there)


@pytest.fixture
def points(inspection):
    return [line.checkpoint for section in sections_of(inspection) for line in section.lines]


def events(inspection) -> list[str]:
    return [entry.event for entry in trail_of(inspection)]


def test_an_answer_is_kept_with_who_gave_it_and_when(there, inspection, points, noon):
    actions.answer(inspection, answers={points[0].pk: ("FAILS", " 未公示 ")}, by=there.people[1], at=noon)
    line = sections_of(inspection)[0].lines[0]
    assert (line.value, line.note, line.answer.answered_by, line.answer.answered_at) == (
        "FAILS",
        "未公示",
        there.people[1],
        noon,
    )


def test_saving_the_same_answers_again_does_nothing(there, inspection, points, noon):
    answers = {points[0].pk: ("MEETS", "")}
    assert actions.answer(inspection, answers=answers, by=there.people[0], at=noon) == 1
    assert actions.answer(inspection, answers=answers, by=there.people[1], at=noon) == 0
    assert events(inspection).count("inspection.answered") == 1


def test_a_failure_without_a_description_keeps_nothing(there, inspection, points, noon):
    answers = {points[0].pk: ("MEETS", ""), points[1].pk: ("FAILS", "")}
    with pytest.raises(Refused, match="写明看到了什么"):
        actions.answer(inspection, answers=answers, by=there.people[0], at=noon)
    assert sections_of(inspection)[0].answered == 0


def test_a_checkpoint_of_another_list_is_refused(there, inspection, noon):
    with pytest.raises(Refused, match="没有这个要点"):
        actions.answer(inspection, answers={999999: ("MEETS", "")}, by=there.people[0], at=noon)


def test_nobody_else_writes_on_the_sheet(cast, there, inspection, points, noon):
    for person in (cast.handler, cast.approver, cast.stranger):
        with pytest.raises(Forbidden):
            actions.answer(inspection, answers={points[0].pk: ("MEETS", "")}, by=person, at=noon)


def test_the_sheet_is_closed_before_the_start_and_after_the_end(cast, noon):
    there = make.world(cast)
    inspection = make.dispatched(there)
    with pytest.raises(Refused, match="两名执法人员都登记到场后再填"):
        actions.answer(inspection, answers={}, by=there.people[0], at=noon)
    make.arrive_all(there, inspection)
    make.fill(inspection)
    make.sign_all(inspection)
    actions.finish_visit(inspection, by=there.people[0], at=noon)
    with pytest.raises(Refused, match="检查单不能再改"):
        actions.attach_photo(inspection, content=make.photo("red"), file_name="x.jpg", by=there.people[0], at=noon)


def test_a_photo_is_kept_re_encoded_with_the_digest_of_what_was_sent(there, inspection, points, noon):
    sent = make.photo(kind="PNG")
    kept = actions.attach_photo(
        inspection, content=sent, file_name="门头.png", checkpoint=points[0], by=there.people[0], at=noon
    )
    stored = Path(kept.file.path).read_bytes()
    assert kept.sha256 == sha256_hex(sent)
    assert stored != sent
    assert stored.startswith(b"\xff\xd8\xff")
    assert (kept.taken_by, kept.taken_at, kept.checkpoint) == (there.people[0], noon, points[0])


def test_the_same_photo_twice_does_nothing(there, inspection, points, noon):
    kept = [
        actions.attach_photo(
            inspection, content=make.photo(), file_name="1.jpg", checkpoint=points[0], by=person, at=noon
        )
        for person in there.people
    ]
    assert kept[0].pk == kept[1].pk
    assert Evidence.objects.count() == 1
    assert events(inspection).count("inspection.photographed") == 1


def test_one_photo_does_not_prove_two_places(there, inspection, points, noon):
    for point, words in ((points[0], ""), (points[1], "已经附在“营业执照"), (None, "已经附在“营业执照")):
        sending = {"content": make.photo(), "file_name": "1.jpg", "checkpoint": point}
        if words:
            with pytest.raises(Refused, match=words):
                actions.attach_photo(inspection, **sending, by=there.people[0], at=noon)
        else:
            actions.attach_photo(inspection, **sending, by=there.people[0], at=noon)


def test_rubbish_is_refused_and_not_kept(there, inspection, points, noon):
    with pytest.raises(Refused, match="不是照片"):
        actions.attach_photo(
            inspection, content=b"MZ rubbish", file_name="1.jpg", checkpoint=points[0], by=there.people[0], at=noon
        )
    assert not Evidence.objects.exists()


def test_photos_are_decoded_before_anything_is_locked(there, inspection, points, noon, monkeypatch):
    during = []
    decode = rules.picture_of
    monkeypatch.setattr(rules, "picture_of", lambda content: during.append(current_action()) or decode(content))
    by = {"by": there.people[0], "at": noon}
    actions.attach_photo(inspection, content=make.photo("red"), file_name="1.jpg", **by)
    actions.save_section(inspection, answers={}, photos={points[0].pk: ("2.jpg", make.photo("blue"))}, **by)
    assert during == [None, None]
    assert Evidence.objects.count() == 2


def test_a_bad_photo_does_not_cost_what_was_typed_beside_it(there, inspection, points, noon):
    faults = actions.save_section(
        inspection,
        answers={points[0].pk: ("MEETS", "")},
        photos={points[0].pk: ("1.heic", b"rubbish"), points[1].pk: ("2.jpg", make.photo("red"))},
        by=there.people[0],
        at=noon,
    )
    assert list(faults) == [points[0].pk]
    first, second = sections_of(inspection)[0].lines
    assert (first.value, len(first.photos), len(second.photos)) == ("MEETS", 0, 1)


def test_a_change_after_a_signature_voids_the_signatures(there, noon):
    inspection = make.signed(there)
    point = sections_of(inspection)[0].lines[0].checkpoint
    actions.answer(inspection, answers={point.pk: ("FAILS", "后来发现")}, by=there.people[0], at=noon)
    inspection.refresh_from_db()
    assert not inspection.assignments.exclude(signed_at=None).exists()
    assert inspection.subject_outcome == ""
    assert "inspection.signatures_voided" in events(inspection)


def test_a_photo_after_a_signature_voids_the_signatures_too(there, noon):
    inspection = make.signed(there)
    actions.attach_photo(inspection, content=make.photo("red"), file_name="x.jpg", by=there.people[0], at=noon)
    with pytest.raises(Refused, match="签字后才能结束"):
        actions.finish_visit(inspection, by=there.people[0], at=noon)
