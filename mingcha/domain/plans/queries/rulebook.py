"""What the rulebooks in force on a day settle for a campaign, beside the rules of its place."""

from collections.abc import Iterable
from datetime import date

from mingcha.domain.catalogue.models import InspectionItem, RulebookChapter
from mingcha.domain.catalogue.queries import chapter_settling
from mingcha.domain.catalogue.rules.rulebooks import setting_clause
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, grants_of, roles_with
from mingcha.domain.plans.queries.clauses import clause_for
from mingcha.domain.policy.rules import Clause


def share_floor(lead: Department, *, on: date) -> Clause | None:
    """The least share of a campaign: the ratio of the lead's rulebook where it is more than the rules ask for."""
    local = clause_for(lead, "min_ratio", on=on)
    own = setting_clause(chapter_settling(lead, "ratio_text", on=on), "ratio_text")
    if own is None or (local is not None and local.share >= own.share):
        return local
    return own


def methods_settled(items: Iterable[InspectionItem], *, on: date) -> list[tuple[InspectionItem, RulebookChapter]]:
    """Each item whose department's rulebook says which methods may be used, with the chapter that says so."""
    chosen = list(items)
    owners = {item.item_list.department for item in chosen}
    settled = {owner.pk: chapter_settling(owner, "methods", on=on) for owner in owners}
    pairs = ((item, settled[item.item_list.department_id]) for item in chosen)
    return [(item, chapter) for item, chapter in pairs if chapter is not None]


def approver_settled(lead: Department, *, on: date) -> RulebookChapter | None:
    """The chapter that says which of those who may approve a campaign does; None where it leaves that open.

    The head of the own department (R05) approves no campaign here: the rules want somebody outside. His agreement to
    each inspection is a step of its own.
    """
    chapter = chapter_settling(lead, "approver", on=on)
    outside = roles_with(Permission.PLAN_APPROVE)
    return chapter if chapter is not None and chapter.settings["approver"] in outside else None


def holds_role(person: User, role: object, *, within: Department) -> bool:
    """Does somebody hold exactly this role in a department's place?"""
    held = grants_of(person).filter(role=role)
    return any(
        within.region_id.startswith(grant.region.prefix) if grant.region is not None else grant.department == within
        for grant in held
    )
