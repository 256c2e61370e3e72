"""After the result: the next person of the same order, the next reserve of the same stratum. Nobody picks anybody."""

from datetime import date, datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.draws import queries, rules
from mingcha.domain.draws.models import Decision, Draw, DrawnSubject, Substitution, UsedReserve
from mingcha.domain.draws.permissions import may_decide, may_propose
from mingcha.domain.draws.queries import Line
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers.models import Inspector
from mingcha.kit.action import action
from mingcha.kit.locking import locked


@action
def propose_substitute(
    drawn: DrawnSubject, *, leaves: Inspector, reason_text: str, by: User, at: datetime
) -> Substitution:
    """Say who cannot go; who goes instead follows from the frozen files. Told by inspections, which knows who is at
    the door already."""
    _require_hand(by, drawn.draw, leaves.department)
    draw = locked(drawn.draw)
    line = _changeable(draw, drawn, at=at)
    reason = rules.plain_line(reason_text)
    place = next((sent for sent in line.party if sent.inspector_id == leaves.pk), None)
    pending = queries.pending_substitution(line.rows, place.department_id) if place is not None else None
    rules.check_substitutable(leaves, there=place is not None, pending=pending, reason=reason)
    department = Department.objects.get(pk=place.department_id) if place is not None else leaves.department
    found = _stand_in(draw, line, leaves, department=department, on=timezone.localdate(at))
    row = Substitution.objects.create(
        drawn=line.current,
        department=department,
        leaves=leaves,
        enters=found.enters,
        reason_text=rules.reason_with(reason, found.passed),
        proposed_by=by,
        proposed_at=at,
    )
    record("draw.substitute_proposed", draw, by=by, at=at, details=_told(row) | {"reason": row.reason_text})
    return row


@action
def decide_substitute(
    substitution: Substitution, *, agreed: bool, remark: str = "", by: User, at: datetime
) -> Substitution:
    """The head of the lead or of the inspector's department; the order is computed again, so that an approval never
    stands on what has changed since."""
    if not may_decide(by, substitution.drawn.draw, substitution.department):
        require(by, Permission.DRAW_SIGN_AGENCY, within=substitution.department)
    draw = locked(substitution.drawn.draw)
    row = locked(substitution)
    remark = rules.plain_line(remark)
    rules.check_change_decidable(row, agreed=agreed, remark=remark, by=by)
    rules.check_disinterested(row, by=by)
    if agreed:
        line = _changeable(draw, row.drawn, at=at)
        found = _stand_in(draw, line, row.leaves, department=row.department, on=timezone.localdate(at))
        rules.check_still_next(row.enters, found)
    _decide(row, agreed=agreed, remark=remark, by=by, at=at)
    record("draw.substitute_decided", draw, by=by, at=at, details=_told(row) | {"remark": remark})
    return row


@action
def propose_reserve(drawn: DrawnSubject, *, reason: str, reason_text: str, by: User, at: datetime) -> UsedReserve:
    """注销, 迁出, 重复: the next reserve of the stratum takes the place. Told by inspections."""
    _require_hand(by, drawn.draw, drawn.draw.department)
    draw = locked(drawn.draw)
    line = _changeable(draw, drawn, at=at)
    text = rules.plain_line(reason_text)
    rules.check_replaceable(
        line.current,
        reason=reason,
        reason_text=text,
        pending=queries.pending_reserve(line.current),
        carried=draw.is_voided,
    )
    label = queries.strata_labels(draw).get(drawn.stratum, drawn.stratum)
    reserve = rules.check_reserve_left(queries.next_reserve(line.current), stratum=label)
    rules.check_party_fits(reserve, _unfit(line, reserve))
    row = UsedReserve.objects.create(
        drawn=line.current, reserve=reserve, reason=reason, reason_text=text, proposed_by=by, proposed_at=at
    )
    details = {"firm": drawn.code, "reserve": reserve.code, "reason": reason, "text": text}
    record("draw.reserve_proposed", draw, by=by, at=at, details=details)
    return row


@action
def decide_reserve(used: UsedReserve, *, agreed: bool, remark: str = "", by: User, at: datetime) -> UsedReserve:
    """The head of the lead; strictly in the order of ranks."""
    require(by, Permission.DRAW_SIGN_AGENCY, within=used.drawn.draw.department)
    draw = locked(used.drawn.draw)
    row = locked(used)
    remark = rules.plain_line(remark)
    rules.check_change_decidable(row, agreed=agreed, remark=remark, by=by)
    if agreed:
        line = _changeable(draw, row.drawn, at=at)
        rules.check_next_reserve(row, queries.next_reserve(row.drawn, promised=False))
        rules.check_party_fits(row.reserve, _unfit(line, row.reserve))
    _decide(row, agreed=agreed, remark=remark, by=by, at=at)
    details = {"firm": row.drawn.code, "reserve": row.reserve.code, "agreed": str(agreed), "remark": remark}
    record("draw.reserve_decided", draw, by=by, at=at, details=details)
    return row


def _require_hand(by: User, draw: Draw, department: Department) -> None:
    if not may_propose(by, draw, department):
        require(by, Permission.DRAW_RUN, within=department)


def _changeable(draw: Draw, drawn: DrawnSubject, *, at: datetime) -> Line:
    carried = queries.is_carried(draw)
    rules.check_changeable(draw, carried=carried, names_open=queries.staff_see_names(draw, now=at))
    line = queries.line_of(drawn)
    rules.check_line(drawn, used=line is not None, replaced=line is not None and line.current != drawn)
    return line if line is not None else Line([drawn], [])


def _stand_in(draw: Draw, line: Line, leaves: Inspector, *, department: Department, on: date) -> rules.StandIn:
    firm, team = rules.check_registered(line.current), queries.team_of(line.drawn)
    staying = queries.people_of(sent for sent in line.party if sent.inspector_id != leaves.pk).values()
    order = rules.order_of(
        queries.frozen_files(draw),
        key=draw.key,
        place=team or line.drawn.code,
        role=department.code,
        earlier=queries.earlier_substitutions(draw, leaving=(team, leaves.code)),
    )
    people, campaign = queries.people_by_code(order), draw.campaign
    return rules.stand_in(
        order,
        people=people,
        department=department,
        firm=firm,
        barred=queries.barred_from(line.current),
        on=on,
        until=campaign.ends_on,
        absent=queries.absent_among(people.values(), days={on, max(on, campaign.starts_on)}),
        item_codes=list(campaign.items.values_list("item__code", flat=True)),
        covered=bool(team) and any(rules.may_work_in(firm.area, person) for person in staying),
    )


def _unfit(line: Line, reserve: DrawnSubject) -> list[str]:
    """The names of those who cannot go to the reserve, of the departments with something to inspect there; a team may
    go where one of it may work."""
    firm, barred = rules.check_registered(reserve), queries.barred_from(reserve)
    concerned = queries.scope_at([reserve.code], campaign=reserve.draw.campaign).departments_at(reserve.code)
    people = queries.people_of(line.party)
    covered = bool(queries.team_of(line.drawn)) and any(rules.may_work_in(firm.area, one) for one in people.values())
    going = [people[sent.inspector_id] for sent in line.party if sent.department_id in concerned]
    return [person.name for person in going if rules.unfit_for(person, firm=firm, barred=barred, covered=covered)]


def _decide(row: Substitution | UsedReserve, *, agreed: bool, remark: str, by: User, at: datetime) -> None:
    row.decision = Decision.APPROVED if agreed else Decision.REFUSED
    row.decided_by, row.decided_at, row.remark = by, at, remark
    row.save(update_fields=["decision", "decided_by", "decided_at", "remark"])


def _told(row: Substitution) -> dict[str, str]:
    return {
        "firm": row.drawn.code,
        "department": row.department.code,
        "leaves": row.leaves.code,
        "enters": row.enters.code,
        "decision": str(row.decision),
    }
