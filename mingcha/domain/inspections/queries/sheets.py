"""What a sheet holds: items, checkpoints, answers, photos."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import QuerySet

from mingcha.domain.catalogue.models import Checkpoint
from mingcha.domain.inspections.models import Answer, Evidence, Finding, Inspection


@dataclass
class Line:
    """A checkpoint with what was answered and photographed."""

    checkpoint: Checkpoint
    answer: Answer | None = None
    photos: list[Evidence] = field(default_factory=list)

    @property
    def value(self) -> str:
        return self.answer.value if self.answer is not None else ""

    @property
    def note(self) -> str:
        return self.answer.note if self.answer is not None else ""


@dataclass
class Section:
    """One item of an inspection: its finding and its checkpoints in order."""

    finding: Finding
    lines: list[Line]

    @property
    def answered(self) -> int:
        return sum(line.answer is not None for line in self.lines)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def fails(self) -> list[Line]:
        return [line for line in self.lines if line.value == Answer.Value.FAILS]


def sections_of(inspection: Inspection) -> list[Section]:
    """The whole sheet in four queries: items, checkpoints, answers, photos."""
    photos: dict[int | None, list[Evidence]] = defaultdict(list)
    for photo in inspection.evidence.all():
        photos[photo.checkpoint_id].append(photo)
    findings = (
        inspection.findings.select_related("item__item_list")
        .prefetch_related("item__checkpoints", "answers__answered_by")
        .order_by("item__code")
    )
    sections = []
    for finding in findings:
        answers = {answer.checkpoint_id: answer for answer in finding.answers.all()}
        points = finding.item.checkpoints.all()
        sections.append(Section(finding, [Line(c, answers.get(c.pk), photos.get(c.pk, [])) for c in points]))
    return sections


def photos_beside_the_sheet(inspection: Inspection) -> QuerySet[Evidence]:
    """Photos of the visit as a whole, of no single checkpoint."""
    return inspection.evidence.filter(checkpoint=None)
