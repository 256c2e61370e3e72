"""Chinese words for the events of this app, as timelines show them."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

EVENTS: dict[str, StrOrPromise] = {
    "outlets.prepared": _("形成送公示渠道的内容"),
    "outlets.tried": _("送往公示渠道"),
    "outlets.delivered": _("公示渠道已公布"),
    "outlets.refused": _("公示渠道退回"),
    "outlets.unanswered": _("公示渠道没有答复"),
    "outlets.given_up": _("多次没有送到，停止再送"),
    "outlets.sent_again": _("再送一次"),
    "outlets.entered": _("登记在公示渠道的公布"),
    "outlets.corrected": _("改正在公示渠道的公布地址"),
    "outlets.overtaken": _("已有新内容，不再送"),
}
