"""The left rail of the desk, in the order of the work, and the rooms behind each of its places."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from mingcha.domain.organisation.permissions import Permission


@dataclass(frozen=True)
class Place:
    """One entry: its page, its word, its icon, and the permission without which it is not shown."""

    view: str
    label: StrOrPromise
    icon: str
    permission: Permission | None = None
    rooms: tuple["Room", ...] = ()


@dataclass(frozen=True)
class Room:
    """A page beside others of the same place, reached from each of them."""

    view: str
    label: StrOrPromise
    permission: Permission


CATALOGUE_ROOMS = (
    Room("desk:item_list", _("事项清单"), Permission.CATALOGUE_READ),
    Room("desk:joint_list", _("联查清单"), Permission.CATALOGUE_READ),
    Room("desk:alike_list", _("相近事项"), Permission.CATALOGUE_READ),
    Room("desk:rulebook_list", _("实施细则"), Permission.CATALOGUE_READ),
    Room("desk:law_list", _("法律法规"), Permission.CATALOGUE_READ),
    Room("desk:benchmark_list", _("裁量基准"), Permission.CATALOGUE_READ),
    Room("desk:power_coverage", _("权力清单与覆盖率"), Permission.CATALOGUE_READ),
    Room("desk:reconciliation_list", _("上级系统核对"), Permission.CATALOGUE_READ),
)
REGISTER_ROOMS = (
    Room("desk:register_list", _("检查对象"), Permission.REGISTER_READ),
    Room("desk:inspector_list", _("执法检查人员"), Permission.REGISTER_READ),
    Room("desk:import_list", _("导入"), Permission.REGISTER_READ),
    Room("desk:link_list", _("对象与事项关联"), Permission.REGISTER_READ),
    Room("desk:set_list", _("分库与标签"), Permission.REGISTER_READ),
    Room("desk:relief_list", _("免检与观察"), Permission.REGISTER_READ),
    Room("desk:signal_list", _("监管信息"), Permission.REGISTER_READ),
    Room("desk:roster_papers", _("证件与培训"), Permission.REGISTER_READ),
    Room("desk:pool_list", _("跨部门人员库"), Permission.REGISTER_READ),
    Room("desk:sharing_list", _("数据共享"), Permission.REGISTER_READ),
    Room("desk:quality", _("质量"), Permission.REGISTER_READ),
)
PUBLICATION_ROOMS = (
    Room("desk:publication_list", _("公示"), Permission.INSPECTION_READ),
    Room("desk:outlet_list", _("公示渠道"), Permission.CATALOGUE_READ),
)
POLICY_ROOMS = (
    Room("desk:policy_list", _("规则"), Permission.POLICY_READ),
    Room("desk:policy_compare", _("规则对比"), Permission.POLICY_READ),
    Room("desk:policy_whatif", _("同一任务在各地"), Permission.CATALOGUE_READ),
    Room("desk:calendar_list", _("工作日历"), Permission.POLICY_READ),
    Room("desk:body_list", _("规则所称机构"), Permission.CATALOGUE_READ),
)

TRAIL_ROOMS = (
    Room("desk:trail_list", _("操作留痕"), Permission.TRAIL_READ),
    Room("desk:personal_log", _("个人信息查看记录"), Permission.TRAIL_READ),
)

PLACES = (
    Place("desk:home", _("工作台"), "home"),
    Place("desk:item_list", _("一单"), "list-check", Permission.CATALOGUE_READ, CATALOGUE_ROOMS),
    Place("desk:filing_list", _("报备"), "send", Permission.FILING_READ),
    Place("desk:register_list", _("两库"), "database", Permission.REGISTER_READ, REGISTER_ROOMS),
    Place("desk:plan_list", _("计划"), "calendar", Permission.PLAN_READ),
    Place("desk:campaign_list", _("抽查任务"), "clipboard-list", Permission.PLAN_READ),
    Place("desk:draw_list", _("抽取"), "dice", Permission.DRAW_READ),
    Place("desk:inspection_list", _("检查"), "search", Permission.INSPECTION_READ),
    Place("desk:publication_list", _("公示"), "speakerphone", Permission.INSPECTION_READ, PUBLICATION_ROOMS),
    Place("desk:duty_list", _("时限"), "clock", Permission.DUTY_READ),
    Place("desk:policy_list", _("规则与日历"), "gavel", Permission.POLICY_READ, POLICY_ROOMS),
    Place("desk:trail_list", _("留痕"), "history", Permission.TRAIL_READ, TRAIL_ROOMS),
    Place("desk:account_list", _("账号"), "users", Permission.ACCOUNTS_KEEP),
    Place("field:today", _("我的检查"), "device-mobile", Permission.INSPECTION_DO),
)


def rail_for(request: HttpRequest, held: Collection[Permission]) -> list[dict[str, object]]:
    """The entries that these permissions open, the present one marked."""
    shown: list[dict[str, object]] = []
    for place in PLACES:
        if place.permission is None or place.permission in held:
            address = reverse(place.view)
            here = request.path == address if place.view == "desk:home" else _is_in(request.path, place)
            shown.append({"address": address, "label": place.label, "icon": place.icon, "here": here})
    return shown


def rooms_for(request: HttpRequest, held: Collection[Permission]) -> list[dict[str, object]]:
    """The rooms of the place this page belongs to, the present one marked; nothing where there is only one."""
    for place in PLACES:
        if place.rooms and _is_in(request.path, place):
            present = _room_of(request.path, place)
            return [
                {"address": reverse(room.view), "label": room.label, "here": room is present}
                for room in place.rooms
                if room.permission in held
            ]
    return []


def _is_in(path: str, place: Place) -> bool:
    """Does a page lie under the place itself or under one of its rooms?"""
    return path.startswith(reverse(place.view)) or _room_of(path, place) is not None


def _room_of(path: str, place: Place) -> Room | None:
    """The room whose address is the longest beginning of the path."""
    over = [room for room in place.rooms if path.startswith(reverse(room.view))]
    return max(over, key=lambda room: len(reverse(room.view)), default=None)
