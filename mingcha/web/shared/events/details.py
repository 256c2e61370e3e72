"""Chinese words for what an entry of the trail says about its event; a key without one is shown as it was written."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from mingcha.domain.organisation.models import Role
from mingcha.domain.registers.models import BatchKind

w = gettext_lazy
DETAILS: Mapping[str, StrOrPromise] = {
    "about": w("关于"),
    "added": w("增加"),
    "address": w("公布地址"),
    "after": w("改后"),
    "agreed": w("同意"),
    "answer": w("答复"),
    "answers": w("检查要点数"),
    "article": w("条款"),
    "asker": w("申请部门"),
    "back": w("恢复原样"),
    "batch": w("批次"),
    "because": w("原因"),
    "before": w("改前"),
    "body": w("机构"),
    "campaign": w("抽查任务"),
    "capacity": w("身份"),
    "carried_firms": w("沿用的对象数"),
    "categories": w("主体大类"),
    "changed": w("更新"),
    "changes": w("调整数"),
    "chapter": w("章节"),
    "chapters": w("章数"),
    "checkpoint": w("检查要点"),
    "circumstance": w("情节"),
    "clauses": w("条数"),
    "code": w("编号"),
    "codes": w("编号"),
    "columns": w("列"),
    "commitment": w("封存值"),
    "contact": w("联系方式"),
    "copied": w("沿用的事项数"),
    "count": w("数量"),
    "created": w("新增"),
    "days": w("天数"),
    "department": w("部门"),
    "differences": w("差异数"),
    "digest": w("内容摘要"),
    "digits": w("骰子数字"),
    "document_no": w("文号"),
    "drawn": w("抽中的"),
    "due_at": w("最迟"),
    "edition": w("版次"),
    "effective_on": w("施行日期"),
    "ended": w("结束"),
    "ends_on": w("最后一天"),
    "faults": w("有问题的行"),
    "file": w("文件"),
    "firm": w("检查对象"),
    "firms": w("检查对象数"),
    "freeze_digest": w("名单摘要"),
    "from_copy": w("用密封副本开封"),
    "full_name": w("姓名"),
    "gone": w("撤出新增"),
    "held_at": w("举行时间"),
    "hours": w("小时"),
    "industries": w("行业"),
    "inputs_digest": w("输入摘要"),
    "inspections": w("检查数"),
    "inspector": w("人员编号"),
    "inspectors": w("检查人员数"),
    "instead_of": w("接替"),
    "item": w("事项"),
    "items": w("事项数"),
    "keeper": w("系统管理员"),
    "kind": w("种类"),
    "kinds": w("类型"),
    "law": w("法律法规"),
    "length": w("字数"),
    "level": w("位阶"),
    "linked": w("关联数"),
    "list_timing": w("名单公开时点"),
    "low_share_reason": w("低于下限的理由"),
    "month": w("月份"),
    "name": w("名称"),
    "note": w("说明"),
    "number": w("编号"),
    "on": w("日期"),
    "opinion": w("意见"),
    "outcome": w("结果"),
    "outlet": w("公示渠道"),
    "owner": w("所属部门"),
    "parent": w("上级文本"),
    "parties": w("参与部门"),
    "party": w("席位"),
    "phase": w("阶段"),
    "place": w("地点"),
    "power": w("权力事项"),
    "project": w("工程项目"),
    "public_value": w("公开随机值"),
    "purpose": w("用途"),
    "query": w("查询条件"),
    "reason": w("理由"),
    "region": w("区划"),
    "register": w("名录"),
    "registers": w("分库"),
    "rehearsal": w("演练"),
    "remark": w("意见"),
    "removed": w("去掉"),
    "renewed": w("重新关联的事项"),
    "reserve": w("候补"),
    "result_sha256": w("结果摘要"),
    "revision": w("更正次数"),
    "risk": w("信用风险"),
    "risk_after": w("改后信用风险"),
    "risk_before": w("改前信用风险"),
    "role": w("角色"),
    "rows": w("行数"),
    "rules_digest": w("规则摘要"),
    "scan": w("盖章扫描件"),
    "seat": w("席位"),
    "sector": w("领域"),
    "seeds": w("试算次数"),
    "sha256": w("文件摘要"),
    "sheet": w("工作表"),
    "short_name": w("简称"),
    "signatures": w("签字数"),
    "since": w("起于"),
    "size": w("大小"),
    "source": w("来源"),
    "starts_on": w("第一天"),
    "state_after": w("改后状态"),
    "state_before": w("改前状态"),
    "strata": w("分层与比例"),
    "strays": w("机构代码不一致的行"),
    "subject": w("检查对象编号"),
    "supplements": w("补充的任务"),
    "system_commitment": w("系统封存值"),
    "table": w("表"),
    "teams": w("小组数"),
    "text": w("内容"),
    "title": w("名称"),
    "try": w("第几次"),
    "unchanged": w("无变化"),
    "unstaffed_reason": w("人员不足的理由"),
    "until": w("止于"),
    "uscc": w("统一社会信用代码"),
    "username": w("账号"),
    "verdict": w("结论"),
    "violation": w("违法行为"),
    "where": w("范围"),
    "why": w("原因"),
    "words": w("文字"),
    "written": w("写入"),
    "year": w("年度"),
    "years": w("年数"),
}
# Values that are codes of ours; whatever else was said stands as it was written.
VALUES: Mapping[str, StrOrPromise] = {
    **dict(Role.choices),
    **dict(BatchKind.choices),
    "True": w("是"),
    "False": w("否"),
    "": "—",
    "[]": "—",
}


def detail_word(key: str) -> str:
    """What a key is called."""
    return str(DETAILS.get(key, key))


def in_order(details: Mapping[str, object]) -> list[str]:
    """The keys of an entry as every database shows them: by name, what was before what came after it."""
    return sorted(
        details, key=lambda key: (key.removesuffix("before").removesuffix("after"), not key.endswith("before"), key)
    )


def detail_value(value: object) -> str:
    """A value as people read it."""
    if isinstance(value, Mapping) and value:
        return _("；").join(f"{detail_word(key)}：{detail_value(value[key])}" for key in in_order(value))
    if isinstance(value, list) and value:
        return _("、").join(str(part) for part in value)
    return str(VALUES.get(str(value), value))
