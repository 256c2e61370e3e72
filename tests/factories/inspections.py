"""A signed draw in the invented county and the visits that follow from it, taken as far as a test asks."""

import io
from datetime import date, datetime, timedelta
from types import SimpleNamespace

from PIL import Image

from mingcha.domain.catalogue.actions import explain_change, remove_item
from mingcha.domain.draws.models import Draw, DrawnInspector, DrawnSubject
from mingcha.domain.inspections import actions
from mingcha.domain.inspections.models import Inspection, Result
from mingcha.domain.organisation.models import Department, Role, User
from mingcha.domain.plans.models import Campaign
from tests.conftest import NOON
from tests.factories import catalogue, plans, policy, registers
from tests.factories import organisation as make
from tests.factories.organisation import unguarded

STARTS, ENDS = date(2026, 11, 16), date(2026, 12, 11)
LATER = timedelta(minutes=10)


def photo(colour: str = "#1d4f91", kind: str = "PNG", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    """A small picture of one colour: another colour is another photo (JPEG would make near ones alike)."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind, **options)
    return file.getvalue()


def party(within: Department, first: User | None = None) -> list[User]:
    """Two certified inspectors of a department, each with an account."""
    people = [first or make.user(f"{within.code}1", Role.INSPECTOR, within=within)]
    people.append(make.user(f"{within.code}2", Role.INSPECTOR, within=within))
    for number, person in enumerate(people, start=1):
        registers.inspector(within, number, user=person, name=f"示范人员{within.code}{number}")
    return people


def signed_draw(
    campaign: Campaign, subjects: int = 1, *, number: str = "DRAW-2026-0001", state: str = "SIGNED"
) -> Draw:
    """A draw at SIGNED with its drawn subjects, one reserve, and every inspector of the parties on each subject."""
    with unguarded():
        draw = Draw.objects.create(
            number=number,
            campaign=campaign,
            state="OPENED",
            opened_at=NOON - timedelta(days=3),
        )
        for rank in range(1, subjects + 2):
            firm = registers.subject(100 * draw.pk + rank, address=f"示范街{rank}号", name=f"示范商行{draw.pk}-{rank}")
            row = DrawnSubject.objects.create(
                draw=draw,
                subject=firm,
                code=firm.code,
                name=firm.name,
                stratum="rest",
                rank=rank,
                reserve=rank > subjects,
                ticket=f"{rank:064x}",
            )
            for side in campaign.parties.all():
                for position, person in enumerate(side.department.inspectors.order_by("code"), start=1):
                    DrawnInspector.objects.create(
                        drawn=row,
                        department=side.department,
                        inspector=person,
                        code=person.code,
                        name=person.name,
                        position=position,
                    )
        outcome = {"seed": "cd" * 32, "key": "ef" * 16, "result_sha256": "ab" * 32, "state": state}
        Draw.objects.filter(pk=draw.pk).update(result_at=NOON - timedelta(days=3), **outcome)
        draw.refresh_from_db()
    return draw


def world(
    cast: SimpleNamespace,
    *,
    subjects: int = 1,
    joint: bool = False,
    timing: str = "AT_DRAW",
    starts: date = STARTS,
    ends: date = ENDS,
) -> SimpleNamespace:
    """Rules, lists, people, an approved campaign that has begun, and its signed draw; nothing dispatched yet."""
    policy.demo_profile()
    policy.calendar()
    lists = [catalogue.list_in_force(cast.handler, cast.approver)]
    people = party(cast.market, cast.inspector)
    parties = [(cast.market, 2)]
    fire = []
    if joint:
        lists.append(catalogue.list_in_force(cast.fire_handler, cast.fire_approver, codes=("F-01",)))
        fire = party(cast.fire)
        parties.append((cast.fire, 2))
    items = [item for edition in lists for item in edition.items.all()]
    campaign = plans.approved_campaign(cast, items=items, parties=parties)
    with unguarded():
        Campaign.objects.filter(pk=campaign.pk).update(
            state="DRAWN", starts_on=starts, ends_on=ends, list_timing=timing
        )
        campaign.refresh_from_db()
        draw = signed_draw(campaign, subjects)
    return SimpleNamespace(cast=cast, people=people, fire=fire, campaign=campaign, draw=draw, edition=lists[0])


def superseded(there: SimpleNamespace, *, without: str = "", at: datetime = NOON) -> int:
    """The market brings its next edition into force: one item more, and one fewer if named. Returns the edition."""
    edition = catalogue.draft(there.cast.handler, at)
    catalogue.enter(edition, "M-03", by=there.cast.handler, at=at)
    if without:
        remove_item(edition.items.get(code=without), by=there.cast.handler, at=at)
    explain_change(edition, reason="LAW", note="依据修订", by=there.cast.handler, at=at)
    catalogue.bring_into_force(edition, by=there.cast.approver, at=at)
    return edition.pk


def dispatched(there: SimpleNamespace, at: datetime = NOON) -> Inspection:
    """The market's inspection of the first firm, waiting for its people."""
    actions.dispatch_visits(there.draw, by=there.cast.handler, at=at)
    return Inspection.objects.filter(department=there.cast.market).order_by("pk")[0]


def started(there: SimpleNamespace, at: datetime = NOON) -> Inspection:
    inspection = dispatched(there, at)
    arrive_all(there, inspection, at)
    return inspection


def arrive_all(there: SimpleNamespace, inspection: Inspection, at: datetime = NOON) -> None:
    for person in people_of(inspection):
        actions.arrive(inspection, by=person, at=at)
    inspection.refresh_from_db()


def people_of(inspection: Inspection) -> list[User]:
    """Those who were drawn for it, in order."""
    return list(User.objects.filter(inspector__assignments__inspection=inspection).order_by("inspector__code"))


def fill(inspection: Inspection, at: datetime = NOON, *, value: str = "MEETS", note: str = "") -> None:
    """Every checkpoint answered alike, every required photo attached."""
    first = people_of(inspection)[0]
    points = [point for finding in inspection.findings.all() for point in finding.item.checkpoints.all()]
    actions.answer(inspection, answers={point.pk: (value, note) for point in points}, by=first, at=at)
    for point in points:
        if point.photo_required:
            shot = photo(f"#{point.pk % 4096:06x}")
            actions.attach_photo(inspection, content=shot, file_name="1.jpg", checkpoint=point, by=first, at=at)


def sign_all(inspection: Inspection, at: datetime = NOON) -> None:
    for person in people_of(inspection):
        actions.sign_visit(inspection, subject_signed="示范负责人", subject_opinion="无异议", by=person, at=at)


def signed(there: SimpleNamespace, at: datetime = NOON, *, value: str = "MEETS", note: str = "") -> Inspection:
    inspection = started(there, at)
    fill(inspection, at, value=value, note=note)
    sign_all(inspection, at)
    return inspection


def finished(there: SimpleNamespace, at: datetime = NOON, *, value: str = "MEETS", note: str = "") -> Inspection:
    inspection = signed(there, at, value=value, note=note)
    return actions.finish_visit(inspection, by=there.people[0], at=at)


def clean(inspection: Inspection) -> dict[int, tuple[str, str]]:
    """未发现问题 at every item."""
    return {finding.pk: (Result.CLEAN.value, "") for finding in inspection.findings.all()}


def recorded(there: SimpleNamespace, at: datetime = NOON) -> Inspection:
    inspection = finished(there, at)
    return actions.record_result(inspection, results=clean(inspection), by=there.people[0], at=at + LATER)


def confirmed(there: SimpleNamespace, at: datetime = NOON) -> Inspection:
    return actions.confirm_result(recorded(there, at), by=there.cast.approver, at=at + 2 * LATER)


def carried_out(inspection: Inspection, approver: User, at: datetime = NOON) -> Inspection:
    """Any inspection from ASSIGNED to CONFIRMED."""
    people = people_of(inspection)
    for person in people:
        actions.arrive(inspection, by=person, at=at)
    fill(inspection, at)
    sign_all(inspection, at)
    actions.finish_visit(inspection, by=people[0], at=at)
    actions.record_result(inspection, results=clean(inspection), by=people[0], at=at + LATER)
    return actions.confirm_result(inspection, by=approver, at=at + 2 * LATER)
