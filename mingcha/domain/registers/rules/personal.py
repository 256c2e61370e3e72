"""What is shown of a person before anyone has said why more is needed."""

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import Inspector, Subject
from mingcha.domain.registers.rules.names import surname_of
from mingcha.kit.errors import Refused

SHOWN_START = 3
SHOWN_END = 2
LEAST_REASON = 4


def masked_contact(name: str) -> str:
    """王建国 → 王某; nothing of nobody."""
    return surname_of(name.strip()) if name.strip() else ""


def masked_phone(phone: str) -> str:
    """13800001234 → 138******34; a short one is hidden whole."""
    number = phone.strip()
    hidden = len(number) - SHOWN_START - SHOWN_END
    if hidden <= 0:
        return "*" * len(number)
    return f"{number[:SHOWN_START]}{'*' * hidden}{number[-SHOWN_END:]}"


def check_personal(row: Subject | Inspector, *, reason: str) -> None:
    """Whoever looks says for what, in more than a word, and there is something to look at."""
    if not (row.phone or getattr(row, "contact", "")):
        raise Refused(_("“%s”没有登记联络员和电话，没有可以显示的") % row)
    if len(reason.strip()) < LEAST_REASON:
        raise Refused(_("查看理由太短，写清楚为什么要联系，例如“通知现场检查时间”"), field="reason")
