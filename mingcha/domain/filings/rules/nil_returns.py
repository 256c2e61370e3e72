"""无调整报送: where it is known, to whom, and that it is true."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from mingcha.domain.filings.models import Filing
from mingcha.domain.filings.rules.due import LIST_BODIES
from mingcha.domain.organisation.models import BodyCode, Department
from mingcha.domain.policy.rules import Clause
from mingcha.kit.errors import Refused

NIL_RETURN = "nil_return"
FIRST_YEAR = 2015  # the papers on 双随机 begin in that year


def check_nil_return_known(clauses: Mapping[str, Clause], *, name: str) -> Clause:
    """The clause that asks for it; without one there is nothing to report."""
    if NIL_RETURN not in clauses:
        raise Refused(_("%s没有“无调整也须报送”这一条，清单没有变动时不用报送") % name)
    return clauses[NIL_RETURN]


def recipients_of_lists(clauses: Mapping[str, Clause]) -> list[str]:
    """The bodies that receive a department's item list here; a lead of a sector is asked for by its own lists."""
    named = [code for key in LIST_BODIES if key in clauses for code in clauses[key].codes]
    return [code for code in dict.fromkeys(named) if code in BodyCode.values]


def check_recipient(clauses: Mapping[str, Clause], body: str) -> None:
    """A nil return goes where the list would go."""
    known = recipients_of_lists(clauses)
    if body not in known:
        names = _("、").join(str(BodyCode(code).label) for code in known) or _("没有")
        raise Refused(_("事项清单不向这个机构报备；本地规则规定的接收机构：%s") % names, field="body")


def check_year(year: int, *, today: date) -> None:
    """Nothing can be said of a year that has not begun."""
    if not FIRST_YEAR <= year <= today.year:
        raise Refused(_("年度只能填 %(first)d 到 %(last)d") % {"first": FIRST_YEAR, "last": today.year}, field="year")


def check_begun(since: int | None, *, year: int) -> None:
    """Before its first list a department had nothing that could stay as it was; `since`: the year of that list."""
    if since is None:
        raise Refused(_("本部门还没有施行过抽查事项清单，不能报“无调整”：先公布清单"), field="year")
    if year < since:
        words = {"year": year, "since": since}
        raise Refused(_("本部门的第一版清单 %(since)d 年才施行，%(year)d 年没有清单可报“无调整”") % words, field="year")


def check_other(recipient: Department | None, department: Department) -> None:
    """Nobody files with itself."""
    if recipient is not None and recipient.pk == department.pk:
        raise Refused(_("接收机构就是本部门，不用向自己报送；选别的接收机构"), field="body")


def check_nothing_changed(changed: bool, filed: Filing | None, *, year: int) -> None:
    """A nil return is refused when the list did change, or when that year has been reported."""
    if changed:
        raise Refused(_("%d 年有新的一版清单施行，不是“无调整”：报备那一版清单") % year, field="year")
    if filed is not None:
        words = {"year": year, "title": filed.title, "state": filed.get_state_display()}
        raise Refused(_("%(year)d 年已经有报备《%(title)s》（%(state)s），不用再报") % words, field="year")


def nil_title(department: Department, *, year: int) -> str:
    return _("%(department)s%(year)d年度抽查事项清单无调整报告") % {"department": department.name, "year": year}


def nil_content(department: Department, *, year: int) -> dict[str, object]:
    """What the sealed paper says."""
    return {
        _("报备部门"): department.name,
        _("统一社会信用代码"): department.uscc,
        _("年度"): year,
        _("动态调整情况"): _("本年度抽查事项清单无新增、删除，抽查比例、频次无调整"),
    }
