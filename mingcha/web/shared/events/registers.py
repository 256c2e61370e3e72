"""Chinese words for the events of this app, as timelines show them."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

EVENTS: dict[str, StrOrPromise] = {
    "registers.subject_registered": _("登记检查对象"),
    "registers.subject_amended": _("更正检查对象"),
    "registers.subject_closed": _("标为已注销或吊销"),
    "registers.subject_reopened": _("恢复为存续"),
    "registers.inspector_enlisted": _("登记执法检查人员"),
    "registers.inspector_amended": _("更正执法检查人员"),
    "registers.inspector_suspended": _("暂停参加抽取"),
    "registers.inspector_restored": _("恢复参加抽取"),
    "registers.login_given": _("关联账号"),
    "registers.avoidance_declared": _("申报回避"),
    "registers.avoidance_withdrawn": _("撤回回避"),
    "registers.dispute_declared": _("登记未结争议"),
    "registers.dispute_ended": _("争议结束"),
    "registers.register_confirmed": _("更新确认名录"),
    "registers.link_rule_set": _("设定关联规则"),
    "registers.link_rule_dropped": _("删除关联规则"),
    "registers.links_applied": _("按规则关联事项"),
    "registers.subject_linked": _("手工关联事项"),
    "registers.subject_unlinked": _("取消关联事项"),
    "registers.register_opened": _("建立名录库"),
    "registers.register_dropped": _("删除名录库"),
    "registers.subjects_entered": _("对象入库"),
    "registers.subjects_removed": _("对象出库"),
    "registers.batch_read": _("读取导入文件"),
    "registers.batch_refused": _("导入文件有误"),
    "registers.batch_merged": _("合并入库"),
    "registers.batch_dropped": _("放弃导入"),
}
