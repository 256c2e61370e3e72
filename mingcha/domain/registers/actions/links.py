"""对象与事项关联: rules that link in one stroke, single links by hand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue.queries import items_in_force
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.domain.registers import queries, rules
from mingcha.domain.registers.actions.holds import hold_seen
from mingcha.domain.registers.actions.inserting import insert_selected
from mingcha.domain.registers.models import ItemLink, LinkException, LinkRule, Register, Subject
from mingcha.kit.action import action
from mingcha.kit.actors import Acting
from mingcha.kit.locking import locked


@dataclass(frozen=True)
class Applied:
    """What one rule did."""

    rule: LinkRule
    added: int
    removed: int
    linked: int


@action
def set_link_rule(
    department: Department,
    item_code: str,
    *,
    categories: Collection[str] = (),
    industries: Collection[str] = (),
    kinds: Collection[str] = (),
    registers: Collection[Register] = (),
    by: User,
    at: datetime,
) -> LinkRule:
    """Say which subjects an item is for; nothing is linked until the rule is applied, and only then by itself."""
    require(by, Permission.REGISTER_EDIT, within=department)
    department = locked(department)  # two people may make the first rule of an item at the same time
    industries, kinds = rules.tidy_words(industries), rules.tidy_words(kinds)
    rules.check_item(item_code, title=_title(department, item_code))
    rules.check_criteria(categories=categories, industries=industries, kinds=kinds)
    criteria = {"categories": list(categories), "industries": industries, "kinds": kinds, "applied_at": None}
    rule, _new = LinkRule.objects.update_or_create(department=department, item_code=item_code, defaults=criteria)
    rule.registers.set(registers)
    details = {"item": item_code, "categories": ",".join(categories), "industries": ",".join(industries)}
    more = {"kinds": ",".join(kinds), "registers": ",".join(sorted(register.name for register in registers))}
    record("registers.link_rule_set", rule, by=by, at=at, details={**details, **more})
    return rule


@action
def drop_link_rule(rule: LinkRule, *, by: User, at: datetime) -> int:
    """The rule goes and its links with it; those made by hand stay. Not while a draw holds them."""
    require(by, Permission.REGISTER_EDIT, within=rule.department)
    hold = hold_seen(rule.department, rule.item_code)
    rules.check_still_there(LinkRule.objects.select_for_update().filter(pk=rule.pk).first())
    own = queries.links_of_item(rule.department, rule.item_code).filter(by_hand=False)
    if own.exists():
        rules.check_may_lose(hold)
    removed = own.delete()[0]
    record("registers.link_rule_dropped", rule, by=by, at=at, details={"item": rule.item_code, "removed": removed})
    rule.delete()
    return removed


@action
def apply_rule(rule: LinkRule, *, by: User, at: datetime) -> Applied:
    """Link whom the rule means, unlink whom it no longer means: two statements, however large the register."""
    require(by, Permission.REGISTER_EDIT, within=rule.department)
    _check_hold(rule)
    return renew_links(rule, by=by, at=at)


def _check_hold(rule: LinkRule) -> None:
    """What a person asks for is done whole or refused."""
    hold = hold_seen(rule.department, rule.item_code)
    if hold is None:
        return
    if queries.outdated_links(rule).exists():
        rules.check_may_lose(hold)
    if queries.missing_links(rule).exists():
        rules.check_may_begin(hold, linked=queries.links_of_item(rule.department, rule.item_code).exists())


@action
def renew_links(rule: LinkRule, *, by: Acting, at: datetime) -> Applied:
    """The same without asking who: for what was applied by a person once and holds on.

    While a draw holds the item it adds only, and not the first link; the rest waits for the round after the release.
    """
    hold, rule = hold_seen(rule.department, rule.item_code), locked(rule)
    rules.check_appliable(rule, title=_title(rule.department, rule.item_code))
    links = queries.links_of_item(rule.department, rule.item_code)
    removed = queries.outdated_links(rule).delete()[0] if hold is None else 0
    item = {"department": rule.department_id, "item_code": rule.item_code, "by_hand": False}
    begun = hold is None or links.exists()
    added = insert_selected(ItemLink, queries.missing_links(rule), key="subject", fixed=item) if begun else 0
    linked = links.count()
    rule.applied_at, rule.applied_to = at, linked
    rule.save(update_fields=["applied_at", "applied_to"])
    details = {"item": rule.item_code, "added": added, "removed": removed, "linked": linked}
    record("registers.links_applied", rule, by=by, at=at, details=details)
    return Applied(rule, added, removed, linked)


@action
def apply_rules(department: Department, *, by: User, at: datetime) -> list[Applied]:
    """Every rule of a department whose item is in force."""
    require(by, Permission.REGISTER_EDIT, within=department)
    known = {item.code for item in items_in_force(department=department)}
    return [apply_rule(rule, by=by, at=at) for rule in queries.link_rules_of(department) if rule.item_code in known]


@action
def link_subject(subject: Subject, department: Department, item_code: str, *, by: User, at: datetime) -> ItemLink:
    """One link by hand: no rule takes it away."""
    require(by, Permission.REGISTER_EDIT, within=department)
    hold, subject = hold_seen(department, item_code), locked(subject)
    rules.check_item(item_code, title=_title(department, item_code))
    rules.check_inside(subject.name, inside=subject.region.code.startswith(department.region.prefix))
    links = queries.links_of_item(department, item_code)
    rules.check_not_linked(links.filter(subject=subject).first(), name=subject.name)
    rules.check_may_begin(hold, linked=links.exists())
    LinkException.objects.filter(department=department, item_code=item_code, subject=subject).delete()
    link = ItemLink.objects.create(subject=subject, department=department, item_code=item_code, by_hand=True)
    details = {"item": item_code, "department": department.code}
    record("registers.subject_linked", subject, by=by, at=at, details=details)
    return link


@action
def unlink_subject(link: ItemLink, *, reason: str, by: User, at: datetime) -> None:
    """Take one link away; the item's rule does not bring it back."""
    require(by, Permission.REGISTER_EDIT, within=link.department)
    hold = hold_seen(link.department, link.item_code)
    rules.check_still_there(ItemLink.objects.select_for_update().filter(pk=link.pk).first())
    rules.check_reason(reason)
    rules.check_may_lose(hold)
    LinkException.objects.get_or_create(
        department=link.department,
        item_code=link.item_code,
        subject=link.subject,
        defaults={"reason": reason.strip()},
    )
    details = {"item": link.item_code, "department": link.department.code, "reason": reason.strip()}
    record("registers.subject_unlinked", link.subject, by=by, at=at, details=details)
    link.delete()


def _title(department: Department, item_code: str) -> str:
    """The title of a department's item in force; empty when there is none."""
    item = items_in_force(department=department).filter(code=item_code).first()
    return item.title if item is not None else ""
