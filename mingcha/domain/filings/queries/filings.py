"""What has been filed with whom, what is waiting."""

from datetime import date

from django.db.models import Case, Model, Q, QuerySet, SmallIntegerField, When

from mingcha.domain.filings.models import Filing, FilingKind, Receipt
from mingcha.domain.filings.states import HANDED_IN, OPEN, FilingState
from mingcha.domain.organisation.models import Body, Department, Grant, User
from mingcha.domain.organisation.permissions import Permission, reach, roles_with
from mingcha.domain.policy.queries import profile_for
from mingcha.domain.policy.rules import Clause, clause_of, has_clause
from mingcha.kit.errors import Refused

FORMS = "filing_forms"


def filings_visible_to(user: User) -> QuerySet[Filing]:
    """What the person's departments file, and what was sent to the departments they receive for."""
    sent_to_them = Q(recipient__in=reach(user, Permission.FILING_RECEIVE), sent_at__isnull=False)
    own = Q(department__in=reach(user, Permission.FILING_READ))
    return Filing.objects.filter(own | sent_to_them).select_related("department__region", "recipient", "sent_by")


def receipts_visible_to(user: User) -> QuerySet[Receipt]:
    """The answers to those filings."""
    return Receipt.objects.filter(filing__in=filings_visible_to(user)).select_related("filing", "received_by")


def name_of(row: Model) -> str:
    """A row as filings and the trail name it: catalogue.ItemList:12."""
    return f"{row._meta.label}:{row.pk}"


def filings_about(row: Model) -> QuerySet[Filing]:
    """Every filing of one paper that was not withdrawn."""
    return Filing.objects.filter(about=name_of(row)).exclude(state=FilingState.WITHDRAWN)


def open_filing(row: Model, *, kind: str, body: str, sector: str) -> Filing | None:
    """The filing of a paper that a body has not accepted yet."""
    return filings_about(row).filter(kind=kind, body=body, sector=sector, state__in=OPEN).first()


def accepted_before(row: Model, *, kind: str, body: str, sector: str) -> Filing | None:
    """The last filing of a paper that a body has accepted."""
    held = filings_about(row).filter(kind=kind, body=body, sector=sector, state=FilingState.ACKNOWLEDGED)
    return held.order_by("-sent_at", "-pk").first()


def filed_for_year(department: Department, *, body: str, year: int) -> Filing | None:
    """The list, or the nil return, that a department has laid ready or handed in for a year."""
    kinds = (FilingKind.ITEM_LIST, FilingKind.NIL_RETURN)
    return (
        Filing.objects.filter(department=department, body=body, year=year, kind__in=kinds)
        .exclude(state=FilingState.WITHDRAWN)
        .first()
    )


def filed_in(departments: QuerySet[Department], year: int) -> QuerySet[Filing]:
    """What these departments have laid ready or handed in for a year, what was handed in first."""
    made = Filing.objects.filter(department__in=departments, year=year).exclude(state=FilingState.WITHDRAWN)
    handed_in = Case(When(state__in=HANDED_IN, then=0), default=1, output_field=SmallIntegerField())
    return made.annotate(waits=handed_in).order_by("waits", "sent_at", "pk")


def filers_among(departments: QuerySet[Department], *, on: date) -> QuerySet[Department]:
    """The departments that have somebody who files: of the others nothing is asked."""
    held = Grant.objects.valid(on=on).filter(
        role__in=roles_with(Permission.FILING_SEND), user__is_active=True, department__in=departments
    )
    return departments.filter(pk__in=held.values("department")).select_related("region")


def bodies_played(departments: QuerySet[Department]) -> dict[int, frozenset[str]]:
    """Which bodies of the rules each department is, by its key."""
    played: dict[int, set[str]] = {}
    for department, code in Body.objects.filter(department__in=departments).values_list("department", "code"):
        played.setdefault(department, set()).add(code)
    return {department: frozenset(codes) for department, codes in played.items()}


def bodies_received_for(user: User) -> QuerySet[Body]:
    """The bodies, with their regions, that a person receives filings for."""
    return Body.objects.filter(department__in=reach(user, Permission.FILING_RECEIVE)).select_related("region")


def forms_for(department: Department, *, on: date) -> Clause | None:
    """In which form the rules of its place want a filing; None where they do not say."""
    try:
        profile = profile_for(department.region, on=on)
    except Refused:
        return None
    return clause_of(profile, FORMS) if has_clause(profile, FORMS) else None


def scans_named() -> frozenset[str]:
    """The files that a filing or a receipt names."""
    sealed = Filing.objects.exclude(scan="").values_list("scan", flat=True)
    answered = Receipt.objects.exclude(scan="").values_list("scan", flat=True)
    return frozenset(sealed.order_by()) | frozenset(answered.order_by())
