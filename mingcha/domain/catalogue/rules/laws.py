"""What a law must be, what an item may rest on, what a repeal asks for. Pure: no query, no clock."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from mingcha.domain.catalogue.models import Freeze, InspectionItem, ItemBasis, Law, LawLevel
from mingcha.domain.organisation.models import Department
from mingcha.kit.errors import Refused

Resting = tuple[InspectionItem, Sequence[ItemBasis]]
SHOWN = 20


def check_law(*, title: str, level: str, effective_on: date, known: Collection[tuple[str, date]]) -> None:
    """A law is found by its name and the day its version took effect; each version stands in the register once."""
    if not title.strip(" 《》"):
        raise Refused(_("写明法律法规规章的名称"), field="title")
    if level not in LawLevel.values:
        raise Refused(_("位阶不在列表里，从列表中选一种"), field="level")
    if (title, effective_on) in known:
        raise Refused(
            _("《%(title)s》%(on)s 施行的文本已经登记，不用再录") % {"title": title, "on": effective_on.isoformat()},
            field="title",
        )


def check_local(level: str, *, has_region: bool) -> None:
    """A national law holds everywhere, a local one somewhere."""
    local = level in {LawLevel.LOCAL_REGULATION, LawLevel.LOCAL_RULE}
    if local and not has_region:
        raise Refused(_("地方性法规和地方政府规章要选适用区划"), field="region")
    if not local and has_region:
        raise Refused(_("法律、行政法规和部门规章全国适用，适用区划留空"), field="region")


def check_unused(law: Law, *, uses: int) -> None:
    """Only an entry that nothing rests on may go; a law that was used is repealed, never removed."""
    if uses:
        raise Refused(_("%(law)s有 %(uses)d 处引用，不能删去；它被废止时用“登记废止”") % {"law": law, "uses": uses})


def check_rebasable(item: InspectionItem) -> None:
    """What is taken over from an upper list is changed up there."""
    if item.inherited_from_id is not None:
        raise Refused(_("事项“%s”照上级清单执行，依据由上级部门调整") % item.title)


def check_basis(
    law: Law, article: str, *, on: date, around: Collection[str], taken: Collection[tuple[int, str]]
) -> None:
    """A link names an article of a law that is not repealed and holds where the department works."""
    if law.repealed_on is not None and law.repealed_on <= on:
        raise Refused(
            _("%(law)s已于 %(on)s 废止，改选现行有效的依据") % {"law": law, "on": law.repealed_on.isoformat()},
            field="law",
        )
    if not law.holds_in(around):
        raise Refused(_("%s是其他地方的规定，在本区划不适用，改选本地或全国的依据") % law, field="law")
    if not article.strip():
        raise Refused(_("写明条款，例如：第十六条第一款"), field="article")
    if (law.pk, article.strip()) in taken:
        raise Refused(
            _("%(law)s%(article)s已经关联，不用再加") % {"law": law, "article": article.strip()}, field="article"
        )


def check_repeal(law: Law, *, on: date, basis: str, replaced_by: Law | None) -> None:
    """A repeal has its day and the paper it rests on; it happens once."""
    if law.repealed_on is not None:
        raise Refused(
            _("%(law)s已登记于 %(on)s 废止，不能再改") % {"law": law, "on": law.repealed_on.isoformat()}, field="on"
        )
    if on < law.effective_on:
        raise Refused(_("废止日期早于施行日期 %s，改正日期") % law.effective_on.isoformat(), field="on")
    if not basis.strip():
        raise Refused(_("写明废止依据，例如：哪个机关哪一年第几号令"), field="basis")
    if replaced_by is not None and replaced_by.pk == law.pk:
        raise Refused(_("替代它的不能是它自己，改选新的一部，或留空"), field="replaced_by")
    if replaced_by is not None and replaced_by.is_repealed:
        raise Refused(_("替代它的%s也已废止，改选现行有效的一部，或留空") % replaced_by, field="replaced_by")


def check_within_reach(law: Law, *, dependents: Iterable[Department], reach: Collection[Department]) -> None:
    """Whoever repeals freezes items: of the departments in the own reach only."""
    beyond = sorted({place.short_name for place in dependents if place not in reach})
    if beyond:
        raise Refused(
            _("%(law)s还是%(places)s的事项依据，这些部门不归这个账号管，由管到这些部门的协调机构登记废止")
            % {"law": law, "places": "、".join(beyond)}
        )


def check_bases(items: Iterable[Resting], *, on: date, linked: bool) -> None:
    """没有法律依据一律不得检查: every item rests on laws in force on that day.

    `linked`: laws are registered for the department's region, so the words of the list alone no longer do.
    """
    wrong = [f"{item.code}（{fault}）" for item, bases in items if (fault := _fault_of(bases, on=on, linked=linked))]
    if wrong:
        more = _("等 %d 项") % len(wrong) if len(wrong) > SHOWN else ""
        raise Refused(_("检查依据还不能用，改好后再提交：%s") % ("；".join(wrong[:SHOWN]) + more))


def _fault_of(bases: Sequence[ItemBasis], *, on: date, linked: bool) -> str:
    """What is wrong with the laws that one item rests on."""
    repealed = [str(basis.law) for basis in bases if basis.law.repealed_on is not None and basis.law.repealed_on <= on]
    if repealed:
        return _("%s已废止，去掉或改挂新的依据") % "、".join(dict.fromkeys(repealed))
    if not bases:
        return _("没有关联法律法规库里的依据") if linked else ""
    if not any(basis.law.holds_on(on) for basis in bases):
        return _("%s尚未施行") % "、".join(dict.fromkeys(str(basis.law) for basis in bases))
    return ""


def check_not_frozen(freezes: Iterable[Freeze]) -> None:
    """依据失效-冻结: nobody is inspected for an item whose law was repealed. `freezes`: those that are not lifted."""
    frozen = dict.fromkeys(
        _("事项“%(item)s”的依据%(law)s") % {"item": freeze.item.title, "law": freeze.law} for freeze in freezes
    )
    if frozen:
        raise Refused(
            _("%s已废止，事项已冻结，不能据此检查；由部门改挂现行依据、新一版清单施行后再办") % "、".join(frozen),
            field="items",
        )


def check_liftable(freeze: Freeze, *, own: Sequence[ItemBasis], current: Sequence[ItemBasis], on: date) -> None:
    """An item thaws when it rests on another law: by itself, or in the edition that is in force now."""
    if freeze.is_lifted:
        raise Refused(_("这个事项已经解冻"))
    if not any(basis.law.holds_on(on) for basis in (*own, *current)):
        raise Refused(
            _("事项“%s”还没有现行有效的依据；先在新一版清单里改挂依据并施行，再解冻") % freeze.item.title,
            field="because",
        )


def check_thaw_reason(because: str) -> None:
    """A freeze is lifted for a reason that can be read later."""
    if not because.strip():
        raise Refused(_("写明解冻理由：改挂了哪部法的哪一条"), field="because")
