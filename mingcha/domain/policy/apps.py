from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PolicyConfig(AppConfig):
    name = "mingcha.domain.policy"
    label = "policy"
    verbose_name = _("各地规则与工作日历")
