"""Whether a register may be called fresh, and whether a draw may rest on it."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import BatchKind, RegisterConfirmation, Standing
from mingcha.domain.registers.rules.entries import wrong_text
from mingcha.kit.errors import Refused

LONGEST_REMARK = 300


def check_confirmable(*, rows: int, digest: str, seen: str, last: RegisterConfirmation | None, same_day: bool) -> None:
    """What is confirmed is what was looked at; the same register is confirmed once a day."""
    if not rows:
        raise Refused(_("名录里还没有一条记录，导入或登记以后再确认"))
    if seen and seen != digest:
        raise Refused(_("打开这一页以后，名录又有改动；重新打开这一页，看过最新的条数再确认"))
    if last is not None and same_day and last.digest == digest:
        raise Refused(_("今天已经确认过，之后名录没有改动，不用再确认"))


def check_remark(remark: str) -> None:
    """Short, and without what cannot be seen."""
    wrong = wrong_text(remark.replace("\r\n", " ").replace("\n", " "), longest=LONGEST_REMARK)
    if wrong:
        raise Refused(_("说明%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="remark")


def check_confirmed(standings: Sequence[Standing], *, basis: str = "") -> None:
    """Refuse a draw while an owner has not confirmed its register, naming everyone who must, and which register."""
    missing = [standing for standing in standings if not standing.valid]
    if missing:
        who = "；".join(_missing(standing) for standing in missing)
        rule = _("依据：%s") % basis if basis else ""
        raise Refused(
            _("抽取前两库要更新确认：%(who)s。在“两库”里“更新确认”后再冻结。%(rule)s") % {"who": who, "rule": rule}
        )


def _missing(standing: Standing) -> str:
    register = _("检查对象名录") if standing.register == BatchKind.SUBJECTS else _("执法检查人员名录")
    told = {"department": standing.department.short_name, "register": register}
    if standing.confirmation is None:
        return _("%(department)s还没有确认%(register)s") % told
    return _("%(department)s对%(register)s的确认已于 %(until)s 到期") % {**told, "until": _day(standing.until)}


def _day(on: date | None) -> str:
    return on.isoformat() if on is not None else ""
