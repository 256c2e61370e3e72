"""Whether a rule may say which subjects an item is for."""

from collections.abc import Collection, Iterable

from django.db.models import Model
from django.utils.translation import gettext as _

from mingcha.domain.registers.models import Category, ItemLink, LinkRule
from mingcha.domain.registers.rules.entries import wrong_text
from mingcha.kit.errors import Refused

LONGEST_WORD = 60
MOST_WORDS = 300


def tidy_words(words: Iterable[str]) -> list[str]:
    """Without spaces around them, each once, in their order."""
    return list(dict.fromkeys(word.strip() for word in words if word.strip()))


def check_item(item_code: str, *, title: str) -> None:
    """Only what stands in the list in force can be linked (清单之外无检查)."""
    if not title:
        raise Refused(_("现行清单里没有事项 %s，先看清单是否已经施行") % item_code, field="item")


def check_criteria(*, categories: Collection[str], industries: Collection[str], kinds: Collection[str]) -> None:
    """Known categories, and words that could stand in a register."""
    unknown = [category for category in categories if category not in Category.values]
    if unknown:
        raise Refused(_("没有“%s”这个主体大类，重新选择") % "、".join(unknown), field="categories")
    for field, label, words in (("industries", _("行业"), industries), ("kinds", _("类型"), kinds)):
        if len(words) > MOST_WORDS:
            raise Refused(
                _("%(label)s超过 %(most)d 个，合并成更短的开头") % {"label": label, "most": MOST_WORDS}, field=field
            )
        for word in words:
            wrong = wrong_text(word, longest=LONGEST_WORD)
            if wrong:
                told = {"label": label, "word": word[:20], "wrong": wrong[0], "fix": wrong[1]}
                raise Refused(_("%(label)s“%(word)s”%(wrong)s，%(fix)s") % told, field=field)


def check_appliable(rule: LinkRule, *, title: str) -> None:
    """A rule of an item that has left the list links nobody."""
    if not title:
        raise Refused(_("事项 %s 已经不在现行清单里，这条规则不再执行，可以删除") % rule.item_code)


def check_not_linked(link: ItemLink | None, *, name: str) -> None:
    """Once is enough."""
    if link is not None:
        raise Refused(_("“%(name)s”已经关联事项 %(code)s，不用再关联") % {"name": name, "code": link.item_code})


def check_inside(name: str, *, inside: bool) -> None:
    """A department links what is in its own place."""
    if not inside:
        raise Refused(_("“%s”不在本部门的区划内，不能关联本部门的事项") % name)


def check_still_there(row: Model | None) -> None:
    """What was taken away is not taken away again."""
    if row is None:
        raise Refused(_("已经取消，没有再取消一次"))
