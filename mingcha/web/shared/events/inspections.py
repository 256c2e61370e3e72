"""Chinese words for the events of this app, as timelines show them."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

EVENTS: dict[str, StrOrPromise] = {
    "inspection.dispatched": _("派发检查"),
    "inspection.not_concerned": _("对象未关联部门的抽查事项，该部门不派发"),
    "inspection.link_lost": _("对象已不关联任何抽查事项，各部门照常派发"),
    "inspection.arrived": _("登记到场"),
    "inspection.started": _("开始检查"),
    "inspection.answered": _("填写检查单"),
    "inspection.photographed": _("上传照片"),
    "inspection.signatures_voided": _("内容有改动，签字作废"),
    "inspection.signed": _("签字"),
    "inspection.finished": _("检查结束"),
    "inspection.recorded": _("录入结果"),
    "inspection.confirmed": _("审核通过"),
    "inspection.returned": _("退回修改"),
    "inspection.acknowledged": _("确认收到派员通知"),
    "inspection.replaced": _("人员递补"),
    "inspection.called_off": _("由备选替换，不再检查"),
    "inspection.opened_for_reserve": _("备选启用，派发检查"),
}
