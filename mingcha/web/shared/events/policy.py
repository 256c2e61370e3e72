"""Chinese words for the events of this app, as timelines show them."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

EVENTS: dict[str, StrOrPromise] = {
    "policy.profile_adopted": _("启用一版规则"),
    "policy.calendar_loaded": _("载入工作日历"),
    "policy.calendar_amended": _("录入放假或调休"),
    "policy.year_declared_known": _("登记一年的放假安排为已知"),
}
