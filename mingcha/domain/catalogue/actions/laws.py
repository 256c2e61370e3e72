"""Keeping the register of laws, saying what items rest on, and what a repeal does to them."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue.models import Freeze, InspectionItem, ItemBasis, Law, LawLevel
from mingcha.domain.catalogue.queries import current_edition_of
from mingcha.domain.catalogue.queries import laws as queries
from mingcha.domain.catalogue.rules import check_editable
from mingcha.domain.catalogue.rules import laws as rules
from mingcha.domain.organisation.models import Region, User
from mingcha.domain.organisation.permissions import Permission, reach, require
from mingcha.domain.organisation.queries import around
from mingcha.kit.action import action
from mingcha.kit.actors import SYSTEM, Acting
from mingcha.kit.locking import locked


@action
def enter_law(
    *,
    title: str,
    level: str,
    effective_on: date,
    document_no: str = "",
    region: Region | None = None,
    by: User,
    at: datetime,
) -> Law:
    """Enter one version of a law, so that items can rest on its articles."""
    require(by, Permission.LAW_KEEP)
    title = title.strip(" 《》")
    known = set(Law.objects.filter(title=title).values_list("title", "effective_on"))
    rules.check_law(title=title, level=level, effective_on=effective_on, known=known)
    rules.check_local(level, has_region=region is not None)
    given = {"level": LawLevel(level), "document_no": document_no.strip(), "region": region}
    law, is_new = Law.objects.get_or_create(title=title, effective_on=effective_on, defaults=given)
    if not is_new:  # by somebody else in the same moment
        rules.check_law(title=title, level=level, effective_on=effective_on, known={(title, effective_on)})
    details = {"title": title, "level": level, "effective_on": effective_on.isoformat(), "document_no": law.document_no}
    record("catalogue.law_entered", law, by=by, at=at, details={**details, "region": law.region_id or ""})
    return law


@action
def remove_law(law: Law, *, by: User, at: datetime) -> None:
    """Take an entry out that was made by mistake; nothing may rest on it."""
    require(by, Permission.LAW_KEEP)
    law = locked(law)
    rules.check_unused(law, uses=queries.uses_of(law))
    details = {"title": law.title, "effective_on": law.effective_on.isoformat()}
    record("catalogue.law_removed", law, by=by, at=at, details=details)
    law.delete()


@action
def add_basis(item: InspectionItem, *, law: Law, article: str, by: User, at: datetime) -> ItemBasis:
    """Let an item of a draft rest on an article."""
    require(by, Permission.CATALOGUE_EDIT, within=item.item_list.department)
    check_editable(locked(item.item_list))
    item, law = locked(item), locked(law)
    rules.check_rebasable(item)
    rules.check_basis(
        law,
        article,
        on=timezone.localdate(at),
        around=around(item.item_list.department.region),
        taken=set(item.bases.values_list("law", "article")),
    )
    basis = ItemBasis.objects.create(item=item, law=law, article=article.strip())
    record("catalogue.basis_added", item, by=by, at=at, details={"law": law.title, "article": basis.article})
    return basis


@action
def remove_basis(basis: ItemBasis, *, by: User, at: datetime) -> None:
    """Take an article away from an item of a draft."""
    item = basis.item
    require(by, Permission.CATALOGUE_EDIT, within=item.item_list.department)
    check_editable(locked(item.item_list))
    rules.check_rebasable(item)
    basis = locked(basis)
    details = {"law": basis.law.title, "article": basis.article}
    basis.delete()
    record("catalogue.basis_removed", item, by=by, at=at, details=details)


@action
def carry_bases(source: InspectionItem, target: InspectionItem) -> None:
    """Told by the next edition, inside its own action: the copy of an item rests on what the item rests on."""
    ItemBasis.objects.bulk_create(
        ItemBasis(item=target, law_id=basis.law_id, article=basis.article) for basis in source.bases.all()
    )


@action
def repeal_law(
    law: Law,
    *,
    on: date,
    basis: str,
    replaced_by: Law | None = None,
    tasks: Sequence[str] = (),
    by: User,
    at: datetime,
) -> list[Freeze]:
    """Say that a law ends on a day; from that day on everything that rests on it is frozen, at once when it is here.

    `tasks` names the open campaigns as the page showed them: the catalogue does not know them, the trail keeps them.
    """
    require(by, Permission.LAW_KEEP)
    law = locked(law)
    rules.check_repeal(law, on=on, basis=basis, replaced_by=replaced_by)
    touched = queries.departments_resting_on(law)
    rules.check_within_reach(law, dependents=touched, reach=list(reach(by, Permission.LAW_KEEP)))
    law.repealed_on, law.repealed_by, law.replaced_by = on, basis.strip(), replaced_by
    law.save(update_fields=["repealed_on", "repealed_by", "replaced_by"])
    details = {
        "on": on.isoformat(),
        "basis": law.repealed_by,
        "replaced_by": replaced_by.title if replaced_by else "",
        "items": [f"{item.item_list.department.code}:{item.code}" for item in queries.dependents_of(law)],
        "tasks": list(tasks),
    }
    record("catalogue.law_repealed", law, by=by, at=at, details=details)
    return _freeze(law, by=by, at=at) if on <= timezone.localdate(at) else []


@action
def freeze_dependents(law: Law, *, at: datetime) -> list[Freeze]:
    """Done by the day itself: a repeal that was entered beforehand takes effect."""
    return _freeze(locked(law), by=SYSTEM, at=at)


def _freeze(law: Law, *, by: Acting, at: datetime) -> list[Freeze]:
    """Every item of every edition in force that rests on the law; each list's trail names its own."""
    items = list(queries.unfrozen_dependents_of(law))
    frozen = Freeze.objects.bulk_create([Freeze(item=item, law=law, frozen_at=at) for item in items])
    for item_list in dict.fromkeys(item.item_list for item in items):
        codes = [item.code for item in items if item.item_list_id == item_list.pk]
        record("catalogue.items_frozen", item_list, by=by, at=at, details={"law": law.title, "codes": codes})
    return frozen


@action
def lift_freeze(freeze: Freeze, *, because: str, by: User, at: datetime) -> Freeze:
    """Let an item be inspected again, or close the matter of one that was re-based in a new edition."""
    require(by, Permission.LAW_KEEP, within=freeze.item.item_list.department)
    freeze = locked(freeze)
    rules.check_thaw_reason(because)
    own = [basis for basis in queries.bases_of(freeze.item) if basis.law_id != freeze.law_id]
    current = queries.bases_of(current_edition_of(freeze.item))
    rules.check_liftable(freeze, own=own, current=current, on=timezone.localdate(at))
    freeze.lifted_at, freeze.lifted_because = at, because.strip()
    freeze.save(update_fields=["lifted_at", "lifted_because"])
    details = {"law": freeze.law.title, "code": freeze.item.code, "because": freeze.lifted_because}
    record("catalogue.freeze_lifted", freeze.item.item_list, by=by, at=at, details=details)
    return freeze
