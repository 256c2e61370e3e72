"""Cells that hold one of a few words, and the words offices write for them."""

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import Category, CodeType, StaffCategory
from mingcha.domain.registers.rules.cells import Wrong, plain_word

CATEGORY_WORDS = {str(word): value for value, word in Category.choices} | {
    "公司": Category.ENTERPRISE.value,
    "个体": Category.TRADER.value,
    "个体户": Category.TRADER.value,
    "合作社": Category.COOPERATIVE.value,
    "农民合作社": Category.COOPERATIVE.value,
    "行政机关": Category.PUBLIC_BODY.value,
    "社会团体": Category.ASSOCIATION.value,
    "项目": Category.PROJECT.value,
    "工地": Category.PROJECT.value,
    "车辆": Category.VEHICLE.value,
    "无照经营者": Category.UNLICENSED.value,
}
CODE_TYPE_WORDS = {str(word): value for value, word in CodeType.choices} | {
    "信用代码": CodeType.USCC.value,
    "注册号": CodeType.REGISTRATION.value,
    "自编号": CodeType.OWN.value,
}
STAFF_WORDS = {str(word): value for value, word in StaffCategory.choices} | {
    "公务员": StaffCategory.CIVIL_SERVANT.value,
    "执法人员": StaffCategory.LICENSED.value,
    "日常监管人员": StaffCategory.DAILY.value,
}


def read_category(text: str) -> str:
    """主体大类, by the words offices use."""
    word = CATEGORY_WORDS.get(plain_word(text))
    if word is None:
        raise Wrong(_("不认识的主体大类"), _("写“企业”“个体工商户”“农民专业合作社”“学校”“工程项目”等"))
    return word


def read_code_type(text: str) -> str:
    """What kind of number the code is."""
    word = CODE_TYPE_WORDS.get(plain_word(text))
    if word is None:
        raise Wrong(_("不认识的编号种类"), _("写“统一社会信用代码”“原注册号”“项目代码”“许可证号”等"))
    return word


def read_staff_category(text: str) -> str:
    """公务员, 执法人员 or 日常监管人员 (泰安 二（二）2)."""
    word = STAFF_WORDS.get(plain_word(text))
    if word is None:
        raise Wrong(
            _("不认识的人员类别"), _("写“行政执法类公务员”“具有行政执法资格的工作人员”或“从事日常监管工作的人员”")
        )
    return word
