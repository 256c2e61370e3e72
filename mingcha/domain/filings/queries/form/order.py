"""In which order a 备案表 has its lines and columns. Said here: PostgreSQL keeps no order of the keys that it stores.

The words are those that catalogue, plans and nil returns write; what is not named stands behind, by its own word, so
that a paper looks the same on every database. tests/domain/filings/test_order.py holds both sides together.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

Words = Sequence[StrOrPromise]

# Facts and tables of all papers; no paper has them all.
PARTS: Words = (
    _("报备部门"),
    _("统一社会信用代码"),
    _("计划名称"),
    _("细则名称"),
    _("监管领域"),
    _("批次"),
    _("牵头部门"),
    _("部门"),
    _("版次"),
    _("上级细则"),
    _("年度"),
    _("制定部门"),
    _("说明"),
    _("动态调整情况"),
    _("事项数"),
    _("清单摘要"),
    _("属于市场监管领域的事项数"),
    _("不属于市场监管领域的事项数"),
    _("调整情况"),
    _("事项清单"),
    _("重点检查事项清单"),
    _("一般检查事项清单"),
    _("联查事项"),
    _("章节"),
    _("抽查任务"),
)
ITEM: Words = (
    _("事项编码"),
    _("事项名称"),
    _("子项"),
    _("类别"),
    _("市场监管领域"),
    _("监管领域"),
    _("重点领域"),
    _("检查依据"),
    _("监管方式"),
    _("不纳入双随机的理由和依据"),
    _("检查方式"),
    _("其他检查方式"),
    _("检查对象"),
    _("检查内容"),
    _("抽查比例"),
    _("抽查频次"),
    _("检查主体"),
    _("责任科室"),
    _("人员要求"),
    _("所需专业"),
    _("国家事项编码"),
    _("依据条款"),
)
CHANGE: Words = (
    _("事项编码"),
    _("事项名称"),
    _("调整类型"),
    _("调整内容"),
    _("调整前"),
    _("调整后"),
    _("调整原因"),
    _("调整依据"),
)
JOINT_ITEM: Words = (
    _("部门"),
    _("事项编码"),
    _("抽查项目"),
    _("抽查依据"),
    _("抽查主体"),
    _("抽查内容"),
    _("执法权限"),
)
CHAPTER: Words = (_("章节"), _("内容"), _("执行参数"), _("来源"))
# By the name of the table. A table of lists has its heading in its first row and needs no order.
COLUMNS: Sequence[tuple[StrOrPromise, Words]] = (
    (_("调整情况"), CHANGE),
    (_("事项清单"), ITEM),
    (_("重点检查事项清单"), ITEM),
    (_("一般检查事项清单"), ITEM),
    (_("联查事项"), JOINT_ITEM),
    (_("章节"), CHAPTER),
)


def in_order(keys: Iterable[str], words: Words) -> list[str]:
    """Keys as `words` has them; those it does not name behind, sorted."""
    place = {str(word): number for number, word in enumerate(words)}
    return sorted(set(keys), key=lambda key: (place.get(key, len(place)), key))


def parts_of(content: Mapping[str, object]) -> list[str]:
    """The facts and tables of a paper in their order."""
    return in_order(content, PARTS)


def columns_of(table: str, keys: Iterable[str]) -> list[str]:
    """The columns of a table in their order."""
    words = next((words for name, words in COLUMNS if str(name) == table), ())
    return in_order(keys, words)
