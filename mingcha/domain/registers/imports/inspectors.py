"""执法检查人员 from a file: what needs the day, the departments and the present roster to judge."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from mingcha.domain.registers.imports.reading import Reading, Remarks, Row
from mingcha.domain.registers.queries import certificate_holders, homes_of

CHUNK = 500


def doubt_inspector(on: date) -> Callable[[Row, Remarks], None]:
    """Remark on a certificate that has ended; it gates at the draw, not here."""

    def doubt(row: Row, warnings: Remarks) -> None:
        until = str(row.content.get("certificate_until", ""))
        if until and until < on.isoformat():
            warnings.add(row.line, _("有效期至"), until, _("执法证已过期，入库后不参加抽取"), _("换证后更新有效期"))

    return doubt


def settle_departments(reading: Reading, departments: Mapping[str, str]) -> None:
    """Put a department's code where its name stood; `departments`: code, short or full name → code."""
    for row in reading.rows:
        named = str(row.content.get("department", ""))
        if named and named not in departments:
            reason = _("没有这个部门，或者不归这个账号经办")
            reading.faults.add(row.line, _("部门"), named, reason, _("写部门的简码、简称或全称"))
        elif named:
            row.content["department"] = departments[named]


def check_clashes(reading: Reading, departments: Mapping[str, str]) -> None:
    """One certificate, one person: in the file and against the roster; nobody is taken out of a foreign department."""
    seen: dict[str, int] = {}
    for start in range(0, len(reading.rows), CHUNK):
        rows = reading.rows[start : start + CHUNK]
        holders = certificate_holders([str(row.content.get("certificate_no", "")) for row in rows])
        homes = homes_of([row.code for row in rows])
        for row in rows:
            _check_certificate(row, seen, holders, reading.faults)
            home = homes.get(row.code)
            if home is not None and home not in departments.values():
                reason = _("这个编号已经是别的部门的人员")
                reading.faults.add(row.line, _("名录编号"), row.code, reason, _("换一个编号"))


def _check_certificate(row: Row, seen: dict[str, int], holders: Mapping[str, str], faults: Remarks) -> None:
    number = str(row.content.get("certificate_no", ""))
    if not number:
        return
    if number in seen:
        faults.add(row.line, _("执法证号"), number, _("与第 %d 行重复") % seen[number], _("对照证件核对"))
    elif holders.get(number, row.code) != row.code:
        reason = _("已登记在编号 %s 名下") % holders[number]
        faults.add(row.line, _("执法证号"), number, reason, _("对照证件核对"))
    seen.setdefault(number, row.line)
