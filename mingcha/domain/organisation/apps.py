from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    name = "mingcha.domain.organisation"
    label = "organisation"
    verbose_name = _("区划、部门、账号、角色")
