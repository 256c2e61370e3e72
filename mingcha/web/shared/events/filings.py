"""Chinese words for the events of this app, as timelines show them."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

EVENTS: dict[str, StrOrPromise] = {
    "filings.prepared": _("形成报备"),
    "filings.nil_return": _("形成无调整报送"),
    "filings.sealed": _("上传盖章扫描件"),
    "filings.sent": _("报送"),
    "filings.acknowledged": _("接收备案"),
    "filings.returned": _("退回补正"),
    "filings.withdrawn": _("撤回报备"),
}
