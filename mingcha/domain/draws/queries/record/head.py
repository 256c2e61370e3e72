"""What was drawn for whom, by which papers, where and when; how it ended; how to check it."""

import re
from datetime import date
from io import BytesIO

import segno
from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.draws.models import Draw
from mingcha.domain.draws.queries.public import when_public
from mingcha.domain.draws.queries.record.wording import moment
from mingcha.domain.policy.models import Profile
from mingcha.domain.policy.queries import profile_for
from mingcha.kit.errors import Refused

PROTOCOL = "fairdraw/1"


def head_facts(draw: Draw, *, open_names: bool, site: str) -> dict[str, object]:
    """The head of the sheet, its warning line, its codes to scan."""
    return {
        "title": draw.campaign.title,
        "body": draw.department.name,
        "stamp": _stamp(draw),
        "notice": _notice(draw, open_names=open_names),
        "head": _rows(draw),
        "scan": _codes(draw, site) if site else [],
        "address": f"/v/{draw.number}",
        "code_line": draw.key if open_names else "",
    }


def _stamp(draw: Draw) -> str:
    """Across each page, so that no page of a rehearsal or a void draw passes for another."""
    if draw.is_rehearsal:
        return _("演练")
    if draw.is_voided:
        return _("已宣告无效")
    return _("已中止") if draw.is_aborted else ""


def _notice(draw: Draw, *, open_names: bool) -> str:
    if draw.is_rehearsal:
        return _("这是一次演练：对象和人员都是虚构的，不产生任何检查。")
    if open_names or not draw.has_result:
        return ""
    return when_public(draw)


def _rows(draw: Draw) -> list[list[str]]:
    campaign = draw.campaign
    partners = [party.department.name for party in campaign.parties.select_related("department")]
    held = draw.announcements.first()
    rows = [
        (_("抽查任务"), campaign.title),
        (_("年度计划"), campaign.plan.title),
        (_("牵头部门"), draw.department.name),
        (_("参与部门"), "、".join(name for name in partners if name != draw.department.name) or _("无")),
        (_("检查事项"), "；".join(_items(draw))),
        (_("人员派法"), campaign.sending),
        (_("检查时间"), f"{_day(campaign.starts_on)} — {_day(campaign.ends_on)}"),
        (_("抽取地点"), held.place if held else _("未公告")),
        (_("抽取时间"), _times(draw)),
        (_("施行规则"), _rulebook(draw)),
        (_("抽取规程"), _("%(protocol)s，规则摘要见第三项") % {"protocol": PROTOCOL}),
        (_("名单公开"), campaign.get_list_timing_display()),
    ]
    return [[label, value] for label, value in rows]


def _items(draw: Draw) -> list[str]:
    return [row.item.title for row in draw.campaign.items.select_related("item")]


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def _times(draw: Draw) -> str:
    steps = [
        (_("开始"), draw.opened_at),
        (_("冻结"), draw.frozen_at),
        (_("封存"), draw.committed_at),
        (_("掷骰"), draw.dice_at),
        (_("结果"), draw.result_at),
        (_("生效"), draw.in_force_at),
    ]
    return "；".join(f"{word} {moment(at)}" for word, at in steps if at is not None)


def rulebook_of(draw: Draw) -> Profile | None:
    """The rules that held on the day of the freeze; None where none did."""
    try:
        return profile_for(draw.department.region, on=timezone.localdate(draw.frozen_at or draw.opened_at))
    except Refused:
        return None


def _rulebook(draw: Draw) -> str:
    rulebook = rulebook_of(draw)
    if rulebook is None:
        return _("无")
    return _("%(name)s（%(document)s），%(day)s起施行，摘要 %(digest)s") % {
        "name": rulebook.name,
        "document": rulebook.document,
        "day": _day(rulebook.effective_from),
        "digest": rulebook.digest[:16],
    }


def ending_of(draw: Draw) -> dict[str, str] | None:
    """Why an aborted or voided draw has no list that counts, and the two people who ended it; None for any other."""
    if draw.is_aborted:
        word, reason, by, at, event = (
            _("中止"),
            draw.abort_reason,
            draw.abort_proposed_by,
            draw.aborted_at,
            "draw.aborted",
        )
    elif draw.is_voided:
        word, reason, by, at, event = (
            _("宣告无效"),
            draw.void_reason,
            draw.void_proposed_by,
            draw.voided_at,
            "draw.voided",
        )
    else:
        return None
    second = trail_of(draw).filter(event=event).values_list("actor", flat=True).last()
    return {
        "word": word,
        "reason": reason,
        "proposed": _person(by.label) if by else _("—"),
        "confirmed": _person(second) if second else _("—"),
        "at": moment(at),
    }


def _person(label: str) -> str:
    """The name and the office out of the trail's label, without the account."""
    found = re.fullmatch(r"(.+)（.*，(.+)）", label)
    return f"{found[1]}（{found[2]}）" if found else label


def _codes(draw: Draw, site: str) -> list[dict[str, str]]:
    """Addresses to scan: the public page and, once there is one, the bundle for a check on another machine."""
    addresses = [(_("公开核验页"), f"{site}/v/{draw.number}")]
    if draw.has_result:
        addresses.append((_("离线核验用的档案包"), f"{site}/draws/{draw.number}/bundle.zip"))
    return [{"label": label, "address": address, "svg": _svg(address)} for label, address in addresses]


def _svg(address: str) -> str:
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue().decode()
