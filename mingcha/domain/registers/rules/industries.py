"""国民经济行业分类 by its sections."""

from django.utils.translation import gettext_lazy

# GB/T 4754-2017, by the letter of the section.
INDUSTRIES = {
    "A": gettext_lazy("农、林、牧、渔业"),
    "B": gettext_lazy("采矿业"),
    "C": gettext_lazy("制造业"),
    "D": gettext_lazy("电力、热力、燃气及水生产和供应业"),
    "E": gettext_lazy("建筑业"),
    "F": gettext_lazy("批发和零售业"),
    "G": gettext_lazy("交通运输、仓储和邮政业"),
    "H": gettext_lazy("住宿和餐饮业"),
    "I": gettext_lazy("信息传输、软件和信息技术服务业"),
    "J": gettext_lazy("金融业"),
    "K": gettext_lazy("房地产业"),
    "L": gettext_lazy("租赁和商务服务业"),
    "M": gettext_lazy("科学研究和技术服务业"),
    "N": gettext_lazy("水利、环境和公共设施管理业"),
    "O": gettext_lazy("居民服务、修理和其他服务业"),
    "P": gettext_lazy("教育"),
    "Q": gettext_lazy("卫生和社会工作"),
    "R": gettext_lazy("文化、体育和娱乐业"),
    "S": gettext_lazy("公共管理、社会保障和社会组织"),
    "T": gettext_lazy("国际组织"),
}

# The last division of each section: a register keeps the four digits of a class, not the letter.
DIVISION = 2  # digits of a GB/T 4754 division, which lies in one section
SECTION_ENDS = {
    "A": 5,
    "B": 12,
    "C": 43,
    "D": 46,
    "E": 50,
    "F": 52,
    "G": 60,
    "H": 62,
    "I": 65,
    "J": 69,
    "K": 70,
    "L": 72,
    "M": 75,
    "N": 79,
    "O": 82,
    "P": 83,
    "Q": 85,
    "R": 90,
    "S": 96,
    "T": 97,
}


def section_of(start: str) -> str:
    """The section of an industry by how it begins: the letter itself, or the two digits of a division."""
    if start[:1] in INDUSTRIES:
        return start[:1]
    if not (len(start) == DIVISION and start.isascii() and start.isdecimal()) or start == "00":
        return ""
    return next((letter for letter, last in SECTION_ENDS.items() if int(start) <= last), "")
