"""What inspections tell the registers."""

from datetime import date

from django.utils.translation import gettext as _

from mingcha.domain.organisation.models import Department
from mingcha.domain.registers.actions.reliefs import lapse_reliefs
from mingcha.domain.registers.models import Subject, VisitNote
from mingcha.kit.action import action


@action
def note_visit(subject: Subject, *, item_code: str, department: Department, on: date, clean: bool) -> VisitNote:
    """Told when a result is confirmed; a problem found on a day is never covered by a clean one.

    A problem ends every exemption of the firm.
    """
    note, new = VisitNote.objects.get_or_create(
        subject=subject, item_code=item_code, department=department, on=on, defaults={"is_clean": clean}
    )
    if not new and note.is_clean and not clean:
        note.is_clean = False
        note.save(update_fields=["is_clean"])
    if not clean:
        because = _("%(department)s检查发现问题") % {"department": department.short_name}
        lapse_reliefs(subject, because=because, on=on)
    return note
