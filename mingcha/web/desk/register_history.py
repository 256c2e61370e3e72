"""变更记录 of one subject: who changed what, when, from what, to what, why; by hand and by files."""

from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from mingcha.domain.audit.models import Entry
from mingcha.domain.audit.queries import trail_of
from mingcha.domain.registers.models import Inspector, RegisterMove, Subject
from mingcha.domain.registers.queries import changes_of, moves_of, pool_trail_of
from mingcha.web.shared.events import WORDS

BEFORE, AFTER = "_before", "_after"
PROPOSED, AGREED = "registers.pool_member_proposed", "registers.pool_member_agreed"
FOLLOWING = {"warning", "search", "initials", "changed_at"}  # fields that follow from others

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


def changes_after(subject: Subject, seen: datetime | None) -> list[Change]:
    """What became of the entry since somebody looked at it, the newest first."""
    if seen is None or subject.changed_at == seen:
        return []
    return [change for change in history_of(subject) if change.at > seen and change.differences and change.before]


def history_of(subject: Subject) -> list[Change]:
    """Every change of the entry, the newest first."""
    by_hand = [_by_hand(entry) for entry in trail_of(subject)]
    by_file = [
        Change(
            at=row.batch.merged_at or row.batch.loaded_at,
            who=row.batch.loaded_by.label if row.batch.loaded_by else "",
            act=row.get_verdict_display(),
            differences=[
                (word_of(key), shown(old), shown(row.content.get(key)))
                for key, old in row.before.items()
                if key not in FOLLOWING
            ],
            why=_("%(file)s 第 %(line)d 行") % {"file": row.batch.file_name, "line": row.line},
            source=reverse("desk:import_detail", args=[row.batch.pk]),
            before=dict(row.before),
        )
        for row in changes_of(subject)
    ]
    moved = [_moved(move) for move in moves_of(subject)]
    return sorted([*by_hand, *by_file, *moved], key=lambda change: change.at, reverse=True)


def _moved(move: RegisterMove) -> Change:
    """Into a register or tag, or out of it: named before or after."""
    named = f"{move.name}（{move.department.short_name}）"
    before, after = ("—", named) if move.is_entry else (named, "—")
    act = WORDS["registers.subjects_entered" if move.is_entry else "registers.subjects_removed"]
    return Change(move.moved_at, move.moved_by.label, act, [(move.get_kind_display(), before, after)], move.reason)


def history_of_person(inspector: Inspector) -> list[Change]:
    """What was changed of a person and of the pools that the person is in, the newest first; no reasons of others."""
    own = [change for entry in trail_of(inspector) if (change := _by_hand(entry, Inspector)).differences]
    pools = [_in_pool(entry) for entry in pool_trail_of(inspector)]
    return sorted([*own, *pools], key=lambda change: change.at, reverse=True)


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
