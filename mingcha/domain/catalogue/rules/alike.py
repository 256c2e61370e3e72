"""整合相同或相近领域监管事项: who may bring alike items together or set them apart, and what they become together.

Pure: no query, no clock. What looks alike is found by rules.likeness.
"""

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext as _

from mingcha.domain.catalogue.models import InspectionItem, SetApart
from mingcha.domain.catalogue.rules.joint import JointFields, fields_from
from mingcha.domain.organisation.models import Department
from mingcha.kit.errors import Refused, refuse_together

LONGEST_REASON = 300


def check_judged_by(department: Department, leads: Collection[Department], *, items: Sequence[InspectionItem]) -> None:
    """Only the lead of a sector that one of the items is in says whether they belong together."""
    if department in leads:
        return
    sectors = _("、").join(dict.fromkeys(item.sector or _("未写明") for item in items))
    who = _("、").join(sorted({lead.short_name for lead in leads}))
    if not who:
        raise Refused(_("这两项的监管领域是“%s”，还没有登记牵头部门，由系统管理员在“规则所称机构”里登记") % sectors)
    raise Refused(_("这两项的监管领域是“%(sectors)s”，由%(who)s决定是否整合") % {"sectors": sectors, "who": who})


def check_pair(one: InspectionItem, other: InspectionItem) -> None:
    """Two items that hold, of two departments of one region."""
    for item in (one, other):
        if not item.is_in_force:
            raise Refused(_("“%s”不在施行中的部门清单里，不用再比较") % item)
    departments = one.item_list.department, other.item_list.department
    if departments[0] == departments[1]:
        raise Refused(_("两项都是%s的，在它自己的清单里合并") % departments[0].short_name)
    if departments[0].region_id != departments[1].region_id:
        raise Refused(_("两项不在同一个区划，不能一起整合"))


def check_set_apart(reason: str, *, before: SetApart | None) -> None:
    """A pair is dismissed once, for a reason that can be read later."""
    if before is not None:
        raise Refused(
            _("%(who)s已经写明不整合：%(reason)s") % {"who": before.decided_by.full_name, "reason": before.reason}
        )
    if not reason.strip():
        raise Refused(_("写明不整合的理由，例如：对象不同、要点不同"), field="reason")
    if len(reason.strip()) > LONGEST_REASON:
        raise Refused(_("理由超过 %d 个字，写短一些") % LONGEST_REASON, field="reason")


def check_together(items: Sequence[InspectionItem]) -> None:
    """Brought together are items of two departments at least."""
    if len({item.item_list.department_id for item in items}) <= 1:
        raise Refused(_("整合至少要两个部门的事项，再选一个别的部门的事项"), field="items")


def check_authorities(items: Sequence[InspectionItem], authorities: Mapping[int, str]) -> None:
    """Every department says what it may do itself; everybody who has not is named at once."""
    refuse_together(*(lambda item=item: _check_authority(item, authorities.get(item.pk, "")) for item in items))


def _check_authority(item: InspectionItem, authority: str) -> None:
    if not authority.strip():
        raise Refused(
            _("缺%s的执法权限，写明查出问题可以做什么") % item.item_list.department.short_name,
            field=f"authority_{item.pk}",
        )


def as_project(item: InspectionItem, shared: Mapping[str, str], *, authority: str) -> JointFields:
    """The five things of an item that is part of a joint project: name and content are the project's."""
    said = fields_from(item)
    said["project"], said["content"], said["authority"] = shared["project"], shared["content"], authority
    return said


def fields_together(items: Sequence[InspectionItem]) -> dict[str, str]:
    """What the joint project says of all of them, to begin with: the shortest name, every content once."""
    contents = dict.fromkeys(item.content.strip() for item in items if item.content.strip())
    return {"project": min((item.title for item in items), key=len), "content": _("；").join(contents)}
