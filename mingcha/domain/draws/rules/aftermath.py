"""Copies, objections, voids, the hall's look-up, and whether what was frozen is still what was frozen."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from django.utils import timezone
from django.utils.translation import gettext as _

import fairdraw
from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.states import DrawState
from mingcha.domain.organisation.models import User
from mingcha.domain.plans.models import Campaign
from mingcha.kit.errors import Refused

MOST_OBJECTIONS = 10
UNOPENED_FOR = timedelta(days=1)  # how long a draw without a result waits for its openings before it may be void
PEOPLE_AT_THE_DICE = 2


def check_rehearsable(campaign: Campaign, *, strata: int) -> None:
    """Anything with strata to rehearse on, until it is over."""
    if campaign.is_closed:
        raise Refused(_("任务“%s”已经结束，不用再演练") % campaign)
    if not strata:
        raise Refused(_("任务“%s”还没有分层，填写分层后再演练") % campaign)


def check_copies_confirmable(draw: Draw, *, opened: Collection[str], bound: Collection[str]) -> None:
    """After everyone is bound, before the dice, all of them at once."""
    if draw.state != DrawState.COMMITTED:
        raise Refused(_("现在是“%s”，各方都封存之后、掷骰之前才核对密封副本") % draw.get_state_display())
    if draw.copies_checked_at is not None:
        raise Refused(_("密封副本已经核对过，可以掷骰"))
    missing = sorted(set(bound) - set(opened))
    if missing:
        raise Refused(
            _("席位 %s 的密封副本没有核对一致，不能掷骰；副本打不开或不符的，由两人中止后另开编号") % "、".join(missing)
        )


def check_objectionable(draw: Draw, *, text: str, earlier: int) -> None:
    """At any step until the draw takes effect, in words, not without end."""
    if draw.is_over:
        raise Refused(_("抽取 %s 已经结束，向纪检监察机构反映") % draw.number)
    if not text:
        raise Refused(_("写明异议的内容"), field="text")
    if earlier >= MOST_OBJECTIONS:
        raise Refused(_("一个席位最多提出 %d 条异议，其余的写进签字意见") % MOST_OBJECTIONS)


def check_showable(draw: Draw, *, code: str) -> None:
    """Once there is a result; an empty code clears the screen."""
    if code and not draw.has_result:
        raise Refused(_("抽取 %s 还没有结果，产生结果后才能查一家企业") % draw.number, field="code")


def check_void_proposable(draw: Draw, *, reason: str) -> None:
    """After the dice and before it takes effect, with a reason, once."""
    _check_may_be_voided(draw)
    if not reason:
        raise Refused(_("写明宣告无效的理由，它会永久公开"), field="reason")
    if draw.void_proposed_by is not None:
        raise Refused(_("%s已提出宣告无效，等纪检监察人员确认") % draw.void_proposed_by.full_name)


def check_void_confirmable(draw: Draw, *, by: User, at: datetime) -> None:
    """The head proposed it; the discipline body is somebody else; witnesses had a day in which to open.

    The officer has read every copy and knows the outcome as soon as the dice lie: a void within seconds, before a
    single witness can open, would be a free second throw.
    """
    _check_may_be_voided(draw)
    if draw.void_proposed_by is None:
        raise Refused(_("还没有人提出宣告无效；由承办机构负责人先提出"))
    if draw.void_proposed_by == by:
        raise Refused(_("提出宣告无效的人不能自己确认"))
    opens_until = (draw.dice_at or at) + UNOPENED_FOR
    if not draw.has_result and not draw.is_rehearsal and at < opens_until:
        raise Refused(
            _("结果还没有产生：先由见证人或用密封副本开封。到 %s 仍打不开的，才能确认宣告无效")
            % timezone.localtime(opens_until).strftime("%Y-%m-%d %H:%M")
        )


def check_real(draw: Draw) -> None:
    """Nothing follows from a rehearsal."""
    if draw.is_rehearsal:
        raise Refused(_("%s 是演练，到签字为止，不生效、不派发") % draw.number)


def _check_may_be_voided(draw: Draw) -> None:
    if draw.is_voided:
        raise Refused(_("抽取 %s 已经宣告无效") % draw.number)
    if not draw.may_be_voided:
        raise Refused(
            _("现在是“%s”：骰子录入之前用中止，生效之后不能宣告无效，只能按规定递补") % draw.get_state_display()
        )


def check_untouched(
    draw: Draw,
    *,
    rules_file: bytes,
    commitments: Mapping[str, str],
    reveals: Mapping[str, str],
    typed: Collection[tuple[str, str]],
) -> None:
    """What was published and typed is still what is stored: whoever writes past the application is stopped here.

    The tables need no word: their digests stand in `rules.json`, and the engine refuses others.
    """
    changed = [] if sha256(rules_file).hexdigest() == draw.rules_digest else ["rules.json"]
    if fairdraw.freeze_digest(draw.number, draw.rules_digest, commitments) != draw.freeze_digest:
        changed.append(_("封存值"))
    changed += [
        _("席位 %s 的随机数") % party
        for party, bound in commitments.items()
        if fairdraw.commitment(draw.number, draw.rules_digest, party, reveals[party]) != bound
    ]
    if list(typed).count((draw.dice, draw.public_value)) < PEOPLE_AT_THE_DICE:
        changed.append(_("骰子或公共随机数"))
    if changed:
        raise Refused(
            _("抽取 %(number)s 已定的内容在数据库里被改动（%(what)s），没有产生结果；恢复备份后从这一步继续")
            % {"number": draw.number, "what": "、".join(changed)}
        )
