"""数据共享: asking, granting until a day, taking under the grant; each delivery stays on record with its digest."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import queries, rules
from mingcha.domain.registers.models import DataDelivery, DataRequest
from mingcha.domain.registers.queries.sharing import row_by_row, shared_words
from mingcha.domain.registers.states import SharingState
from mingcha.kit.action import action
from mingcha.kit.locking import locked
from mingcha.kit.tabular import Sheet, csv_of, workbook_of

MOST_IN_WORKBOOK = 50_000  # rows; a workbook is made in memory, beyond this a text file is given


@dataclass(frozen=True)
class Delivered:
    """What was taken, as a file."""

    name: str
    content: bytes
    delivery: DataDelivery


@action
def ask_for_data(
    asker: Department,
    owner: Department,
    *,
    register: str,
    fields: Collection[str],
    filters: Mapping[str, str],
    purpose: str,
    by: User,
    at: datetime,
) -> DataRequest:
    """Ask another department for columns of its register, all rows or some."""
    require(by, Permission.REGISTER_EDIT, within=asker)
    filters = {name: value.strip() for name, value in filters.items() if value.strip()}
    rules.check_ask(asker, owner, register=register, fields=fields, filters=filters, purpose=purpose)
    request = DataRequest.objects.create(
        asker=asker,
        owner=owner,
        register=register,
        fields=list(fields),
        filters=filters,
        purpose=purpose.strip(),
        asked_by=by,
        asked_at=at,
    )
    details = {"asker": asker.code, "owner": owner.code, "register": register, "fields": ",".join(fields)}
    record("registers.data_asked", request, by=by, at=at, details={**details, "purpose": request.purpose})
    return request


@action
def grant_request(
    request: DataRequest, *, fields: Collection[str], until: date, answer: str = "", by: User, at: datetime
) -> DataRequest:
    """The owner's head gives these columns until a day; what is struck out is not given."""
    require(by, Permission.REGISTER_SHARE, within=request.owner)
    request = locked(request)
    request.move_to(SharingState.GRANTED)
    rules.check_grant(request, fields=fields, until=until, answer=answer, today=timezone.localdate(at))
    request.granted, request.until = [name for name in request.fields if name in fields], until
    _decide(request, answer, by=by, at=at)
    details = {"fields": ",".join(request.granted), "until": until.isoformat(), "answer": request.answer}
    record("registers.data_granted", request, by=by, at=at, details=details)
    return request


@action
def refuse_request(request: DataRequest, *, answer: str, by: User, at: datetime) -> DataRequest:
    """The owner's head says no, and why."""
    require(by, Permission.REGISTER_SHARE, within=request.owner)
    request = locked(request)
    request.move_to(SharingState.REFUSED)
    rules.check_refusal(answer)
    _decide(request, answer, by=by, at=at)
    record("registers.data_refused", request, by=by, at=at, details={"answer": request.answer})
    return request


def _decide(request: DataRequest, answer: str, *, by: User, at: datetime) -> None:
    request.answer, request.decided_by, request.decided_at = answer.strip(), by, at
    request.save(update_fields=["state", "granted", "until", "answer", "decided_by", "decided_at"])


@action
def end_grant(request: DataRequest, *, reason: str, by: User, at: datetime) -> DataRequest:
    """The owner's head takes it back: nothing is taken from now on."""
    require(by, Permission.REGISTER_SHARE, within=request.owner)
    request = locked(request)
    rules.check_reason(reason)
    request.move_to(SharingState.ENDED)
    request.save(update_fields=["state"])
    record("registers.data_ended", request, by=by, at=at, details={"reason": reason.strip()})
    return request


@action
def take_data(request: DataRequest, *, by: User, at: datetime) -> Delivered:
    """Make the file of what was granted; that it was taken stays on record before it leaves."""
    require(by, Permission.REGISTER_EDIT, within=request.asker)
    request, today = locked(request), timezone.localdate(at)
    rules.check_takeable(request, today=today)
    words = shared_words(request.register)
    rows = [rules.headings(request.register, request.granted)]
    rows += [
        rules.as_texts(request.register, request.granted, row, words=words)
        for row in row_by_row(queries.shared_rows(request))
    ]
    small = len(rows) <= MOST_IN_WORKBOOK
    content = workbook_of([Sheet(_("数据"), rows)]) if small else b"".join(csv_of(rows))
    digest, number = sha256(content).hexdigest(), len(rows) - 1
    delivery = DataDelivery.objects.create(request=request, rows=number, sha256=digest, taken_by=by, taken_at=at)
    details = {"rows": number, "sha256": digest, "fields": ",".join(request.granted)}
    record("registers.data_taken", request, by=by, at=at, details=details)
    name = _("%(owner)s共享数据%(day)s") % {"owner": request.owner.short_name, "day": f"{today:%Y%m%d}"}
    return Delivered(f"{name}.{'xlsx' if small else 'csv'}", content, delivery)
