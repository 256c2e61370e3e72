"""Importing a register: choose a file, look at what it would do, merge it or not, take it back."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mingcha.domain.organisation.permissions import Permission, may, require
from mingcha.domain.registers import actions
from mingcha.domain.registers.models import BatchKind, ImportBatch
from mingcha.domain.registers.queries import batches_visible_to, departments_kept_by, what_rests_on
from mingcha.domain.registers.rules import check_undoable
from mingcha.kit.errors import Refused
from mingcha.web.desk.forms.imports import ColumnsForm, FileForm, SheetForm
from mingcha.web.desk.import_preview import context_of, progress_of
from mingcha.web.desk.registers import A_PAGE
from mingcha.web.desk.staff import StaffRequest
from mingcha.web.shared.refusals import refusals_in

# What is read, merged or taken back while the person waits: some two thousand rows.
SMALL_FILE = 2**20
FEW_ROWS = 2_000
HOME = "desk:import_detail"


@login_required
@require_GET
def import_list(request: StaffRequest) -> HttpResponse:
    """Every file that was read, and what became of it."""
    batches = batches_visible_to(request.user).defer("headings", "columns", "sheets")
    context = {
        "tab": "imports",
        "page": Paginator(batches, A_PAGE).get_page(request.GET.get("page")),
        "may_import": may(request.user, Permission.REGISTER_EDIT),
    }
    return render(request, "desk/registers/import_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def import_new(request: StaffRequest) -> HttpResponse:
    """Choose a file; a small one is read at once, a large one by the worker; nothing is in the register yet."""
    require(request.user, Permission.REGISTER_EDIT)
    departments = departments_kept_by(request.user)
    if request.method == "GET":
        form = FileForm(departments=departments, initial={"kind": request.GET.get("kind", "")})
        return render(request, "desk/registers/import_new.html", {"form": form, "step": 1})
    form = FileForm(request.POST, request.FILES, departments=departments)
    if form.is_valid():
        with refusals_in(form):
            return redirect(HOME, _received(request, form).pk)
    return render(request, "desk/registers/import_new.html", {"form": form, "step": 1}, status=422)


def _received(request: StaffRequest, form: FileForm) -> ImportBatch:
    kind, department = form.cleaned_data["kind"], form.cleaned_data["department"]
    (file, name), now = form.chosen(), timezone.now()
    # What is packed may be a thousand times as long as it looks.
    if file.size > SMALL_FILE or name.lower().endswith(".gz"):
        return actions.receive_file(kind, department=department, file_name=name, file=file, by=request.user, at=now)
    content = file.read()
    return actions.read_file(kind, department=department, file_name=name, content=content, by=request.user, at=now)


@login_required
@require_GET
def import_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """What was found in a file, what is wrong with it, what its merge does or did."""
    batch = get_object_or_404(batches_visible_to(request.user), pk=pk)
    asked = {name: request.GET.get(name, "") for name in ("page", "about")}
    context = context_of(batch, tab=request.GET.get("show", ""), **asked)
    context["may_edit"] = may(request.user, Permission.REGISTER_EDIT, within=batch.department)
    return render(request, "desk/registers/import_detail.html", context)


@login_required
@require_GET
def import_progress(request: StaffRequest, pk: int) -> JsonResponse:
    """How far the worker is, for the page that waits."""
    batch = get_object_or_404(batches_visible_to(request.user), pk=pk)
    return JsonResponse({"state": batch.state, "share": round(batch.share, 3), "words": progress_of(batch)})


@login_required
@require_http_methods(["GET", "POST"])
def import_columns(request: StaffRequest, pk: int) -> HttpResponse:
    """Say by hand which sheet, heading row and columns are meant; the kept file is read anew."""
    batch = get_object_or_404(batches_visible_to(request.user), pk=pk)
    require(request.user, Permission.REGISTER_EDIT, within=batch.department)
    if not batch.headings or not (batch.may_be_merged or batch.is_refused):
        raise Http404
    about_sheet = "heading_row" in request.POST
    sheet = SheetForm(request.POST if about_sheet else None, batch=batch)
    form = ColumnsForm(request.POST if request.method == "POST" and not about_sheet else None, batch=batch)
    sent = sheet if about_sheet else form
    if sent.is_valid():
        said = sheet.said() if about_sheet else {"columns": form.chosen()}
        with refusals_in(sent):
            _read_again(actions.reread_batch(batch, by=request.user, at=timezone.now(), **said))
            return redirect(HOME, pk)
    context = {"form": form, "sheet_form": sheet, "batch": batch, "step": 3}
    return render(request, "desk/registers/import_columns.html", context, status=422 if sent.errors else 200)


@login_required
@require_POST
def import_reread(request: StaffRequest, pk: int) -> HttpResponse:
    """Hold the same file against the register as it is now."""
    batch = get_object_or_404(batches_visible_to(request.user), pk=pk)
    _read_again(actions.reread_batch(batch, by=request.user, at=timezone.now()))
    return redirect(HOME, pk)


def _read_again(batch: ImportBatch) -> None:
    if batch.size <= SMALL_FILE:
        actions.read_batch(batch, timezone.now())


@login_required
@require_POST
def import_merge(request: StaffRequest, pk: int) -> HttpResponse:
    """Into the register with it."""
    batch = get_object_or_404(batches_visible_to(request.user), pk=pk)
    merge = actions.merge_batch if batch.good <= FEW_ROWS else actions.ask_merge
    merge(batch, by=request.user, at=timezone.now(), good_only=request.POST.get("rows") == "good")
    return redirect(HOME, pk)


@login_required
@require_POST
def import_drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Not this one."""
    batch = get_object_or_404(batches_visible_to(request.user), pk=pk)
    actions.drop_batch(batch, by=request.user, at=timezone.now())
    return redirect(HOME, pk)


@login_required
@require_http_methods(["GET", "POST"])
def import_undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a merged file back, after a look at what that does; or see what keeps it in the register."""
    batch = get_object_or_404(batches_visible_to(request.user), pk=pk)
    require(request.user, Permission.REGISTER_EDIT, within=batch.department)
    if request.method == "POST":
        undo = actions.undo_batch if batch.good <= FEW_ROWS else actions.ask_undo
        undo(batch, by=request.user, at=timezone.now())
        return redirect(HOME, pk)
    context = {"batch": batch, "too_late": _too_late(batch), "kinds": BatchKind, "depended": ()}
    if not context["too_late"]:
        context["depended"] = what_rests_on(batch)
    return render(request, "desk/registers/import_undo.html", context)


def _too_late(batch: ImportBatch) -> str:
    try:
        check_undoable(batch, at=timezone.now())
    except Refused as refusal:
        return refusal.reason
    return ""
