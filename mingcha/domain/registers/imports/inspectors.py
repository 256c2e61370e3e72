"""执法检查人员 from a file: what needs the day, the departments and the present roster to judge."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from django.utils.translation import gettext as _

from mingcha.domain.registers.imports.reading import Draft, Remarks, Round
from mingcha.domain.registers.imports.subjects import check_once
from mingcha.domain.registers.models import ImportBatch, StagedInspector, Verdict
from mingcha.domain.registers.queries import (
    Known,
    certificate_holders,
    certificates_staged,
    homes_of,
    known_inspectors,
    lines_staged,
)
from mingcha.domain.registers.rules import blank_inspector, settle_inspector

KEPT = StagedInspector.kept()
KEPT_OF = itemgetter(*KEPT)


@dataclass(frozen=True)
class Departments:
    """Those that the person may load for: by code, short or full name → code, and code → key."""

    named: Mapping[str, str]
    keys: Mapping[str, int]


@dataclass(frozen=True)
class _Roster:
    """What the rows of a round are held against."""

    on: date
    departments: Departments
    certificates: dict[str, int]
    holders: Mapping[str, str]
    homes: Mapping[str, str]
    known: Mapping[str, Known]


def staged_inspectors(
    batch: ImportBatch, some: Round, *, departments: Departments, on: date
) -> Iterator[tuple[object, ...]]:
    """Each row as it is staged: with what its merge would do, or as one that cannot be taken."""
    codes = [code for code in some.codes if code]
    numbers = [str(number) for number in some.said["certificate_no"] if number is not None]
    check_once(some, lines_staged(batch, codes), _("名录编号"))
    roster = _Roster(
        on,
        departments,
        certificates_staged(batch, numbers),
        certificate_holders(numbers),
        homes_of(codes),
        known_inspectors(codes),
    )
    return (_staged(batch, draft, roster, some.remarks) for draft in some.drafts())


def _staged(batch: ImportBatch, draft: Draft, roster: _Roster, remarks: Remarks) -> tuple[object, ...]:
    line, code, said = draft
    _check_certificate(draft, roster, remarks)
    _settle_department(draft, roster.departments, remarks)
    if roster.homes.get(code, batch.department.code) not in roster.departments.keys:
        remarks.fault(line, _("名录编号"), code, _("这个编号已经是别的部门的人员"), _("换一个编号"))
    if line in remarks.faulty:
        kept = {**blank_inspector(), **said}
        return (batch.pk, line, code, Verdict.FAULTY.value, None, *KEPT_OF(kept))
    there = roster.known.get(code)
    before = dict(zip(KEPT, there.values, strict=True)) if there is not None else None
    verdict, content = settle_inspector(said, before, home=batch.department_id)
    until = str(content["certificate_until"])
    if until < roster.on.isoformat():
        remarks.doubt(line, _("有效期至"), until, _("执法证已过期，入库后不参加抽取"), _("换证后更新有效期"))
    since = there.changed_at if there is not None else None
    return (batch.pk, line, code, verdict, since, *KEPT_OF(content))


def _settle_department(draft: Draft, departments: Departments, remarks: Remarks) -> None:
    """Put a department's key where its name stood."""
    named = str(draft.said.pop("department", ""))
    if named and named not in departments.named:
        reason = _("没有这个部门，或者不归这个账号经办")
        remarks.fault(draft.line, _("部门"), named, reason, _("写部门的简码、简称或全称"))
    elif named:
        draft.said["department_id"] = departments.keys[departments.named[named]]


def _check_certificate(draft: Draft, roster: _Roster, remarks: Remarks) -> None:
    """One certificate, one person: in the file and against the roster."""
    number = str(draft.said.get("certificate_no", ""))
    if not number:
        return
    earlier = roster.certificates.setdefault(number, draft.line)
    if earlier != draft.line:
        remarks.fault(draft.line, _("执法证号"), number, _("与第 %d 行重复") % earlier, _("对照证件核对"))
    elif roster.holders.get(number, draft.code) != draft.code:
        reason = _("已登记在编号 %s 名下") % roster.holders[number]
        remarks.fault(draft.line, _("执法证号"), number, reason, _("对照证件核对"))
