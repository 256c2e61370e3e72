"""Which light a duty shows, and why: the one function behind every list, page, report and export."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.duties.models import Duty
from mingcha.domain.duties.rules.wording import moment, span
from mingcha.domain.policy.rules import Clause

COLOURS: Mapping[str, tuple[str, StrOrPromise]] = {
    "red": ("■", gettext_lazy("超期")),
    "yellow": ("▲", gettext_lazy("临期")),
    "green": ("●", gettext_lazy("正常")),
    "grey": ("○", gettext_lazy("未开始")),
    "mended": ("□", gettext_lazy("已补（曾超期）")),
}
"""Colour → shape and word, the worst first: grey print and colour-blind eyes lose nothing."""


@dataclass(frozen=True)
class Light:
    """What is shown, and the whole sentence of how it came about."""

    colour: str
    shape: str
    word: str
    explanation: str


def light_of(duty: Duty, *, now: datetime) -> Light:
    """The light of a duty at a moment, by the rule that was copied into it on its day."""
    colour = colour_of(duty, now=now)
    shape, word = COLOURS[colour]
    return Light(colour, shape, str(word), _explanation(duty, now))


def colour_of(duty: Duty, *, now: datetime) -> str:
    """The colour alone, for counting many."""
    if not duty.is_running:
        return "mended" if duty.was_late else "green"
    if now < duty.started_at:
        return "grey"
    behind = _behind(duty, now)
    if now > duty.due_at or _exceeds(behind, duty, "late_lag"):
        return "red"
    near = duty.warn_at is not None and now >= duty.warn_at
    return "yellow" if near or _reaches(behind, duty, "warn_lag") else "green"


def _behind(duty: Duty, now: datetime) -> Decimal | None:
    """How far the work lags behind the time that has gone, as a share; None where nobody counts."""
    whole = (duty.due_at - duty.started_at).total_seconds()
    if not duty.total or whole <= 0:
        return None
    gone = min(Decimal((now - duty.started_at).total_seconds()) / Decimal(whole), Decimal(1))
    return gone - Decimal(duty.done) / duty.total


def _exceeds(behind: Decimal | None, duty: Duty, threshold: str) -> bool:
    return behind is not None and threshold in duty.rule and behind > Decimal(duty.rule[threshold])


def _reaches(behind: Decimal | None, duty: Duty, threshold: str) -> bool:
    return behind is not None and threshold in duty.rule and behind >= Decimal(duty.rule[threshold])


def _explanation(duty: Duty, now: datetime) -> str:
    """检查结束 … → 加 48 小时（含周末和节假日）→ 最迟 …。现在 …，还有 …。依据：…。"""
    reckoned = _(" → ").join(duty.rule.get("steps", [])) or _("最迟 %s") % moment(duty.due_at)
    parts = [reckoned, *_run_before(duty), _standing(duty, now)]
    behind = _behind(duty, now) if duty.is_running and now >= duty.started_at else None
    if behind is not None:
        parts.append(_progress(duty, behind))
    parts.extend(_("依据：%s") % citation for citation in duty.rule.get("citations", []))
    parts.extend(_("不得晚于本地规则：%s") % citation for citation in duty.rule.get("bound", []))
    return "".join(_("%s。") % part.rstrip("。") for part in parts)


def _run_before(duty: Duty) -> list[str]:
    """A clock that was met once and got new work says so, and that its end has not moved."""
    again = duty.rule.get("again")
    if not again:
        return []
    words = {name: moment(datetime.fromisoformat(at)) for name, at in again.items()}
    return [_("曾于 %(ended_at)s 办结，%(at)s 又有要办的，期限不变") % words]


def _standing(duty: Duty, now: datetime) -> str:
    if duty.ended_at is not None:
        words = {"ended": moment(duty.ended_at), "span": span(abs(duty.due_at - duty.ended_at))}
        if duty.was_late:
            return _("办结 %(ended)s，晚了 %(span)s，记录里一直保留") % words
        return _("办结 %(ended)s，提前 %(span)s") % words
    if now < duty.started_at:
        return _("现在 %(now)s，还没有开始") % {"now": moment(now)}
    words = {"now": moment(now), "span": span(abs(duty.due_at - now))}
    if now > duty.due_at:
        return _("现在 %(now)s，已超过 %(span)s") % words
    return _("现在 %(now)s，还有 %(span)s") % words


def _progress(duty: Duty, behind: Decimal) -> str:
    done = _("已完成 %(done)d/%(total)d") % {"done": duty.done, "total": duty.total}
    if behind <= 0:
        return _("%s，不落后于时间进度") % done
    points = f"{behind * 100:.0f}"
    return _("%(done)s，比时间进度落后 %(points)s 个百分点") % {"done": done, "points": points}


def clause_in(rule: Mapping[str, object]) -> Clause:
    """The clause that was copied into a duty."""
    return Clause.model_validate({key: rule[key] for key in Clause.model_fields if key in rule})
