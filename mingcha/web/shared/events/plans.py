"""Chinese words for the events of this app, as timelines show them."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

EVENTS: dict[str, StrOrPromise] = {
    "plan.drafted": _("拟定计划"),
    "plan.amended": _("修改计划"),
    "plan.submitted": _("提交计划"),
    "plan.approved": _("批准计划"),
    "plan.returned": _("退回计划"),
    "campaign.drafted": _("拟定任务"),
    "campaign.supplement_drafted": _("拟定补充抽查"),
    "campaign.amended": _("修改任务"),
    "campaign.submitted": _("提交任务"),
    "campaign.approved": _("批准任务"),
    "campaign.returned": _("退回任务"),
}
