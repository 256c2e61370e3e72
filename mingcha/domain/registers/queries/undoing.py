"""What rests on a file that was merged: each such thing keeps it from being taken back."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.audit.models import Entry
from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.models import (
    BatchKind,
    ImportBatch,
    Inspector,
    ItemLink,
    RegisterConfirmation,
    Subject,
    Verdict,
    staged_model,
)

NAMED = 3
# A draw says this of itself in the trail (draws.actions); its frozen lists may hold what the file brought.
FROZEN = "draw.frozen"


def what_rests_on(batch: ImportBatch) -> list[str]:
    """Everything that a later hand has made of it, in words: rows changed since, used, signed for, drawn from."""
    return [*_changed_since(batch), *_used(batch), *_confirmed(batch), *_drawn(batch)]


def links_by_rule(batch: ImportBatch) -> QuerySet[ItemLink]:
    """What rules have linked of the subjects that the file created: nobody's work, it goes with them."""
    if batch.kind != BatchKind.SUBJECTS:
        return ItemLink.objects.none()
    return ItemLink.objects.filter(by_hand=False, subject__in=_touched(batch, Verdict.CREATED).values("pk"))


def _touched(batch: ImportBatch, *verdicts: str) -> QuerySet[Any]:
    """The register's own rows that the file created or changed."""
    codes = staged_model(batch.kind)._default_manager.filter(batch=batch, verdict__in=verdicts).values("code")
    if batch.kind == BatchKind.SUBJECTS:
        return Subject.objects.filter(region=batch.region, code__in=codes)
    return Inspector.objects.filter(code__in=codes)


def _changed_since(batch: ImportBatch) -> Iterator[str]:
    touched = _touched(batch, Verdict.CREATED, Verdict.CHANGED).exclude(changed_at=batch.merged_at).order_by("code")
    for row in touched[:NAMED]:
        yield _("%(name)s（%(code)s）之后又改过") % {"name": row.name, "code": row.code}


def _used(batch: ImportBatch) -> Iterator[str]:
    """Whatever points to a row that the file created; a later step of an inspection is found without being known."""
    created = _touched(batch, Verdict.CREATED)
    for relation in created.model._meta.related_objects:
        model: type[Model] = relation.related_model
        name = relation.field.name
        users = model._default_manager.filter(**{f"{name}__in": created}).select_related(name)
        if model is ItemLink:
            users = users.filter(by_hand=True)
        for user in users[:NAMED]:
            row = getattr(user, name)
            told = {"name": row.name, "code": row.code, "what": model._meta.verbose_name}
            yield _("%(name)s（%(code)s）已有%(what)s") % told
    if created.model is Inspector:
        for person in created.exclude(user=None)[:NAMED]:
            yield _("%(name)s（%(code)s）已关联账号") % {"name": person.name, "code": person.code}


def _confirmed(batch: ImportBatch) -> Iterator[str]:
    given = RegisterConfirmation.objects.filter(
        register=batch.kind, confirmed_at__gte=batch.merged_at, department__in=_owners(batch)
    ).select_related("department")
    for confirmation in given.order_by("confirmed_at")[:NAMED]:
        when = timezone.localtime(confirmation.confirmed_at)
        yield _("%(department)s已在 %(when)s 确认过这个名录") % {
            "department": confirmation.department.short_name,
            "when": f"{when:%Y-%m-%d %H:%M}",
        }


def _drawn(batch: ImportBatch) -> Iterator[str]:
    chains = _owners(batch).values("code")
    frozen = Entry.objects.filter(event=FROZEN, at__gte=batch.merged_at, chain__in=chains).order_by("at")
    for entry in frozen[:NAMED]:
        yield _("抽取“%s”已冻结名录") % entry.about_label


def _owners(batch: ImportBatch) -> QuerySet[Department]:
    """The departments whose register the rows count in: of this place, of a wider one, of a part of it."""
    code = batch.region.code
    wider = {code, code[:4] + "00", code[:2] + "0000"}
    inside = Department.objects.filter(region__code__startswith=batch.region.prefix)
    return Department.objects.filter(region__code__in=wider) | inside
