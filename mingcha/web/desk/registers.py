"""两库 at the desk: who is in the registers, and changing one entry."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mingcha.domain.organisation.models import User
from mingcha.domain.organisation.permissions import Permission, may, reach
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import BatchKind, Inspector, Subject
from mingcha.domain.registers.queries import (
    Number,
    Slice,
    by_name_or_code,
    counts_about,
    counts_by_state,
    departments_kept_by,
    disputes_of,
    exports_of,
    inspectors_visible_to,
    keeping_department,
    matching,
    narrowed,
    notes_of,
    number_of,
    registers_visible_to,
    slice_of,
    subjects_visible_to,
    views_of,
)
from mingcha.domain.registers.rules import EXPORT_KEPT, certificate_light, masked, position_of, words_of
from mingcha.web.desk.forms.registers import InspectorFilter, ReasonForm, SubjectFilter
from mingcha.web.desk.register_cells import COLUMNS, cells_of, known
from mingcha.web.desk.register_confirmations import confirmations_for_page
from mingcha.web.desk.register_history import history_of, history_of_person, origin_of, past_of_person
from mingcha.web.desk.register_parts import parts_of, person_parts
from mingcha.web.desk.register_views import columns_for
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

A_PAGE = 50
TABLE = "subjects"


@login_required
@require_GET
def register_list(request: StaffRequest) -> HttpResponse:
    """The subjects this person may read: a page of them from a place in the list, found by whatever is asked."""
    every = subjects_visible_to(request.user)
    search = SubjectFilter(request.GET, registers=registers_visible_to(request.user))
    columns, is_dense = columns_for(request)
    if search.industries is not None:
        columns = known([*columns, "industry"])
    found = _page_of(request, every, search, size=2 * A_PAGE if is_dense else A_PAGE)
    context = {
        "tab": "subjects",
        "confirmed": confirmations_for_page(request, BatchKind.SUBJECTS),
        "search": search,
        "counts": counts_about(every),
        "found": found,
        "number": _number(request, every, search, found),
        "columns": [(COLUMNS[key].label, COLUMNS[key].kind) for key in columns],
        "rows": [(row, cells_of(row, columns)) for row in found.rows],
        "is_dense": is_dense,
        "views": views_of(request.user, TABLE),
        "shown": request.GET.get("view", ""),
        "query": search.as_query(),
        "may_import": may(request.user, Permission.REGISTER_EDIT),
        "exports": exports_of(request.user, since=timezone.now() - EXPORT_KEPT),
    }
    return render(request, "desk/registers/subject_list.html", context)


def wanted_rows(user: User, every: QuerySet[Subject], search: SubjectFilter) -> QuerySet[Subject]:
    """What the filters leave, apart from the words and the address that are looked for."""
    departments = reach(user, Permission.REGISTER_READ)
    rows = narrowed(every, search.wanted(), departments=departments, on=timezone.localdate())
    return rows.select_related("region")


def found_rows(user: User, search: SubjectFilter) -> QuerySet[Subject]:
    """Everything that the filters leave, the words and the address too; in no order."""
    rows = wanted_rows(user, subjects_visible_to(user), search)
    if search.text("address"):
        rows = rows.filter(address__contains=search.text("address"))
    return matching(rows, words_of(search.text("q")))


def _page_of(request: StaffRequest, every: QuerySet[Subject], search: SubjectFilter, *, size: int) -> Slice:
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    return slice_of(
        wanted_rows(request.user, every, search),
        among=every,
        words=words_of(search.text("q")),
        address=search.text("address"),
        at=position_of(after) or position_of(before, is_backwards=True),
        size=size,
    )


def _number(request: StaffRequest, every: QuerySet[Subject], search: SubjectFilter, found: Slice) -> Number | None:
    """How many there are; None where nobody can know without looking at all of them."""
    if found.is_whole:
        return Number(len(found.rows))
    if search.text("address"):
        return None
    return number_of(matching(wanted_rows(request.user, every, search), words_of(search.text("q"))))


@login_required
@require_GET
def inspector_list(request: StaffRequest) -> HttpResponse:
    """The people this person may read about, certificates masked."""
    inspectors = inspectors_visible_to(request.user)
    search = InspectorFilter(request.GET)
    search.is_valid()
    found = inspectors
    if search.cleaned_data.get("q"):
        found = found.filter(by_name_or_code(search.cleaned_data["q"]))
    if search.cleaned_data.get("state"):
        found = found.filter(state=search.cleaned_data["state"])
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "tab": "inspectors",
        "confirmed": confirmations_for_page(request, BatchKind.INSPECTORS),
        "search": search,
        "counts": counts_by_state(inspectors),
        "page": page,
        "rows": [(row, masked(row.certificate_no), certificate_light(row.certificate_until, on=today)) for row in page],
        "may_import": may(request.user, Permission.REGISTER_EDIT),
    }
    return render(request, "desk/registers/inspector_list.html", context)


@login_required
@require_GET
def subject_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One firm: what the register says, how it came to say so, what was looked at."""
    subject = get_object_or_404(subjects_visible_to(request.user).select_related("region"), pk=pk)
    kept = departments_kept_by(request.user)
    history = history_of(subject, user=request.user)
    context = {
        "subject": subject,
        # What a dispute is about is the own department's business alone.
        "disputes": disputes_of(subject).filter(department__in=kept),
        "may_declare": kept.exists(),
        "notes": notes_of(subject)[:A_PAGE],
        "history": history,
        "origin": origin_of(history),
        "may_edit": keeping_department(request.user, subject.region) is not None,
        **parts_of(request, subject),
    }
    page = "drawer" if "drawer" in request.GET else "subject_detail"
    return render(request, f"desk/registers/{page}.html", context)


@login_required
@require_GET
def inspector_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One person; the whole certificate number only for who keeps the roster."""
    inspector = get_object_or_404(inspectors_visible_to(request.user).select_related("user"), pk=pk)
    may_edit = may(request.user, Permission.REGISTER_EDIT, within=inspector.department)
    context = {
        "inspector": inspector,
        "certificate": inspector.certificate_no if may_edit else masked(inspector.certificate_no),
        "light": certificate_light(inspector.certificate_until, on=timezone.localdate()),
        "avoidances": inspector.avoidances.select_related("subject").order_by("pk") if may_edit else (),
        "past": past_of_person(inspector, user=request.user),
        "history": history_of_person(inspector, user=request.user) if may_edit else None,
        "may_edit": may_edit,
        **person_parts(inspector),
    }
    return render(request, "desk/registers/inspector_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def subject_close(request: StaffRequest, pk: int) -> HttpResponse:
    """Confirm that a firm has ended."""
    subject = get_object_or_404(subjects_visible_to(request.user), pk=pk)
    return _with_reason(request, subject, actions.close_subject, page="desk/registers/subject_close.html")


@login_required
@require_http_methods(["GET", "POST"])
def subject_reopen(request: StaffRequest, pk: int) -> HttpResponse:
    """Confirm that a firm was closed by mistake or has come back."""
    subject = get_object_or_404(subjects_visible_to(request.user), pk=pk)
    return _with_reason(request, subject, actions.reopen_subject, page="desk/registers/subject_reopen.html")


@login_required
@require_http_methods(["GET", "POST"])
def inspector_suspend(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a person out of the draws."""
    inspector = get_object_or_404(inspectors_visible_to(request.user), pk=pk)
    return _with_reason(request, inspector, actions.suspend_inspector, page="desk/registers/inspector_suspend.html")


@login_required
@require_http_methods(["GET", "POST"])
def inspector_restore(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a person back into the draws."""
    inspector = get_object_or_404(inspectors_visible_to(request.user), pk=pk)
    return _with_reason(request, inspector, actions.restore_inspector, page="desk/registers/inspector_restore.html")


def _with_reason(
    request: StaffRequest, row: Subject | Inspector, act: Callable[..., object], *, page: str
) -> HttpResponse:
    """A page that asks why, and one action."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    home = "desk:subject_detail" if isinstance(row, Subject) else "desk:inspector_detail"
    if form.is_valid():
        with refusals_in(form):
            act(row, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        if not form.errors:
            return redirect(home, row.pk)
    return render(request, page, {"row": row, "home": home, "form": form}, status=422 if form.errors else 200)
