"""Whether a file that was asked for may still be written, and filters that would mean everybody by mistake."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from mingcha.kit.errors import Refused

MOST_TRIES = 3  # a worker that is killed begins anew; one that this file kills would do so for ever


def check_understood(is_understood: bool) -> None:
    """Refuse a filter with a part that narrows nothing: it would mean everybody."""
    if not is_understood:
        raise Refused(_("有条件看不懂或已失效，不按它办理，免得选中全部对象；改正或清空这个条件，看过户数再办"))


def check_tries(tries: int) -> None:
    """Give a file up that never came to an end."""
    if tries >= MOST_TRIES:
        raise Refused(_("没有生成：试了 %d 次，每次都中断；缩小条件分几次导出，或改为导出 CSV") % MOST_TRIES)


def check_same_filter(asked: str, now: str) -> None:
    """A filter that no longer says what was asked, and what the trail tells, is written to no file."""
    if asked != now:
        raise Refused(_("没有生成：提交以后，条件里的名录库已删除或不能再查看；回到名录重新选条件，再导出一次"))


def check_same_reach(asked: Collection[int], now: Collection[int]) -> None:
    """Who reads of other departments than on asking would get another file."""
    if set(asked) != set(now):
        raise Refused(_("没有生成：提交以后，可查看的部门变了；回到名录看过现在的户数，再导出一次"))
