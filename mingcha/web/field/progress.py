"""How far a visit has come, as the phone shows it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from mingcha.domain.duties.models import DutyKind
from mingcha.domain.duties.queries import duty_of
from mingcha.domain.duties.rules import Light, light_of
from mingcha.domain.inspections import rules
from mingcha.domain.inspections.models import Assignment, Inspection
from mingcha.domain.inspections.queries import Line, Section, sections_of
from mingcha.domain.organisation.models import User

STEPS: tuple[StrOrPromise, ...] = (_("到场"), _("检查单"), _("签字"), _("结束"), _("录入结果"))


@dataclass(frozen=True)
class Lack:
    """Something that is missing, and where."""

    section: Section
    line: Line
    words: str


@dataclass(frozen=True)
class Step:
    """One of the five steps of a visit."""

    number: int
    label: StrOrPromise


@dataclass(frozen=True)
class Progress:
    """One inspection as one of its inspectors sees it."""

    inspection: Inspection
    sections: list[Section]
    party: list[Assignment]
    mine: Assignment
    today: date

    @property
    def lacks(self) -> list[Lack]:
        found = [
            Lack(section, line, rules.lack_of(line.checkpoint, value=line.value, photos=len(line.photos)))
            for section in self.sections
            for line in section.lines
        ]
        return [lack for lack in found if lack.words]

    @property
    def next_section(self) -> Section | None:
        return next((lack.section for lack in self.lacks), None)

    @property
    def others(self) -> list[Assignment]:
        return [row for row in self.party if row.pk != self.mine.pk]

    @property
    def may_arrive(self) -> bool:
        return (
            not self.arrived and self.begins_now and (self.inspection.awaits_inspectors or self.inspection.is_visiting)
        )

    @property
    def begins_now(self) -> bool:
        return self.inspection.campaign.starts_on <= self.today

    @property
    def arrived(self) -> bool:
        """Here; before the start only if it was today."""
        if self.inspection.awaits_inspectors:
            return self.mine.arrived_on(self.today)
        return self.mine.arrived_at is not None

    @property
    def unsigned(self) -> list[Assignment]:
        """Who is there and has not signed."""
        return [row for row in self.party if row.arrived_at is not None and row.signed_at is None]

    @property
    def all_signed(self) -> bool:
        return self.inspection.is_visiting and not self.unsigned

    @property
    def steps(self) -> list[Step]:
        return [Step(number, label) for number, label in enumerate(STEPS, start=1)]

    @property
    def step(self) -> Step | None:
        """The one that is to be done now; none when all are."""
        return self.steps[self._place] if self._place < len(STEPS) else None

    @property
    def _place(self) -> int:
        if self.inspection.awaits_inspectors:
            return 0
        if self.inspection.is_visiting:
            return 1 if self.lacks else 2 if self.unsigned else 3
        return 4 if self.inspection.is_finished else len(STEPS)


def progress_of(inspection: Inspection, user: User, *, today: date) -> Progress:
    """`inspection` comes from the worklist of `user`, so the user is in its party."""
    party = list(inspection.assignments.standing().select_related("inspector"))
    mine = next(row for row in party if row.inspector.user_id == user.pk)
    return Progress(inspection, sections_of(inspection), party, mine, today)


def entry_light(inspection: Inspection, *, now: datetime) -> Light | None:
    """The light of the 48 hours, where the jurisdiction sets them."""
    duty = duty_of(DutyKind.ENTRY, inspection)
    return light_of(duty, now=now) if duty is not None else None
