"""What may be said of a person before everything may be said."""

# 复姓 that are in use; of every other name the first character is the surname.
_COMPOUND = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶
太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 百里 呼延 东郭 南门 西门 轩辕 拓跋
"""
COMPOUND = frozenset(_COMPOUND.split())


def surname_of(name: str) -> str:
    """欧阳修文 → 欧阳某."""
    return (name[:2] if name[:2] in COMPOUND else name[:1]) + "某"
