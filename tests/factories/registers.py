"""Firms and people of the invented county, written round the actions."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mingcha.domain.organisation.models import Body, Department, Region, User
from mingcha.domain.registers.models import (
    Avoidance,
    Dispute,
    ImportBatch,
    Inspector,
    ItemLink,
    RegisterConfirmation,
    Relief,
    Signal,
    Subject,
    VisitNote,
)
from mingcha.domain.registers.queries import content_of
from mingcha.domain.registers.rules import search_words
from tests.factories.organisation import code_for, region, unguarded

LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LAST_WINTER = date(2026, 1, 5)
FAR = date(2030, 12, 31)


def subject(number: int = 1, *, place: Region | None = None, **values: object) -> Subject:
    """An open firm with a valid code; any field may be given."""
    fields = {"code": code_for(number, prefix="91"), "name": f"示范企业{number:03d}", "changed_at": LONG_AGO}
    fields |= values
    fields["search"], fields["initials"] = search_words(str(fields["name"]))
    with unguarded():
        return Subject.objects.create(region=place or region(), **fields)


def subjects(count: int, *, place: Region | None = None, **values: object) -> list[Subject]:
    """So many of them, numbered from 1."""
    return [subject(number, place=place, **values) for number in range(1, count + 1)]


def inspector(within: Department, number: int = 1, *, user: User | None = None, **values: object) -> Inspector:
    """An active, certified person; codes carry the department's, so numbers may repeat between departments."""
    fields = {
        "code": f"{within.code}-{number:03d}",
        "name": f"示范人员{number:03d}",
        "certificate_no": f"ZF-{within.code}-{number:05d}",
        "certificate_until": FAR,
        "changed_at": LONG_AGO,
    }
    with unguarded():
        return Inspector.objects.create(department=within, user=user, **{**fields, **values})


def inspectors(count: int, within: Department, **values: object) -> list[Inspector]:
    """So many of them, numbered from 1."""
    return [inspector(within, number, **values) for number in range(1, count + 1)]


def avoidance(firm: Subject, person: Inspector, reason: str = "近亲属任职") -> Avoidance:
    with unguarded():
        return Avoidance.objects.create(subject=firm, inspector=person, reason=reason, declared_at=LONG_AGO)


def note(firm: Subject, within: Department, *, item_code: str = "SC-001", on: date, clean: bool = True) -> VisitNote:
    with unguarded():
        return VisitNote.objects.create(subject=firm, department=within, item_code=item_code, on=on, is_clean=clean)


def batch(within: Department, *, by: User | None = None, **values: object) -> ImportBatch:
    """A file that was read without a fault and has no rows."""
    fields = {"kind": "SUBJECTS", "file_name": "名录.xlsx", "sha256": "0" * 64, "state": "CHECKED"}
    with unguarded():
        return ImportBatch.objects.create(
            department=within, region=within.region, loaded_by=by, loaded_at=LONG_AGO, **{**fields, **values}
        )


def dispute(
    firm: Subject, within: Department, *, by: User, since: date = LAST_WINTER, until: date | None = None
) -> Dispute:
    """The department keeps this firm as one it is in dispute with."""
    with unguarded():
        return Dispute.objects.create(
            subject=firm, department=within, reason="行政复议示例", since=since, until=until, declared_by=by
        )


def confirmed(cast, *departments: Department, at: datetime) -> list[RegisterConfirmation]:
    """Both registers of these departments (of the market and the fire department unless told) confirmed an hour ago."""
    with unguarded():
        return [
            RegisterConfirmation.objects.create(
                register=register,
                department=owner,
                rows=content.rows,
                digest=content.digest,
                confirmed_by=cast.handler,
                confirmed_at=at - timedelta(hours=1),
            )
            for owner in departments or (cast.market, cast.fire)
            for register in ("SUBJECTS", "INSPECTORS")
            for content in [content_of(owner, register)]
        ]


def link(firm: Subject, within: Department, code: str = "M-01", **values: object) -> ItemLink:
    """The department may inspect this firm for its item."""
    with unguarded():
        return ItemLink.objects.create(subject=firm, department=within, item_code=code, **values)


def signal(
    firm: Subject, *, by: User, kind: str = "PENALTY", since: date = LAST_WINTER, until: date | None = None
) -> Signal:
    """Something on record about a firm."""
    with unguarded():
        return Signal.objects.create(
            subject=firm, kind=kind, since=since, until=until, source="示范系统", recorded_by=by
        )


def relief(firm: Subject, within: Department, *, by: User, **values: object) -> Relief:
    """The department has decided to leave a firm out of its draws for this year."""
    given = {"kind": "CLEAN_YEARS", "since": LAST_WINTER, "until": date(2026, 12, 31), "reason": "连续三年良好"}
    with unguarded():
        return Relief.objects.create(subject=firm, department=within, decided_by=by, **{**given, **values})


def keeps_general(within: Department) -> None:
    """The rules' market body of the region is this department."""
    with unguarded():
        Body.objects.create(region=within.region, code="MARKET", department=within)
