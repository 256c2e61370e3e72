from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "mingcha.domain.plans"
    label = "plans"
    verbose_name = _("抽查计划与抽查任务")
