"""The ceremony, forward only (draw-protocol §3). An abort is possible only before the dice lie, a void only after."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mingcha.kit.workflow import Workflow


class DrawState(TextChoices):
    SEATS = "SEATS", _("见证人入席")
    FROZEN = "FROZEN", _("名单已冻结")
    COMMITTED = "COMMITTED", _("各方已封存随机数")
    DICE = "DICE", _("骰子已录入")
    OPENED = "OPENED", _("见证人已开封")
    RESULT = "RESULT", _("结果已产生")
    SIGNED = "SIGNED", _("签字齐全")
    IN_FORCE = "IN_FORCE", _("已生效")
    VOIDED = "VOIDED", _("已宣告无效")
    ABORTED = "ABORTED", _("已中止")


S = DrawState
WORKFLOW = Workflow(
    {
        S.SEATS: (S.FROZEN, S.ABORTED),
        S.FROZEN: (S.COMMITTED, S.ABORTED),
        S.COMMITTED: (S.DICE, S.ABORTED),
        S.DICE: (S.OPENED, S.VOIDED),
        S.OPENED: (S.RESULT, S.VOIDED),
        S.RESULT: (S.SIGNED, S.VOIDED),
        S.SIGNED: (S.IN_FORCE, S.VOIDED),
    }
)
