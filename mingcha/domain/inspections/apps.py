from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    name = "mingcha.domain.inspections"
    label = "inspections"
    verbose_name = _("检查任务与结果")
