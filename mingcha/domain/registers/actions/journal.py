"""工作记事: a colleague writes down what others should know."""

from datetime import datetime

from mingcha.domain.audit.actions import record
from mingcha.domain.organisation.models import User
from mingcha.domain.registers import rules
from mingcha.domain.registers.actions.subjects import require_keeper
from mingcha.domain.registers.models import JournalNote, Subject
from mingcha.kit.action import action


@action
def write_note(subject: Subject, *, text: str, by: User, at: datetime) -> JournalNote:
    """A note about a subject; it stays as it was written."""
    require_keeper(by, subject)
    rules.check_note(text)
    note = JournalNote.objects.create(subject=subject, text=text.strip(), written_by=by, written_at=at)
    record("registers.note_written", subject, by=by, at=at, details={"length": len(note.text)})
    return note
