"""What became of single firms after the result: replaced by a reserve, or the reserve that took a place."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from mingcha.domain.draws.models import Decision, Draw, UsedReserve

REPLACED, ENTERED = "replaced", "entered"


@dataclass(frozen=True)
class Later:
    """`kind` is replaced or entered; `other` the firm at the other end; `why` 注销, 迁出 or 重复."""

    kind: str
    other: str
    why: str

    @property
    def label(self) -> str:
        """What holds now, as a verdict."""
        if self.kind == REPLACED:
            return _("抽中，后因%s由备选替换") % self.why
        return _("备选，已递补列入检查")

    @property
    def sentence(self) -> str:
        """The firm at the other end."""
        if self.kind == REPLACED:
            return _("替换它的是%s。抽取结果本身不变。") % self.other
        return _("它替换的是%(other)s（%(why)s）。抽取结果本身不变。") % {"other": self.other, "why": self.why}


def later_in(draw: Draw) -> dict[str, Later]:
    """By code; a reserve that took a place and was replaced itself is replaced. Only for whoever may see the names."""
    used = UsedReserve.objects.filter(drawn__draw=draw, decision=Decision.APPROVED).select_related("drawn", "reserve")
    changes = list(used)
    entered = {one.reserve.code: Later(ENTERED, one.drawn.name, one.get_reason_display()) for one in changes}
    return entered | {one.drawn.code: Later(REPLACED, one.reserve.name, one.get_reason_display()) for one in changes}
