"""Which rulebooks there are, which hold, and what they settle for the work."""

from datetime import date

from django.db.models import Max, Q, QuerySet

from mingcha.domain.catalogue.models import Rulebook, RulebookChapter
from mingcha.domain.catalogue.queries.lists import clause_in_force, laid_before
from mingcha.domain.catalogue.states import HELD, UNDER_WAY, ListState
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.organisation.queries import around, body_for
from mingcha.domain.policy.queries import profile_for
from mingcha.domain.policy.rules import Clause, clauses_of
from mingcha.kit.errors import Refused

CHAPTERS = "rulebook_chapters"
LED_BY = "rulebook_led_by"


def rulebooks_visible_to(user: User) -> QuerySet[Rulebook]:
    """Every edition of the departments this person looks after; what is laid before the own body."""
    theirs = Q(department__in=reach(user, Permission.CATALOGUE_READ))
    return Rulebook.objects.filter(theirs | laid_before(user)).select_related(
        "department__region", "drafted_by", "parent__department"
    )


def chapters_visible_to(user: User) -> QuerySet[RulebookChapter]:
    """The chapters of those editions."""
    return RulebookChapter.objects.filter(rulebook__in=rulebooks_visible_to(user)).select_related(
        "rulebook__department__region", "rulebook__parent__department"
    )


def chapters_of(rulebook: Rulebook | None) -> list[RulebookChapter]:
    """The chapters of one edition, in order; none of none."""
    return list(RulebookChapter.objects.filter(rulebook=rulebook).order_by("position"))


def chapter_above(chapter: RulebookChapter) -> RulebookChapter | None:
    """The same chapter of the rulebook that this one was made from."""
    return RulebookChapter.objects.filter(rulebook=chapter.rulebook.parent_id, code=chapter.code).first()


def rulebook_in_force(department: Department) -> Rulebook | None:
    """The rulebook that a department works by."""
    return _with_parent().filter(department=department, state=ListState.IN_FORCE).first()


def rulebook_under_way(department: Department) -> Rulebook | None:
    """The edition that does not hold yet."""
    return _with_parent().filter(department=department, state__in=UNDER_WAY).first()


def rulebook_before(rulebook: Rulebook) -> Rulebook | None:
    """The edition that held before this one, or holds while this one is under way."""
    held = Rulebook.objects.filter(department=rulebook.department, edition__lt=rulebook.edition, state__in=HELD)
    return held.order_by("-edition").first()


def _with_parent() -> QuerySet[Rulebook]:
    return Rulebook.objects.select_related("department__region", "parent__department")


def next_rulebook_edition(department: Department) -> int:
    """The number of the next edition."""
    last = Rulebook.objects.filter(department=department).aggregate(last=Max("edition"))["last"]
    return (last or 0) + 1


def parents_for(department: Department, *, on: date) -> QuerySet[Rulebook]:
    """The rulebooks in force that a department may make its own from: those of the regions above, and the leads'."""
    above = [code for code in around(department.region) if code != department.region.code]
    possible = Q(department__region__code__in=above)
    clause = clause_in_force(department, LED_BY, on=on)
    for code in clause.codes if clause is not None else []:
        lead = body_for(department.region, code)
        possible |= Q(department=lead) if lead is not None else Q(pk__in=[])
    return _with_parent().filter(possible, state=ListState.IN_FORCE).exclude(department=department)


def newer_parent(rulebook: Rulebook) -> Rulebook | None:
    """上级细则已有新版: the edition in force of the parent's department, when it is not the one this was made from."""
    if rulebook.parent is None:
        return None
    present = rulebook_in_force(rulebook.parent.department)
    return present if present is not None and present.pk != rulebook.parent_id else None


def chapters_clause(department: Department, *, on: date) -> Clause | None:
    """The clause that says which chapters a rulebook has here."""
    return clause_in_force(department, CHAPTERS, on=on)


def rules_around(department: Department, *, on: date) -> dict[str, Clause]:
    """Everything that the rules of its place say, by key; nothing where none hold."""
    try:
        return {clause.key: clause for clause in clauses_of(profile_for(department.region, on=on))}
    except Refused:
        return {}


def rulebook_held_on(department: Department, *, on: date) -> Rulebook | None:
    """The edition that a department worked by on a day: old work keeps the rulebook of its day."""
    held = _with_parent().filter(department=department, state__in=HELD, in_force_at__date__lte=on)
    return held.order_by("-in_force_at", "-edition").first()


def rulebook_settings(department: Department, *, on: date) -> dict[str, object]:
    """Everything that the rulebook of a day settles, by the names of rules/chapters.py; empty without a rulebook."""
    settings: dict[str, object] = {}
    held = rulebook_held_on(department, on=on)
    for chapter in chapters_of(held) if held is not None else []:
        settings |= chapter.settings
    return settings


def rulebook_setting(department: Department, key: str, *, on: date) -> object | None:
    """One setting of the rulebook of a day, or None: the rulebook leaves it open, or there is none."""
    return rulebook_settings(department, on=on).get(key)


def chapter_settling(department: Department, key: str, *, on: date) -> RulebookChapter | None:
    """The chapter of the rulebook of a day that settles something; `rules.setting_clause` makes a clause of it."""
    held = rulebook_held_on(department, on=on)
    chapters = RulebookChapter.objects.filter(rulebook=held, settings__has_key=key) if held is not None else []
    return next(iter(chapters), None)
