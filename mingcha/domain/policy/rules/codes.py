"""What the codes in profiles mean to people."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

WORDS: Mapping[str, StrOrPromise] = {
    "ABNORMAL_LIST": _("列入经营异常名录"),
    "AGENCY": _("检查机构"),
    "AGENCY_LEGAL": _("本单位法制机构"),
    "APPROVAL": _("审批权限"),
    "ARCHIVING": _("归档方式"),
    "AUDIO_VISUAL": _("音像记录"),
    "BASIS": _("检查依据"),
    "BEFORE_VISITS": _("检查之前"),
    "CAMPAIGN_END": _("抽查任务结束之日"),
    "CASE": _("查办案件"),
    "COMPLAINTS": _("投诉举报多"),
    "CONTENT": _("检查内容"),
    "CPPCC": _("政协委员"),
    "CREDIT": _("信用监管"),
    "DISCIPLINE": _("纪检监察"),
    "ENVIRONMENT": _("环境保护"),
    "FOOD_DRUG": _("食品药品"),
    "FREQUENCY": _("检查频次"),
    "GENERAL": _("一般检查事项"),
    "INSPECTION_END": _("每户检查结束之日"),
    "JUSTICE": _("司法行政部门"),
    "KEY": _("重点"),
    "LABOUR": _("劳动保障"),
    "LAST_WEEK_OF_QUARTER": _("当季度最后一周"),
    "LAW": _("法律法规规章调整"),
    "MARKET": _("市场监管部门"),
    "MEDIA": _("新闻媒体"),
    "METHOD": _("检查方式"),
    "NOTARY": _("公证机构"),
    "NOT_RANDOM": _("非双随机"),
    "NUMBER": _("事项数量"),
    "PEOPLES_CONGRESS": _("人大代表"),
    "PRACTICE": _("监管实际"),
    "PRINCIPAL": _("责任部门主要负责人"),
    "PROCEDURE": _("检查流程"),
    "PUBLICATION": _("公示程序"),
    "PUBLIC_TRANSPORT": _("公共交通"),
    "RATIO": _("检查比例"),
    "REFORM": _("机构改革"),
    "SERIOUS_VIOLATION": _("有严重违法违规记录"),
    "STATUTORY": _("法律法规规章另有规定"),
    "SUPERIOR": _("上级主管部门"),
    "TEXT": _("文字记录"),
    "TITLE": _("事项名称"),
    "TRADE_ASSOCIATION": _("行业协会"),
    "UNIT_HEAD": _("本单位负责人"),
    "WORK_SAFETY": _("安全生产"),
}


def word_of(code: str) -> str:
    """The Chinese word of a code; a test keeps the list complete."""
    return str(WORDS.get(code, code))
