"""Clocks of the demo county in any state, without the step that would start them."""

from datetime import datetime, timedelta

from mingcha.domain.duties.models import Duty, DutyKind
from mingcha.domain.organisation.models import Department
from tests.conftest import NOON
from tests.factories.organisation import unguarded


def duty(
    department: Department, number: int = 1, *, due_in: timedelta = timedelta(hours=24), at: datetime = NOON, **changes
) -> Duty:
    """An entry clock of 48 hours that ends `due_in` after noon; it warns twelve hours before."""
    due_at = at + due_in
    given = {
        "kind": DutyKind.ENTRY,
        "about": f"inspections.Inspection:{number}",
        "about_label": f"示范检查对象 {number}",
        "started_at": due_at - timedelta(hours=48),
        "due_at": due_at,
        "warn_at": due_at - timedelta(hours=12),
        "rule": {
            "steps": ["检查结束", "加 48 小时（含周末和节假日）"],
            "citations": ["法府建办字〔2020〕1号 二（三）1“48小时内”"],
        },
    }
    with unguarded():
        return Duty.objects.create(department=department, **{**given, **changes})


def late(department: Department, number: int, *, at: datetime = NOON) -> Duty:
    """One that was done six hours too late."""
    return duty(department, number, due_in=timedelta(hours=-12), at=at, state="LATE", ended_at=at - timedelta(hours=6))
