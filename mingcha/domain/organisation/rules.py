"""Whether an account may hold a role."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from stdnum.cn import uscc as uscc_standard
from stdnum.exceptions import ValidationError

from mingcha.domain.organisation.models import Role
from mingcha.domain.organisation.permissions import APART
from mingcha.kit.errors import Refused


def check_grantable(role: str, held: Iterable[str]) -> None:
    """Separation of duties: refuse a role that must not meet one already held."""
    for one, other in APART:
        for mine, theirs in ((one, other), (other, one)):
            if role == mine and theirs in set(held):
                raise Refused(
                    _("“%(mine)s”和“%(theirs)s”不能由同一人担任")
                    % {"mine": Role(mine).label, "theirs": Role(theirs).label},
                    field="role",
                )


def check_withdrawable(role: str, others: int) -> None:
    """Somebody must be able to open accounts tomorrow. `others`: how many other keepers there are."""
    if role == Role.SYSTEM_KEEPER and others == 0:
        raise Refused(_("这是最后一个系统管理员，先授予另一个人，再收回这一个"))


def check_department_code(uscc: str) -> None:
    """A department's 统一社会信用代码 must be right to the check digit: other systems match by it (GB 32100)."""
    try:
        uscc_standard.validate(uscc)
    except ValidationError as fault:
        raise Refused(_("统一社会信用代码 %s 不对，对照证书改正") % uscc, field="uscc") from fault
