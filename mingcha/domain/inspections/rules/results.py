"""From the end of a visit to the confirmed result."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from mingcha.domain.inspections.models import Answer, Assignment, Finding, Inspection, Result
from mingcha.domain.inspections.rules.visits import check_length
from mingcha.kit.errors import Forbidden, Refused

# What the result's own words already tell in full.
SPEAKS_FOR_ITSELF = frozenset({Result.CLEAN, Result.UNREACHABLE, Result.NO_ACTIVITY})


def check_recordable(inspection: Inspection, assignment: Assignment) -> None:
    """谁检查、谁录入: after the visit, by someone who was there."""
    if not inspection.is_finished:
        raise Refused(_("现在不能录入结果：检查结束后录入，已录入的由审核人退回后才能改"))
    if assignment.arrived_at is None:
        raise Forbidden(_("谁检查、谁录入：您没有到场检查，由到场的执法人员录入"))


def check_results(
    findings: Iterable[Finding],
    *,
    results: Mapping[int, tuple[str, str]],
    answers: Mapping[int, Iterable[str]],
) -> None:
    """Every item has a result that does not contradict its answers (finding pk → values)."""
    for finding in findings:
        result, problem = results.get(finding.pk, ("", ""))
        if result not in Result.values:
            raise Refused(_("事项“%s”：选检查结果") % finding.item.title, field=f"result-{finding.pk}")
        check_length(problem, limit=1000, field=f"problem-{finding.pk}")
        if result == Result.CLEAN and Answer.Value.FAILS in answers.get(finding.pk, ()):
            raise Refused(
                _("事项“%s”有不符合的要点，结果不能是“未发现问题”") % finding.item.title, field=f"result-{finding.pk}"
            )
        if result not in SPEAKS_FOR_ITSELF and not problem.strip():
            raise Refused(_("事项“%s”：写明发现的问题") % finding.item.title, field=f"problem-{finding.pk}")


def check_confirmable(inspection: Inspection, *, by_pk: int | None) -> None:
    """Maker and checker are two people."""
    if not inspection.is_recorded:
        raise Refused(_("这户没有待审核的结果，刷新页面看现在的状态"))
    if by_pk is None or by_pk == inspection.recorded_by_id:
        raise Forbidden(_("录入和审核不能是同一个人，由另一名负责人审核"))


def check_returnable(inspection: Inspection, *, remark: str) -> None:
    """A result goes back with what is to be put right."""
    if not inspection.is_recorded:
        raise Refused(_("这户没有待审核的结果，刷新页面看现在的状态"))
    if not remark.strip():
        raise Refused(_("写明要改什么，再退回"), field="remark")
    check_length(remark, limit=500, field="remark")
