from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutiesConfig(AppConfig):
    name = "mingcha.domain.duties"
    label = "duties"
    verbose_name = _("办理时限")
