"""Whether a report of rehearsal seeds may still be made."""

from django.utils.translation import gettext as _

from mingcha.domain.draws.models import Draw
from mingcha.kit.errors import Refused


def check_forecastable(draw: Draw) -> None:
    """Only before the freeze: afterwards the report on the frozen tables is what the room was shown."""
    if not draw.takes_seats:
        raise Refused(_("抽取 %s 的名单已经冻结，可预测性报告以冻结时的为准") % draw.number)
