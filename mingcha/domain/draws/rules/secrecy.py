"""A later draw must not tell what an earlier one still keeps sealed."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from mingcha.kit.errors import Refused


def check_tells_no_earlier(opens_on: date, *, sealed: Iterable[tuple[str, date | None]]) -> None:
    """The table of the excluded names whom the draws before took: it may open on their day and no sooner.

    `sealed`: number and day of each earlier draw whose list is not public yet; no day, while it has not taken effect.
    """
    for number, day in sealed:
        if day is None:
            raise Refused(_("抽取 %s 还没有生效，生效以后再抽补充抽查：它抽中的对象要从这次的名单里排除") % number)
        if opens_on < day:
            raise Refused(
                _(
                    "这次的排除名单会说出抽取 %(number)s 抽中了谁，那份名单 %(day)s 才公开。"
                    "另拟补充抽查，把名单公开时间定在这一天或更晚"
                )
                % {"number": number, "day": day.isoformat()}
            )
