"""What stands beside a draw, for whom; and whether the signed paper has been handed in."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mingcha.domain.draws.models import Draw, Exhibit, ExhibitKind
from mingcha.domain.draws.queries.lists import list_is_public
from mingcha.domain.policy.queries import calendar, profile_for
from mingcha.domain.policy.rules import Clause, clause_of, has_clause, working_days_after
from mingcha.kit.errors import Refused

# Of 其他材料 the public hears nothing: nobody knows what is in it.
PUBLIC_KINDS = (ExhibitKind.DICE, ExhibitKind.NOTARY, ExhibitKind.PAPER, ExhibitKind.RECORDING)
SCAN_CLAUSE = "signed_scan_working_days"


class PaperDue(NamedTuple):
    """The scan of the signed paper: until when, by which clause, and whether it is there."""

    on: date
    provisional: bool
    clause: Clause
    scan: Exhibit | None
    today: date

    @property
    def is_late(self) -> bool:
        """Handed in after the day, or not at all and the day is over."""
        return (timezone.localdate(self.scan.added_at) if self.scan else self.today) > self.on

    @property
    def word(self) -> str:
        """How it stands, in words."""
        if self.scan is not None:
            return _("已交（晚于期限）") if self.is_late else _("已交")
        return _("已逾期") if self.is_late else _("未交")


def exhibits_of(draw: Draw) -> QuerySet[Exhibit]:
    """Everything, oldest first."""
    return draw.exhibits.select_related("added_by", "draw")


def public_exhibits(draw: Draw, now: datetime) -> QuerySet[Exhibit]:
    """What anybody may know of; nothing while the list is sealed, since a photo of a screen may show it."""
    if not list_is_public(draw, now=now):
        return draw.exhibits.none()
    return draw.exhibits.filter(kind__in=PUBLIC_KINDS).select_related("draw")


def public_picture(draw: Draw, pk: int, now: datetime) -> Exhibit | None:
    """The dice as they lay: the only exhibit without names or faces, so the only one that anybody may open."""
    return public_exhibits(draw, now).filter(pk=pk, kind=ExhibitKind.DICE).first()


def paper_due(draw: Draw, now: datetime) -> PaperDue | None:
    """None where nothing is due: a rehearsal, no result, a void, or rules that set no day."""
    if draw.is_rehearsal or draw.is_voided or draw.result_at is None:
        return None
    drawn_on = timezone.localdate(draw.result_at)
    try:
        profile = profile_for(draw.department.region, on=drawn_on)
    except Refused:
        return None
    if not has_clause(profile, SCAN_CLAUSE):
        return None
    clause = clause_of(profile, SCAN_CLAUSE)
    due = working_days_after(drawn_on, int(str(clause.value)), calendar())
    scan = draw.exhibits.filter(kind=ExhibitKind.PAPER).first()
    return PaperDue(due.on, due.provisional, clause, scan, timezone.localdate(now))
