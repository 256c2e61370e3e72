"""Laying an edition ready for an outlet, sending it, and keeping what the outlet answered."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue.models import ItemList, JointList, Rulebook
from mingcha.domain.catalogue.queries import AnyPaper, chapters_of, edition_before, material_of, rulebook_before
from mingcha.domain.catalogue.queries.joint import entries_of
from mingcha.domain.catalogue.queries.laws import freezes_barring
from mingcha.domain.catalogue.rules import changes_between, edition_facts, explained
from mingcha.domain.catalogue.rules.rulebooks import chapter_changes
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.outlets import queries, rules
from mingcha.domain.outlets.models import Delivery
from mingcha.domain.outlets.rules import Content
from mingcha.domain.outlets.states import DeliveryState
from mingcha.domain.policy.rules import Clause
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.errors import refuse_together
from mingcha.kit.locking import locked


@action
def prepare_delivery(paper: AnyPaper, outlet: str, *, clause: Clause, by: Acting, at: datetime) -> Delivery:
    """Lay an edition ready for one outlet; where the outlet has it as it is now, nothing is done.

    What waits there of an earlier edition, or of this one as it was before, is not sent any more.
    """
    require(by, Permission.RESULT_PUBLISH, within=paper.department)
    paper = locked(paper)
    rules.check_holds(str(paper), holds=queries.still_holds(paper))
    newest, content = queries.newest_delivery(paper, outlet), _content_of(paper)
    if newest is not None and rules.said_the_same(newest, content):
        return newest
    stale = queries.overtaken_by(paper, outlet)
    first_try_at = rules.first_try_at(stale, at=at)
    for row in stale:
        _overtake(row, by=by, at=at)
    revision = newest.revision + 1 if newest is not None else 1
    content = rules.with_revision(content, revision)
    delivery = Delivery.objects.create(
        kind=queries.kind_of(paper),
        about=queries.name_of(paper),
        title=str(paper),
        department=paper.department,
        outlet=outlet,
        revision=revision,
        content=content,
        digest=rules.digest_of(content),
        rule=clause.model_dump(mode="json"),
        prepared_at=at,
        next_try_at=first_try_at,
    )
    details = {"outlet": outlet, "revision": revision, "sha256": delivery.digest}
    record("outlets.prepared", delivery, by=by, at=at, details=details)
    return delivery


@action
def begin_try(delivery: Delivery, *, by: Acting, at: datetime) -> Delivery:
    """Take it for sending: whoever comes at the same time is refused; of a worker that dies a later one takes over."""
    require(by, Permission.RESULT_PUBLISH, within=delivery.department)
    delivery = rules.check_due(queries.free_to_take(delivery), title=delivery.title, at=at)
    delivery.tries += 1
    delivery.next_try_at = at + rules.pause_after(delivery.tries)
    delivery.save(update_fields=["tries", "next_try_at"])
    record("outlets.tried", delivery, by=by, at=at, details={"outlet": delivery.outlet, "try": delivery.tries})
    return delivery


@action
def note_delivered(delivery: Delivery, *, number: str, address: str, by: Acting, at: datetime) -> Delivery:
    """The outlet has put it up; what a person entered meanwhile stays."""
    require(by, Permission.RESULT_PUBLISH, within=delivery.department)
    delivery = locked(delivery)
    if delivery.is_delivered:
        return delivery
    _put_up(delivery, number=number, address=address, entered_by=None, delivered_at=at)
    record("outlets.delivered", delivery, by=by, at=at, details=_posting(delivery))
    return delivery


@action
def note_refused(delivery: Delivery, *, reason: str, by: Acting, at: datetime) -> Delivery:
    """The outlet sends it back, in its own words; somebody has to see to it."""
    require(by, Permission.RESULT_PUBLISH, within=delivery.department)
    delivery = locked(delivery)
    if not delivery.is_waiting:
        return delivery
    return _stuck(delivery, DeliveryState.REFUSED, "outlets.refused", reason=reason, by=by, at=at)


@action
def note_unanswered(
    delivery: Delivery, *, reason: str, wait: timedelta | None = None, by: Acting, at: datetime
) -> Delivery:
    """No usable answer: another try after a growing pause, and after the last one nobody tries any more."""
    require(by, Permission.RESULT_PUBLISH, within=delivery.department)
    delivery = locked(delivery)
    if not delivery.is_waiting:
        return delivery
    if rules.is_hopeless(delivery.tries):
        return _stuck(delivery, DeliveryState.GIVEN_UP, "outlets.given_up", reason=reason, by=by, at=at)
    delivery.fault = reason[: rules.LONGEST_FAULT]
    delivery.next_try_at = at + rules.pause_after(delivery.tries, wait)
    delivery.save(update_fields=["fault", "next_try_at"])
    details = {"outlet": delivery.outlet, "try": delivery.tries, "reason": delivery.fault}
    record("outlets.unanswered", delivery, by=by, at=at, details=details)
    return delivery


@action
def send_again(delivery: Delivery, *, by: Acting, at: datetime) -> Delivery:
    """再送一次: begin anew at once, with all its tries. The key is the same, so nothing is put up twice."""
    _require_publisher(delivery.department, by=by)
    delivery = locked(delivery)
    rules.check_sendable_again(delivery)
    again_at = rules.again_at(delivery, at=at)
    if not delivery.is_waiting:
        delivery.move_to(DeliveryState.WAITING)
    delivery.tries, delivery.next_try_at = 0, again_at
    delivery.save(update_fields=["state", "tries", "next_try_at"])
    record("outlets.sent_again", delivery, by=by, at=at, details={"outlet": delivery.outlet})
    return delivery


@action
def enter_posting(
    delivery: Delivery,
    *,
    address: str,
    on: date,
    number: str = "",
    has_interface: bool = False,
    by: User,
    at: datetime,
) -> Delivery:
    """Somebody put it up on the outlet's own pages: where and when. `has_interface`: it would be sent by itself."""
    _require_publisher(delivery.department, by=by)
    delivery = locked(delivery)
    rules.check_enterable(delivery, has_interface=has_interface)
    refuse_together(
        lambda: rules.check_address(address),
        lambda: rules.check_number(number),
        lambda: rules.check_put_up_on(delivery, on, today=timezone.localdate(at)),
    )
    put_up_at = at if on == timezone.localdate(at) else timezone.make_aware(datetime(on.year, on.month, on.day))
    _put_up(
        delivery,
        number=delivery.receipt_number or number.strip(),  # the outlet's own number stays
        address=address,
        entered_by=by,
        delivered_at=delivery.delivered_at or put_up_at,
    )
    record("outlets.entered", delivery, by=by, at=at, details={**_posting(delivery), "on": on.isoformat()})
    return delivery


@action
def correct_posting(delivery: Delivery, *, address: str, by: User, at: datetime) -> Delivery:
    """The address that somebody entered was wrong: the later one counts, and the trail keeps both."""
    _require_publisher(delivery.department, by=by)
    delivery = locked(delivery)
    rules.check_address(address)
    rules.check_correctable(delivery, address=address)
    before, delivery.public_address, delivery.entered_by = delivery.public_address, address, by
    delivery.save(update_fields=["public_address", "entered_by"])
    record("outlets.corrected", delivery, by=by, at=at, details={**_posting(delivery), "before": before})
    return delivery


def _require_publisher(department: Department, *, by: Acting) -> None:
    if not queries.publishes_for(by, department):
        require(by, Permission.CATALOGUE_EDIT, within=department)


def _overtake(delivery: Delivery, *, by: Acting, at: datetime) -> None:
    delivery.move_to(DeliveryState.OVERTAKEN)
    delivery.next_try_at = None
    delivery.save(update_fields=["state", "next_try_at"])
    record("outlets.overtaken", delivery, by=by, at=at, details={"outlet": delivery.outlet})


def _put_up(delivery: Delivery, *, number: str, address: str, entered_by: User | None, delivered_at: datetime) -> None:
    if not delivery.is_delivered:
        delivery.move_to(DeliveryState.DELIVERED)
    delivery.receipt_number, delivery.public_address = number, address
    delivery.entered_by, delivery.delivered_at = entered_by, delivered_at
    delivery.next_try_at, delivery.fault = None, ""
    delivery.save(
        update_fields=[
            "state",
            "receipt_number",
            "public_address",
            "entered_by",
            "delivered_at",
            "next_try_at",
            "fault",
        ]
    )


def _stuck(delivery: Delivery, state: DeliveryState, event: str, *, reason: str, by: Acting, at: datetime) -> Delivery:
    delivery.move_to(state)
    delivery.fault, delivery.next_try_at = reason[: rules.LONGEST_FAULT], None
    delivery.save(update_fields=["state", "fault", "next_try_at"])
    details = {"outlet": delivery.outlet, "try": delivery.tries, "reason": delivery.fault}
    record(event, delivery, by=by, at=at, details=details)
    return delivery


def _posting(delivery: Delivery) -> dict[str, object]:
    return {
        "outlet": delivery.outlet,
        "number": delivery.receipt_number,
        "address": delivery.public_address,
        "sha256": delivery.digest,
    }


def _content_of(paper: AnyPaper) -> Content:
    if isinstance(paper, ItemList):
        return _list_content(paper)
    return _joint_content(paper) if isinstance(paper, JointList) else _rulebook_content(paper)


def _list_content(item_list: ItemList) -> Content:
    material, before = material_of(item_list), edition_before(item_list)
    changes = []
    if material.before is not None:
        between = changes_between(edition_facts(material.before), edition_facts(material.items))
        changes = explained(between, item_list, material.notes)
    items = list(queries.items_to_show(item_list))
    replaces = before.edition if before is not None else None
    return rules.list_content(item_list, items, replaces=replaces, changes=changes, freezes=freezes_barring(items))


def _joint_content(joint: JointList) -> Content:
    entries = list(entries_of(joint))
    return rules.joint_content(joint, entries, freezes=freezes_barring(entry.item for entry in entries))


def _rulebook_content(rulebook: Rulebook) -> Content:
    chapters, before = chapters_of(rulebook), rulebook_before(rulebook)
    return rules.rulebook_content(
        str(rulebook),
        rulebook.department,
        chapters,
        edition=rulebook.edition,
        in_force_at=rulebook.in_force_at,
        replaces=before.edition if before is not None else None,
        changes=chapter_changes(chapters_of(before), chapters) if before is not None else [],
    )
