"""When a dispute may be entered and when it is over."""

from datetime import date

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import Dispute, Subject
from mingcha.domain.registers.rules.entries import wrong_text
from mingcha.kit.errors import Refused

LONGEST = 300


def check_dispute(subject: Subject, *, reason: str, since: date, today: date, open_already: bool) -> None:
    """Something to tell, begun, and one at a time for a firm and a department."""
    if not reason.strip():
        raise Refused(_("没有写事由，写明是哪一件复议、诉讼或其他争议"), field="reason")
    wrong = wrong_text(reason.strip(), longest=LONGEST)
    if wrong:
        raise Refused(_("事由%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="reason")
    if since > today:
        raise Refused(_("开始日还没有到，改为今天或更早"), field="since")
    if open_already:
        raise Refused(_("本部门对“%s”已有一件未结的争议，先把它结束") % subject.name)


def check_endable(dispute: Dispute, *, on: date, today: date) -> None:
    """Ended once, on a day that lies between its beginning and today."""
    if not dispute.is_open:
        raise Refused(_("这件争议已经结束，没有再结束一次"))
    if on < dispute.since:
        raise Refused(_("结束日早于开始日 %s，改为同一天或更晚") % dispute.since.isoformat(), field="on")
    if on > today:
        raise Refused(_("结束日还没有到，改为今天或更早"), field="on")
