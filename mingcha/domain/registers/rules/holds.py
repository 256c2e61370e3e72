"""What may become of an item's links while a draw is frozen and its visits are not sent out."""

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import LinkHold
from mingcha.kit.errors import Refused


def check_may_lose(hold: LinkHold | None) -> None:
    """Whoever is unlinked now would not be visited for this item, and everybody knows by now who was drawn."""
    if hold is not None:
        told = {"draw": hold.held_for, "code": hold.item_code}
        raise Refused(
            _("抽取 %(draw)s 已冻结，派发前不能减少事项 %(code)s 的关联；这次抽取派发或者中止以后再办") % told
        )


def check_may_begin(hold: LinkHold | None, *, linked: bool) -> None:
    """The first link of an item takes it from everybody else."""
    if hold is not None and not linked:
        told = {"draw": hold.held_for, "code": hold.item_code}
        raise Refused(
            _(
                "抽取 %(draw)s 已冻结，冻结时事项 %(code)s 没有关联、对全部对象检查，派发前不能改成只对有关联的对象；"
                "这次抽取派发或者中止以后再关联"
            )
            % told
        )
