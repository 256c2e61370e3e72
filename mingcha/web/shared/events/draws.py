"""Chinese words for the events of this app, as timelines show them."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

EVENTS: dict[str, StrOrPromise] = {
    "draw.opened": _("发起抽取"),
    "draw.announced": _("公告抽取时间和地点"),
    "draw.witness_invited": _("邀请见证人"),
    "draw.invitation_withdrawn": _("撤回见证邀请"),
    "draw.seat_asked_for": _("群众申请见证"),
    "draw.seat_request_decided": _("答复见证申请"),
    "draw.seat_taken": _("见证人入席"),
    "draw.forecast_made": _("用演练种子完成可预测性报告"),
    "draw.frozen": _("冻结名单"),
    "draw.seat_committed": _("见证人封存随机数"),
    "draw.committed": _("各方封存完毕"),
    "draw.copies_confirmed": _("核对密封副本"),
    "draw.objection_raised": _("见证人提出异议"),
    "draw.dice_typed": _("录入骰子"),
    "draw.dice_confirmed": _("骰子核对一致"),
    "draw.seat_opened": _("开封随机数"),
    "draw.system_shut": _("系统随机数打不开，改用密封副本"),
    "draw.system_opened_from_copy": _("用密封副本开封系统随机数"),
    "draw.result_made": _("产生结果"),
    "draw.signature_given": _("签字或说明意见"),
    "draw.in_force": _("抽取生效"),
    "draw.abort_proposed": _("提出中止"),
    "draw.aborted": _("中止抽取"),
    "draw.void_proposed": _("提出宣告无效"),
    "draw.voided": _("宣告无效"),
    "draw.links_let_go": _("检查结束日已过，没有再抽取，不再限制减少关联"),
    "draw.substitute_proposed": _("提出人员递补"),
    "draw.substitute_decided": _("决定人员递补"),
    "draw.reserve_proposed": _("提出启用备选"),
    "draw.reserve_decided": _("决定启用备选"),
    "draw.exhibit_attached": _("上传附件"),
    "draw.subject_shown": _("在大屏查看一家企业"),
}
