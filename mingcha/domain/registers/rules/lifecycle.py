"""When an entry needs to be looked at anew."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from mingcha.domain.registers.models import Subject
from mingcha.domain.registers.rules.entries import wrong_text
from mingcha.domain.registers.states import SubjectState
from mingcha.kit.errors import Refused

# The product's default where the rules of a place name no number of days, shown as such: firms report once a year.
STALE_DAYS = 365
LONGEST_SOURCE = 60
LIVING = frozenset({SubjectState.PENDING, SubjectState.OPEN, SubjectState.STALE})


def check_verifiable(subject: Subject, *, source: str, today: date) -> None:
    """Alive, and not looked at today already."""
    if subject.state not in LIVING:
        raise Refused(_("“%(name)s”现在是“%(state)s”，不用核对") % _told(subject))
    wrong = wrong_text(source, longest=LONGEST_SOURCE)
    if wrong:
        raise Refused(_("核对依据%(wrong)s，%(fix)s") % {"wrong": wrong[0], "fix": wrong[1]}, field="source")
    if subject.state == SubjectState.OPEN and subject.verified_on == today:
        raise Refused(_("“%s”今天已经核对过") % subject.name)


def _told(subject: Subject) -> dict[str, object]:
    return {"name": subject.name, "state": subject.get_state_display()}


def silent_since(today: date, days: int) -> date:
    """Whatever was last heard of before this day has been silent too long."""
    return today - timedelta(days=days)
