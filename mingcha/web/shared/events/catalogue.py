"""Chinese words for the events of this app, as timelines show them."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

EVENTS: dict[str, StrOrPromise] = {
    "catalogue.drafted": _("拟定新一版清单"),
    "catalogue.item_entered": _("录入事项"),
    "catalogue.item_amended": _("修改事项"),
    "catalogue.item_removed": _("删去事项"),
    "catalogue.change_explained": _("写明调整原因和依据"),
    "catalogue.in_force": _("批准施行"),
}
