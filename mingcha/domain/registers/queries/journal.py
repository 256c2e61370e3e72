"""工作记事: what colleagues wrote down about a subject."""

from django.db.models import QuerySet

from mingcha.domain.registers.models import JournalNote, Subject


def journal_of(subject: Subject) -> QuerySet[JournalNote]:
    """The notes about one subject, the newest first."""
    return JournalNote.objects.filter(subject=subject).select_related("written_by")
