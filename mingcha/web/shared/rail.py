"""The left rail of the desk, in the order of the work."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from mingcha.domain.organisation.permissions import Permission, held_by


@dataclass(frozen=True)
class Place:
    """One entry: its page, its word, its icon, and the permission without which it is not shown."""

    view: str
    label: StrOrPromise
    icon: str
    permission: Permission | None = None


PLACES = (
    Place("desk:home", _("工作台"), "home"),
    Place("desk:item_list", _("一单"), "list-check", Permission.CATALOGUE_READ),
    Place("desk:register_list", _("两库"), "database", Permission.REGISTER_READ),
    Place("desk:plan_list", _("计划"), "calendar", Permission.PLAN_READ),
    Place("desk:campaign_list", _("抽查任务"), "clipboard-list", Permission.PLAN_READ),
    Place("desk:draw_list", _("抽取"), "dice", Permission.DRAW_READ),
    Place("desk:inspection_list", _("检查"), "search", Permission.INSPECTION_READ),
    Place("desk:publication_list", _("公示"), "speakerphone", Permission.INSPECTION_READ),
    Place("desk:duty_list", _("时限"), "clock", Permission.DUTY_READ),
    Place("desk:policy_list", _("规则与日历"), "gavel", Permission.CATALOGUE_READ),
    Place("desk:trail_list", _("留痕"), "history", Permission.TRAIL_READ),
    Place("desk:account_list", _("账号"), "users", Permission.ACCOUNTS_KEEP),
    Place("field:today", _("我的检查"), "device-mobile", Permission.INSPECTION_DO),
)


def rail_for(request: HttpRequest) -> list[dict[str, object]]:
    """The entries this person may open, the present one marked."""
    shown: list[dict[str, object]] = []
    held = held_by(request.user)
    for place in PLACES:
        if place.permission is not None and place.permission not in held:
            continue
        try:
            address = reverse(place.view)
        except NoReverseMatch:
            continue
        here = request.path == address if place.view == "desk:home" else request.path.startswith(address)
        shown.append({"address": address, "label": place.label, "icon": place.icon, "here": here})
    return shown
