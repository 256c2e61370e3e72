"""What a note may be."""

from django.utils.translation import gettext as _
from stdnum.cn import ric

from mingcha.domain.registers.rules.entries import wrong_text
from mingcha.kit.errors import Refused

LONGEST_NOTE = 2_000


def check_note(text: str) -> None:
    """Something, not a book, and no number of a person's identity card."""
    if not text.strip():
        raise Refused(_("没有写内容，补上后再提交"), field="text")
    for line in text.splitlines():
        wrong = wrong_text(line.replace("\t", " "), longest=LONGEST_NOTE)
        if wrong:
            raise Refused(_("内容%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="text")
    if len(text) > LONGEST_NOTE:
        raise Refused(_("内容超过 %d 个字，缩短或分成几条") % LONGEST_NOTE, field="text")
    if any(ric.is_valid(word) for word in _numbers(text)):
        raise Refused(_("内容里有居民身份证号，删去：记事不写个人证件号"), field="text")


def _numbers(text: str) -> list[str]:
    """Every run of digits and X in a text."""
    return "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in text).split()
