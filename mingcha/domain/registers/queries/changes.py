"""What happened to the registers since a moment: for whoever watches a draw. Never who avoids whom."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from mingcha.domain.audit.models import Entry
from mingcha.domain.organisation.models import Department, Region
from mingcha.domain.registers.models import (
    BatchKind,
    Dispute,
    ImportBatch,
    Inspector,
    LinkRule,
    Pool,
    Register,
    RegisterMove,
    Subject,
)

CHUNK = 500  # keys asked for at once
# What an act is about, and where that says its region.
PLACES: tuple[tuple[type[Model], str], ...] = (
    (Subject, "region"),
    (Inspector, "department__region"),
    (ImportBatch, "region"),
    (LinkRule, "department__region"),
    (Dispute, "subject__region"),
    (Register, "region"),
    (Pool, "region"),
)

MERGED = "registers.batch_merged"
UNDONE = "registers.batch_undone"
LINKS_APPLIED = "registers.links_applied"
RULE_DROPPED = "registers.link_rule_dropped"
ENTERED = "registers.subjects_entered"
REMOVED = "registers.subjects_removed"
SET_DROPPED = "registers.register_dropped"
AGREED = "registers.pool_member_agreed"
LEFT = "registers.pool_member_left"
GONE = frozenset({RULE_DROPPED, SET_DROPPED})  # the row that they are about is gone
NAMED = frozenset({ENTERED, REMOVED, SET_DROPPED, AGREED, LEFT})  # told with the name of the register or pool
# Of an act on many rows at once, the details that say how many.
COUNTED = {
    MERGED: ("created", "changed"),
    UNDONE: ("gone", "back"),
    LINKS_APPLIED: ("added", "removed"),
    RULE_DROPPED: ("removed",),
    ENTERED: ("entered",),
    REMOVED: ("removed",),
    SET_DROPPED: ("removed",),
    LEFT: ("agreed",),  # a proposal that nobody agreed to changes nothing
}
WORDS: dict[str, StrOrPromise] = {
    "registers.subject_registered": _("逐户登记"),
    "registers.subject_amended": _("逐户更正"),
    "registers.subject_closed": _("标为已注销或吊销"),
    "registers.subject_reopened": _("恢复为存续"),
    "registers.subject_verified": _("核对无误"),
    "registers.subject_voided": _("误录作废"),
    "registers.credit_set": _("登记信用风险分类"),
    "registers.relief_decided": _("决定免检或观察"),
    "registers.relief_ended": _("终止免检或观察"),
    "registers.subject_linked": _("手工关联事项"),
    "registers.subject_unlinked": _("取消关联事项"),
    LINKS_APPLIED: _("按规则增减关联"),
    RULE_DROPPED: _("删除关联规则"),
    "registers.dispute_declared": _("登记未结争议"),
    "registers.dispute_ended": _("争议结束"),
    "registers.inspector_enlisted": _("逐人登记"),
    "registers.inspector_amended": _("逐人更正"),
    "registers.inspector_described": _("登记类别和可查事项"),
    "registers.inspector_released": _("人员出库"),
    "registers.leave_granted": _("登记请假、培训、借调"),
    "registers.leave_ended": _("销假"),
    "registers.inspector_suspended": _("暂停参加抽取"),
    "registers.inspector_restored": _("恢复参加抽取"),
    ENTERED: _("对象进入"),
    REMOVED: _("对象离开"),
    SET_DROPPED: _("删除名录库"),
    AGREED: _("人员进入"),
    LEFT: _("人员退出"),
    MERGED: _("导入合并"),
    UNDONE: _("撤销导入"),
}


@dataclass(frozen=True)
class Change:
    """One kind of change on one day by one department; an import by itself."""

    at: datetime  # the last of them
    register: BatchKind
    what: StrOrPromise
    how_many: int
    department: str


def changes_since(region: Region, since: datetime, *, until: datetime | None = None) -> list[Change]:
    """What was done to a region's two registers since a moment, the newest first; imports and entries by hand."""
    entries = Entry.objects.filter(event__in=WORDS, at__gte=since).order_by("at", "pk")
    entries = entries.filter(at__lte=until) if until is not None else entries
    here = _inside(region, entries)
    names = dict(Department.objects.values_list("code", "short_name"))
    counts: Counter[tuple[str, str, str, str]] = Counter()
    last: dict[tuple[str, str, str, str], Entry] = {}
    for entry in entries:
        if entry.about not in here:
            continue
        key = (entry.event, here[entry.about], entry.chain, _lot(entry))
        if number := _rows(entry):
            counts[key] += number
            last[key] = entry
    found = [
        Change(last[key].at, BatchKind(key[1]), _what(last[key]), number, names.get(key[2], key[2]))
        for key, number in counts.items()
    ]
    return sorted(found, key=lambda change: change.at, reverse=True)


def _lot(entry: Entry) -> str:
    """What is counted together: an import alone, entries by hand by the day."""
    day: date = timezone.localdate(entry.at)
    if entry.event in (MERGED, UNDONE):
        return entry.about
    return f"{day} {entry.about}" if entry.event in NAMED else day.isoformat()


def _what(entry: Entry) -> StrOrPromise:
    word = WORDS[entry.event]
    return f"{word}“{entry.about_label}”" if entry.event in NAMED else word


def _rows(entry: Entry) -> int:
    return sum(int(entry.details[name]) for name in COUNTED[entry.event]) if entry.event in COUNTED else 1


def _inside(region: Region, entries: Iterable[Entry]) -> dict[str, str]:
    """Of what the entries are about, the rows inside a region: trail's name of the row → its register."""
    keys: dict[str, set[int]] = {}
    found: dict[str, str] = {}
    chains = set(Department.objects.filter(region__code__startswith=region.prefix).values_list("code", flat=True))
    for entry in entries:
        if entry.event in GONE and entry.chain in chains:
            found[entry.about] = BatchKind.SUBJECTS
        label, _colon, key = entry.about.partition(":")
        keys.setdefault(label, set()).add(int(key))
    for model, place in PLACES:
        label = model._meta.label
        wanted = sorted(keys.get(label, ()))
        for start in range(0, len(wanted), CHUNK):
            few = wanted[start : start + CHUNK]
            rows = model._default_manager.filter(pk__in=few, **{f"{place}__code__startswith": region.prefix})
            found |= {f"{label}:{row.pk}": _register_of(row) for row in rows}
    return found


def _register_of(row: Model) -> str:
    if isinstance(row, ImportBatch):
        return row.kind
    return BatchKind.INSPECTORS if isinstance(row, Inspector | Pool) else BatchKind.SUBJECTS


def moves_of(subject: Subject) -> QuerySet[RegisterMove]:
    """Which registers and tags a subject came into and left, the newest first."""
    found = RegisterMove.objects.filter(code=subject.code, region=subject.region_id)
    return found.select_related("department", "moved_by").order_by("-moved_at", "-pk")
