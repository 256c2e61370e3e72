"""What a department has to lay down before anything of it can be drawn, in order, with what the rules say about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from mingcha.domain.catalogue.queries import (
    edition_in_force,
    edition_under_way,
    rulebook_in_force,
    rulebook_under_way,
)
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.plans.queries import plans_visible_to
from mingcha.domain.plans.queries.clauses import clauses_for
from mingcha.domain.policy.rules import Clause, words_of
from mingcha.domain.registers.queries import inspectors_visible_to, link_rules_of, subjects_visible_to
from mingcha.kit.errors import Refused

DONE, BEGUN, OPEN, BLOCKED = "done", "begun", "open", "blocked"
WORDS: Mapping[str, StrOrPromise] = {
    DONE: _("已完成"),
    BEGUN: _("进行中"),
    OPEN: _("未开始"),
    BLOCKED: _("还不能开始"),
}
# The states of the house that look as these standings do.
LOOKS = {DONE: "met", BEGUN: "running", OPEN: "draft", BLOCKED: "draft"}
LIST, SUBJECTS, PEOPLE, LINKS, RULEBOOK, PLAN = (
    "item_list_due",
    "register_confirmed_before_draw",
    "inspectors_licensed",
    "subjects_linked_to_items",
    "rulebook_chapters",
    "annual_plan_due",
)


@dataclass(frozen=True)
class Step:
    """One thing to lay down: what, how far, where, and the clause that asks for it."""

    word: StrOrPromise
    standing: str
    address: str
    clause: Clause | None

    @property
    def said(self) -> StrOrPromise:
        return WORDS[self.standing]

    @property
    def look(self) -> str:
        return LOOKS[self.standing]

    @property
    def due(self) -> str:
        """By when, every year, where the rules name a day."""
        return words_of(self.clause) if self.clause is not None and self.clause.unit == "day_of_year" else ""


def first_steps(user: User, *, on: date) -> list[Step]:
    """The six steps of a handler's own department; nothing once they are all done."""
    department = user.department
    if department is None or not reach(user, Permission.CATALOGUE_EDIT).filter(pk=department.pk).exists():
        return []
    standings = _standings(user, department, year=on.year)
    if all(standing == DONE for standing in standings.values()):
        return []
    words = _words_and_pages(department)
    clauses = _clauses(department, on=on)
    return [Step(words[key][0], standings[key], words[key][1], clauses.get(key)) for key in standings]


def _words_and_pages(department: Department) -> dict[str, tuple[StrOrPromise, str]]:
    new = reverse("desk:import_new")
    return {
        LIST: (_("认领事项清单"), reverse("desk:item_list")),
        SUBJECTS: (_("导入检查对象"), f"{new}?kind=SUBJECTS"),
        PEOPLE: (_("导入执法检查人员"), f"{new}?kind=INSPECTORS"),
        LINKS: (_("关联对象与事项"), reverse("desk:link_list")),
        RULEBOOK: (_("拟定实施细则"), reverse("desk:rulebook_list")),
        PLAN: (_("报送年度计划"), reverse("desk:plan_list")),
    }


def _standings(user: User, department: Department, *, year: int) -> dict[str, str]:
    listed = edition_in_force(department) is not None
    stocked = subjects_visible_to(user).filter(region=department.region).exists()
    staffed = inspectors_visible_to(user).filter(department=department).exists()
    plans = set(plans_visible_to(user).filter(department=department, year=year).values_list("state", flat=True))
    return {
        LIST: _how_far(listed, begun=not listed and edition_under_way(department) is not None),
        SUBJECTS: _how_far(stocked),
        PEOPLE: _how_far(staffed),
        LINKS: _how_far(link_rules_of(department).exists(), blocked=not (listed and stocked)),
        RULEBOOK: _how_far(rulebook_in_force(department) is not None, begun=rulebook_under_way(department) is not None),
        PLAN: _how_far(bool(plans - {"DRAFT"}), begun=bool(plans), blocked=not listed),
    }


def _how_far(done: bool, *, begun: bool = False, blocked: bool = False) -> str:
    if done:
        return DONE
    return BEGUN if begun else BLOCKED if blocked else OPEN


def _clauses(department: Department, *, on: date) -> dict[str, Clause | None]:
    """What the rules of the place say about each step; nothing where no rules are in force yet."""
    try:
        return clauses_for(department, [LIST, SUBJECTS, PEOPLE, LINKS, RULEBOOK, PLAN], on=on)
    except Refused:
        return {}
