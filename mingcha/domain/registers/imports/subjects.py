"""检查对象 from a file: what a row makes of the register."""

from collections.abc import Iterator, Mapping
from operator import itemgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.registers.imports.reading import Draft, Remarks, Round, rare_characters
from mingcha.domain.registers.models import ImportBatch, StagedSubject, Verdict
from mingcha.domain.registers.queries import Known, known_subjects, lines_staged
from mingcha.domain.registers.rules import blank_of, settle_subject, wrong_state

DIVISION = 6  # the digits of a 行政区划代码 down to the county
FORMULA = ("=", "+", "-", "@")  # what a spreadsheet takes for one
KEPT_OF = itemgetter(*StagedSubject.kept())
CODE = gettext_lazy("统一社会信用代码")


def staged_subjects(batch: ImportBatch, some: Round) -> Iterator[tuple[object, ...]]:
    """Each row as it is staged: with what its merge would do, or as one that cannot be taken.

    The database is asked now, the rows are made one by one as they are written.
    """
    codes = [draft.code for draft in some.rows if draft.code]
    seen = lines_staged(batch, codes)
    known = known_subjects(batch.region, codes)
    return (_staged(batch, draft, seen, known, some.remarks) for draft in some.rows)


def _staged(
    batch: ImportBatch, draft: Draft, seen: dict[str, int], known: Mapping[str, Known], remarks: Remarks
) -> tuple[object, ...]:
    line, code, said, is_faulty = draft
    if code and check_once(draft, seen, remarks, CODE):
        is_faulty = True
    there = known.get(code)
    if there is not None and "state" in said and _cannot_become(draft, there, remarks):
        is_faulty = True
    if is_faulty:
        kept = {**blank_of(batch.kind, code), **said}
        return (batch.pk, line, code, Verdict.FAULTY.value, None, *KEPT_OF(kept))
    verdict, content = settle_subject(code, said, there.content if there is not None else None)
    if content["warning"]:
        fix = _("对照营业执照或登记证书核对")
        remarks.doubt(line, CODE, code, str(content["warning"]), fix)
    area = str(content["area"])
    if area[:DIVISION].isdigit() and len(area) >= DIVISION and not area.startswith(batch.region.prefix):
        reason = _("不在%s的区划代码之内，可能是旧代码或别处的") % batch.region.name
        remarks.doubt(line, _("片区代码"), area, reason, _("核对所在乡镇，改为现行代码"))
    _doubt_texts(draft, remarks)
    since = there.changed_at if there is not None else None
    return (batch.pk, line, code, verdict, since, *KEPT_OF(content))


def _doubt_texts(draft: Draft, remarks: Remarks) -> None:
    """What a name or an address may look like elsewhere; it is kept as it stands."""
    name, address = str(draft.said["name"]), str(draft.said.get("address", ""))
    rare = rare_characters(name)
    if rare:
        remarks.doubt(draft.line, _("名称"), name, _("有些屏幕显示不出 %s，已照原样保留") % rare)
    for column, text in ((_("名称"), name), (_("地址"), address)):
        if text.startswith(FORMULA):
            remarks.doubt(draft.line, column, text, _("像公式，按文字保存"))


def _cannot_become(draft: Draft, there: Known, remarks: Remarks) -> bool:
    wrong = wrong_state(str(there.content["state"]), str(draft.said["state"]))
    if wrong:
        remarks.fault(draft.line, _("登记状态"), draft.code, *wrong)
    return bool(wrong)


def check_once(draft: Draft, seen: dict[str, int], remarks: Remarks, column: StrOrPromise) -> bool:
    """A code that stood in the file before is a fault of the later row; says whether it is one."""
    if draft.code in seen:
        remarks.fault(draft.line, column, draft.code, _("与第 %d 行重复") % seen[draft.code], _("两行留一行"))
        return True
    seen[draft.code] = draft.line
    return False
