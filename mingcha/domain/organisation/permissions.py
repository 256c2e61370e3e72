"""Who may do what: the role table, in code, to be read like a rulebook (systems-roles-lifecycles R01–R19)."""

from datetime import date
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.organisation.models import Department, Grant, Role, User
from mingcha.kit.actors import SYSTEM, Acting
from mingcha.kit.errors import Forbidden


class Permission(StrEnum):
    """What an action asks for in its first beat, and what a list asks for before it shows a row."""

    ACCOUNTS_KEEP = "accounts.keep"
    POLICY_READ = "policy.read"
    POLICY_ADOPT = "policy.adopt"
    TRAIL_READ = "trail.read"
    CATALOGUE_READ = "catalogue.read"
    CATALOGUE_EDIT = "catalogue.edit"
    CATALOGUE_APPROVE = "catalogue.approve"
    CATALOGUE_REVIEW = "catalogue.review"  # 法制审核, before the head
    CATALOGUE_AUTHORISE = "catalogue.authorise"  # 外部审定, where the rules name such a body
    LAW_KEEP = "law.keep"
    FILING_READ = "filing.read"
    FILING_SEND = "filing.send"
    FILING_RECEIVE = "filing.receive"
    REGISTER_READ = "register.read"
    REGISTER_EDIT = "register.edit"
    REGISTER_CONFIRM = "register.confirm"
    REGISTER_SHARE = "register.share"  # lends people, gives data to another department
    EXEMPTION_DECIDE = "exemption.decide"
    PLAN_READ = "plan.read"
    PLAN_EDIT = "plan.edit"
    PLAN_APPROVE = "plan.approve"
    DRAW_READ = "draw.read"
    DRAW_RUN = "draw.run"
    DRAW_TYPE_DICE = "draw.type_dice"
    DRAW_SIGN_AGENCY = "draw.sign_agency"
    DRAW_SIGN_DISCIPLINE = "draw.sign_discipline"
    INSPECTION_READ = "inspection.read"
    INSPECTION_DO = "inspection.do"
    RESULT_CONFIRM = "result.confirm"
    RESULT_PUBLISH = "result.publish"
    DUTY_READ = "duty.read"


P = Permission

READING = frozenset(
    {
        P.POLICY_READ,
        P.CATALOGUE_READ,
        P.REGISTER_READ,
        P.PLAN_READ,
        P.DRAW_READ,
        P.INSPECTION_READ,
        P.DUTY_READ,
        P.FILING_READ,
    }
)


ROLES: dict[str, frozenset[Permission]] = {
    Role.COORDINATOR: READING | {P.POLICY_ADOPT, P.PLAN_APPROVE, P.LAW_KEEP},
    Role.HANDLER: READING
    | {
        P.CATALOGUE_EDIT,
        P.REGISTER_EDIT,
        P.REGISTER_CONFIRM,
        P.PLAN_EDIT,
        P.DRAW_RUN,
        P.DRAW_TYPE_DICE,
        P.FILING_SEND,
    },
    Role.LEGAL_REVIEWER: READING | {P.CATALOGUE_REVIEW, P.LAW_KEEP},
    Role.APPROVER: READING
    | {
        P.CATALOGUE_APPROVE,
        P.REGISTER_SHARE,
        P.EXEMPTION_DECIDE,
        P.DRAW_SIGN_AGENCY,
        P.DRAW_TYPE_DICE,
        P.RESULT_CONFIRM,
        P.RESULT_PUBLISH,
    },
    Role.INSPECTOR: frozenset({P.INSPECTION_DO}),
    Role.DISCIPLINE: frozenset({P.DRAW_READ, P.DRAW_SIGN_DISCIPLINE, P.DRAW_TYPE_DICE, P.TRAIL_READ}),
    Role.SUPERVISOR: READING | {P.PLAN_APPROVE},
    Role.FILING_RECIPIENT: frozenset(
        {P.POLICY_READ, P.CATALOGUE_READ, P.FILING_READ, P.FILING_RECEIVE, P.CATALOGUE_AUTHORISE}
    ),
    Role.SYSTEM_KEEPER: frozenset({P.ACCOUNTS_KEEP, P.POLICY_READ}),
    Role.AUDITOR: frozenset({P.TRAIL_READ}),
}

# What happens without a person: setting up a new place, and publishing when the plan's time has come.
SYSTEM_MAY = frozenset({P.ACCOUNTS_KEEP, P.POLICY_ADOPT, P.RESULT_PUBLISH})

# Maker and checker: nobody holds both roles of a pair in one place (三员分立; maker ≠ checker).
APART: tuple[tuple[str, str], ...] = (
    (Role.HANDLER, Role.APPROVER),
    (Role.HANDLER, Role.DISCIPLINE),
    (Role.HANDLER, Role.SUPERVISOR),
    (Role.HANDLER, Role.FILING_RECIPIENT),
    (Role.APPROVER, Role.FILING_RECIPIENT),
    (Role.APPROVER, Role.DISCIPLINE),
    # Whoever grants roles takes no part in the work: a keeper who made himself discipline officer could type the dice
    # as a second person, sign the second seat and read the trail of his own acts.
    *((Role.SYSTEM_KEEPER, other) for other in Role if other != Role.SYSTEM_KEEPER),
)


def roles_with(permission: Permission) -> list[str]:
    """The roles that a permission comes with."""
    return [role for role, permissions in ROLES.items() if permission in permissions]


def grants_of(user: User | AnonymousUser, *, on: date | None = None) -> QuerySet[Grant]:
    """The grants that hold for a person today, or on a day."""
    if not isinstance(user, User) or not user.is_active:
        return Grant.objects.none()
    return Grant.objects.filter(user=user).valid(on=on or timezone.localdate()).select_related("department", "region")


def reach(user: User | AnonymousUser, permission: Permission) -> QuerySet[Department]:
    """The departments in which a person holds a permission: where every list starts."""
    wanted = Q(pk__in=[])
    for grant in _grants_with(user, permission):
        if grant.region is not None:
            wanted |= Q(region__code__startswith=grant.region.prefix)
        else:
            wanted |= Q(pk=grant.department_id)
    return Department.objects.filter(wanted)


def _grants_with(user: User | AnonymousUser, permission: Permission) -> QuerySet[Grant]:
    return grants_of(user).filter(role__in=roles_with(permission))


def _covers(grant: Grant, department: Department) -> bool:
    """What `reach` finds in the database, of a department at hand."""
    if grant.region is not None:
        return department.region_id.startswith(grant.region.prefix)
    return grant.department_id == department.pk


def may(by: Acting, permission: Permission, *, within: Department | None = None) -> bool:
    """Does this actor hold the permission (in this department, or anywhere)?"""
    if by is SYSTEM:
        return permission in SYSTEM_MAY
    if not isinstance(by, User):
        return False
    if within is None:
        return reach(by, permission).exists()
    return any(_covers(grant, within) for grant in _grants_with(by, permission))


def held_by(user: User | AnonymousUser) -> frozenset[Permission]:
    """Every permission a person holds somewhere, in one query."""
    roles = grants_of(user).values_list("role", flat=True)
    return frozenset().union(*(ROLES[role] for role in roles))


def require(by: Acting, permission: Permission, *, within: Department | None = None) -> None:
    """Beat one of every action: refuse whoever may not do this here."""
    if not may(by, permission, within=within):
        place = _("在%s") % within.short_name if within is not None else ""
        raise Forbidden(_("这个账号%s没有做这一步的权限；需要时由系统管理员授权") % place)
