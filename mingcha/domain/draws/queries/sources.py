"""What a freeze takes from the earlier steps: the frame, the people, the conflicts."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import QuerySet

from mingcha.domain.draws.models import Draw, DrawnSubject, DrawState, Seat
from mingcha.domain.draws.queries.lists import assignments_this_year
from mingcha.domain.organisation.models import Department
from mingcha.domain.plans.models import Campaign, Exclusion
from mingcha.domain.plans.queries import StratumSize, floor_of, membership_of, sizes_from
from mingcha.domain.registers.models import Avoidance, Inspector, Subject
from mingcha.domain.registers.queries import certified_inspectors


@dataclass(frozen=True)
class Sources:
    """Everything that the files are made of; codes only, as the register has them on one day."""

    frame: list[tuple[str, str, str]]  # code, area, stratum
    excluded: list[tuple[str, str]]  # code, reason
    sizes: list[StratumSize]
    needs: dict[Department, int]  # how many inspectors of each department go to a subject
    roster: list[Inspector]
    prior: dict[str, int]
    barred: list[tuple[str, str]]  # subject's code, inspector's code
    register_total: int

    @property
    def staff(self) -> list[tuple[Department, int]]:
        """How many people each department can send."""
        counts = Counter(inspector.department_id for inspector in self.roster)
        return [(department, counts[department.pk]) for department in self.needs]

    @property
    def places(self) -> int:
        """How many subjects will be drawn."""
        return sum(size.take for size in self.sizes)


def sources_for(campaign: Campaign, *, on: date) -> Sources:
    """Read the registers once; sizes are counted from the very rows that go into the frame."""
    members, excluded = membership_of(campaign, on=on)
    excluded += _drawn_already(campaign, members)
    populations = dict.fromkeys(campaign.strata.values_list("code", flat=True), 0) | Counter(members.values())
    sizes = sizes_from(list(campaign.strata.all()), populations, floor=floor_of(campaign, on=on))
    parties = list(campaign.parties.select_related("department"))
    needs = {party.department: party.inspectors for party in parties}
    roster = list(certified_inspectors(list(needs), on=on, until=campaign.ends_on).select_related("department"))
    codes = _codes_and_areas(campaign)
    subjects = {pk: codes[pk][0] for pk in members} | {subject.pk: subject.code for subject, _reason in excluded}
    return Sources(
        frame=[(*codes[pk], stratum) for pk, stratum in members.items()],
        excluded=[(subject.code, reason) for subject, reason in excluded],
        sizes=[size for size in sizes if size.population],
        needs=needs,
        roster=roster,
        prior=assignments_this_year([inspector.code for inspector in roster], on.year),
        barred=_barred(roster, subjects),
        register_total=register_total_of(campaign),
    )


def _drawn_already(campaign: Campaign, members: dict[int, str]) -> list[tuple[Subject, str]]:
    """Takes out of the frame whom a void draw of this campaign drew: void but inspect, outside the next quotas."""
    carried = Subject.objects.filter(pk__in=carried_over(campaign).values("subject"))
    kept = [(subject, str(Exclusion.CARRIED.value)) for subject in carried if subject.pk in members]
    for subject, _reason in kept:
        del members[subject.pk]
    return kept


def carried_over(campaign: Campaign) -> QuerySet[DrawnSubject]:
    """What void draws of a campaign drew: it stays drawn."""
    return DrawnSubject.objects.filter(
        draw__campaign=campaign, draw__state=DrawState.VOIDED, draw__is_rehearsal=False, reserve=False
    )


def _codes_and_areas(campaign: Campaign) -> dict[int, tuple[str, str]]:
    region = campaign.department.region
    rows = Subject.objects.filter(region__code__startswith=region.prefix).order_by()
    return {pk: (code, area) for pk, code, area in rows.values_list("pk", "code", "area").iterator(chunk_size=10_000)}


def _barred(roster: list[Inspector], subjects: dict[int, str]) -> list[tuple[str, str]]:
    """Only pairs of which both are in the draw: who avoids whom elsewhere is nobody's business."""
    pairs = Avoidance.objects.filter(inspector__in=roster).values_list("subject_id", "inspector__code")
    return [(subjects[subject], inspector) for subject, inspector in pairs if subject in subjects]


def register_total_of(campaign: Campaign) -> int:
    """How many subjects the register of the campaign's region holds, open and closed."""
    return Subject.objects.filter(region__code__startswith=campaign.department.region.prefix).count()


def discipline_body_for(department: Department) -> Department | None:
    """The body that holds a sealing key nearest to a department: its own region, the city, the province."""
    code = department.region.code
    places = [code, code[:4] + "00", code[:2] + "0000"]
    bodies = Department.objects.filter(region__code__in=places).exclude(sealing_key="").order_by("code")
    return min(bodies, key=lambda body: places.index(body.region_id), default=None)


def seat_of(draw: Draw, token: str) -> Seat | None:
    """The seat of the phone that shows this token."""
    return draw.seats.filter(token=sha256(token.encode()).hexdigest()).first()
