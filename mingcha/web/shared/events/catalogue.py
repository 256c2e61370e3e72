"""Chinese words for the events of this app, as timelines show them."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

EVENTS: dict[str, StrOrPromise] = {
    "catalogue.drafted": _("拟定新一版清单"),
    "catalogue.item_entered": _("录入事项"),
    "catalogue.item_amended": _("修改事项"),
    "catalogue.item_removed": _("删去事项"),
    "catalogue.change_explained": _("写明调整原因和依据"),
    "catalogue.item_explained": _("写明一项的调整原因"),
    "catalogue.item_taken_over": _("从上级系统接收事项"),
    "catalogue.items_inherited": _("从上级清单接收事项"),
    "catalogue.submitted": _("提交审核"),
    "catalogue.reviewed": _("法制审核通过"),
    "catalogue.approved": _("负责人批准"),
    "catalogue.authorised": _("外部审定通过"),
    "catalogue.returned": _("退回修改"),
    "catalogue.in_force": _("公布施行"),
    "catalogue.rulebook_drafted": _("拟定新一版细则"),
    "catalogue.chapter_written": _("写细则章节"),
    "catalogue.chapter_restored": _("恢复照上级细则"),
    "catalogue.law_entered": _("登记法律法规"),
    "catalogue.law_removed": _("删去误录的法律法规"),
    "catalogue.law_repealed": _("登记废止"),
    "catalogue.items_frozen": _("依据废止，事项冻结"),
    "catalogue.freeze_lifted": _("事项解冻"),
    "catalogue.basis_added": _("关联检查依据"),
    "catalogue.basis_removed": _("取消关联的依据"),
    "catalogue.benchmarks_written": _("写入裁量基准"),
    "catalogue.benchmark_ended": _("停止裁量基准"),
    "catalogue.powers_loaded": _("导入权力清单"),
    "catalogue.power_linked": _("对应权力和事项"),
    "catalogue.outside_list_received": _("接收上级系统的清单并核对"),
    "catalogue.outside_list_unchanged": _("再次核对，上级系统的清单没有变化"),
    "catalogue.differences_decided": _("写明差异的处理意见"),
    "catalogue.differences_drafted": _("把差异写入草稿"),
}
