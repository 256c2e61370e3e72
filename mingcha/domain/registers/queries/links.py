"""对象与事项关联: which subjects an item is for, which links there are, what is linked to nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mingcha.domain.catalogue.models import InspectionItem
from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.organisation.models import Department, Region
from mingcha.domain.registers.models import (
    ItemLink,
    LinkException,
    LinkRule,
    RegisterEntry,
    Subject,
)
from mingcha.domain.registers.queries.holds import hold_on
from mingcha.domain.registers.states import SubjectState

OUT_OF_LIFE = (SubjectState.CLOSED, SubjectState.VOID)


@dataclass(frozen=True)
class Preview:
    """What a rule says now, and what applying it would change."""

    matching: int
    added: int
    removed: int


@dataclass(frozen=True)
class ItemLinks:
    """One item of a department in force: its rule, and how many subjects it is linked to."""

    item: InspectionItem
    rule: LinkRule | None
    linked: int


def subjects_in(region: Region) -> QuerySet[Subject]:
    """Every entry of a region and of those inside it that has not ended, in no order."""
    inside = Subject.objects.filter(region__code__startswith=region.prefix)
    return inside.exclude(state__in=OUT_OF_LIFE).order_by()


def subjects_matching(rule: LinkRule) -> QuerySet[Subject]:
    """The subjects that a rule means; a criterion that says nothing leaves nobody out.

    Those who have ended stay in: they are linked again without anybody's doing once they are back.
    """
    found = Subject.objects.filter(region__code__startswith=rule.department.region.prefix).order_by()
    found = found.exclude(state=SubjectState.VOID)
    if rule.categories:
        found = found.filter(category__in=rule.categories)
    if rule.industries:
        found = found.filter(_any("industry", rule.industries))
    if rule.kinds:
        found = found.filter(_any("kind", rule.kinds))
    named = list(rule.registers.values_list("pk", flat=True)) if rule.pk else []
    if named:
        found = found.filter(pk__in=RegisterEntry.objects.filter(register__in=named).values("subject"))
    return found


def _any(field: str, words: Collection[str]) -> Q:
    """A number is the beginning of a code, anything else a part of the words."""
    wanted = Q(pk__in=[])
    for word in words:
        starts = word.isascii() and word.isalnum() and field == "industry"
        wanted |= Q(**{f"{field}__startswith" if starts else f"{field}__contains": word})
    return wanted


def links_of_item(department: Department, item_code: str) -> QuerySet[ItemLink]:
    """The links of one item."""
    return ItemLink.objects.filter(department=department, item_code=item_code)


def missing_links(rule: LinkRule) -> QuerySet[Subject]:
    """Whom a rule means and nothing links yet; what was unlinked by hand stays so."""
    item = {"department": rule.department, "item_code": rule.item_code, "subject": OuterRef("pk")}
    return subjects_matching(rule).filter(
        ~Exists(ItemLink.objects.filter(**item)), ~Exists(LinkException.objects.filter(**item))
    )


def outdated_links(rule: LinkRule) -> QuerySet[ItemLink]:
    """The links of a rule that it no longer means; those made by hand are not its business."""
    own = links_of_item(rule.department, rule.item_code).filter(by_hand=False)
    return own.exclude(subject__in=subjects_matching(rule).values("pk"))


def preview_of(rule: LinkRule) -> Preview:
    """How many a rule means, how many links it would add and take away."""
    return Preview(subjects_matching(rule).count(), missing_links(rule).count(), outdated_links(rule).count())


def link_rules_of(department: Department) -> QuerySet[LinkRule]:
    """The rules of a department."""
    return LinkRule.objects.filter(department=department).select_related("department__region")


def items_with_links(department: Department) -> list[ItemLinks]:
    """Every item in force of a department with its rule and its number of links, in two queries beside the items."""
    rules = {rule.item_code: rule for rule in link_rules_of(department).prefetch_related("registers")}
    counted = link_counts(department)
    return [
        ItemLinks(item, rules.get(item.code), counted.get(item.code, 0))
        for item in items_in_force(department=department)
    ]


def link_counts(department: Department) -> dict[str, int]:
    """Item's code → how many subjects it is linked to."""
    rows = ItemLink.objects.filter(department=department).order_by().values_list("item_code").annotate(Count("pk"))
    return dict(rows)


def links_of_subject(subject: Subject) -> list[tuple[ItemLink, str]]:
    """What one subject may be inspected for, with the item's title; empty where it is not in force now."""
    links = list(ItemLink.objects.filter(subject=subject).select_related("department").order_by("department__code"))
    codes = {link.item_code for link in links}
    items = InspectionItem.objects.in_force().filter(code__in=codes).select_related("item_list")
    titles = {(item.item_list.department_id, item.code): item.title for item in items}
    return [(link, titles.get((link.department_id, link.item_code), "")) for link in links]


def linkable_items(subject: Subject, departments: QuerySet[Department]) -> QuerySet[InspectionItem]:
    """The items in force of some departments that a subject is not linked to yet."""
    linked = ItemLink.objects.filter(
        subject=subject, department=OuterRef("item_list__department"), item_code=OuterRef("code")
    )
    found = InspectionItem.objects.in_force().filter(item_list__department__in=departments)
    return found.filter(~Exists(linked)).select_related("item_list__department").order_by("code")


def orphan_subjects(region: Region) -> QuerySet[Subject]:
    """Subjects that no department has linked to anything (S1-17)."""
    return subjects_in(region).filter(~Exists(ItemLink.objects.filter(subject=OuterRef("pk"))))


def loose_links(department: Department) -> dict[str, int]:
    """Code → links of it, for codes that are no item in force any more."""
    known = {item.code for item in items_in_force(department=department)}
    return {code: number for code, number in link_counts(department).items() if code not in known}


def linked_to(items: Collection[tuple[int, str]]) -> QuerySet[ItemLink, Any]:
    """The codes of whoever is linked to one of these items: each by its department's key and its code."""
    wanted = Q(pk__in=[])
    for department, code in items:
        wanted |= Q(department=department, item_code=code)
    return ItemLink.objects.filter(wanted).order_by().values("subject__code")


def link_rules_due() -> list[LinkRule]:
    """The rules that a person applied as they stand and that would now add or take away a link.

    Of an item that a draw holds, only those that would add one to others: the rest is due again after the release.
    """
    applied = LinkRule.objects.exclude(applied_at=None).select_related("department__region")
    known = {(item.item_list.department_id, item.code) for item in items_in_force()}
    return [rule for rule in applied if (rule.department_id, rule.item_code) in known and _is_due(rule)]


def _is_due(rule: LinkRule) -> bool:
    if hold_on(rule.department, rule.item_code) is None:
        return missing_links(rule).exists() or outdated_links(rule).exists()
    return links_of_item(rule.department, rule.item_code).exists() and missing_links(rule).exists()
