"""Where a draw stands, in one sentence for somebody who has just scanned a code."""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.draws.models import Announcement, Draw


class Standing(NamedTuple):
    """`kind` is upcoming, running, sealed, open, aborted or voided."""

    kind: str
    sentence: str


def standing_of(draw: Draw, *, announced: Announcement | None, is_open: bool, when_public: str) -> Standing:
    """What this page can say now, and what will come."""
    if draw.is_aborted:
        return Standing("aborted", _("这次抽取在掷骰前中止，编号作废。理由：%s") % draw.abort_reason)
    if draw.is_voided:
        return Standing("voided", _voided(draw))
    if is_open:
        return Standing("open", "")
    if draw.has_result:
        return Standing("sealed", when_public)
    if draw.takes_seats:
        return Standing("upcoming", _upcoming(announced))
    return Standing("running", _("正在抽取：%s。本页随现场更新，名单产生前谁也不知道结果。") % draw.get_state_display())


def _voided(draw: Draw) -> str:
    told = _("这次抽取已依规宣告无效。理由：%s。") % draw.void_reason
    if draw.has_result:
        told += _("它抽中的企业仍要检查，另加入下一次抽取的检查，不占名额。")
    return told


def _upcoming(announced: Announcement | None) -> str:
    if announced is None:
        return _("抽取尚未开始，时间和地点确定后在这里公告。")
    held_at: datetime = timezone.localtime(announced.held_at)
    return _("%(when)s 在%(place)s公开抽取。") % {
        "when": held_at.strftime("%Y年%-m月%-d日 %H:%M"),
        "place": announced.place,
    }
