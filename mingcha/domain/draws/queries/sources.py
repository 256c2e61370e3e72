"""What a freeze takes from the earlier steps: the frame, the people, the conflicts."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from django.db.models import Q, QuerySet

from mingcha.domain.draws.models import Decision, Draw, DrawnSubject, DrawState, Seat
from mingcha.domain.draws.queries.lists import assignments_this_year, list_is_public, staff_see_names
from mingcha.domain.organisation.models import Department
from mingcha.domain.plans.models import Campaign, Exclusion
from mingcha.domain.plans.queries import (
    StratumSize,
    Taken,
    exclusion_sentences,
    family_of,
    floor_of,
    membership_of,
    people_for,
    sizes_from,
)
from mingcha.domain.registers.models import Avoidance, Inspector, Subject


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
    sentences: dict[str, str] = field(default_factory=dict)  # reason of an exclusion → what the public reads of it

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
    members, left_out = membership_of(campaign, on=on, taken=taken_before(campaign))
    populations = dict.fromkeys(campaign.strata.values_list("code", flat=True), 0) | Counter(members.values())
    sizes = sizes_from(list(campaign.strata.all()), populations, floor=floor_of(campaign, on=on))
    parties = list(campaign.parties.select_related("department"))
    needs = {party.department: party.inspectors for party in parties}
    roster = list(people_for(campaign, list(needs), on=on))
    codes = _codes_and_areas(campaign)
    subjects = {pk: codes[pk][0] for pk in members} | {firm.pk: firm.code for firm in left_out}
    return Sources(
        frame=[(*codes[pk], stratum) for pk, stratum in members.items()],
        excluded=[(firm.code, firm.reason) for firm in left_out],
        sizes=[size for size in sizes if size.population],
        needs=needs,
        roster=roster,
        prior=assignments_this_year([inspector.code for inspector in roster], on.year),
        barred=_barred(roster, subjects),
        register_total=register_total_of(campaign),
        sentences=exclusion_sentences(campaign, on=on),
    )


def taken_before(campaign: Campaign) -> Taken:
    """Whom earlier draws took: what a void draw of this campaign drew, and what the campaign adds to had drawn."""
    before = DrawnSubject.objects.filter(
        Q(reserve=False) | Q(replaces__decision=Decision.APPROVED),
        draw__campaign__in=family_of(campaign),
        draw__is_rehearsal=False,
    )
    return {
        Exclusion.CARRIED: carried_over(campaign).order_by().values("code"),
        Exclusion.DRAWN_BEFORE: before.order_by().values("code"),
    }


def sealed_before(campaign: Campaign, *, now: datetime) -> QuerySet[Draw]:
    """The draws whose firms `taken_before` names and whose list is not public yet."""
    took = Q(campaign__in=family_of(campaign)) | Q(campaign=campaign, state=DrawState.VOIDED)
    before = Draw.objects.filter(took, is_rehearsal=False, subjects__isnull=False).distinct()
    sealed = [draw.pk for draw in before.select_related("campaign") if not list_is_public(draw, now=now)]
    return before.filter(pk__in=sealed).select_related("campaign")


def unsaid_reasons(campaign: Campaign, *, now: datetime) -> set[str]:
    """Reasons whose firms a page of the desk must not name yet: whoever is out for them was drawn in a sealed draw."""
    before = [draw for draw in sealed_before(campaign, now=now) if not staff_see_names(draw, now=now)]
    return {(Exclusion.CARRIED if draw.campaign_id == campaign.pk else Exclusion.DRAWN_BEFORE).value for draw in before}


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
