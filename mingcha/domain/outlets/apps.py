from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutletsConfig(AppConfig):
    name = "mingcha.domain.outlets"
    label = "outlets"
    verbose_name = _("公示渠道")
