"""Chinese words for the events of this app, as timelines show them."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

EVENTS: dict[str, StrOrPromise] = {
    "organisation.regions_loaded": _("载入区划"),
    "organisation.department_opened": _("登记部门"),
    "organisation.department_amended": _("更改部门名称"),
    "organisation.sealing_key_registered": _("登记密封公钥"),
    "organisation.body_named": _("指定规则所称机构"),
    "organisation.account_opened": _("开立账号"),
    "organisation.account_deactivated": _("停用账号"),
    "organisation.account_reactivated": _("启用账号"),
    "organisation.password_changed": _("修改密码"),
    "organisation.role_granted": _("授予角色"),
    "organisation.role_withdrawn": _("收回角色"),
    "organisation.signed_in": _("登录"),
}
