"""Rulebooks of the demo county, written as its people would."""

from datetime import datetime

from mingcha.domain.catalogue.actions import approve_rulebook, draft_rulebook, submit_rulebook, write_chapter
from mingcha.domain.catalogue.models import Rulebook, RulebookChapter
from mingcha.domain.catalogue.queries import chapters_of
from mingcha.domain.organisation.models import Department, User
from tests.conftest import NOON

SETTINGS: dict[str, dict[str, object]] = {
    "APPROVAL": {"approver": "R05"},
    "METHODS": {"default_method": "WRITTEN", "methods": ["ON_SITE", "WRITTEN"]},
    "RATIO_FREQUENCY": {"ratio_text": "不低于3%", "frequency_text": "每年1次"},
    "PUBLICATION": {"outlets": ["CREDIT_PUBLICITY"], "working_days": 15},
    "ARCHIVING": {"retention_years": 10, "materials": ["检查记录表", "送达回证"]},
    "PROCEDURE": {"steps": ["抽取", "检查", "录入", "公示"]},
    "ORGANISATION": {"office": "信用监管科"},
    "HANDLING": {"rectification_days": 15},
    "FOLLOW_UP": {"review_days": 30},
    "RESPONSIBILITIES": {
        "plan": "信用监管科",
        "draw": "信用监管科",
        "visit": "执法大队",
        "entry": "执法大队",
        "publication": "办公室",
        "archive": "办公室",
    },
}


def draft(by: User, *, parent: Rulebook | None = None, department: Department | None = None, at: datetime = NOON):
    """The next edition of the drafter's department, its own chapters empty."""
    place = department or by.department
    return draft_rulebook(place, title=f"{place.short_name}随机抽查实施细则", parent=parent, by=by, at=at)


def chapter(rulebook: Rulebook, code: str) -> RulebookChapter:
    return RulebookChapter.objects.get(rulebook=rulebook, code=code)


def write(rulebook: Rulebook, code: str, text: str | None = None, *, by: User, at: datetime = NOON, **settings):
    """A chapter that lacks nothing, but for what is changed."""
    said = f"{code} 的内容" if text is None else text
    whole = {**SETTINGS.get(code, {}), **settings}
    return write_chapter(chapter(rulebook, code), text=said, settings=whole, by=by, at=at)


def written(by: User, *, at: datetime = NOON, parent: Rulebook | None = None) -> Rulebook:
    """A draft whose every chapter is filled in."""
    made = draft(by, parent=parent, at=at)
    for each in chapters_of(made):
        if not each.is_inherited:
            write(made, each.code, by=by, at=at)
    return made


def in_force(drafter: User, approver: User, *, at: datetime = NOON, parent: Rulebook | None = None) -> Rulebook:
    """Where the rules name no step but the head's: written, handed in, approved."""
    made = submit_rulebook(written(drafter, at=at, parent=parent), by=drafter, at=at)
    return approve_rulebook(made, by=approver, at=at)
