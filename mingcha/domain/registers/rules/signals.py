"""What may be put on record about a subject, and what the record does."""

from datetime import date

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import Risk, Signal, SignalKind
from mingcha.domain.registers.rules.entries import wrong_text
from mingcha.kit.errors import Refused

LONGEST_SOURCE = 100
LONGEST_NOTE = 300


def check_signal(*, kind: str, since: date, source: str, note: str, today: date) -> None:
    """Of a known kind, begun, with its origin."""
    if kind not in SignalKind.values:
        raise Refused(_("没有这一类监管信息，重新选择"), field="kind")
    if since > today:
        raise Refused(_("日期还没有到，改为今天或更早"), field="since")
    check_source(source)
    wrong = wrong_text(note.replace("\r\n", " ").replace("\n", " "), longest=LONGEST_NOTE)
    if wrong:
        raise Refused(_("内容%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="note")


def check_source(source: str) -> None:
    """Where it comes from, so that it can be looked up."""
    if not source.strip():
        raise Refused(_("没有写来源，写明出自哪个系统或文号"), field="source")
    wrong = wrong_text(source.strip(), longest=LONGEST_SOURCE)
    if wrong:
        raise Refused(_("来源%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="source")


def check_not_running(held: Signal | None) -> None:
    """Somebody is on a list once at a time; complaints and penalties may be many."""
    if held is not None:
        told = {"kind": held.get_kind_display(), "since": held.since.isoformat()}
        raise Refused(_("%(since)s 起已在“%(kind)s”里，还没有移出，不用再登记") % told, field="kind")


def is_list(kind: str) -> bool:
    """Is this kind a list that one is on until taken off?"""
    return kind in {SignalKind.ABNORMAL_LIST, SignalKind.SERIOUS_VIOLATION}


def check_closable(signal: Signal, *, until: date, today: date) -> None:
    """Taken off once, on a day that lies between its beginning and today."""
    if signal.until is not None:
        raise Refused(_("已在 %s 移出，没有再移出一次") % signal.until.isoformat())
    if until < signal.since:
        raise Refused(_("移出日期早于列入日期 %s，改为同一天或更晚") % signal.since.isoformat(), field="until")
    if until > today:
        raise Refused(_("移出日期还没有到，改为今天或更早"), field="until")


def check_credit(*, month: date, risk: str, today: date) -> None:
    """A known class of a month that has begun."""
    if risk not in Risk.values:
        raise Refused(_("没有这一档信用风险，选 A、B、C 或 D"), field="risk")
    if month > today:
        raise Refused(_("这个月还没有到，改为本月或更早"), field="month")


def first_of(month: date) -> date:
    """The day by which a month is kept."""
    return month.replace(day=1)
