"""Who may stand in a pool that several departments draw from."""

from datetime import date

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import Inspector, Pool, PoolMember
from mingcha.domain.registers.rules.entries import wrong_name, wrong_text
from mingcha.kit.errors import Refused

LONGEST = 100
LONGEST_SECTOR = 30


def check_pool(*, name: str, sector: str, held: Pool | None) -> None:
    """A name, once in a region."""
    wrong = wrong_name(name, longest=LONGEST)
    if wrong:
        raise Refused(_("名称%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="name")
    wrong = wrong_text(sector, longest=LONGEST_SECTOR)
    if wrong:
        raise Refused(_("监管领域%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="sector")
    if held is not None:
        raise Refused(
            _("已有“%(name)s”，由%(keeper)s牵头") % {"name": held.name, "keeper": held.keeper.short_name}, field="name"
        )


def check_proposable(inspector: Inspector | None, *, member: PoolMember | None) -> Inspector:
    """Somebody who is in a roster and works, and is not in the pool."""
    if inspector is None:
        raise Refused(_("名录里没有这个编号，向对方部门核对"), field="code")
    if not inspector.is_active:
        raise Refused(_("%s 现在不在库或已暂停，不能提名") % inspector.name, field="code")
    if member is not None:
        word = _("已在库里") if member.agreed_by_id else _("已经提名，等对方负责人同意")
        raise Refused(_("%(name)s %(word)s") % {"name": inspector.name, "word": word}, field="code")
    return inspector


def check_agreeable(member: PoolMember, *, until: date | None, today: date) -> None:
    """Proposed, not answered, for a time that lies ahead."""
    check_in_pool(member)
    if member.agreed_by_id is not None:
        raise Refused(_("%s 已经同意入库，不用再同意") % member.inspector.name)
    if until is not None and until < today:
        raise Refused(_("借用期已经过去，改为今天或更晚，或留空"), field="until")


def check_in_pool(member: PoolMember) -> None:
    """Whoever has left does not leave again."""
    if member.left_on is not None:
        raise Refused(
            _("%(name)s 已在 %(on)s 退出") % {"name": member.inspector.name, "on": member.left_on.isoformat()}
        )
