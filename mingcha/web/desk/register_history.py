"""变更记录 of one subject: who changed what, when, from what, to what, why; by hand and by files."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from mingcha.domain.audit.models import Entry
from mingcha.domain.audit.queries import trail_of
from mingcha.domain.organisation.models import User
from mingcha.domain.registers.models import Inspector, RegisterMove, StagedRow, Subject, Verdict
from mingcha.domain.registers.queries import batches_visible_to, changes_of, moves_of, pool_trail_of
from mingcha.web.desk.import_preview import differences
from mingcha.web.shared.events import WORDS

BEFORE, AFTER = "_before", "_after"
PROPOSED, AGREED = "registers.pool_member_proposed", "registers.pool_member_agreed"

Difference = tuple[StrOrPromise, object, object]


@dataclass(frozen=True)
class Change:
    """One line of the history; `source` is the address of the import that it came with."""

    at: datetime
    who: str
    act: StrOrPromise
    differences: list[Difference]
    why: str = ""
    source: str = ""
    before: dict[str, object] = field(default_factory=dict)  # the changed fields by name, as they were
    is_beginning: bool = False  # the file that brought the entry into the register


def changes_after(subject: Subject, seen: datetime | None, *, user: User) -> list[Change]:
    """What became of the entry since somebody looked at it, the newest first."""
    if seen is None or subject.changed_at == seen:
        return []
    return [one for one in history_of(subject, user=user) if one.at > seen and one.differences and one.before]


def history_of(subject: Subject, *, user: User) -> list[Change]:
    """Every change of the entry, the newest first; an import is a link for whoever may open it."""
    by_hand = [_by_hand(entry) for entry in trail_of(subject)]
    moved = [_moved(move) for move in moves_of(subject)]
    return _newest_first(by_hand, _by_files(subject, user), moved)


def origin_of(history: list[Change]) -> Change | None:
    """The import that brought the entry, where one did."""
    return next((change for change in history if change.is_beginning), None)


def _newest_first(*lists: list[Change]) -> list[Change]:
    return sorted((change for some in lists for change in some), key=lambda change: change.at, reverse=True)


def _by_files(entry: Subject | Inspector, user: User) -> list[Change]:
    rows = changes_of(entry)
    among = batches_visible_to(user).filter(pk__in=[row.batch.pk for row in rows])
    readable = set(among.values_list("pk", flat=True)) if rows else set()
    return [_by_file(row, is_readable=row.batch.pk in readable) for row in rows]


def _by_file(row: StagedRow, *, is_readable: bool) -> Change:
    batch, verdict = row.batch, Verdict(row.verdict)
    act = _("导入%s，正在撤销") if batch.is_undoing else _("导入%s")
    return Change(
        at=batch.merged_at or batch.loaded_at,
        who=batch.loaded_by.label if batch.loaded_by else "",
        act=act % verdict.label,
        differences=differences(row),  # numbers of persons masked
        why=_("%(file)s 第 %(line)d 行") % {"file": batch.file_name, "line": row.line},
        source=reverse("desk:import_detail", args=[batch.pk]) if is_readable else "",
        before=dict(row.before),
        is_beginning=verdict == Verdict.CREATED,
    )


def _moved(move: RegisterMove) -> Change:
    """Into a register or tag, or out of it: named before or after."""
    named = f"{move.name}（{move.department.short_name}）"
    before, after = ("—", named) if move.is_entry else (named, "—")
    act = WORDS["registers.subjects_entered" if move.is_entry else "registers.subjects_removed"]
    return Change(move.moved_at, move.moved_by.label, act, [(move.get_kind_display(), before, after)], move.reason)


def history_of_person(inspector: Inspector, *, user: User) -> list[Change]:
    """What was changed of a person and of the pools that the person is in, the newest first; no reasons of others."""
    own = [change for entry in trail_of(inspector) if (change := _by_hand(entry, Inspector)).differences]
    pools = [_in_pool(entry) for entry in pool_trail_of(inspector)]
    return _newest_first(own, _by_files(inspector, user), pools)


def past_of_person(inspector: Inspector, *, user: User) -> list[Change]:
    """What was done when and by whom, for everybody who may read the page: not what it said before, and not why."""
    own = [replace(_by_hand(entry, Inspector), differences=[], why="") for entry in trail_of(inspector)]
    files = [replace(change, differences=[]) for change in _by_files(inspector, user)]
    return _newest_first(own, files)


def _in_pool(entry: Entry) -> Change:
    """Proposed is not yet in; whoever left without having been in was only proposed."""
    word, why = _("跨部门人员库"), str(entry.details.get("reason", ""))
    named, proposed = entry.about_label, _("%s（提名）") % entry.about_label
    if entry.event == PROPOSED:
        before, after = "—", proposed
    elif entry.event == AGREED:
        until = entry.details.get("until")
        before, after = proposed, _("%(name)s，借用到 %(until)s") % {"name": named, "until": until} if until else named
    else:
        before, after = named if entry.details.get("agreed") else proposed, "—"
    return Change(entry.at, entry.actor, WORDS[entry.event], [(word, before, after)], why)


def _by_hand(entry: Entry, model: type[Model] = Subject) -> Change:
    named = {key.removesuffix(BEFORE) for key in entry.details if key.endswith(BEFORE)}
    known = [column.name for column in model._meta.get_fields() if column.name in named]  # as the register has them
    fields = [*known, *sorted(named.difference(known))]
    differences = [
        (word_of(key, model), shown(entry.details[key + BEFORE]), shown(entry.details.get(key + AFTER)))
        for key in fields
    ]
    why = str(entry.details.get("reason", ""))
    before = {key: entry.details[key + BEFORE] for key in fields}
    return Change(entry.at, entry.actor, WORDS.get(entry.event, entry.event), differences, why, before=before)


def word_of(key: str, model: type[Model] = Subject) -> StrOrPromise:
    """What a field of a subject, or of a person, is called."""
    try:
        return model._meta.get_field(key).verbose_name  # type: ignore[union-attr]  # plain fields only
    except FieldDoesNotExist:
        return key


def shown(value: object) -> object:
    """A value as a person reads it."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return value if value not in (None, "") else "—"
