"""What the page of a subject shows beside its entry: each part is a template under desk/registers/parts/."""

from django.utils import timezone

from mingcha.domain.organisation.permissions import Permission, reach
from mingcha.domain.registers.models import Inspector, SignalKind, Subject
from mingcha.domain.registers.queries import (
    credit_of,
    departments_kept_by,
    journal_of,
    keeping_department,
    links_of_subject,
    open_reliefs,
    reliefs_of,
    running_on,
    signals_of,
    tags_of,
)
from mingcha.domain.registers.rules import masked_contact, masked_phone
from mingcha.web.desk.staff import StaffRequest

MONTHS = 12  # of the credit classes
NOTES = 20


def parts_of(request: StaffRequest, subject: Subject) -> dict[str, object]:
    """The context of parts/{personal,links,signals,credit,reliefs,journal}.html; including one gives it `subject`."""
    today = timezone.localdate()
    running = set(signals_of(subject).filter(running_on(today)).values_list("pk", flat=True))
    return {
        "contact": masked_contact(subject.contact),
        "phone": masked_phone(subject.phone),
        "links": links_of_subject(subject),
        "tags": tags_of(subject),
        "signals": [(signal, signal.pk in running) for signal in signals_of(subject)],
        "signal_kinds": SignalKind.choices,
        "credit": credit_of(subject)[:MONTHS],
        "reliefs": reliefs_of(subject),
        "relieved": open_reliefs(subject, on=today).filter(since__lte=today).first(),
        "journal": journal_of(subject)[:NOTES],
        "keeps_register": keeping_department(request.user, subject.region) is not None,
        "kept_departments": set(departments_kept_by(request.user).values_list("pk", flat=True)),
        "decides_reliefs": reach(request.user, Permission.EXEMPTION_DECIDE).exists(),
        "today": today,
    }


def person_parts(inspector: Inspector) -> dict[str, object]:
    """What the page of a person shows beside the entry itself."""
    today = timezone.localdate()
    return {
        "today": today,
        "phone": masked_phone(inspector.phone),
        "expired": inspector.is_active and inspector.certificate_until < today,
        "qualifications": inspector.qualifications.all(),
        "leaves": inspector.leaves.all()[:NOTES],
        "trainings": inspector.trainings.all()[:NOTES],
        "pools": inspector.pools.filter(left_on=None).select_related("pool__keeper"),
    }
