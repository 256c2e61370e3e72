"""How a sheet writes moments, codes and people."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.draws.queries.naming import code_for_all
from mingcha.domain.registers.rules import surname_of

CERTIFICATE_TAIL = 4


class Veil(NamedTuple):
    """What an edition makes of a code (with the category), of an inspector (name, certificate), of a witness."""

    code: Callable[[str, str], str]
    inspector: Callable[[str, str], str]
    witness: Callable[[str], str]


def _masked_inspector(name: str, certificate: str) -> str:
    tail = certificate[-CERTIFICATE_TAIL:]
    return f"{surname_of(name)}（{tail}）" if tail else surname_of(name)


PLAIN = Veil(code=lambda code, _category: code, inspector=lambda name, _certificate: name, witness=str)
VEILED = Veil(code=code_for_all, inspector=_masked_inspector, witness=surname_of)


def moment(at: datetime | None) -> str:
    """2026年11月26日 16:20, in Asia/Shanghai."""
    if at is None:
        return _("—")
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
