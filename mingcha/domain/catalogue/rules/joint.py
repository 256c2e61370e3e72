"""What a sector's joint list must be: drawn up by its lead, of items in force, five things said of each. Pure."""

from collections.abc import Collection, Iterable, Sequence
from typing import TypedDict

from django.utils.translation import gettext as _

from mingcha.domain.catalogue.models import InspectionItem, JointItem, JointList
from mingcha.domain.catalogue.rules.steps import PaperText
from mingcha.domain.organisation.models import Department
from mingcha.kit.errors import Refused, refuse_together

# The five things the list must make plain (抽查项目、抽查依据、抽查主体、抽查内容、执法权限).
FIVE = ("project", "basis", "body", "content", "authority")
ItemKey = tuple[int, str]


class JointFields(TypedDict):
    """What a joint list says of one item."""

    project: str
    basis: str
    body: str
    content: str
    authority: str


def key_of(item: InspectionItem) -> ItemKey:
    """An item whatever its edition: department and code."""
    return item.item_list.department_id, item.code


def fields_from(item: InspectionItem) -> JointFields:
    """What the department's own list says already, so that only the rest is typed."""
    return {
        "project": item.title,
        "basis": item.legal_basis,
        "body": item.inspecting_body or item.item_list.department.name,
        "content": item.content,
        "authority": "",
    }


def check_sector(sector: str) -> None:
    """A joint list is one of a 监管领域."""
    if not sector.strip():
        raise Refused(_("缺监管领域，选一个本部门牵头的领域"), field="sector")


def check_lead(department: Department, lead: Department | None, *, sector: str) -> None:
    """Only the lead of a sector draws its list up."""
    if lead is None:
        raise Refused(_("“%s”领域还没有登记牵头部门，由系统管理员在“规则所称机构”里登记") % sector, field="sector")
    if lead != department:
        raise Refused(
            _("“%(sector)s”领域由%(lead)s牵头，由它拟定联查事项清单") % {"sector": sector, "lead": lead.short_name},
            field="sector",
        )


def check_batch_free(under_way: JointList | None) -> None:
    """One batch after the other (成熟一批、公布一批)."""
    if under_way is not None:
        raise Refused(
            _("%(list)s正在“%(state)s”，公布后再拟下一批") % {"list": under_way, "state": under_way.get_state_display()}
        )


def check_writable(joint: JointList) -> None:
    """Only a draft is written in."""
    if not joint.is_draft:
        raise Refused(_("%(list)s现在是“%(state)s”，不能改动") % {"list": joint, "state": joint.get_state_display()})


def check_pickable(item: InspectionItem, joint: JointList, *, taken: Collection[ItemKey]) -> None:
    """An item that holds, of this sector, of a department of this region, not in any batch yet."""
    if not item.is_in_force:
        raise Refused(_("“%s”不在施行中的部门清单里，不能列入联查") % item)
    if item.sector != joint.sector:
        raise Refused(
            _("“%(item)s”属于“%(own)s”领域，不是“%(sector)s”领域；由部门在清单里改正")
            % {"item": item, "own": item.sector or _("未写明"), "sector": joint.sector}
        )
    if not item.item_list.department.region_id.startswith(joint.region.prefix):
        raise Refused(_("“%s”不是本区划部门的事项") % item)
    if key_of(item) in taken:
        raise Refused(_("“%s”已经列入本领域的联查清单") % item)


def check_five(said: JointFields) -> None:
    """All five are said; everything that is missing is said at once."""
    refuse_together(*(lambda field=field: _check_said(said, field) for field in FIVE))


def _check_said(said: JointFields, field: str) -> None:
    value, column = str(said[field]).strip(), JointItem._meta.get_field(field)  # type: ignore[literal-required]
    label, longest = getattr(column, "verbose_name", field), getattr(column, "max_length", None)
    if not value:
        raise Refused(_("缺%s，五项都要写明") % label, field=field)
    if longest and len(value) > longest:
        raise Refused(_("%(label)s超过 %(longest)d 个字，写短一些") % {"label": label, "longest": longest}, field=field)


def check_joint(items: Sequence[JointItem]) -> None:
    """A list to hand in has items of two departments at least, all of them in force."""
    departments = {entry.item.item_list.department_id for entry in items}
    if len(departments) <= 1:
        raise Refused(_("跨部门联查至少要有两个部门的事项，现在有 %d 个部门") % len(departments))
    outdated = [entry.project for entry in items if not entry.item.is_in_force]
    if outdated:
        raise Refused(_("部门清单已经更新，这些事项要去掉或重新选：%s") % _("、").join(outdated))


def joint_text(joint: JointList, items: Iterable[JointItem]) -> PaperText:
    """What is decided on and filed: every item with its five things."""
    rows = [
        {
            _("部门"): entry.item.item_list.department.name,
            _("事项编码"): entry.item.code,
            **{str(JointItem._meta.get_field(field).verbose_name): getattr(entry, field) for field in FIVE},  # type: ignore[union-attr]
        }
        for entry in items
    ]
    content = {
        _("监管领域"): joint.sector,
        _("批次"): joint.batch,
        _("牵头部门"): joint.department.name,
        _("事项数"): len(rows),
        _("联查事项"): rows,
    }
    return PaperText(title=str(joint), content=content, figures={"batch": joint.batch, "items": len(rows)})
