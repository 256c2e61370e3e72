"""From the drawn list to the end of a visit."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.catalogue.models import Checkpoint, InspectionItem
from mingcha.domain.draws.models import Draw
from mingcha.domain.inspections.models import Answer, Assignment, Evidence, Finding, Inspection, SubjectOutcome
from mingcha.domain.registers.models import Inspector
from mingcha.kit.errors import Forbidden, Refused

MIN_INSPECTORS = 2  # 《行政处罚法》第四十二条：执法人员不得少于两人
PHOTOS_A_CHECKPOINT = 9


def start_of(on: date) -> datetime:
    """00:00 of a day in Asia/Shanghai."""
    return timezone.make_aware(datetime.combine(on, time.min))


def check_length(text: str, *, limit: int, field: str = "") -> None:
    """What a column holds, said before the database says it."""
    if len(text) > limit:
        raise Refused(
            _("文字太长：最多 %(limit)d 字，现在 %(now)d 字") % {"limit": limit, "now": len(text)}, field=field
        )


def check_dispatchable(draw: Draw, *, visits: int) -> None:
    """A draw becomes visits once; a rehearsal never does."""
    if draw.is_rehearsal:
        raise Refused(_("%s 是演练，企业和人员都是虚构的，不能派发检查；正式抽取另开编号") % draw.number)
    if visits:
        raise Refused(_("这次抽取已经派发过，到“检查”里看各户的进展"))


def check_listed(item: InspectionItem, current: InspectionItem | None) -> InspectionItem:
    """清单之外无检查: the item as it stands in the edition in force, or nothing goes on."""
    if current is None:
        raise Refused(
            _("事项“%(title)s”（%(code)s）已不在施行的事项清单里，不能检查；要检查，先由部门把它重新列入清单")
            % {"title": item.title, "code": item.code}
        )
    return current


def check_assigned(assignment: Assignment | None) -> Assignment:
    """Only the party that was drawn goes in."""
    if assignment is None:
        raise Forbidden(_("您不在这户的检查人员里；检查由抽中的执法人员进行"))
    return assignment


def check_arrivable(inspection: Inspection, *, starts_on: date, on: date) -> None:
    """Not before the day the campaign begins, not after the visit has ended."""
    if inspection.is_called_off:
        raise Refused(_("这户已由备选替换，不用检查"))
    if not (inspection.awaits_inspectors or inspection.is_visiting):
        raise Refused(_("这户的检查已经结束，不用再登记到场"))
    if on < starts_on:
        raise Refused(
            _("这项任务从%(month)d月%(day)d日起检查，到那天再登记到场")
            % {"month": starts_on.month, "day": starts_on.day}
        )


def check_certified(inspector: Inspector, *, on: date) -> None:
    """In the register and certified on the day of the visit."""
    until = inspector.certificate_until
    if until < on:
        raise Refused(
            _("%(name)s的执法证已于%(year)d年%(month)d月%(day)d日到期，不能检查；换证后由经办人更新名录")
            % {"name": inspector.name, "year": until.year, "month": until.month, "day": until.day}
        )
    if not inspector.may_inspect(on):
        raise Refused(_("%s已暂停执法或已出库，不能检查；需要时由经办人恢复") % inspector.name)


def check_startable(present: Sequence[Inspector], *, on: date) -> None:
    """At least two people on the spot, every certificate valid on the day."""
    for inspector in present:
        check_certified(inspector, on=on)
    if len(present) < MIN_INSPECTORS:
        raise Refused(_("等待另一名执法人员到场，两人到齐才能开始检查"))


def check_answerable(inspection: Inspection, assignment: Assignment) -> None:
    """The visit runs, and the person is there."""
    if inspection.awaits_inspectors:
        raise Refused(_("检查还没有开始：两名执法人员都登记到场后再填"))
    if not inspection.is_visiting:
        raise Refused(_("检查已经结束，检查单不能再改"))
    if assignment.arrived_at is None:
        raise Refused(_("您还没有登记到场，先点“我已到场”"))


def check_answer(checkpoint: Checkpoint, *, value: str, note: str) -> None:
    """One of three words; 不符合 needs a description."""
    if value not in Answer.Value.values:
        raise Refused(_("“%s”：选符合、不符合或不适用") % checkpoint.text, field=f"value-{checkpoint.pk}")
    check_length(note, limit=500, field=f"note-{checkpoint.pk}")
    if value == Answer.Value.FAILS and not note.strip():
        raise Refused(_("“%s”不符合：写明看到了什么") % checkpoint.text, field=f"note-{checkpoint.pk}")


def check_on_sheet(place: tuple[Finding, Checkpoint] | None) -> tuple[Finding, Checkpoint]:
    """A checkpoint of this inspection's items, and of no other's."""
    if place is None:
        raise Refused(_("这张检查单里没有这个要点，刷新页面后再填"))
    return place


def check_photo_place(*, photos: int, elsewhere: Evidence | None) -> None:
    """One picture proves one thing; nine are enough for it."""
    if elsewhere is not None:
        raise Refused(_("这张照片已经附在“%s”上，每一处各拍一张") % (elsewhere.checkpoint or _("整户")))
    if photos >= PHOTOS_A_CHECKPOINT:
        raise Refused(_("这一处已有 %d 张照片，不能再加") % photos)


def lack_of(checkpoint: Checkpoint, *, value: str, photos: int) -> str:
    """What a checkpoint still needs before anyone signs; empty when it is complete."""
    if not value:
        return _("还没有回答")
    if checkpoint.photo_required and value != Answer.Value.NOT_APPLICABLE and not photos:
        return _("还缺照片")
    return ""


def check_complete(lacks: Sequence[tuple[Checkpoint, str]]) -> None:
    """Every checkpoint answered, every required photo there."""
    missing = [(checkpoint, lack) for checkpoint, lack in lacks if lack]
    if missing:
        checkpoint, lack = missing[0]
        raise Refused(
            _("检查单还有 %(count)d 处没有完成，先看“%(text)s”：%(lack)s")
            % {"count": len(missing), "text": checkpoint.text, "lack": lack}
        )


def check_signable(inspection: Inspection, assignment: Assignment) -> None:
    """Whoever is on the spot signs, for himself, while the visit runs."""
    if not inspection.is_visiting:
        raise Refused(_("现在不在检查中，不能签字"))
    if assignment.arrived_at is None:
        raise Refused(_("您没有登记到场，不能签字"))


def check_subject_part(outcome: str, *, signed: str, opinion: str) -> None:
    """The inspected unit signed by name, or the record says why not."""
    if outcome not in SubjectOutcome.values:
        raise Refused(_("选被检查单位的签署情况"), field="subject_outcome")
    check_length(signed, limit=60, field="subject_signed")
    check_length(opinion, limit=500, field="subject_opinion")
    if outcome == SubjectOutcome.SIGNED and not signed.strip():
        raise Refused(_("填写被检查单位签字人的姓名；没有签字的，选实际情况"), field="subject_signed")
    if outcome != SubjectOutcome.SIGNED and not opinion.strip():
        raise Refused(_("写明没有签字的原因和在场情况"), field="subject_opinion")


def check_finishable(inspection: Inspection, assignments: Sequence[Assignment]) -> None:
    """Everyone who came has signed, and they are two at least."""
    if not inspection.is_visiting:
        raise Refused(_("这户不在检查中，不能再点“检查结束”"))
    present = [assignment for assignment in assignments if assignment.arrived_at is not None]
    waiting = [assignment.inspector.name for assignment in present if assignment.signed_at is None]
    if waiting:
        raise Refused(_("还差%s签字，签字后才能结束") % "、".join(waiting))
    if len(present) < MIN_INSPECTORS:
        raise Refused(_("签字的执法人员不足两名，不能结束"))
