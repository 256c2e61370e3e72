"""Which registers a department may keep."""

from django.utils.translation import gettext as _

from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.models import Register, RegisterKind
from mingcha.domain.registers.rules.entries import wrong_name, wrong_text
from mingcha.kit.errors import Refused

LONGEST = 100
LONGEST_SECTOR = 30
LONGEST_WHY = 200
PARTS = frozenset({RegisterKind.SUB, RegisterKind.TAG})
MOST_CODES = 20_000  # typed or pasted at once; a filter or an import takes any number


def check_register(*, kind: str, name: str, sector: str, parent: Register | None) -> None:
    """A known kind with a name; a sector's names its sector, a part its whole."""
    if kind not in RegisterKind.values:
        raise Refused(_("没有这种名录库，重新选择"), field="kind")
    wrong = wrong_name(name, longest=LONGEST)
    if wrong:
        raise Refused(_("名称%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="name")
    wrong = wrong_text(sector, longest=LONGEST_SECTOR)
    if wrong:
        raise Refused(_("监管领域%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="sector")
    if kind == RegisterKind.SECTOR and not sector.strip():
        raise Refused(_("领域特别名录库要写明监管领域"), field="sector")
    if kind == RegisterKind.SUB and parent is None:
        raise Refused(_("分库没有上级，选它属于哪个名录库"), field="parent")


def check_parent(parent: Register | None, *, department: Department) -> None:
    """A part belongs to a whole of the same department, one level deep."""
    if parent is None:
        return
    if parent.department_id != department.pk:
        raise Refused(_("上级名录库是别的部门的，选本部门的"), field="parent")
    if parent.kind in PARTS:
        raise Refused(_("分库和标签下面不能再有分库，选上一级名录库"), field="parent")


def check_keeper(kind: str, department: Department, *, keeper: Department | None) -> None:
    """The general register is kept by one body of the place, where one is named (郴州 三（二）1)."""
    if kind == RegisterKind.GENERAL and keeper is not None and keeper.pk != department.pk:
        raise Refused(_("一般检查对象名录库由%s建立，本部门建立部门名录库或分库") % keeper.short_name, field="kind")


def check_register_new(held: Register | None) -> None:
    """Every name once a kind."""
    if held is not None:
        raise Refused(_("本部门已有“%s”，直接在里面增减对象") % held.name, field="name")


def check_droppable_register(*, parts: int, rules: int) -> None:
    """What others rest on stays."""
    if parts:
        raise Refused(_("它下面还有分库，先删分库"))
    if rules:
        raise Refused(_("有 %d 条关联规则用到它，先改规则") % rules)


def check_codes(codes: list[str]) -> None:
    """Some, and not more than a page can take."""
    if not codes:
        raise Refused(_("没有填代码，一行一个"), field="codes")
    if len(codes) > MOST_CODES:
        raise Refused(_("一次最多 %d 个代码，分几次办理") % MOST_CODES, field="codes")


def check_why(reason: str) -> None:
    """A reason is short and without what cannot be seen; entries of the demo and of other systems may have none."""
    wrong = wrong_text(reason.strip(), longest=LONGEST_WHY)
    if wrong:
        raise Refused(_("理由%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="reason")


def check_filled_by(query: str) -> None:
    """Without a filter everybody would come in."""
    if not query:
        raise Refused(_("还没有选条件，没有入库；先选条件，看有多少户"))


def check_fillable(number: int, *, closed: int, with_closed: bool) -> None:
    """A filter that leaves nobody of the register's region fills nothing; nor one that leaves only who has ended."""
    if not number:
        raise Refused(_("本区划的名录里没有符合条件的对象，放宽条件再入库"))
    if number == closed and not with_closed:
        raise Refused(
            _("没有入库：符合条件的 %d 户都已注销或吊销；确要入库，勾选“连同已注销、吊销的一并纳入”") % number,
            field="with_closed",
        )


def check_seen(number: int, *, mark: str, seen: str | None) -> None:
    """Others than those that somebody was shown do not go in unseen, be they as many."""
    if seen is not None and seen != mark:
        raise Refused(_("没有入库：符合条件的现在是 %d 户，与看到的不是同一批；核对后再点一次") % number)
