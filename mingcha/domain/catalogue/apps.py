from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "mingcha.domain.catalogue"
    label = "catalogue"
    verbose_name = _("抽查事项清单")
