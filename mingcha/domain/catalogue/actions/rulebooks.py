"""A rulebook: begun from the upper one, written chapter by chapter, walked through the steps of its place."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from mingcha.domain.audit.actions import record
from mingcha.domain.catalogue import rules
from mingcha.domain.catalogue.actions import steps
from mingcha.domain.catalogue.models import Rulebook, RulebookChapter
from mingcha.domain.catalogue.queries import rulebooks as queries
from mingcha.domain.catalogue.rules import PaperText
from mingcha.domain.catalogue.rules import chapters as chapter_rules
from mingcha.domain.catalogue.rules import rulebooks as rulebook_rules
from mingcha.domain.catalogue.states import ListState
from mingcha.domain.organisation.models import Department, User
from mingcha.domain.organisation.permissions import Permission, require
from mingcha.kit.action import action
from mingcha.kit.digests import sha256_hex
from mingcha.kit.locking import locked


@action
def draft_rulebook(
    department: Department, *, title: str, parent: Rulebook | None = None, by: User, at: datetime
) -> Rulebook:
    """Begin the next edition with the chapters that the rules of the place want.

    What the department wrote itself stays; the rest comes from the parent as it is in force now. Without a `parent`
    the next edition goes on with that of the edition in force.
    """
    require(by, Permission.CATALOGUE_EDIT, within=department)
    department, on = locked(department), timezone.localdate(at)
    rulebook_rules.check_rulebook_draftable(queries.rulebook_under_way(department))
    rulebook_rules.check_title(title)
    rulebook_rules.check_parent(parent, possible=queries.parents_for(department, on=on).values_list("pk", flat=True))
    present = queries.rulebook_in_force(department)
    if parent is None and present is not None and present.parent is not None:
        parent = queries.newer_parent(present) or present.parent
    draft = Rulebook.objects.create(
        department=department,
        edition=queries.next_rulebook_edition(department),
        title=title.strip(),
        parent=parent,
        drafted_by=by,
    )
    begun = rulebook_rules.chapters_begun(
        rulebook_rules.chapters_wanted(queries.chapters_clause(department, on=on)),
        present=queries.chapters_of(present) if present is not None else [],
        parent=queries.chapters_of(parent) if parent is not None else [],
    )
    RulebookChapter.objects.bulk_create(
        RulebookChapter(rulebook=draft, position=position, **chapter._asdict())
        for position, chapter in enumerate(begun, start=1)
    )
    details = {"edition": draft.edition, "chapters": len(begun), "parent": str(parent or "")}
    record("catalogue.rulebook_drafted", draft, by=by, at=at, details=details)
    return draft


@action
def write_chapter(
    chapter: RulebookChapter, *, text: str, settings: Mapping[str, object], by: User, at: datetime
) -> RulebookChapter:
    """Write a chapter of a draft; one that says what the upper rulebook says stays inherited."""
    require(by, Permission.CATALOGUE_EDIT, within=chapter.rulebook.department)
    rulebook_rules.check_writable(locked(chapter.rulebook))
    chapter = locked(chapter)
    rulebook_rules.check_chapter_text(text)
    read = chapter_rules.read_settings(chapter.code, settings)
    above = queries.chapter_above(chapter)
    chapter.text, chapter.settings = text.strip(), read
    chapter.is_inherited = above is not None and (above.text, above.settings) == (chapter.text, chapter.settings)
    chapter.save(update_fields=["text", "settings", "is_inherited"])
    _note(chapter, "catalogue.chapter_written", by=by, at=at)
    return chapter


@action
def restore_chapter(chapter: RulebookChapter, *, by: User, at: datetime) -> RulebookChapter:
    """Take a chapter over from the upper rulebook again."""
    require(by, Permission.CATALOGUE_EDIT, within=chapter.rulebook.department)
    rulebook_rules.check_writable(locked(chapter.rulebook))
    chapter = locked(chapter)
    above = queries.chapter_above(chapter)
    rulebook_rules.check_restorable(chapter, above)
    if above is not None:
        chapter.text, chapter.settings, chapter.is_inherited = above.text, above.settings, True
    chapter.save(update_fields=["text", "settings", "is_inherited"])
    _note(chapter, "catalogue.chapter_restored", by=by, at=at)
    return chapter


def _note(chapter: RulebookChapter, event: str, *, by: User, at: datetime) -> None:
    details = {"chapter": chapter.code, "sha256": sha256_hex(chapter.text)}
    record(event, chapter.rulebook, by=by, at=at, details=details)


@action
def submit_rulebook(rulebook: Rulebook, *, by: User, at: datetime) -> Rulebook:
    """Hand a draft in: no chapter is empty, nothing is laxer than the rules of the place."""
    require(by, Permission.CATALOGUE_EDIT, within=rulebook.department)
    rulebook = locked(rulebook)
    rules.check_at(rulebook, ListState.DRAFT)
    on, department = timezone.localdate(at), rulebook.department
    chapters = queries.chapters_of(rulebook)
    wanted = rulebook_rules.chapters_wanted(queries.chapters_clause(department, on=on))
    rulebook_rules.check_whole(chapters, wanted=wanted)
    rulebook_rules.check_within_rules(chapters, queries.rules_around(department, on=on))
    return steps.submit_paper(rulebook, text=rulebook_text_of(rulebook), by=by, at=at)


@action
def review_rulebook(
    rulebook: Rulebook, *, opinion: str = "", seen: str | None = None, by: User, at: datetime
) -> Rulebook:
    """法制审核 by the legal office that the rules name."""
    return steps.review_paper(rulebook, text=rulebook_text_of(rulebook), opinion=opinion, seen=seen, by=by, at=at)


@action
def approve_rulebook(
    rulebook: Rulebook, *, opinion: str = "", seen: str | None = None, by: User, at: datetime
) -> Rulebook:
    """The head of the department approves, as another person than the drafter."""
    return steps.approve_paper(rulebook, text=rulebook_text_of(rulebook), opinion=opinion, seen=seen, by=by, at=at)


@action
def authorise_rulebook(
    rulebook: Rulebook, *, opinion: str = "", seen: str | None = None, by: User, at: datetime
) -> Rulebook:
    """One of the bodies that the rules name agrees (经市政府法制办审定后实施)."""
    return steps.authorise_paper(rulebook, text=rulebook_text_of(rulebook), opinion=opinion, seen=seen, by=by, at=at)


@action
def return_rulebook(rulebook: Rulebook, *, reason: str, by: User, at: datetime) -> Rulebook:
    """Back to the drafter, with what has to be put right."""
    return steps.return_paper(rulebook, text=rulebook_text_of(rulebook), reason=reason, by=by, at=at)


@action
def publish_rulebook(rulebook: Rulebook, *, by: User, at: datetime) -> Rulebook:
    """Every recipient has given its number: the edition comes into force, the one before gives way."""
    return steps.publish_paper(rulebook, text=rulebook_text_of(rulebook), by=by, at=at)


def rulebook_text_of(rulebook: Rulebook) -> PaperText:
    """What is decided on, as it stands now."""
    return rulebook_rules.rulebook_text(rulebook, queries.chapters_of(rulebook))
