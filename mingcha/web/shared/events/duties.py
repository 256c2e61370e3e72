"""Chinese words for the events of this app, as timelines show them."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

EVENTS: dict[str, StrOrPromise] = {
    "duties.resumed": _("又有要办的，时限继续"),
    "duties.settled": _("放假安排公布，重新计算期限"),
    "duties.work_ended": _("抽查工作已经结束，公示期限改从实际结束之日算"),
}
