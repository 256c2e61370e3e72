"""Who could be drawn and who not, what the register went through just before, who could be sent."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.audit.models import Entry
from mingcha.domain.draws.models import Draw, DrawnSubject
from mingcha.domain.draws.queries.lists import strata_labels
from mingcha.domain.draws.queries.record.head import rulebook_of
from mingcha.domain.organisation.models import Department
from mingcha.domain.plans.models import Exclusion
from mingcha.domain.policy.rules import clause_of, has_clause
from mingcha.domain.registers.models import BatchKind, Dispute, ImportBatch, Inspector, Subject

CLAUSE = "register_changes_shown_hours"
FEW = 10
CHUNK = 5000  # below the number of parameters that any of our databases takes

# What a witness should know went on; a count alone where saying more would tell who avoids whom.
ONE_BY_ONE: dict[str, StrOrPromise] = {
    "registers.subject_registered": gettext_lazy("逐户登记检查对象"),
    "registers.subject_amended": gettext_lazy("更正检查对象"),
    "registers.subject_closed": gettext_lazy("标为已注销或吊销"),
    "registers.subject_reopened": gettext_lazy("恢复为存续"),
    "registers.inspector_enlisted": gettext_lazy("登记执法检查人员"),
    "registers.inspector_amended": gettext_lazy("更正执法检查人员"),
    "registers.inspector_suspended": gettext_lazy("暂停人员参加抽取"),
    "registers.inspector_restored": gettext_lazy("恢复人员参加抽取"),
    "registers.avoidance_declared": gettext_lazy("申报回避"),
    "registers.avoidance_withdrawn": gettext_lazy("撤回回避"),
    "registers.dispute_declared": gettext_lazy("登记争议（对象不入抽）"),
    "registers.dispute_ended": gettext_lazy("结束争议（对象恢复入抽）"),
}
MERGED = "registers.batch_merged"


def register_facts(draw: Draw, *, open_names: bool) -> dict[str, object]:
    """From the report that the freeze fixed; without a freeze there is nothing to tell."""
    if not draw.forecast:
        return {"register": None, "changes": None}
    told = draw.forecast
    reasons = dict(Exclusion.choices)
    offices = dict(Department.objects.values_list("code", "name"))
    register = {
        "total": told["register_total"],
        "frame": told["frame"],
        "excluded": [[str(reasons.get(code, code)), count] for code, count in sorted(told["excluded"].items())],
        "staff": [[offices.get(code, code), count] for code, count in sorted(told["inspectors"].items())],
        "barred": told["barred"],
        "short": list(told["understaffed"]),
        "unstaffed_reason": draw.unstaffed_reason,
        "strata": list(_strata(draw, open_names=open_names)),
    }
    return {"register": register, "changes": None if draw.is_rehearsal else _changes(draw)}


def _strata(draw: Draw, *, open_names: bool) -> Iterator[dict[str, object]]:
    labels = strata_labels(draw)
    drawn = Counter(DrawnSubject.objects.filter(draw=draw, reserve=False).values_list("stratum", flat=True))
    last = dict(draw.subjects.filter(reserve=False).order_by("rank").values_list("stratum", "ticket"))
    for row in draw.forecast["sizes"]:
        code, size, take = row["stratum"], row["size"], row["take"]
        yield {
            "label": labels.get(code, code),
            "size": size,
            "take": take,
            "drawn": drawn[code] if draw.has_result else None,
            "reserve": row["reserve"],
            "chance": f"{100 * take / size:.2f}%",
            "note": _note(size, take),
            "line": last.get(code, "") if open_names else "",
        }


def _note(size: int, take: int) -> str:
    if take == size:
        return _("全部抽中，不是随机")
    if take == 0:
        return _("本层不抽")
    return _("不足 10 户") if size < FEW else ""


def _changes(draw: Draw) -> dict[str, object] | None:
    """What was done to the registers in the hours before the freeze that the rules want shown, counted by kind."""
    rulebook = rulebook_of(draw)
    if rulebook is None or draw.frozen_at is None or not has_clause(rulebook, CLAUSE):
        return None
    hours = int(str(clause_of(rulebook, CLAUSE).value))
    entries = list(
        Entry.objects.filter(
            event__in=[*ONE_BY_ONE, MERGED], at__gt=draw.frozen_at - timedelta(hours=hours), at__lte=draw.frozen_at
        ).values_list("event", "about", "details")
    )
    ours = _ours(draw, entries)
    counts = Counter(event for event, _about, _details in ours if event != MERGED)
    rows = [[str(word), str(counts[event])] for event, word in ONE_BY_ONE.items() if counts[event]]
    return {"hours": hours, "rows": [*_merges([d for e, _a, d in ours if e == MERGED]), *rows]}


def _merges(merged: list[dict[str, object]]) -> Iterator[list[str]]:
    for kind in BatchKind:
        files = [details for details in merged if details["kind"] == kind]
        if files:
            sums = {what: sum(int(str(file[what])) for file in files) for what in ("created", "changed")}
            yield [
                _("导入%s名录") % kind.label,
                _("%(files)d 份文件，新增 %(created)d，更新 %(changed)d") % {"files": len(files), **sums},
            ]


Told = tuple[str, str, dict[str, object]]


def _ours(draw: Draw, entries: list[Told]) -> list[Told]:
    """Of the region's subjects and of the people of the departments that take part."""
    region = draw.department.region
    people = Inspector.objects.filter(department__in=draw.campaign.parties.values("department"))
    batches = ImportBatch.objects.filter(region__code__startswith=region.prefix)
    named = {about for _event, about, _details in entries}
    keys = {
        *_known("registers.Subject", named, Subject.objects.filter(region__code__startswith=region.prefix)),
        *_known("registers.Inspector", named, people),
        *_known("registers.ImportBatch", named, batches),
    }
    codes = set(people.values_list("code", flat=True))
    disputes = Dispute.objects.filter(department__in=draw.campaign.parties.values("department"))
    keys |= {*_known("registers.Dispute", named, disputes)}
    return [entry for entry in entries if entry[1] in keys or entry[2].get("inspector") in codes]


def _known(label: str, named: set[str], rows: QuerySet[Any]) -> Iterator[str]:
    """Of the named rows of one kind, those that are among these."""
    keys = [int(about.rpartition(":")[2]) for about in named if about.startswith(f"{label}:")]
    for start in range(0, len(keys), CHUNK):
        for pk in rows.filter(pk__in=keys[start : start + CHUNK]).values_list("pk", flat=True):
            yield f"{label}:{pk}"
