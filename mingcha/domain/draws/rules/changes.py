"""What may be changed after a result: a person by the next in the same order, a firm by the next reserve."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from django.utils.translation import gettext as _

import fairdraw
from fairdraw.notation import is_identifier
from mingcha.domain.draws.models import Draw, DrawnSubject, ReserveReason, Substitution, UsedReserve
from mingcha.domain.draws.rules.wording import in_our_words
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.registers.models import Inspector, Subject
from mingcha.kit.errors import Forbidden, Refused

LONGEST_REASON = 200  # what is passed over is written behind it, in the same column
LONGEST_NOTE = 500
LONGEST_REMARK = 300
EVERYWHERE = "*"


class StandIn(NamedTuple):
    """Who enters, and whom the order named before with why each of them cannot."""

    enters: Inspector
    passed: list[str]


class Decidable(Protocol):
    """A change that one person proposed and another decides."""

    proposed_by: User

    @property
    def is_proposed(self) -> bool:
        """Still to be decided."""


def check_changeable(draw: Draw, *, carried: bool, names_open: bool) -> None:
    """Signed or in force, or void and carried into the visits of the next draw; never a rehearsal."""
    if draw.is_rehearsal:
        raise Refused(_("演练 %s 不派人检查，没有可以递补的人员和对象") % draw.number)
    if draw.is_voided and not carried:
        raise Refused(_("抽取 %s 已宣告无效；抽中的对象随下一次抽取一并派发，派发后再办理递补") % draw.number)
    if not (carried or draw.is_signed or draw.is_in_force):
        raise Refused(_("抽取 %s 签字齐全后才能办理递补") % draw.number)
    if not names_open:
        raise Refused(_("抽取 %s 按密封方式公开，生效派发之前不显示名单；派发后再办理递补") % draw.number)


def check_line(drawn: DrawnSubject, *, used: bool, replaced: bool) -> None:
    """A firm that is to be visited: drawn, or a reserve that was taken, and not replaced itself."""
    if replaced:
        raise Refused(_("%s已由备选替换，在替换它的对象上办理") % drawn.name)
    if drawn.reserve and not used:
        raise Refused(_("%s是备选，没有启用，不用办理递补") % drawn.name)


def check_registered(drawn: DrawnSubject) -> Subject:
    """A firm of the register; a rehearsal's are invented."""
    if drawn.subject is None:
        raise Refused(_("%s是演练用的虚构对象，不在名录里") % drawn.name)
    return drawn.subject


def check_substitutable(leaves: Inspector, *, there: bool, pending: Substitution | None, reason: str) -> None:
    """The person goes there, nothing else about the place is undecided, and the reason is written."""
    if not there:
        raise Refused(_("%s不在这户的检查人员里，选现在的检查人员") % leaves.name, field="leaves")
    if pending is not None:
        raise Refused(
            _("这户%(department)s已有一项待批准的递补（%(name)s退出），批准或不同意之后再提出")
            % {"department": pending.department.short_name, "name": pending.leaves.name}
        )
    check_reason(reason, limit=LONGEST_REASON)


def check_reason(reason: str, *, limit: int = LONGEST_NOTE) -> None:
    """Written, and not longer than the column."""
    if not reason:
        raise Refused(_("写明理由，批准人据此决定"), field="reason_text")
    if len(reason) > limit:
        raise Refused(
            _("理由最多 %(limit)d 字，现在 %(now)d 字") % {"limit": limit, "now": len(reason)}, field="reason_text"
        )


def order_of(
    files: Mapping[str, bytes], *, key: str, place: str, role: str, earlier: Iterable[tuple[str, str, str, str]]
) -> list[str]:
    """Who follows at a place in the same pair order, by the frozen files; `earlier` are the approved substitutions
    as place, role, who left, who entered."""
    with in_our_words():
        outcome = fairdraw.draw(fairdraw.check_files(files), key)
        return fairdraw.substitutes(outcome, key, place, role, [fairdraw.Substitution(*change) for change in earlier])


def stand_in(
    order: Sequence[str],
    *,
    people: Mapping[str, Inspector],
    department: Department,
    firm: Subject,
    barred: Collection[int],
    on: date,
    until: date,
    absent: Mapping[int, str],
    item_codes: Collection[str],
    covered: bool = False,
) -> StandIn:
    """The first of the order who can go today; nobody is chosen by hand.

    Whoever a frame of today would leave out is passed over (registers: drawable_inspectors). `absent`: who is on leave,
    and for what; `item_codes`: the campaign's; `covered`: those who stay in the team may work in the firm's area, so
    whoever enters need not.
    """
    passed: list[str] = []
    for code in order:
        person = people.get(code)
        fault = _("已不在名录") if person is None else _fault_of(person, department, on=on, until=until)
        if person is not None:
            fault = fault or absent.get(person.pk, "") or _out_of_scope(person, item_codes)
            fault = fault or unfit_for(person, firm=firm, barred=barred, covered=covered)
            if not fault:
                return StandIn(person, passed)
        passed.append(f"{person.name if person else code}（{fault}）")
    raise Refused(
        _("%(department)s没有可以递补的人员：抽签次序里能检查这户的人都已派在这户、已达上限或不能检查%(passed)s。")
        % {"department": department.short_name, "passed": _("，其中%s") % "、".join(passed) if passed else ""}
        + _("由牵头部门另行立项做补充抽取；本部门人手不够的，先借用人员入库，再做补充抽取")
    )


def _fault_of(person: Inspector, department: Department, *, on: date, until: date) -> str:
    if person.department_id != department.pk:
        return _("已调离")
    if not person.is_active:
        return _("已暂停执法或出库")
    if not person.may_inspect(max(on, until)):
        return _("执法证到期")
    return ""


def _out_of_scope(person: Inspector, item_codes: Collection[str]) -> str:
    """Whoever may inspect certain items only must know one of the campaign's."""
    return _("可查事项不符") if person.item_codes and not set(person.item_codes) & set(item_codes) else ""


def unfit_for(person: Inspector, *, firm: Subject, barred: Collection[int], covered: bool = False) -> str:
    """Why a person who could go elsewhere cannot go to this firm; empty when nothing is against it."""
    if person.pk in barred:
        return _("回避")
    return "" if covered or may_work_in(firm.area, person) else _("片区不符")


def may_work_in(area: str, person: Inspector) -> bool:
    """An area that is no code restricts nobody."""
    areas = {area.strip() for area in person.areas.split(",")}
    return EVERYWHERE in areas or not is_identifier(area) or area in areas


def reason_with(reason: str, passed: Sequence[str]) -> str:
    """The proposer's words and, behind them, whom the order passed over."""
    trace = _("；顺次跳过：%s") % "、".join(passed) if passed else ""
    return (reason + trace)[:LONGEST_NOTE]


def check_still_next(proposed: Inspector, found: StandIn) -> None:
    """Since the proposal somebody may have been suspended, declared an avoidance, or gone elsewhere."""
    if found.enters != proposed:
        raise Refused(
            _("提出之后情况有变，同一次序的下一名现在是%(now)s，不是%(then)s。不同意这一项，再重新提出")
            % {"now": found.enters.name, "then": proposed.name}
        )


def check_change_decidable(change: Decidable, *, agreed: bool, remark: str, by: User) -> None:
    """Once, by somebody else; a no says why."""
    if not change.is_proposed:
        raise Refused(_("这一项已经决定过，不能再改"))
    if change.proposed_by == by:
        raise Forbidden(_("提出的人不能自己批准，由另一名负责人决定"))
    if not agreed and not remark:
        raise Refused(_("不同意的，写明理由"), field="remark")
    if len(remark) > LONGEST_REMARK:
        raise Refused(_("意见最多 %d 字") % LONGEST_REMARK, field="remark")


def check_disinterested(substitution: Substitution, *, by: User) -> None:
    """Nobody decides on the own place."""
    if by.pk in (substitution.leaves.user_id, substitution.enters.user_id):
        raise Forbidden(_("本人退出或递补的，由另一名负责人决定"))


def check_replaceable(drawn: DrawnSubject, *, reason: str, reason_text: str, pending: bool, carried: bool) -> None:
    """Only for 注销, 迁出, 重复, on the record; "not found" is a result of two visits, never a reason."""
    if carried:
        raise Refused(_("%s由已宣告无效的抽取带入，不占抽取比例，不启用备选；按检查时的情况记录结果") % drawn.name)
    if pending:
        raise Refused(_("%s已提出由备选替换，等待批准") % drawn.name)
    if reason not in ReserveReason.values:
        raise Refused(
            _("备选只在注销、迁出、重复时启用。查无下落的，由两组不同人员各去一次，如实记录为“无法联系”，不能替换"),
            field="reason",
        )
    check_reason(reason_text)
    if reason == ReserveReason.CLOSED and drawn.subject is not None and drawn.subject.is_open:
        raise Refused(_("名录里%s还是存续。先在“两库”里把它登记为注销，再启用备选") % drawn.name, field="reason")


def check_reserve_left(reserve: DrawnSubject | None, *, stratum: str) -> DrawnSubject:
    """There is one, the next in rank."""
    if reserve is None:
        raise Refused(_("“%s”这一层的备选已经用完；要补足户数，由牵头部门另行立项做补充抽取") % stratum)
    return reserve


def check_next_reserve(used: UsedReserve, following: DrawnSubject | None) -> None:
    """Strictly in order: no reserve with a smaller rank may be left behind."""
    if following is None or following.pk != used.reserve_id:
        raise Refused(
            _("备选按位次启用，下一户现在是%s。先决定排在前面的一项；它未获同意的，不同意这一项，再重新提出")
            % (following.name if following is not None else "—")
        )


def check_party_fits(reserve: DrawnSubject, unfit: Sequence[str]) -> None:
    """The same people go to the reserve; who cannot is substituted first, so that no list is changed in silence."""
    if unfit:
        raise Refused(
            _("%(people)s不能检查下一户备选%(firm)s（回避或片区不符）。先在现在这户为其办理人员递补，再启用备选")
            % {"people": "、".join(unfit), "firm": reserve.name}
        )
