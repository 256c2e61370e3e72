"""Filling the sheet: answers and photos."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Protocol

from django.core.files.base import ContentFile

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue.models import Checkpoint
from mingcha.domain.inspections import queries, rules
from mingcha.domain.inspections.models import Answer, Evidence, Finding, Inspection
from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.errors import Refused
from mingcha.kit.locking import locked

Answers = Mapping[int, tuple[str, str]]  # checkpoint pk → value and note
Place = tuple[Finding, Checkpoint]
Photos = Mapping[int, tuple[str, bytes]]  # checkpoint pk → file name and content


@action
def answer(inspection: Inspection, *, answers: Answers, by: User, at: datetime) -> int:
    """Keep what was seen; returns how many answers are new or changed. A change voids the signatures given so far."""
    inspection = _open_sheet(inspection, by=by)
    points, known = _on_sheet(inspection)
    changed = 0
    for pk, (value, note) in answers.items():
        finding, checkpoint = rules.check_on_sheet(points.get(pk))
        rules.check_answer(checkpoint, value=value, note=note)
        old = known.get(pk)
        if old is not None and (old.value, old.note) == (value, note.strip()):
            continue
        row = old or Answer(finding=finding, checkpoint=checkpoint)
        row.value, row.note, row.answered_by, row.answered_at = value, note.strip(), by, at
        row.save()
        changed += 1
    if changed:
        _void_signatures(inspection, by=by, at=at)
        record("inspection.answered", inspection, by=by, at=at, details={"answers": changed})
    return changed


class AttachesPhoto(Protocol):
    """How a photo is kept."""

    def __call__(
        self,
        inspection: Inspection,
        *,
        content: bytes,
        file_name: str,
        by: User,
        at: datetime,
        checkpoint: Checkpoint | None = None,
    ) -> Evidence:
        """`content` as the phone sent it; `checkpoint` None for a photo of the visit as a whole."""


class SavesSection(Protocol):
    """How a page of the sheet is kept."""

    def __call__(
        self, inspection: Inspection, *, answers: Answers, photos: Photos, by: User, at: datetime
    ) -> dict[int, str]:
        """Returns why a photo was not kept, by checkpoint."""


def after_decoding(stage: Callable[..., Evidence]) -> AttachesPhoto:
    """Decode before the action begins: its transaction locks out all other writers on SQLite."""

    @wraps(stage)
    def run(
        inspection: Inspection,
        *,
        content: bytes,
        file_name: str,
        by: User,
        at: datetime,
        checkpoint: Checkpoint | None = None,
    ) -> Evidence:
        picture = rules.picture_of(content)
        return stage(inspection, picture=picture, file_name=file_name, checkpoint=checkpoint, by=by, at=at)

    return run


def after_decoding_all(stage: Callable[..., dict[int, str]]) -> SavesSection:
    """The same for a page of photos; one that cannot be read is a fault of its own checkpoint."""

    @wraps(stage)
    def run(inspection: Inspection, *, answers: Answers, photos: Photos, by: User, at: datetime) -> dict[int, str]:
        faults, pictures = {}, {}
        for pk, (file_name, content) in photos.items():
            try:
                pictures[pk] = (file_name, rules.picture_of(content))
            except Refused as refusal:
                faults[pk] = refusal.reason
        return {**faults, **stage(inspection, answers=answers, pictures=pictures, by=by, at=at)}

    return run


@after_decoding
@action
def attach_photo(
    inspection: Inspection,
    *,
    picture: rules.Picture,
    file_name: str,
    by: User,
    at: datetime,
    checkpoint: Checkpoint | None = None,
) -> Evidence:
    """Keep a photo, re-encoded; its digest is that of what the phone sent. The same photo twice does nothing."""
    return _attach(inspection, picture, file_name=file_name, checkpoint=checkpoint, by=by, at=at)


def _attach(
    inspection: Inspection,
    picture: rules.Picture,
    *,
    file_name: str,
    checkpoint: Checkpoint | None,
    by: User,
    at: datetime,
) -> Evidence:
    inspection = _open_sheet(inspection, by=by)
    if checkpoint is not None:
        rules.check_on_sheet(_on_sheet(inspection)[0].get(checkpoint.pk))
    digest = picture.sha256
    known = inspection.evidence.select_related("checkpoint").filter(sha256=digest).first()
    if known is not None and known.checkpoint_id == (checkpoint.pk if checkpoint is not None else None):
        return known
    photos = inspection.evidence.filter(checkpoint=checkpoint).count()
    rules.check_photo_place(photos=photos, elsewhere=known)
    evidence = Evidence(inspection=inspection, checkpoint=checkpoint, sha256=digest, taken_by=by, taken_at=at)
    evidence.file.save(f"{inspection.pk}-{digest[:16]}.jpg", ContentFile(picture.jpeg), save=False)
    evidence.save()
    _void_signatures(inspection, by=by, at=at)
    details = {"sha256": digest, "checkpoint": str(checkpoint or ""), "file": file_name[:120]}
    record("inspection.photographed", inspection, by=by, at=at, details=details)
    return evidence


@after_decoding_all
@action
def save_section(
    inspection: Inspection,
    *,
    answers: Answers,
    pictures: Mapping[int, tuple[str, rules.Picture]],
    by: User,
    at: datetime,
) -> dict[int, str]:
    """One press of 保存: keeps every answer and every readable photo; returns why a photo was not kept, by checkpoint.

    A photo that cannot be read must not cost the inspector what was typed beside it.
    """
    answer(inspection, answers=answers, by=by, at=at)
    points, _known = _on_sheet(inspection)
    faults = {}
    for pk, (file_name, picture) in pictures.items():
        _finding, checkpoint = rules.check_on_sheet(points.get(pk))
        try:
            _attach(inspection, picture, file_name=file_name, checkpoint=checkpoint, by=by, at=at)
        except Refused as refusal:
            faults[pk] = refusal.reason
    return faults


def _open_sheet(inspection: Inspection, *, by: User) -> Inspection:
    """Who, lock, whether: the same for every stroke on the sheet."""
    require(by, Permission.INSPECTION_DO, within=inspection.department)
    inspection = locked(inspection)
    assignment = rules.check_assigned(queries.assignment_of(inspection, by))
    rules.check_answerable(inspection, assignment)
    return inspection


def _on_sheet(inspection: Inspection) -> tuple[dict[int, Place], dict[int, Answer]]:
    """The sheet's checkpoints with their finding, and the answers there are, both by checkpoint."""
    lines = [(section.finding, line) for section in queries.sections_of(inspection) for line in section.lines]
    points = {line.checkpoint.pk: (finding, line.checkpoint) for finding, line in lines}
    return points, {line.checkpoint.pk: line.answer for _finding, line in lines if line.answer is not None}


def _void_signatures(inspection: Inspection, *, by: User, at: datetime) -> None:
    """A signature stands under what was there when it was given."""
    signed = inspection.assignments.exclude(signed_at=None).update(signed_at=None)
    if not signed:
        return
    inspection.subject_outcome = inspection.subject_signed = inspection.subject_opinion = ""
    inspection.save(update_fields=["subject_outcome", "subject_signed", "subject_opinion"])
    record("inspection.signatures_voided", inspection, by=by, at=at, details={"signatures": signed})
