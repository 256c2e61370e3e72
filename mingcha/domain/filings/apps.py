from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilingsConfig(AppConfig):
    name = "mingcha.domain.filings"
    label = "filings"
    verbose_name = _("报备与回执")
