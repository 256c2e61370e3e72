"""清单从上级清单形成: what an upper list offers to a draft, and from whom it may be taken over. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingcha.domain.catalogue.models import InspectionItem, ItemList
from mingcha.domain.catalogue.rules.items import LOCKED, label_of
from mingcha.domain.organisation.models import Region
from mingcha.kit.errors import Refused

NEW, OWN, CHANGED, SAME, GONE = "new", "own", "changed", "same", "gone"
OFFER_WORDS = {
    NEW: gettext_lazy("本级没有，可以接过来"),
    OWN: gettext_lazy("本级有同编码的事项，接过来后按上级的"),
    CHANGED: gettext_lazy("上级有改动，可以更新"),
    SAME: gettext_lazy("已经一致"),
    GONE: gettext_lazy("上级已删去，本级解除锁定后自行处理"),
}
# What a department would do something about; the rest is for information.
OPEN = (NEW, OWN, CHANGED, GONE)


@dataclass(frozen=True)
class Offer:
    """One item of the upper list beside the draft's item of the same code."""

    kind: str
    code: str
    title: str
    fields: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        return str(OFFER_WORDS[self.kind])

    @property
    def is_open(self) -> bool:
        return self.kind in OPEN


def is_above(upper: Region, lower: Region) -> bool:
    """Is this the city or the province around a region?"""
    return upper.code != lower.code and lower.code.startswith(upper.prefix)


def check_upper(upper: ItemList, draft: ItemList) -> None:
    """Only a list that holds, of a department of the city or the province around, is taken over."""
    if not is_above(upper.department.region, draft.department.region):
        raise Refused(_("%s不是上级区划的清单，从上级部门施行中的清单里选") % upper, field="upper")
    if not upper.is_in_force:
        raise Refused(_("%s不在施行中，选上级部门施行中的一版") % upper, field="upper")


def check_chosen(codes: Collection[str], offers: Iterable[Offer]) -> None:
    """At least one item, and only such that the upper list offers."""
    if not codes:
        raise Refused(_("没有选事项，勾选要接过来或更新的事项"), field="codes")
    unknown = sorted(set(codes) - {offer.code for offer in offers if offer.is_open})
    if unknown:
        raise Refused(_("%s 已经一致或不在上级清单里，刷新页面重新选") % _("、").join(unknown), field="codes")


def offers_of(upper: Iterable[InspectionItem], present: Iterable[InspectionItem], *, source: ItemList) -> list[Offer]:
    """What the upper edition offers to the items of a draft, by code."""
    above, here = {item.code: item for item in upper}, {item.code: item for item in present}
    offers = [_offer(item, here.get(code)) for code, item in above.items()]
    offers += [
        Offer(GONE, code, item.title)
        for code, item in here.items()
        if code not in above and _comes_from(item, source.department_id)
    ]
    return sorted(offers, key=lambda offer: offer.code)


def _offer(above: InspectionItem, here: InspectionItem | None) -> Offer:
    if here is None:
        return Offer(NEW, above.code, above.title)
    different = tuple(label_of(field) for field in LOCKED if getattr(above, field) != getattr(here, field))
    if here.inherited_from is None:
        return Offer(OWN, above.code, above.title, different)
    if here.inherited_from_id == above.pk or not different:
        return Offer(SAME, above.code, above.title)
    return Offer(CHANGED, above.code, above.title, different)


def _comes_from(item: InspectionItem, department_id: int) -> bool:
    return item.inherited_from is not None and item.inherited_from.item_list.department_id == department_id
